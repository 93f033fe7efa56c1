from __future__ import annotations

import dataclasses
import io
import subprocess
import sys
import zipfile
from importlib.resources import files as resources
from typing import Any

import pytest
from lxml import etree

import document_templates
from document_templates import KINDS, example, fields_of, known_fields, load, titles
from document_templates.readme import readme
from paragraf.core.formatted import Formatted
from paragraf.word.fields import FieldKind, field_lines
from paragraf.word.filling.drawings import Picture
from paragraf.word.filling.template import check_template, compile_template
from tests.document_templates.papers import MANY, W, empty, every_kind, filled, large, printed, small, words
from tests.word import files

# One red dot.
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100"
    "c9fe92ef0000000049454e44ae426082"
)


@every_kind
def test_a_template_uses_only_known_fields_and_every_one_of_them(kind: str) -> None:
    assert [str(fault) for fault in check_template(load(kind), known_fields(kind))] == []
    used = compile_template(load(kind)).fields()
    declared = {line.path for line in field_lines(fields_of(kind))}
    unused = {
        path for path in declared if not any(use == path or use.startswith((f"{path}.", f"{path}[]")) for use in used)
    }
    assert unused == set()


@every_kind
def test_every_example_text_reaches_the_document(kind: str) -> None:
    text = printed(filled(kind, small(kind)))
    for line in field_lines(fields_of(kind)):
        assert line.example in text, line.path


@every_kind
def test_empty_data_leave_no_tags_no_holes_and_no_heading_without_a_text(kind: str) -> None:
    content = filled(kind, empty(kind))
    files.opened(content)
    xml = files.xml_of(content)
    assert "{" not in printed(content)
    for cell in xml.iter(f"{W}tc"):
        assert cell[-1].tag == f"{W}p"
    for row in xml.iter(f"{W}tr"):
        assert row.find(f"{W}tc") is not None
    document: Any = files.opened(content)
    assert all(each.text for each in document.paragraphs if each.style.name.startswith("Heading"))


@every_kind
def test_difficult_texts_and_large_data_come_through(kind: str) -> None:
    fields = large(kind)
    content = filled(kind, fields)
    text = printed(content)
    assert "& <Åsa> ”” 😀" in text
    for line in field_lines(fields_of(kind)):
        if line.is_list and "[]" not in line.path and line.kind is FieldKind.TEXT:
            assert text.count(line.example) >= MANY, line.path
    for name, data in files.parts(content).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(data)


@every_kind
def test_a_preview_has_data_like_an_offices(kind: str) -> None:
    given = example(kind)
    assert isinstance(given, fields_of(kind))
    lists = [value for field in dataclasses.fields(given) if isinstance(value := getattr(given, field.name), tuple)]
    assert not lists or max(map(len, lists)) >= 2
    assert len(words(filled(kind))) > len(words(filled(kind, empty(kind))))


@every_kind
def test_a_filled_template_is_the_same_each_time(kind: str) -> None:
    assert filled(kind) == filled(kind)


@every_kind
def test_a_logo_takes_the_place_of_the_name_on_the_first_page(kind: str) -> None:
    without, within = filled(kind), filled(kind, logo=Picture(DOT, 30, "Norrsunds vapen"))
    first = "word/header2.xml"
    assert "Norrsund" in "".join(files.xml_of(without, first).itertext())
    assert "Samordningsförbundet" not in "".join(files.xml_of(within, first).itertext())
    assert b'descr="Norrsunds vapen"' in files.parts(within)[first]
    assert DOT in files.parts(within).values()


@every_kind
def test_a_template_can_be_filled_by_one_who_knows_no_logo(kind: str) -> None:
    given = example(kind)
    assert compile_template(load(kind)).fill(given) == filled(kind)


