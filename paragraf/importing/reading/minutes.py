"""What was understood of a file: its minutes with their §§, and all that was not, or only half."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from paragraf.core.errors import RuleBroken
from paragraf.core.written_amounts import WrittenAmount
from paragraf.importing.reading.decisions import ReadClause
from paragraf.importing.reading.front import Front


@dataclass(frozen=True)
class ReadDoubt:
    """Something to look at before the minutes are taken in.

    ``hinders``: they cannot be taken in before it is mended or said to be right.
    """

    problem: RuleBroken
    #: Place among the §§ of the minutes; None where it concerns them all.
    item: int | None = None
    hinders: bool = False


@dataclass(frozen=True)
class ReadItem:
    """A § as read."""

    number: int
    heading: str
    #: All its words under the heading, decisions included; paragraphs apart by blank lines.
    text: str
    #: The words without the decisions.
    background: str
    clauses: tuple[ReadClause, ...]
    line: int
    page: int = 0
    year: int | None = None
    register_number: str = ""
    amounts: tuple[WrittenAmount, ...] = ()
    days: tuple[date, ...] = ()


@dataclass(frozen=True)
class ReadMinutes:
    """The minutes of one meeting as read."""

    front: Front
    items: tuple[ReadItem, ...]
    doubts: tuple[ReadDoubt, ...]

    @property
    def numbers(self) -> list[int]:
        """The numbers of the §§, in order."""
        return [item.number for item in self.items]

    @property
    def missing(self) -> list[int]:
        """Numbers between the first and the last that no § has, or that the first page tells and no § has."""
        numbers = set(self.numbers)
        told = self.front.numbers or range(0)
        between = range(min(numbers), max(numbers) + 1) if numbers else range(0)
        return sorted({*between, *told} - numbers) if len(between) < 1000 else []


@dataclass(frozen=True)
class Unplaced:
    """Lines that belong to no §, and what they seem to be (a Swedish source text)."""

    first: int
    last: int
    why: str
    #: The words that they begin with.
    begins: str


@dataclass(frozen=True)
class Understood:
    """All that a file was understood to be."""

    minutes: tuple[ReadMinutes, ...]
    unplaced: tuple[Unplaced, ...]
    doubts: tuple[RuleBroken, ...]
    #: How many lines, or paragraphs, and pages the file has; no pages: 0.
    lines: int
    pages: int

    @property
    def items(self) -> Sequence[ReadItem]:
        """All §§ of the file, in order."""
        return [item for one in self.minutes for item in one.items]
