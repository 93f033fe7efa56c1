"""Formatted text for the examples, as a person would have written it."""

from __future__ import annotations

from paragraf.core.formatted import Block, BlockKind, Formatted, Span


def written(*parts: str | tuple[Block, ...]) -> Formatted:
    """Paragraphs and lists in order."""
    blocks: list[Block] = []
    for part in parts:
        blocks += [Block((Span(part),))] if isinstance(part, str) else part
    return Formatted(tuple(blocks))


def led(lead: str, rest: str) -> tuple[Block, ...]:
    """A paragraph that begins in bold."""
    return (Block((Span(lead, bold=True), Span(f" {rest}"))),)


def bullets(*items: str) -> tuple[Block, ...]:
    """A list with bullets."""
    return tuple(Block((Span(item),), BlockKind.BULLET) for item in items)


def numbered(*items: str) -> tuple[Block, ...]:
    """A list with numbers, from 1."""
    return tuple(Block((Span(item),), BlockKind.NUMBER, number=place) for place, item in enumerate(items, start=1))
