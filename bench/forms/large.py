"""A definition of any size, in the manner of a process application, and answers to all of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

#: Kinds of the questions of a page, over and over: half of them texts, as in the forms of real use.
KINDS = ("text", "long_text", "text", "date", "money", "long_text", "yes_no", "text", "choice", "email")
COST_ROWS = 14
YEARS = 4
FIRST_YEAR = 2027
_TYPED = {
    "text": "Sammanhållet stöd i Norrsund",
    "long_text": "Vi möter personer som behöver stöd av flera parter samtidigt. " * 6,
    "date": f"{FIRST_YEAR}-03-01",
    "money": "120 000",
    "yes_no": "yes",
    "choice": "second",
    "email": "handlaggare@norrsund.example",
}


def definition(key: str, pages: dict[str, int]) -> str:
    """YAML: a section for each page with so many questions, and a last section ``costs`` with the budget."""
    return "\n".join(_lines(key, pages)) + "\n"


def _lines(key: str, pages: dict[str, int]) -> Iterator[str]:
    yield f"key: {key}"
    yield "title: {sv: Processansökan, en: Process application}"
    yield "intro: {sv: Till den som söker., en: To those who apply.}"
    yield "sections:"
    for page, count in pages.items():
        yield from _section(page)
        for number in range(1, count + 1):
            yield from _question(page, number)
    yield from _section("costs")
    yield from _budget()


def _section(page: str) -> Iterator[str]:
    yield f"  - id: {page}"
    yield f"    title: {{sv: Avsnitt {page}, en: Section {page}}}"
    yield "    questions:"


def _question(page: str, number: int) -> Iterator[str]:
    kind = kind_of(number)
    yield f"      - id: {page}_{number}"
    yield f"        kind: {kind}"
    yield f"        label: {{sv: Fråga {number} i {page}, en: Question {number} in {page}}}"
    yield "        help: {sv: Skriv det som gäller för er., en: Write what holds for you.}"
    if kind == "choice":
        yield "        choices:"
        for name in ("first", "second", "third"):
            yield f"          - {{id: {name}, label: {{sv: Val {name}, en: Choice {name}}}}}"


def kind_of(number: int) -> str:
    """The kind of a page's question with this number, counted from 1."""
    return KINDS[(number - 1) % len(KINDS)]


def _budget() -> Iterator[str]:
    yield "      - id: budget"
    yield "        kind: budget"
    yield "        label: {sv: Kostnader, en: Costs}"
    yield f"        years: {{count: {YEARS}, start: {FIRST_YEAR}}}"
    yield "        rows:"
    for number in range(1, COST_ROWS + 1):
        kind = "income" if number == COST_ROWS else "cost"
        yield f"          - {{id: row_{number}, kind: {kind}, label: {{sv: Rad {number}, en: Row {number}}}}}"
    for kind in ("cost_total", "net"):
        yield f"          - {{id: {kind}, kind: {kind}, label: {{sv: Summa {kind}, en: Sum {kind}}}}}"


def typed(page: str, count: int) -> dict[str, str]:
    """What a browser sends of a page that is filled in."""
    return {f"{page}_{number}": _TYPED[kind_of(number)] for number in range(1, count + 1)}


def typed_budget() -> dict[str, str]:
    """What a browser sends of the budget: 14 rows of 4 years."""
    years = range(FIRST_YEAR, FIRST_YEAR + YEARS)
    return {f"budget.row_{number}.{year}": str(number * 20_000) for number in range(1, COST_ROWS + 1) for year in years}


def raw(fields: dict[str, str]) -> dict[str, Any]:
    """The fields as a posted form holds them: each name with its values."""
    return {name: [text] for name, text in fields.items()}
