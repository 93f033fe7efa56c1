"""The office's list of what has come in: filtered, searched and sorted. How many questions it asks the database does
not depend on how many lines it has."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, joinedload

from paragraf.applications.completing.received import OPEN
from paragraf.applications.filled import Filled, form_of, members_on
from paragraf.applications.listed.searching import Search, words_of
from paragraf.applications.models import Application, ApplicationRevision, Completion, Opinion
from paragraf.applications.queries import submitted
from paragraf.applications.rules import SETTLED, State
from paragraf.core.dates import local_date
from paragraf.people import queries as people
from paragraf.questions.context import Context
from paragraf.questions.definition import Purpose

_ALPHABET = str.maketrans("åäö", "{|}")


class Order(StrEnum):
    """What the list is sorted by."""

    RECEIVED = "received"
    TITLE = "title"
    STATE = "state"
    APPLIED = "applied"
    GRANTED = "granted"
    WAITED = "waited"


@dataclass(frozen=True)
class Wanted:
    """What is shown and in which order. Blank, None and empty leave out nothing; amounts in öre, both included."""

    words: str = ""
    states: frozenset[State] = frozenset()
    year: int | None = None
    form: str = ""
    call_id: int | None = None
    #: A member's id as text, as the answers hold it.
    party: str = ""
    least: int | None = None
    most: int | None = None
    #: Only what has waited longer than so many days.
    waited: int | None = None
    order: Order = Order.RECEIVED
    descending: bool = True


@dataclass(frozen=True)
class Line:
    """One application as it was last handed in; amounts in öre, None where nothing is known."""

    application: Application
    filled: Filled
    received_on: date
    #: The day of the latest thing that happened in preparing it.
    last_step: date

    @property
    def title(self) -> str:
        matter = self.application.matter
        return matter.title if matter else self.filled.facts.title or self.filled.form.title.sv

    @property
    def applicant(self) -> str:
        return self.filled.facts.applicant_name or self.application.email

    @property
    def parties(self) -> tuple[str, ...]:
        return self.filled.party_names()

    @property
    def applied(self) -> int | None:
        return self.filled.facts.amount


@dataclass(frozen=True)
class Row:
    """A line with what later rooms know: where it stands, what is granted (öre), when a meeting last had it."""

    line: Line
    state: State
    granted: int | None
    #: Days since it came in, and since the last step; None when nobody waits any more.
    waited: int | None
    since_step: int | None


def lines(session: Session, association_id: int, purpose: Purpose) -> list[Line]:
    """What has come in with the purpose, the latest first, as it was last handed in."""
    wanted = submitted(association_id).where(Application.purpose == purpose)
    loaded = wanted.options(joinedload(Application.call)).order_by(Application.submitted_at.desc())
    rows = list(session.scalars(loaded.order_by(Application.id.desc())))
    answers, steps = _answers(session, association_id), _steps(session, association_id)
    members = _Members(session, association_id)
    return [_line(row, answers.get(row.id, {}), steps.get(row.id), members) for row in rows]


def counts(session: Session, association_id: int) -> Mapping[Purpose, int]:
    """How many have come in of each purpose."""
    wanted = (
        submitted(association_id).with_only_columns(Application.purpose, func.count()).group_by(Application.purpose)
    )
    found: dict[Purpose, int] = {}
    for purpose, count in session.execute(wanted):
        found[purpose] = count
    return found


def _line(row: Application, answers: Mapping[str, Any], step: datetime | None, members: _Members) -> Line:
    came = row.submitted_at or row.started_at
    day = local_date(came)
    return Line(
        row, Filled(form_of(row.form_version), answers, members.on(day)), day, local_date(max(came, step or came))
    )


class _Members:
    """The members as they were on any day: one question for each time they were others."""

    def __init__(self, session: Session, association_id: int) -> None:
        self._session, self._association_id = session, association_id
        self._changes = people.membership_changes(session, association_id)
        self._known: dict[int, Context] = {}

    def on(self, day: date) -> Context:
        place = bisect_right(self._changes, day)
        if place not in self._known:
            self._known[place] = Context(members=members_on(self._session, self._association_id, day))
        return self._known[place]


def _answers(session: Session, association_id: int) -> dict[int, dict[str, Any]]:
    """The answers as they were handed in: while a completion is open, those from before it."""
    handed_in = func.coalesce(Completion.base_version, Application.version)
    wanted = (
        select(Application.id, ApplicationRevision.answers)
        .outerjoin(Completion, and_(Completion.application_id == Application.id, *OPEN))
        .join(ApplicationRevision, ApplicationRevision.application_id == Application.id)
        .where(
            Application.association_id == association_id,
            Application.submitted_at.is_not(None),
            ApplicationRevision.version == handed_in,
        )
    )
    return {row.id: row.answers for row in session.execute(wanted)}


def _steps(session: Session, association_id: int) -> dict[int, datetime]:
    """The latest moment at which a completion was asked for or came in, or an opinion was given."""
    moments: dict[int, datetime] = {}
    for column in (Completion.asked_at, Completion.answered_at, Completion.withdrawn_at, Opinion.recorded_at):
        owner = column.class_
        newest = select(owner.application_id, func.max(column)).where(owner.association_id == association_id)
        for application_id, moment in session.execute(newest.group_by(owner.application_id)):
            if moment is not None:
                moments[application_id] = max(moment, moments.get(application_id, moment))
    return moments


# --- filters and order ---------------------------------------------------------------------------------------------


def row(line: Line, *, state: State, granted: int | None, held_on: date | None, today: date) -> Row:
    """The line with how long it has waited: a meeting that had it is a step too."""
    if state in SETTLED or state is State.DECIDED:
        return Row(line, state, granted, None, None)
    step = max(line.last_step, held_on or line.last_step)
    return Row(line, state, granted, (today - line.received_on).days, (today - step).days)


def chosen(rows: Iterable[Row], wanted: Wanted) -> list[Row]:
    """The rows that are wanted, in order; what lacks the thing sorted by comes last, both ways."""
    search = Search(wanted.words)
    found = [one for one in rows if _fits(one, wanted) and (not search or search.finds(_searched(one.line)))]
    key = _KEYS[wanted.order]
    has, lacks = [one for one in found if key(one) is not None], [one for one in found if key(one) is None]
    return sorted(has, key=key, reverse=wanted.descending) + lacks


def _fits(one: Row, wanted: Wanted) -> bool:
    line, application = one.line, one.line.application
    return all(
        (
            not wanted.states or one.state in wanted.states,
            wanted.year in (None, line.received_on.year),
            wanted.form in ("", line.filled.form.key),
            wanted.call_id in (None, application.call_id),
            not wanted.party or wanted.party in line.filled.facts.parties,
            wanted.least is None or (line.applied is not None and line.applied >= wanted.least),
            wanted.most is None or (line.applied is not None and line.applied <= wanted.most),
            wanted.waited is None or (one.waited is not None and one.waited > wanted.waited),
        )
    )


def _searched(line: Line) -> str:
    matter = line.application.matter
    return "\n".join([matter.register_number if matter else "", line.title, line.applicant, words_of(line.filled)])


_STATES: Sequence[State] = tuple(State)
_KEYS: dict[Order, Callable[[Row], Any]] = {
    Order.RECEIVED: lambda one: (one.line.application.submitted_at, one.line.application.id),
    Order.TITLE: lambda one: one.line.title.casefold().translate(_ALPHABET),
    Order.STATE: lambda one: _STATES.index(one.state),
    Order.APPLIED: lambda one: one.line.applied,
    Order.GRANTED: lambda one: one.granted,
    Order.WAITED: lambda one: one.waited,
}
