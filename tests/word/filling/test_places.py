"""Every place in a document where a tag may stand, and what stays the same whoever fills it, where and how often."""

from __future__ import annotations

import gc
import hashlib
import io
import json
import subprocess
import sys
import tracemalloc
from dataclasses import asdict, dataclass
from pathlib import Path

import mammoth
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from document_templates import KINDS, fields_of, load
from paragraf.core.formatted import Block, BlockKind, Formatted, Span
from paragraf.word.fields import example_of
from paragraf.word.filling.drawings import example_picture
from paragraf.word.filling.template import Template, compile_template
from paragraf.word.pdf.making import convert_to_pdf
from tests.word import files
from tests.word.reading import W

NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
TEXT = Formatted(
    (
        Block(
            (
                Span("Styrelsen "),
                Span("beslutar", bold=True),
                Span(" enligt "),
                Span("lagen", link="https://lag.example"),
            )
        ),
        Block((Span("att bevilja medel,"),), BlockKind.NUMBER, 0, 1),
        Block((Span("för ett år,"),), BlockKind.BULLET, 1),
        Block((Span("att följa upp."),), BlockKind.NUMBER, 0, 2),
        Block((Span("Ny lista."),), BlockKind.NUMBER, 0, 1),
    )
)


def with_notes(kind: str, content: bytes) -> bytes:
    """The file with a part of foot- or endnotes, one of which holds tags."""
    name = f"word/{kind}s.xml"
    note = (
        f'<w:{kind}s xmlns:w="{W[1:-1]}"><w:{kind} w:id="2"><w:p><w:r><w:{kind}Ref/></w:r><w:r>'
        f'<w:t xml:space="preserve"> Se {{{{ text }}}}.</w:t></w:r></w:p></w:{kind}></w:{kind}s>'
    )
    parts = files.parts(content)
    line = f'<Override PartName="/{name}" ContentType="{NOTES.format(kind + "s")}"/></Types>'
    types = parts["[Content_Types].xml"].replace(b"</Types>", line.encode())
    return files.packed({**parts, name: note.encode(), "[Content_Types].xml": types})


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_are_filled(kind: str) -> None:
    content = with_notes(kind, files.with_paragraphs("{{ text }}"))
    filled = compile_template(content).fill({"text": "§ 7 & <mer>"})
    notes = files.xml_of(filled, f"word/{kind}s.xml")
    assert "".join(notes.itertext(f"{W}t")) == " Se § 7 & <mer>."
    assert notes.find(f".//{W}{kind}Ref") is not None


def test_the_headers_and_footers_of_first_even_and_other_pages_are_filled() -> None:
    def build(document: Document) -> None:
        document.settings.odd_and_even_pages_header_footer = True
        section = document.sections[0]
        section.different_first_page_header_footer = True
        for name in (
            "header",
            "footer",
            "first_page_header",
            "first_page_footer",
            "even_page_header",
            "even_page_footer",
        ):
            getattr(section, name).paragraphs[0].text = f"{name} {{{{ text }}}}"

    section = files.opened(compile_template(files.built(build)).fill({"text": "å"})).sections[0]
    for name in ("header", "footer", "first_page_header", "first_page_footer", "even_page_header", "even_page_footer"):
        assert getattr(section, name).paragraphs[0].text == f"{name} å"


def test_a_heading_row_still_repeats_on_every_page() -> None:
    def build(document: Document) -> None:
        table = document.add_table(4, 2)
        for row, texts in zip(
            table.rows,
            (("År", "Belopp"), ("{%tr for r in rows %}", ""), ("{{ r }}", "x"), ("{%tr endfor %}", "")),
            strict=True,
        ):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        properties = table.rows[0]._tr.get_or_add_trPr()
        properties.append(properties.makeelement(qn("w:tblHeader")))

    filled = compile_template(files.built(build)).fill({"rows": [str(number) for number in range(200)]})
    rows = list(files.xml_of(filled).iter(f"{W}tr"))
    assert len(rows) == 201
    assert [number for number, row in enumerate(rows) if row.find(f"{W}trPr/{W}tblHeader") is not None] == [0]


@dataclass(frozen=True)
class Page:
    title: str
    rows: tuple[str, ...]


def test_a_dataclass_a_mapping_and_json_give_the_same_bytes() -> None:
    template = compile_template(
        files.with_paragraphs("{{ title }}", "{%p for r in rows %}", "{{ r }}", "{%p endfor %}")
    )
    page = Page("Å & <ä>", ("1", "2"))
    assert template.fill(page) == template.fill(asdict(page)) == template.fill(json.loads(json.dumps(asdict(page))))


FILL = """
import hashlib, sys
from tests.word.filling.test_places import TEXT, example_picture
from paragraf.word.filling.template import compile_template
content = open(sys.argv[1], "rb").read()
print(hashlib.sha256(compile_template(content).fill({"text": TEXT, "logo": example_picture("x")})).hexdigest())
"""


def test_every_process_fills_the_same_bytes(tmp_path: Path) -> None:
    def build(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ logo }}{{r text }}"
        document.add_paragraph("{{p text }}")
        document.add_paragraph("{{ logo }}{{ text }}")

    place = tmp_path / "mall.docx"
    place.write_bytes(files.built(build))
    here = compile_template(place.read_bytes()).fill({"text": TEXT, "logo": example_picture("x")})
    said = [
        subprocess.run(
            [sys.executable, "-c", FILL, str(place)],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[3])},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("0", "1", "4711")
    ]
    assert said == [hashlib.sha256(here).hexdigest()] * 3


def test_a_thousand_fills_do_not_grow() -> None:
    # The check of every filled file keeps what it has read; here the engine is measured alone.
    fill = getattr(Template.fill, "unchecked", Template.fill)
    template = compile_template(
        files.with_paragraphs("{{p text }}", "{{ logo }}", "{%p for i in items %}", "{{ i }}", "{%p endfor %}")
    )
    data = {"text": TEXT, "logo": example_picture("x"), "items": ["a & b"] * 50}

    def kept(times: int) -> int:
        for _ in range(times):
            fill(template, data)
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        before = kept(20)
        assert kept(1000) - before < 20_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", KINDS)
def test_every_shipped_template_gives_a_valid_file_from_its_examples(kind: str) -> None:
    template = compile_template(load(kind))
    assert template.fill(example_of(fields_of(kind)))


def everything() -> bytes:
    def build(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ logo }}"
        document.add_paragraph("{{p text }}")
        document.add_table(1, 1).cell(0, 0).text = "{{p text }}"
        document.add_paragraph("{{r text }}")

    return compile_template(files.built(build)).fill({"text": TEXT, "logo": example_picture("Märke")})


def test_mammoth_reads_lists_links_and_bold_text() -> None:
    html = mammoth.convert_to_html(io.BytesIO(everything())).value
    assert '<strong>beslutar</strong> enligt <a href="https://lag.example">lagen</a>' in html
    assert "<li>att bevilja medel," in html
    assert html.count("<ol>") >= 2


@pytest.mark.office
def test_libreoffice_opens_what_is_filled() -> None:
    assert convert_to_pdf(everything()).startswith(b"%PDF")
