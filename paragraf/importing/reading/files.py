"""Which sort of file it is, by its bytes and not by its name, and its lines."""

from __future__ import annotations

from paragraf.core.errors import RuleBroken
from paragraf.importing.reading.lines import Source
from paragraf.word.package.opening import MAX_FILE

_ZIP, _PDF, _RTF = b"PK\x03\x04", b"%PDF-", b"{\\rtf"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
#: A PDF may begin with other bytes before its mark.
_PDF_WITHIN = 1024
_LARGEST_TEXT = 5_000_000


def read_source(content: bytes) -> Source:
    """The file's lines. Raises RuleBroken, telling what to do, for a file that cannot be read."""
    if not content.strip():
        raise RuleBroken("Filen är tom.", field="file")
    if len(content) > MAX_FILE:
        raise RuleBroken(
            "Filen är större än %(megabytes)s MB. Dela upp den, eller spara den utan bilder.",
            field="file",
            megabytes=MAX_FILE // 2**20,
        )
    return _read(content)


def _read(content: bytes) -> Source:
    # Each reader is loaded when it is needed: a text needs neither lxml nor pdfium.
    if _PDF in content[:_PDF_WITHIN]:
        from paragraf.importing.reading.pdf_file import read_pdf

        return read_pdf(content)
    if content.startswith(_ZIP):
        from paragraf.importing.reading.word_file import read_word

        return read_word(content)
    _refuse_others(content)
    if len(content) > _LARGEST_TEXT:
        raise RuleBroken("Textfilen är för stor för att vara protokoll. Dela upp den.", field="file")
    from paragraf.importing.reading.text_file import read_text

    return read_text(content)


def _refuse_others(content: bytes) -> None:
    from paragraf.importing.reading.word_file import is_old_word

    if is_old_word(content):
        raise RuleBroken(
            "Filen är ett äldre Word-dokument (.doc) eller låst med lösenord. Öppna den i Word och spara den som "
            "”Word-dokument (.docx)” utan lösenord.",
            field="file",
        )
    if content.startswith(_RTF):
        raise RuleBroken("Filen är RTF. Öppna den i Word och spara den som ”Word-dokument (.docx)”.", field="file")
    if content.startswith(_PICTURES):
        raise RuleBroken(
            "Filen är en bild. Skanna protokollet till en PDF med textigenkänning (OCR) och försök igen.", field="file"
        )
