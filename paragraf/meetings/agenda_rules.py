"""The order of an agenda: standing items first and last, the meeting's own between; how the notice parts it.

Pure functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from paragraf.meetings.models import ItemKind


def place_for_new(places: Sequence[int | None], own: int | None = None) -> int:
    """Where a new item goes on an agenda whose items have these standing places, 1 first.

    A place is a standing item's (negative first, positive last), None for the meeting's own items. An own item goes
    after all but the standing ones that come last; a standing one among its likes.
    """
    if own is not None and own < 0:
        before = sum(1 for place in _leading(places) if place <= own)
    else:
        trailing = _leading([None if place is None else -place for place in reversed(places)])
        # Of those last, an own item passes all, a standing one those whose place is higher.
        before = len(places) - sum(1 for place in trailing if own is None or -place > own)
    return before + 1


def _leading(places: Sequence[int | None]) -> list[int]:
    """The negative places that the agenda begins with."""
    found: list[int] = []
    for place in places:
        if place is None or place >= 0:
            break
        found.append(place)
    return found


@dataclass(frozen=True)
class Chapters:
    """Which kinds of items the notice prints under each of its headings."""

    items: tuple[ItemKind, ...]
    information: tuple[ItemKind, ...] = ()
    questions: tuple[ItemKind, ...] = ()


def chapters(kinds: Sequence[ItemKind]) -> Chapters:
    """How an agenda of these kinds prints: what is told and other questions by themselves, where they come last.

    An agenda in another order prints as one list, since its numbers must come in order.
    """
    parts = [_PART.get(kind, 0) for kind in kinds]
    if parts == sorted(parts):
        return Chapters((ItemKind.DECISION, ItemKind.REPORT), (ItemKind.INFORMATION,), (ItemKind.QUESTION,))
    return Chapters(tuple(ItemKind))


_PART = {ItemKind.INFORMATION: 1, ItemKind.QUESTION: 2}
