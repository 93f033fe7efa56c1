"""Numbers and addresses that name somebody: organisation numbers, giros, postcodes, phones, e-mail.

``parse_x(text)`` takes what people type (any dash, any space) and gives the one form that is stored; it raises
RuleBroken, in Swedish, saying what to write instead. ``print_x(stored)`` gives the form to show.
"""

from __future__ import annotations

import re
from functools import lru_cache

from paragraf.core.errors import RuleBroken
from paragraf.core.typography import plain, without_separators

_TYPED_PHONE = re.compile(r"[0-9+()/. -]+")


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of those before it (modulus 10). ASCII digits only go in."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


# --- organisation numbers ------------------------------------------------------------------------------------------


def parse_organisation_number(text: str) -> str:
    """Ten digits, stored without a hyphen. Twelve digits that begin with 16 are taken as well.

    The third digit is at least 2 (which tells it from a personal number) and the last is a check digit.
    """
    digits = _digits(text)
    if len(digits) == 12 and digits.startswith("16"):
        digits = digits[2:]
    if len(digits) != 10:
        raise RuleBroken(
            "”%(text)s” är inget organisationsnummer. Skriv tio siffror, till exempel 222222-2222.", text=text
        )
    if digits[2] < "2":
        raise RuleBroken(
            "”%(text)s” är inget organisationsnummer: tredje siffran är minst 2. Skriv inte ett personnummer här.",
            text=text,
        )
    _must_pass_luhn(digits, text)
    return digits


def print_organisation_number(stored: str) -> str:
    """``NNNNNN-NNNN`` from the ten stored digits."""
    return f"{stored[:6]}-{stored[6:]}"


def organisation_number_differs(stored: str, registered: str | None) -> RuleBroken | None:
    """A warning to show (not raised: nothing stops the save) if a number is not the one the party register has.

    Both are stored forms. A right check digit does not make it the right party's number. None when they agree or
    when the register has no number for the party.
    """
    if registered is None or stored == registered:
        return None
    return RuleBroken(
        "Organisationsnumret %(written)s är inte det som står i partsregistret, %(registered)s. "
        "Kontrollera vilket som är rätt.",
        written=print_organisation_number(stored),
        registered=print_organisation_number(registered),
    )


# --- giro numbers --------------------------------------------------------------------------------------------------


def parse_plusgiro(text: str) -> str:
    """Two to eight digits, the last a check digit, stored without separators."""
    digits = _digits(text)
    if not 2 <= len(digits) <= 8:
        raise RuleBroken(
            "”%(text)s” är inget plusgironummer. Skriv två till åtta siffror, till exempel 12 34 56-6.", text=text
        )
    _must_not_be_padded(digits, text)
    _must_pass_luhn(digits, text)
    return digits


def print_plusgiro(stored: str) -> str:
    """In pairs from the right, the check digit last after a hyphen: ``12 34 56-6``, ``1 23 45 67-4``."""
    body = stored[:-1]
    uneven = len(body) % 2
    pairs = [body[:uneven], *(body[at : at + 2] for at in range(uneven, len(body), 2))]
    return f"{' '.join(filter(None, pairs))}-{stored[-1]}"


def parse_bankgiro(text: str) -> str:
    """Seven or eight digits, the last a check digit, stored without separators."""
    digits = _digits(text)
    if len(digits) not in (7, 8):
        raise RuleBroken(
            "”%(text)s” är inget bankgironummer. Skriv sju eller åtta siffror, till exempel 123-4566.", text=text
        )
    _must_not_be_padded(digits, text)
    _must_pass_luhn(digits, text)
    return digits


def print_bankgiro(stored: str) -> str:
    """``NNN-NNNN`` or ``NNNN-NNNN``."""
    return f"{stored[:-4]}-{stored[-4:]}"


# --- addresses -----------------------------------------------------------------------------------------------------


def parse_postcode(text: str) -> str:
    """Five digits, the first not 0, stored without a space; a country mark (``SE-`` or ``S-``) is dropped."""
    digits = re.sub(r"^SE?(?=[0-9])", "", without_separators(text).upper())
    if not re.fullmatch(r"[1-9][0-9]{4}", digits):
        raise RuleBroken("”%(text)s” är inget svenskt postnummer. Skriv fem siffror, till exempel 123 45.", text=text)
    return digits


def print_postcode(stored: str) -> str:
    """``NNN NN``."""
    return f"{stored[:3]} {stored[3:]}"


def parse_phone(text: str) -> str:
    """E.164 (``+46…``). Swedish unless it has a country code. Extensions are refused: they would be lost."""
    import phonenumbers  # ten times as slow to load as all the rest

    refusal = RuleBroken(
        "”%(text)s” är inget telefonnummer. Skriv riktnummer och nummer, till exempel 070-123 45 67, utan anknytning.",
        text=text,
    )
    typed = plain(text)
    if not _TYPED_PHONE.fullmatch(typed):
        raise refusal
    try:
        number = phonenumbers.parse(typed, "SE")
    except phonenumbers.NumberParseException:
        raise refusal from None
    if not phonenumbers.is_valid_number(number):
        raise refusal
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@lru_cache(maxsize=512)
def print_phone(stored: str) -> str:
    """Swedish numbers as they are dialled at home (``070-123 45 67``), others with their country code."""
    import phonenumbers

    home = phonenumbers.PhoneNumberFormat.NATIONAL
    abroad = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(phonenumbers.parse(stored), home if stored.startswith("+46") else abroad)


def parse_email(text: str) -> str:
    """The address with its domain in small letters. The form is checked; whether anybody reads it is not."""
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        raise RuleBroken("”%(text)s” är ingen e-postadress. Skriv till exempel namn@kommun.se.", text=text) from None


def _digits(text: str) -> str:
    """The digits of a number that people group as they like; empty if there is anything but digits."""
    bare = without_separators(text)
    return bare if bare.isascii() and bare.isdigit() else ""


def _must_not_be_padded(digits: str, text: str) -> None:
    """Leading zeros would give one account two spellings."""
    if digits.startswith("0"):
        raise RuleBroken("”%(text)s” börjar med noll. Skriv numret utan inledande nollor.", text=text)


def _must_pass_luhn(digits: str, text: str) -> None:
    if not passes_luhn(digits):
        raise RuleBroken("Kontrollsiffran i ”%(text)s” stämmer inte. Se efter om någon siffra blev fel.", text=text)
