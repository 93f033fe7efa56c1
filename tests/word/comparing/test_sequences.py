"""What two sequences have in common: right whatever comes in, and bounded."""

from __future__ import annotations

import random
import time
import tracemalloc
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.word.comparing import sequences
from paragraf.word.comparing.sequences import Effort, common

few = st.text("abcd", max_size=40)


def longest(a: str, b: str) -> int:
    """The length of the longest common subsequence, by the book."""
    row = [0] * (len(b) + 1)
    for one in a:
        above = row[:]
        for j, other in enumerate(b):
            row[j + 1] = above[j] + 1 if one == other else max(above[j + 1], row[j])
    return row[-1]


@given(few, few)
def test_pairs_are_equal_and_rise(a: str, b: str) -> None:
    pairs = common(a, b, Effort())
    assert all(a[i] == b[j] for i, j in pairs)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))


@given(few, few, st.integers(1, 60))
def test_the_table_is_the_longest_also_when_it_is_cut(a: str, b: str, size: int) -> None:
    numbers_a, numbers_b = [ord(each) for each in a], [ord(each) for each in b]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequences, "_TABLE", size)
        pairs = sorted(sequences._longest(numbers_a, numbers_b))
    assert len(pairs) == longest(a, b)
    assert all(a[i] == b[j] for i, j in pairs)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))


@given(few)
def test_equal_sequences_are_wholly_common(a: str) -> None:
    assert common(a, a, Effort()) == [(i, i) for i in range(len(a))]


def test_what_stands_once_in_both_is_an_anchor() -> None:
    old, new = ["x", "a", "x", "b", "x", "c", "x"], ["x", "x", "x", "b", "x"]
    assert (3, 3) in common(old, new, Effort())


def test_without_effort_only_ends_and_anchors_are_found() -> None:
    assert common("caabbd", "cbabae", Effort(0)) == [(0, 0)]


def test_long_sequences_take_little_time_and_memory() -> None:
    pick = random.Random(3)
    a, b = ([pick.randrange(50) for _ in range(20_000)] for _ in range(2))
    tracemalloc.start()
    begun = time.process_time()
    pairs = common(a, b, Effort())
    took = time.process_time() - begun
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(pairs) > 4_000
    assert took < 10
    assert peak < 40 * 2**20
