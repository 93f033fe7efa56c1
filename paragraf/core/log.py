"""The log: who did what to which thing, when. Each association's entries form a chain of hashes.

Altering, removing or reordering an entry breaks the chain at that entry; cutting off the end is caught by the head.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from paragraf.core.database import Base, Json, OfAssociation, UtcDateTime

START = "0" * 64


class LogHead(Base):
    """The last link of an association's chain; locked while an entry is added."""

    __tablename__ = "log_head"
    association_id: Mapped[int] = mapped_column(ForeignKey("association.id"), primary_key=True)
    sequence: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


class LogEntry(OfAssociation, Base):
    """One act. Rows are only added; the database refuses to change or delete them."""

    __tablename__ = "log_entry"
    __table_args__ = (UniqueConstraint("association_id", "sequence"),)
    sequence: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(200))
    verb: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[int | None]
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"), index=True)
    details: Mapped[dict[str, Any]] = mapped_column(Json)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


def record(
    session: Session,
    association_id: int,
    verb: str,
    subject: str,
    subject_id: int | None = None,
    *,
    now: datetime,
    actor: str,
    matter_id: int | None = None,
    **details: Any,
) -> LogEntry:
    """Add an entry in the caller's transaction. ``details`` must be JSON values and hold no secret."""
    head = _lock_head(session, association_id)
    entry = LogEntry(
        association_id=association_id,
        sequence=head.sequence + 1,
        at=now,
        actor=actor,
        verb=verb,
        subject=subject,
        subject_id=subject_id,
        matter_id=matter_id,
        details=details,
        previous_hash=head.hash,
    )
    entry.hash = entry_hash(entry)
    head.sequence, head.hash = entry.sequence, entry.hash
    session.add(entry)
    session.flush()
    return entry


def entry_hash(entry: LogEntry) -> str:
    """SHA-256 over the previous hash and every field, in one canonical JSON spelling."""
    told = {
        "association_id": entry.association_id,
        "sequence": entry.sequence,
        "at": entry.at.astimezone(UTC).isoformat(),
        "actor": entry.actor,
        "verb": entry.verb,
        "subject": entry.subject,
        "subject_id": entry.subject_id,
        "matter_id": entry.matter_id,
        "details": entry.details,
        "previous_hash": entry.previous_hash,
    }
    return sha256(json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def broken_links(session: Session, association_id: int) -> Iterator[str]:
    """What is wrong with the association's chain, first fault first; nothing when it holds."""
    previous, sequence = START, 0
    for entry in session.scalars(
        select(LogEntry).where(LogEntry.association_id == association_id).order_by(LogEntry.sequence)
    ):
        sequence += 1
        if entry.sequence != sequence:
            yield f"entry {sequence} is missing (found {entry.sequence})"
            return
        if entry.previous_hash != previous or entry.hash != entry_hash(entry):
            yield f"entry {sequence} does not match its hash"
            return
        previous = entry.hash
    head = session.get(LogHead, association_id)
    if (head.sequence, head.hash) != (sequence, previous) if head else sequence:
        yield f"the chain ends at entry {sequence}, the head says {head.sequence if head else 'nothing'}"


def hold(session: Session, association_id: int) -> None:
    """Take the head's lock ahead of another one, so that all acts take the two in the same order."""
    _lock_head(session, association_id)


def _lock_head(session: Session, association_id: int) -> LogHead:
    # FOR UPDATE: two acts in the same association must link one after the other, never to the same head.
    head = session.scalar(
        select(LogHead).where(LogHead.association_id == association_id).with_for_update(),
        execution_options={"populate_existing": True},
    )
    if head is None:
        head = LogHead(association_id=association_id, sequence=0, hash=START)
        session.add(head)
        session.flush()
    return head
