from __future__ import annotations

import pytest

from paragraf.core.typography import plain, without_separators


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009", "\t", "\n", "  "])
def test_every_sort_of_space_becomes_one_plain_space(space: str) -> None:
    assert plain(f"{space}410{space}000{space}") == "410 000"


@pytest.mark.parametrize("dash", "-‐‑‒–—−")
def test_every_sort_of_dash_becomes_a_hyphen(dash: str) -> None:
    assert plain(f"222000{dash}1834") == "222000-1834"


@pytest.mark.parametrize("invisible", ["\u200b", "\ufeff", "\u00ad", "\u200e"])
def test_what_cannot_be_seen_is_dropped(invisible: str) -> None:
    assert plain(f"{invisible}12{invisible}34") == "1234"


def test_letters_and_superscripts_are_left_as_they_are() -> None:
    assert plain("¹⁸ 20/1-20 å ½") == "¹⁸ 20/1-20 å ½"


def test_separators_are_taken_out() -> None:
    assert without_separators(" 12 68\u00a070–5 ") == "1268705"
