"""Sign and decline: every step, also in the wrong order."""

import pytest
from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken
from paragraf.signing import operations, queries
from paragraf.signing.models import EventKind, SignatureRound
from paragraf.signing.rules import RoundState
from tests.parts.world import NOW, World
from tests.signing.acting import (
    AGENT,
    CHAIR,
    LAPTOP,
    PHONE,
    SECRETARY,
    SOON,
    VERIFIER,
    Completions,
    events,
    kinds,
    let_in,
    letters,
    sign,
)


def test_the_last_signature_completes_the_round_once(
    session: Session, waiting: SignatureRound, done: Completions
) -> None:
    last = []
    for signatory in waiting.signatories:
        let_in(session, signatory)
        last.append(sign(session, signatory, done))
    assert last == [False, False, True]
    assert done.rounds == [waiting.id]
    assert waiting.completed_at == SOON
    assert queries.state_of(session, waiting, now=SOON) is RoundState.COMPLETED


def test_the_order_is_free(session: Session, waiting: SignatureRound, done: Completions) -> None:
    for position in (VERIFIER, SECRETARY, CHAIR):
        let_in(session, waiting.signatories[position])
        sign(session, waiting.signatories[position], done)
    assert done.rounds == [waiting.id]


def test_a_signature_keeps_what_was_signed_and_said(
    session: Session, waiting: SignatureRound, done: Completions
) -> None:
    chair = waiting.signatories[CHAIR]
    let_in(session, chair)
    sign(session, chair, done)
    kept = events(session, chair)[-1]
    assert kept.details == {
        "method": "email_code",
        "document_sha256": waiting.document.sha256,
        "declaration": "Jag har läst protokollet och skriver under det som ordförande.",
        "capacity": "chair",
    }
    assert (kept.at, kept.ip_address, kept.user_agent) == (SOON, *AGENT)
    assert kept.session_hash
    assert kept.session_hash != PHONE


def test_the_declaration_is_kept_as_it_was_read(session: Session, waiting: SignatureRound, done: Completions) -> None:
    chair = waiting.signatories[CHAIR]
    let_in(session, chair)
    operations.sign(
        session,
        chair,
        shown_sha256=waiting.document.sha256,
        session_key=PHONE,
        now=SOON,
        completed=done.table,
        declaration="I have read the minutes and sign them as chair.",
    )
    assert events(session, chair)[-1].details["declaration"] == "I have read the minutes and sign them as chair."


def test_the_sender_is_told_when_all_have_signed(session: Session, waiting: SignatureRound, done: Completions) -> None:
    for signatory in waiting.signatories:
        let_in(session, signatory)
        sign(session, signatory, done)
    (letter,) = letters(session, "round_completed")
    assert letter.to_address == "sonja@norrdal.example"
    assert "- Olle Brand, ordförande\n- Sonja Ekvall, sekreterare\n- Maj Torn, justerare" in letter.body
    assert "2 mars 2026 kl. 10.01" in letter.body


def test_nobody_signs_twice(session: Session, waiting: SignatureRound, done: Completions) -> None:
    chair = waiting.signatories[CHAIR]
    let_in(session, chair)
    sign(session, chair, done)
    with pytest.raises(RuleBroken, match="redan skrivit under"):
        sign(session, chair, done)
    assert kinds(session, chair).count(EventKind.SIGNED) == 1


def test_finding_13_a_replaced_document_is_not_signed(
    session: Session, waiting: SignatureRound, done: Completions
) -> None:
    chair = waiting.signatories[CHAIR]
    let_in(session, chair)
    for shown in ("", "0" * 64, waiting.document.sha256[:-1], waiting.document.sha256.upper()):
        with pytest.raises(RuleBroken, match="bytts ut"):
            operations.sign(session, chair, shown_sha256=shown, session_key=PHONE, now=SOON, completed=done.table)
    assert EventKind.SIGNED not in kinds(session, chair)


def test_finding_2_shown_is_noted_after_identification_and_once(
    session: Session, waiting: SignatureRound, done: Completions
) -> None:
    chair, sha256 = waiting.signatories[CHAIR], waiting.document.sha256
    let_in(session, chair)
    assert EventKind.SHOWN not in kinds(session, chair)
    for _ in range(2):
        operations.show(session, chair, shown_sha256=sha256, session_key=PHONE, now=SOON, origin=AGENT)
    sign(session, chair, done)
    assert kinds(session, chair)[-3:] == [EventKind.IDENTIFIED, EventKind.SHOWN, EventKind.SIGNED]


