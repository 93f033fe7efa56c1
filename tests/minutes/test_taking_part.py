"""Who was there for a whole §, on values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from paragraf.meetings.rules import Interval
from paragraf.minutes.taking_part import Answer, Course, Stay, Taken, deciding_at, joined, twice

DAY = datetime(2026, 4, 9, 7, 0, tzinfo=UTC)
NO, UNSURE, YES = Answer.NO, Answer.UNSURE, Answer.YES


def at(minutes: int) -> datetime:
    """So many minutes after 09.00."""
    return DAY + timedelta(minutes=minutes)


def course(*begun: int | None, end: int | None = 270, start: int = 0) -> Course:
    """A meeting with §§ 0, 1, 2 … taken up at the minutes given."""
    items = [Taken(place, None if minute is None else at(minute)) for place, minute in enumerate(begun)]
    return Course(items, Interval(at(start), None if end is None else at(end)))


def stay(
    person: int = 1,
    *,
    seat: int | None = 1,
    come: int = 0,
    go: int | None = None,
    first: int | None = None,
    last: int | None = None,
) -> Stay:
    during = Interval(at(come), None if go is None else at(go))
    return Stay(person, f"Person {person}", during, seat, first, last, serves=seat is not None and seat != person)


def answers(of: Course, one: Stay) -> list[Answer]:
    return [of.whole(one, place) for place in range(len(of))]


def test_example_16_who_comes_at_11_30_takes_part_from_the_next_item() -> None:
    held = course(0, 60, 140, 155, 200)
    assert answers(held, stay(come=150)) == [NO, NO, NO, YES, YES]
    assert answers(held, stay(come=155)) == [NO, NO, NO, YES, YES]


def test_who_leaves_in_the_middle_of_an_item_does_not_decide_it() -> None:
    held = course(0, 60, 140)
    assert answers(held, stay(go=90)) == [YES, NO, NO]
    assert answers(held, stay(go=140)) == [YES, YES, NO]
    assert answers(held, stay(go=270)) == [YES, YES, YES]


def test_the_clock_is_unsure_for_just_those_items_whose_times_are_missing() -> None:
    held = course(0, None, None, 155, 200)
    assert answers(held, stay(come=90)) == [NO, UNSURE, UNSURE, YES, YES]
    assert answers(held, stay(go=90)) == [UNSURE, UNSURE, NO, NO, NO]


def test_without_any_times_only_those_who_were_there_all_the_time_are_known() -> None:
    held = course(None, None, None)
    assert answers(held, stay()) == [YES] * 3
    assert answers(held, stay(come=90)) == [UNSURE] * 3
    assert answers(held, stay(go=270)) == [YES] * 3
    assert answers(held, stay(come=270)) == [NO] * 3


def test_the_item_goes_before_the_clock() -> None:
    held = course(None, None, None, None)
    assert answers(held, stay(come=150, first=2)) == [NO, NO, YES, YES]
    assert answers(held, stay(go=150, last=1)) == [YES, YES, NO, NO]


def test_an_item_that_is_no_longer_in_the_minutes_says_nothing() -> None:
    assert answers(course(0, 60), stay(come=30, first=99)) == [NO, YES]


def test_while_the_meeting_goes_on_its_end_is_not_known() -> None:
    held = course(0, 60, None, end=None)
    assert answers(held, stay(go=90)) == [YES, UNSURE, UNSURE]


def test_items_that_were_moved_after_they_were_taken_up_keep_their_own_times() -> None:
    held = course(0, 140, 60)
    assert answers(held, stay(come=100)) == [NO, YES, NO]


def test_a_meeting_past_midnight_and_past_the_change_to_winter_time() -> None:
    """25 October 2026: after 02.59 it is 02.00 again. The rows are UTC, so that the hour is two hours."""
    night = datetime(2026, 10, 24, 21, 0, tzinfo=UTC)
    items = [Taken(place, night + timedelta(hours=place)) for place in range(6)]
    held = Course(items, Interval(night, night + timedelta(hours=6)))
    gone = Stay(1, "Ivar Palm", Interval(night, night + timedelta(hours=4)), 1)
    assert answers(held, gone) == [YES, YES, YES, YES, NO, NO]


def test_a_stay_that_goes_on_in_the_same_seat_is_one() -> None:
    held = course(0, 60, 140)
    parts = [stay(go=90), stay(come=90)]
    assert [answers(held, one) for one in joined(parts, held)] == [[YES, YES, YES]]
    by_item = [stay(go=61, last=1), stay(come=139, first=2)]
    assert [answers(held, one) for one in joined(by_item, held)] == [[YES, YES, YES]]
    apart = [stay(go=90), stay(come=91)]
    assert [answers(held, one) for one in joined(apart, held)] == [[YES, NO, NO], [NO, NO, YES]]


def test_a_member_and_the_substitute_are_not_counted_twice_by_item() -> None:
    held = course(None, None, None)
    member, substitute = stay(1, go=90, last=1), stay(2, seat=1, come=80, first=1)
    assert twice([member, substitute], held) == (member, substitute)
    assert twice([member, stay(2, seat=1, come=80, first=2)], held) is None
    assert [one.person_id for one in deciding_at([substitute, member], 1, held)] == [1]


def test_a_stand_in_for_a_moment_lies_between_those_that_are_noted() -> None:
    held = course(0, None, None, 155, None)
    moments = [held.reckoned(place) for place in range(len(held) + 1)]
    assert moments == sorted(set(moments))
    assert (moments[0], moments[3], moments[-1]) == (at(0), at(155), at(270))


MINUTE = st.integers(0, 270)
STAYS = st.lists(
    st.builds(
        lambda person, seat, come, stayed: stay(person, seat=seat, come=come, go=stayed and come + stayed),
        st.integers(1, 4),
        st.none() | st.integers(1, 4),
        MINUTE,
        st.none() | st.integers(1, 200),
    ),
    max_size=8,
)


@given(begun=st.lists(st.none() | MINUTE, min_size=1, max_size=8), stays=STAYS, recused=st.sets(st.integers(1, 4)))
def test_no_person_and_no_seat_is_counted_twice_in_any_item(
    begun: list[int | None], stays: list[Stay], recused: set[int]
) -> None:
    held = course(*begun)
    for place in range(len(held)):
        deciding = list(deciding_at(joined(stays, held), place, held, recused))
        assert len({one.person_id for one in deciding}) == len(deciding) == len({one.seat for one in deciding})
        assert recused.isdisjoint({one.person_id for one in deciding})


@given(
    begun=st.lists(MINUTE, min_size=1, max_size=8, unique=True).map(sorted), one=STAYS.filter(bool).map(lambda x: x[0])
)
def test_by_item_is_by_clock_when_all_items_have_times(begun: list[int], one: Stay) -> None:
    """Nothing is unsure, and whoever notes the first and last § that the clock tells gets the same answers."""
    held = course(*begun)
    by_clock = answers(held, one)
    assert UNSURE not in by_clock
    whole = [place for place, answer in enumerate(by_clock) if answer is YES]
    if whole:
        noted = stay(seat=one.seat, come=0, first=whole[0], last=whole[-1])
        assert answers(held, noted) == by_clock


@given(
    begun=st.lists(MINUTE, min_size=1, max_size=8, unique=True).map(sorted),
    one=STAYS.filter(bool).map(lambda x: x[0]),
    hidden=st.sets(st.integers(0, 7)),
)
def test_fewer_times_make_answers_unsure_but_never_wrong(begun: list[int], one: Stay, hidden: set[int]) -> None:
    full = answers(course(*begun), one)
    partly = course(*(None if place in hidden else minute for place, minute in enumerate(begun)))
    for known, told in zip(full, answers(partly, one), strict=True):
        assert told in (known, UNSURE)
