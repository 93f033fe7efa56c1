"""Some words around what was found, to show why it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from paragraf.search.rules import Question
from paragraf.search.words import spans

#: Signs shown before and after the first word that was found.
_BEFORE, _AFTER = 80, 200


class Piece(NamedTuple):
    """A piece of text, found or between."""

    text: str
    is_found: bool


def snippet(text: str, question: Question) -> tuple[Piece, ...]:
    """The text around the first word of the question, with every such word in it told apart."""
    told = " ".join(text.split())
    hits = list(_hits(told, question))
    first = hits[0][0] if hits else 0
    start = 0 if first <= _BEFORE else told.rfind(" ", 0, first - _BEFORE) + 1
    end = len(told) if len(told) <= first + _AFTER else told.find(" ", first + _AFTER)
    end = len(told) if end < 0 else end
    inside = [(begin, stop) for begin, stop in hits if start <= begin and stop <= end]
    pieces = [*_pieces(told, start, end, inside)]
    if start:
        pieces.insert(0, Piece("… ", False))
    return (*pieces, Piece(" …", False)) if end < len(told) else tuple(pieces)


def _pieces(text: str, start: int, end: int, hits: list[tuple[int, int]]) -> Iterator[Piece]:
    at = start
    for begin, stop in hits:
        if begin > at:
            yield Piece(text[at:begin], False)
        yield Piece(text[begin:stop], True)
        at = stop
    if at < end:
        yield Piece(text[at:end], False)


def _hits(text: str, question: Question) -> Iterator[tuple[int, int]]:
    whole = {stem for term in question.wanted for stem in term.stems}
    begun = tuple(term.stems[-1] for term in question.wanted if term.begins)
    for begin, stop, stem in spans(text):
        if stem in whole or (begun and stem.startswith(begun)):
            yield begin, stop
