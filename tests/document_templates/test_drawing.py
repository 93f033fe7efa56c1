from __future__ import annotations

import itertools
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import document_templates
from document_templates import KINDS, load
from document_templates.drawing import draw
from document_templates.drawing.blocks import paragraph, run
from document_templates.drawing.palette import COLOURS, PAPER, WASH, contrast
from document_templates.drawing.styles import CHARACTER_STYLES, PARAGRAPH_STYLES
from paragraf.word.package.opening import open_package
from tests.document_templates.papers import W, every_kind, filled
from tests.word import files

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@every_kind
def test_what_is_shipped_is_what_the_code_draws(kind: str) -> None:
    # Unpacked: another build of zlib may deflate the same text to other bytes.
    shipped = [(part.name, part.content()) for part in open_package(load(kind))]
    assert shipped == [(part.name, part.content()) for part in open_package(draw(kind))]


def test_all_are_written_by_the_module(tmp_path: Path) -> None:
    folder = Path(document_templates.__file__).parent
    shipped = {path.name: files.parts(path.read_bytes()) for path in folder.glob("*.docx")}
    assert set(shipped) == {f"{kind}.docx" for kind in KINDS}
    subprocess.run([sys.executable, "-m", "document_templates.drawing", str(tmp_path)], check=True)
    assert {path.name: files.parts(path.read_bytes()) for path in tmp_path.iterdir()} == shipped


def test_an_unknown_kind_is_not_drawn() -> None:
    with pytest.raises(KeyError):
        draw("letter")


@every_kind
def test_the_package_is_whole(kind: str) -> None:
    parts = files.parts(load(kind))
    types = etree.fromstring(parts["[Content_Types].xml"])
    named = {str(each.get("PartName")).lstrip("/") for each in types if each.get("PartName")}
    assert named == {name for name in parts if name.endswith(".xml") and name != "[Content_Types].xml"}
    for name, base in (("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")):
        for relation in etree.fromstring(parts[name]):
            assert base + str(relation.get("Target")) in parts
    known = {each.get("Id") for each in etree.fromstring(parts["word/_rels/document.xml.rels"])}
    used = {each.get(f"{R}id") for each in files.xml_of(load(kind)).iter() if each.get(f"{R}id")}
    assert used <= known


@every_kind
def test_every_style_and_list_that_is_used_is_defined(kind: str) -> None:
    styles = {each.get(f"{W}styleId") for each in files.xml_of(load(kind), "word/styles.xml").iter(f"{W}style")}
    lists = {each.get(f"{W}numId") for each in files.xml_of(load(kind), "word/numbering.xml").iter(f"{W}num")}
    for name, data in files.parts(load(kind)).items():
        if name.startswith("word/") and name.endswith(".xml"):
            xml = etree.fromstring(data)
            for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next"):
                assert {each.get(f"{W}val") for each in xml.iter(f"{W}{tag}")} <= styles, (name, tag)
            assert {each.get(f"{W}val") for each in xml.iter(f"{W}numId")} <= lists


@every_kind
def test_a_template_is_swedish_and_has_real_headings_table_headers_and_page_numbers(kind: str) -> None:
    content = filled(kind)
    document: Any = files.opened(content)
    assert document.core_properties.language == "sv-SE"
    assert document.core_properties.author == "Samordningsförbundet Norrsund"
    assert document.core_properties.title
    assert "{" not in document.core_properties.title
    styles = files.xml_of(content, "word/styles.xml")
    assert styles.find(f"{W}docDefaults//{W}lang").get(f"{W}val") == "sv-SE"
    assert [paragraph.style.name for paragraph in document.paragraphs].count("Title") == 1
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.different_first_page_header_footer
    for footer in (section.footer, section.first_page_footer):
        codes = "".join(each.text or "" for each in footer._element.iter(f"{W}instrText"))
        assert codes.split() == ["PAGE", "NUMPAGES"]
        assert "Samordningsförbundet Norrsund" in "".join(each.text for each in footer.paragraphs)


@every_kind
def test_the_outline_begins_at_the_first_level_and_skips_none(kind: str) -> None:
    outline = {style.style_id: style.outline for style in PARAGRAPH_STYLES if style.outline is not None}
    outline |= {style.style_id: outline[style.based_on] for style in PARAGRAPH_STYLES if style.based_on in outline}
    document: Any = files.opened(filled(kind))
    used = [paragraph.style.style_id for paragraph in document.paragraphs]
    levels = [outline[style] for style in used if style in outline]
    assert levels[0] == 0
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))


