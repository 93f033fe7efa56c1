"""Text cut into words as people see them, and how like two texts are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from paragraf.word.comparing.pieces import Piece

Bag = dict[str, int]
_WORD = re.compile(
    # Amounts and dates: 410 000, 12,5, 2026-03-02, 09.00.
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[-–.,:/]\d+)*"
    # Words, with hyphens and apostrophes inside and accents that are signs of their own.
    r"|[^\W\d_](?:[\w\u0300-\u036f\u00ad]|[-'’](?=[^\W\d_]))*"
    r"|[ ]+"
    # A picture sign with what belongs to it.
    r"|[^\w\s](?:[\u200d\ufe0f\U0001f3fb-\U0001f3ff][^\w\s]?)*|.",
    re.DOTALL,
)
_LETTERS = re.compile(r"\w+")
# So many words say enough of how like two paragraphs are.
_SAMPLE = 300


@dataclass(slots=True, eq=False)
class Token:
    """A word, a space, a sign or an atom: what is inserted or deleted as one. ``weight`` is its letters."""

    key: str | tuple[object, ...]
    pieces: list[Piece] = field(default_factory=list)
    space: bool = False
    weight: int = 0

    @property
    def place(self) -> bool:
        """A place without width, which takes no part in comparing."""
        return self.key == ("place",)

    @property
    def mark(self) -> bool:
        """The end of a paragraph."""
        return self.key == ("mark",)

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def mark_token() -> Token:
    """The end of a paragraph, as a token."""
    return Token(("mark",), weight=1)


def tokens_of(pieces: Sequence[Piece]) -> list[Token]:
    """The pieces cut into tokens; a word that changes its look in the middle is one token of several pieces."""
    found: list[Token] = []
    for link, together in groupby(pieces, _context):
        run = list(together)
        found += _words_of(run, link) if isinstance(link, str) else [_single(piece) for piece in run]
    return found


def _context(piece: Piece) -> str | None:
    """The link that a text stands in; None for what is no text."""
    if piece.atom is not None or piece.place is not None:
        return None
    return piece.link.key if piece.link else ""


def _single(piece: Piece) -> Token:
    if piece.atom is None:
        return Token(("place",), [piece])
    return Token(("atom", piece.link.key if piece.link else "", *piece.atom.key), [piece], weight=6)


def _words_of(pieces: list[Piece], link: str) -> list[Token]:
    text = "".join(piece.text for piece in pieces)
    cuts = _Cuts(pieces)
    found = []
    for match in _WORD.finditer(text):
        word = match.group()
        space = word.isspace()
        weight = 0 if space else sum(map(str.isalnum, word))
        found.append(Token((word, link) if link else word, cuts.up_to(match.end()), space, weight))
    return found


class _Cuts:
    """Cuts pieces at rising places of their text."""

    def __init__(self, pieces: list[Piece]) -> None:
        self._pieces = pieces
        self._number = 0
        self._start = 0
        self._at = 0

    def up_to(self, end: int) -> list[Piece]:
        """The pieces, or parts of them, between the last place and this."""
        found = []
        while self._at < end:
            piece = self._pieces[self._number]
            inside = self._at - self._start
            text = piece.text[inside : end - self._start]
            if len(text) == len(piece.text):
                found.append(piece)
            elif text:
                found.append(type(piece)(text, piece.look, piece.link))
            self._at += len(text)
            if self._at == self._start + len(piece.text):
                self._start, self._number = self._at, self._number + 1
        return found


def bag_of(text: str) -> Bag:
    """The words of a text and how often each stands there, in small letters."""
    words = _LETTERS.findall(text[: _SAMPLE * 30].lower())[:_SAMPLE]
    return Counter(words)


def weight(bag: Bag) -> int:
    """Letters in a bag of words."""
    return sum(len(word) * count for word, count in bag.items())


def shared(one: Bag, other: Bag) -> int:
    """Letters of the words that two bags share."""
    if len(one) > len(other):
        one, other = other, one
    return sum(len(word) * min(count, other[word]) for word, count in one.items() if word in other)


def likeness(one: Bag, other: Bag) -> float:
    """How like two bags of words are, from 0 to 1; long words say more than short ones."""
    both = weight(one) + weight(other)
    return 2 * shared(one, other) / both if both else 0.0
