"""Minutes written, numbered, found and taken in.

Goals: ``desk`` at most 2; ``desk_save`` without an error and without a save that is lost.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench import demo, postgres
from bench.harness import Comparison, benchmark
from bench.minutes import desk as desks


@benchmark
def desk() -> Iterator[Comparison]:
    """The desk with 100 §§, asked for again and again, against a bare Flask page as long."""
    yield from desks.page(demo.environ())


@benchmark
def desk_changed() -> Iterator[Comparison]:
    """The same page when somebody has saved since it was drawn last, in one process, against the bare page."""
    yield from desks.changed_page(demo.environ())


@benchmark
def desk_save_sqlite() -> Iterator[Comparison]:
    """p99 of a save by one of 16 writers on SQLite, against a bare UPDATE by version through the same web server."""
    yield from desks.saves(demo.environ(), f"sqlite:///{demo.folder() / 'saves.sqlite3'}")


@benchmark
def desk_save_postgresql() -> Iterator[Comparison]:
    """The same on PostgreSQL."""
    yield from desks.saves(demo.environ_at(postgres.database()), postgres.database())
