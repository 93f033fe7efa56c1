"""Rules of agreements, pure: whether one is in force, when it is revised, until when a change can be told.

An agreement's days are *contract* days: a holiday moves none of them (law 6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from paragraf.core.dates import add_months, latest_notice, working_day_on_or_before
from paragraf.core.errors import RuleBroken, SeveralRulesBroken

LONGEST_NOTICE_MONTHS = 36
#: Revisions are planned so many months ahead, besides the notice months: what is planned reaches at least 18 months.
HORIZON_MONTHS = 24
_LONGEST_TITLE, _LONGEST_SUMMARY = 200, 2000


class AgreementState(StrEnum):
    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    ENDED = "ended"


@dataclass(frozen=True)
class NewParty:
    """A member organisation, or a unit of one, that becomes a party (ids)."""

    member_organisation_id: int
    unit_id: int | None = None


@dataclass(frozen=True)
class Terms:
    """What an agreement says of itself."""

    title: str
    summary: str
    in_force_from: date
    #: The last day in force; None: until further notice.
    in_force_until: date | None
    revised_yearly: bool
    notice_months: int


@dataclass(frozen=True)
class NoticeWindow:
    """Until when a change that takes effect on ``effect`` can be told."""

    effect: date
    months: int
    #: The last day by the agreement, also where it is a holiday.
    last_day: date
    #: The last working day on or before it.
    recommended_day: date

    def is_open(self, day: date) -> bool:
        """Whether a change told on the day is told in time."""
        return day <= self.last_day


def notice_window(effect: date, months: int) -> NoticeWindow:
    """The window for a change at ``effect`` that must be told at least ``months`` before."""
    last_day = latest_notice(effect, months)
    return NoticeWindow(effect, months, last_day, working_day_on_or_before(last_day))


def revision(in_force_from: date, number: int) -> date:
    """The day of the ``number``-th yearly revision. Counted from the first day, so that 29 February comes back."""
    return add_months(in_force_from, 12 * number)


def next_revision(in_force_from: date, day: date) -> date:
    """The first yearly revision after the day; one that takes effect on the day itself has come."""
    number = max(1, day.year - in_force_from.year)
    coming = revision(in_force_from, number)
    return coming if coming > day else revision(in_force_from, number + 1)


def revisions(terms: Terms, day: date) -> list[date]:
    """The revisions after ``day`` that are to be planned now: none that the agreement does not live to see."""
    if not terms.revised_yearly:
        return []
    horizon = add_months(day, HORIZON_MONTHS + terms.notice_months)
    last = horizon if terms.in_force_until is None else min(horizon, terms.in_force_until)
    found = []
    coming = next_revision(terms.in_force_from, day)
    while coming <= last:
        found.append(coming)
        coming = next_revision(terms.in_force_from, coming)
    return found


def state(in_force_from: date, in_force_until: date | None, ended_on: date | None, day: date) -> AgreementState:
    """How the agreement stands on the day. ``ended_on`` is the day it was ended before its time, if it was."""
    was_ended = ended_on is not None and ended_on <= day
    has_run_out = in_force_until is not None and in_force_until < day
    if was_ended or has_run_out:
        return AgreementState.ENDED
    return AgreementState.IN_FORCE if in_force_from <= day else AgreementState.NOT_YET


def check_terms(terms: Terms) -> None:
    """Raises RuleBroken, or SeveralRulesBroken where more than one thing is wrong."""
    problems = []
    if not terms.title:
        problems.append(RuleBroken("Skriv överenskommelsens namn.", field="title"))
    for name, text, limit in (("title", terms.title, _LONGEST_TITLE), ("summary", terms.summary, _LONGEST_SUMMARY)):
        if len(text) > limit:
            problems.append(RuleBroken("Skriv högst %(limit)s tecken.", field=name, limit=limit))
    if terms.in_force_until is not None and terms.in_force_until < terms.in_force_from:
        problems.append(
            RuleBroken("Sista dagen ska vara samma dag som den första eller senare.", field="in_force_until")
        )
    if not 0 <= terms.notice_months <= LONGEST_NOTICE_MONTHS:
        problems.append(
            RuleBroken("Skriv 0 till %(limit)s månader.", field="notice_months", limit=LONGEST_NOTICE_MONTHS)
        )
    _raise(problems)


def check_parties(parties: Sequence[NewParty]) -> None:
    """Raises RuleBroken without a party, or with the same party twice."""
    if not parties:
        raise RuleBroken("Välj minst en part.", field="parties")
    if len(set(parties)) < len(parties):
        raise RuleBroken("Samma part är vald två gånger. Ta bort den ena.", field="parties")


def _raise(problems: Sequence[RuleBroken]) -> None:
    if len(problems) > 1:
        raise SeveralRulesBroken(list(problems))
    for problem in problems:
        raise problem
