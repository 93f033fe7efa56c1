"""What each verb demands of its clause, and the facts of a clause that meets the demands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from paragraf.core.errors import N_, RuleBroken
from paragraf.core.money import parse_amount, parse_percent
from paragraf.core.written_dates import parse_day
from paragraf.grants.rules import LARGEST_SHARE
from paragraf.minutes.clauses import Clause, bare, names_somebody, to_json
from paragraf.minutes.models import Verb


def clause_problems(clause: Clause) -> list[RuleBroken]:
    """What must be mended before the clause can be decided; ``field`` names the field of Clause, or ``amount-1``."""
    return [problem for problem in _demands(clause) if problem is not None]


def facts(clause: Clause, next_meeting: date | None = None) -> dict[str, Any]:
    """The facts of a clause without problems, as JSON: amounts in öre, days in ISO. They are frozen with the number.

    ``next_meeting``: the day of the body's next meeting, on which "the next meeting" becomes a day.
    """
    told = to_json(clause)
    told.pop("verb")
    if clause.verb is Verb.GRANT:
        told["years"] = {str(year): amount for year, amount in granted(clause).items()}
        told["conditions"] = [bare(each) for each in clause.conditions]
        told.pop("share", None)
        if clause.share:
            told["post_share"] = post_share(clause)
    if clause.verb is Verb.COMMISSION:
        due_on = next_meeting if clause.next_meeting and next_meeting else parse_day(clause.due_on)
        told["due_on"] = due_on.isoformat()
    return told


def granted(clause: Clause) -> dict[int, int]:
    """Öre by year, earliest year first. A year without an amount is no year. Raises RuleBroken naming the row."""
    amounts: dict[int, int] = {}
    for row, typed in enumerate(clause.years):
        if not typed.amount:
            continue
        year = _read_year(typed.year, row)
        if year in amounts:
            raise RuleBroken("År %(year)s står två gånger. Lägg ihop beloppen.", field=f"year-{row}", year=year)
        amounts[year] = _read_amount(typed.amount, row)
    return dict(sorted(amounts.items()))


def post_share(clause: Clause) -> int:
    """The part of a post in hundredths of a per cent. Raises RuleBroken where it cannot be read or is none."""
    try:
        share = parse_percent(clause.share)
    except RuleBroken as problem:
        raise RuleBroken(problem.message, field="share", **problem.values) from None
    if not 0 < share <= LARGEST_SHARE:
        raise _missing("share", "Andelen av en tjänst ska vara mer än 0 och högst 100 procent.")
    return share


_OWN_APPOINTMENT = re.compile(r"(?:^|\b(?:samt|och) (?:att )?)(?:utse|välja)\b(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_NOBODY = N_("Beslutet utser ingen. Skriv vem som utses.")


def _demands(clause: Clause) -> Iterable[RuleBroken | None]:
    if clause.verb is Verb.GRANT:
        return _grant_demands(clause)
    if clause.verb is Verb.APPOINT:
        return (
            None if clause.persons and all(map(names_somebody, clause.persons)) else _missing("persons", _NOBODY),
            _needed(clause.role, "role", "Skriv till vad personen utses."),
        )
    if clause.verb is Verb.COMMISSION:
        return (
            _needed(clause.assignee, "assignee", "Skriv vem som får uppdraget."),
            _needed(clause.task, "task", "Skriv vad uppdraget är."),
            None if clause.next_meeting else _due_problem(clause.due_on),
        )
    if clause.verb is Verb.REMIT_BACK:
        return (_needed(clause.reason, "reason", "Skriv varför ärendet återremitteras."),)
    if clause.verb is Verb.TABLE:
        return (_needed(clause.until, "until", "Skriv till när ärendet bordläggs."),)
    return (_text_problem(clause),)


def _grant_demands(clause: Clause) -> Iterable[RuleBroken | None]:
    yield _needed(clause.grantee, "grantee", "Skriv vem som får bidraget.")
    try:
        amounts = granted(clause)
        if clause.share:
            post_share(clause)
            if amounts:
                yield _missing("share", "Skriv antingen belopp eller en andel av en tjänst, inte båda.")
        elif not amounts:
            yield _missing("years", "Skriv ett belopp för minst ett år.")
    except RuleBroken as problem:
        yield problem


def _text_problem(clause: Clause) -> RuleBroken | None:
    text = bare(clause.text)
    if not text and clause.verb is not Verb.REJECT:
        return _missing("text", "Att-satsen är tom. Skriv vad som beslutas eller ta bort den.")
    own = _OWN_APPOINTMENT.search(text)
    if own and not names_somebody(own["rest"]):
        return _missing("text", _NOBODY)
    return None


def _due_problem(typed: str) -> RuleBroken | None:
    if not typed:
        return _missing("due_on", "Skriv när uppdraget ska redovisas, eller kryssa för nästa sammanträde.")
    try:
        parse_day(typed)
    except RuleBroken as problem:
        return RuleBroken(problem.message, field="due_on", **problem.values)
    return None


def _needed(value: str, field: str, message: str) -> RuleBroken | None:
    return None if bare(value) else _missing(field, message)


def _missing(field: str, message: str) -> RuleBroken:
    return RuleBroken(message, field=field)


def _read_year(typed: str, row: int) -> int:
    if not re.fullmatch(r"20[0-9]{2}", typed):
        raise RuleBroken("Skriv året med fyra siffror, till exempel 2026.", field=f"year-{row}")
    return int(typed)


def _read_amount(typed: str, row: int) -> int:
    try:
        amount = parse_amount(typed)
    except RuleBroken as problem:
        raise RuleBroken(problem.message, field=f"amount-{row}", **problem.values) from None
    if amount <= 0:
        raise RuleBroken("Beloppet ska vara större än noll.", field=f"amount-{row}")
    return amount


def readable(clause: Clause) -> dict[int, int]:
    """What can be read of the amounts while they are being typed."""
    amounts: dict[int, int] = {}
    for typed in clause.years:
        try:
            amounts |= granted(replace(clause, years=(typed,)))
        except RuleBroken:
            continue
    return dict(sorted(amounts.items()))
