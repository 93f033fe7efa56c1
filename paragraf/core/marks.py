"""Marks within a block of light markup: stars and links become spans. What they look like: light_markup.py.

Bold and italic are read apart from each other, each by its own stars, so ``***both** italic*`` needs no nesting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from paragraf.core.formatted import Span

#: An address that a link may have: no spaces, parentheses in pairs.
ADDRESS = re.compile(r"(?i:https?://|mailto:)(?:[^\s()]|\([^\s()]*\))++")
_MARK = re.compile(
    r"\\(?P<escaped>[*\[])|(?P<stars>\*+)"
    rf"|(?P<link>\[(?P<words>(?!\s)[^\[\]\n]+(?<![\s\\]))\]\((?P<address>{ADDRESS.pattern})\))"
)


def spans_of(text: str) -> Iterator[Span]:
    """The text of one block as spans in order; neighbours differ in look, none is empty."""
    if _MARK.search(text) is None:
        return iter((Span(text),) if text else ())
    pieces = list(_pieces(text, 0, len(text), ""))
    stars = [piece for piece in pieces if isinstance(piece, _Stars)]
    _pair(stars, italic=False)
    _pair(stars, italic=True)
    return merged(_looks(pieces))


def merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans where neighbours of one look are one, and none is empty."""
    filled = (span for span in spans if span.text)
    for (bold, italic, link), alike in groupby(filled, key=lambda span: (span.bold, span.italic, span.link)):
        yield Span("".join(span.text for span in alike), bold, italic, link)


@dataclass(slots=True)
class _Words:
    text: str
    link: str


@dataclass(slots=True)
class _Stars:
    """A run of stars, and the characters beside it, "" where the block or the words of a link begin or end."""

    count: int
    before: str
    after: str
    link: str
    turns_bold: bool = False
    turns_italic: bool = False
    ends: bool = False

    def may_begin(self, *, italic: bool) -> bool:
        if not self.after or self.after.isspace() or self.before.isdigit():
            return False
        # kr*/år*: a footnote's star, not the beginning of a mark.
        return not italic or not self.before.isalnum() or self.after.isalnum()

    def may_end(self) -> bool:
        return bool(self.before) and not self.before.isspace() and not self.after.isdigit()

    @property
    def left(self) -> str:
        """The stars that turned out to be no marks."""
        return "*" * (self.count - 2 * self.turns_bold - self.turns_italic)


def _pieces(text: str, start: int, end: int, link: str) -> Iterator[_Words | _Stars]:
    place = start
    for found in _MARK.finditer(text, start, end):
        yield _Words(text[place : found.start()], link)
        place = found.end()
        if found["link"]:
            yield from _pieces(text, found.start("words"), found.end("words"), found["address"])
        elif found["stars"]:
            before, after = text[max(found.start() - 1, start) : found.start()], text[place : min(place + 1, end)]
            yield _Stars(len(found["stars"]), before, after, link)
        else:
            yield _Words(found["escaped"], link)
    yield _Words(text[place:end], link)


def _pair(runs: Iterable[_Stars], *, italic: bool) -> None:
    """Tell the stars that begin and end a look. Four stars and more are a line, not a mark."""
    begun: _Stars | None = None
    for run in runs:
        if run.count not in ((1, 3) if italic else (2, 3)):
            continue
        if begun and run.may_end() and not (italic and begun.before.isalnum() and run.after.isalnum()):
            for each in (begun, run):
                each.turns_italic |= italic
                each.turns_bold |= not italic
            run.ends, begun = True, None
        elif run.may_begin(italic=italic):
            begun = run


def _looks(pieces: Iterable[_Words | _Stars]) -> Iterator[Span]:
    bold = italic = False
    for piece in pieces:
        if isinstance(piece, _Words):
            yield Span(piece.text, bold, italic, piece.link)
            continue
        before = (bold, italic)
        bold, italic = bold != piece.turns_bold, italic != piece.turns_italic
        # Stars that are left over stand outside the look.
        looks = (bold, italic) if piece.ends else before
        yield Span(piece.left, *looks, piece.link)
