"""Words in all their forms meet, and nothing that is typed can be more than words to the engines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.core.errors import RuleBroken
from paragraf.search.rules import Question, Term, for_fts5, for_postgresql, read_question
from paragraf.search.snippets import snippet
from paragraf.search.words import folded, mark, spans, stem, stems

FORMS = [
    ("ansökan", "ansökningar", "ansökningarnas", "Ansökningen"),
    ("bidragsansökan", "bidragsansökningarna"),
    ("bidrag", "bidraget", "bidragen", "bidragets"),
    ("kommun", "kommunen", "kommuner", "kommunernas"),
    ("överenskommelse", "överenskommelsen", "ÖVERENSKOMMELSER"),
    ("bevilja", "beviljar", "beviljade", "beviljas"),
    ("anmälan", "anmälningar"),
]


@pytest.mark.parametrize("forms", FORMS)
def test_the_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(folded(form)) for form in forms}) == 1


def test_accents_are_no_letters_but_the_swedish_ones_are() -> None:
    assert folded("Idé À LA Carte") == "ide a la carte"
    assert stem(folded("får")) != stem(folded("far"))


@given(st.text(max_size=200))
def test_stems_are_letters_and_digits_only(text: str) -> None:
    assert all(each.isalnum() for each in stems(text).split())


@given(st.text(max_size=200))
def test_spans_point_at_the_words(text: str) -> None:
    for begin, end, _stem in spans(text):
        assert text[begin:end].strip() == text[begin:end] != ""


def test_a_question_has_words_phrases_beginnings_and_what_is_not_wanted() -> None:
    question = read_question('bidrag "fördjupad samverkan" -avslag kommun*')
    assert question.wanted == (
        Term(("bidrag",)),
        Term((stem("fördjupad"), stem("samverkan"))),
        Term(("kommun",), begins=True),
    )
    assert question.unwanted == (Term(("avslag",)),)


def test_a_register_number_is_looked_for_as_it_stands() -> None:
    assert read_question("2026/14").wanted == (Term(("2026", "14")),)


def test_what_is_asked_of_each_engine() -> None:
    question = read_question('"två ord" ett -inte hel*', [mark("verb", "grant")])
    assert for_fts5(question) == '"två ord" AND "ett" AND "hel" * AND "zqverbzgrant" NOT "int"'
    assert for_postgresql(question) == "('två' <-> 'ord') & ('ett') & ('hel':*) & zqverbzgrant & !(('int'))"


def test_only_what_is_not_wanted_is_no_question() -> None:
    with pytest.raises(RuleBroken, match="inte bara ord som ska bort"):
        read_question("-avslag")


def test_a_pasted_page_is_no_question() -> None:
    with pytest.raises(RuleBroken, match="högst 32 ord"):
        read_question("ord " * 33)


def test_loosened_words_may_go_on() -> None:
    assert read_question("bidrag").loosened().wanted == (Term(("bidrag",), begins=True),)


def test_a_snippet_shows_what_was_found_in_the_form_that_it_has() -> None:
    text = "Inledning. " * 30 + "Styrelsen beviljade bidragen till kommunerna." + " Avslutning." * 60
    pieces = snippet(text, read_question("bevilja bidrag"))
    assert [piece.text for piece in pieces if piece.is_found] == ["beviljade", "bidragen"]
    told = "".join(piece.text for piece in pieces)
    assert told.startswith("… ")
    assert told.endswith(" …")
    assert len(told) < 400


@given(st.text(max_size=400), st.text(max_size=20))
def test_a_snippet_is_a_piece_of_the_text(text: str, typed: str) -> None:
    try:
        question = read_question(typed)
    except RuleBroken:
        question = Question()
    told = "".join(piece.text for piece in snippet(text, question))
    assert told.removeprefix("… ").removesuffix(" …") in " ".join(text.split())
