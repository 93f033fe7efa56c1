"""Amounts as they stand in running text: ``410 000 kr``, ``5 776 tkr``, ``2,2 miljoner kronor``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from paragraf.core.errors import RuleBroken
from paragraf.core.money import parse_amount
from paragraf.core.typography import plain

_UNIT = (
    r"(?:tusen kronor|tusen kr|miljoner kronor|miljoner kr|miljon kronor|milj\.? kr|kronor|krona|kr|tkr|kkr|mkr|mnkr|"
    r"miljoner|miljon|milj)"
)
#: A unit is needed: a bare number is a year, a number of persons, a §.
_AMOUNT = re.compile(
    rf"(?<![\d.,])(?P<amount>\d{{1,3}}(?: \d{{3}})+(?:,\d{{1,2}})?|\d{{1,12}}(?:,\d{{1,3}})?) ?(?P<unit>{_UNIT})\b",
    re.IGNORECASE,
)


class WrittenAmount(NamedTuple):
    """An amount in öre, and as it was written and where."""

    ore: int
    text: str
    start: int


def amounts_in(text: str) -> Iterator[WrittenAmount]:
    """Every amount that the text tells with its unit, in order. What can be read in two ways is left out."""
    for found in _AMOUNT.finditer(plain(text)):
        try:
            ore = parse_amount(f"{found['amount']} {found['unit']}")
        except RuleBroken:
            continue
        yield WrittenAmount(ore, found.group(), found.start())
