"""Dates and times as people write them: ``10 september 2015``, ``25/2``, ``221107-251106``, ``kl. 09.00 – 13.30``.

The text is kept beside what was read from it. Nothing is guessed: what can be read in two ways, lacks its year or
names a day that does not exist comes back as *unclear*, with a reason that says what to write instead.
A year of two digits is 2000–2069 (the associations are younger than 2004). A date without a year takes that of the
date after it, then of the date before it, and only if no year at all is written that of the context.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from paragraf.core.dates import last_of_month
from paragraf.core.errors import RuleBroken
from paragraf.core.printing import ENGLISH_MONTHS, SWEDISH_MONTHS, SWEDISH_WEEKDAYS
from paragraf.core.typography import plain


class Kind(StrEnum):
    """What sort of thing was written."""

    DAY = "day"
    PERIOD = "period"  # from the first day to the last, both included
    DAYS = "days"  # each of several days
    OPTIONS = "options"  # one of several days, not yet chosen
    MONTH = "month"
    INCOMPLETE = "incomplete"  # begun but not finished, such as 2015-
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """What was written and what it means.

    ``days``: the day; the first and last of a period, or of a month whose year is known; all days; all options;
    nothing where it is incomplete or unclear. ``problem`` says why, and what to write instead.
    """

    text: str
    kind: Kind
    days: tuple[date, ...] = ()
    year: int | None = None
    month: int | None = None
    problem: RuleBroken | None = field(default=None, compare=False)

    @property
    def is_clear(self) -> bool:
        """Whether the text was read in full."""
        return self.problem is None


@dataclass(frozen=True, slots=True)
class WrittenTime:
    """What was written and what it means; ``last`` only for a span, neither where the text is unclear."""

    text: str
    first: time | None = None
    last: time | None = None
    problem: RuleBroken | None = field(default=None, compare=False)

    @property
    def is_clear(self) -> bool:
        """Whether the text was read in full."""
        return self.problem is None


class _Part(NamedTuple):
    """One date of a text, perhaps without month or year; ``lends`` if the date before may borrow its month."""

    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    lends: bool = False


_MONTHS = {
    written: number
    for names in (SWEDISH_MONTHS, ENGLISH_MONTHS)
    for number, name in enumerate(names, start=1)
    for written in (name.lower(), name.lower()[:3])
} | {"sept": 9}
_WEEKDAYS = [name.removesuffix("dag") for name in SWEDISH_WEEKDAYS]

_BEFORE = rf"(?:(?P<weekday>{'|'.join(_WEEKDAYS)})(?:\.|dag(?:en)?)?,? )?(?:den )?"
_YEAR_AFTER = r"(?: ?-| (?=\d{4}$))(?P<year>\d\d(?:\d\d)?)"
_YEAR_AFTER_NAME = r"(?: -| (?=\d{4}$))(?P<year>\d\d(?:\d\d)?)"
_SHAPES = [
    re.compile(_BEFORE + shape, re.ASCII)
    for shape in (
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
        r"(?P<year>(?:\d\d)?\d\d)(?P<month>\d\d)(?P<day>\d\d)",
        rf"(?P<day>\d{{1,2}}) ?/ ?(?P<lent>\d{{1,2}})(?:{_YEAR_AFTER})?",
        rf"(?P<day>\d{{1,2}})(?::[ae])?\.? ?(?P<name>[a-zåäö]+)\.?(?:{_YEAR_AFTER_NAME})?",
        r"(?P<day>\d{1,2})(?::[ae])?",
    )
]
_MONTH_ONLY = re.compile(r"(?P<name>[a-zåäö]+)\.?(?: (?P<year>\d{4}))?|(?P<iso_year>\d{4})-(?P<number>\d\d)", re.ASCII)
_BEGUN = re.compile(r"(?P<year>\d{4})(?:-\d\d?-)?[-_.… ]*", re.ASCII)
_OPTION = re.compile(r" (?:alternativt|alt\.?|eller|or) ")
_AND = re.compile(r", ?| (?:och|samt|&|and) ")
_FROM_TO = re.compile(
    r"(?:från och med |från |fr ?\.?o ?\.?m ?\.? |from )?(.+?)(?: till och med | t ?\.?o ?\.?m ?\.? | till | to )(.+)"
)
_TIME = re.compile(
    r"(?:från |fr\. ?|from )?(?P<clock>kl\.? ?|klockan )?(?P<hour>\d{1,2})(?:[.:](?P<minute>\d\d))?"
    r"(?: ?(?:-|till) ?(?:kl\.? ?)?(?P<last_hour>\d{1,2})(?:[.:](?P<last_minute>\d\d))?)?",
    re.ASCII,
)
_LAST_SHORT_YEAR = 2069
_LONGEST_DATE = 200  # characters; a page pasted by mistake is not searched for dates
_SUPERSCRIPT = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]")


# --- dates ---------------------------------------------------------------------------------------------------------


def parse_written_date(text: str, *, year: int | None = None) -> WrittenDate:
    """Reads a date, a period, several days, options or a month; ``year`` is the year the text stands under, if any.

    Never raises: what cannot be read is UNCLEAR or INCOMPLETE and carries its problem.
    """
    typed = plain(text).casefold()
    try:
        return _begun(text, typed) or _month_only(text, typed, year) or _days(text, typed, year)
    except RuleBroken as problem:
        return WrittenDate(text, Kind.UNCLEAR, problem=problem)


def parse_day(text: str, *, year: int | None = None) -> date:
    """One day, where only a day will do. Raises RuleBroken for anything else."""
    written = _clear(parse_written_date(text, year=year))
    if written.kind is not Kind.DAY:
        raise RuleBroken("”%(text)s” är inte en enda dag. Skriv till exempel 2015-09-10.", text=text)
    return written.days[0]


def parse_period(text: str, *, year: int | None = None) -> tuple[date, date]:
    """The first and the last day of a period, of a month or of one day. Raises RuleBroken for anything else."""
    written = _clear(parse_written_date(text, year=year))
    if written.kind not in (Kind.DAY, Kind.PERIOD, Kind.MONTH) or not written.days:
        raise RuleBroken("”%(text)s” är ingen period. Skriv till exempel 15 oktober 2015 – 31 maj 2016.", text=text)
    return written.days[0], written.days[-1]


def _clear(written: WrittenDate) -> WrittenDate:
    if written.problem is not None:
        raise written.problem
    return written


def _begun(text: str, typed: str) -> WrittenDate | None:
    """A year, perhaps a month, and then nothing: what a form with a blank to fill in leaves."""
    match = _BEGUN.fullmatch(typed)
    if match is None:
        return None
    problem = RuleBroken(
        "”%(text)s” är inte färdigskrivet. Skriv år, månad och dag, till exempel 2015-09-10.", text=text
    )
    return WrittenDate(text, Kind.INCOMPLETE, year=_year(match["year"], text), problem=problem)


def _month_only(text: str, typed: str, context: int | None) -> WrittenDate | None:
    match = _MONTH_ONLY.fullmatch(typed)
    if match is None:
        return None
    month = int(match["number"]) if match["number"] else _MONTHS.get(match["name"])
    if month is None:
        return None
    written_year = match["year"] or match["iso_year"]
    year = _year(written_year, text) if written_year else context
    if not 1 <= month <= 12 or (match["number"] and month == int(match["iso_year"]) % 100 + 1):
        raise RuleBroken("”%(text)s” kan vara en månad eller två år. Skriv hela datum eller månadens namn.", text=text)
    if year is None:
        return WrittenDate(text, Kind.MONTH, month=month)
    first = date(year, month, 1)
    return WrittenDate(text, Kind.MONTH, (first, last_of_month(first)), year=year, month=month)


def _days(text: str, typed: str, context: int | None) -> WrittenDate:
    """Everything made of days. Raises RuleBroken where it cannot be read in just one way."""
    if _SUPERSCRIPT.search(typed):
        raise RuleBroken("”%(text)s” har upphöjda siffror, kanske en fotnot. Skriv datumet utan dem.", text=text)
    readings = list(_readings(typed, text)) if len(typed) <= _LONGEST_DATE else []
    if len(readings) != 1:
        raise RuleBroken("”%(text)s” går inte att läsa som datum. Skriv till exempel 2015-09-10.", text=text)
    kind, parts = readings[0]
    days = [_to_day(part, text) for part in _with_years(parts, context, text)]
    _must_be_in_order(kind, parts, days, text)
    return WrittenDate(text, kind, tuple(days))


def _readings(typed: str, text: str) -> Iterator[tuple[Kind, list[_Part]]]:
    """Each way to cut the text into dates that all have a month, their own or a borrowed one."""
    for kind, pieces in _cuts(typed, text):
        parts = [_part(piece.strip(), text) for piece in pieces]
        with_months = _with_months([part for part in parts if part is not None])
        if None not in parts and all(part.month for part in with_months):
            yield kind, with_months


def _cuts(typed: str, text: str) -> Iterator[tuple[Kind, Sequence[str]]]:
    """A whole date is never cut: ``24/1-20`` is a day of 2020, not a period that ends on a 20th."""
    if _part(typed, text):
        yield Kind.DAY, [typed]
    elif _OPTION.search(typed):
        yield Kind.OPTIONS, _OPTION.split(typed)
    elif match := _FROM_TO.fullmatch(typed):  # before the lists, for the "och" in "till och med"
        yield Kind.PERIOD, match.groups()
    elif _AND.search(typed):
        yield Kind.DAYS, _AND.split(typed)
    else:
        for dash in re.finditer("-", typed):
            yield Kind.PERIOD, [typed[: dash.start()], typed[dash.end() :]]


def _part(piece: str, text: str) -> _Part | None:
    match = next(filter(None, (shape.fullmatch(piece) for shape in _SHAPES)), None)
    if match is None:
        return None
    found = match.groupdict()
    lent = found.get("lent") or _MONTHS.get(found.get("name") or "")
    month = lent or found.get("month")
    if found.get("name") and not month:
        return None
    return _Part(
        day=int(found["day"]),
        month=int(month) if month else None,
        year=_year(found["year"], text) if found.get("year") else None,
        weekday=_WEEKDAYS.index(found["weekday"]) if found["weekday"] else None,
        lends=lent is not None,
    )


def _with_months(parts: list[_Part]) -> list[_Part]:
    """Days without a month take that of the next date, where it was written after its day: ``5-6 november``."""
    result: list[_Part] = []
    for part in reversed(parts):
        if part.month is None and result and result[0].lends:
            part = part._replace(month=result[0].month, lends=True)
        result.insert(0, part)
    return result


def _with_years(parts: list[_Part], context: int | None, text: str) -> list[_Part]:
    years = [part.year for part in parts]
    for at in reversed(range(len(years) - 1)):
        years[at] = years[at] or years[at + 1]
    for at in range(1, len(years)):
        years[at] = years[at] or years[at - 1]
    if years[0] is None and context is None:
        raise RuleBroken("Året saknas i ”%(text)s”. Skriv det efter datumet, till exempel 25/2 2016.", text=text)
    return [part._replace(year=year or context) for part, year in zip(parts, years, strict=True)]


def _to_day(part: _Part, text: str) -> date:
    try:
        day = date(part.year or 0, part.month or 0, part.day)
    except ValueError:
        raise RuleBroken(
            "”%(text)s” finns inte i kalendern. Se efter om dag eller månad blev fel.", text=text
        ) from None
    if part.weekday not in (None, day.weekday()):
        raise RuleBroken("Veckodagen i ”%(text)s” hör inte till datumet. Se efter vilket som är rätt.", text=text)
    return day


def _must_be_in_order(kind: Kind, parts: list[_Part], days: list[date], text: str) -> None:
    """Days whose year was inferred prove it by rising; fully written ones may stand as they like, save in a period."""
    rising = all(before < after for before, after in pairwise(days))
    if not rising and (kind is Kind.PERIOD or any(part.year is None for part in parts)):
        raise RuleBroken("Dagarna i ”%(text)s” kommer inte i ordning. Skriv år och månad för var och en.", text=text)


def _year(digits: str, text: str) -> int:
    year = int(digits) + (2000 if len(digits) == 2 else 0)
    if len(digits) == 2 and year > _LAST_SHORT_YEAR:
        raise RuleBroken("Vilket sekel är det i ”%(text)s”? Skriv året med fyra siffror.", text=text)
    if not 1900 <= year <= 2099:
        raise RuleBroken("Årtalet i ”%(text)s” ser fel ut. Skriv ett år mellan 1900 och 2099.", text=text)
    return year


# --- times ---------------------------------------------------------------------------------------------------------


def parse_written_time(text: str) -> WrittenTime:
    """Reads ``11.30``, ``kl. 9``, ``fr. 11.30`` or a span such as ``kl. 09.00 – 13.30``. Never raises.

    Whole hours need ``kl.`` before them or a time with minutes beside them; a bare ``9`` may be anything.
    """
    match = _TIME.fullmatch(plain(text).casefold())
    try:
        if match is None or not (match["clock"] or match["minute"] or match["last_minute"]):
            raise RuleBroken("”%(text)s” går inte att läsa som klockslag. Skriv till exempel 09.00.", text=text)
        first = _clock(match["hour"], match["minute"], text)
        last = _clock(match["last_hour"], match["last_minute"], text) if match["last_hour"] else None
        if last is not None and last <= first:
            raise RuleBroken("”%(text)s” slutar innan det börjar. Skriv den tidigare tiden först.", text=text)
    except RuleBroken as problem:
        return WrittenTime(text, problem=problem)
    return WrittenTime(text, first, last)


def parse_time(text: str) -> time:
    """One time of day. Raises RuleBroken for a span and for what cannot be read."""
    written = parse_written_time(text)
    if written.problem is not None:
        raise written.problem
    if written.first is None or written.last is not None:
        raise RuleBroken("”%(text)s” är inte ett enda klockslag. Skriv till exempel 09.00.", text=text)
    return written.first


def _clock(hour: str, minute: str | None, text: str) -> time:
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        raise RuleBroken("”%(text)s” finns inte på klockan. Skriv en tid mellan 00.00 och 23.59.", text=text) from None
