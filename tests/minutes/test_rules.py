"""The law on values: how numbers print, verification, notice and appeal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.core.dates import is_working_day
from paragraf.core.errors import RuleBroken
from paragraf.minutes.rules import (
    AppealPeriod,
    Posting,
    appeal_period,
    check_posting,
    check_take_down,
    notice_deadline,
    print_range,
    verification_deadline,
)

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


# --- numbers ---


def test_the_range_is_told_from_first_to_last() -> None:
    assert print_range(range(626, 637)) == "§§ 626–636"
    assert (print_range([7]), print_range([])) == ("§ 7", "")


def test_a_yearly_series_tells_its_year() -> None:
    assert print_range([8, 9, 12], "2027") == "§§ 8–12/2027"
    assert print_range([8], "2027") == "§ 8/2027"


@given(st.lists(st.integers(1, 10_000), min_size=1, unique=True))
def test_the_range_ends_are_the_first_and_the_last(taken: list[int]) -> None:
    told = print_range(taken).strip("§ ").split("–")
    assert (int(told[0]), int(told[-1])) == (min(taken), max(taken))


# --- verification, notice, appeal ---


@pytest.mark.parametrize(
    ("held", "last"),
    [(date(2015, 9, 10), date(2015, 9, 24)), (date(2023, 12, 11), date(2023, 12, 27))],
)
def test_worked_example_minutes_are_verified_within_fourteen_days(held: date, last: date) -> None:
    assert verification_deadline(held) == last


def test_the_notice_is_due_on_the_second_day_or_the_next_working_day() -> None:
    assert notice_deadline(date(2015, 9, 21)) == date(2015, 9, 23)
    assert notice_deadline(date(2026, 4, 10)) == date(2026, 4, 13)


def test_worked_example_appeal_ends_three_weeks_after_the_posting() -> None:
    found = appeal_period([Posting("Förbundet", date(2015, 9, 21))])
    assert (found.last_day, found.earliest_take_down) == (date(2015, 10, 12), date(2015, 10, 13))


def test_worked_example_the_latest_of_several_boards_counts() -> None:
    found = appeal_period([Posting(str(day), date(2015, 9, day)) for day in (21, 22, 23)])
    assert found == AppealPeriod((), date(2015, 9, 23), date(2015, 10, 14), date(2015, 10, 15))


def test_worked_example_while_a_board_is_missing_the_period_does_not_run() -> None:
    found = appeal_period([Posting("Förbundet", date(2015, 9, 21)), Posting("Regionen", None)])
    assert found == AppealPeriod(("Regionen",))
    assert not found.is_running
    assert not found.is_over(date(2099, 1, 1))


def test_no_boards_no_period() -> None:
    assert not appeal_period([]).is_running


@given(st.lists(DAYS, min_size=1, max_size=5))
def test_the_appeal_period_never_ends_on_a_holiday_and_never_within_three_weeks(days: list[date]) -> None:
    found = appeal_period([Posting(str(place), day) for place, day in enumerate(days)])
    assert found.last_day is not None
    assert found.earliest_take_down is not None
    assert is_working_day(found.last_day)
    assert found.last_day >= max(days) + timedelta(weeks=3)
    assert not found.is_over(found.last_day)
    assert found.is_over(found.earliest_take_down)


def test_a_notice_cannot_have_been_posted_before_the_verification_or_in_the_future() -> None:
    verified, today = date(2015, 9, 21), date(2015, 9, 23)
    for impossible in (date(2015, 9, 20), date(2015, 9, 24)):
        with pytest.raises(RuleBroken) as refused:
            check_posting(impossible, verified_on=verified, today=today)
        assert refused.value.field == "posted_on"
    check_posting(verified, verified_on=verified, today=today)
    check_posting(today, verified_on=verified, today=today)


def test_a_notice_is_not_taken_down_before_the_time_is_out() -> None:
    running = appeal_period([Posting("Förbundet", date(2015, 9, 21))])
    today = date(2015, 10, 20)
    with pytest.raises(RuleBroken, match="tidigast 2015-10-13"):
        check_take_down(running, date(2015, 10, 12), today=today)
    with pytest.raises(RuleBroken, match="inte varit än"):
        check_take_down(running, date(2015, 10, 21), today=today)
    with pytest.raises(RuleBroken, match="saknas hos Regionen"):
        check_take_down(AppealPeriod(("Regionen",)), today, today=today)
    check_take_down(running, date(2015, 10, 13), today=today)
