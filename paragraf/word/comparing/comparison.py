"""The values that a comparison is shown by: rows of old and new text side by side, with what changed in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    """What happened to a word, a paragraph or a row."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"
    #: The words are the same; their look or the paragraph's style is not.
    LOOK = "look"
    #: Some words of the paragraph or row changed.
    CHANGED = "changed"


class Thing(StrEnum):
    """What is no text. A note's and a text box's words are the span's text."""

    PICTURE = "picture"
    NOTE = "note"
    FORMULA = "formula"
    BREAK = "break"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that changed alike and looks alike."""

    text: str
    change: Change = Change.SAME
    bold: bool = False
    italic: bool = False
    thing: Thing | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph: ``heading`` 1–9 or 0; ``bullet`` "•" for a list with signs, "1" for one with numbers, else empty."""

    spans: tuple[Span, ...]
    heading: int = 0
    bullet: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: each cell holds its paragraphs, those of tables inside it too."""

    change: Change
    cells: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table."""

    lines: tuple[Line, ...]


Side = tuple[Text | Grid, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What belongs together in the two versions; one side is empty for what was deleted or inserted."""

    change: Change
    old: Side
    new: Side


@dataclass(frozen=True, slots=True)
class Part:
    """The body, a header or a footer: ``name`` is a Swedish source text."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Paragraphs and rows of tables that changed."""

    inserted: int = 0
    deleted: int = 0
    changed: int = 0
    look: int = 0
    rows_inserted: int = 0
    rows_deleted: int = 0
    rows_changed: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions side by side. ``not_compared`` holds Swedish source sentences."""

    parts: tuple[Part, ...]
    counts: Counts
    not_compared: tuple[str, ...]

    @property
    def rows(self) -> Iterator[Row]:
        """The rows of all parts."""
        return (row for part in self.parts for row in part.rows)

    @property
    def same(self) -> bool:
        """Whether the texts are the same, in words and looks."""
        return all(row.change is Change.SAME for row in self.rows)
