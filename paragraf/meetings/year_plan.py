"""A year's meetings proposed: days that suit, and why others do not. Pure: days go in, days come out.

A body that wants a certain weekday gets it where that day is an ordinary working day; otherwise the nearest that is.
What is avoided: Saturdays and holidays (lag 1989:253), the eves that the law counts as holidays (lag 1930:173 2 §),
other days before a holiday, when many offices close early, and working days that stand alone between free ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from paragraf.core.dates import is_holiday, is_working_day, last_of_month

_DAY = timedelta(days=1)
#: Months in the order of the calendar that a year is spread over. In July the members are on holiday.
MEETING_MONTHS = (1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12)
MOST_MEETINGS = 2 * len(MEETING_MONTHS)
#: By this day the board fixes the budget of the year after (lag 2003:1210 23 §). A meeting of the autumn is looked for:
#: what the members are to pay is not known before.
BUDGET_MONTHS = range(8, 12)


class Avoided(StrEnum):
    """Why a day is not proposed."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    EVE = "eve"
    BEFORE_HOLIDAY = "before_holiday"
    BETWEEN = "between"
    TAKEN = "taken"
    PAST = "past"


@dataclass(frozen=True)
class Proposal:
    """A day to meet on. ``wanted`` is the day that was asked for, ``why`` the reason that it was not taken."""

    day: date
    wanted: date
    why: Avoided | None = None


def spread(count: int) -> list[int]:
    """So many months, evenly over the year without July, at most two meetings in one; from the first to the last."""
    count = max(0, min(count, MOST_MEETINGS))
    last = len(MEETING_MONTHS) - 1
    if count == 1:
        return [MEETING_MONTHS[last // 2]]
    # Nobody meets in the first days of January if there is room elsewhere.
    first = 1 if count <= last else 0
    return [MEETING_MONTHS[first + round(place * (last - first) / (count - 1))] for place in range(count)]


def wanted_days(year: int, months: Iterable[int], weekday: int, week: int) -> list[date]:
    """The ``week``-th such weekday (Monday 0) of each month, in order; weeks beyond the month's end mean its last one.

    A month that is named twice gets one more, as far from the first as it goes.
    """
    found: list[date] = []
    for month in months:
        every = _weekdays(year, month, weekday)
        day = every[min(week, len(every)) - 1]
        free = [one for one in every if one not in found]
        if free:
            found.append(day if day in free else _farthest(free, day))
    return sorted(found)


def _farthest(days: Iterable[date], day: date) -> date:
    return max(days, key=lambda one: abs(one - day))


def _weekdays(year: int, month: int, weekday: int) -> list[date]:
    first = date(year, month, 1)
    days = (first + place * _DAY for place in range(last_of_month(first).day))
    return [day for day in days if day.weekday() == weekday]


def propose(wanted: Sequence[date], *, taken: Collection[date] = (), after: date | None = None) -> list[Proposal]:
    """For each wanted day in order the nearest that suits, in the same year; none for one where no such day is left.

    The days come in order and none twice. ``taken``: days on which the body meets already; ``after``: only days later
    than this.
    """
    proposals: list[Proposal] = []
    latest = after
    for day in sorted(wanted):
        found = next((near for near in _nearest(day) if suits(near, taken=taken, after=latest)), None)
        if found is None:
            continue
        why = None if found == day else why_avoided(day, taken=taken, after=after) or Avoided.TAKEN
        proposals.append(Proposal(found, day, why))
        latest = found
    return proposals


def _nearest(day: date) -> Iterator[date]:
    """The day and the others of its year, the nearest first; of two as near the earlier."""
    yield day
    for away in range(1, 366):
        for near in (day - away * _DAY, day + away * _DAY):
            if near.year == day.year:
                yield near


def suits(day: date, *, taken: Collection[date] = (), after: date | None = None) -> bool:
    """Whether a meeting may well be held on the day."""
    return why_avoided(day, taken=taken, after=after) is None


def why_avoided(day: date, *, taken: Collection[date] = (), after: date | None = None) -> Avoided | None:
    """What speaks against a meeting on the day; None when nothing does."""
    if after is not None and day <= after:
        return Avoided.PAST
    if day in taken:
        return Avoided.TAKEN
    if not is_working_day(day):
        return _free(day)
    if _is_named_holiday(day + _DAY):
        return Avoided.BEFORE_HOLIDAY
    if _stands_between(day):
        return Avoided.BETWEEN
    return None


def _free(day: date) -> Avoided:
    if _is_named_holiday(day):
        return Avoided.HOLIDAY
    return Avoided.WEEKEND if day.weekday() >= 5 else Avoided.EVE


def _is_named_holiday(day: date) -> bool:
    # A plain Sunday is a holiday by the law, but no reason to close early on the Saturday before.
    return is_holiday(day) and (day.weekday() != 6 or is_named_sunday(day))


def is_named_sunday(day: date) -> bool:
    """Whether a Sunday would have been a holiday on another weekday too: those of fixed date, such as 6 January."""
    return day.weekday() == 6 and (day.month, day.day) in {(1, 1), (1, 6), (5, 1), (6, 6), (12, 25), (12, 26)}


def _stands_between(day: date) -> bool:
    """A single working day between free ones, and the days between Christmas and New Year."""
    alone = not is_working_day(day - _DAY) and not is_working_day(day + _DAY)
    return alone or (day.month == 12 and 27 <= day.day <= 30)


def lacks_budget_meeting(days: Iterable[date], year: int) -> bool:
    """Whether no meeting of the board in the autumn is early enough to fix the next year's budget, 30 November at the
    latest (lag 2003:1210 23 §)."""
    return not any(day.year == year and day.month in BUDGET_MONTHS for day in days)
