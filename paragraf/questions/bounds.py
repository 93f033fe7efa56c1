"""What a stored answer may hold: words, days, calendar years, decimals, how much and how many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from datetime import date
from decimal import Decimal
from typing import Any

from paragraf.questions import numbers
from paragraf.questions.context import Context
from paragraf.questions.definition import Kind, Question, Text
from paragraf.questions.fields import Leaf, field_name, is_unread, leaves

_PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class AnswerFault:
    """What is wrong in one field of an answer, told in Swedish with ``%(name)s`` places."""

    field: str
    message: str
    values: Mapping[str, Any] = made(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message


def broken_bounds(question: Question, value: Any, context: Context) -> Iterator[AnswerFault]:
    """Yield what in a stored answer lies outside the question's own bounds, and the call's."""
    if value is None or is_unread(value):
        return
    if question.options.max_words is not None:
        yield from _too_many_words(question, value)
    if question.kind is Kind.DATE:
        bounds = question.options
        yield from _outside(question.id, date.fromisoformat(value), [bounds.earliest], [bounds.latest])
    if question.kind is Kind.PERIOD:
        yield from _broken_period(question, value, context)
    yield from _broken_numbers(question, value)
    if question.options.at_most is not None and len(value) > question.options.at_most:
        yield AnswerFault(question.id, "Högst %(most)s är möjligt här.", {"most": question.options.at_most})


def _too_many_words(question: Question, value: str) -> Iterator[AnswerFault]:
    words, most = len(value.split()), question.options.max_words
    if most is not None and words > most:
        yield AnswerFault(
            question.id,
            "Texten är %(words)s ord lång. Korta den till högst %(most)s ord.",
            {"words": words, "most": most},
        )


def _outside(name: str, day: date, earliest: list[date | None], latest: list[date | None]) -> Iterator[AnswerFault]:
    first = max((bound for bound in earliest if bound), default=day)
    last = min((bound for bound in latest if bound), default=day)
    if day < first:
        yield AnswerFault(name, "Datumet får vara tidigast %(earliest)s.", {"earliest": first.isoformat()})
    if day > last:
        yield AnswerFault(name, "Datumet får vara senast %(latest)s.", {"latest": last.isoformat()})


def _broken_period(question: Question, value: Mapping[str, Any], context: Context) -> Iterator[AnswerFault]:
    days = {name: date.fromisoformat(text) for name, text in value.items() if not is_unread(text)}
    bounds = question.options
    for name, day in days.items():
        yield from _outside(
            field_name(question.id, name), day, [bounds.earliest, context.earliest], [bounds.latest, context.latest]
        )
    if len(days) < 2:
        return
    years, most = days["end"].year - days["start"].year + 1, question.options.max_years
    if days["end"] < days["start"]:
        yield AnswerFault(field_name(question.id, "end"), "Slutdagen är före startdagen. Ändra en av dem.")
    elif most is not None and years > most:
        yield AnswerFault(
            field_name(question.id, "end"),
            "Perioden omfattar %(years)s kalenderår. Den får omfatta högst %(most)s.",
            {"years": years, "most": most},
        )


# --- numbers ---------------------------------------------------------------------------------------------------------


def _broken_numbers(question: Question, value: Any) -> Iterator[AnswerFault]:
    if question.kind not in (Kind.NUMBER, Kind.PERCENT, Kind.TABLE):
        return
    for leaf in leaves(question, value):
        scalar = leaf.part.scalar if leaf.part else question.kind.value
        if leaf.value is not None and not is_unread(leaf.value) and scalar in ("number", "percent"):
            yield from _broken_number(question, leaf, scalar)


def _broken_number(question: Question, leaf: Leaf, scalar: str) -> Iterator[AnswerFault]:
    options = question.options
    decimals = leaf.part.decimals if leaf.part else options.decimals
    number = Decimal(leaf.value) if scalar == "number" else Decimal(leaf.value) / _PERCENT
    if scalar == "number" and numbers.decimals_of(leaf.value) > decimals:
        yield _too_many_decimals(leaf.field, decimals)
    if number < options.lowest:
        yield AnswerFault(leaf.field, "Talet får vara lägst %(lowest)s.", {"lowest": _printed(options.lowest, scalar)})
    if options.highest is not None and number > options.highest:
        yield AnswerFault(
            leaf.field, "Talet får vara högst %(highest)s.", {"highest": _printed(options.highest, scalar)}
        )


def _too_many_decimals(field: str, decimals: int) -> AnswerFault:
    if not decimals:
        return AnswerFault(field, "Skriv ett heltal, utan decimaler.")
    if decimals == 1:
        return AnswerFault(field, "Skriv talet med högst 1 decimal.")
    return AnswerFault(field, "Skriv talet med högst %(decimals)s decimaler.", {"decimals": decimals})


def _printed(bound: Decimal, scalar: str) -> Text:
    sign = " %" if scalar == "percent" else ""
    text = numbers.canonical(bound)
    return Text(numbers.print_number(text) + sign, numbers.print_number(text, "en") + sign)
