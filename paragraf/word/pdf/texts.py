"""The text of a PDF, page by page; a page that is only a picture has none."""

from __future__ import annotations

import pypdfium2

from paragraf.word.pdf.pictures import ONE_AT_A_TIME, PictureFailed


def page_texts(pdf: bytes, *, limit: int = 1000) -> tuple[str, ...]:
    """The text of each of the first ``limit`` pages. PictureFailed for bytes that are no PDF, or one with a password.

    Any thread may call it.
    """
    with ONE_AT_A_TIME:
        try:
            with pypdfium2.PdfDocument(pdf) as document:
                return tuple(_text(document, number) for number in range(min(len(document), limit)))
        except (pypdfium2.PdfiumError, ValueError) as error:
            raise PictureFailed("PDF-filen går inte att läsa: den är skadad eller låst.") from error


def _text(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            return str(text_page.get_text_bounded())
        finally:
            text_page.close()
    finally:
        page.close()
