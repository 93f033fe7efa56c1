"""The timetable, jobs that go on after a failure, and waiting for a database of the right shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from paragraf import all_models
from paragraf.core import heartbeat, migrating
from paragraf.core.database import Database
from paragraf.core.settings import Settings
from paragraf.duties.models import Anchor
from paragraf.duties.operations import adopt_standard_rules, plan
from paragraf.duties.rules import Event
from paragraf.people.models import Capacity, Mandate
from paragraf.post import queries
from paragraf.post.transports import MailboxTransport
from scheduler import jobs, standing
from tests.parts.world import NOW, SINCE, World


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    """A database without tables."""
    database = Database(Settings(data=tmp_path, secret_key="x"))
    yield database
    database.dispose()


def patience(times: int, database: Database | None = None) -> tuple[list[float], Callable[[float], bool]]:
    """How often it was waited; gives up after ``times``, or lets the database be upgraded at the last wait."""
    waited: list[float] = []

    def wait(seconds: float) -> bool:
        waited.append(seconds)
        if database is not None and len(waited) == times:
            migrating.upgrade(database.engine, all_models.metadata)
        return database is None and len(waited) == times

    return waited, wait


def test_every_job_runs_once_however_late_and_never_beside_itself(database: Database) -> None:
    clockwork = standing.build(database, MailboxTransport())
    clockwork.start(paused=True)
    try:
        found = {job.id: job for job in clockwork.get_jobs()}
    finally:
        clockwork.shutdown()
    seconds = {name: job.trigger.interval.total_seconds() for name, job in found.items()}
    assert seconds == {
        "heartbeat": 10,
        "deliver_letters": 2,
        "convert_documents": 2,
        "make_previews": 2,
        "index_verified": 5,
        "keep_notices": 300,
        "keep_up_duties": 900,
        "queue_reminders": 30,
        "remind_applicants": 30,
    }
    for job in found.values():
        assert (job.coalesce, job.misfire_grace_time, job.max_instances) == (True, None, 1)


def test_the_heart_beats_oftener_than_silence_is_noticed() -> None:
    seconds, _ = standing.timetable(None, None, lambda: NOW)["heartbeat"]  # type: ignore[arg-type]
    assert timedelta(seconds=3 * seconds) < heartbeat.SILENT_AFTER


def test_a_job_that_fails_is_told_and_does_not_end_the_clock(caplog: pytest.LogCaptureFixture) -> None:
    def fails() -> None:
        raise RuntimeError("trasigt")

    standing.going_on("deliver_letters", fails)
    assert "job deliver_letters failed" in caplog.text
    assert "trasigt" in caplog.text


def test_an_error_from_the_database_does_not_tell_what_was_written(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    def writes_a_code() -> None:
        with world.database.writing() as session:
            session.add(all_models.post.Letter(association_id=world.north.id, body="koden är 654321"))

    standing.going_on("try", writes_a_code)
    assert "job try failed" in caplog.text
    assert "654321" not in caplog.text


def test_a_ready_database_is_not_waited_for(database: Database) -> None:
    waited, wait = patience(1)
    assert standing.wait_until_ready(database, wait)
    assert waited == []


def test_an_old_database_is_waited_for_and_told_once(empty: Database, caplog: pytest.LogCaptureFixture) -> None:
    waited, wait = patience(3, empty)
    assert standing.wait_until_ready(empty, wait)
    assert len(waited) == 3
    assert caplog.text.count("run: paragraf db upgrade") == 1


def test_waiting_ends_when_asked_to_stop(empty: Database) -> None:
    waited, wait = patience(2)
    assert not standing.wait_until_ready(empty, wait)
    assert len(waited) == 2


def test_a_database_out_of_reach_is_waited_for(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    database = Database(Settings(data=tmp_path / "nowhere", secret_key="x"))
    _, wait = patience(1)
    assert not standing.wait_until_ready(database, wait)
    database.dispose()
    assert "cannot be reached" in caplog.text


def test_the_heartbeat_is_written_at_the_travelled_time(database: Database) -> None:
    jobs.beat(database, lambda: NOW)
    with database.reading() as session:
        assert heartbeat.last(session, jobs.HEARTBEAT) == NOW


def plan_meeting(world: World) -> None:
    """A meeting ten days ahead, of which chair and secretary are reminded seven days and one day before."""
    day = NOW.date() + timedelta(days=10)
    with world.database.writing() as session:
        adopt_standard_rules(session, world.north.id, valid_from=SINCE)
        ids = (world.north.board.id,)
        plan(session, Event(world.north.id, Anchor.MEETING, "meeting", 1, day, "Styrelsen", body_ids=ids), now=NOW)


def recipients(world: World) -> list[str]:
    with world.database.reading() as session:
        return sorted(letter.to_address for letter in queries.letters(session, world.north.id))


def test_reminders_become_letters_which_are_delivered_on_their_day(world: World) -> None:
    plan_meeting(world)
    both = sorted([world.north.chair.email, world.north.secretary.email])
    for days, queued, told in ((2, 0, []), (3, 2, both), (3, 0, both), (9, 2, sorted(both * 2))):
        at = NOW + timedelta(days=days)
        assert jobs.queue_reminders(world.database, lambda at=at: at) == queued  # type: ignore[misc]
        assert jobs.deliver_letters(world.database, lambda at=at: at, MailboxTransport()).sent == queued  # type: ignore[misc]
        assert recipients(world) == told


def test_a_new_chair_is_reminded_too(world: World) -> None:
    plan_meeting(world)
    with world.database.writing() as session:
        session.get_one(Mandate, world.north.mandates["chair"].id).ends_on = NOW.date()
        session.get_one(Mandate, world.north.mandates["member"].id).capacity = Capacity.CHAIR
    tomorrow = NOW + timedelta(days=1)
    assert jobs.keep_up_duties(world.database, lambda: tomorrow) > 0
    assert jobs.keep_up_duties(world.database, lambda: tomorrow) == 0
    in_time = NOW + timedelta(days=3)
    jobs.queue_reminders(world.database, lambda: in_time)
    assert recipients(world) == sorted([world.north.member.email, world.north.secretary.email])


def test_reminders_are_queued_until_none_is_left(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [100, 100, 7, 99]
    monkeypatch.setattr(jobs, "queue_due_reminders", lambda session, *, now, limit: left.pop(0))
    assert jobs.queue_reminders(database, lambda: NOW) == 207
    assert left == [99]


def test_without_a_transport_letters_wait(world: World) -> None:
    assert jobs.deliver_letters(world.database, lambda: NOW, None).sent == 0
