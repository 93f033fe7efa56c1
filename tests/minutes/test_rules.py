"""The law on values: how numbers print, verification, notice and appeal."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.minutes.rules import (
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
