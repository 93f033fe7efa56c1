"""What each verb demands of its clause, and the facts of a clause that meets the demands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

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
    for name in _DAYS.intersection(told):
        # What another verb left in the field may be unreadable; this verb's own was checked by its demands.
        typed = told.pop(name)
        if _day_problem(typed, name) is None:
            told[name] = parse_day(typed).isoformat()
    return told


_DAYS = frozenset({"from_on", "to_on", "answer_by", "meeting_day"})


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
        return _appoint_demands(clause)
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
    return _OTHER_DEMANDS.get(clause.verb, _text_demands)(clause)


def _appoint_demands(clause: Clause) -> Iterable[RuleBroken | None]:
    yield None if clause.persons and all(map(names_somebody, clause.persons)) else _missing("persons", _NOBODY)
    if not clause.body:
        yield _needed(clause.role, "role", "Skriv till vad personen utses.")
        return
    yield _needed(clause.capacity, "capacity", "Välj om det är som ordförande, ledamot eller ersättare.")
    if clause.replaces and len(clause.persons) > 1:
        yield _missing("replaces", "Skriv en att-sats för varje person när någon lämnar platsen.")
    if clause.turn and not re.fullmatch(r"[1-9][0-9]?", clause.turn):
        yield _missing("turn", "Skriv turen som ett tal, till exempel 1.")
    yield from _span_problems(clause)


def _text_demands(clause: Clause) -> Iterable[RuleBroken | None]:
    yield _text_problem(clause)


def _statement_demands(clause: Clause) -> Iterable[RuleBroken | None]:
    yield _text_problem(clause)
    if " till " not in clause.text:
        yield _needed(clause.recipient, "recipient", "Skriv vem som får yttrandet.")
    yield _day_problem(clause.answer_by, "answer_by")


def _delegate_demands(clause: Clause) -> Iterable[RuleBroken | None]:
    yield _needed(clause.text, "text", "Skriv vilka ärenden som delegeras.")
    yield _needed(clause.recipient, "recipient", "Skriv till vem beslutanderätten delegeras.")
    yield from _span_problems(clause)


def _correct_demands(clause: Clause) -> Iterable[RuleBroken | None]:
    if corrected(clause.paragraph) is None:
        yield _missing("paragraph", "Skriv vilken paragraf som rättas, till exempel § 612.")
    yield _needed(clause.wrong, "wrong", "Skriv vad som står i protokollet.")
    yield _needed(clause.right, "right", "Skriv vad det ska stå.")


def _cancel_demands(clause: Clause) -> Iterable[RuleBroken | None]:
    yield _needed(clause.meeting_day, "meeting_day", "Skriv vilken dag sammanträdet som ställs in är.")
    yield _day_problem(clause.meeting_day, "meeting_day")


_OTHER_DEMANDS: dict[Verb, Callable[[Clause], Iterable[RuleBroken | None]]] = {
    Verb.STATEMENT: _statement_demands,
    Verb.DELEGATE: _delegate_demands,
    Verb.CORRECT: _correct_demands,
    Verb.CANCEL_MEETING: _cancel_demands,
}


class Paragraph(NamedTuple):
    """A § as it is pointed out: its number and, in a series that begins anew each year, the year ("" otherwise)."""

    number: int
    year: str


def corrected(typed: str) -> Paragraph | None:
    """Which § ``§ 612`` or ``§ 12/2027`` points out; None where it points out none."""
    found = _PARAGRAPH.fullmatch(bare(typed))
    return Paragraph(int(found["number"]), found["year"] or "") if found else None


_PARAGRAPH = re.compile(r"§?\s*(?P<number>[0-9]{1,7})(?:\s*/\s*(?P<year>20[0-9]{2}))?")


def _span_problems(clause: Clause) -> Iterable[RuleBroken | None]:
    problems = [_day_problem(clause.from_on, "from_on"), _day_problem(clause.to_on, "to_on")]
    yield from problems
    if clause.from_on and clause.to_on and not any(problems) and parse_day(clause.to_on) < parse_day(clause.from_on):
        yield _missing("to_on", "Den sista dagen är före den första.")


def _day_problem(typed: str, field: str) -> RuleBroken | None:
    """What is wrong with a day that may be left out."""
    try:
        if typed:
            parse_day(typed)
    except RuleBroken as problem:
        return RuleBroken(problem.message, field=field, **problem.values)
    return None


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
    return _day_problem(typed, "due_on")


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
