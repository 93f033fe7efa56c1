"""What those who had the notice before are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from paragraf.meetings.notice_changes import Changes, Told, ToldItem, changes, from_json, to_json

START = datetime(2026, 4, 9, 7, 0, tzinfo=UTC)
BUDGET, ELECTION, REPORT = ToldItem(1, "Budget", 1), ToldItem(2, "Val", 1), ToldItem(3, "Lägesrapport", 2)
TOLD = Told(START, START + timedelta(hours=4), "Rum Björken", "in_person", (BUDGET, ELECTION), (7, 8))

items = st.lists(
    st.builds(ToldItem, st.integers(1, 5), st.text(max_size=5), st.integers(1, 3)), max_size=5, unique_by=lambda i: i.id
)


def test_nothing_changed_is_false() -> None:
    assert not changes(TOLD, TOLD)
    assert changes(TOLD, TOLD) == Changes()


def test_time_and_place_are_told_apart() -> None:
    later = replace(TOLD, starts_at=START + timedelta(minutes=30))
    online = replace(TOLD, mode="distance")
    assert changes(TOLD, later) == Changes(time=True)
    assert changes(TOLD, online) == changes(TOLD, replace(TOLD, place="Rum Alen")) == Changes(place=True)


def test_new_changed_and_withdrawn_items_are_named() -> None:
    after = replace(TOLD, items=(replace(ELECTION, version=2, heading="Val av justerare"), REPORT))
    assert changes(TOLD, after) == Changes(
        added=("Lägesrapport",), edited=("Val av justerare",), withdrawn=("Budget",), reordered=False
    )


def test_another_order_is_told_but_an_inserted_item_is_no_other_order() -> None:
    assert changes(TOLD, replace(TOLD, items=(ELECTION, BUDGET))) == Changes(reordered=True)
    assert changes(TOLD, replace(TOLD, items=(REPORT, BUDGET, ELECTION))) == Changes(added=("Lägesrapport",))


def test_another_circle_of_recipients_is_no_change_of_the_meeting() -> None:
    assert not changes(TOLD, replace(TOLD, invited=(7, 8, 9)))


@given(items, st.sampled_from(["in_person", "mixed"]), st.lists(st.integers(1, 99)))
def test_what_is_kept_comes_back_the_same(told: list[ToldItem], mode: str, invited: list[int]) -> None:
    whole = replace(TOLD, items=tuple(told), mode=mode, invited=tuple(invited))
    assert from_json(to_json(whole)) == whole
