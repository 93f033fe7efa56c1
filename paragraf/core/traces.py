"""Errors for the log of a process, without what people have written.

The database's errors quote the row they are about (PostgreSQL: "Failing row contains (…)"), so of those only the kind
and the place in the program are told.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator

from sqlalchemy.exc import SQLAlchemyError

_DRIVERS = ("sqlite3", "psycopg")


def trace_of(error: BaseException) -> str:
    """The error and what led to it, first cause first, each with its place in the program."""
    return "\n".join(reversed([_told(one) for one in _chain(error)]))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _told(error: BaseException) -> str:
    kind = type(error)
    quotes_rows = isinstance(error, SQLAlchemyError) or kind.__module__.partition(".")[0] in _DRIVERS
    words = "" if quotes_rows else f": {error}"
    return "".join(traceback.format_tb(error.__traceback__)) + f"{kind.__module__}.{kind.__qualname__}{words}"
