"""Minutes written, numbered, found and taken in.

Goals: ``desk`` at most 2; ``desk_save`` without an error and without a save that is lost; ``search_1m`` and
``search_100k`` at most 2; ``import`` at most 3.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench import demo, postgres
from bench.harness import Comparison, benchmark
from bench.minutes import desk as desks
from bench.minutes import earlier, ledger, searching


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


@benchmark
def search_100k() -> Iterator[Comparison]:
    """p95 of a search among 100 000 §§ on SQLite, against the bare index query."""
    yield from searching.compare(f"sqlite:///{demo.folder() / 'search.sqlite3'}", 100_000)


@benchmark
def search_1m() -> Iterator[Comparison]:
    """p95 of a search among a million §§ on PostgreSQL, against the bare index query."""
    yield from searching.compare(postgres.database(), 1_000_000)


@benchmark
def number_ledger_sqlite() -> Iterator[Comparison]:
    """A number taken from the ledger on SQLite, committed, against a bare UPDATE … RETURNING."""
    yield from ledger.allocations(f"sqlite:///{demo.folder() / 'ledger.sqlite3'}")


@benchmark
def number_ledger_postgresql() -> Iterator[Comparison]:
    """The same on PostgreSQL."""
    yield from ledger.allocations(postgres.database())


def earlier_minutes() -> Iterator[Comparison]:
    """A thousand pages of minutes understood, against python-docx merely reading them."""
    yield from earlier.reading()


# Its name is a word of Python's.
benchmark(earlier_minutes, name="import")
