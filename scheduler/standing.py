"""The timetable: which job wakes how often.

It holds no truth (law 9); a missed hour or a second scheduler is harmless.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.exc import SQLAlchemyError

from paragraf.core import clock, migrating
from paragraf.core.database import Database
from paragraf.core.traces import trace_of
from paragraf.post.transports import Transport
from scheduler import jobs

logger = logging.getLogger(__name__)

Job = Callable[[], object]
_READY_PAUSE_SECONDS = 2.0


def timetable(database: Database, transport: Transport | None, now: jobs.Clock) -> dict[str, tuple[int, Job]]:
    """For each job: how many seconds apart it wakes, and what it calls."""
    return {
        "heartbeat": (10, partial(jobs.beat, database, now)),
        "deliver_letters": (2, partial(jobs.deliver_letters, database, now, transport)),
        "convert_documents": (2, partial(jobs.convert_documents, database, now)),
        "make_previews": (2, partial(jobs.make_previews, database, now)),
        "keep_up_duties": (15 * 60, partial(jobs.keep_up_duties, database, now)),
        "keep_notices": (5 * 60, partial(jobs.keep_notices, database, now)),
        "index_verified": (5, partial(jobs.index_verified, database, now)),
        "queue_reminders": (30, partial(jobs.queue_reminders, database, now)),
        "remind_applicants": (30, partial(jobs.remind_applicants, database, now)),
    }


def build(database: Database, transport: Transport | None, now: jobs.Clock = clock.now) -> BackgroundScheduler:
    """A scheduler with all jobs, each to run at once when it starts and then by the timetable.

    A job that is late runs once, however much it has missed, and never beside itself. It ticks in the background, so
    that the main thread can listen for signals: raising out of its blocking kind may be swallowed by its own loop.
    """
    scheduler = BackgroundScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
    )
    for name, (seconds, job) in timetable(database, transport, now).items():
        scheduler.add_job(going_on, "interval", args=(name, job), seconds=seconds, id=name, next_run_time=clock.now())
    return scheduler


def going_on(name: str, job: Job) -> None:
    """Run the job; what it raises is logged, and its next turn comes all the same."""
    try:
        job()
    except Exception as error:
        logger.error("job %s failed and will run again\n%s", name, trace_of(error))


def wait_until_ready(database: Database, stop_asked: Callable[[float], bool]) -> bool:
    """Wait until the database has the shape that this program expects; each reason for waiting is told once.

    ``stop_asked(seconds)`` waits for so long and says whether to give up; then the answer is False.
    """
    told = None
    while (reason := _hindrance(database)) is not None:
        if reason != told:
            logger.warning("waiting for the database: %s", reason)
            told = reason
        if stop_asked(_READY_PAUSE_SECONDS):
            return False
    return True


def _hindrance(database: Database) -> str | None:
    try:
        found = migrating.current(database.engine)
    except SQLAlchemyError as error:
        return f"it cannot be reached ({type(error).__name__})"
    expected = migrating.newest()
    if found == expected:
        return None
    return f"it is at migration {found or 'none'}, this program expects {expected}; run: paragraf db upgrade"
