"""From an event to its days, and how a duty stands at a moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.core.dates import is_working_day
from paragraf.duties import rules
from paragraf.duties.models import Anchor, CalendarRule, Duty, DutyRule, Reminder, Unit
from paragraf.duties.rules import DutyState, Event, ReminderState
from paragraf.post.models import Letter

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DAYS = st.dates(date(2015, 1, 1), date(2060, 12, 31))


def a_rule(**changed: Any) -> DutyRule:
    values: dict[str, Any] = {
        "key": "anything",
        "title": "Gör något",
        "source": "avtalet",
        "anchor": Anchor.AGREEMENT_REVISION,
        "shift": 0,
        "unit": Unit.DAYS,
        "calendar_rule": CalendarRule.CONTRACT,
        "event_sets_shift": False,
        "recipients": ["secretary"],
        "remind_days": [],
        "valid_from": date(2020, 1, 1),
        "valid_to": None,
    }
    return DutyRule(**values | changed)


def an_event(**changed: Any) -> Event:
    return replace(Event(1, Anchor.AGREEMENT_REVISION, "agreement", 7, date(2027, 1, 1), "Samverkan"), **changed)


def a_duty(due_on: date, **changed: Any) -> Duty:
    event = an_event()
    values: dict[str, Any] = {
        "association_id": 1,
        "event_on": event.on,
        "event_facts": event.facts,
        "due_on": due_on,
        "recommended_on": rules.recommended_day(due_on),
    }
    return Duty(**values | changed)


# --- the last day ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("effect", "months", "last_day", "recommended"),
    [
        (date(2023, 12, 31), 2, date(2023, 10, 31), date(2023, 10, 31)),
        (date(2024, 1, 1), 2, date(2023, 11, 1), date(2023, 11, 1)),
        (date(2024, 5, 31), 2, date(2024, 3, 31), date(2024, 3, 28)),
        (date(2027, 5, 31), 3, date(2027, 2, 28), date(2027, 2, 26)),
        (date(2028, 5, 31), 3, date(2028, 2, 29), date(2028, 2, 29)),
    ],
)
def test_notice_counts_back_in_months_and_a_contract_day_never_moves(
    effect: date, months: int, last_day: date, recommended: date
) -> None:
    rule = a_rule(shift=-6, unit=Unit.MONTHS, event_sets_shift=True)
    found = rules.last_day(rule, effect, months)
    assert (found, rules.recommended_day(found)) == (last_day, recommended)


def test_an_event_that_says_no_months_leaves_the_rules_own_shift() -> None:
    rule = a_rule(shift=-3, unit=Unit.MONTHS, event_sets_shift=True)
    assert rules.last_day(rule, date(2027, 1, 1), None) == date(2026, 10, 1)


def test_notice_months_do_not_touch_a_rule_of_its_own_shift() -> None:
    assert rules.last_day(a_rule(shift=-1), date(2027, 1, 1), 2) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("held", "due"),
    [(date(2015, 9, 10), date(2015, 9, 24)), (date(2023, 12, 11), date(2023, 12, 27))],
)
def test_a_statutory_day_moves_to_the_next_working_day(held: date, due: date) -> None:
    fortnight = a_rule(shift=14, calendar_rule=CalendarRule.STATUTE)
    assert rules.last_day(fortnight, held) == due
    assert rules.last_day(a_rule(shift=2, unit=Unit.WEEKS, calendar_rule=CalendarRule.STATUTE), held) == due


def test_six_months_of_a_contract_end_on_a_sunday_if_they_do() -> None:
    rule = a_rule(shift=6, unit=Unit.MONTHS)
    assert rules.last_day(rule, date(2022, 11, 7)) == date(2023, 5, 7)
    assert rules.recommended_day(date(2023, 5, 7)) == date(2023, 5, 5)


def test_a_statutory_rule_that_counts_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="forwards"):
        rules.last_day(a_rule(shift=-1, calendar_rule=CalendarRule.STATUTE), date(2027, 1, 1))


def slowly_back(day: date, months: int) -> date:
    """The same number of day so many months before, walked month by month."""
    first = day.replace(day=1)
    for _ in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    same_month = [first + timedelta(days=n) for n in range(31) if (first + timedelta(days=n)).month == first.month]
    return [each for each in same_month if each.day <= day.day][-1]


@given(DAYS, st.integers(0, 36))
def test_notice_is_so_many_whole_months_before_whatever_day_that_is(effect: date, months: int) -> None:
    assert rules.last_day(a_rule(event_sets_shift=True), effect, months) == slowly_back(effect, months)


@given(DAYS, st.integers(0, 36))
def test_the_recommended_day_is_the_nearest_working_day_not_after_the_last(effect: date, months: int) -> None:
    last_day = rules.last_day(a_rule(event_sets_shift=True), effect, months)
    recommended = rules.recommended_day(last_day)
    assert recommended <= last_day
    assert is_working_day(recommended)
    between = (recommended + timedelta(days=day) for day in range(1, (last_day - recommended).days + 1))
    assert not any(is_working_day(day) for day in between)


@given(DAYS, st.lists(st.integers(-30, 400), max_size=8))
def test_reminders_stand_each_so_many_days_before_the_last_day(due: date, before: list[int]) -> None:
    found = rules.remind_dates(a_rule(remind_days=before), due)
    assert found == sorted(found)
    assert {(due - day).days for day in found} == set(before)
    assert len(found) == len(set(before))


# --- which rules hold -----------------------------------------------------------------------------------------------


def test_of_each_key_the_newest_rule_that_has_begun_holds() -> None:
    old, new = a_rule(shift=-1), a_rule(shift=-9, valid_from=date(2026, 6, 1))
    other = a_rule(key="other")
    assert rules.in_force([new, old, other], date(2026, 5, 31)) == [old, other]
    assert rules.in_force([new, old, other], date(2026, 6, 1)) == [new, other]


def test_a_rule_that_has_ended_holds_no_longer_nor_does_what_it_replaced() -> None:
    old, new = a_rule(), a_rule(valid_from=date(2026, 6, 1), valid_to=date(2026, 12, 31))
    assert rules.in_force([old, new], date(2026, 12, 31)) == [new]
    assert rules.in_force([old, new], date(2027, 1, 1)) == []


def test_an_agreement_that_asks_for_no_notice_gives_no_notice_window() -> None:
    window = a_rule(event_sets_shift=True)
    assert not rules.follows(window, an_event(notice_months=0))
    assert rules.follows(window, an_event(notice_months=None))
    assert rules.follows(a_rule(), an_event(notice_months=0))


def test_a_rule_follows_from_events_of_its_own_anchor_only() -> None:
    assert not rules.follows(a_rule(), an_event(anchor=Anchor.MEETING))


def test_a_duty_remembers_the_event_it_was_made_from() -> None:
    event = an_event(notice_months=2, responsible=(3, 4), body_ids=(5,), matter_id=9)
    duty = a_duty(event.on, event_facts=event.facts, subject=event.subject, subject_id=event.subject_id, matter_id=9)
    assert rules.event_of(duty) == event


def test_a_title_too_long_for_its_column_is_cut() -> None:
    assert len(rules.duty_title(a_rule(), an_event(title="x" * 400))) == 300


# --- how things stand -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "state", "said"),
    [
        (date(2026, 3, 17), DutyState.OPEN, "15 dagar kvar"),
        (date(2026, 3, 16), DutyState.SOON, "14 dagar kvar"),
        (date(2026, 3, 3), DutyState.SOON, "Sista dagen är i morgon"),
        (date(2026, 3, 2), DutyState.SOON, "Sista dagen är i dag"),
        (date(2026, 3, 1), DutyState.OVERDUE, "Försenad, sista dagen var i går"),
        (date(2026, 2, 27), DutyState.OVERDUE, "Försenad sedan 3 dagar"),
    ],
)
def test_a_state_is_computed_from_the_moment_and_said_in_words(due: date, state: DutyState, said: str) -> None:
    assert rules.state(a_duty(due), NOON) is state
    assert str(rules.words(a_duty(due), NOON)) == said


def test_soon_is_counted_from_the_recommended_day() -> None:
    easter_sunday = date(2026, 4, 5)
    day_before_good_friday = date(2026, 4, 2)
    morning = datetime.combine(day_before_good_friday, datetime.min.time(), UTC) - timedelta(days=14)
    assert rules.state(a_duty(easter_sunday), morning) is DutyState.SOON
    assert rules.state(a_duty(easter_sunday), morning - timedelta(days=1)) is DutyState.OPEN


def test_the_day_turns_at_midnight_in_sweden_not_in_utc() -> None:
    late_evening_utc = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert rules.state(a_duty(date(2026, 7, 1)), late_evening_utc) is DutyState.OVERDUE


def test_what_is_done_or_cancelled_is_not_overdue() -> None:
    long_ago = date(2020, 1, 1)
    done, cancelled = a_duty(long_ago, done_at=NOON), a_duty(long_ago, cancelled_at=NOON, cancel_reason="flyttat")
    assert (rules.state(done, NOON), str(rules.words(done, NOON))) == (DutyState.DONE, "Klar")
    assert (rules.state(cancelled, NOON), str(rules.words(cancelled, NOON))) == (DutyState.CANCELLED, "Inställd")


def test_only_a_meeting_is_over_by_itself_and_only_when_its_day_is() -> None:
    held = a_duty(date(2027, 1, 1), event_facts=an_event(anchor=Anchor.MEETING).facts)
    assert not rules.is_over(held, date(2027, 1, 1))
    assert rules.is_over(held, date(2027, 1, 2))
    assert not rules.is_over(a_duty(date(2027, 1, 1)), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 1, 15, 5, 59, tzinfo=UTC), date(2026, 1, 14)),
        (datetime(2026, 1, 15, 6, 0, tzinfo=UTC), date(2026, 1, 15)),
        (datetime(2026, 7, 15, 4, 59, tzinfo=UTC), date(2026, 7, 14)),
        (datetime(2026, 7, 15, 5, 0, tzinfo=UTC), date(2026, 7, 15)),
        (datetime(2026, 3, 29, 4, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 5, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 10, 25, 6, 0, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_reminders_go_out_from_seven_on_swedish_clocks_summer_and_winter(moment: datetime, day: date) -> None:
    assert rules.send_from(moment) == day


DUE = date(2027, 1, 1)
WEEKLY = a_rule(remind_days=[7])


def a_reminder(**changed: Any) -> Reminder:
    return Reminder(send_on=DUE - timedelta(days=7), recipient_id=1, **changed)


@pytest.mark.parametrize(
    ("duty", "rule", "recipients", "reason"),
    [
        (a_duty(DUE), WEEKLY, {1, 2}, None),
        (a_duty(DUE, done_at=NOON), WEEKLY, {1}, "Redan klar"),
        (a_duty(DUE, cancelled_at=NOON, cancel_reason="mötet flyttas"), WEEKLY, {1}, "mötet flyttas"),
        (a_duty(DUE), None, {1}, "Regeln har ändrats"),
        (a_duty(DUE), a_rule(remind_days=[6]), {1}, "Regeln har ändrats"),
        (a_duty(DUE), WEEKLY, {2}, "Mottagaren har inte längre uppdraget"),
    ],
)
def test_a_reminder_is_passed_over_when_its_reason_is_gone(
    duty: Duty, rule: DutyRule | None, recipients: set[int], reason: str | None
) -> None:
    assert rules.reason_to_skip(duty, a_reminder(), rule, recipients) == reason


def test_a_reminder_stands_where_its_letter_stands() -> None:
    sent, failed = Letter(sent_at=NOON, failed_at=None), Letter(sent_at=None, failed_at=NOON)
    assert rules.reminder_state(a_reminder(), None) is ReminderState.PLANNED
    assert rules.reminder_state(a_reminder(), "Redan klar") is ReminderState.SKIPPED
    assert rules.reminder_state(a_reminder(skipped_at=NOON), "x") is ReminderState.SKIPPED
    assert rules.reminder_state(a_reminder(queued_at=NOON, letter=Letter()), None) is ReminderState.QUEUED
    assert rules.reminder_state(a_reminder(queued_at=NOON, letter=sent), None) is ReminderState.SENT
    assert rules.reminder_state(a_reminder(queued_at=NOON, letter=failed), None) is ReminderState.FAILED
