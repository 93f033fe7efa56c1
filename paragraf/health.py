"""Is the house well? Database, scheduler, outbox and LibreOffice, each answered by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from paragraf.core import heartbeat, migrating
from paragraf.core.database import settings_of
from paragraf.post import queries as post
from paragraf.post.rules import ailment
from paragraf.word.pdf.making import find_office


@dataclass(frozen=True)
class Part:
    """One part of the house and what it says."""

    name: str
    well: bool
    says: str
    #: Whether the house is unwell without it; else some of its work waits and all the rest goes on.
    vital: bool = True


def examine(session: Session, *, now: datetime) -> list[Part]:
    """Every part; later parts are not asked when the database is away."""
    database = _database(session)
    if not database.well:
        return [database]
    return [database, _scheduler(session, now), _outbox(session, now), _office()]


def _database(session: Session) -> Part:
    try:
        found = migrating.current_of(session.connection())
    except (OperationalError, ProgrammingError) as error:
        return Part("database", False, f"does not answer: {type(error.orig).__name__}")
    expected = migrating.newest()
    if found != expected:
        return Part("database", False, f"is at migration {found}, the program expects {expected}: paragraf db upgrade")
    return Part("database", True, f"at migration {found}")


def _scheduler(session: Session, now: datetime) -> Part:
    last = heartbeat.last(session, "scheduler")
    if last is None:
        return Part("scheduler", False, "has never run: python -m scheduler")
    return Part("scheduler", heartbeat.is_alive(last, now), f"last seen {last.isoformat(timespec='seconds')}")


def _outbox(session: Session, now: datetime) -> Part:
    numbers = post.outbox_numbers(session, now)
    settings = settings_of(session)
    ill = ailment(numbers, now, has_transport=bool(settings.smtp_url or settings.demo))
    return Part("outbox", ill is None, ill or f"{numbers.waiting} waiting, {numbers.failed} failed")


def _office() -> Part:
    if find_office() is None:
        return Part(
            "office", False, "LibreOffice is missing, PDFs wait: apt-get install libreoffice-writer-nogui", False
        )
    return Part("office", True, "LibreOffice is installed", vital=False)
