"""Reminders go out: on their day, once, whoever wakes and however late."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core import clock, log
from paragraf.core.dates import utc_moment
from paragraf.duties import operations
from paragraf.duties.models import DutyRule, Reminder
from paragraf.duties.operations import queue_due_reminders
from paragraf.duties.rules import Event
from paragraf.people.models import Mandate, Person
from paragraf.post.models import Letter
from tests.parts.world import NOW, World

#: The revision's reminders: notice on 1 November 2026, decision on 31 December; chair and secretary each.
REVISION_DAYS = [date(2026, 10, 2), date(2026, 10, 2), date(2026, 10, 18), date(2026, 10, 29), date(2026, 12, 1)]


def at(day: date, hour: int = 9) -> datetime:
    return utc_moment(day, time(hour))


def queue(world: World, now: datetime, limit: int = 100) -> int:
    with world.database.writing() as session:
        return queue_due_reminders(session, now=now, limit=limit)


def letters(world: World) -> list[Letter]:
    with world.database.reading() as session:
        return list(session.scalars(select(Letter).order_by(Letter.id)))


def reminders(world: World) -> list[Reminder]:
    with world.database.reading() as session:
        return list(session.scalars(select(Reminder).order_by(Reminder.send_on, Reminder.id)))


# --- on its day, once -----------------------------------------------------------------------------------------------


def test_nothing_goes_out_before_its_day_nor_before_seven(planned: World) -> None:
    first = REVISION_DAYS[0]
    assert queue(planned, at(first - timedelta(days=1), 23)) == 0
    assert queue(planned, at(first, 6)) == 0
    assert queue(planned, at(first, 7)) == 4
    assert len(letters(planned)) == 4


def test_what_has_gone_out_does_not_go_out_again(planned: World) -> None:
    day = REVISION_DAYS[0]
    queue(planned, at(day))
    assert queue(planned, at(day)) == 0
    assert queue(planned, at(day, 23)) == 0
    assert len(letters(planned)) == 4


def test_each_reminder_has_its_letter_and_the_log_tells_why(planned: World) -> None:
    queue(planned, at(REVISION_DAYS[0]))
    queued = [reminder for reminder in reminders(planned) if reminder.queued_at]
    assert sorted(reminder.letter_id or 0 for reminder in queued) == [letter.id for letter in letters(planned)]
    assert {letter.key for letter in letters(planned)} == {f"reminder-{reminder.id}" for reminder in queued}
    with planned.database.reading() as session:
        told = session.scalars(select(log.LogEntry).where(log.LogEntry.verb == "remind")).all()
        assert {entry.details["reminder"] for entry in told} == {reminder.id for reminder in queued}
        assert list(log.broken_links(session, planned.north.id)) == []


def test_a_missed_month_is_made_up_for_in_order_and_nothing_is_lost(planned: World) -> None:
    assert queue(planned, at(date(2026, 11, 20))) == 8
    assert queue(planned, at(date(2026, 12, 1))) == 2
    assert [reminder.send_on for reminder in reminders(planned) if reminder.queued_at] == sorted(REVISION_DAYS * 2)


def test_a_clock_set_back_sends_nothing_twice(planned: World) -> None:
    queue(planned, at(REVISION_DAYS[0]))
    assert queue(planned, at(REVISION_DAYS[0] - timedelta(days=40))) == 0
    assert queue(planned, at(REVISION_DAYS[0])) == 0


def test_a_crash_before_the_commit_leaves_everything_to_the_next(planned: World) -> None:
    day = at(REVISION_DAYS[0])
    with planned.database.new_session(writes=True) as session:
        assert queue_due_reminders(session, now=day, limit=100) == 4
        # Closed without a commit, as when the process dies.
    assert letters(planned) == []
    assert queue(planned, day) == 4


def test_a_limit_is_kept_and_the_rest_comes_next(planned: World) -> None:
    day = at(date(2026, 12, 31))
    assert [queue(planned, day, limit=4) for _ in range(4)] == [4, 4, 2, 0]
    assert len({letter.key for letter in letters(planned)}) == 10


def test_two_schedulers_at_once_send_each_reminder_once(planned: World) -> None:
    day = at(date(2026, 12, 31))
    together = threading.Barrier(4)
    taken: list[int] = []

    def wake() -> None:
        together.wait()
        for _ in range(4):
            taken.append(queue(planned, day, limit=3))

    threads = [threading.Thread(target=wake) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(taken) == 10
    assert len({letter.key for letter in letters(planned)}) == len(letters(planned)) == 10


def test_time_travelled_through_a_year_sends_every_reminder_on_its_day(planned: World) -> None:
    sent: list[date] = []
    with time_machine.travel(at(date(2026, 9, 1)), tick=False) as traveller:
        for _ in range(130):
            sent += [clock.now().date()] * queue(planned, clock.now())
            traveller.shift(timedelta(days=1))
    assert sent == sorted(REVISION_DAYS * 2)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(awake=st.sets(st.integers(0, 120), max_size=40))
def test_whenever_a_scheduler_is_awake_each_reminder_goes_out_at_the_first_chance(
    planned: World, awake: set[int]
) -> None:
    days = [date(2026, 9, 15) + timedelta(days=number) for number in sorted(awake)]
    expected = sorted(next((day for day in days if day >= due), date.max) for due in REVISION_DAYS * 2)
    with planned.database.new_session(writes=True) as session:
        sent = [day for day in days for _ in range(queue_due_reminders(session, now=at(day), limit=100))]
        session.rollback()
    assert sent == [day for day in expected if day != date.max]


# --- read again before acting ---------------------------------------------------------------------------------------


def skipped(world: World) -> set[str | None]:
    return {reminder.skip_reason for reminder in reminders(world) if reminder.skipped_at}


def change(world: World, act: Callable[[Session], object]) -> None:
    with world.database.writing() as session:
        act(session)


def end_duties(session: Session, revision: Event) -> None:
    operations.cancel(
        session,
        association_id=revision.association_id,
        subject=revision.subject,
        subject_id=revision.subject_id,
        reason="Den har upphört",
        now=NOW,
        actor="Sonja Ekvall",
    )


def finish_window(session: Session, revision: Event) -> None:
    operations.finish(
        session,
        association_id=revision.association_id,
        rule_key="notice_window",
        subject=revision.subject,
        subject_id=revision.subject_id,
        now=NOW,
        actor="Sonja Ekvall",
    )


def test_a_duty_that_is_done_reminds_nobody(planned: World, revision: Event) -> None:
    change(planned, lambda session: finish_window(session, revision))
    assert queue(planned, at(date(2026, 11, 1))) == 8
    assert {letter.kind for letter in letters(planned)} == {"agreement_revision"}
    assert skipped(planned) == {"Redan klar"}


def test_a_duty_that_is_cancelled_reminds_nobody(planned: World, revision: Event) -> None:
    change(planned, lambda session: end_duties(session, revision))
    assert queue(planned, at(date(2026, 12, 31))) == 10
    assert letters(planned) == []
    assert skipped(planned) == {"Den har upphört"}


def test_a_passed_over_reminder_is_neither_queued_nor_asked_about_again(planned: World, revision: Event) -> None:
    change(planned, lambda session: end_duties(session, revision))
    queue(planned, at(date(2026, 12, 31)))
    assert queue(planned, at(date(2026, 12, 31))) == 0
    assert all(reminder.queued_at is None for reminder in reminders(planned))


def test_a_chair_who_has_stepped_down_is_passed_over(planned: World) -> None:
    def step_down(session: Session) -> None:
        session.get_one(Mandate, planned.north.mandates["chair"].id).ends_on = date(2026, 10, 1)

    change(planned, step_down)
    queue(planned, at(REVISION_DAYS[0]))
    assert {letter.to_name for letter in letters(planned)} == {planned.north.secretary.name}
    assert skipped(planned) == {"Mottagaren har inte längre uppdraget"}


def test_a_person_who_has_left_is_passed_over(planned: World) -> None:
    def leave(session: Session) -> None:
        session.get_one(Person, planned.north.chair.id).left_on = date(2026, 10, 2)

    change(planned, leave)
    queue(planned, at(REVISION_DAYS[0]))
    assert {letter.to_address for letter in letters(planned)} == {planned.north.secretary.email}


def test_a_rule_that_no_longer_has_the_day_sends_nothing_on_it(planned: World) -> None:
    def loosen(session: Session) -> None:
        for rule in session.scalars(select(DutyRule)):
            rule.remind_days = [3]

    change(planned, loosen)
    queue(planned, at(date(2026, 12, 31)))
    assert [letter.kind for letter in letters(planned)] == ["notice_window", "notice_window"]
    assert skipped(planned) == {"Regeln har ändrats"}


def test_one_address_that_cannot_be_used_stops_nobody_else(planned: World) -> None:
    def spoil(session: Session) -> None:
        session.get_one(Person, planned.north.chair.id).email = "ingen adress"

    change(planned, spoil)
    assert queue(planned, at(REVISION_DAYS[0])) == 4
    assert sorted(letter.failed_at is None for letter in letters(planned)) == [False, False, True, True]
