"""Several PDFs become one, with a bookmark where each begins."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import pypdfium2

from paragraf.core.errors import RuleBroken
from paragraf.word.pdf.pictures import ONE_AT_A_TIME

# What pdfium writes itself is this regular; PDFs of others are never read this way.
_ROOT = re.compile(rb"/Root (\d+) 0 R")
_SIZE = re.compile(rb"/Size (\d+)")
_PAGES = re.compile(rb"/Pages (\d+) 0 R")
_KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")


@dataclass(frozen=True)
class Part:
    """One PDF and what its bookmark says."""

    title: str
    pdf: bytes


class JoiningFailed(RuleBroken):
    """One of the files cannot be read."""


def joined(parts: Sequence[Part], *, title: str = "") -> bytes:
    """The parts in order as one PDF, in Swedish, called ``title``.

    JoiningFailed names a part that is damaged or locked. Any thread may call it.
    """
    with ONE_AT_A_TIME:
        whole, pages = _joined(parts)
    begins = [0, *accumulate(pages)]
    return _with_bookmarks(whole, [(part.title, page) for part, page in zip(parts, begins, strict=False)], title)


def _joined(parts: Sequence[Part]) -> tuple[bytes, list[int]]:
    pages: list[int] = []
    with pypdfium2.PdfDocument.new() as whole:
        for part in parts:
            try:
                with pypdfium2.PdfDocument(part.pdf) as one:
                    whole.import_pages(one)
                    pages.append(len(one))
            except (pypdfium2.PdfiumError, ValueError) as error:
                raise JoiningFailed("”%(title)s” går inte att läsa som PDF.", title=part.title) from error
        written = io.BytesIO()
        whole.save(written)
    return written.getvalue(), pages


def _with_bookmarks(pdf: bytes, bookmarks: Sequence[tuple[str, int]], title: str) -> bytes:
    """An update after the file as it is (ISO 32000-1, 7.5.6): the outline, a catalog that names it, a title.

    ``bookmarks``: text and page, counted from 0.
    """
    start = _START.search(pdf)
    assert start is not None
    table_at = int(start[1])
    root, size = _number(_ROOT, pdf[table_at:]), _number(_SIZE, pdf[table_at:])
    pages_at, kids = _pages(pdf, _offsets(pdf[table_at:]), root)
    outline, information = size, size + 1
    first, last = size + 2, size + 1 + len(bookmarks)
    objects = {
        root: f"<</Type/Catalog/Pages {pages_at} 0 R/Outlines {outline} 0 R/PageMode/UseOutlines/Lang(sv)"
        "/ViewerPreferences<</DisplayDocTitle true>>>>",
        outline: f"<</Type/Outlines/First {first} 0 R/Last {last} 0 R/Count {len(bookmarks)}>>",
        information: f"<</Title {_text(title)}/Producer(Paragraf)>>",
    }
    for number, (text, page) in enumerate(bookmarks, start=first):
        before = f"/Prev {number - 1} 0 R" if number > first else ""
        after = f"/Next {number + 1} 0 R" if number < last else ""
        objects[number] = (
            f"<</Title {_text(text)}/Parent {outline} 0 R{before}{after}/Dest[{kids[page]} 0 R /XYZ null null null]>>"
        )
    return _updated(pdf, objects, f"/Prev {table_at}/Root {root} 0 R/Info {information} 0 R")


def _offsets(table: bytes) -> dict[int, int]:
    """Where each object begins, from the table at the end of the file."""
    found: dict[int, int] = {}
    number = 0
    for line in table.partition(b"trailer")[0].splitlines()[1:]:
        fields = line.split()
        if len(fields) == 2:
            number = int(fields[0])
        elif len(fields) == 3:
            found[number] = int(fields[0])
            number += 1
    return found


def _pages(pdf: bytes, offsets: dict[int, int], root: int) -> tuple[int, list[int]]:
    """The number of the page tree and of each page: pdfium writes the tree of a new document flat."""
    tree = _number(_PAGES, _object(pdf, offsets[root]))
    kids = _KIDS.search(_object(pdf, offsets[tree]))
    assert kids is not None
    return tree, [int(number) for number in _REFERENCE.findall(kids[1])]


def _object(pdf: bytes, offset: int) -> bytes:
    return pdf[offset : pdf.index(b"endobj", offset)]


def _number(pattern: re.Pattern[bytes], text: bytes) -> int:
    found = pattern.findall(text)
    assert found
    return int(found[-1])


def _text(text: str) -> str:
    """A text of a PDF in UTF-16, as hexadecimal."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def _updated(pdf: bytes, objects: dict[int, str], trailer: str) -> bytes:
    written = bytearray(pdf if pdf.endswith(b"\n") else pdf + b"\n")
    table = "xref\n"
    for number, body in sorted(objects.items()):
        table += f"{number} 1\n{len(written):010d} 00000 n \n"
        written += f"{number} 0 obj\n{body}\nendobj\n".encode("ascii")
    table_at = len(written)
    end = f"trailer\n<</Size {max(objects) + 1}{trailer}>>\nstartxref\n{table_at}\n%%EOF\n"
    return bytes(written) + (table + end).encode("ascii")
