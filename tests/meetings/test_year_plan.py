"""A year proposed: only ordinary working days, in order, none twice, with a reason for each that was avoided."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.core.dates import is_working_day
from paragraf.meetings import year_plan
from paragraf.meetings.year_plan import Avoided, Proposal

YEARS = st.integers(2020, 2060)
WEEKDAYS, WEEKS = st.integers(0, 4), st.integers(1, 5)
MONTHS = st.lists(st.integers(1, 12), min_size=1, max_size=24)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2027, 5, 5), Avoided.BEFORE_HOLIDAY),
        (date(2027, 5, 6), Avoided.HOLIDAY),
        (date(2027, 5, 7), Avoided.BETWEEN),
        (date(2027, 5, 8), Avoided.WEEKEND),
        (date(2027, 5, 9), Avoided.WEEKEND),
        (date(2027, 3, 25), Avoided.BEFORE_HOLIDAY),
        (date(2027, 3, 29), Avoided.HOLIDAY),
        (date(2027, 6, 25), Avoided.EVE),
        (date(2026, 12, 24), Avoided.EVE),
        (date(2026, 12, 28), Avoided.BETWEEN),
        (date(2026, 12, 31), Avoided.EVE),
        (date(2026, 1, 5), Avoided.BEFORE_HOLIDAY),
        (date(2026, 10, 30), Avoided.BEFORE_HOLIDAY),
        (date(2026, 4, 30), Avoided.BEFORE_HOLIDAY),
        (date(2026, 2, 12), None),
        (date(2026, 12, 23), None),
    ],
)
def test_why_a_day_is_avoided(day: date, why: Avoided | None) -> None:
    assert year_plan.why_avoided(day) is why


def test_a_day_that_is_taken_or_has_been_is_avoided() -> None:
    day = date(2026, 2, 12)
    assert year_plan.why_avoided(day, taken=[day]) is Avoided.TAKEN
    assert year_plan.why_avoided(day, after=day) is Avoided.PAST


def test_the_nearest_day_is_offered_with_the_reason() -> None:
    ascension = date(2027, 5, 6)
    assert year_plan.propose([ascension]) == [Proposal(date(2027, 5, 4), ascension, Avoided.HOLIDAY)]
    thursday = date(2026, 2, 12)
    assert year_plan.propose([thursday], taken=[thursday]) == [Proposal(date(2026, 2, 11), thursday, Avoided.TAKEN)]


def test_wanted_days_that_have_been_are_left_out() -> None:
    wanted = [date(2026, 2, 12), date(2026, 4, 9)]
    assert year_plan.propose(wanted, after=date(2026, 3, 2)) == [Proposal(wanted[1], wanted[1])]


@given(YEARS, MONTHS, WEEKDAYS, WEEKS, st.sets(st.integers(0, 364)), st.none() | st.integers(0, 364))
def test_proposed_days_are_working_days_in_order_within_the_year_none_twice_none_taken(
    year: int, months: list[int], weekday: int, week: int, taken: set[int], after: int | None
) -> None:
    first = date(year, 1, 1)
    busy = {first + timedelta(days=place) for place in taken}
    last = None if after is None else first + timedelta(days=after)
    wanted = year_plan.wanted_days(year, months, weekday, week)
    proposals = year_plan.propose(wanted, taken=busy, after=last)
    days = [one.day for one in proposals]
    assert days == sorted(set(days))
    assert all(is_working_day(day) and day.year == year and day not in busy for day in days)
    assert last is None or all(day > last for day in days)
    assert all((one.why is None) == (one.day == one.wanted) for one in proposals)
    assert {one.wanted for one in proposals} <= set(wanted)


@given(YEARS, MONTHS, WEEKDAYS, WEEKS)
def test_wanted_days_have_the_weekday_and_none_twice(year: int, months: list[int], weekday: int, week: int) -> None:
    days = year_plan.wanted_days(year, months, weekday, week)
    assert days == sorted(set(days))
    assert {day.weekday() for day in days} == {weekday}
    assert {day.month for day in days} == set(months)


@given(st.integers(1, year_plan.MOST_MEETINGS))
def test_a_year_is_spread_evenly_without_july(count: int) -> None:
    months = year_plan.spread(count)
    assert len(months) == count
    assert months == sorted(months)
    assert 7 not in months
    assert max(months.count(month) for month in months) <= 2
    assert count > 11 or len(set(months)) == count


def test_the_budget_needs_a_meeting_in_the_autumn_up_to_30_november() -> None:
    assert year_plan.lacks_budget_meeting([date(2026, 4, 9), date(2026, 12, 1)], 2026)
    assert year_plan.lacks_budget_meeting([date(2025, 11, 20)], 2026)
    assert not year_plan.lacks_budget_meeting([date(2026, 11, 30)], 2026)
