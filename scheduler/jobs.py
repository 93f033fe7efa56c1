"""The standing jobs. Each asks the rows what is due at ``now()``, does it, and returns what it did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.agreements.operations import plan_revisions
from paragraf.applications import reminding
from paragraf.chain import REMINDED
from paragraf.core import heartbeat
from paragraf.core.database import Database
from paragraf.duties.operations import keep_up, queue_due_reminders
from paragraf.minutes import indexing, notices
from paragraf.post.delivery import Delivery, deliver_due
from paragraf.post.transports import Transport
from paragraf.register.conversions import Conversions, convert_due
from paragraf.search import operations as search
from paragraf.templates.previews import make_due

Clock = Callable[[], datetime]

#: The name under which /healthz looks for this process.
HEARTBEAT = "scheduler"
_REMINDERS_AT_ONCE = 100
#: A PDF of many pages takes seconds, and the others wait to write meanwhile.
_READ_AT_ONCE = 1
_INDEXED_AT_ONCE = 5


def deliver_letters(database: Database, now: Clock, transport: Transport | None) -> Delivery:
    """Send what lies in the outbox; without a transport it stays there."""
    return deliver_due(database, now=now(), transport=transport) if transport else Delivery()


def convert_documents(database: Database, now: Clock) -> Conversions:
    """Make the PDFs that were asked for."""
    return convert_due(database, now=now())


def make_previews(database: Database, now: Clock) -> int:
    """Make the previews of templates that were asked for; how many."""
    return make_due(database, now=now())


def queue_reminders(database: Database, now: Clock) -> int:
    """Queue the letters of reminders whose day has come; how many reminders were dealt with."""
    return _all_due(database, lambda session, limit: queue_due_reminders(session, now=now(), limit=limit))


def remind_applicants(database: Database, now: Clock) -> int:
    """Queue the letters of applicants' reminders whose day has come; how many reminders were dealt with."""
    return _all_due(
        database, lambda session, limit: reminding.queue_due(session, writers=REMINDED, now=now(), limit=limit)
    )


def _all_due(database: Database, queue: Callable[[Session, int], int], at_once: int = _REMINDERS_AT_ONCE) -> int:
    dealt_with = 0
    while True:
        # Many short transactions: others must be able to write in between.
        with database.writing() as session:
            taken = queue(session, at_once)
        dealt_with += taken
        if taken < at_once:
            return dealt_with


def index_verified(database: Database, now: Clock) -> int:
    """Make what is verified findable, and read the attachments that wait to be read; how many were put in or read."""
    indexed = _all_due(
        database, lambda session, limit: indexing.index_verified(session, now=now(), limit=limit), _INDEXED_AT_ONCE
    )
    read = _all_due(
        database, lambda session, limit: search.read_waiting(session, now=now(), limit=limit), _READ_AT_ONCE
    )
    return indexed + read


def keep_up_duties(database: Database, now: Clock) -> int:
    """Bring open duties up to the day, such as to a new chair, and plan the revisions that have come in sight; how
    many changed."""
    with database.writing() as session:
        return keep_up(session, now=now()) + plan_revisions(session, now=now())


def keep_notices(database: Database, now: Clock) -> int:
    """Take down the notices whose time for appeal is out, and tell of those that a board lacks; how many came down.

    Each in a transaction of its own, which looks again under its lock: a second scheduler changes nothing.
    """
    taken_down = 0
    with database.reading() as session:
        found = notices.to_look_at(session, now=now())
    for association_id, notice_id in found:
        with database.writing() as session:
            taken_down += notices.come_down(session, association_id, notice_id, now=now())
            notices.watch(session, association_id, notice_id, now=now())
    return taken_down


def beat(database: Database, now: Clock) -> None:
    """Note that the scheduler is alive."""
    with database.writing() as session:
        heartbeat.beat(session, HEARTBEAT, now())
