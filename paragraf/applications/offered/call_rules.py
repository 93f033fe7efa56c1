"""What holds for a call for applications (utlysning), decided on values only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from paragraf.applications.models import LatePolicy
from paragraf.core.dates import is_working_day, local_date
from paragraf.core.errors import RuleBroken, SeveralRulesBroken

#: A minute is whole: "at the latest 16.00" lets the application come in until the clock shows 16.01.
MINUTE = timedelta(minutes=1)
MOST_DAYS_BEFORE = 60
MOST_REMINDERS = 5


class CallState(StrEnum):
    """Where a call stands at a moment: computed, never stored (law 1)."""

    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class NewCall:
    """What the office says of a call. ``last_moment`` is the last minute in which an application is in time.

    ``earliest`` and ``latest`` bound the period that is applied for; ``remind_days`` are working days before the last
    day.
    """

    title: str
    information: str
    opens_at: datetime
    last_moment: datetime
    late_policy: LatePolicy
    earliest: date | None = None
    latest: date | None = None
    remind_days: tuple[int, ...] = ()

    @property
    def closes_at(self) -> datetime:
        """The first moment that is too late."""
        return self.last_moment + MINUTE


def state_of_call(opens_at: datetime, closes_at: datetime, cancelled_at: datetime | None, now: datetime) -> CallState:
    """The state at ``now``. A cancelled call stays cancelled whatever its dates say."""
    if cancelled_at is not None:
        return CallState.CANCELLED
    if now < opens_at:
        return CallState.COMING
    return CallState.OPEN if now < closes_at else CallState.CLOSED


def last_moment(closes_at: datetime) -> datetime:
    """The last minute in time, as pages and letters tell it: 23.59 and not midnight of the day after."""
    return closes_at - MINUTE


def reminder_days(closes_at: datetime, remind_days: Iterable[int]) -> list[date]:
    """The days of the reminders: so many working days before the last day, which is not counted itself.

    Saturdays, holidays and the eves of lag (1930:173) are no working days. 0 is the last day itself.
    """
    last = local_date(last_moment(closes_at))
    return sorted({_working_days_before(last, count) for count in remind_days})


def _working_days_before(day: date, count: int) -> date:
    while count > 0:
        day -= timedelta(days=1)
        count -= is_working_day(day)
    return day


def check_call(new: NewCall, *, now: datetime, opened_at: datetime | None = None) -> None:
    """Raise SeveralRulesBroken with all that is wrong, each at its field.

    ``opened_at`` is when the call opened, for one that has: then the opening stays, and only the closing may move.
    """
    problems = list(_problems(new, now, opened_at))
    if problems:
        raise SeveralRulesBroken(problems)


def _problems(new: NewCall, now: datetime, opened_at: datetime | None) -> Iterator[RuleBroken]:
    if opened_at is not None and new.opens_at != opened_at:
        yield RuleBroken("Utlysningen har öppnat, så öppningen går inte att flytta.", field="opens_day")
    if new.closes_at <= new.opens_at:
        yield RuleBroken("Utlysningen stänger innan den öppnar. Ändra en av dem.", field="closes_day")
    elif new.closes_at <= now:
        yield RuleBroken("Sista dagen har redan varit. Välj en senare.", field="closes_day")
    if new.earliest and new.latest and new.latest < new.earliest:
        yield RuleBroken("Slutdagen är före startdagen. Ändra en av dem.", field="latest")
    if len(new.remind_days) > MOST_REMINDERS or any(not 0 <= day <= MOST_DAYS_BEFORE for day in new.remind_days):
        yield RuleBroken(
            "Skriv högst %(most)s tal mellan 0 och %(days)s, till exempel 10, 2.",
            field="remind",
            most=MOST_REMINDERS,
            days=MOST_DAYS_BEFORE,
        )
