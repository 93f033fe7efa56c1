"""Verbs of the search room: put something into the index; read the attachments that wait to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session

from paragraf.register import queries as register
from paragraf.search import reading
from paragraf.search.models import EntryKind, SearchAmount, SearchEntry
from paragraf.search.queries import first_id_of
from paragraf.search.words import stems

#: Signs of one entry that are looked for. PostgreSQL keeps at most a megabyte of stems for a row.
LONGEST_TEXT = 300_000


@dataclass(frozen=True)
class NewEntry:
    """Something to be found, as the room that has it tells it."""

    kind: EntryKind
    subject_id: int
    meeting_id: int
    item_id: int
    body_id: int
    day: date
    label: str
    heading: str
    text: str = ""
    #: ``words.mark``: what one may choose by besides words, such as a verb or a person.
    marks: tuple[str, ...] = ()
    #: Öre.
    amounts: tuple[int, ...] = ()
    #: A document whose text is read afterwards (``read_waiting``).
    document_id: int | None = None


def add(session: Session, association_id: int, new: Sequence[NewEntry], *, now: datetime) -> None:
    """Put the entries into the index. The database refuses one whose kind and subject are there already."""
    following: dict[date, int] = {}
    for one in new:
        entry_id = following.get(one.day) or _next_id(session, one.day)
        following[one.day] = entry_id + 1
        session.add(_entry(session, association_id, one, entry_id, now))
        session.flush()
        session.add_all(
            SearchAmount(association_id=association_id, entry_id=entry_id, ore=ore) for ore in set(one.amounts)
        )
    session.flush()


def _entry(session: Session, association_id: int, one: NewEntry, entry_id: int, now: datetime) -> SearchEntry:
    text = one.text[:LONGEST_TEXT]
    return SearchEntry(
        id=entry_id,
        association_id=association_id,
        kind=one.kind,
        subject_id=one.subject_id,
        meeting_id=one.meeting_id,
        item_id=one.item_id,
        body_id=one.body_id,
        day=one.day,
        label=one.label,
        heading=one.heading,
        text=text,
        terms=_terms(session, f"{one.label} {one.heading}\n{text}", one.marks),
        indexed_at=now,
        document_id=one.document_id,
    )


def _terms(session: Session, text: str, marks: Sequence[str]) -> Any:
    told = " ".join([stems(text), *marks])
    if session.get_bind().dialect.name == "postgresql":
        return func.to_tsvector(literal_column("'simple'::regconfig"), told)
    return told


def _next_id(session: Session, day: date) -> int:
    first = first_id_of(day)
    last = session.scalar(
        select(func.max(SearchEntry.id)).where(SearchEntry.id >= first, SearchEntry.id < first_id_of(day, after=True))
    )
    return first if last is None else last + 1


def read_waiting(session: Session, *, now: datetime, limit: int) -> int:
    """Read the text of documents that wait for it into their entries, at most ``limit``; how many were read.

    Not in the act that filed them: a long PDF takes seconds (law 2).
    """
    waiting = session.scalars(
        select(SearchEntry)
        .where(SearchEntry.document_id.is_not(None), SearchEntry.read_at.is_(None))
        .order_by(SearchEntry.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for entry in waiting:
        document = register.document(session, entry.association_id, entry.document_id or 0)
        entry.text = reading.text_of(document)[:LONGEST_TEXT]
        # Attachments are chosen by words, body and year only: they have no marks to keep.
        entry.terms = _terms(session, f"{entry.label} {entry.heading}\n{entry.text}", ())
        entry.read_at = now
    session.flush()
    return len(waiting)
