"""What is found. Every question starts from an association (law 11)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    bindparam,
    column,
    func,
    literal_column,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.orm import Session

from paragraf.search.models import EntryKind, SearchAmount, SearchEntry
from paragraf.search.rules import Question, for_fts5, for_postgresql

#: SQLite's index, which a migration makes.
_INDEX = table("search_index", column("rowid", Integer))
#: Entries of one day: more than the association will ever have, and the id still fits in 64 bits.
_OF_A_DAY = 1_000_000
PAGE = 20


def first_id_of(day: date, *, after: bool = False) -> int:
    """The least id that an entry of the day has; ``after``: the least that is of a later one."""
    return (day.toordinal() + after) * _OF_A_DAY


@dataclass(frozen=True)
class Wanted:
    """What is looked for: a question of words and marks, and what narrows it. None: no matter."""

    question: Question
    kinds: tuple[EntryKind, ...] = (EntryKind.ITEM, EntryKind.ATTACHMENT)
    body_id: int | None = None
    year: int | None = None
    #: Öre.
    least: int | None = None
    most: int | None = None


class Entry(NamedTuple):
    """One thing that was found."""

    id: int
    kind: EntryKind
    subject_id: int
    meeting_id: int
    item_id: int
    body_id: int
    day: date
    label: str
    heading: str
    text: str


@dataclass(frozen=True)
class Found:
    """A page of what was found, the newest first. How many there are in all is not counted: that costs as much as
    finding them."""

    entries: tuple[Entry, ...]
    #: The place of the first of them among all, 1 first.
    first: int
    is_more: bool


def find(session: Session, association_id: int, wanted: Wanted, *, page: int = 1) -> Found:
    """The entries that are wanted, 20 a page; ``page`` 1 first."""
    postgresql = session.get_bind().dialect.name == "postgresql"
    values = _values(wanted, postgresql=postgresql)
    names = frozenset(values)
    skipped = (page - 1) * PAGE
    values |= {"association_id": association_id, "skipped": skipped}
    # By the connection: the session would look for objects in what are only lines.
    rows = session.connection().execute(_statement(names, wanted.kinds, postgresql), values).all()
    return Found(tuple(Entry(*row) for row in rows[:PAGE]), skipped + 1, len(rows) > PAGE)


def _values(wanted: Wanted, *, postgresql: bool) -> dict[str, Any]:
    """What narrows, by the name it has in the statement; what does not narrow is not there."""
    question, year = wanted.question, wanted.year
    values = {
        "question": None if question.is_empty else (for_postgresql if postgresql else for_fts5)(question),
        "body_id": wanted.body_id,
        "from_id": first_id_of(date(year, 1, 1)) if year else None,
        "to_id": first_id_of(date(year, 12, 31), after=True) if year else None,
        "least": wanted.least,
        "most": wanted.most,
    }
    return {name: value for name, value in values.items() if value is not None}


# Built once for each sort of question: building costs more than asking.
@lru_cache(maxsize=256)
def _statement(names: frozenset[str], kinds: tuple[EntryKind, ...], postgresql: bool) -> Select[Any]:
    columns = [SearchEntry.__table__.c[name] for name in Entry._fields]
    conditions = [SearchEntry.association_id == bindparam("association_id"), *_narrowed(names, kinds)]
    skipped: BindParameter[int] = bindparam("skipped")
    if "question" in names and not postgresql:
        # The index gives its rows in the order of the id, newest first, and stops when there are enough.
        found = select(*columns).join_from(_INDEX, SearchEntry, SearchEntry.id == _INDEX.c.rowid)
        matching = found.where(text("search_index MATCH :question"), *conditions)
        return matching.order_by(_INDEX.c.rowid.desc()).limit(PAGE + 1).offset(skipped)
    if "question" in names:
        asked = func.to_tsquery(literal_column("'simple'::regconfig"), bindparam("question"))
        conditions.append(SearchEntry.terms.op("@@")(asked))
    # The ids first, so that what is sorted and skipped is narrow.
    chosen = select(SearchEntry.id).where(*conditions).order_by(SearchEntry.id.desc())
    ids = chosen.limit(PAGE + 1).offset(skipped).subquery()
    return select(*columns).join_from(ids, SearchEntry, SearchEntry.id == ids.c.id).order_by(ids.c.id.desc())


def _narrowed(names: frozenset[str], kinds: tuple[EntryKind, ...]) -> Iterator[ColumnElement[bool]]:
    if set(kinds) != set(EntryKind):
        # Not IN: its list is written into the statement anew at every question.
        yield or_(*(SearchEntry.kind == kind for kind in kinds))
    if "body_id" in names:
        yield SearchEntry.body_id == bindparam("body_id")
    if "from_id" in names:
        yield SearchEntry.id.between(bindparam("from_id"), bindparam("to_id") - 1)
    amounts = [
        *([SearchAmount.ore >= bindparam("least")] if "least" in names else []),
        *([SearchAmount.ore <= bindparam("most")] if "most" in names else []),
    ]
    if amounts:
        yield SearchEntry.id.in_(select(SearchAmount.entry_id).where(*amounts))
