"""Single values: from what a person types to the one form that is stored, and back to what is shown.

A stored value is JSON: text, an integer of öre, an ISO date, a phone number as E.164, ten digits of an
organisation number. What cannot be read raises RuleBroken with a message that tells how to write it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from paragraf.core import identifiers, money, printing, written_dates
from paragraf.core.errors import RuleBroken
from paragraf.core.typography import NBSP
from paragraf.questions import numbers

Read = TypeVar("Read", str, int)

# Sums of fifty budgets of 14 × 10 cells of this size stay exact in the browser too, where numbers above 2^53 lose
# their last öre.
MOST_ORE = 10**12


# Nothing that is counted, dialled or mailed to is longer; what is pasted here by mistake is refused unread.
LONGEST_NUMBER = 300


@dataclass(frozen=True, slots=True)
class Scalar:
    """How one sort of value is read and shown.

    ``read`` gets a clean text that is not empty; ``typed`` gives the text for the field when the stored value is to be
    changed, such that ``read`` gives the value back; ``shown`` gives the text for reading, by language.
    """

    read: Callable[[str], str | int]
    typed: Callable[[str | int], str] = str
    shown: Callable[[str | int, str], str] | None = None
    input_type: str = "text"

    def show(self, value: str | int, language: str) -> str:
        """Return the stored value as it is printed on a page and in a document."""
        return self.shown(value, language) if self.shown else self.typed(value)


def clean(typed: str) -> str:
    """Return the text without control characters, with ``\\n`` as line break and nothing blank at the ends."""
    # What can be printed has no control characters: most of what is typed in one line.
    if typed.isprintable():
        return typed.strip()
    newlines = typed.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in newlines if c in "\n\t" or not (ord(c) < 32 or 127 <= ord(c) < 160)).strip()


def _line(typed: str) -> str:
    return re.sub(r"\s*\n\s*", " ", typed)


def _date(typed: str) -> str:
    return written_dates.parse_day(typed).isoformat()


def _printed_date(stored: str | int, language: str) -> str:
    return printing.print_date(date.fromisoformat(str(stored)), language)


def _amount(typed: str) -> int:
    ore = money.parse_amount(typed)
    if ore < 0:
        raise RuleBroken("Skriv beloppet utan minustecken. Intäkter har en egen rad.")
    if ore > MOST_ORE:
        raise RuleBroken("Beloppet är större än vad som går att söka. Kontrollera antalet nollor.")
    return ore


def _typed_amount(ore: str | int) -> str:
    return money.print_amount(int(ore)).removesuffix(f"{NBSP}kr")


def _printed_amount(ore: str | int, language: str) -> str:
    return money.print_amount(int(ore), language)


def _typed_percent(points: str | int) -> str:
    typed = money.print_percent(int(points)).replace("−", "-")
    # A bare number of at most one may be a share, and would not be read again without its sign.
    return typed if 0 < abs(int(points)) <= 100 else typed.removesuffix(f"{NBSP}%")


def _printed_percent(points: str | int, language: str) -> str:
    return money.print_percent(int(points), language)


def _short(reader: Callable[[str], Read]) -> Callable[[str], Read]:
    def read(typed: str) -> Read:
        if len(typed) > LONGEST_NUMBER:
            raise RuleBroken("Texten är för lång för det här fältet. Kontrollera vad som klistrades in.")
        return reader(typed)

    return read


def _of_text(printer: Callable[[str], str]) -> Callable[[str | int], str]:
    return lambda value: printer(str(value))


def _number(parse: Callable[[str], str], printer: Callable[[str], str], input_type: str = "text") -> Scalar:
    return Scalar(_short(parse), _of_text(printer), input_type=input_type)


SCALARS = {
    "line": Scalar(_line),
    "prose": Scalar(str, input_type="textarea"),
    "date": Scalar(_short(_date), shown=_printed_date, input_type="date"),
    "money": Scalar(_short(_amount), _typed_amount, _printed_amount),
    "organisation_number": _number(identifiers.parse_organisation_number, identifiers.print_organisation_number),
    "plusgiro": _number(identifiers.parse_plusgiro, identifiers.print_plusgiro),
    "bankgiro": _number(identifiers.parse_bankgiro, identifiers.print_bankgiro),
    "postcode": _number(identifiers.parse_postcode, identifiers.print_postcode),
    "phone": _number(identifiers.parse_phone, identifiers.print_phone, "tel"),
    "email": _number(identifiers.parse_email, str, "email"),
    "number": Scalar(_short(numbers.parse_number), _of_text(numbers.typed_number), numbers.print_number),
    "percent": Scalar(_short(money.parse_percent), _typed_percent, _printed_percent),
    # The reader of answers holds it against the alternatives of its question.
    "choice": Scalar(str, input_type="select"),
    "yes_no": Scalar(str, input_type="select"),
}