@every_kind
def test_a_shipped_template_carries_no_times_macros_or_outside_links(kind: str) -> None:
    with zipfile.ZipFile(io.BytesIO(load(kind))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert len(load(kind)) < 40_000


def test_every_kind_has_a_title_of_its_own() -> None:
    assert set(titles()) == set(KINDS)
    assert len(set(titles().values())) == len(KINDS)


def test_the_list_of_fields_is_the_one_that_the_program_writes() -> None:
    text = (resources(document_templates) / "README.md").read_text()
    assert text == readme()
    assert "| `items[].clauses` |" in text
    assert "`sections[].text` | Avsnittets text (formaterad text) |" in text
    assert "{{ logo }}" in text


def test_the_readme_is_written_by_the_module() -> None:
    written = subprocess.run([sys.executable, "-m", "document_templates"], capture_output=True, text=True, check=True)
    assert written.stdout == readme()


def test_an_unknown_kind_is_refused_and_another_language_falls_back_to_swedish() -> None:
    assert load("minutes", "en") == load("minutes")
    for refuse in (fields_of, example, known_fields):
        with pytest.raises(KeyError):
            refuse("letter")
    with pytest.raises(KeyError):
        load("../pyproject")


def test_minutes_print_each_paragraph_with_its_decision_and_leave_out_what_is_empty() -> None:
    (item,) = small("minutes").items
    bare = dataclasses.replace(
        item,
        number="§ 628",
        phrase="",
        clauses=(),
        grant_years=(),
        conditions=(),
        notes=(),
        attachments=(),
        disqualified=(),
    )
    text = words(filled("minutes", small("minutes", items=(item, bare))))
    assert text.index("§ 627") < text.index("att bevilja Lindå kommun") < text.index("Villkor") < text.index("§ 628")
    assert "Villkor" not in text[text.index("§ 628") :]
    assert "Beslut" not in text[text.index("§ 628") :]


def test_only_the_first_paragraph_of_the_minutes_begins_a_page() -> None:
    breaks = [
        paragraph.find(f"{W}pPr/{W}pageBreakBefore") is not None
        for paragraph in files.xml_of(filled("minutes")).iter(f"{W}p")
        if paragraph.find(f"{W}pPr/{W}pStyle") is not None
        and paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "Paragrafrubrik"
    ]
    assert breaks == [True, *[False] * 6]


def test_an_application_prints_its_cost_table_with_a_column_a_year() -> None:
    assert files.cells(filled("application"), 2)[:4] == [
        ["Post", "2026", "2027", "Summa"],
        ["Kostnader", "", "", ""],
        ["Personal", "96 000", "250 000", "346 000"],
        ["Lokal", "24 000", "60 000", "84 000"],
    ]


def test_a_notice_without_substitutes_or_information_has_no_empty_headings() -> None:
    fields = small("notice_of_meeting", substitutes=(), others=(), mode="", information=(), other_questions=())
    text = words(filled("notice_of_meeting", fields))
    assert "Ersättare" not in text
    assert "Informationsärenden" not in text
    assert "Övriga frågor" not in text
    assert not any(line.startswith("1.") for line in text.splitlines())
    assert fields.items[0].heading in text


def test_a_decision_letter_tells_the_days_of_appeal_only_when_they_are_known() -> None:
    letter = example("decision_letter")
    assert "Sista dag att överklaga är den 12 oktober 2026." in words(filled("decision_letter"))
    early = dataclasses.replace(letter, posted_on="", last_day_of_appeal="")
    text = words(filled("decision_letter", early))
    assert "inom tre veckor" in text
    assert "Sista dag att överklaga" not in text


def test_an_agreement_has_a_line_to_sign_for_each_party_or_says_that_it_is_signed_electronically() -> None:
    content = filled("agreement")
    assert "fyra likalydande exemplar" in words(content)
    signatures = files.cells(content, 2)
    assert signatures[0] == ["Part", "Ort och datum", "Underskrift"]
    assert [row[0].split("\n") for row in signatures[1:]][1] == ["Lindå kommun", "Rut Lindvall, förvaltningschef"]
    electronic = dataclasses.replace(example("agreement"), originals="")
    assert "undertecknas elektroniskt" in words(filled("agreement", electronic))


def test_written_lists_are_words_own_and_begin_anew() -> None:
    given: Any = example("status_report")
    content = filled("status_report", dataclasses.replace(given, results=given.methods))
    document: Any = files.opened(content)
    numbered = [each for each in document.paragraphs if each.style.name == "List Number"]
    assert len(numbered) == 6
    numbers = [each._p.pPr.numPr.numId.val for each in numbered]
    assert len(set(numbers)) == 2
    assert isinstance(given.methods, Formatted)


def sums(table: list[list[str]], column: int) -> list[float]:
    return [
        float(row[column].replace("\xa0", "").replace(" ", "").replace(",", ".").replace("–", "0")) for row in table
    ]


@pytest.mark.parametrize(
    ("kind", "table", "column"),
    [("staffing_table", 0, 1), ("staffing_table", 0, 2), ("staffing_table", 0, 3), ("tertial_report", 3, 1)],
)
def test_the_invented_offices_sums_are_right(kind: str, table: int, column: int) -> None:
    *rows, total = sums(files.cells(filled(kind), table)[1:], column)
    assert sum(rows) == pytest.approx(total)


def test_the_invented_appendix_adds_up() -> None:
    given: Any = example("commitment_appendix")
    posts = sum(float(each.posts.replace(",", ".")) for each in given.parties)
    financed = sum(float(each.financed.replace(",", ".")) for each in given.parties)
    assert (f"{posts:g}", f"{financed:g}") == ("5.15", "2.16")
    assert (given.posts_total, given.financed_total) == ("5,15", "2,16")
