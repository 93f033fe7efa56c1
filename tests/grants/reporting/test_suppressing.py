"""Small numbers of people are hidden, and cannot be counted from the others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.grants.reporting.suppressing import hidden, note

ROW = (("women", "men", "total"),)


@pytest.mark.parametrize(
    ("women", "men", "expected"),
    [
        (14, 11, set()),
        (5, 5, set()),
        (0, 9, set()),
        (4, 9, {"women", "men"}),
        (9, 1, {"women", "men"}),
        (3, 4, {"women", "men"}),
        (1, 1, {"women", "men", "total"}),
        (0, 3, {"men", "total"}),
        (0, 0, set()),
        (4, 0, {"women", "total"}),
    ],
)
def test_a_row_by_sex(women: int, men: int, expected: set[str]) -> None:
    assert hidden({"women": women, "men": men, "total": women + men}, ROW) == expected


def test_the_limit_is_the_offices() -> None:
    numbers = {"women": 7, "men": 30, "total": 37}
    assert hidden(numbers, ROW) == set()
    assert hidden(numbers, ROW, 10) == {"women", "men"}
    assert hidden({"women": 1, "men": 30, "total": 31}, ROW, 0) == set()
    assert "mellan 1 och 9" in note(10)


def test_a_sum_with_an_unknown_number_binds_nothing() -> None:
    assert hidden({"women": 3, "men": None, "total": 20}, ROW) == {"women"}
    assert hidden({"women": 3, "total": 20}, ROW) == {"women"}


def test_a_number_that_one_could_count_from_other_rows_is_hidden_too() -> None:
    numbers = {"start": 20, "new": 3, "closed": 8, "end": 15}
    assert hidden(numbers, [("start", "new", "closed", "end")]) == {"new", "closed"}


COUNTS = st.integers(0, 40)


@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=2, max_size=6), st.integers(2, 12))
def test_no_hidden_number_is_alone_in_a_sum(rows: list[tuple[int, int]], limit: int) -> None:
    numbers: dict[tuple[int, str], int | None] = {}
    for place, (women, men) in enumerate([*rows, (sum(w for w, _ in rows), sum(m for _, m in rows))]):
        numbers |= {(place, "women"): women, (place, "men"): men, (place, "total"): women + men}
    across = [tuple((place, sex) for sex in ("women", "men", "total")) for place in range(len(rows) + 1)]
    down = [tuple((place, sex) for place in range(len(rows) + 1)) for sex in ("women", "men", "total")]
    covered = hidden(numbers, across + down, limit)
    assert all(number in (None, 0) or number >= limit for cell, number in numbers.items() if cell not in covered)
    assert all(sum(cell in covered for cell in group) != 1 for group in across + down)
