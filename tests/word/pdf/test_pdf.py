"""What a PDF of ours is: for the archive, for screen readers, the same each time, and made once."""

from __future__ import annotations

import io
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from pypdf.generic import DictionaryObject

from paragraf.word.pdf import making as pdf
from paragraf.word.pdf.making import ConversionFailed, OfficeMissing, PdfMaker, close_office, convert_to_pdf
from paragraf.word.pdf.office import kit
from paragraf.word.pdf.pictures import pages_of
from tests.parts.machine import skip_or_fail
from tests.word import files

TITLE = "Protokoll den 10 september"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"

#: Fonts that people's Word files ask for, and those that take as much room.
STAND_INS = {
    "Arial": "Liberation Sans",
    "Times New Roman": "Liberation Serif",
    "Calibri": "Carlito",
    "Cambria": "Caladea",
}
PACKAGES = {
    "Liberation Sans": "fonts-liberation",
    "Liberation Serif": "fonts-liberation",
    "Carlito": "fonts-crosextra-carlito",
    "Caladea": "fonts-crosextra-caladea",
}


def a_decision(document: Document) -> None:
    """Headings, a table with a header row, lists, a picture and a link, in Swedish."""
    document.core_properties.title = TITLE
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "sv-SE")
    document.add_heading("§ 627 Budget & mål", 1)
    document.add_heading("Beslut", 2)
    document.add_paragraph("Åsa & Örjan beviljas 410\u00a0000 kr.")
    table = document.add_table(2, 2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"Ruta {number}"
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph("En att-sats", style="List Bullet")
    add_picture(document, "Förbundets vapen")
    add_link(document.add_paragraph("Läs mer: "), "https://example.org/")


def add_picture(document: Document, alternative: str) -> None:
    blank, buffer = pypdf.PdfWriter(), io.BytesIO()
    blank.add_blank_page(40, 40)
    blank.write(buffer)
    picture: Any = document.add_picture(io.BytesIO(pages_of(buffer.getvalue(), width_px=40)[0]))
    picture._inline.docPr.set("descr", alternative)


def add_link(paragraph: Paragraph, address: str) -> None:
    """A link with Word's character style for it: without one LibreOffice makes no link in the PDF."""
    paragraph.part.document.styles.add_style("Hyperlink", 2)  # type: ignore[attr-defined]
    link, run = OxmlElement("w:hyperlink"), paragraph.add_run("webbplatsen", style="Hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, LINK, is_external=True))
    link.append(run._r)
    paragraph._p.append(link)


@pytest.fixture(scope="module")
def made() -> bytes:
    return convert_to_pdf(files.built(a_decision))


@pytest.fixture(scope="module")
def reader(made: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(made), strict=True)


def elements(node: Any) -> Iterator[Any]:
    """The structure tree below ``node``, in reading order."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from elements(child)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


def structure(reader: pypdf.PdfReader) -> list[Any]:
    return list(elements(reader.root_object["/StructTreeRoot"]))


def attribute(element: Any, name: str) -> Any:
    return next(one.get_object()[name] for one in element["/A"] if name in one.get_object())


@pytest.mark.office
def test_it_says_that_it_is_for_the_archive_and_for_all_readers(reader: pypdf.PdfReader) -> None:
    catalog: Any = reader.root_object
    intent = catalog["/OutputIntents"][0].get_object()
    assert intent["/S"] == "/GTS_PDFA1"
    assert "/DestOutputProfile" in intent
    xmp = catalog["/Metadata"].get_object().get_data().decode()
    for said in ("<pdfaid:part>2<", "<pdfaid:conformance>B<", "<pdfuaid:part>1<"):
        assert said in xmp
    assert "/Encrypt" not in reader.trailer


@pytest.mark.office
def test_its_language_and_title_are_those_of_the_word_file(reader: pypdf.PdfReader) -> None:
    catalog: Any = reader.root_object
    assert catalog["/Lang"] == "sv-SE"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == TITLE
    assert reader.xmp_metadata is not None
    assert reader.xmp_metadata.dc_title == {"x-default": TITLE}


@pytest.mark.office
def test_a_word_file_without_a_title_has_that_of_its_heading() -> None:
    untitled = files.built(lambda document: document.add_heading("Kallelse", 1))
    metadata = pypdf.PdfReader(io.BytesIO(convert_to_pdf(untitled))).metadata
    assert metadata is not None
    assert metadata.title == "Kallelse"


@pytest.mark.office
def test_a_screen_reader_finds_headings_table_headers_lists_and_what_a_picture_shows(reader: pypdf.PdfReader) -> None:
    catalog: Any = reader.root_object
    assert catalog["/MarkInfo"]["/Marked"]
    found = structure(reader)
    kinds = [element["/S"] for element in found]
    assert [kind for kind in kinds if kind in ("/H1", "/H2")] == ["/H1", "/H2"]
    assert (kinds.count("/Table"), kinds.count("/TR"), kinds.count("/TH"), kinds.count("/TD")) == (1, 2, 2, 2)
    assert {"/L", "/LI", "/LBody", "/Link", "/Figure"} < set(kinds)
    assert [attribute(element, "/Scope") for element in found if element["/S"] == "/TH"] == ["/Column"] * 2
    assert [element["/Alt"] for element in found if element["/S"] == "/Figure"] == ["Förbundets vapen"]


@pytest.mark.office
def test_it_has_its_text_bookmarks_and_links(reader: pypdf.PdfReader) -> None:
    text = reader.pages[0].extract_text()
    assert "Åsa & Örjan beviljas 410" in text
    outline: Any = reader.outline
    assert [outline[0]["/Title"], outline[1][0]["/Title"]] == ["§ 627 Budget & mål", "Beslut"]
    annotations: Any = reader.pages[0]["/Annots"]
    assert [one.get_object()["/A"]["/URI"] for one in annotations] == ["https://example.org/"]


@pytest.mark.office
def test_every_font_is_in_it(reader: pypdf.PdfReader) -> None:
    fonts: Any = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    assert len(fonts) > 0
    for font in (one.get_object() for one in fonts.values()):
        descriptor = font.get("/FontDescriptor") or font["/DescendantFonts"][0]["/FontDescriptor"]
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)


@pytest.mark.office
@pytest.mark.parametrize(("font", "stands_in"), STAND_INS.items())
def test_a_font_of_word_is_met_by_one_of_the_same_widths(font: str, stands_in: str) -> None:
    def build(document: Document) -> None:
        run = document.add_paragraph().add_run("Beslut")
        run.font.name, run.font.size = font, Pt(11)

    if stands_in not in subprocess.run(["fc-match", font], capture_output=True, text=True, check=True).stdout:
        skip_or_fail([PACKAGES[stands_in]])
    page: Any = pypdf.PdfReader(io.BytesIO(convert_to_pdf(files.built(build)))).pages[0]
    fonts = page["/Resources"]["/Font"].values()
    assert [stands_in.replace(" ", "") in one.get_object()["/BaseFont"] for one in fonts] == [True]


@pytest.mark.office
def test_equal_files_give_equal_bytes_also_from_another_libreoffice_at_another_time() -> None:
    content = files.built(a_decision)
    made = convert_to_pdf(content)
    close_office()
    # The moment is written in whole seconds.
    time.sleep(1.1)
    assert convert_to_pdf(content) == made


@pytest.mark.office
@pytest.mark.parametrize("content", [b"", b"<html><body>Ett brev</body></html>", files.built(a_decision)[:2000]])
def test_what_is_no_word_file_is_refused_whatever_libreoffice_would_make_of_it(content: bytes) -> None:
    with pytest.raises(ConversionFailed, match="inget Word-dokument"):
        convert_to_pdf(content)


@pytest.mark.office
def test_the_same_file_is_converted_once_also_for_another_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = files.with_paragraphs("Ett beslut")
    first = PdfMaker(tmp_path / "pdf").pdf(content)
    monkeypatch.setattr(pdf, "convert_to_pdf", lambda content, *, timeout_s: b"%PDF made again")
    assert PdfMaker(tmp_path / "pdf").pdf(content) == first
    assert PdfMaker(tmp_path / "pdf").pdf(files.with_paragraphs("Ett annat")) == b"%PDF made again"
    monkeypatch.setattr(kit, "version_of", lambda program: "a newer one")
    assert PdfMaker(tmp_path / "pdf").pdf(content) == b"%PDF made again"


def test_what_failed_is_not_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.touch()
    monkeypatch.setattr(pdf, "find_office", lambda: program)
    answers: Iterator[ConversionFailed | bytes] = iter([ConversionFailed("Trasig."), b"%PDF whole"])

    def convert(content: bytes, *, timeout_s: float) -> bytes:
        answer = next(answers)
        if isinstance(answer, bytes):
            return answer
        raise answer

    monkeypatch.setattr(pdf, "convert_to_pdf", convert)
    maker = PdfMaker(tmp_path / "pdf")
    with pytest.raises(ConversionFailed):
        maker.pdf(b"PK")
    assert maker.pdf(b"PK") == maker.pdf(b"PK") == b"%PDF whole"


def test_without_libreoffice_it_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OfficeMissing, match="apt-get install libreoffice-writer-nogui"):
        convert_to_pdf(b"")
    with pytest.raises(OfficeMissing):
        PdfMaker(tmp_path / "pdf").pdf(b"")


@pytest.mark.office
def test_a_closed_office_leaves_no_thread_behind() -> None:
    convert_to_pdf(files.with_paragraphs("a"))
    close_office()
    assert "office" not in {thread.name for thread in threading.enumerate()}
    close_office()
