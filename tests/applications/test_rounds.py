"""Signing for the parties: sent out, signed, declined, made void by a change, signed again after a completion."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import docx
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from paragraf.applications import operations, rounds
from paragraf.applications.changing import Phase, openness
from paragraf.applications.completing import completions
from paragraf.applications.filled import answers_at, filled
from paragraf.applications.models import Application, Completion, CompletionQuestion
from paragraf.applications.rules import NotComplete
from paragraf.core.errors import RuleBroken
from paragraf.core.log import broken_links
from paragraf.register import queries as register
from paragraf.register.models import Document, Matter, MatterKind
from paragraf.signing import queries as signed
from paragraf.signing.models import EventKind, SignatureRound, SigningCapacity
from paragraf.signing.rules import RoundState
from tests.applications.acting import EMAIL, begin, letters, save
from tests.applications.signing import (
    LATER,
    OLE,
    RUT,
    all_rounds,
    decline,
    publish_signed,
    ready,
    send,
    sign,
    signed_answers,
)
from tests.parts.world import NOW, Home
from tests.signing.acting import events

DAY_AFTER = NOW + timedelta(days=1)


@pytest.fixture
def whole(session: Session, home: Home) -> Application:
    return ready(session, home)


@pytest.fixture
def out(session: Session, whole: Application) -> SignatureRound:
    return send(session, whole)


def state(session: Session, one: SignatureRound) -> RoundState:
    return signed.state_of(session, one, now=LATER)


def change(session: Session, application: Application, name: str = "Steg för steg", **more: object) -> operations.Saved:
    return operations.save_section(
        session,
        application,
        section_id="operation",
        raw={"name": name},
        base_version=application.version,
        now=LATER,
        **more,  # type: ignore[arg-type]
    )


# --- sent out ------------------------------------------------------------------------------------------------------


def test_it_is_frozen_and_each_signatory_gets_a_letter_that_says_as_what(
    session: Session, whole: Application, out: SignatureRound, home: Home
) -> None:
    rut, ole = out.signatories
    assert (rut.person_id, rut.organisation, rut.capacity) == (
        None,
        "Granviks kommun",
        SigningCapacity.AUTHORISED_SIGNATORY,
    )
    assert ole.capacity is SigningCapacity.DELEGATE
    assert (out.subject_id, out.subject_version) == (whole.id, whole.version)
    first, second = letters(session, "application_to_sign")
    assert (first.to_address, second.to_address) == (RUT, OLE)
    assert "firmatecknare för Granviks kommun" in first.body
    assert "ombud enligt delegation för Region Norrdal" in second.body
    assert out.document.matter_id is None
    text = "\n".join(one.text for one in docx.Document(BytesIO(out.document.content)).paragraphs)
    assert "Vi skriver om bakgrund och problem." in text
    assert register.conversion_of(session, out.document) is not None
    assert (whole.submitted_at, session.scalar(select(func.count(Matter.id)))) == (None, 0)
    assert letters(session, "application_arrived") == []


def test_one_that_is_not_complete_is_not_sent(session: Session, home: Home) -> None:
    publish_signed(session, home)
    with pytest.raises(NotComplete):
        send(session, begin(session, home))
    assert all_rounds(session) == []


def test_answers_changed_after_they_were_read_are_read_again_first(session: Session, whole: Application) -> None:
    with pytest.raises(RuleBroken, match="Läs igenom den en gång till"):
        rounds.send_for_signing(session, whole, version=whole.version - 1, now=NOW)


def test_out_already_received_withdrawn_and_tried_out_are_not_sent(
    session: Session, whole: Application, out: SignatureRound
) -> None:
    with pytest.raises(RuleBroken, match="redan ute"):
        send(session, whole)
    with pytest.raises(RuleBroken, match="skrivas under innan"):
        operations.hand_in(session, whole, version=whole.version, now=NOW)
    for one in out.signatories:
        sign(session, one)
    with pytest.raises(RuleBroken, match="redan inskickad"):
        send(session, whole)


def test_a_trial_is_never_sent(session: Session, whole: Application) -> None:
    whole.is_test = True
    session.flush()
    with pytest.raises(RuleBroken, match="prov"):
        send(session, whole)


def test_a_form_received_on_submission_is_not_sent_to_be_signed(session: Session, application: Application) -> None:
    with pytest.raises(RuleBroken, match="Skicka in den"):
        send(session, application)


def test_two_signatories_with_one_address_are_told_apart_first(session: Session, home: Home) -> None:
    one, other = signed_answers(home)["signatories"]
    application = ready(session, home, one, other | {"email": RUT.upper()})
    with pytest.raises(NotComplete) as refused:
        send(session, application)
    assert [problem.field for problem in refused.value.problems] == ["signatories.1.email"]
    with pytest.raises(RuleBroken, match="Rut Lindmark och Ole Påhitt har samma e-postadress"):
        rounds.signatories_of(filled(session, application, NOW.date()))
    assert letters(session, "application_to_sign") == []


# --- all have signed -------------------------------------------------------------------------------------------------


def test_the_last_signature_makes_it_a_matter_with_the_document_that_was_signed(
    session: Session, whole: Application, out: SignatureRound, home: Home
) -> None:
    rut, ole = out.signatories
    assert not sign(session, rut)
    assert letters(session, "application_arrived") == []
    assert sign(session, ole)
    matter = whole.matter
    assert matter is not None
    assert (matter.kind, matter.register_number, matter.title) == (MatterKind.APPLICATION, "2026/1", "Stegvis")
    session.refresh(whole)
    assert whole.submitted_at == LATER
    assert (whole.submitted_version, whole.document_id) == (whole.version, out.document_id)
    assert [one.id for one in register.documents(session, matter)] == [out.document_id]
    told = {one.to_address: one for one in letters(session, "application_received")}
    assert set(told) == {EMAIL, RUT, OLE}
    assert "/ansokan/" in told[EMAIL].body
    assert "/ansokan/" not in told[RUT].body
    assert [one.document_id for one in told[RUT].attachments] == [out.document_id]
    assert len(letters(session, "application_arrived")) == 1
    assert list(broken_links(session, home.id)) == []


def test_the_evidence_says_organisation_and_capacity(session: Session, whole: Application, out: SignatureRound) -> None:
    rut = out.signatories[0]
    sign(session, rut)
    kept = next(one for one in events(session, rut) if one.kind is EventKind.SIGNED)
    assert (kept.details["capacity"], kept.details["organisation"]) == ("authorised_signatory", "Granviks kommun")
    assert "firmatecknare för Granviks kommun" in kept.details["declaration"]


# --- changed meanwhile -----------------------------------------------------------------------------------------------


def test_while_it_is_out_a_save_is_refused_unless_one_says_that_it_may_become_void(
    session: Session, whole: Application, out: SignatureRound
) -> None:
    assert openness(session, whole, now=LATER).phase is Phase.SIGNING
    with pytest.raises(RuleBroken, match="ute för underskrift"):
        change(session, whole)
    assert state(session, out) is RoundState.OPEN
    assert not change(session, whole, "Stegvis", during_signing=True).voided
    assert state(session, out) is RoundState.OPEN


def test_a_change_makes_it_void_and_all_are_told_what_changed(
    session: Session, whole: Application, out: SignatureRound
) -> None:
    sign(session, out.signatories[0])
    assert change(session, whole, during_signing=True, by="skribent@granvik.example").voided
    assert state(session, out) is RoundState.WITHDRAWN
    assert openness(session, whole, now=LATER).phase is Phase.DRAFT
    told = {one.to_address: one for one in letters(session, "application_withdrawn")}
    assert set(told) == {RUT, OLE}
    assert "Insatsens namn: ”Stegvis” blev ”Steg för steg”" in told[OLE].body
    assert "räknas underskriften inte längre" in told[RUT].body
    assert "räknas underskriften inte längre" not in told[OLE].body
    [owner] = letters(session, "application_signing_void")
    assert owner.to_address == EMAIL
    assert "skribent@granvik.example" in owner.body
    # And the signature that was given goes with its round: the new one is signed by both.
    again = send(session, whole, LATER)
    assert not sign(session, again.signatories[1], LATER + timedelta(minutes=1))
    assert whole.submitted_at is None


def test_a_file_added_makes_it_void_too(session: Session, whole: Application, out: SignatureRound) -> None:
    with pytest.raises(RuleBroken, match="ute för underskrift"):
        operations.remove_attachment(session, whole, 1, now=LATER)


def test_a_long_change_is_told_in_few_words(session: Session, whole: Application, out: SignatureRound) -> None:
    typed = dict.fromkeys(("purpose", "background", "goals"), "Något helt annat som är skrivet om från början." * 4)
    operations.save_section(
        session,
        whole,
        section_id="operation",
        raw={"name": "A" * 190, "summary": "B " * 90} | typed,
        base_version=whole.version,
        now=LATER,
        during_signing=True,
    )
    session.refresh(out)
    assert out.withdraw_reason is not None
    assert len(out.withdraw_reason) <= 400
    assert out.withdraw_reason.startswith("Ansökan har ändrats efter att den skickades ut.")


# --- declined, late --------------------------------------------------------------------------------------------------


def test_one_without_the_right_declines_and_the_owner_is_told_what_to_do(
    session: Session, whole: Application, out: SignatureRound
) -> None:
    sign(session, out.signatories[0])
    decline(session, out.signatories[1], "Jag har inte rätt att skriva under.")
    assert state(session, out) is RoundState.DECLINED
    [owner] = letters(session, "application_signing_declined")
    assert owner.to_address == EMAIL
    assert "Jag har inte rätt att skriva under." in owner.body
    assert "Byt då till den som har det" in owner.body
    assert [one.to_address for one in letters(session, "application_declined")] == [RUT]
    # A draft again: it may be changed without further ado, and sent out anew.
    assert not change(session, whole).voided
    assert len(send(session, whole, LATER).signatories) == 2


def test_when_time_is_out_a_new_link_brings_the_round_back(
    session: Session, whole: Application, out: SignatureRound
) -> None:
    sign(session, out.signatories[0])
    late = NOW + rounds.SIGNING_TIME + timedelta(days=2)
    assert signed.state_of(session, out, now=late) is RoundState.EXPIRED
    with pytest.raises(RuleBroken, match="ute för underskrift"):
        operations.save_section(
            session, whole, section_id="operation", raw={"name": "X"}, base_version=whole.version, now=late
        )
    rounds.resend(session, whole, out.signatories[1].id, now=late)
    assert signed.state_of(session, out, now=late) is RoundState.OPEN
    assert sign(session, out.signatories[1], late)
    assert whole.submitted_at == late


def test_reminders_go_to_those_who_have_not_signed_once_a_day(
    session: Session, whole: Application, out: SignatureRound
) -> None:
    sign(session, out.signatories[0])
    for moment in (LATER, LATER, DAY_AFTER):
        rounds.remind(session, whole, now=moment)
    assert [one.to_address for one in letters(session, "sign_reminder")] == [OLE, OLE]


def test_nothing_can_be_reminded_of_before_it_is_out(session: Session, whole: Application) -> None:
    with pytest.raises(RuleBroken, match="inte ute"):
        rounds.remind(session, whole, now=NOW)
    assert rounds.newest(session, whole, now=NOW) is None


# --- signed again after a completion ---------------------------------------------------------------------------------


def ask_to_complete(session: Session, application: Application, *question_ids: str) -> Completion:
    own = application.association_id
    completion = Completion(
        association_id=own,
        application_id=application.id,
        asked_at=LATER,
        asked_by="Sonja Ekvall",
        due_on=date(2026, 3, 20),
        base_version=application.version,
        questions=[
            CompletionQuestion(association_id=own, position=place, question_id=name, asked="Skriv mer.")
            for place, name in enumerate(question_ids, start=1)
        ],
    )
    session.add(completion)
    session.flush()
    return completion


def received(session: Session, application: Application, out: SignatureRound) -> Application:
    for one in out.signatories:
        sign(session, one)
    return application


def test_a_completion_that_changed_what_was_signed_is_signed_again(
    session: Session, whole: Application, out: SignatureRound
) -> None:
    received(session, whole, out)
    ask_to_complete(session, whole, "name")
    assert not change(session, whole).voided
    again = rounds.sign_again(session, whole, now=LATER)
    assert again is not None
    assert rounds.sign_again(session, whole, now=LATER) is None
    assert (again.subject_version, again.document.matter_id) == (whole.version, whole.matter_id)
    for one in again.signatories:
        sign(session, one, LATER + timedelta(minutes=5))
    assert whole.document_id == again.document_id
    assert (whole.submitted_at, session.scalar(select(func.count(Matter.id)))) == (LATER, 1)
    assert {one.to_address for one in letters(session, "application_signed_again")} == {EMAIL, RUT, OLE}
    assert rounds.sign_again(session, whole, now=DAY_AFTER) is None


def test_the_offices_completion_leads_to_a_new_round_which_may_be_sent_once_more(
    session: Session, whole: Application, out: SignatureRound
) -> None:
    received(session, whole, out)
    completions.ask(
        session,
        whole,
        questions=[completions.Asked("name", "Skriv hela namnet.")],
        message="",
        due_on=date(2026, 3, 20),
        now=LATER,
        actor="Sonja Ekvall",
    )
    change(session, whole)
    completions.answer(session, whole, version=whole.version, now=LATER)
    again = all_rounds(session)[-1]
    assert (again.id != out.id, again.subject_version) == (True, whole.version)
    decline(session, again.signatories[0], "Fel namn.")
    assert openness(session, whole, now=LATER).phase is Phase.RECEIVED
    third = rounds.sign_again(session, whole, now=LATER)
    assert third is not None
    for one in third.signatories:
        sign(session, one, LATER + timedelta(minutes=5))
    assert whole.document_id == third.document_id


def test_a_completion_that_changed_nothing_is_not(session: Session, whole: Application, out: SignatureRound) -> None:
    received(session, whole, out)
    ask_to_complete(session, whole, "name")
    change(session, whole, "Stegvis")
    assert rounds.sign_again(session, whole, now=LATER) is None


def test_nothing_is_signed_again_before_it_was_signed(session: Session, whole: Application) -> None:
    assert rounds.sign_again(session, whole, now=LATER) is None


def test_in_a_completion_only_what_is_asked_for_is_open(
    session: Session, whole: Application, out: SignatureRound
) -> None:
    received(session, whole, out)
    with pytest.raises(RuleBroken, match="redan inskickad"):
        change(session, whole)
    ask_to_complete(session, whole, "summary")
    found = openness(session, whole, now=LATER)
    assert (found.phase, found.asked) == (Phase.COMPLETION, {"summary": "Skriv mer."})
    with pytest.raises(RuleBroken, match="Bara det som kansliet har frågat om"):
        change(session, whole)
    # The page of a tab from before sends all its answers: those that are as they were do no harm.
    saved = operations.save_section(
        session,
        whole,
        section_id="operation",
        raw={"name": "Stegvis", "summary": "Längre."},
        base_version=whole.version,
        now=LATER,
    )
    assert answers_at(session, whole, saved.version)["summary"] == "Längre."


def test_the_office_never_sees_a_draft_that_is_out(session: Session, whole: Application, out: SignatureRound) -> None:
    decline(session, out.signatories[0], "Nej.")
    secretary = letters(session, "application_arrived") + letters(session, "declined")
    assert secretary == []
    assert session.scalar(select(func.count(Document.id)).where(Document.matter_id.is_not(None))) == 0


def test_a_save_makes_a_revision_by_whoever_saved(session: Session, whole: Application) -> None:
    save(session, whole, "operation", {"name": "Ett"})
    assert change(session, whole, "Två", by="ny@granvik.example").version == whole.version
