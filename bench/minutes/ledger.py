"""Numbers taken from the ledger, against the least that could give the same promise: one UPDATE … RETURNING."""

from __future__ import annotations

import time
from collections.abc import Iterator

from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from bench import demo
from bench.harness import Comparison, Reading

#: So many numbers are taken in each reading, each in a transaction of its own, as an act takes them.
TAKEN = 200


def allocations(database_url: str) -> Iterator[Comparison]:
    """The time to take one number, with its row in the ledger, against the bare statement on the same engine.

    Both commit each number: the reference is what raises a row under its lock and keeps nothing more.
    """
    from paragraf.core.clock import now
    from paragraf.core.database import Database
    from paragraf.core.number_series import Subject, allocate
    from paragraf.core.settings import Settings

    association_id = _ready(database_url)
    settings = Settings(data=demo.folder(), database_url=database_url, secret_key="bench", demo=True)
    database = Database(settings)
    engine = create_engine(database_url)
    bare = text("UPDATE number_series SET next_number = next_number + 1 WHERE key = 'bare' RETURNING next_number - 1")

    def ours() -> Reading:
        began = time.perf_counter()
        for _ in range(TAKEN):
            with database.writing() as session:
                allocate(session, association_id, "ours", Subject.MINUTE_ITEM, now=now(), by="Bench")
        return Reading((time.perf_counter() - began) / TAKEN)

    def reference() -> Reading:
        began = time.perf_counter()
        for _ in range(TAKEN):
            with engine.begin() as connection:
                connection.execute(bare).one()
        return Reading((time.perf_counter() - began) / TAKEN)

    try:
        yield Comparison(ours=ours, reference=reference)
    finally:
        engine.dispose()
        database.dispose()


def _ready(database_url: str) -> int:
    """An association with two series, in a database of today's shape."""
    from paragraf import all_models
    from paragraf.core import migrating
    from paragraf.core.clock import now
    from paragraf.core.database import open_engine
    from paragraf.core.number_series import open_series
    from paragraf.people.models import Association

    engine = open_engine(database_url)
    migrating.upgrade(engine, all_models.metadata)
    with Session(engine) as session, session.begin():
        row = Association(
            slug="bench", name="Bench", organisation_number="2220000018", email="bench@bench.example", created_at=now()
        )
        session.add(row)
        session.flush()
        for key in ("ours", "bare"):
            open_series(session, row.id, key)
        made = row.id
    engine.dispose()
    return made
