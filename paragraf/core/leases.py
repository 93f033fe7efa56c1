"""Rows that wait for work outside any transaction (letters, conversions): law 9's claim, in one place.

To take a row is to push its ``next_attempt_at`` ahead, on the condition that it is still due: of two workers one
succeeds. If the worker dies, the moment comes and the row is tried again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from paragraf.core.database import OfAssociation, UtcDateTime

#: How long a worker may keep a row before another takes it for dead.
LEASE = timedelta(minutes=10)
#: A worker starts on no further row of its batch after so many seconds, so that each is done within its lease.
BATCH_SECONDS = 240


class AwaitsWork(OfAssociation):
    """Mixin: the row is a piece of work for a worker."""

    #: When a worker looks at it; None when it is done with.
    next_attempt_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: What the latest attempt met; empty when it went well.
    error: Mapped[str] = mapped_column(String(500), default="")


class Claim(NamedTuple):
    """A row that is ours until a moment; ``attempts`` counts this attempt too."""

    row_id: int
    until: datetime
    attempts: int


def due(session: Session, kind: type[AwaitsWork], *, now: datetime, limit: int) -> list[int]:
    """Ids of rows whose moment has come, those that have waited longest first."""
    wanted = select(kind.id).where(kind.next_attempt_at <= now).order_by(kind.next_attempt_at, kind.id)
    return list(session.scalars(wanted.limit(limit)))


def claim(session: Session, kind: type[AwaitsWork], row_id: int, *, now: datetime) -> Claim | None:
    """Take the row and count an attempt; None if another worker was faster. Commit before the work begins."""
    until = now + LEASE
    taken = session.execute(
        update(kind)
        .where(kind.id == row_id, kind.next_attempt_at <= now)
        .values(next_attempt_at=until, attempts=kind.attempts + 1)
        .returning(kind.attempts)
    ).first()
    return Claim(row_id, until, taken[0]) if taken else None


def settle(session: Session, kind: type[AwaitsWork], claim: Claim, **values: Any) -> None:
    """Write how the attempt ended, unless the lease has run out and another worker has the row."""
    session.execute(update(kind).where(kind.id == claim.row_id, kind.next_attempt_at == claim.until).values(**values))


def put_off(session: Session, kind: type[AwaitsWork], *, now: datetime, until: datetime, error: str) -> None:
    """Let every due row wait: what they all need is missing, which counts as no attempt of theirs."""
    session.execute(update(kind).where(kind.next_attempt_at <= now).values(next_attempt_at=until, error=error))
