"""A minutes verifier may sign with another opinion noted: it is kept with the signature and told at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken
from paragraf.core.log import LogEntry
from paragraf.minutes import operations
from paragraf.minutes.dissenting import dissents
from paragraf.minutes.models import Minutes
from paragraf.minutes.rules import State, state_of
from paragraf.minutes.sending import current_round
from paragraf.people.models import Mandate
from paragraf.signing import operations as signing
from paragraf.signing import queries as signing_queries
from paragraf.signing.models import SigningCapacity
from tests.minutes.acting import SIGNED, Chain, all_sign, letters
from tests.minutes.test_immediate import at_once
from tests.parts.world import Home
from tests.signing import acting as signatures

NOTE = "I § 627 ska det stå 290 000 kr för 2027."


def sign(
    session: Session, minutes: Minutes, capacity: SigningCapacity, dissent: str = "", now: datetime = SIGNED
) -> None:
    found = current_round(session, minutes)
    assert found is not None
    signatory = next(one for one in found.signatories if one.capacity is capacity)
    signatures.let_in(session, signatory, now=now)
    signing.sign(
        session,
        signatory,
        shown_sha256=found.document.sha256,
        session_key=signatures.PHONE,
        now=now,
        completed=Chain.table,
        dissent=dissent,
    )


def test_it_is_told_at_once_and_kept_with_the_signature(session: Session, home: Home, sent: Minutes) -> None:
    sign(session, sent, SigningCapacity.MINUTES_VERIFIER, f"  {NOTE}  ")
    assert [(one.name, one.text, one.at) for one in dissents(session, sent)] == [("Nils Ask", NOTE, SIGNED)]
    assert {one.to_address for one in letters(session, "dissent")} == {home.chair.email, home.secretary.email}
    assert all(NOTE in one.body for one in letters(session, "dissent"))
    found = current_round(session, sent)
    assert found is not None
    steps = signing_queries.progress(session, found, now=SIGNED).steps
    assert [step.dissent for step in steps] == ["", "", NOTE]


def test_the_log_tells_that_but_not_what(session: Session, sent: Minutes) -> None:
    sign(session, sent, SigningCapacity.MINUTES_VERIFIER, NOTE)
    entries = session.scalars(select(LogEntry)).all()
    assert [entry.subject for entry in entries if entry.verb == "dissent"] == ["signatory"]
    assert not any(NOTE in str(entry.details) for entry in entries)


def test_the_minutes_are_verified_all_the_same(session: Session, sent: Minutes) -> None:
    frozen = sent.document
    for capacity in (SigningCapacity.MINUTES_VERIFIER, SigningCapacity.CHAIR, SigningCapacity.SECRETARY):
        sign(session, sent, capacity, NOTE if capacity is SigningCapacity.MINUTES_VERIFIER else "")
    assert state_of(sent) is State.VERIFIED
    assert (sent.document, len(dissents(session, sent))) == (frozen, 1)


@pytest.mark.parametrize("capacity", [SigningCapacity.CHAIR, SigningCapacity.SECRETARY])
def test_nobody_else_notes_one(session: Session, sent: Minutes, capacity: SigningCapacity) -> None:
    with pytest.raises(RuleBroken, match="Bara den som justerar"):
        sign(session, sent, capacity, NOTE)


def test_a_note_has_an_end(session: Session, sent: Minutes) -> None:
    with pytest.raises(RuleBroken, match="högst 1000"):
        sign(session, sent, SigningCapacity.MINUTES_VERIFIER, "x" * 1001)
    assert dissents(session, sent) == []


def test_of_several_rounds_about_the_same_document_the_last_one_counts(session: Session, sent: Minutes) -> None:
    sign(session, sent, SigningCapacity.MINUTES_VERIFIER, NOTE)
    found = current_round(session, sent)
    assert found is not None
    signing.withdraw_round(session, found, reason="Fel dag", now=SIGNED, actor="Sonja")
    operations.send_for_signing(session, sent, now=SIGNED, actor="Sonja")
    assert dissents(session, sent) == []


def test_those_of_paragraphs_verified_at_once_are_their_own(session: Session, ready: Minutes) -> None:
    found = at_once(session, ready, 1)
    assert dissents(session, ready, immediate=found) == []
    assert dissents(session, ready) == []


# --- the last moment ---


#: The law's last day for the meeting on 9 April 2026 is the 23rd; Swedish summer time is two hours ahead of UTC.
LAST_MINUTE = datetime(2026, 4, 23, 21, 59, tzinfo=UTC)


def test_on_the_last_day_at_a_minute_to_midnight_it_is_in_time(session: Session, sent: Minutes) -> None:
    all_sign(session, sent, LAST_MINUTE)
    assert sent.verified_at == LAST_MINUTE


def test_two_minutes_later_a_new_link_is_needed(session: Session, sent: Minutes) -> None:
    found = current_round(session, sent)
    assert found is not None
    # Whoever was let in before midnight is late after it.
    for signatory in found.signatories:
        signatures.let_in(session, signatory, now=LAST_MINUTE)
    with pytest.raises(RuleBroken, match="Tiden för att skriva under har gått ut"):
        signatures.sign(session, found.signatories[0], Chain(), now=LAST_MINUTE + timedelta(minutes=2))  # type: ignore[arg-type]


def test_a_mandate_that_ended_since_does_not_keep_anybody_from_verifying_that_meeting(
    session: Session, home: Home, sent: Minutes
) -> None:
    for mandate in session.scalars(select(Mandate).where(Mandate.person_id == home.fourth_member.id)):
        mandate.ends_on = sent.meeting.starts_at.date()
    session.flush()
    all_sign(session, sent)
    assert state_of(sent) is State.VERIFIED
