"""Where submitted applications stand: what this room knows together with what meetings and minutes know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from paragraf.applications.completing.received import OPEN
from paragraf.applications.models import Application, Completion
from paragraf.applications.rules import Outcome, State, state_of
from paragraf.grants.models import Grant
from paragraf.grants.queries import has_lapsed
from paragraf.meetings.models import AgendaItem, Meeting
from paragraf.minutes import decision_letters
from paragraf.minutes.models import Decision, MinuteItem, Minutes, Verb
from paragraf.minutes.wording import punctuated
from paragraf.register import queries as register
from paragraf.register.models import Document


@dataclass(frozen=True)
class Standing:
    """The state, the meeting that will take the matter up or has, what verified minutes say, and the grants.

    ``reason`` is why the matter was remitted back, or to when it was tabled, as the decision says.
    """

    state: State
    coming: Meeting | None = None
    held: Meeting | None = None
    decisions: tuple[str, ...] = ()
    grants: tuple[Grant, ...] = ()
    completion: Completion | None = None
    reason: str = ""


def standing_of(session: Session, application: Application, now: datetime) -> Standing:
    """Where the application stands at the moment."""
    return standings_of(session, [application], now)[application.id]


def standings_of(session: Session, applications: Sequence[Application], now: datetime) -> dict[int, Standing]:
    """Where each stands at the moment, by its id. As many questions to the database for five hundred as for one."""
    known = _Known(session, applications, now)
    return {one.id: known.standing(one) for one in applications}


class _Known:
    """What meetings, minutes and grants know about the applications, by the id of the matter or the application."""

    def __init__(self, session: Session, applications: Sequence[Application], now: datetime) -> None:
        self.now = now
        ids = [one.id for one in applications]
        matters = [one.matter_id for one in applications if one.matter_id is not None]
        self.grants = _grants(session, ids)
        self.completions = _completions(session, ids)
        self.meetings = _meetings(session, matters)
        self.decisions = _decisions(session, matters)

    def standing(self, application: Application) -> Standing:
        grants = tuple(self.grants.get(application.id, ()))
        completion = self.completions.get(application.id)
        meetings = self.meetings.get(application.matter_id or 0, [])
        coming = next((one for one in meetings if one.ends_at > self.now), None)
        held = None if coming or not meetings else meetings[-1]
        decided = self.decisions.get((held.id, application.matter_id or 0), []) if held else []
        state = state_of(
            submitted=application.submitted_at is not None,
            # A grant whose condition failed is one no more: the board decides anew.
            granted=any(not has_lapsed(one) for one in grants),
            withdrawn=application.withdrawn_at is not None,
            completing=completion is not None,
            on_agenda=coming is not None,
            treated=held is not None,
            outcome=outcome_of(decided),
        )
        texts = punctuated([one.text for one in decided])
        return Standing(state, coming, held, texts, grants, completion, _reason(decided))


def outcome_of(decided: Sequence[Decision]) -> Outcome | None:
    """What the clauses of one § come to; None where there are none."""
    if not decided:
        return None
    verbs = {one.verb for one in decided}
    if decision_letters.is_rejected(decided):
        return Outcome.REJECTED
    if Verb.GRANT not in verbs and Verb.REMIT_BACK in verbs:
        return Outcome.REMITTED
    if Verb.GRANT not in verbs and Verb.TABLE in verbs:
        return Outcome.TABLED
    return Outcome.OTHER


def _reason(decided: Iterable[Decision]) -> str:
    facts = {Verb.REMIT_BACK: "reason", Verb.TABLE: "until"}
    return next((str(one.facts.get(facts[one.verb], "")) for one in decided if one.verb in facts), "")


def _grants(session: Session, ids: Sequence[int]) -> dict[int, list[Grant]]:
    wanted = select(Grant).where(Grant.application_id.in_(ids)).order_by(Grant.decided_on, Grant.id)
    found: dict[int, list[Grant]] = defaultdict(list)
    for one in session.scalars(wanted.options(selectinload(Grant.years), selectinload(Grant.conditions))):
        found[one.application_id].append(one)
    return found


def _completions(session: Session, ids: Sequence[int]) -> dict[int, Completion]:
    wanted = select(Completion).where(Completion.application_id.in_(ids), *OPEN)
    return {one.application_id: one for one in session.scalars(wanted)}


def _meetings(session: Session, matters: Sequence[int]) -> dict[int, list[Meeting]]:
    """The meetings, not cancelled, whose agenda has the matter, the earliest first."""
    wanted = (
        select(AgendaItem.matter_id, Meeting)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(AgendaItem.matter_id.in_(matters), AgendaItem.withdrawn_at.is_(None), Meeting.cancelled_at.is_(None))
        .options(joinedload(Meeting.body))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    found: dict[int, list[Meeting]] = defaultdict(list)
    for matter_id, meeting in session.execute(wanted):
        found[matter_id or 0].append(meeting)
    return found


def _decisions(session: Session, matters: Sequence[int]) -> Mapping[tuple[int, int], list[Decision]]:
    """What verified minutes say of the matters, by meeting and matter."""
    wanted = (
        select(Minutes.meeting_id, MinuteItem.matter_id, Decision)
        .join(MinuteItem, MinuteItem.id == Decision.minute_item_id)
        .join(Minutes, Minutes.id == MinuteItem.minutes_id)
        .where(MinuteItem.matter_id.in_(matters), MinuteItem.removed_at.is_(None), Minutes.verified_at.is_not(None))
        .order_by(MinuteItem.position, Decision.position)
    )
    found: dict[tuple[int, int], list[Decision]] = defaultdict(list)
    for meeting_id, matter_id, decision in session.execute(wanted):
        found[meeting_id, matter_id or 0].append(decision)
    return found


# --- letters -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DecisionLetter:
    """A letter that told a decision, as Word and, once it is made, as PDF."""

    word: Document
    pdf: Document | None


def decisions_of(session: Session, application: Application) -> list[DecisionLetter]:
    """The letters that told the applicant what was decided, the newest first."""
    sent = decision_letters.of_matter(session, application.matter) if application.matter else []
    return [DecisionLetter(word, register.pdf_of(session, word)) for word in sent]
