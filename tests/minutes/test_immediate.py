"""A § that is verified at once: its own document, signatures and notice, and its number and consequences for good."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.errors import NotThere, RuleBroken
from paragraf.grants.models import Grant
from paragraf.minutes import immediate, operations, queries
from paragraf.minutes.clauses import Clause
from paragraf.minutes.models import ImmediateVerification, Minutes, Notice, Verb
from paragraf.minutes.numbering import void_numbers
from paragraf.signing import operations as signing
from paragraf.signing.models import RoundPurpose
from tests.minutes.acting import (
    AFTER,
    SIGNED,
    SONJA,
    Chain,
    all_sign,
    document_lines,
    fix,
    letters,
    numbers,
    rows,
    send,
    write,
)
from tests.parts.world import Home
from tests.signing import acting as signatures


def at_once(session: Session, minutes: Minutes, *places: int, **more: str) -> ImmediateVerification:
    """The §§ at these places, 0 first, sent to be verified at once."""
    chosen = [rows(session, minutes)[place] for place in places]
    return operations.verify_at_once(session, minutes, chosen, now=AFTER, actor=SONJA, **more)  # type: ignore[arg-type]


def sign(session: Session, found: ImmediateVerification) -> ImmediateVerification:
    signature_round = immediate.current_round(session, found)
    assert signature_round is not None
    for signatory in signature_round.signatories:
        signatures.let_in(session, signatory, now=SIGNED)
        signatures.sign(session, signatory, Chain(), now=SIGNED)  # type: ignore[arg-type]
    return found


@pytest.fixture
def second(session: Session, ready: Minutes) -> ImmediateVerification:
    """The second of three §§, a grant, is out to be signed."""
    return at_once(session, ready, 1)


def test_the_paragraphs_before_it_take_their_numbers_with_it_and_stay_open(
    session: Session, ready: Minutes, second: ImmediateVerification
) -> None:
    found = queries.items(session, ready)
    assert [(one.number, one.is_fixed, one.is_frozen) for one in found] == [
        (626, True, False),
        (627, True, True),
        (628, False, False),
    ]
    write(session, found[0].row, heading="Val av en justerare")
    with pytest.raises(RuleBroken, match="omedelbart justerad"):
        write(session, found[1].row, background="Något annat.")


def test_its_document_holds_only_that_paragraph(
    session: Session, ready: Minutes, second: ImmediateVerification
) -> None:
    lines = document_lines(second.document)
    assert "Omedelbart justerade paragrafer" in lines
    assert any(line.startswith("§ 627\tAnsökan om medel") for line in lines)
    assert not any("Lägesrapport" in line or line.startswith("§ 626") for line in lines)
    assert second.document is not None
    assert second.document.title == "Omedelbart justerat protokoll Styrelsen 2026-04-09, § 627"


def test_those_who_sign_get_a_letter_that_tells_it_apart(session: Session, second: ImmediateVerification) -> None:
    found = immediate.current_round(session, second)
    assert found is not None
    assert (found.purpose, found.subject_id) == (RoundPurpose.IMMEDIATE_VERIFICATION, second.id)
    sent = letters(session, "immediate_verification_to_sign")
    assert len(sent) == 3
    assert all("Resten av protokollet kommer senare" in one.body for one in sent)


def test_who_took_part_is_kept_as_the_document_says_it(
    session: Session, home: Home, ready: Minutes, second: ImmediateVerification
) -> None:
    present = {home.chair.id, home.vice_chair.id, home.member.id, home.fourth_member.id}
    assert {item: {person for person, _seat in told} for item, told in second.took_part.items()} == {
        str(rows(session, ready)[1].id): present
    }


def test_all_have_signed_so_it_is_announced_and_its_grant_made_while_the_rest_is_a_draft(
    session: Session, ready: Minutes, second: ImmediateVerification
) -> None:
    sign(session, second)
    assert second.verified_at == SIGNED
    (notice,) = session.scalars(select(Notice))
    assert notice.immediate_id == second.id
    assert len(session.scalars(select(Grant)).all()) == 1
    assert (ready.fixed_at, ready.verified_at) == (None, None)


def test_the_rest_is_verified_later_with_its_own_notice_and_nothing_follows_twice(
    session: Session, ready: Minutes, second: ImmediateVerification
) -> None:
    sign(session, second)
    fix(session, ready)
    send(session, ready)
    all_sign(session, ready, SIGNED + timedelta(hours=1))
    assert numbers(session, ready) == [626, 627, 628]
    assert "§ 627 justerades omedelbart den 10 april 2026." in document_lines(ready.document)
    assert {one.immediate_id for one in session.scalars(select(Notice))} == {None, second.id}
    assert len(session.scalars(select(Grant)).all()) == 1
    assert len(letters(session, "decision")) == 1
    assert rows(session, ready)[1].edition == 1


def test_minutes_are_not_sent_while_the_paragraph_waits_for_signatures(
    session: Session, ready: Minutes, second: ImmediateVerification
) -> None:
    fix(session, ready)
    with pytest.raises(RuleBroken, match="inte underskrivna av alla"):
        send(session, ready)


def test_numbered_paragraphs_are_neither_moved_nor_preceded(
    session: Session, ready: Minutes, second: ImmediateVerification
) -> None:
    first, frozen, last = rows(session, ready)
    for row, place in ((first, 2), (frozen, 3), (last, 1)):
        with pytest.raises(RuleBroken, match="för gott"):
            operations.move_item(session, row, place=place, now=AFTER, actor=SONJA)
    new = operations.add_item(session, ready, after=first, heading="Ny punkt", now=AFTER, actor=SONJA)
    assert [row.id for row in rows(session, ready)] == [first.id, frozen.id, new.id, last.id]
    assert numbers(session, ready) == [626, 627, 628, 629]


def test_a_paragraph_with_its_number_is_withdrawn_with_a_reason_that_is_printed(
    session: Session, ready: Minutes, second: ImmediateVerification
) -> None:
    first, frozen, _last = rows(session, ready)
    with pytest.raises(RuleBroken, match="varför numret utgår"):
        operations.remove_item(session, first, now=AFTER, actor=SONJA)
    with pytest.raises(RuleBroken, match="omedelbart justerad"):
        operations.remove_item(session, frozen, reason="Fel", now=AFTER, actor=SONJA)
    operations.remove_item(session, first, reason="Punkten behandlades inte.", now=AFTER, actor=SONJA)
    assert [(one.number, one.reason) for one in void_numbers(session, ready)] == [(626, "Punkten behandlades inte.")]
    sign(session, second)
    fix(session, ready)
    send(session, ready)
    lines = document_lines(ready.document)
    assert "§ 626\tutgår: Punkten behandlades inte." in lines
    assert ready.document is not None
    assert ready.document.title.endswith("§§ 626–628")


def test_what_hinders_another_paragraph_does_not_hinder_this_one(session: Session, ready: Minutes) -> None:
    write(session, rows(session, ready)[2], Clause(Verb.TABLE))
    found = at_once(session, ready, 1)
    assert found.sent_at == AFTER


def test_what_hinders_this_paragraph_is_told(session: Session, ready: Minutes) -> None:
    write(session, rows(session, ready)[1], Clause(Verb.TABLE))
    with pytest.raises(RuleBroken, match="till när ärendet bordläggs"):
        at_once(session, ready, 1)
    assert numbers(session, ready) == [626, 627, 628]
    assert rows(session, ready)[0].allocation is None


def test_several_are_verified_together_and_none_twice(session: Session, ready: Minutes) -> None:
    found = at_once(session, ready, 0, 1)
    assert found.document is not None
    assert found.document.title.endswith("§§ 626–627")
    with pytest.raises(RuleBroken, match="redan omedelbart justerad"):
        at_once(session, ready, 1)


def test_wrong_choices_are_refused(session: Session, home: Home, ready: Minutes) -> None:
    with pytest.raises(RuleBroken, match="minst en paragraf"):
        operations.verify_at_once(session, ready, [], now=AFTER, actor=SONJA)
    removed = rows(session, ready)[2]
    operations.remove_item(session, removed, now=AFTER, actor=SONJA)
    with pytest.raises(NotThere):
        operations.verify_at_once(session, ready, [removed], now=AFTER, actor=SONJA)
    fix(session, ready)
    with pytest.raises(RuleBroken, match="fastställda"):
        at_once(session, ready, 0)


def test_a_cancelled_meeting_has_none(session: Session, home: Home, ready: Minutes) -> None:
    ready.meeting.cancelled_at, ready.meeting.cancel_reason = AFTER, "Snö"
    session.flush()
    with pytest.raises(RuleBroken, match="inställt"):
        at_once(session, ready, 1)


# --- refused, sent again, taken back ---


def decline(session: Session, found: ImmediateVerification) -> None:
    signature_round = immediate.current_round(session, found)
    assert signature_round is not None
    signatory = signature_round.signatories[0]
    signatures.let_in(session, signatory, now=SIGNED)
    signing.decline(session, signatory, reason="Fel belopp", session_key=signatures.PHONE, now=SIGNED)


def test_after_a_refusal_the_same_bytes_go_out_again(session: Session, second: ImmediateVerification) -> None:
    with pytest.raises(RuleBroken, match="redan ute"):
        operations.send_again(session, second, now=SIGNED, actor=SONJA)
    decline(session, second)
    again = operations.send_again(session, second, now=SIGNED, actor=SONJA)
    assert again.document_id == second.document_id
    assert len(again.signatories) == 3


def test_taken_back_the_text_is_open_with_its_number_and_frozen_anew_later(
    session: Session, ready: Minutes, second: ImmediateVerification
) -> None:
    row = rows(session, ready)[1]
    operations.take_back(session, second, reason="Fel belopp", now=AFTER, actor=SONJA)
    assert letters(session, "withdrawn")
    assert immediate.of_minutes(session, ready) == []
    write(session, row, Clause(Verb.APPROVE, text="rapporten"))
    fix(session, ready)
    assert numbers(session, ready) == [626, 627, 628]
    (decision,) = queries.decisions(session, ready)[row.id]
    assert (decision.edition, decision.verb) == (2, Verb.APPROVE)
    with pytest.raises(RuleBroken, match="tillbakatagna"):
        operations.send_again(session, second, now=AFTER, actor=SONJA)


def test_verified_paragraphs_are_never_taken_back(session: Session, second: ImmediateVerification) -> None:
    sign(session, second)
    with pytest.raises(RuleBroken, match="redan justerade"):
        operations.take_back(session, second, reason="Fel", now=SIGNED, actor=SONJA)
    with pytest.raises(RuleBroken, match="redan justerade"):
        operations.send_again(session, second, now=SIGNED, actor=SONJA)


def test_strangers_do_not_find_it(session: Session, world: object, second: ImmediateVerification) -> None:
    with pytest.raises(NotThere):
        immediate.by_id(session, second.association_id + 1, second.id)


def test_a_refusal_in_the_minutes_round_leaves_the_verified_paragraph_verified(
    session: Session, ready: Minutes, second: ImmediateVerification
) -> None:
    sign(session, second)
    fix(session, ready)
    operations.reopen(session, ready, reason="Stavfel", now=SIGNED, actor=SONJA)
    frozen = rows(session, ready)[1]
    with pytest.raises(RuleBroken, match="omedelbart justerad"):
        write(session, frozen, background="Ändrat")
    fix(session, ready, SIGNED)
    assert (frozen.edition, rows(session, ready)[0].edition) == (1, 2)
