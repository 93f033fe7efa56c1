"""Verification: all have signed, and everything that follows from the decisions begins in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.applications.models import Application
from paragraf.core.errors import RuleBroken
from paragraf.duties import operations as duties
from paragraf.duties.standard_rules import MINUTES_VERIFICATION
from paragraf.minutes import correspondence, decision_letters, extracts, immediate, notices, outcomes, queries
from paragraf.minutes.acts import lock, record
from paragraf.minutes.models import Decision, ImmediateVerification, Minutes, Notice
from paragraf.minutes.queries import Item
from paragraf.minutes.sending import current_round
from paragraf.people.models import BodyKind
from paragraf.signing import queries as signatures
from paragraf.signing.models import SignatureRound
from paragraf.signing.rules import RoundState

#: Who acts when the last signature does.
PROGRAM = "Paragraf"


def complete_round(session: Session, signature_round: SignatureRound, now: datetime) -> None:
    """All have signed a round about minutes: what ``signing.operations.sign`` calls, once."""
    found = queries.minutes_by_id(session, signature_round.association_id, signature_round.subject_id)
    verify(session, found, now=now, actor=PROGRAM)


def complete_immediate(session: Session, signature_round: SignatureRound, now: datetime) -> None:
    """All have signed a round about §§ that are verified at once."""
    found = immediate.by_id(session, signature_round.association_id, signature_round.subject_id)
    verify_immediate(session, found, now=now, actor=PROGRAM)


def verify(session: Session, minutes: Minutes, *, now: datetime, actor: str) -> Minutes:
    """The minutes are verified: announce it, make grants and duties, tell applicants and members.

    What was verified at once has had its consequences already. Raises RuleBroken while a signature is missing, and the
    second time.
    """
    lock(session, minutes)
    if minutes.verified_at is not None:
        raise RuleBroken("Protokollet är redan justerat.")
    _must_be_signed(session, current_round(session, minutes), now)
    minutes.verified_at = now
    session.flush()
    record(session, minutes, "verify", now, actor)
    _finish_verification(session, minutes, now, actor)
    # Only the board's minutes are announced and can be appealed (lag 2003:1210 19 and 28 §§).
    notice = notices.announce(session, minutes, now=now, actor=actor) if _is_board(minutes) else None
    rest = [one for one in queries.items(session, minutes) if one.row.immediate_id is None]
    _follow(session, minutes, rest, notice, now, actor)
    correspondence.tell_members(session, minutes, now=now)
    return minutes


def verify_immediate(
    session: Session, at_once: ImmediateVerification, *, now: datetime, actor: str
) -> ImmediateVerification:
    """The §§ are verified ahead of the others: announced by themselves, and what they decide follows now.

    Raises RuleBroken while a signature is missing, and the second time.
    """
    minutes = at_once.minutes
    lock(session, minutes)
    session.refresh(at_once)
    if at_once.verified_at is not None:
        raise RuleBroken("Paragraferna är redan justerade.")
    _must_be_signed(session, immediate.current_round(session, at_once), now)
    at_once.verified_at = now
    session.flush()
    mine = [one for one in queries.items(session, minutes) if one.row.immediate_id == at_once.id]
    record(session, minutes, "verify_immediately", now, actor, numbers=", ".join(one.label for one in mine))
    notice = None
    if _is_board(minutes):
        notice = notices.announce(session, minutes, immediate=at_once, now=now, actor=actor)
    _follow(session, minutes, mine, notice, now, actor)
    return at_once


def _follow(
    session: Session, minutes: Minutes, items: Sequence[Item], notice: Notice | None, now: datetime, actor: str
) -> None:
    """What the decisions of the §§ bring with them, once for each §."""
    decided = queries.decisions(session, minutes)
    outcomes.follow(session, minutes, items, now=now, actor=actor)
    for one in items:
        if (application := queries.application_of(session, one.row)) and decided.get(one.row.id):
            _tell_applicant(session, minutes, one, application, decided[one.row.id], notice, now)


def _tell_applicant(
    session: Session,
    minutes: Minutes,
    one: Item,
    application: Application,
    decided: Sequence[Decision],
    notice: Notice | None,
    now: datetime,
) -> None:
    letter = decision_letters.make(session, minutes, one, application, decided, notice, now=now)
    # The last signatory can do nothing about the association's templates, and must not be refused for one.
    extract = extracts.make(session, minutes, one, certifier=minutes.secretary, now=now, or_shipped=True)
    papers = (letter, extract.document)
    correspondence.tell_applicant(session, minutes, one, application, decided, papers, notice, now=now)


def _must_be_signed(session: Session, found: SignatureRound | None, now: datetime) -> None:
    if found is None or signatures.state_of(session, found, now=now) is not RoundState.COMPLETED:
        raise RuleBroken("Alla har inte skrivit under än. Protokollet är justerat när den sista underskriften finns.")


def _is_board(minutes: Minutes) -> bool:
    return minutes.meeting.body.kind is BodyKind.BOARD


def _finish_verification(session: Session, minutes: Minutes, now: datetime, actor: str) -> None:
    duties.finish(
        session,
        association_id=minutes.association_id,
        rule_key=MINUTES_VERIFICATION,
        subject="meeting",
        subject_id=minutes.meeting_id,
        now=now,
        actor=actor,
    )
