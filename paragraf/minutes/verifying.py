"""Verification: all have signed, and everything that follows from the decisions begins in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from paragraf.applications.models import Application
from paragraf.core.dates import local_date
from paragraf.core.errors import N_, RuleBroken
from paragraf.core.printing import print_iso_date
from paragraf.duties import operations as duties
from paragraf.duties.models import Anchor
from paragraf.duties.rules import Event
from paragraf.duties.standard_rules import MINUTES_VERIFICATION
from paragraf.grants import operations as grants
from paragraf.minutes import correspondence, decision_letters, extracts, notices, queries, reported
from paragraf.minutes.acts import lock, record
from paragraf.minutes.models import Decision, Minutes, Notice, Verb
from paragraf.minutes.queries import Item
from paragraf.minutes.sending import current_round
from paragraf.people import queries as people
from paragraf.people.models import BodyKind, Person, RoleKind
from paragraf.register.operations import close_matter
from paragraf.signing import queries as signatures
from paragraf.signing.models import SignatureRound
from paragraf.signing.rules import RoundState

#: Decisions by which the body does not settle the matter.
RETURNING = frozenset({Verb.TABLE, Verb.REMIT_BACK})
#: Who acts when the last signature does.
PROGRAM = "Paragraf"


def complete_round(session: Session, signature_round: SignatureRound, now: datetime) -> None:
    """All have signed a round about minutes: what ``signing.operations.sign`` calls, once."""
    found = queries.minutes_by_id(session, signature_round.association_id, signature_round.subject_id)
    verify(session, found, now=now, actor=PROGRAM)


def verify(session: Session, minutes: Minutes, *, now: datetime, actor: str) -> Minutes:
    """The minutes are verified: announce it, make grants and duties, tell applicants and members.

    Raises RuleBroken while a signature is missing, and the second time.
    """
    lock(session, minutes)
    _must_be_signed(session, minutes, now)
    minutes.verified_at = now
    session.flush()
    record(session, minutes, "verify", now, actor)
    _finish_verification(session, minutes, now, actor)
    # Only the board's minutes are announced and can be appealed (lag 2003:1210 19 and 28 §§).
    notice = notices.announce(session, minutes, now=now, actor=actor) if _is_board(minutes) else None
    items, decided = queries.items(session, minutes), queries.decisions(session, minutes)
    for one in items:
        _follow_up(session, minutes, one, decided.get(one.row.id, []), now, actor)
    for one in items:
        if (application := queries.application_of(session, one.row)) and decided.get(one.row.id):
            _tell_applicant(session, minutes, one, application, decided[one.row.id], notice, now)
    correspondence.tell_members(session, minutes, now=now)
    return minutes


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


def _must_be_signed(session: Session, minutes: Minutes, now: datetime) -> None:
    if minutes.verified_at is not None:
        raise RuleBroken("Protokollet är redan justerat.")
    found = current_round(session, minutes)
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


def _follow_up(
    session: Session, minutes: Minutes, one: Item, decided: Sequence[Decision], now: datetime, actor: str
) -> None:
    application = queries.application_of(session, one.row)
    reported.settle_commission(session, one.row, decided, now=now, actor=actor)
    for decision in decided:
        if decision.verb is Verb.GRANT and application is not None:
            grants.grant(
                session,
                application=application,
                decision=decision,
                years={int(year): amount for year, amount in decision.facts["years"].items()},
                conditions=decision.facts["conditions"],
                post_share=decision.facts.get("post_share"),
                decided_on=local_date(minutes.meeting.starts_at),
                now=now,
                actor=actor,
            )
        if decision.verb is Verb.COMMISSION:
            _plan_commission(session, minutes, one, decision, now)
        if decision.verb in RETURNING and one.row.agenda_item is not None:
            # The matter waits for an agenda again, and the office sees it among those that do.
            one.row.agenda_item.returned_at = now
    if application is not None and _is_board(minutes) and decision_letters.is_rejected(decided):
        _close(session, application, now, actor)


def _close(session: Session, application: Application, now: datetime, actor: str) -> None:
    """A rejection ends the matter; how it can be appealed stands in the decision letter."""
    if application.matter is not None:
        close_matter(session, application.matter, reason=N_("Ansökan har fått avslag"), now=now, actor=actor)


def _plan_commission(session: Session, minutes: Minutes, one: Item, decision: Decision, now: datetime) -> None:
    body = minutes.meeting.body
    day = print_iso_date(local_date(minutes.meeting.starts_at))
    event = Event(
        association_id=minutes.association_id,
        anchor=Anchor.COMMISSION,
        subject="decision",
        subject_id=decision.id,
        on=date.fromisoformat(decision.facts["due_on"]),
        title=f"{decision.facts['task']} ({body.name} {day} § {one.number})",
        matter_id=one.row.matter_id,
        responsible=tuple(person.id for person in responsible(session, minutes, decision.facts["assignee"], now)),
        body_ids=(body.id,),
    )
    duties.plan(session, event, now=now)


def responsible(session: Session, minutes: Minutes, assignee: str, now: datetime) -> list[Person]:
    """Who is meant by a commission's words: a person by name, or the holder of an office.

    Nobody by that name: the secretary is reminded instead, so that the commission is not forgotten.
    """
    association_id, today = minutes.association_id, local_date(now)
    wanted = assignee.casefold()
    named = [person for person in people.persons(session, association_id) if person.name.casefold() in wanted]
    if named:
        return named
    if "ordförande" in wanted and "vice" not in wanted:
        chair = people.chair_of(session, minutes.meeting.body_id, today)
        if chair is not None:
            return [chair]
    offices = {"förbundschef": RoleKind.DIRECTOR, "administratör": RoleKind.ADMINISTRATOR}
    role = next((role for word, role in offices.items() if word in wanted), RoleKind.SECRETARY)
    return people.holders(session, association_id, role, today) or [minutes.secretary]
