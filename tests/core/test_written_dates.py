"""Dates as people write them: what is read, and that nothing is guessed."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.core.errors import RuleBroken
from paragraf.core.written_dates import (
    Kind,
    WrittenDate,
    parse_day,
    parse_period,
    parse_time,
    parse_written_date,
    parse_written_time,
)


def read(text: str, year: int | None = 2016) -> tuple[str, list[str]]:
    written = parse_written_date(text, year=year)
    return written.kind.value, [day.isoformat() for day in written.days]


# --- one day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015-09-10", "2015-09-10"),
        ("2015–09–10", "2015-09-10"),
        ("2015.09.10", "2015-09-10"),
        ("2015/9/1", "2015-09-01"),
        ("20150910", "2015-09-10"),
        ("150923", "2015-09-23"),
        ("10 september 2015", "2015-09-10"),
        ("10\u00a0september\u202f2015", "2015-09-10"),
        ("den 10:e september 2015", "2015-09-10"),
        ("10 Sept. 2015", "2015-09-10"),
        ("9 October 2015", "2015-10-09"),
        ("17 nov -15", "2015-11-17"),
        ("24/1-20", "2020-01-24"),
        ("13/12-19", "2019-12-13"),
        ("24/1 2020", "2020-01-24"),
        ("24/1-2020", "2020-01-24"),
        ("torsdagen den 10 september 2015", "2015-09-10"),
        ("tors 10/9-15", "2015-09-10"),
        ("29 februari 2016", "2016-02-29"),
    ],
)
def test_a_whole_date_is_read_without_any_context(text: str, expected: str) -> None:
    assert read(text, year=None) == ("day", [expected])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("25/2", "2016-02-25"), ("17 nov", "2016-11-17"), ("17 nov.", "2016-11-17"), ("den 29/2", "2016-02-29")],
)
def test_a_date_without_a_year_takes_it_from_what_it_stands_under(text: str, expected: str) -> None:
    assert read(text) == ("day", [expected])
    assert date.fromisoformat(expected).weekday() in (0, 3)


@pytest.mark.parametrize("text", ["25/2", "17 nov", "5-6 november", "20 november och 10 december"])
def test_without_a_context_the_missing_year_is_asked_for(text: str) -> None:
    written = parse_written_date(text)
    assert written.kind is Kind.UNCLEAR
    assert "Året saknas" in str(written.problem)


def test_a_written_year_outranks_the_context() -> None:
    assert read("24/1-20", year=2016) == ("day", ["2020-01-24"])


def test_the_text_is_kept_as_it_was_written() -> None:
    assert parse_written_date(" 10\u00a0september 2015 ").text == " 10\u00a0september 2015 "
    assert parse_written_date("kanske\u00a0i maj").text == "kanske\u00a0i maj"


# --- periods, several days, options


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("221107-251106", "2022-11-07", "2025-11-06"),
        ("15 oktober 2015 – 31 maj 2016", "2015-10-15", "2016-05-31"),
        ("2016-02-01 – 2018-12-31", "2016-02-01", "2018-12-31"),
        ("2016-02-01-2018-12-31", "2016-02-01", "2018-12-31"),
        ("5-6 november", "2016-11-05", "2016-11-06"),
        ("5–6 november 2015", "2015-11-05", "2015-11-06"),
        ("5-6 november -15", "2015-11-05", "2015-11-06"),
        ("24-28/1-20", "2020-01-24", "2020-01-28"),
        ("24/1-28/1-20", "2020-01-24", "2020-01-28"),
        ("20 november 2015 – 10 december", "2015-11-20", "2015-12-10"),
        ("1 till 3 maj", "2016-05-01", "2016-05-03"),
        ("från 15 oktober 2015 till och med 31 maj 2016", "2015-10-15", "2016-05-31"),
        ("fr.o.m. 2015-10-15 t.o.m. 2016-05-31", "2015-10-15", "2016-05-31"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(text: str, first: str, last: str) -> None:
    assert read(text) == ("period", [first, last])


@pytest.mark.parametrize(
    ("text", "kind", "days"),
    [
        ("20 november och 10 december", "days", ["2016-11-20", "2016-12-10"]),
        ("20 november och 10 december 2015", "days", ["2015-11-20", "2015-12-10"]),
        ("25/2, 21/4 och 15/6", "days", ["2016-02-25", "2016-04-21", "2016-06-15"]),
        ("3, 4 samt 5 november", "days", ["2016-11-03", "2016-11-04", "2016-11-05"]),
        ("2015-12-10, 2015-11-20", "days", ["2015-12-10", "2015-11-20"]),
        ("3 alternativt 4 november", "options", ["2016-11-03", "2016-11-04"]),
        ("3/11 eller 4/11", "options", ["2016-11-03", "2016-11-04"]),
    ],
)
def test_several_days_are_told_from_options(text: str, kind: str, days: list[str]) -> None:
    assert read(text) == (kind, days)


@pytest.mark.parametrize(
    "text",
    [
        "15 december – 31 januari 2016",  # 15 December of which year?
        "20 december och 10 januari",
        "28 och 3 november",
        "251106-221107",
        "2015-09-10 – 2015-09-10",
        "5-5 november",
    ],
)
def test_days_that_do_not_rise_are_asked_about(text: str) -> None:
    written = parse_written_date(text, year=2016)
    assert written.kind is Kind.UNCLEAR
    assert "kommer inte i ordning" in str(written.problem)


# --- months, and what is not finished


def test_a_month_alone_is_a_month_and_its_days_if_the_year_is_known() -> None:
    assert parse_written_date("juni", year=2016) == WrittenDate(
        "juni", Kind.MONTH, (date(2016, 6, 1), date(2016, 6, 30)), year=2016, month=6
    )
    assert parse_written_date("februari 2024").days == (date(2024, 2, 1), date(2024, 2, 29))
    assert parse_written_date("2015-09").days == (date(2015, 9, 1), date(2015, 9, 30))


def test_a_month_without_a_year_is_still_a_month() -> None:
    assert parse_written_date("juni") == WrittenDate("juni", Kind.MONTH, month=6)


@pytest.mark.parametrize("text", ["2015-", "2015", "2015 –", "2015-09-", "2015-____", "2015-09-__", "2015-….."])
def test_a_date_that_was_begun_is_incomplete_and_keeps_its_year(text: str) -> None:
    written = parse_written_date(text, year=2016)
    assert (written.kind, written.days, written.year) == (Kind.INCOMPLETE, (), 2015)
    assert not written.is_clear
    assert "inte färdigskrivet" in str(written.problem)


# --- never guessing


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("¹⁸ 20/1-20", "upphöjda siffror"),
        ("20/1-20²", "upphöjda siffror"),
        ("30/2", "finns inte i kalendern"),
        ("29 februari 2015", "finns inte i kalendern"),
        ("2015-13-01", "finns inte i kalendern"),
        ("fredag 10 september 2015", "Veckodagen"),
        ("24/1-99", "sekel"),
        ("991231", "sekel"),
        ("1015-09-10", "Årtalet"),
        ("2008-09", "en månad eller två år"),
        ("24/1 - 20", "går inte att läsa"),
        ("24/1 20", "går inte att läsa"),
        ("10/9/2015", "går inte att läsa"),
        ("10-12", "går inte att läsa"),
        ("5", "går inte att läsa"),
        ("3-2015-09-10", "går inte att läsa"),
        ("150923-1234", "går inte att läsa"),
        ("3 eller 4 och 5 maj", "går inte att läsa"),
        ("fr.o.m. 2023-01-01", "går inte att läsa"),
        ("ca 10 maj", "går inte att läsa"),
        ("våren 2016", "går inte att läsa"),
        ("10 mai 2016", "går inte att läsa"),
        ("", "går inte att läsa"),
        ("1-" * 5000, "går inte att läsa"),
        (", ".join(["2015-09-10"] * 30), "går inte att läsa"),  # longer than any date
    ],
)
def test_what_is_not_clear_is_asked_about_with_a_reason(text: str, reason: str) -> None:
    written = parse_written_date(text, year=2016)
    assert (written.kind, written.days) == (Kind.UNCLEAR, ())
    assert reason in str(written.problem)


@given(st.text(alphabet="0123456789-–/. ,denochtiljausepmbr", max_size=25), st.sampled_from([None, 2016]))
def test_any_text_is_read_in_full_or_comes_with_a_problem(text: str, year: int | None) -> None:
    written = parse_written_date(text, year=year)
    assert written.text == text
    assert written.is_clear == (written.kind not in (Kind.INCOMPLETE, Kind.UNCLEAR))
    if written.kind is Kind.PERIOD:
        assert written.days[0] < written.days[1]


@given(st.dates(date(2000, 1, 1), date(2069, 12, 31)))
def test_every_short_form_of_a_day_is_that_day(day: date) -> None:
    short_year = f"{day.year % 100:02}"
    for text in (f"{day:%y%m%d}", f"{day.day}/{day.month}-{short_year}", f"{day:%Y%m%d}", f"{day:%Y-%m-%d}"):
        assert parse_day(text) == day
    assert parse_day(f"{day.day}/{day.month}", year=day.year) == day


# --- where only a day or a period will do


def test_a_field_for_one_day_refuses_everything_else() -> None:
    assert parse_day("25/2", year=2016) == date(2016, 2, 25)
    for text in ("5-6 november 2015", "juni 2015", "3 eller 4 maj 2015"):
        with pytest.raises(RuleBroken, match="inte en enda dag"):
            parse_day(text)
    with pytest.raises(RuleBroken, match="inte färdigskrivet"):
        parse_day("2015-")


def test_a_field_for_a_period_takes_days_and_months_too() -> None:
    assert parse_period("221107-251106") == (date(2022, 11, 7), date(2025, 11, 6))
    assert parse_period("juni 2016") == (date(2016, 6, 1), date(2016, 6, 30))
    assert parse_period("2016-06-06") == (date(2016, 6, 6), date(2016, 6, 6))
    for text in ("3 eller 4 maj 2015", "juni"):
        with pytest.raises(RuleBroken, match="ingen period"):
            parse_period(text)


# --- times


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("kl. 09.00 – 13.30", time(9), time(13, 30)),
        ("Kl 9-11", time(9), time(11)),
        ("9-11.30", time(9), time(11, 30)),
        ("09:00\u00a0till\u00a013:30", time(9), time(13, 30)),
        ("11.30", time(11, 30), None),
        ("fr. 11.30", time(11, 30), None),
        ("klockan 9", time(9), None),
        ("0.05", time(0, 5), None),
    ],
)
def test_times_are_read_as_people_write_them(text: str, first: time, last: time | None) -> None:
    written = parse_written_time(text)
    assert (written.text, written.first, written.last) == (text, first, last)
    assert written.is_clear


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("9", "går inte att läsa"),
        ("9-11", "går inte att läsa"),
        ("0930", "går inte att läsa"),
        ("11.5", "går inte att läsa"),
        ("9.00 pm", "går inte att läsa"),
        ("", "går inte att läsa"),
        ("24.00", "finns inte på klockan"),
        ("09.60", "finns inte på klockan"),
        ("13.30 – 09.00", "slutar innan"),
        ("09.00 – 09.00", "slutar innan"),
    ],
)
def test_times_that_are_not_clear_come_with_a_reason(text: str, reason: str) -> None:
    written = parse_written_time(text)
    assert (written.first, written.last) == (None, None)
    assert reason in str(written.problem)


def test_a_field_for_one_time_refuses_a_span_and_nonsense() -> None:
    assert parse_time("11.30") == time(11, 30)
    with pytest.raises(RuleBroken, match="inte ett enda klockslag"):
        parse_time("09.00 – 13.30")
    with pytest.raises(RuleBroken, match="går inte att läsa"):
        parse_time("snart")
