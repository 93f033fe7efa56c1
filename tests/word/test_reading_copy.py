from __future__ import annotations

import io

import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from paragraf.word.faults import NotAWordFile
from paragraf.word.package.opening import open_package
from paragraf.word.reading_copy import reading_copy
from tests.word import files

# One white pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fe"
    "dccc59e70000000049454e44ae426082"
)


def test_headings_text_and_tables_are_kept_in_order() -> None:
    def build(document: Document) -> None:
        document.add_heading("Protokoll", 0)
        document.add_heading("§ 1 Val", 1)
        document.add_heading("Beslut", 2)
        document.add_paragraph("Åsa & Örjan < alla").add_run(" fet").bold = True
        document.add_paragraph("punkt", style="List Bullet")
        table = document.add_table(2, 1)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        table.cell(0, 0).text, table.cell(1, 0).text = "År", "2026"

    assert reading_copy(files.built(build)) == (
        "<h2>Protokoll</h2><h3>§ 1 Val</h3><h4>Beslut</h4><p>Åsa &amp; Örjan &lt; alla<strong> fet</strong></p>"
        "<ul><li>punkt</li></ul>"
        "<table><thead><tr><th><p>År</p></th></tr></thead><tbody><tr><td><p>2026</p></td></tr></tbody></table>"
    )


def test_images_scripts_and_dangerous_links_do_not_pass() -> None:
    def build(document: Document) -> None:
        document.add_picture(io.BytesIO(PNG))
        for target in ("javascript:alert(1)", "https://norrsund.example/a"):
            link = OxmlElement("w:hyperlink")
            reason = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
            link.set(qn("r:id"), document.part.relate_to(target, reason, is_external=True))
            run = document.add_paragraph().add_run("<script>alert(2)</script>")
            run._r.addprevious(link)
            link.append(run._r)

    html = reading_copy(files.built(build))
    assert "<img" not in html
    assert "javascript" not in html
    assert "<script" not in html
    assert 'href="https://norrsund.example/a"' in html


def test_a_document_with_macros_objects_and_linked_pictures_is_read_without_them() -> None:
    def build(document: Document) -> None:
        document.add_paragraph("Brevet.")
        reason = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
        document.part.relate_to("http://127.0.0.1:9/spion.png", reason, is_external=True)

    extra = {"word/vbaProject.bin": b"\0", "word/embeddings/blad.xlsx": b"PK"}
    content = files.packed({**files.parts(files.built(build)), **extra})
    with pytest.raises(NotAWordFile):
        open_package(content)
    assert reading_copy(content) == "<p>Brevet.</p>"


def test_entities_are_refused_in_what_is_only_read_too() -> None:
    parts = files.parts(files.built(lambda document: document.add_paragraph("x")))
    parts["word/document.xml"] = b'<!DOCTYPE w [<!ENTITY a "aaaa">]>' + parts["word/document.xml"].split(b"?>", 1)[1]
    with pytest.raises(NotAWordFile):
        reading_copy(files.packed(parts))


def test_what_is_no_word_file_is_refused() -> None:
    with pytest.raises(NotAWordFile):
        reading_copy(b"<html>")
