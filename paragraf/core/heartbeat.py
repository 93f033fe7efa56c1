"""Signs of life: a process that nobody sees writes down, again and again, that it is running."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import String, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from paragraf.core.database import Base, UtcDateTime

#: A process that has not been heard for so long counts as gone.
SILENT_AFTER = timedelta(minutes=1)


class Heartbeat(Base):
    """When the process ``name`` was last alive. Belongs to the installation, not to an association."""

    __tablename__ = "heartbeat"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def beat(session: Session, name: str, now: datetime) -> None:
    """Note that ``name`` is alive. Two processes of one name may beat at the same time."""
    if _renew(session, name, now):
        return
    try:
        with session.begin_nested():
            session.add(Heartbeat(name=name, at=now))
    except IntegrityError:
        _renew(session, name, now)


def last(session: Session, name: str) -> datetime | None:
    """When ``name`` was last alive; None if it never was."""
    found = session.get(Heartbeat, name)
    return found.at if found else None


def is_alive(at: datetime | None, now: datetime) -> bool:
    """Whether a process last heard ``at`` still counts as running."""
    return at is not None and now - at <= SILENT_AFTER


def _renew(session: Session, name: str, now: datetime) -> bool:
    renewed = session.execute(update(Heartbeat).where(Heartbeat.name == name).values(at=now).returning(Heartbeat.name))
    return renewed.first() is not None
