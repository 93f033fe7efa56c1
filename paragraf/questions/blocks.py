"""What a form with its answers is printed as: headings, paragraphs, pairs and tables of plain text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from paragraf.core.formatted import Formatted


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section."""

    text: str
    section_id: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """A question and its answer as paragraphs; ``is_list`` when each is one of several things chosen.

    ``formatted`` is the same text with its looks, for a question that allows them; empty for all others.
    """

    label: str
    paragraphs: tuple[str, ...]
    question_id: str
    is_list: bool = False
    is_missing: bool = False
    formatted: Formatted = Formatted()
    kind: Literal["paragraphs"] = "paragraphs"


@dataclass(frozen=True, slots=True)
class Pairs:
    """A question whose answer has named parts: organisation, person."""

    label: str
    pairs: tuple[tuple[str, str], ...]
    question_id: str
    kind: Literal["pairs"] = "pairs"


@dataclass(frozen=True, slots=True)
class TableRow:
    """The printed cells of a row, its name first; ``is_sum`` for a computed one, ``is_heading`` for a group's name."""

    cells: tuple[str, ...]
    is_sum: bool = False
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A question whose answer is a table. With ``is_numeric`` all columns but the first hold amounts by year.

    ``numbers`` are the places of the columns that hold figures, where not all of them do.
    """

    label: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    question_id: str
    is_numeric: bool = False
    note: str = ""
    numbers: frozenset[int] = frozenset()
    kind: Literal["table"] = "table"


Block = Heading | Paragraphs | Pairs | Table
