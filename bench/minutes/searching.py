"""A database with many §§ in its search index, and the same questions asked of us and of the index alone."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from bench.harness import CannotMeasureError, Comparison, Reading
from paragraf import all_models
from paragraf.core import migrating
from paragraf.core.database import Database
from paragraf.core.settings import Settings
from paragraf.search import queries
from paragraf.search.queries import PAGE, Wanted
from paragraf.search.rules import for_fts5, for_postgresql, read_question
from paragraf.search.words import mark, stem

#: Words of a §, and how many texts are told apart; each § has a word of its own besides.
_WORDS, _TEXTS = 60, 5_000
_VOCABULARY = 8_000
_A_DAY = 30
_QUESTIONS = 120
ENTRY = (
    "INSERT INTO search_entry (id, association_id, kind, subject_id, meeting_id, item_id, body_id, day, label, "
    "heading, text, terms, indexed_at) VALUES (:id, 1, 'item', :number, :meeting, :number, 1, :day, :label, "
    "'Ansökan om medel', :text, {terms}, :now)"
)


def compare(url: str, count: int) -> Iterator[Comparison]:
    """p95 of our search against p95 of the bare index query, over the same questions."""
    database = filled(url, count)
    try:
        asked = questions()
        with database.reading() as session:
            ours = _ours(session, asked)
            bare = _bare(session, asked)
            yield Comparison(ours=lambda: _p95(ours), reference=lambda: _p95(bare), rounds=5)
    finally:
        database.dispose()


def _p95(asks: Sequence[Callable[[], int]]) -> Reading:
    took = []
    for ask in asks:
        began = time.perf_counter()
        found = ask()
        took.append(time.perf_counter() - began)
        if not found:
            raise CannotMeasureError("a question found nothing")
    return Reading(statistics.quantiles(took, n=20)[-1])


def _ours(session: Session, asked: Sequence[str]) -> list[Callable[[], int]]:
    def ask(typed: str) -> Callable[[], int]:
        marks = (mark("verb", "grant"),) if typed.startswith("§") else ()
        return lambda: len(queries.find(session, 1, Wanted(read_question(typed.lstrip("§"), marks))).entries)

    return [ask(typed) for typed in asked]


def _bare(session: Session, asked: Sequence[str]) -> list[Callable[[], int]]:
    connection = session.connection()
    raw = connection.connection.dbapi_connection
    assert raw is not None
    postgresql = connection.dialect.name == "postgresql"
    statement = (
        f"SELECT id FROM search_entry WHERE terms @@ to_tsquery('simple', %s) ORDER BY id DESC LIMIT {PAGE}"
        if postgresql
        else f"SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT {PAGE}"
    )

    def ask(typed: str) -> Callable[[], int]:
        marks = (mark("verb", "grant"),) if typed.startswith("§") else ()
        question = read_question(typed.lstrip("§"), marks)
        told = for_postgresql(question) if postgresql else for_fts5(question)

        def asked_so() -> int:
            cursor = raw.cursor()
            cursor.execute(statement, (told,))
            return len(cursor.fetchall())

        return asked_so

    return [ask(typed) for typed in asked]


def questions() -> list[str]:
    """Rare words and common ones, two together, a phrase, a verb chosen; the same each time."""
    dice = random.Random(7)
    words, texts = vocabulary(), _texts()
    common, middling = words[:40], words[200:2000]
    made = []
    for _number in range(_QUESTIONS // 6):
        told = dice.choice(texts).split()
        at = dice.randrange(len(told) - 1)
        made += [
            dice.choice(middling),
            dice.choice(common),
            f"{dice.choice(common)} {dice.choice(common)}",
            f"{told[3]} {told[20]}",
            f'"{told[at]} {told[at + 1]}"',
            f"§{dice.choice(common)}",
        ]
    return made


def vocabulary() -> list[str]:
    """Words that are their own stems, the most common first."""
    dice = random.Random(1)
    made: dict[str, None] = {}
    while len(made) < _VOCABULARY:
        word = "".join(dice.choice("bdfgklmnprstv") + dice.choice("aeiouyåäö") for _each in range(dice.randint(2, 4)))
        if stem(word) == word:
            made[word] = None
    return list(made)


def _texts() -> list[str]:
    dice = random.Random(2)
    words = vocabulary()
    # Few words come often and most come seldom, as in any language.
    weights = [1 / (place + 10) for place in range(len(words))]
    return [" ".join(dice.choices(words, weights, k=_WORDS)) for _number in range(_TEXTS)]


def filled(url: str, count: int) -> Database:
    """A database with so many §§ in the index, thirty a day back from today."""
    database = Database(Settings(data=Path("."), database_url=url))
    migrating.upgrade(database.engine, all_models.metadata)
    with database.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO association (id, slug, name, organisation_number, email, phone, street, postcode, city, "
                "presentation, minutes_kept_at, colour, created_at) VALUES "
                "(1, 'prov', 'Prov', '2220001834', 'a@b.example', '', '', '', '', '', '', '#1f3a5f', :now)"
            ),
            {"now": datetime(2026, 1, 1, tzinfo=UTC).isoformat(sep=" ")},
        )
        _fill(connection, count)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE search_entry")
    return database


def _fill(connection: Connection, count: int) -> None:
    postgresql = connection.dialect.name == "postgresql"
    if postgresql:
        connection.execute(text("DROP INDEX ix_search_entry_terms"))
    statement = text(ENTRY.format(terms="to_tsvector('simple'::regconfig, :terms)" if postgresql else ":terms"))
    rows: list[dict[str, object]] = []
    for row in _rows(count):
        rows.append(row)
        if len(rows) == 10_000:
            connection.execute(statement, rows)
            rows = []
    if rows:
        connection.execute(statement, rows)
    if postgresql:
        connection.execute(text("CREATE INDEX ix_search_entry_terms ON search_entry USING gin (terms)"))


def _rows(count: int) -> Iterator[dict[str, object]]:
    told, granting = _texts(), mark("verb", "grant")
    today = date(2026, 1, 1)
    for number in range(1, count + 1):
        day = today - timedelta(days=(count - number) // _A_DAY)
        words = told[number % _TEXTS]
        yield {
            "id": queries.first_id_of(day) + number % _A_DAY,
            "number": number,
            "meeting": number // _A_DAY,
            "day": day.isoformat(),
            "label": f"§ {number}",
            "text": words,
            "terms": f"{number} {words}{f' {granting}' if number % 3 == 0 else ''}",
            "now": "2026-01-01 00:00:00+00:00",
        }
