"""Numbers that are no amounts: stored as a canonical decimal text (``12.5``), so that nothing is ever rounded.

Canonical: a point as mark, no needless zeros, ``-`` before what is below zero and never before zero. Sums are made of
whole numbers of the smallest decimal and are exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from paragraf.core.errors import RuleBroken
from paragraf.core.typography import NBSP, plain

#: Digits before the mark, and after it. Sums of a whole table stay exact in the browser too, which uses whole numbers.
MOST_DIGITS, MOST_DECIMALS = 12, 4

_NUMBER = re.compile(r"(-? ?)([0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:([.,])([0-9]+))?")
_HALVES = {"½": "5", "¼": "25", "¾": "75"}


def parse_number(text: str) -> str:
    """Return the canonical text of a number as people type it: ``1 234,5``, ``0.5``, ``½``.

    Raises RuleBroken for anything else, and for a point before exactly three digits, which may part thousands.
    """
    halved = re.sub(r"([0-9]*) ?([½¼¾])", lambda found: f"{found[1] or 0},{_HALVES[found[2]]}", plain(text))
    found = _NUMBER.fullmatch(halved)
    if found is None:
        raise RuleBroken("”%(text)s” går inte att läsa som ett tal. Skriv till exempel 12 eller 12,5.", text=text)
    sign, whole, mark, part = found.groups(default="")
    digits = whole.replace(" ", "")
    if mark == "." and len(part) == 3:
        raise RuleBroken(
            "”%(text)s” kan läsas på två sätt. Skriv tusental med mellanslag (1 234) och decimaler med komma (1,23).",
            text=text,
        )
    if len(digits.lstrip("0")) > MOST_DIGITS or len(part.rstrip("0")) > MOST_DECIMALS:
        raise RuleBroken("”%(text)s” är för stort eller har för många decimaler.", text=text)
    return canonical(Decimal(f"{sign.strip()}{digits}.{part or 0}"))


def canonical(number: Decimal) -> str:
    """Return the one text in which a number is stored."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def decimals_of(stored: str) -> int:
    """Return how many decimals a stored number has."""
    return len(stored.partition(".")[2])


def add(stored: Iterable[str]) -> str:
    """Return the exact sum of stored numbers in canonical text."""
    scale = 10**MOST_DECIMALS
    whole = sum(int(Decimal(one) * scale) for one in stored)
    return canonical(Decimal(whole).scaleb(-MOST_DECIMALS))


def typed_number(stored: str) -> str:
    """Return the text for the field, which ``parse_number`` reads as the stored number again."""
    return print_number(stored).replace("−", "-")


def print_number(stored: str | int, language: str = "sv") -> str:
    """Return ``1 234,5`` with a no-break space; in English ``1,234.5``."""
    whole, _dot, part = str(stored).lstrip("-").partition(".")
    english = language.startswith("en")
    grouped = f"{int(whole):,}" if english else f"{int(whole):,}".replace(",", NBSP)
    return ("−" if str(stored).startswith("-") else "") + grouped + (("." if english else ",") + part if part else "")
