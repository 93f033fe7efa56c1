"""A file as lines with hints: what every kind of file is brought to before anything in it is understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from paragraf.core.errors import RuleBroken

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\x00\x02\ufffe"))
#: Private characters that Word's symbol fonts use for bullets.
_BULLETS = dict.fromkeys(map(ord, "\uf0b7\uf0a7\uf0d8\uf02d\uf0fc"), "•")
_SPACES = re.compile(r"[^\S\t\n]+")
_TABS = re.compile(r" ?\t[\t ]*")
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ue000-\uffff]|  ")


class FileKind(StrEnum):
    """What sort of file it was."""

    WORD = "word"
    PDF = "pdf"
    TEXT = "text"


@dataclass(slots=True)
class Line:
    """A line as it stands in the file, or a paragraph of a Word file.

    Hints say what the file shows besides the words; a file that shows nothing leaves them at their defaults.
    """

    #: Counted from 1; what doubts point at.
    number: int
    text: str
    #: Counted from 1; 0 where the file has no pages.
    page: int = 0
    #: All of it is bold.
    bold: bool = False
    #: The bold words it begins with, where it goes on without.
    lead: str = ""
    #: Level of a heading by style or mark; 0: none.
    heading: int = 0
    #: There is a blank line, or more room than between lines, above it.
    gap: bool = False
    #: It is as long as lines get: the next line may go on with it.
    wraps: bool = False
    #: A page's end, or what repeats on pages, stood above it.
    crossed: bool = False
    in_table: bool = False

    @property
    def stands_out(self) -> bool:
        """Whether it looks like a heading."""
        return self.bold or self.heading > 0


@dataclass(frozen=True)
class Source:
    """A file as lines, with what could not be read of it."""

    kind: FileKind
    lines: Sequence[Line]
    #: Words of page headers and footers that stand apart from the body (Word).
    margins: Sequence[str] = ()
    pages: int = 0
    doubts: Sequence[RuleBroken] = field(default=())


def tidy(text: str) -> str:
    """The text with one sort of space, single tabs between columns, and nothing that cannot be seen."""
    if _ODD.search(text):
        text = _SPACES.sub(" ", text.translate(_INVISIBLE).translate(_BULLETS))
    if "\t" in text:
        text = _TABS.sub("\t", text)
    return text.strip()


def one_line(text: str) -> str:
    """The text without tabs and line breaks, for headings and messages."""
    return " ".join(text.split())


def shortened(text: str, length: int = 60) -> str:
    """A text to be told in a message."""
    line = one_line(text)
    return line if len(line) <= length else f"{line[: length - 1]}…"
