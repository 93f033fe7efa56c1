"""What is found. Every question starts from an association (law 11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Integer, Select, column, func, literal_column, select, table, text
from sqlalchemy.orm import Session, undefer

from paragraf.search.models import EntryKind, SearchAmount, SearchEntry
from paragraf.search.rules import Question, for_fts5, for_postgresql

#: SQLite's index, which a migration makes.
_INDEX = table("search_index", column("rowid", Integer))
#: Entries of one day: more than the association will ever have, and the id still fits in 64 bits.
_OF_A_DAY = 1_000_000
PAGE = 20
#: So many are told by number; beyond them it is "more than".
COUNTED = 200


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


@dataclass(frozen=True)
class Found:
    """A page of what was found, the newest first."""

    entries: tuple[SearchEntry, ...]
    #: How many there are, up to ``COUNTED``.
    count: int
    is_more: bool


def find(session: Session, association_id: int, wanted: Wanted, *, page: int = 1) -> Found:
    """The entries that are wanted, 20 a page; ``page`` 1 first."""
    ids = list(session.scalars(found_ids(session, association_id, wanted).limit(COUNTED + 1)))
    shown = ids[:COUNTED][(page - 1) * PAGE : page * PAGE]
    return Found(_entries(session, shown), min(len(ids), COUNTED), len(ids) > COUNTED)


def found_ids(session: Session, association_id: int, wanted: Wanted) -> Select[int]:
    """The ids of what is wanted, the newest first: what the index is asked, and nothing else."""
    chosen = select(SearchEntry.id).where(SearchEntry.association_id == association_id, *_narrowed(wanted))
    if wanted.question.is_empty:
        return chosen.order_by(SearchEntry.id.desc())
    if session.get_bind().dialect.name == "postgresql":
        asked = func.to_tsquery(literal_column("'simple'::regconfig"), for_postgresql(wanted.question))
        return chosen.where(SearchEntry.terms.op("@@")(asked)).order_by(SearchEntry.id.desc())
    # The index gives its rows in the order of the id, newest first, and stops when there are enough.
    return (
        chosen.select_from(_INDEX)
        .join(SearchEntry, SearchEntry.id == _INDEX.c.rowid)
        .where(text("search_index MATCH :question").bindparams(question=for_fts5(wanted.question)))
        .order_by(_INDEX.c.rowid.desc())
    )


def _narrowed(wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if set(wanted.kinds) != set(EntryKind):
        conditions.append(SearchEntry.kind.in_(wanted.kinds))
    if wanted.body_id is not None:
        conditions.append(SearchEntry.body_id == wanted.body_id)
    if wanted.year is not None:
        new_year = date(wanted.year, 1, 1)
        conditions.append(SearchEntry.id.between(first_id_of(new_year), first_id_of(_next_new_year(new_year)) - 1))
    if wanted.least is not None or wanted.most is not None:
        conditions.append(SearchEntry.id.in_(_with_amount(wanted)))
    return conditions


def _next_new_year(new_year: date) -> date:
    return (new_year + timedelta(days=366)).replace(month=1, day=1)


def _with_amount(wanted: Wanted) -> Select[int]:
    chosen = select(SearchAmount.entry_id)
    if wanted.least is not None:
        chosen = chosen.where(SearchAmount.ore >= wanted.least)
    return chosen.where(SearchAmount.ore <= wanted.most) if wanted.most is not None else chosen


def _entries(session: Session, ids: Sequence[int]) -> tuple[SearchEntry, ...]:
    rows = session.scalars(select(SearchEntry).where(SearchEntry.id.in_(ids)).options(undefer(SearchEntry.text)))
    by_id = {row.id: row for row in rows}
    return tuple(by_id[each] for each in ids if each in by_id)
