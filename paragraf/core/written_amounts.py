"""Amounts as they stand in running text: ``410 000 kr``, ``5 776 tkr``, ``2,2 miljoner kronor``."""

from __future__ import annotations

import re
from typing import NamedTuple

from paragraf.core.errors import RuleBroken
from paragraf.core.money import parse_amount

_NUMBER = r"(?<![\d,.\-–/])(?:\d{1,3}(?:[ \xa0]\d{3})+|\d{1,12})(?:,\d{1,2})?"
#: A unit is needed: a bare number is a year, a number of persons, a §.
_AMOUNT = re.compile(
    rf"(?P<number>{_NUMBER})\s?(?P<unit>kronor|kr\b|tkr\b|kkr\b|mkr\b|mnkr\b|milj(?:oner|on|\.)?(?:\s?(?:kr(?:onor)?))?\b|:-)",
    re.IGNORECASE,
)


class WrittenAmount(NamedTuple):
    """An amount as it is written, and in öre."""

    text: str
    ore: int


def amounts_in(text: str) -> tuple[WrittenAmount, ...]:
    """The amounts in the text that carry a unit, in order. One that can be read in two ways is left out."""
    if not any(map(str.isdigit, text)):
        return ()
    return tuple(filter(None, map(_read, _AMOUNT.finditer(text))))


def _read(found: re.Match[str]) -> WrittenAmount | None:
    written = found.group()
    try:
        return WrittenAmount(written, parse_amount(f"{found['number']} {found['unit']}"))
    except RuleBroken:
        return None
