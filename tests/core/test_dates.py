"""Holidays, working days, deadlines and parts of the year, against the law, the `holidays` library and itself."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.core.dates import (
    add_months,
    easter_sunday,
    is_holiday,
    is_working_day,
    last_of_month,
    latest_notice,
    local,
    local_date,
    quarter,
    statutory_deadline,
    tertial,
    utc_moment,
    working_day_on_or_after,
    working_day_on_or_before,
)
from paragraf.core.errors import RuleBroken

days = st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 12, 31))
months = st.integers(min_value=0, max_value=600)


def every_day(first_year: int, last_year: int) -> list[date]:
    first, last = date(first_year, 1, 1), date(last_year, 12, 31)
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]


# --- holidays and working days


def test_holidays_agree_with_the_holidays_library_from_1990_to_2060() -> None:
    sweden = holidays.country_holidays("SE", years=range(1990, 2061), include_sundays=True)
    differing = [day for day in every_day(1990, 2060) if is_holiday(day) != (day in sweden)]
    assert differing == []


def test_working_days_are_what_neither_the_library_nor_the_three_eves_take_away() -> None:
    sweden = holidays.country_holidays("SE", years=range(1990, 2061), include_sundays=True)
    for day in every_day(1990, 2060):
        midsummer_eve = day.month == 6 and 19 <= day.day <= 25 and day.weekday() == 4
        eve = midsummer_eve or (day.month, day.day) in ((12, 24), (12, 31))
        assert is_working_day(day) == (day.weekday() < 5 and day not in sweden and not eve), day


@pytest.mark.parametrize(
    ("year", "expected"),
    [(1961, date(1961, 4, 2)), (2000, date(2000, 4, 23)), (2024, date(2024, 3, 31)), (2038, date(2038, 4, 25))],
)
def test_easter_sunday_of_known_years(year: int, expected: date) -> None:
    assert easter_sunday(year) == expected


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 4, 2),  # skärtorsdag
        date(2026, 4, 30),  # valborg
        date(2026, 5, 15),  # the squeezed Friday after Ascension
        date(2026, 5, 25),  # Whit Monday, no longer a holiday
        date(2026, 10, 30),  # the Friday before All Saints
    ],
)
def test_days_that_only_feel_like_holidays_are_working_days(day: date) -> None:
    assert not is_holiday(day)
    assert is_working_day(day)


@pytest.mark.parametrize("day", [date(2026, 6, 19), date(2026, 12, 24), date(2026, 12, 31)])
def test_the_three_eves_are_no_holidays_but_no_working_days_either(day: date) -> None:
    assert not is_holiday(day)
    assert not is_working_day(day)


def test_the_national_day_took_the_place_of_whit_monday_in_2005() -> None:
    assert is_holiday(date(2004, 5, 31))
    assert is_working_day(date(2003, 6, 6))
    assert not is_holiday(date(2005, 5, 16))
    assert is_holiday(date(2005, 6, 6))


def test_a_datetime_is_judged_by_its_day() -> None:
    assert is_holiday(datetime(2026, 12, 25, 9, 30, tzinfo=UTC))
    assert not is_working_day(datetime(2026, 6, 19, 9, 30, tzinfo=UTC))


def test_the_recommended_day_before_easter_sunday_is_thursday() -> None:
    assert working_day_on_or_before(date(2024, 3, 31)) == date(2024, 3, 28)


@given(days)
def test_the_working_days_around_a_day_have_no_working_day_between(day: date) -> None:
    before, after = working_day_on_or_before(day), working_day_on_or_after(day)
    assert before <= day <= after
    assert is_working_day(before)
    assert is_working_day(after)
    between = [before + timedelta(days=count) for count in range(1, (after - before).days)]
    assert not any(map(is_working_day, between))


# --- months


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 12, 31), -2, date(2023, 10, 31)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2022, 11, 7), 6, date(2023, 5, 7)),
        (date(2022, 11, 7), 36, date(2025, 11, 7)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 1, 15), -13, date(2022, 12, 15)),
    ],
)
def test_months_keep_the_number_of_the_day_or_take_the_last_day(day: date, count: int, expected: date) -> None:
    assert add_months(day, count) == expected


@given(days, st.integers(min_value=-600, max_value=600))
def test_adding_months_lands_in_the_right_month_on_the_nearest_possible_day(day: date, count: int) -> None:
    landed = add_months(day, count)
    assert (landed.year - day.year) * 12 + landed.month - day.month == count
    assert landed.day == day.day or (landed.day < day.day and landed == last_of_month(landed))


@given(days, days, st.integers(min_value=-600, max_value=600))
def test_adding_months_keeps_days_in_order(one: date, other: date, count: int) -> None:
    first, second = sorted((one, other))
    assert add_months(first, count) <= add_months(second, count)


@given(days)
def test_the_last_of_a_month_is_followed_by_a_first(day: date) -> None:
    last = last_of_month(day)
    assert (last.year, last.month) == (day.year, day.month)
    assert (last + timedelta(days=1)).day == 1


def test_december_of_the_last_year_has_a_last_day() -> None:
    assert add_months(date(9998, 12, 31), 11) == date(9999, 11, 30)
    with pytest.raises(ValueError, match="year"):
        add_months(date(9999, 1, 1), 12)


# --- deadlines


@pytest.mark.parametrize(
    ("start", "time_given", "expected"),
    [
        (date(2015, 9, 10), {"days": 14}, date(2015, 9, 24)),
        (date(2023, 12, 11), {"days": 14}, date(2023, 12, 27)),  # over Christmas Day and Boxing Day
        (date(2015, 9, 21), {"weeks": 3}, date(2015, 10, 12)),
        (date(2024, 3, 15), {"days": 14}, date(2024, 4, 2)),  # Good Friday, Saturday, Easter Sunday, Easter Monday
        (date(2023, 12, 29), {"months": 3}, date(2024, 4, 2)),
        (date(2026, 6, 5), {"days": 14}, date(2026, 6, 22)),  # midsommarafton is a Friday
        (date(2025, 12, 17), {"days": 14}, date(2026, 1, 2)),  # nyårsafton, New Year's Day
        (date(2024, 11, 30), {}, date(2024, 12, 2)),  # the budget's fixed day falls on a Saturday
        (date(2022, 11, 7), {"months": 6}, date(2023, 5, 8)),
        (date(2024, 1, 31), {"months": 1}, date(2024, 2, 29)),
    ],
)
def test_a_statutory_deadline_moves_to_the_next_working_day(
    start: date, time_given: dict[str, int], expected: date
) -> None:
    assert statutory_deadline(start, **time_given) == expected


@given(days, st.integers(0, 60), st.integers(0, 20), months)
def test_a_statutory_deadline_is_the_first_working_day_from_the_counted_one(
    start: date, day_count: int, weeks: int, month_count: int
) -> None:
    deadline = statutory_deadline(start, days=day_count, weeks=weeks, months=month_count)
    counted = add_months(start, month_count) + timedelta(days=day_count + 7 * weeks)
    assert is_working_day(deadline)
    assert counted <= deadline <= counted + timedelta(days=5)
    skipped = [counted + timedelta(days=count) for count in range((deadline - counted).days)]
    assert not any(map(is_working_day, skipped))


@pytest.mark.parametrize("wrong", [{"days": -1}, {"weeks": -1}, {"months": -1}])
def test_a_statutory_deadline_is_never_counted_backwards(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="forwards"):
        statutory_deadline(date(2026, 1, 1), **wrong)


@pytest.mark.parametrize(
    ("effect", "months_before", "expected"),
    [
        (date(2023, 12, 31), 2, date(2023, 10, 31)),
        (date(2024, 1, 1), 2, date(2023, 11, 1)),
        (date(2024, 5, 31), 2, date(2024, 3, 31)),  # Easter Sunday: stays
        (date(2024, 5, 31), 3, date(2024, 2, 29)),
    ],
)
def test_notice_of_a_change_is_never_moved(effect: date, months_before: int, expected: date) -> None:
    assert latest_notice(effect, months_before) == expected


@given(days, months)
def test_notice_given_on_the_last_day_runs_out_by_the_effect(effect: date, months_before: int) -> None:
    assert add_months(latest_notice(effect, months_before), months_before) <= effect


@given(days, months)
def test_the_recommended_day_of_notice_is_never_after_the_last_day(effect: date, months_before: int) -> None:
    assert working_day_on_or_before(latest_notice(effect, months_before)) <= latest_notice(effect, months_before)


def test_notice_after_the_effect_is_refused() -> None:
    with pytest.raises(ValueError, match="before"):
        latest_notice(date(2024, 1, 1), -1)


# --- parts of the year


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 2, 29), (1, date(2024, 1, 1), date(2024, 4, 30))),
        (date(2023, 5, 1), (2, date(2023, 5, 1), date(2023, 8, 31))),
        (date(2023, 12, 31), (3, date(2023, 9, 1), date(2023, 12, 31))),
    ],
)
def test_a_tertial_is_four_months(day: date, expected: tuple[int, date, date]) -> None:
    assert tertial(day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 3, 31), (1, date(2024, 1, 1), date(2024, 3, 31))),
        (date(2024, 4, 1), (2, date(2024, 4, 1), date(2024, 6, 30))),
        (date(2024, 9, 30), (3, date(2024, 7, 1), date(2024, 9, 30))),
        (date(2024, 10, 1), (4, date(2024, 10, 1), date(2024, 12, 31))),
    ],
)
def test_a_quarter_is_three_months(day: date, expected: tuple[int, date, date]) -> None:
    assert quarter(day) == expected


@given(days)
def test_a_day_lies_in_its_parts_of_the_year_and_the_next_begins_after_the_last_day(day: date) -> None:
    for part_of in (tertial, quarter):
        part = part_of(day)
        assert part.first <= day <= part.last
        following = part_of(part.last + timedelta(days=1))
        assert following.first == part.last + timedelta(days=1)
        assert following.number == part.number + 1 or (following.number == 1 and part.last.month == 12)


# --- local time


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 6, 30, 22, 0, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 6, 30, 21, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), date(2026, 12, 31)),
    ],
)
def test_the_day_of_a_moment_is_the_swedish_one(moment: datetime, expected: date) -> None:
    assert local_date(moment) == expected


def test_summer_and_winter_time_are_told_apart() -> None:
    assert local(datetime(2026, 7, 1, 7, 0, tzinfo=UTC)).time() == time(9, 0)
    assert local(datetime(2026, 1, 1, 8, 0, tzinfo=UTC)).time() == time(9, 0)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_date(datetime(2026, 1, 1, 12, 0))  # noqa: DTZ001 - the naive moment is the point


@given(days, st.times(min_value=time(4), max_value=time(23, 59)))
def test_a_meeting_time_becomes_utc_and_comes_back(day: date, clock: time) -> None:
    moment = utc_moment(day, clock)
    assert moment.tzinfo is UTC
    assert (local_date(moment), local(moment).time()) == (day, clock)


def test_a_time_skipped_in_spring_is_refused_with_what_to_do() -> None:
    with pytest.raises(RuleBroken, match=r"Klockan 02\.30 finns inte den dagen.*Välj en annan tid"):
        utc_moment(date(2026, 3, 29), time(2, 30))


def test_a_time_that_comes_twice_in_autumn_means_the_first() -> None:
    assert utc_moment(date(2026, 10, 25), time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


# --- cheap to load


def test_loading_the_dates_loads_no_library_that_is_slow() -> None:
    slow = {"holidays", "phonenumbers", "email_validator", "stdnum", "babel", "zoneinfo", "calendar"}
    program = (
        "import sys, paragraf.core.dates, paragraf.core.identifiers, paragraf.core.money; "
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    loaded = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert slow.isdisjoint(loaded.stdout.split())