def test_each_browser_that_showed_it_is_noted(session: Session, waiting: SignatureRound) -> None:
    chair, sha256 = waiting.signatories[CHAIR], waiting.document.sha256
    let_in(session, chair, PHONE)
    let_in(session, chair, LAPTOP, SOON)
    for key in (PHONE, LAPTOP):
        operations.show(session, chair, shown_sha256=sha256, session_key=key, now=SOON)
    assert kinds(session, chair).count(EventKind.SHOWN) == 2


def test_another_document_is_not_noted_as_shown(session: Session, waiting: SignatureRound) -> None:
    chair = waiting.signatories[CHAIR]
    let_in(session, chair)
    with pytest.raises(RuleBroken, match="bytts ut"):
        operations.show(session, chair, shown_sha256="0" * 64, session_key=PHONE, now=SOON)


# --- decline -------------------------------------------------------------------------------------------------------


def test_declining_ends_the_round_and_tells_everyone_else(
    session: Session, waiting: SignatureRound, done: Completions
) -> None:
    chair, _, verifier = waiting.signatories
    for signatory in (chair, verifier):
        let_in(session, signatory)
    sign(session, chair, done)
    operations.decline(session, verifier, reason="§ 3 är fel.\nSe bilagan.", session_key=PHONE, now=SOON)
    assert queries.state_of(session, waiting, now=SOON) is RoundState.DECLINED
    told = letters(session, "declined")
    assert {letter.to_address for letter in told} == {"sonja@norrdal.example", "olle@norrdal.example"}
    assert all("§ 3 är fel.\nSe bilagan." in letter.body and "Maj Torn (justerare)" in letter.body for letter in told)
    assert done.rounds == []


def test_nobody_signs_after_a_refusal(session: Session, waiting: SignatureRound, done: Completions) -> None:
    chair, secretary, _ = waiting.signatories
    let_in(session, chair)
    let_in(session, secretary)
    operations.decline(session, chair, reason="Nej.", session_key=PHONE, now=SOON)
    with pytest.raises(RuleBroken, match="avböjt att skriva under"):
        sign(session, secretary, done)
    with pytest.raises(RuleBroken, match="redan avböjt"):
        sign(session, chair, done)
    with pytest.raises(RuleBroken, match="redan avböjt"):
        operations.decline(session, chair, reason="Nej igen.", session_key=PHONE, now=SOON)


def test_nobody_declines_what_they_have_signed(session: Session, waiting: SignatureRound, done: Completions) -> None:
    chair = waiting.signatories[CHAIR]
    let_in(session, chair)
    sign(session, chair, done)
    with pytest.raises(RuleBroken, match="redan skrivit under"):
        operations.decline(session, chair, reason="Ångrar mig.", session_key=PHONE, now=SOON)


def test_declining_needs_a_reason(session: Session, waiting: SignatureRound) -> None:
    chair = waiting.signatories[CHAIR]
    let_in(session, chair)
    with pytest.raises(RuleBroken) as caught:
        operations.decline(session, chair, reason="", session_key=PHONE, now=SOON)
    assert caught.value.field == "reason"
    assert kinds(session, chair)[-1] is EventKind.IDENTIFIED


def test_finding_21_a_reason_cannot_write_headers(session: Session, waiting: SignatureRound) -> None:
    chair = waiting.signatories[CHAIR]
    let_in(session, chair)
    operations.decline(session, chair, reason="Nej\r\nBcc: x@y.example\u202e <script>", session_key=PHONE, now=SOON)
    letter = letters(session, "declined")[0]
    assert "Bcc" not in letter.subject
    assert "\u202e" not in letter.body


# --- what is read --------------------------------------------------------------------------------------------------


def test_progress_tells_who_signed_when(session: Session, waiting: SignatureRound, done: Completions) -> None:
    chair, secretary, _ = waiting.signatories
    let_in(session, chair)
    sign(session, chair, done)
    let_in(session, secretary)
    table = queries.progress(session, waiting, now=SOON)
    assert [(step.state.value, step.answered_at) for step in table.steps] == [
        ("signed", SOON),
        ("identified", None),
        ("waiting", None),
    ]
    assert (table.state, table.signed) == (RoundState.OPEN, 1)


