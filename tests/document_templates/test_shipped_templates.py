from __future__ import annotations

import dataclasses
import io
import subprocess
import sys
import zipfile
from importlib.resources import files as resources
from typing import Any

import mammoth
import pypdf
import pytest
from lxml import etree

import document_templates
from document_templates import KINDS, fields_of, load
from document_templates.readme import readme
from paragraf.core.formatted import Formatted
from paragraf.meetings.document_fields import NoticeFields
from paragraf.minutes.document_fields import ExtractFields, MinutesFields
from paragraf.word.fields import example_of, field_lines, field_paths
from paragraf.word.pdf import convert_to_pdf
from paragraf.word.template import check_template, compile_template
from tests.word import files

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
every_kind = pytest.mark.parametrize("kind", KINDS)


def filled(kind: str, **changed: Any) -> bytes:
    return compile_template(load(kind)).fill(dataclasses.replace(example_of(fields_of(kind)), **changed))


def words(content: bytes) -> str:
    return str(mammoth.extract_raw_text(io.BytesIO(content)).value)


def empty(kind: type) -> Any:
    """An instance where every text and list is empty."""
    example = example_of(kind)
    return dataclasses.replace(
        example,
        **{
            field.name: type(value)()
            if isinstance(value := getattr(example, field.name), (str, tuple, Formatted))
            else empty(type(value))
            for field in dataclasses.fields(example)
        },
    )


@every_kind
def test_a_template_uses_only_known_fields_and_every_one_of_them(kind: str) -> None:
    assert [str(fault) for fault in check_template(load(kind), field_paths(fields_of(kind)))] == []
    used = compile_template(load(kind)).fields()
    declared = {line.path for line in field_lines(fields_of(kind))}
    unused = {
        path for path in declared if not any(use == path or use.startswith((f"{path}.", f"{path}[]")) for use in used)
    }
    assert unused == set()


@every_kind
def test_every_example_text_reaches_the_document(kind: str) -> None:
    content = filled(kind)
    printed = words(content) + "".join(
        data.decode() for name, data in files.parts(content).items() if "er1.xml" in name
    )
    for line in field_lines(fields_of(kind)):
        assert line.example in printed, line.path


@every_kind
def test_empty_data_leave_no_tags_and_no_holes(kind: str) -> None:
    content = compile_template(load(kind)).fill(empty(fields_of(kind)))
    files.opened(content)
    xml = files.xml_of(content)
    assert "{" not in "".join(xml.itertext())
    for cell in xml.iter(f"{W}tc"):
        assert cell[-1].tag == f"{W}p"
    for row in xml.iter(f"{W}tr"):
        assert row.find(f"{W}tc") is not None


@every_kind
def test_difficult_texts_and_large_data_come_through(kind: str) -> None:
    example = example_of(fields_of(kind))
    changed = {
        field.name: value * 200 if isinstance(value, tuple) else f"{value} & <Åsa> 😀"
        for field in dataclasses.fields(example)
        if isinstance(value := getattr(example, field.name), (str, tuple))
    }
    content = filled(kind, **changed)
    assert "& <Åsa> 😀" in words(content)
    for name, data in files.parts(content).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(data)


@every_kind
def test_a_template_is_swedish_and_has_real_headings_table_headers_and_page_numbers(kind: str) -> None:
    content = filled(kind)
    document: Any = files.opened(content)
    assert document.core_properties.language == "sv-SE"
    assert document.core_properties.title
    assert "{" not in document.core_properties.title
    styles = files.xml_of(content, "word/styles.xml")
    assert styles.find(f"{W}docDefaults//{W}lang").get(f"{W}val") == "sv-SE"
    assert document.paragraphs[0].style.name == "Title"
    assert any(paragraph.style.name == "Heading 1" for paragraph in document.paragraphs)
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    footer = files.parts(content)["word/footer1.xml"].decode()
    assert " PAGE " in footer
    assert " NUMPAGES " in footer
    for table in files.xml_of(content).iter(f"{W}tbl"):
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val")
        heading = table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
        first_column = table.find(f"{W}tblPr/{W}tblLook").get(f"{W}firstColumn") == "1"
        assert heading != first_column


