"""Spaces and dashes as people and word processors write them, brought to one form before anything is read."""

from __future__ import annotations

NBSP = "\u00a0"

_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_ONE_FORM = str.maketrans(dict.fromkeys(_INVISIBLE) | dict.fromkeys(_DASHES, "-"))


def plain(text: str) -> str:
    """The text with one sort of space, single and none at the ends, and one sort of dash (``-``).

    Characters that cannot be seen (soft hyphens, zero-width spaces, byte order marks) are dropped.
    """
    # split() knows every sort of white space, the no-break ones too.
    return " ".join(text.translate(_ONE_FORM).split())


def without_separators(text: str) -> str:
    """The plain text without spaces and dashes, for numbers that people group as they like."""
    return plain(text).replace(" ", "").replace("-", "")
