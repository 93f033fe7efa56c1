"""Where a new item goes, and how the notice parts the agenda: pure values."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from paragraf.meetings.agenda_rules import chapters, place_for_new
from paragraf.meetings.models import ItemKind

D, R, INFO, Q = ItemKind.DECISION, ItemKind.REPORT, ItemKind.INFORMATION, ItemKind.QUESTION
standing_places = st.integers(-9, 9).filter(bool)


def test_an_own_item_goes_before_those_that_come_last() -> None:
    assert place_for_new([]) == 1
    assert place_for_new([-2, -1, None, 1, 2]) == 4
    assert place_for_new([1, 2]) == 1


def test_a_standing_item_that_somebody_moved_among_the_matters_is_not_last() -> None:
    assert place_for_new([-1, 1, None]) == 4


@given(st.lists(st.one_of(st.none(), standing_places), max_size=12))
def test_whatever_comes_when_the_agenda_is_first_matters_last(order: list[int | None]) -> None:
    agenda: list[int | None] = []
    for own in order:
        agenda.insert(place_for_new(agenda, own) - 1, own)
    standing = [each for each in agenda if each is not None]
    assert standing == sorted(standing)
    assert [each or 0 for each in agenda] == sorted(each or 0 for each in agenda)


def test_an_agenda_in_the_usual_order_prints_in_chapters() -> None:
    found = chapters([D, R, D, INFO, INFO, Q])
    assert (found.items, found.information, found.questions) == ((D, R), (INFO,), (Q,))


def test_an_agenda_in_another_order_prints_as_one_list() -> None:
    found = chapters([INFO, D, INFO])
    assert set(found.items) == set(ItemKind)
    assert found.information == found.questions == ()


@given(st.lists(st.sampled_from(ItemKind), max_size=8))
def test_the_numbers_print_in_order_and_every_item_once(kinds: list[ItemKind]) -> None:
    found = chapters(kinds)
    printed = [
        place
        for part in (found.items, found.information, found.questions)
        for place, kind in enumerate(kinds)
        if kind in part
    ]
    assert printed == list(range(len(kinds)))
