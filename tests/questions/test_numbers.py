"""Numbers and percentages: one stored form, never rounded, and told when they are not what the form asks for."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.core.errors import RuleBroken
from paragraf.questions import numbers
from paragraf.questions.answers import read_answer
from paragraf.questions.context import Context
from paragraf.questions.definition import Form, Question
from paragraf.questions.presenting import Paragraphs, present

Ask = Callable[[str], Question]
written = st.decimals(min_value=-(10**11), max_value=10**11, places=4)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("12", "12"),
        ("12,50", "12.5"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234", "1234"),
        ("0.5", "0.5"),
        ("½", "0.5"),
        ("2 ½", "2.5"),
        ("-3", "-3"),
        ("−3,0", "-3"),
        ("-0", "0"),
        ("007", "7"),
        ("0,0001", "0.0001"),
    ],
)
def test_a_number_has_one_stored_form(typed: str, stored: str) -> None:
    assert numbers.parse_number(typed) == stored


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("1.234", "kan läsas på två sätt"),
        ("12k", "går inte att läsa som ett tal"),
        ("tolv", "går inte att läsa som ett tal"),
        ("1,2,3", "går inte att läsa som ett tal"),
        ("1 23", "går inte att läsa som ett tal"),
        ("1" + "0" * 18, "för stort"),
        ("0,00001", "för många decimaler"),
    ],
)
def test_what_is_no_number_is_told(typed: str, told: str) -> None:
    with pytest.raises(RuleBroken, match=told):
        numbers.parse_number(typed)


@given(written)
def test_typed_stored_and_typed_again_is_the_same(number: Decimal) -> None:
    stored = numbers.canonical(number)
    assert numbers.parse_number(numbers.typed_number(stored)) == stored


@given(st.lists(written, max_size=40))
def test_a_sum_is_exact(cells: list[Decimal]) -> None:
    added = numbers.add(map(numbers.canonical, cells))
    assert Fraction(added) == sum((Fraction(cell) for cell in cells), Fraction())


@given(st.integers(-(10**6), 10**6))
def test_a_percentage_is_typed_again_as_it_is_stored(points: int) -> None:
    from paragraf.questions.scalars import SCALARS

    scalar = SCALARS["percent"]
    assert scalar.read(scalar.typed(points)) == points


@pytest.mark.parametrize(
    ("options", "typed", "told"),
    [
        ("kind: number", "1,5", "Skriv ett heltal, utan decimaler."),
        ("kind: number, decimals: 1", "1,55", "Skriv talet med högst 1 decimal."),
        ("kind: number, decimals: 2", "1,555", "Skriv talet med högst 2 decimaler."),
        ("kind: number", "-1", "Talet får vara lägst 0."),
        ("kind: number, at_least: -2.5, decimals: 1", "-3", "Talet får vara lägst −2,5."),
        ("kind: number, at_most: 1200", "1201", "Talet får vara högst 1\u00a0200."),
        ("kind: percent, at_least: 10, at_most: 100", "101", "Talet får vara högst 100 %."),
        ("kind: percent, at_least: 10, at_most: 100", "9,99 %", "Talet får vara lägst 10 %."),
        ("kind: percent", "0,5", "kan vara procent eller en andel"),
    ],
)
def test_what_the_form_does_not_allow_is_told_and_kept(
    ask: Ask, context: Context, options: str, typed: str, told: str
) -> None:
    answer = read_answer(ask(options), typed, context)
    (fault,) = answer.faults
    assert told in str(fault)
    assert answer.value is not None


@pytest.mark.parametrize(
    ("options", "typed", "stored", "printed"),
    [
        ("kind: number, decimals: 1, unit: {sv: tjänster, en: posts}", "2,5", "2.5", "2,5\u00a0tjänster"),
        ("kind: number", "1234", "1234", "1\u00a0234"),
        ("kind: percent", "35", 3500, "35\u00a0%"),
        ("kind: percent", "12,25 %", 1225, "12,25\u00a0%"),
        ("kind: percent", "0", 0, "0\u00a0%"),
    ],
)
def test_numbers_are_printed_with_their_unit(
    form_of: Callable[..., Form], options: str, typed: str, stored: Any, printed: str
) -> None:
    form = form_of(f"- {{id: q, label: {{sv: Fråga, en: Question}}, {options}}}")
    answer = read_answer(form.question("q"), typed, Context())
    assert (answer.value, answer.faults) == (stored, ())
    block = present(form, {"q": answer.value}, {}, Context())[1]
    assert isinstance(block, Paragraphs)
    assert block.paragraphs == (printed,)
