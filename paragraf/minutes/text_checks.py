"""What can be seen to be wrong in the words of a §: attachments that are not there, sums, days that cannot be.

Texts are shown as they were written, with the difference told; nothing is put right by itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date

from paragraf.core.errors import RuleBroken
from paragraf.core.money import parse_amount, print_amount
from paragraf.core.written_dates import parse_day
from paragraf.minutes import demands
from paragraf.minutes.clauses import Clause
from paragraf.minutes.models import Verb
from paragraf.minutes.rules import ItemFacts

_NUMBERED = re.compile(r"\bbilag(?:a|an|or|orna)\s+(\d{1,3}(?:\s*(?:,|och|samt|–|-)\s*\d{1,3})*)\b", re.IGNORECASE)
_UNNUMBERED = re.compile(r"\b(?:se|enligt|i)\s+bilag(?:a|an|d|t)\b(?!\s*\d)", re.IGNORECASE)
_AMOUNT = r"(?P<amount>\d[\d \u00a0\u202f.,]*\s*(?:kronor|kr|tkr|mnkr|mkr)\b)"
_YEAR = r"(?P<year>20\d\d)"
_AMOUNT_FOR_YEAR = re.compile(rf"{_AMOUNT}\s+(?:för|under|avseende|år)\s+(?:år\s+)?{_YEAR}", re.IGNORECASE)
_YEAR_WITH_AMOUNT = re.compile(rf"\b{_YEAR}\s*(?::|med|,|–|-|=)?\s*(?={_AMOUNT})", re.IGNORECASE)
_TOTAL = re.compile(
    rf"\b(?:totalt|sammanlagt|sammantaget|tillsammans|summa)\b[^\d\n.]{{0,30}}{_AMOUNT}"
    rf"|{_AMOUNT.replace('amount', 'before')}\s+(?:totalt|sammanlagt|tillsammans)\b",
    re.IGNORECASE,
)


def attachment_problems(item: ItemFacts, known: Collection[int]) -> Iterator[tuple[RuleBroken, bool]]:
    """Attachments that the § has or speaks of and that are not there; each problem, and whether it hinders.

    ``known``: the numbers of all attachments of the meeting.
    """
    for one in item.attachments:
        if one.is_removed:
            told = "Bilagan ”%(title)s” har tagits bort från sammanträdet. Ta bort den här också, eller lägg in den."
            yield RuleBroken(told, title=one.title, field="attachments"), True
    text = _whole_text(item)
    there = {*known, *(one.number for one in item.attachments)}
    for number in sorted({number for found in _NUMBERED.finditer(text) for number in _numbers(found[1])} - there):
        yield (
            RuleBroken("Texten nämner bilaga %(number)s, men den finns inte.", number=number, field="attachments"),
            False,
        )
    if not item.attachments and _UNNUMBERED.search(text):
        told = "Texten hänvisar till en bilaga, men paragrafen har ingen."
        yield RuleBroken(told, field="attachments"), False


def sum_problems(item: ItemFacts) -> Iterator[tuple[RuleBroken, int | None]]:
    """Totals that are not the sum of the years' amounts beside them, and in which clause (None: in the text)."""
    granted = {place: sum(demands.readable(clause).values()) for place, clause in _grants(item)}
    paragraphs = item.words.background.splitlines()
    for paragraph in paragraphs:
        yield from ((problem, None) for problem in _own_sum_problems(paragraph))
        # What was applied for may be more than what is granted: only a sentence that grants is compared.
        if "bevilja" in paragraph.lower() and len(granted) == 1 and not _by_year(paragraph):
            yield from ((problem, None) for problem in _total_problems(paragraph, next(iter(granted.values()))))
    for place, clause in enumerate(item.words.clauses):
        yield from ((problem, place) for problem in _own_sum_problems(clause.text))


def day_problem(clause: Clause, meeting_day: date) -> RuleBroken | None:
    """A task that was to be done before it was given."""
    if clause.verb is not Verb.COMMISSION or clause.next_meeting or not clause.due_on:
        return None
    try:
        due_on = parse_day(clause.due_on)
    except RuleBroken:
        return None  # told by what the verb demands
    if due_on >= meeting_day:
        return None
    told = "Uppdraget ska redovisas %(day)s, men det är före sammanträdet."
    return RuleBroken(told, field="due_on", day=due_on)


def _whole_text(item: ItemFacts) -> str:
    return "\n".join((item.words.background, *(clause.text for clause in item.words.clauses)))


def _numbers(listed: str) -> list[int]:
    """``1, 2 och 4`` or ``1–3`` as numbers."""
    found: list[int] = []
    for first, last in re.findall(r"(\d+)(?:\s*[–-]\s*(\d+))?", listed):
        found += range(int(first), int(last or first) + 1)
    return found


def _grants(item: ItemFacts) -> list[tuple[int, Clause]]:
    return [(place, clause) for place, clause in enumerate(item.words.clauses) if clause.verb is Verb.GRANT]


def _own_sum_problems(text: str) -> Iterator[RuleBroken]:
    by_year = _by_year(text)
    if len(by_year) > 1:
        yield from _total_problems(text, sum(by_year.values()))


def _total_problems(text: str, reckoned: int) -> Iterator[RuleBroken]:
    totals = {_read(found["amount"] or found["before"]) for found in _TOTAL.finditer(text)} - {None}
    if len(totals) != 1:
        return
    told = totals.pop()
    if told is not None and told != reckoned:
        yield RuleBroken(
            "Summan stämmer inte: i texten står %(told)s, men beloppen blir %(reckoned)s (skillnad %(difference)s).",
            told=print_amount(told),
            reckoned=print_amount(reckoned),
            difference=print_amount(abs(told - reckoned)),
        )


def _by_year(text: str) -> dict[str, int]:
    for pattern in (_AMOUNT_FOR_YEAR, _YEAR_WITH_AMOUNT):
        read = {found["year"]: _read(found["amount"]) for found in pattern.finditer(text)}
        if len(read) > 1:
            return {year: amount for year, amount in read.items() if amount is not None}
    return {}


def _read(typed: str) -> int | None:
    try:
        return parse_amount(typed)
    except RuleBroken:
        return None
