"""Dates, periods, times and amounts in words, as letters, pages and Word documents show them.

``language`` is ``sv`` or begins with ``en``; anything else prints in Swedish, the language every text starts from.
Moments go in as UTC and come out as Swedish local time.
"""

from __future__ import annotations

from datetime import date, datetime, time

from paragraf.core.dates import local
from paragraf.core.money import print_amount

__all__ = [
    "ENGLISH_MONTHS",
    "SWEDISH_MONTHS",
    "SWEDISH_WEEKDAYS",
    "print_amount",
    "print_date",
    "print_iso_date",
    "print_moment",
    "print_month",
    "print_period",
    "print_time",
    "print_time_span",
    "print_weekday_and_date",
]

SWEDISH_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SWEDISH_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _is_english(language: str) -> bool:
    return language.startswith("en")


def _month_name(month: int, language: str) -> str:
    return (ENGLISH_MONTHS if _is_english(language) else SWEDISH_MONTHS)[month - 1]


def _day_and_month(day: date, language: str) -> str:
    return f"{day.day} {_month_name(day.month, language)}"


def print_date(day: date, language: str = "sv") -> str:
    """``10 september 2015`` or ``10 September 2015``."""
    return f"{_day_and_month(day, language)} {day.year}"


def print_weekday_and_date(day: date, language: str = "sv") -> str:
    """``torsdag 10 september 2015`` or ``Thursday 10 September 2015``."""
    weekdays = _ENGLISH_WEEKDAYS if _is_english(language) else SWEDISH_WEEKDAYS
    return f"{weekdays[day.weekday()]} {print_date(day, language)}"


def print_iso_date(day: date) -> str:
    """``2015-09-10``, also from a date that carries a time."""
    return f"{day.year:04}-{day.month:02}-{day.day:02}"


def print_month(day: date, language: str = "sv") -> str:
    """``september 2015``: the month the day lies in."""
    return f"{_month_name(day.month, language)} {day.year}"


def print_period(first: date, last: date | None, language: str = "sv") -> str:
    """``15 oktober 2015 – 31 maj 2016``, ``5–6 november 2015``; with no last day it goes on ``tills vidare``.

    Both days belong to the period. What the two days share is said once.
    """
    if last is None:
        start = print_date(first, language)
        return f"from {start} until further notice" if _is_english(language) else f"från och med {start} tills vidare"
    if first == last:
        return print_date(first, language)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{print_date(last, language)}"
    beginning = _day_and_month(first, language) if first.year == last.year else print_date(first, language)
    return f"{beginning} – {print_date(last, language)}"


def print_time(clock: time, language: str = "sv") -> str:
    """``09.00`` or ``09:00``."""
    return f"{clock:%H:%M}" if _is_english(language) else f"{clock:%H.%M}"


def print_time_span(first: time, last: time | None, language: str = "sv") -> str:
    """``kl. 09.00 – 13.30`` or ``09:00 – 13:30``; ``kl. 09.00`` where the end is open."""
    times = " – ".join(print_time(clock, language) for clock in (first, last) if clock is not None)
    return times if _is_english(language) else f"kl. {times}"


def print_moment(moment: datetime, language: str = "sv") -> str:
    """``10 september 2015 kl. 09.00`` or ``10 September 2015 at 09:00``, in Swedish local time.

    Raises ValueError for a moment without a time zone.
    """
    here = local(moment)
    at = "at" if _is_english(language) else "kl."
    return f"{print_date(here, language)} {at} {print_time(here.time(), language)}"