def test_progress_tells_why_somebody_declined(session: Session, waiting: SignatureRound) -> None:
    let_in(session, waiting.signatories[CHAIR])
    operations.decline(session, waiting.signatories[CHAIR], reason="§ 3 är fel.", session_key=PHONE, now=SOON)
    step = queries.progress(session, waiting, now=SOON).steps[CHAIR]
    assert (step.state.value, step.reason) == ("declined", "§ 3 är fel.")


def test_what_waits_for_a_person(session: Session, waiting: SignatureRound, world: World, done: Completions) -> None:
    def mine() -> list[int]:
        found = queries.waiting_for(session, world.north.id, world.north.chair.id, now=SOON)
        return [signatory.id for signatory in found]

    chair = waiting.signatories[CHAIR]
    assert mine() == [chair.id]
    assert queries.waiting_for(session, world.south.id, world.north.chair.id, now=SOON) == []
    assert queries.waiting_for(session, world.north.id, world.north.substitute.id, now=SOON) == []
    assert queries.waiting_for(session, world.north.id, world.north.chair.id, now=NOW.replace(month=6)) == []
    let_in(session, chair)
    assert mine() == [chair.id]
    sign(session, chair, done)
    assert mine() == []


def test_nothing_waits_in_a_declined_or_withdrawn_round(
    session: Session, waiting: SignatureRound, world: World
) -> None:
    let_in(session, waiting.signatories[CHAIR])
    operations.decline(session, waiting.signatories[CHAIR], reason="Nej.", session_key=PHONE, now=SOON)
    assert queries.waiting_for(session, world.north.id, world.north.member.id, now=SOON) == []


def test_rounds_are_the_associations_own(session: Session, waiting: SignatureRound, world: World) -> None:
    assert queries.rounds(session, world.north.id) == [waiting]
    assert queries.rounds(session, world.south.id) == []
    assert queries.rounds_about(session, world.north.id, waiting.purpose, 7) == [waiting]
    assert queries.rounds_about(session, world.north.id, waiting.purpose, 8) == []
    assert queries.round_by_id(session, world.north.id, waiting.id) is waiting
    chair = waiting.signatories[CHAIR]
    assert queries.signatory(session, world.north.id, chair.id) is chair
    for foreign in (
        lambda: queries.round_by_id(session, world.south.id, waiting.id),
        lambda: queries.signatory(session, world.south.id, chair.id),
    ):
        with pytest.raises(RuleBroken, match="finns inte"):
            foreign()


def test_a_file_is_recognised_by_its_bytes(session: Session, waiting: SignatureRound, done: Completions) -> None:
    let_in(session, waiting.signatories[CHAIR])
    sign(session, waiting.signatories[CHAIR], done)
    (found,) = queries.signed_documents(session, waiting.document.sha256, now=SOON)
    assert (found.association, found.title) == ("Samordningsförbundet Norrdal", "Protokoll 2026-02-26")
    assert (found.is_copy, found.state, found.round_title) == (False, RoundState.OPEN, waiting.title)
    assert [(one.name, one.capacity.value, one.at) for one in found.signatures] == [("Olle Brand", "chair", SOON)]
    assert queries.signed_documents(session, "0" * 64, now=SOON) == []


def test_the_pdf_of_a_signed_document_is_recognised_as_its_copy(
    session: Session, waiting: SignatureRound, world: World
) -> None:
    from paragraf.register.models import Direction, DocumentKind
    from paragraf.register.operations import file_document

    pdf = file_document(
        session,
        association_id=world.north.id,
        matter=None,
        kind=DocumentKind.MINUTES,
        direction=Direction.MADE,
        title="Protokoll",
        filename="protokoll.pdf",
        media_type="application/pdf",
        content=b"%PDF-",
        now=NOW,
        actor="Paragraf",
        rendered_from=waiting.document,
    )
    (found,) = queries.signed_documents(session, pdf.sha256, now=SOON)
    assert found.is_copy
    assert found.sha256 == waiting.document.sha256
