"""Amounts written in running text."""

from __future__ import annotations

import re
from typing import NamedTuple

from paragraf.core.errors import RuleBroken
from paragraf.core.money import parse_amount

_NUMBER = r"(?<![\d,.\-–/])(?:\d{1,3}(?:[ \xa0]\d{3})+|\d{1,12})(?:,\d{1,2})?"
_AMOUNT = re.compile(
    rf"(?P<number>{_NUMBER})\s?(?P<unit>kronor|kr\b|tkr\b|kkr\b|mkr\b|mnkr\b|milj(?:oner|on|\.)?(?:\s?(?:kr(?:onor)?))?\b|:-)",
    re.IGNORECASE,
)


_SIGNS = ("kr", "milj", ":-")


class ReadAmount(NamedTuple):
    """An amount as it is written, and in öre."""

    text: str
    ore: int


def amounts_in(text: str) -> tuple[ReadAmount, ...]:
    """The amounts in the text that carry a unit, in order. One that can be read in two ways is left out."""
    lower = text.lower()
    if not any(sign in lower for sign in _SIGNS):
        return ()
    return tuple(filter(None, map(_read, _AMOUNT.finditer(text))))


def _read(found: re.Match[str]) -> ReadAmount | None:
    written = found.group()
    try:
        return ReadAmount(written, parse_amount(f"{found['number']} {found['unit']}"))
    except RuleBroken:
        return None
