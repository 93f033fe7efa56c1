"""What of two Word files belongs together: stories, the blocks in them, the rows of tables, the words of paragraphs.

The Word file with tracked changes and the values for a page both follow it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from paragraf.word.comparing.alignment import (
    NO_HEADING,
    Group,
    align,
    cut_and_joined,
    ends_together,
    moved_to_beginnings,
)
from paragraf.word.comparing.edits import Edit, edits, tokens_with_marks
from paragraf.word.comparing.reading import Block, Paragraph, Row, Table
from paragraf.word.comparing.sequences import Effort
from paragraf.word.comparing.sources import Source, Story
from paragraf.word.comparing.uncompared import headers

_HEADING = re.compile(r"heading ([1-9])")


def stories(old: Source, new: Source) -> Iterator[tuple[Story, Story]]:
    """The parts of text that are compared: the body, then headers and footers that stand in both at the same place."""
    yield old.story_of_main, new.story_of_main
    done: set[str] = set()
    old_headers = headers(old)
    for place, name in headers(new).items():
        if place in old_headers and name not in done:
            done.add(name)
            if old.parts[old_headers[place]].crc != new.parts[name].crc:
                yield old.story(old_headers[place]), new.story(name)


def aligned(old: Sequence[Block], new: Sequence[Block], effort: Effort) -> list[Group[Block]]:
    """The blocks of a body or a cell in groups, in the order of the text."""
    return cut_and_joined(moved_to_beginnings(align(old, new, effort, _fit), _rank), _is_paragraph)


def aligned_to_the_end(old: Sequence[Block], new: Sequence[Block], effort: Effort) -> list[Group[Block]]:
    """As ``aligned``, with the last paragraphs of both in one group, as a Word file wants it."""
    return ends_together(aligned(old, new, effort), _is_paragraph)


def aligned_rows(old: Sequence[Row], new: Sequence[Row], effort: Effort) -> list[Group[Row]]:
    """The rows of a table in groups: rows are matched by likeness where their cells lie alike."""
    return align(old, new, effort, lambda one, other: one.shape == other.shape)


def _fit(old: Block, new: Block) -> bool:
    if isinstance(old, Table) or isinstance(new, Table):
        return isinstance(old, Table) and isinstance(new, Table) and old.columns == new.columns
    return True


def _is_paragraph(block: Block) -> bool:
    return isinstance(block, Paragraph)


def _rank(block: Block) -> int:
    heading = _HEADING.fullmatch(block.style) if isinstance(block, Paragraph) else None
    return int(heading[1]) if heading else NO_HEADING


def edits_of(old: Sequence[Paragraph], new: Sequence[Paragraph], effort: Effort) -> list[Edit]:
    """How paragraphs that belong together become each other."""
    before, after = tokens_with_marks(old), tokens_with_marks(new)
    if not before or not after:
        return [Edit(False, before, after)]
    return edits(before, after, effort)


def table_of(blocks: Sequence[Block]) -> Table | None:
    """The table of one side of a group, where it is one."""
    return next((block for block in blocks if isinstance(block, Table)), None)


def paragraphs_of(blocks: Sequence[Block]) -> list[Paragraph]:
    """The paragraphs of one side of a group."""
    return [block for block in blocks if isinstance(block, Paragraph)]
