from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.core.money import print_amount as amount_of_money
from paragraf.core.printing import (
    print_amount,
    print_date,
    print_iso_date,
    print_moment,
    print_month,
    print_period,
    print_time,
    print_time_span,
    print_weekday_and_date,
)
from paragraf.core.written_dates import (
    Kind,
    parse_day,
    parse_period,
    parse_time,
    parse_written_date,
    parse_written_time,
)

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))
languages = st.sampled_from(["sv", "en", "en_GB"])
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))


def test_a_date_is_printed_in_words_in_both_languages() -> None:
    assert print_date(date(2015, 9, 10)) == "10 september 2015"
    assert print_date(date(2015, 9, 10), "en") == "10 September 2015"
    assert print_date(date(2015, 5, 1), "sv") == "1 maj 2015"
    assert print_date(date(2015, 5, 1), "en_GB") == "1 May 2015"


def test_a_language_that_is_not_known_is_printed_in_swedish() -> None:
    assert print_date(date(2015, 3, 1), "fi") == "1 mars 2015"


def test_a_date_is_printed_with_its_weekday() -> None:
    assert print_weekday_and_date(date(2015, 9, 10)) == "torsdag 10 september 2015"
    assert print_weekday_and_date(date(2015, 9, 13), "en") == "Sunday 13 September 2015"


def test_a_moment_prints_its_iso_date_without_the_time() -> None:
    assert print_iso_date(date(2015, 9, 1)) == "2015-09-01"
    assert print_iso_date(datetime(2015, 9, 1, 12, tzinfo=UTC)) == "2015-09-01"


def test_a_month_is_printed_with_its_year() -> None:
    assert print_month(date(2016, 6, 15)) == "juni 2016"
    assert print_month(date(2016, 6, 15), "en") == "June 2016"


@pytest.mark.parametrize(
    ("first", "last", "swedish", "english"),
    [
        (date(2015, 10, 15), date(2016, 5, 31), "15 oktober 2015 – 31 maj 2016", "15 October 2015 – 31 May 2016"),
        (date(2015, 10, 15), date(2015, 12, 1), "15 oktober – 1 december 2015", "15 October – 1 December 2015"),
        (date(2015, 11, 5), date(2015, 11, 6), "5–6 november 2015", "5–6 November 2015"),
        (
            date(2015, 11, 5),
            date(2016, 11, 5),
            "5 november 2015 – 5 november 2016",
            "5 November 2015 – 5 November 2016",
        ),
        (date(2015, 11, 5), date(2015, 11, 5), "5 november 2015", "5 November 2015"),
        (
            date(2023, 1, 1),
            None,
            "från och med 1 januari 2023 tills vidare",
            "from 1 January 2023 until further notice",
        ),
    ],
)
def test_a_period_says_once_what_its_days_share(first: date, last: date | None, swedish: str, english: str) -> None:
    assert print_period(first, last) == swedish
    assert print_period(first, last, "en") == english


def test_times_have_a_point_in_swedish_and_a_colon_in_english() -> None:
    assert print_time(time(9, 0)) == "09.00"
    assert print_time(time(9, 0), "en") == "09:00"
    assert print_time_span(time(9, 0), time(13, 30)) == "kl. 09.00 – 13.30"
    assert print_time_span(time(9, 0), time(13, 30), "en") == "09:00 – 13:30"
    assert print_time_span(time(9, 0), None) == "kl. 09.00"


def test_a_moment_is_printed_in_swedish_local_time() -> None:
    late_in_june = datetime(2026, 6, 30, 22, 15, tzinfo=UTC)
    assert print_moment(late_in_june) == "1 juli 2026 kl. 00.15"
    assert print_moment(late_in_june, "en") == "1 July 2026 at 00:15"
    assert print_moment(datetime(2026, 1, 31, 8, 0, tzinfo=UTC)) == "31 januari 2026 kl. 09.00"


def test_amounts_are_printed_by_the_same_hand() -> None:
    assert print_amount is amount_of_money


@given(days, languages)
def test_a_printed_date_is_read_back(day: date, language: str) -> None:
    assert parse_day(print_date(day, language)) == day
    assert parse_day(print_iso_date(day)) == day
    assert parse_day(print_weekday_and_date(day)) == day


@given(days, days, languages)
def test_a_printed_period_is_read_back(one: date, other: date, language: str) -> None:
    first, last = sorted((one, other))
    assert parse_period(print_period(first, last, language)) == (first, last)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 11, 1)), st.integers(1, 60), languages)
def test_a_short_printed_period_is_read_back(first: date, length: int, language: str) -> None:
    last = first + timedelta(days=length)
    assert parse_period(print_period(first, last, language)) == (first, last)


@given(days, languages)
def test_a_printed_month_is_read_back(day: date, language: str) -> None:
    written = parse_written_date(print_month(day, language))
    assert (written.kind, written.year, written.month) == (Kind.MONTH, day.year, day.month)


@given(clocks, clocks, languages)
def test_printed_times_are_read_back(one: time, other: time, language: str) -> None:
    assert parse_time(print_time(one, language)) == one
    first, last = sorted((one, other))
    if first < last:
        written = parse_written_time(print_time_span(first, last, language))
        assert (written.first, written.last) == (first, last)
