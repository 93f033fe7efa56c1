"""Files that cannot be read: each is refused with what to do about it."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from pypdf import PdfReader, PdfWriter

from paragraf.core.errors import RuleBroken
from paragraf.importing.reading.understanding import read_minutes
from tests.importing.files import pdf, word


def refused(content: bytes) -> str:
    with pytest.raises(RuleBroken) as told:
        read_minutes(content, "fil")
    return str(told.value)


def locked() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(["§ 1 Öppnande"]))))
    writer.encrypt("hemligt", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    out = BytesIO(word("§ 1 Öppnande"))
    with ZipFile(out, "a", ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Filen är tom"),
        (b" \n\t ", "Filen är tom"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "äldre Word-dokument"),
        (b"{\\rtf1\\ansi \\'a7 1}", "RTF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "en bild"),
        (bytes(range(256)) * 20, "ingen text"),
        (b"%PDF-1.4 trasig", "skadad"),
        (pdf([""], [""]), "ingen text att läsa, bara bilder"),
        (b"PK\x03\x04 ingen riktig zip", "inget Word-dokument"),
        (word(""), "ingen text att läsa"),
        (b"x" * (21 * 2**20), "större än 20 MB"),
        ("Kära läsare, här finns inget protokoll. Se § 12 i lagen.".encode(), "inga paragrafer"),
        ("Föredragningslista\n\n1. Ekonomi\n\nStyrelsen föreslås besluta\n\natt anta den".encode(), "inget protokoll"),
        ("Kallelse\n\n§ 1 Ekonomi\n\nFörslag till beslut\n\natt anta den\n".encode(), "inget protokoll"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(content: bytes, words: str) -> None:
    assert words in refused(content)


def test_locked_files_bombs_and_macros_are_refused() -> None:
    assert "låst med lösenord" in refused(locked())
    assert "gånger större" in refused(with_part("word/bomb.xml", bytes(40 * 2**20)))
    assert "makron" in refused(with_part("word/vbaProject.bin", b"x"))


def test_a_page_that_is_a_picture_is_told() -> None:
    read = read_minutes(pdf(["Protokoll 2012-01-03", "", "§ 1 Öppnande", "", "Mötet öppnas."], [""]))
    assert [str(doubt) for doubt in read.doubts] == ["Sidan 2: texten kunde inte läsas. Är sidan en bild?"]


def test_markup_in_a_text_is_only_text() -> None:
    read = read_minutes(
        "§ 1 Fråga <script>alert(1)</script>\n\nStyrelsen beslutar\n\natt godkänna <b>detta</b>\n".encode()
    )
    assert "<script>" in read.items[0].heading
    assert read.items[0].clauses[0].text == "att godkänna detta"


def test_300_paragraphs() -> None:
    text = "".join(
        f"§ {number}\n\nRubrik {number}\n\nStyrelsen beslutar\n\natt godkänna\n\n" for number in range(1, 301)
    )
    assert [item.number for item in read_minutes(text.encode()).items] == list(range(1, 301))
