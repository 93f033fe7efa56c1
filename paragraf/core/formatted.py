"""Text with simple formatting: what a secretary writes, what Word and the pages print.

The values only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block prints as."""

    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text with one look. A line end in ``text`` is a line break within the paragraph.

    ``link``: an address beginning with http:, https: or mailto:, or empty.
    """

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or one item of a list: ``level`` 0 is the outermost list, ``number`` what a numbered item shows."""

    spans: tuple[Span, ...]
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    number: int = 0

    def __str__(self) -> str:
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Formatted:
    """Formatted text as blocks in order. Runs over its blocks, is false where there are none, prints as plain text."""

    blocks: tuple[Block, ...] = ()

    def __iter__(self) -> Iterator[Block]:
        return iter(self.blocks)

    def __len__(self) -> int:
        return len(self.blocks)

    def __str__(self) -> str:
        return "\n".join(map(str, self.blocks))
