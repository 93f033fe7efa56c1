"""Merging: what each changed is kept, and only the same thing changed in two ways is a conflict."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.applications.merging import merge

texts = st.sampled_from(["a", "b", "c"])
cells = st.dictionaries(st.sampled_from(["2026", "2027"]), st.integers(0, 3), min_size=1)
values = st.one_of(texts, st.lists(texts, min_size=1), st.dictionaries(st.sampled_from("xy"), cells, min_size=1))
answers = st.dictionaries(st.sampled_from(["q", "r", "s"]), values)
sent = st.dictionaries(st.sampled_from(["q", "r", "s"]), st.none() | values)


@given(base=answers, mine=sent)
def test_alone_everything_i_sent_is_saved(base: dict[str, Any], mine: dict[str, Any]) -> None:
    merged = merge(base, base, mine)
    assert merged.conflicts == ()
    assert merged.answers == {name: value for name, value in {**base, **mine}.items() if value is not None}


@given(base=answers, theirs=answers)
def test_what_i_left_alone_stays_theirs(base: dict[str, Any], theirs: dict[str, Any]) -> None:
    unchanged = {name: base.get(name) for name in ("q", "r", "s")}
    merged = merge(base, theirs, unchanged)
    assert (merged.answers, merged.conflicts) == (theirs, ())


@given(base=answers, theirs=answers, mine=sent)
def test_nothing_is_made_up_and_a_conflict_keeps_theirs_in_what_clashes(
    base: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any]
) -> None:
    merged = merge(base, theirs, mine)
    for conflict in merged.conflicts:
        assert (conflict.theirs, conflict.mine) == (theirs.get(conflict.question_id), mine[conflict.question_id])
        assert conflict.mine not in (conflict.theirs, base.get(conflict.question_id))
    again = merge(merged.answers, merged.answers, {})
    assert again.answers == merged.answers


@given(base=answers, first=sent, second=sent)
def test_without_conflicts_the_order_does_not_matter(
    base: dict[str, Any], first: dict[str, Any], second: dict[str, Any]
) -> None:
    one = merge(base, merge(base, base, first).answers, second)
    other = merge(base, merge(base, base, second).answers, first)
    assert bool(one.conflicts) == bool(other.conflicts)
    if not one.conflicts:
        assert one.answers == other.answers


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "kept", "clashes"),
    [
        ({"a": 1}, {"a": 1, "b": 2}, {"a": 3}, {"a": 3, "b": 2}, False),
        ({"a": 1}, {"a": 2}, {"a": 3}, {"a": 2}, True),
        ({"a": 1}, {"a": 2, "b": 1}, {"a": 3, "c": 1}, {"a": 2, "b": 1, "c": 1}, True),
        ({"a": 1}, None, {"a": 1, "b": 2}, {"b": 2}, False),
        ({"a": 1}, None, {"a": 2}, None, True),
        (None, {"a": 1}, {"b": 1}, {"a": 1, "b": 1}, False),
        ({"unread": "x"}, {"unread": "y"}, {"unread": "z"}, {"unread": "y"}, True),
        ("x", "y", None, "y", True),
        ("x", None, "z", None, True),
    ],
)
def test_parts_are_merged_one_by_one(base: Any, theirs: Any, mine: Any, kept: Any, clashes: bool) -> None:
    merged = merge({"q": base}, {"q": theirs} if theirs is not None else {}, {"q": mine})
    assert (merged.answers.get("q"), bool(merged.conflicts)) == (kept, clashes)
