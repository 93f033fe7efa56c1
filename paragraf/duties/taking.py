"""Taking reminders whose day has come: law 9's claim, for those to the association's people and those to applicants."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from paragraf.duties.rules import send_from

Row = TypeVar("Row")


def take_due(session: Session, kind: type[Row], *with_them: Any, now: datetime, limit: int) -> Sequence[Row]:
    """Take up to ``limit`` rows of the kind that wait and are due, and mark them as queued.

    ``kind`` has the columns ``association_id``, ``send_on``, ``queued_at`` and ``skipped_at``; ``with_them`` are
    relationships to load. The caller writes the letters in the same transaction: after a crash neither has happened.
    """
    columns: Any = kind
    waiting = (columns.queued_at.is_(None), columns.skipped_at.is_(None))
    due = (
        select(columns.id)
        .where(*waiting, columns.send_on <= send_from(now))
        .order_by(columns.send_on, columns.id)
        .limit(limit)
        # A second scheduler passes by what the first is holding instead of waiting for it.
        .with_for_update(skip_locked=True)
    )
    # Two statements: PostgreSQL may run a subquery with LIMIT more than once within one UPDATE, and take too many.
    seen = session.scalars(due).all()
    # The conditional update decides: of two schedulers that saw the same row, one gets it back.
    ids = session.scalars(
        update(kind).where(columns.id.in_(seen), *waiting).values(queued_at=now).returning(columns.id),
        execution_options={"synchronize_session": False},
    ).all()
    # Read anew after taking: what it reminds of may have been done since it was planned.
    taken = (
        select(kind)
        .where(columns.id.in_(ids))
        .options(*(joinedload(one) for one in with_them))
        # By association first: two schedulers then lock the heads of the logs in the same order, never crosswise.
        .order_by(columns.association_id, columns.send_on, columns.id)
        .execution_options(populate_existing=True)
    )
    return session.scalars(taken).all()
