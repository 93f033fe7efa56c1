"""Formatted text for the examples, as a person would have written it."""

from __future__ import annotations

from paragraf.core.formatted import Formatted
from paragraf.core.light_markup import parse


def written(*parts: str) -> Formatted:
    """Paragraphs and lists in order, in light markup."""
    return parse("\n\n".join(parts))


def bullets(*items: str) -> str:
    """A list with bullets."""
    return "\n".join(f"- {item}" for item in items)


def numbered(*items: str) -> str:
    """A list with numbers, from 1."""
    return "\n".join(f"{place}. {item}" for place, item in enumerate(items, start=1))
