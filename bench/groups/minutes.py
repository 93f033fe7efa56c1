"""Minutes written, numbered, found and taken in.

Goals: ``search_1m`` and ``search_100k`` at most 2.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench import demo, postgres
from bench.harness import Comparison, benchmark
from bench.minutes import searching


@benchmark
def search_100k() -> Iterator[Comparison]:
    """p95 of a search among 100 000 §§ on SQLite, against the bare index query."""
    yield from searching.compare(f"sqlite:///{demo.folder() / 'search.sqlite3'}", 100_000)


@benchmark
def search_1m() -> Iterator[Comparison]:
    """p95 of a search among a million §§ on PostgreSQL, against the bare index query."""
    yield from searching.compare(postgres.database(), 1_000_000)
