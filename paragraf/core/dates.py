"""Days as the law and agreements count them, and the step between UTC and Swedish local time.

Sources: lag (1989:253) om allmänna helgdagar; lag (1930:173) om beräkning av lagstadgad tid.
A *statutory* deadline moves to the next working day; a *contract* deadline (``latest_notice``) never moves.
The Gregorian calendar is followed for all years; the list of holidays is the one in force from 1990.
Functions raise ValueError or OverflowError where the answer would fall outside the years 1–9999.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from paragraf.core.errors import RuleBroken

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_ONE_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6
_HOLIDAYS_OF_FIXED_DATE = ((1, 1), (1, 6), (5, 1), (12, 25), (12, 26))
_EVES_OF_FIXED_DATE = ((12, 24), (12, 31))
# Lag (2004:1320): the national day took the place of Whit Monday from 2005.
_FIRST_YEAR_OF_NATIONAL_DAY = 2005


class PartOfYear(NamedTuple):
    """A tertial or a quarter: its number in the year, its first and its last day (both belong to it)."""

    number: int
    first: date
    last: date


# --- holidays and working days -----------------------------------------------------------------------------------


def is_holiday(day: date) -> bool:
    """Whether the day is a public holiday by lag (1989:253): every Sunday and the named days, not the eves."""
    return day.weekday() == _SUNDAY or day.toordinal() in _named_holidays(day.year)


def is_working_day(day: date) -> bool:
    """Whether an act may fall due on the day.

    Saturdays, holidays, midsommarafton, julafton and nyårsafton are no working days (lag 1930:173, 2 §).
    """
    return not (day.weekday() == _SATURDAY or is_holiday(day) or _is_eve(day))


def working_day_on_or_before(day: date) -> date:
    """The day itself if it is a working day, else the nearest working day before it: the day to recommend."""
    while not is_working_day(day):
        day -= _ONE_DAY
    return day


def working_day_on_or_after(day: date) -> date:
    """The day itself if it is a working day, else the nearest working day after it."""
    while not is_working_day(day):
        day += _ONE_DAY
    return day


@lru_cache(maxsize=512)
def easter_sunday(year: int) -> date:
    """Easter Sunday of the year in the Gregorian calendar (the anonymous algorithm of 1876)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_correction + 15) % 30
    to_sunday = (32 + 2 * century_rest + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late_moon = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day_before = divmod(epact + to_sunday - 7 * late_moon + 114, 31)
    return date(year, month, day_before + 1)


@lru_cache(maxsize=512)
def _named_holidays(year: int) -> frozenset[int]:
    """Ordinals of the holidays that have a name. Ordinals, since a datetime never equals a date."""
    easter = easter_sunday(year).toordinal()
    good_friday, easter_monday, ascension, whit_sunday = easter - 2, easter + 1, easter + 39, easter + 49
    summer = date(year, 6, 6).toordinal() if year >= _FIRST_YEAR_OF_NATIONAL_DAY else whit_sunday + 1
    fixed = (date(year, month, day).toordinal() for month, day in _HOLIDAYS_OF_FIXED_DATE)
    saturdays = _midsummer_day(year), _saturday_from(date(year, 10, 31)).toordinal()
    return frozenset((good_friday, easter, easter_monday, ascension, whit_sunday, summer, *fixed, *saturdays))


def _is_eve(day: date) -> bool:
    return (day.month, day.day) in _EVES_OF_FIXED_DATE or day.toordinal() + 1 == _midsummer_day(day.year)


def _midsummer_day(year: int) -> int:
    return _saturday_from(date(year, 6, 20)).toordinal()


def _saturday_from(day: date) -> date:
    return day + (_SATURDAY - day.weekday()) % 7 * _ONE_DAY


# --- counting time -----------------------------------------------------------------------------------------------


def add_months(day: date, months: int) -> date:
    """The same number of day so many months on (or back, if negative); the month's last day where it is missing.

    Lag (1930:173), 1 §: one month after 31 January is 28 or 29 February.
    """
    year, month_before = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month_before + 1, 1)
    return first.replace(day=min(day.day, last_of_month(first).day))


def last_of_month(day: date) -> date:
    """The last day of the month that the day lies in."""
    next_month = day.replace(day=28) + 4 * _ONE_DAY
    return next_month - next_month.day * _ONE_DAY


def statutory_deadline(start: date, *, days: int = 0, weeks: int = 0, months: int = 0) -> date:
    """The last day for an act that a *statute* wants done within a time from ``start``, which is not counted.

    Months are counted first, then weeks and days. A last day that is no working day moves to the next one that is
    (lag 1930:173, 1–2 §§), however many times that takes. With no time at all it answers for a fixed date, such as
    30 November. Raises ValueError for negative numbers: the law says nothing of time counted backwards.
    """
    if min(days, weeks, months) < 0:
        raise ValueError("a statutory deadline is counted forwards")
    return working_day_on_or_after(add_months(start, months) + timedelta(days=days, weeks=weeks))


def latest_notice(effect: date, months: int) -> date:
    """The last day to tell of something "at least so many months before" it takes effect. Never moved.

    A rule of a contract, which lag (1930:173) does not cover; recommend ``working_day_on_or_before`` of the answer.
    Raises ValueError if ``months`` is negative.
    """
    if months < 0:
        raise ValueError("notice is given before the effect")
    return add_months(effect, -months)


def tertial(day: date) -> PartOfYear:
    """The third of the year the day lies in: January–April, May–August, September–December."""
    return _part_of_year(day, months=4)


def quarter(day: date) -> PartOfYear:
    """The calendar quarter the day lies in."""
    return _part_of_year(day, months=3)


def _part_of_year(day: date, *, months: int) -> PartOfYear:
    before = (day.month - 1) // months
    first = date(day.year, before * months + 1, 1)
    return PartOfYear(before + 1, first, last_of_month(date(day.year, (before + 1) * months, 1)))


# --- UTC in rows, Europe/Stockholm on paper ------------------------------------------------------------------------


def local(moment: datetime) -> datetime:
    """The moment on Swedish clocks (Europe/Stockholm). Raises ValueError for a moment without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment must say its time zone")
    return moment.astimezone(_stockholm())


def local_date(moment: datetime) -> date:
    """The Swedish calendar day of the moment. Raises ValueError for a moment without a time zone."""
    return local(moment).date()


def utc_moment(day: date, clock: time) -> datetime:
    """The moment, in UTC, when Swedish clocks show that day and time.

    Where clocks are put back the first of the two moments is meant. Raises RuleBroken for a time that is skipped
    when they are put forward.
    """
    moment = datetime.combine(day, clock, tzinfo=_stockholm()).astimezone(UTC)
    if local(moment).time() != clock:
        raise RuleBroken(
            "Klockan %(clock)s finns inte den dagen, då sommartiden börjar. Välj en annan tid.", clock=f"{clock:%H.%M}"
        )
    return moment


@lru_cache(maxsize=1)
def _stockholm() -> ZoneInfo:
    from zoneinfo import ZoneInfo  # loads slowly, and days alone never need it

    return ZoneInfo("Europe/Stockholm")
