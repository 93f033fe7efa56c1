"""Screening on values: the chosen words leave every text, in whatever shape they stand; identity numbers always do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from document_templates.examples.meetings import MINUTES
from paragraf.core.formatted import Block, Formatted, Span
from paragraf.core.light_markup import parse
from paragraf.minutes.document_fields import AttachmentLine, ItemFields, PersonLine
from paragraf.minutes.screening import (
    BAR,
    WHOLE_ITEM,
    Screening,
    from_json,
    personal_numbers,
    screened,
    suggestions,
    texts,
)

NAME = "Rut Lindvall"
ITEM = ItemFields(
    "§ 1",
    f"Ansökan av {NAME}",
    background=parse(f"**Rut** Lindvall söker. Ring {NAME}s bror, [mejla](mailto:rut@lindvall.example)."),
    phrase="Styrelsen beslutar",
    clauses=(f"att bevilja {NAME} 10 000 kr.",),
    notes=(f"Reservation: {NAME} invänder.",),
    attachments=(AttachmentLine("Bilaga 1", f"Brev från {NAME}"),),
)
PAPER = replace(
    MINUTES, items=(ITEM, replace(ITEM, number="§ 2")), others=(PersonLine(NAME, "sökande", "", "vid § 1"),)
)
IDS = (11, 12)


def all_of(paper: object) -> str:
    return "\n".join(texts(paper))


def test_a_word_leaves_headings_clauses_notes_attachments_and_the_first_page() -> None:
    found = screened(PAPER, IDS, [Screening("GDPR", NAME)])
    assert "Lindvall" not in all_of(found).replace("lindvall.example", "")
    assert all_of(found).count(BAR) == 13
    assert found.others[0].name == BAR
    assert found.items[0].attachments[0].title == f"Brev från {BAR}"


def test_a_word_that_is_half_bold_is_found_and_a_link_on_it_goes() -> None:
    text = Formatted((Block((Span("Se "), Span("Rut", bold=True), Span(" Lindvall", link="https://rut.example"))),))
    paper = replace(PAPER, items=(replace(ITEM, background=text), ITEM))
    (block,) = screened(paper, IDS, [Screening("GDPR", NAME)]).items[0].background
    assert str(block) == f"Se {BAR}"
    assert [span.link for span in block.spans] == ["", ""]
    assert block.spans[1].bold


def test_a_link_is_screened_by_its_address() -> None:
    found = screened(PAPER, IDS, [Screening("GDPR", "rut@lindvall.example")])
    assert "rut@lindvall.example" not in all_of(found)


def test_words_of_one_paragraph_stay_in_the_others() -> None:
    found = screened(PAPER, IDS, [Screening("GDPR", NAME, 12)])
    assert found.items[0].heading == f"Ansökan av {NAME}"
    assert found.items[1].heading == f"Ansökan av {BAR}"


def test_a_whole_paragraph_leaves_its_number_only() -> None:
    found = screened(PAPER, IDS, [Screening("OSL 26 kap.", item_id=12)])
    assert found.items[1].number == "§ 2"
    assert (found.items[1].heading, str(found.items[1].background)) == (BAR, WHOLE_ITEM)
    assert found.items[1].clauses == ()
    assert found.items[0] == screened(PAPER, IDS, []).items[0]


@pytest.mark.parametrize(
    ("words", "text", "left"),
    [
        (
            "Lindvall",
            "Lindvalls och Lindvall-Berg och familjen Lindvallsson",
            f"{BAR} och {BAR}-Berg och familjen {BAR}",
        ),
        ("rut lindvall", "RUT  \u00a0Lindvall", BAR),
        ("Rut Lindvall", "Rut\nLindvall", BAR),
        ("Lindvall", "Lind\u00advall, Lind\u200bvall", f"{BAR}, {BAR}"),
        ("Bosse", "Bosse", BAR),
        # Short words are whole words: they are parts of many others.
        ("Ek", "Ek, Eks ekonomi i Ekeby", f"{BAR}, {BAR} ekonomi i Ekeby"),
        ("é", "cafe\u0301 é", f"caf\u00e9 {BAR}"),
        ("(hemlig)", "En (hemlig) sak", f"En {BAR} sak"),
        ("070-123 45 67", "Tel 070-123 45 67.", f"Tel {BAR}."),
        ("  ", "Inget", "Inget"),
    ],
)
def test_how_words_are_found(words: str, text: str, left: str) -> None:
    paper = replace(PAPER, items=(replace(ITEM, heading=text),))
    assert screened(paper, (11,), [Screening("x", words)]).items[0].heading == left


@pytest.mark.parametrize(
    "number",
    [
        "850101-1236",
        "19850101-1236",
        "850101+1236",
        "850101\u20131236",
        "850101 - 1236",
        "8501619871",
        "850161-9879",
        "19121212 1212",
        "191212121212",
    ],
)
def test_personal_identity_numbers_are_screened_though_nobody_chose_it(number: str) -> None:
    paper = replace(PAPER, items=(replace(ITEM, clauses=(f"att höra {number}.",)),))
    assert screened(paper, (11,), []).items[0].clauses == (f"att höra {BAR}.",)


@pytest.mark.parametrize(
    "other", ["212000-2643", "070-123 45 67", "2026-09-10", "1 729 036 kr", "5050-1055", "2026/14"]
)
def test_other_numbers_are_left(other: str) -> None:
    assert personal_numbers(f"Nummer {other}.") == []


@given(st.lists(st.sampled_from(["Rut", "Lindvall", "söker", "**medel**", "\n\n", "- punkt", "*i*", "850101-1236"])))
def test_whatever_the_text_no_screened_word_is_left(parts: list[str]) -> None:
    paper = replace(PAPER, items=(replace(ITEM, background=parse(" ".join(parts)), clauses=tuple(parts)),))
    left = all_of(screened(paper, (11,), [Screening("x", "Lindvall"), Screening("x", "Rut")]))
    assert "lindvall" not in left.lower().replace("rut@lindvall.example", "")
    assert "850101" not in left


def test_the_rest_of_the_paper_is_as_it_was() -> None:
    assert screened(MINUTES, range(len(MINUTES.items)), [Screening("x", "Finns-inte-här")]) == MINUTES


def test_suggestions_name_addresses_numbers_and_people_who_are_not_known() -> None:
    text = "Rut Lindvall, rut@lindvall.example, 070-123 45 67, 850101-1236. Disa Almqvist i Region Norrsund."
    paper = replace(MINUTES, items=(replace(ITEM, background=parse(text), heading="", clauses=(), notes=()),))
    known = [one.name for one in (*MINUTES.deciding, *MINUTES.non_serving, *MINUTES.others)]
    found = suggestions(paper, known=[*known, *MINUTES.verifiers])
    assert [(one.kind, one.words) for one in found][:3] == [
        ("personal_number", "850101-1236"),
        ("email", "rut@lindvall.example"),
        ("phone", "070-123 45 67"),
    ]
    names = {one.words for one in found if one.kind == "name"}
    assert NAME in names
    assert not names & {"Disa Almqvist", "Region Norrsund"}


def test_screenings_are_kept_as_they_were_chosen() -> None:
    chosen = (Screening("a", "ord"), Screening("b", item_id=4))
    assert from_json([one.as_json() for one in chosen]) == chosen


def test_a_text_of_a_hundred_thousand_letters_is_screened_in_a_moment() -> None:
    paper = replace(PAPER, items=(replace(ITEM, heading="a" * 100_000 + " Lindvall"),))
    assert screened(paper, (11,), [Screening("x", "Lindvall")]).items[0].heading.endswith(BAR)