@every_kind
def test_a_heading_keeps_with_what_follows_and_a_row_is_not_split(kind: str) -> None:
    for style in PARAGRAPH_STYLES:
        if style.outline is not None or style.name in ("Title", "Subtitle", "Beslut", "Tabellrubrik"):
            assert style.keep_next, style.name
    for row in files.xml_of(filled(kind)).iter(f"{W}tr"):
        many = len(list(row.iter(f"{W}p"))) > 3
        assert row.find(f"{W}trPr/{W}cantSplit") is not None or many or row.find(f"{W}trPr") is None


@every_kind
def test_every_table_has_a_caption_and_headings_in_a_row_or_a_column(kind: str) -> None:
    for table in files.xml_of(filled(kind)).iter(f"{W}tbl"):
        caption = table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val")
        assert caption
        assert "{" not in caption
        header = table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
        look = table.find(f"{W}tblPr/{W}tblLook")
        assert header == (look.get(f"{W}firstRow") == "1")
        assert header != (look.get(f"{W}firstColumn") == "1")
        first = table.find(f"{W}tr") if header else [row.find(f"{W}tc") for row in table.iter(f"{W}tr")]
        assert all("".join(cell.itertext()) for cell in first if cell.tag == f"{W}tc")


@every_kind
def test_figures_stand_to_the_right(kind: str) -> None:
    right = {style.style_id for style in PARAGRAPH_STYLES if style.align == "right"}
    for table in files.opened(filled(kind)).tables:
        for row in table.rows:
            for cell in row.cells:
                if re.fullmatch(r"[\d\xa0 ]*\d(,\d+)?( kr)?", cell.text) and "kr" in cell.text:
                    assert cell.paragraphs[0].style.style_id in right


@every_kind
def test_no_empty_paragraphs_make_space_and_there_are_no_text_boxes(kind: str) -> None:
    xml = files.xml_of(load(kind))
    body = xml.find(f"{W}body")
    assert ["".join(each.itertext()) for each in body.findall(f"{W}p") if not "".join(each.itertext()).strip()] == []
    assert not {etree.QName(each).localname for each in xml.iter()} & {"txbxContent", "pict", "framePr", "br"}


def test_every_text_can_be_read_on_what_lies_behind_it() -> None:
    for style in (*PARAGRAPH_STYLES, *CHARACTER_STYLES):
        if style.colour:
            assert contrast(style.colour.rgb, PAPER.rgb) >= 4.5, style.name
            assert contrast(style.colour.rgb, WASH.rgb) >= 4.5, style.name


def test_contrast_is_counted_as_wcag_does() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("777777", "FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("FFFFFF", "1F3A5F") == contrast("1F3A5F", "FFFFFF")


def test_every_colour_is_the_themes() -> None:
    theme = {colour.rgb: colour.theme for colour in COLOURS}
    for each in files.xml_of(load("minutes"), "word/styles.xml").iter():
        for colour, slot in (("color", "themeColor"), ("val", "themeColor"), ("fill", "themeFill")):
            rgb = str(each.get(f"{W}{colour}", ""))
            if re.fullmatch("[0-9A-F]{6}", rgb):
                assert each.get(f"{W}{slot}") in {theme[rgb], *(one.theme for one in COLOURS if one.rgb == rgb)}


def test_the_styles_have_what_formatted_text_looks_for() -> None:
    names = {style.name for style in (*PARAGRAPH_STYLES, *CHARACTER_STYLES)}
    assert {"List Bullet", "List Bullet 2", "List Number", "List Number 2", "Hyperlink"} <= names
    assert {"heading 1", "heading 2", "heading 3", "Title", "Subtitle", "footnote text", "caption"} <= names


def test_text_with_marks_of_xml_is_drawn_as_text() -> None:
    drawn = paragraph("a & <b>", run("c\td"))
    inside = etree.fromstring(f'<x xmlns:w="{W[1:-1]}">{drawn}</x>')
    assert "".join(str(each.text) for each in inside.iter(f"{W}t")) == "a & <b>cd"
    assert len(list(inside.iter(f"{W}tab"))) == 1
