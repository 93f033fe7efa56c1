"""Amounts in running text: with a unit, in one way, whatever stands around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.core.written_amounts import amounts_in


@pytest.mark.parametrize(
    ("text", "ore"),
    [
        ("med 410 000 kr för åren", [41_000_000]),
        ("120\N{NO-BREAK SPACE}000 kronor och 290 tkr", [12_000_000, 29_000_000]),
        ("totalt 2,5 miljoner kronor", [250_000_000]),
        ("5 776 tkr", [577_600_000]),
        ("1 234,50 kr", [123_450]),
        ("den 12 mars 2026 deltog 16 personer", []),
        ("§ 626, dnr 2026/14", []),
        ("kring 10 krav", []),
    ],
)
def test_amounts_are_found_with_their_unit(text: str, ore: list[int]) -> None:
    assert [one.ore for one in amounts_in(text)] == ore


@given(st.text(max_size=200))
def test_what_is_found_stands_in_the_text(text: str) -> None:
    assert all(one.text in text and one.ore >= 0 for one in amounts_in(text))
