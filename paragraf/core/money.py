"""Amounts in whole öre, shares in hundredths of a percent, posts in thousandths of a full-time post. Never a float.

Units: an amount is an int of öre (100 = 1 kr); a percentage is an int of basis points (3500 = 35 %); staffing is an
int of thousandths of a full-time equivalent (800 = 0,8 tjänst = 80 %).
What can be read in two ways is refused with the reason. Blank is not zero: ``parse_optional_amount`` gives None.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from paragraf.core.errors import RuleBroken
from paragraf.core.typography import NBSP, plain

LARGEST_AMOUNT = 10**15
"""In öre: ten thousand milliard kronor. More is a slip of the hand, and far more would not fit a row."""
LARGEST_PERCENTAGE = 10**7
"""In basis points: a hundred thousand percent."""
LARGEST_STAFFING = 10**6
"""In thousandths: a thousand full-time posts."""

_ORE = 100
_UNITS = {
    **dict.fromkeys(("", "kr", "krona", "kronor", "sek", ":-", ",-"), 1),
    **dict.fromkeys(("tkr", "kkr", "tusen kr", "tusen kronor"), 1_000),
    **dict.fromkeys(("mkr", "mnkr", "milj", "miljon", "miljoner"), 1_000_000),
    **dict.fromkeys(("milj kr", "miljon kronor", "miljoner kr", "miljoner kronor"), 1_000_000),
}
_HALVES = {"½": "5", "¼": "25", "¾": "75"}
_NUMBER = re.compile(
    r"(?P<sign>-? ?)(?P<whole>[0-9]{1,3}(?: [0-9]{3}){1,6}|[0-9]{1,18})(?:(?P<mark>[.,])(?P<part>[0-9]{1,9}))?"
    r"(?P<unit>(?:[:,]-)?[^0-9]*)"
)


class _Number(NamedTuple):
    """A decimal number as written: its digits with the mark taken out, how many followed the mark, and the unit."""

    digits: int
    places: int
    mark: str
    unit: str

    @property
    def scale(self) -> int:
        return int(10**self.places)

    def times(self, factor: int) -> int | None:
        """The number times the factor, or None where that is no whole number."""
        product, rest = divmod(self.digits * factor, self.scale)
        return None if rest else product


def _read(text: str) -> _Number | None:
    match = _NUMBER.fullmatch(_without_fraction_signs(plain(text)))
    if match is None:
        return None
    part = match["part"] or ""
    digits = int(match["whole"].replace(" ", "") + part)
    unit = " ".join(match["unit"].replace(".", " ").split()).casefold()
    return _Number(-digits if match["sign"] else digits, len(part), match["mark"] or "", unit)


def _without_fraction_signs(text: str) -> str:
    """``1½`` as ``1,5`` and ``½`` as ``0,5``."""
    return re.sub(r"([0-9]*) ?([½¼¾])", lambda found: f"{found[1] or 0},{_HALVES[found[2]]}", text)


# --- amounts -------------------------------------------------------------------------------------------------------


#: So many digits are always a number of kronor that is small enough.
_PLAIN_DIGITS = 9


def parse_amount(text: str) -> int:
    """The amount in öre. Kronor unless the text says tkr or miljoner; thousands apart by spaces, decimals by a comma.

    Raises RuleBroken for anything else, and for a mark before exactly three digits, which may part thousands.
    """
    # Plain whole kronor are most of a budget's cells, and a save reads them all.
    if text.isascii() and text.isdigit() and len(text) <= _PLAIN_DIGITS:
        return int(text) * _ORE
    number = _read(text)
    unit = None if number is None else _UNITS.get(number.unit)
    if number is None or unit is None:
        raise RuleBroken("”%(text)s” går inte att läsa som ett belopp. Skriv till exempel 410 000 kr.", text=text)
    if number.places == 3 and not (unit == 1_000_000 and number.mark == ","):
        raise RuleBroken(
            "”%(text)s” kan läsas på två sätt. Skriv tusental med mellanslag (1 234) och ören med komma (1,23).",
            text=text,
        )
    amount = number.times(unit * _ORE)
    if amount is None:
        raise RuleBroken("”%(text)s” är inte hela ören. Skriv högst två decimaler i kronor.", text=text)
    if abs(amount) > LARGEST_AMOUNT:
        raise RuleBroken("”%(text)s” är för stort för ett belopp. Se efter om det blev för många siffror.", text=text)
    return amount


def parse_optional_amount(text: str) -> int | None:
    """As ``parse_amount``, but None where nothing is written: an empty amount is unknown, not zero."""
    return parse_amount(text) if plain(text) else None


def print_amount(amount: int, language: str = "sv") -> str:
    """``410 000 kr`` from öre, with no-break spaces; öre only where there are any. English: ``SEK 410,000``."""
    sign = "−" if amount < 0 else ""
    kronor, ore = divmod(abs(amount), _ORE)
    if language.startswith("en"):
        return f"{sign}SEK{NBSP}{kronor:,}" + (f".{ore:02}" if ore else "")
    return f"{sign}{kronor:,}".replace(",", NBSP) + (f",{ore:02}" if ore else "") + f"{NBSP}kr"


# --- percent and posts ---------------------------------------------------------------------------------------------


def parse_percent(text: str) -> int:
    """Basis points (3500 for ``35 %``). The sign may be left out, except for a number that may be a share of one."""
    number = _read(text)
    bare_fraction = plain(text) in _HALVES
    if number is None or number.unit not in ("", "%", "procent"):
        raise RuleBroken("”%(text)s” går inte att läsa som procent. Skriv till exempel 35 %%.", text=text)
    if not bare_fraction and not number.unit and _at_most_one(number):
        raise RuleBroken(
            "”%(text)s” kan vara procent eller en andel. Skriv till exempel 0,8 %% eller 80 %%.", text=text
        )
    points = number.times(10_000 if bare_fraction else 100)
    if points is None or abs(points) > LARGEST_PERCENTAGE:
        raise RuleBroken("”%(text)s” är för stort eller för noga. Skriv procent med högst två decimaler.", text=text)
    return points


def _at_most_one(number: _Number) -> bool:
    return 0 < abs(number.digits) <= number.scale


def print_percent(points: int, language: str = "sv") -> str:
    """``35 %`` from basis points, with a no-break space; decimals only where needed. English: ``35%``."""
    written = _decimal(points, places=2, language=language)
    return f"{written}%" if language.startswith("en") else f"{written}{NBSP}%"


def parse_full_time(text: str) -> int:
    """Thousandths of a full-time post: 800 for ``0,8 tjänst``, ``0.8`` or ``80 %``; 500 for ``½``."""
    number = _read(text)
    if number is None or number.digits < 0 or number.unit not in ("", "%", "procent", "tjänst", "tjänster"):
        raise RuleBroken(
            "”%(text)s” går inte att läsa som tjänst. Skriv till exempel 0,8 tjänst eller 80 %%.", text=text
        )
    if not number.unit and number.digits > 10 * number.scale:
        raise RuleBroken("”%(text)s” kan vara procent eller hela tjänster. Skriv 0,8 tjänst eller 80 %%.", text=text)
    thousandths = number.times(10 if number.unit in ("%", "procent") else 1_000)
    if thousandths is None or thousandths > LARGEST_STAFFING:
        raise RuleBroken("”%(text)s” är för stort eller för noga. Skriv tjänsten med högst tre decimaler.", text=text)
    return thousandths


def print_full_time(thousandths: int, language: str = "sv") -> str:
    """``0,8 tjänst`` from thousandths, with at least one decimal. English: ``0.8 full-time equivalents``."""
    unit = "full-time equivalents" if language.startswith("en") else "tjänst"
    return f"{_decimal(thousandths, places=3, language=language, least=1)}{NBSP}{unit}"


def percent_of_full_time(thousandths: int) -> int:
    """The same staffing in basis points: 800 (0,8 tjänst) is 8000 (80 %)."""
    return thousandths * 10


def _decimal(number: int, *, places: int, language: str, least: int = 0) -> str:
    """The integer with so many decimals, needless zeros left out down to ``least`` decimals."""
    whole, part = divmod(abs(number), 10**places)
    decimals = f"{part:0{places}}".rstrip("0").ljust(least, "0")
    mark = "." if language.startswith("en") else ","
    return ("−" if number < 0 else "") + str(whole) + (mark + decimals if decimals else "")
