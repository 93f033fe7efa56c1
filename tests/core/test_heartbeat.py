"""Signs of life are kept one for each name, also when two processes begin at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from paragraf.core import heartbeat
from paragraf.core.database import Database
from paragraf.core.heartbeat import Heartbeat
from tests.parts.world import NOW

LATER = NOW + timedelta(seconds=10)


def beat(database: Database, name: str, now: datetime) -> None:
    with database.writing() as session:
        heartbeat.beat(session, name, now)


def last(database: Database, name: str) -> datetime | None:
    with database.reading() as session:
        return heartbeat.last(session, name)


def test_who_was_never_heard_has_no_moment(database: Database) -> None:
    assert last(database, "scheduler") is None


def test_the_latest_moment_counts(database: Database) -> None:
    beat(database, "scheduler", NOW)
    beat(database, "scheduler", LATER)
    beat(database, "other", NOW)
    assert last(database, "scheduler") == LATER


def test_a_session_that_has_read_it_sees_the_next_one(database: Database) -> None:
    with database.writing() as session:
        heartbeat.beat(session, "scheduler", NOW)
        assert heartbeat.last(session, "scheduler") == NOW
        heartbeat.beat(session, "scheduler", LATER)
        assert heartbeat.last(session, "scheduler") == LATER


def test_many_first_beats_at_once_make_one_row(database: Database) -> None:
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _n: beat(database, "scheduler", NOW), range(12)))
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Heartbeat)) == 1


@pytest.mark.parametrize(
    ("at", "alive"),
    [(None, False), (NOW, True), (NOW - timedelta(seconds=60), True), (NOW - timedelta(seconds=61), False)],
)
def test_silence_means_gone(at: datetime | None, alive: bool) -> None:
    assert heartbeat.is_alive(at, NOW) is alive
