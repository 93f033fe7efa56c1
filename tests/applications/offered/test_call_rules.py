"""Calls on values only: the state at a moment, the working days before closing, what may be typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.applications.models import LatePolicy
from paragraf.applications.offered.call_rules import (
    CallState,
    NewCall,
    check_call,
    last_moment,
    reminder_days,
    state_of_call,
)
from paragraf.core.dates import is_working_day, local_date, utc_moment
from paragraf.core.errors import SeveralRulesBroken
from tests.parts.world import NOW

NEW = NewCall(
    title="Medel 2027",
    information="",
    opens_at=NOW,
    last_moment=NOW + timedelta(days=30),
    late_policy=LatePolicy.REFUSE,
    earliest=date(2027, 1, 1),
    latest=date(2028, 12, 31),
    remind_days=(10, 2),
)


def closing(text: str) -> datetime:
    """The moment after the last minute, from a Swedish day and time."""
    moment = datetime.fromisoformat(text)
    return utc_moment(moment.date(), moment.time()) + timedelta(minutes=1)


def fields(new: NewCall, **more: datetime) -> set[str | None]:
    with pytest.raises(SeveralRulesBroken) as broken:
        check_call(new, now=more.get("now", NOW), opened_at=more.get("opened_at"))
    return {problem.field for problem in broken.value.problems}


def test_the_last_minute_is_in_time_and_the_next_is_not() -> None:
    opens, closes = NOW, closing("2026-03-31T16:00")
    at = utc_moment(date(2026, 3, 31), datetime(2026, 3, 31, 16, 0).time())  # noqa: DTZ001
    assert state_of_call(opens, closes, None, opens - timedelta(seconds=1)) is CallState.COMING
    assert state_of_call(opens, closes, None, opens) is CallState.OPEN
    assert state_of_call(opens, closes, None, at + timedelta(seconds=59)) is CallState.OPEN
    assert state_of_call(opens, closes, None, at + timedelta(seconds=60)) is CallState.CLOSED
    assert state_of_call(opens, closes, NOW, at) is CallState.CANCELLED


@pytest.mark.parametrize(
    ("closes", "days", "expected"),
    [
        # A Tuesday: five working days before is the Tuesday before.
        ("2026-03-31T23:59", [5], [date(2026, 3, 24)]),
        # The Wednesday after Easter: Friday to Monday are no working days, nor is Maundy Thursday's weekend.
        ("2026-04-08T16:00", [2], [date(2026, 4, 2)]),
        # Over Christmas and New Year with their eves.
        ("2027-01-07T12:00", [5], [date(2026, 12, 28)]),
        ("2026-03-31T23:59", [0, 1], [date(2026, 3, 30), date(2026, 3, 31)]),
        # On a Sunday: one working day before is the Friday.
        ("2026-03-29T23:59", [1], [date(2026, 3, 27)]),
        ("2026-03-31T23:59", [], []),
    ],
)
def test_reminders_are_counted_in_working_days(closes: str, days: list[int], expected: list[date]) -> None:
    assert reminder_days(closing(closes), days) == expected


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.lists(st.integers(1, 60), max_size=5),
)
def test_a_reminder_is_on_a_working_day_with_so_many_after_it(closes: datetime, counts: list[int]) -> None:
    last = local_date(last_moment(closes))
    found = reminder_days(closes, counts)
    assert len(found) == len(set(counts))
    for day, count in zip(found, sorted(set(counts), reverse=True), strict=True):
        assert is_working_day(day)
        between = (last - timedelta(days=step) for step in range(1, (last - day).days + 1))
        assert sum(map(is_working_day, between)) == count


def test_a_good_call_is_good() -> None:
    check_call(NEW, now=NOW)
    check_call(NEW, now=NOW + timedelta(days=3), opened_at=NEW.opens_at)


def test_all_that_is_wrong_is_told_at_once() -> None:
    wrong = replace(NEW, last_moment=NOW - timedelta(days=1), latest=date(2026, 1, 1), remind_days=(-1,))
    assert fields(wrong) == {"closes_day", "latest", "remind"}


def test_the_opening_of_an_open_call_stays_and_its_closing_stays_ahead() -> None:
    assert fields(replace(NEW, opens_at=NOW + timedelta(days=1)), opened_at=NOW) == {"opens_day"}
    assert fields(NEW, now=NOW + timedelta(days=31)) == {"closes_day"}


@pytest.mark.parametrize("days", [(61,), (1, 2, 3, 4, 5, 6)])
def test_reminders_have_bounds(days: tuple[int, ...]) -> None:
    assert fields(replace(NEW, remind_days=days)) == {"remind"}