@every_kind
def test_a_shipped_template_carries_no_times_macros_or_outside_links(kind: str) -> None:
    with zipfile.ZipFile(io.BytesIO(load(kind))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert len(load(kind)) < 40_000


def test_the_list_of_fields_is_the_one_that_the_program_writes() -> None:
    text = (resources(document_templates) / "README.md").read_text()
    assert text == readme()
    assert "| `items[].clauses` |" in text


def test_the_readme_is_written_by_the_module() -> None:
    written = subprocess.run([sys.executable, "-m", "document_templates"], capture_output=True, text=True, check=True)
    assert written.stdout == readme()


def test_an_unknown_kind_is_refused_and_another_language_falls_back_to_swedish() -> None:
    assert load("minutes", "en") == load("minutes")
    with pytest.raises(KeyError):
        load("../pyproject")
    with pytest.raises(KeyError):
        fields_of("letter")


def test_minutes_print_each_paragraph_with_its_decision_and_leave_out_what_is_empty() -> None:
    example = example_of(MinutesFields)
    (item,) = example.items
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
    text = words(filled("minutes", items=(item, bare)))
    assert text.index("§ 627") < text.index("att bevilja Lindå kommun") < text.index("Villkor") < text.index("§ 628")
    assert "Villkor" not in text[text.index("§ 628") :]
    assert "Beslut" not in text[text.index("§ 628") :].replace("Beslutande", "")


def test_an_application_prints_its_cost_table_with_a_column_a_year() -> None:
    kind = fields_of("application")
    example = example_of(kind)
    (section,) = example.sections
    (table,) = section.tables
    (row,) = table.rows
    rows = (
        dataclasses.replace(row, label="Kostnader", amounts=("", ""), total="", is_heading="ja"),
        dataclasses.replace(row, amounts=("120 000", "290 000")),
        dataclasses.replace(row, label="Summa", amounts=("120 000", "290 000"), is_sum="ja"),
    )
    costs = dataclasses.replace(table, years=("2026", "2027"), rows=rows)
    content = filled("application", sections=(dataclasses.replace(section, tables=(costs,)),))
    assert files.cells(content, 1) == [
        ["Post", "2026", "2027", "Summa"],
        ["Kostnader", "", "", ""],
        ["Personal", "120 000", "290 000", "410 000"],
        ["Summa", "120 000", "290 000", "410 000"],
    ]


def test_a_notice_without_substitutes_or_information_has_no_empty_headings() -> None:
    content = filled("notice_of_meeting", substitutes=(), others=(), mode="", information=(), other_questions=())
    text = words(content)
    assert "Ersättare" not in text
    assert "Informationsärenden" not in text
    assert "Övriga frågor" not in text
    assert "1." not in text
    assert example_of(NoticeFields).items[0].heading in text


@pytest.mark.office
@every_kind
def test_a_filled_template_becomes_a_pdf_with_its_text_and_title(kind: str) -> None:
    content = filled(kind)
    reader: Any = pypdf.PdfReader(io.BytesIO(convert_to_pdf(content)))
    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    assert "Samordningsförbundet Norrsund" in text
    assert f"Sida 1 av {len(reader.pages)}" in text
    assert reader.metadata.title == files.opened(content).core_properties.title
    assert reader.trailer["/Root"]["/Lang"] == "sv-SE"


@pytest.mark.office
def test_an_extract_in_pdf_holds_its_certification() -> None:
    text = pypdf.PdfReader(io.BytesIO(convert_to_pdf(filled("certified_extract")))).pages[-1].extract_text()
    assert example_of(ExtractFields).certifier_name in text
