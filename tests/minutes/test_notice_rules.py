"""The time for appeal on values: several boards, refusals, notices that come down too early, days that cannot be."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.core.dates import is_working_day, local_date, statutory_deadline
from paragraf.core.errors import RuleBroken
from paragraf.minutes.notice_rules import (
    AppealPeriod,
    Posting,
    PostingState,
    appeal_period,
    check_early_take_down,
    check_posting,
    check_take_down,
    print_numbers,
)
from paragraf.minutes.rules import notice_deadline

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


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


def test_a_board_that_refuses_stops_the_period() -> None:
    found = appeal_period([Posting("Förbundet", date(2015, 9, 21)), Posting("R", None, refused_on=date(2015, 9, 22))])
    assert (found.last_day, found.refused, found.lacking) == (None, ("R",), ("R",))


@pytest.mark.parametrize(("down", "early"), [(date(2015, 10, 12), ("R",)), (date(2015, 10, 13), ())])
def test_the_last_day_of_appeal_is_still_too_early_to_take_it_down(down: date, early: tuple[str, ...]) -> None:
    found = appeal_period([Posting("Förbundet", date(2015, 9, 21)), Posting("R", date(2015, 9, 21), down)])
    assert found.early == early
    assert found.is_running is not bool(early)


def test_down_while_another_board_still_lacked_it_is_too_early_however_long_it_was_up() -> None:
    found = appeal_period([Posting("Förbundet", date(2015, 9, 21), date(2016, 9, 21)), Posting("R", None)])
    assert (found.missing, found.early) == (("R",), ("Förbundet",))


def test_how_each_board_stands_is_said() -> None:
    day, later = date(2015, 9, 21), date(2015, 9, 25)
    postings = [
        Posting("missing", None),
        Posting("refused", None, refused_on=day),
        Posting("up", day),
        Posting("early", day, later),
    ]
    found = appeal_period(postings)
    states = [found.state_of(one) for one in postings]
    assert states == [PostingState.MISSING, PostingState.REFUSED, PostingState.UP, PostingState.TOO_EARLY]
    assert [state.stops_the_period for state in states] == [True, True, False, True]
    over = appeal_period([Posting("A", day, date(2015, 10, 13))])
    assert over.state_of(Posting("A", day, date(2015, 10, 13))) is PostingState.DOWN
    assert not PostingState.DOWN.stops_the_period


@st.composite
def postings(draw: st.DrawFn) -> list[Posting]:
    """Boards in any state, with any days."""
    made = []
    for place in range(draw(st.integers(1, 6))):
        posted = draw(st.none() | DAYS)
        down = posted + timedelta(days=draw(st.integers(0, 60))) if posted and draw(st.booleans()) else None
        refused = draw(DAYS) if posted is None and draw(st.booleans()) else None
        made.append(Posting(str(place), posted, down, refused))
    return made


@given(postings())
def test_while_any_board_is_missing_refused_or_early_there_is_no_date(boards: list[Posting]) -> None:
    found = appeal_period(boards)
    states = [found.state_of(one) for one in boards]
    assert found.is_running is not any(state.stops_the_period for state in states)
    assert (found.last_day is None) == (found.earliest_take_down is None) == (found.posted_on is None)
    assert set(found.lacking) == {
        one.board for one, state in zip(boards, states, strict=True) if state.stops_the_period
    }


@given(postings())
def test_the_end_never_comes_before_the_three_weeks_of_any_board_nor_after_it_came_down(boards: list[Posting]) -> None:
    found = appeal_period(boards)
    if found.last_day is None:
        return
    for one in boards:
        assert one.posted_on is not None
        assert found.last_day >= statutory_deadline(one.posted_on, weeks=3)
        assert one.taken_down_on is None or one.taken_down_on > found.last_day


@pytest.mark.parametrize(
    ("moment", "verified", "post_by"),
    [
        # Half a minute before midnight in winter and in summer, and the minute after; Sundays when the clock is moved.
        (datetime(2026, 1, 14, 22, 59, 30, tzinfo=UTC), date(2026, 1, 14), date(2026, 1, 16)),
        (datetime(2026, 7, 14, 21, 59, 30, tzinfo=UTC), date(2026, 7, 14), date(2026, 7, 16)),
        (datetime(2026, 7, 14, 22, 0, 30, tzinfo=UTC), date(2026, 7, 15), date(2026, 7, 17)),
        (datetime(2026, 3, 28, 22, 59, tzinfo=UTC), date(2026, 3, 28), date(2026, 3, 30)),
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), date(2026, 3, 29), date(2026, 3, 31)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25), date(2026, 10, 27)),
    ],
)
def test_the_day_of_verification_is_the_swedish_one(moment: datetime, verified: date, post_by: date) -> None:
    assert local_date(moment) == verified
    assert notice_deadline(verified) == post_by


def test_three_weeks_across_the_change_of_the_clock_are_three_weeks_of_days() -> None:
    for start in (date(2026, 3, 20), date(2026, 10, 16)):
        found = appeal_period([Posting("A", start)])
        assert found.last_day is not None
        assert found.last_day == statutory_deadline(start + timedelta(days=21), days=0)


def test_put_up_anew_it_cannot_have_been_up_before_it_came_down() -> None:
    told = {"verified_on": date(2015, 9, 21), "today": date(2015, 9, 30)}
    with pytest.raises(RuleBroken, match="på nytt"):
        check_posting(date(2015, 9, 24), not_before=date(2015, 9, 25), **told)
    check_posting(date(2015, 9, 25), not_before=date(2015, 9, 25), **told)


def test_an_early_take_down_is_noted_on_a_day_that_can_be() -> None:
    up, today = date(2015, 9, 21), date(2015, 9, 30)
    for impossible in (date(2015, 9, 20), date(2015, 10, 1)):
        with pytest.raises(RuleBroken):
            check_early_take_down(up, impossible, today=today)
    check_early_take_down(up, up, today=today)


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ([], ""),
        ([626], "§ 626"),
        ([626, 627, 628], "§§ 626–628"),
        ([626, 627, 628, 630], "§§ 626–628 och 630"),
        ([626, 628, 630, 631], "§§ 626, 628 och 630–631"),
    ],
)
def test_numbers_are_told_in_runs(numbers: list[int], told: str) -> None:
    assert print_numbers(numbers) == told
