"""Uploads: what the bytes are decides, not the name."""

from __future__ import annotations

from io import BytesIO
from time import process_time
from zipfile import ZIP_DEFLATED, ZipFile
from zlib import compress

import pytest

from document_templates import load
from paragraf.core.errors import RuleBroken
from paragraf.register.uploads import ACCEPTED, check_upload


def zipped(*names: str) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as package:
        for name in names:
            package.writestr(name, "<x/>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "extension"),
    [
        ("a.pdf", b"%PDF-1.7\nxxx", ".pdf"),
        ("a.docx", load("application"), ".docx"),
        ("utan ändelse", load("application"), ".docx"),
        ("a.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml"), ".xlsx"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(30), ".png"),
        ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(30), ".jpg"),
        ("bild", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(30), ".jpg"),
    ],
)
def test_what_the_office_receives(name: str, content: bytes, extension: str) -> None:
    assert check_upload(name, content, 1) == ACCEPTED[extension]


def test_an_open_document_text_is_received() -> None:
    made = BytesIO()
    with ZipFile(made, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", "<x/>")
    assert check_upload("a.odt", made.getvalue(), 1) == ACCEPTED[".odt"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"MZ\x90\x00" + bytes(200)),
        ("a.pdf", b"<script>alert(1)</script>"),
        ("a.docx", zipped("program.exe")),
        ("a.docx", b"PK\x03\x04" + bytes(60)),
        ("a.html", b"<html></html>"),
    ],
)
def test_what_it_only_calls_itself_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(RuleBroken, match="inte av ett slag som tas emot"):
        check_upload(name, content, 1)


def test_empty_and_too_large_are_refused() -> None:
    with pytest.raises(RuleBroken, match="är tom"):
        check_upload("a.pdf", b"", 1)
    with pytest.raises(RuleBroken, match="större än 1 MB"):
        check_upload("a.pdf", b"%PDF-1.7" + bytes(1_000_001), 1)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("a.docx", zipped("[Content_Types].xml", "word/document.xml", "word/embeddings/oleObject1.bin")),
        ("a.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml", "xl/macrosheets/sheet1.xml")),
        ("a.pdf", b"%PDF-1.7\n1 0 obj\n<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>\nendobj\n%%EOF\n"),
        ("a.pdf", b"%PDF-1.7\n1 0 obj\n<< /S /Launch /F (cmd.exe) >>\nendobj\n%%EOF\n"),
        (
            "a.pdf",
            b"%PDF-1.7\n1 0 obj\n<< /Type /ObjStm /N 1 /Filter /FlateDecode >>\nstream\n"
            + compress(b"1 0 << /S /JavaScript /JS (app.alert(1)) >>")
            + b"\nendstream\nendobj\n%%EOF\n",
        ),
    ],
)
def test_macros_scripts_and_programs_are_refused_with_what_to_do(name: str, content: bytes) -> None:
    with pytest.raises(RuleBroken, match="Spara den utan dem"):
        check_upload(name, content, 1)


def test_a_zip_bomb_is_refused_soon() -> None:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<x/>")
        package.writestr("word/document.xml", bytes(310_000_000))
    assert len(made.getvalue()) < 1_000_000
    begun = process_time()
    with pytest.raises(RuleBroken, match="inte av ett slag som tas emot"):
        check_upload("a.docx", made.getvalue(), 1)
    assert process_time() - begun < 5


def test_a_zip_that_lies_about_its_size_is_refused() -> None:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<x/>")
        package.writestr("word/document.xml", b"a" * 100_000)
    lying = made.getvalue().replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(RuleBroken, match="inte av ett slag som tas emot"):
        check_upload("a.docx", lying, 1)
