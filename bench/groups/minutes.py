"""Minutes written, numbered, found and taken in.

Goals: ``import`` at most 3.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.harness import Comparison, benchmark
from bench.minutes import earlier


def earlier_minutes() -> Iterator[Comparison]:
    """A thousand pages of minutes understood, against python-docx merely reading them."""
    yield from earlier.reading()


# Its name is a word of Python's.
benchmark(earlier_minutes, name="import")
