"""A PDF as lines, page by page: where lines begin and end on the page tells paragraphs apart."""

from __future__ import annotations

import ctypes
import re
import statistics
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from paragraf.core.errors import RuleBroken
from paragraf.importing.reading.joining import glue, notice_wrapping
from paragraf.importing.reading.lines import FileKind, Line, Source, tidy
from paragraf.word.pdf.pictures import ONE_AT_A_TIME

MOST_PAGES = 3_000
#: More room than so many times the usual step from line to line parts paragraphs.
_GAP = 1.35
_PARTED = re.compile("(\\w*)[\ufffe\x02]\r?(\\w*)")
_BOLD = 600
_LOCKED = 4
_FEW = 8
#: Points: text that goes no further to the right is not broken because lines were full.
_NARROWEST = 330.0


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line of a page with its place: points from the left and from the bottom."""

    text: str
    left: float
    right: float
    bottom: float
    bold: bool


def read_pdf(content: bytes) -> Source:
    """The lines of a PDF. Raises RuleBroken for one that is locked, damaged, or pictures only."""
    with ONE_AT_A_TIME:
        try:
            with pypdfium2.PdfDocument(content) as document:
                pages = [_page(document, number) for number in range(min(len(document), MOST_PAGES))]
                count = len(document)
        except (pypdfium2.PdfiumError, ValueError) as error:
            raise _refused(error) from error
    if not any(pages):
        raise RuleBroken(
            "PDF-filen har ingen text att läsa, bara bilder. Skanna den med textigenkänning (OCR) och försök igen.",
            field="file",
        )
    lines = _lines(pages)
    # By places above, and by length: a text that was wrapped before it became a PDF ends its lines unevenly.
    notice_wrapping(lines)
    return Source(FileKind.PDF, lines, pages=count, doubts=_unread(pages, count))


def _refused(error: Exception) -> RuleBroken:
    if getattr(error, "err_code", None) == _LOCKED or "password" in str(error).lower():
        return RuleBroken("PDF-filen är låst med lösenord. Spara en kopia utan lösenord och försök igen.", field="file")
    return RuleBroken("PDF-filen är skadad och går inte att läsa. Spara den på nytt och försök igen.", field="file")


def _unread(pages: list[list[_Placed]], count: int) -> list[RuleBroken]:
    doubts = [
        RuleBroken("Sidan %(page)s: texten kunde inte läsas. Är sidan en bild?", page=number)
        for number, page in enumerate(pages, start=1)
        if not page
    ]
    if count > len(pages):
        doubts.append(RuleBroken("Bara de första %(pages)s sidorna lästes.", pages=len(pages)))
    return doubts


def _page(document: pypdfium2.PdfDocument, number: int) -> list[_Placed]:
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            return _placed(text_page)
        finally:
            text_page.close()
    finally:
        page.close()


def _placed(page: pypdfium2.PdfTextPage) -> list[_Placed]:
    text = page.get_text_range()
    # Places are asked for by character; they can be trusted only where each character is one of the text's.
    exact = page.count_chars() == len(text)
    found, start = [], 0
    for raw in text.split("\n"):
        line = raw.rstrip("\r")
        if line.strip():
            found.append(_place(page, line, start) if exact else _Placed(line, 0, 0, 0, False))
        start += len(raw) + 1
    return found


def _place(page: pypdfium2.PdfTextPage, line: str, start: int) -> _Placed:
    first = start + len(line) - len(line.lstrip())
    last = start + len(line.rstrip()) - 1
    left, bottom, _, _ = page.get_charbox(first, loose=True)
    right = page.get_charbox(last, loose=True)[2]
    bold = all(_is_bold(page, at) for at in (first, last))
    return _Placed(line, left, right, bottom, bold)


def _is_bold(page: pypdfium2.PdfTextPage, at: int) -> bool:
    if pdfium.FPDFText_GetFontWeight(page, at) >= _BOLD:
        return True
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(page, at, name, 128, ctypes.byref(flags))
    return b"bold" in name.value.lower()


def _lines(pages: list[list[_Placed]]) -> list[Line]:
    lines: list[Line] = []
    number = 0
    edge = max(_NARROWEST, *(_edge(page) for page in pages))
    for page_number, page in enumerate(pages, start=1):
        step = _usual_step(page)
        for place, one in enumerate(page):
            number += 1
            before = page[place - 1] if place else None
            after = page[place + 1] if place + 1 < len(page) else None
            if not (words := tidy(_mended(one.text))):
                continue
            lines.append(
                Line(
                    number,
                    words,
                    page_number,
                    bold=one.bold,
                    gap=before is None or (step > 0 and before.bottom - one.bottom > _GAP * step),
                    wraps=_is_full(one, after, edge),
                    crossed=before is None and page_number > 1,
                )
            )
    return lines


def _mended(text: str) -> str:
    """The text with words whole that pdfium has taken together from two lines, leaving a sign where they parted."""
    return _PARTED.sub(lambda found: glue(f"{found[1]}-", found[2]), text)


def _usual_step(page: list[_Placed]) -> float:
    steps = [one.bottom - other.bottom for one, other in pairwise(page)]
    usual = [step for step in steps if step > 1]
    return statistics.median_low(usual) if usual else 0


def _edge(page: list[_Placed]) -> float:
    """How far lines go to the right; headers and footers go further."""
    within = page[3:-2] if len(page) > _FEW else page
    return max((one.right for one in within), default=0)


def _is_full(one: _Placed, after: _Placed | None, edge: float) -> bool:
    """Whether the first word of the next line had no room on this one."""
    if one.right <= 0:
        return False
    wide = (one.right - one.left) / max(len(one.text.strip()), 1)
    # At the end of a page the next line is on another one: a word of six letters stands for it.
    word = len(after.text.split(None, 1)[0]) if after else 6
    return one.right + wide * (word + 1) > edge
