"""Files of minutes made from lines: Word, PDF, text. Whoever and whatever they name is invented."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document as WordFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

PAGE_HEIGHT, TOP, STEP, LEFT = 842, 790, 14, 70


def word(*blocks: str | tuple[str, str] | Sequence[Sequence[str]], header: str = "") -> bytes:
    """A Word file: a text is a paragraph, ("b", text) a bold one, ("h1", text) a heading, ("•", text) a list item,
    ("mixed", "bold|plain") one that begins bold, a list of rows a table."""
    document = WordFile()
    if header:
        document.sections[0].header.paragraphs[0].text = header
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        elif isinstance(block, tuple):
            _marked(document, *block)
        else:
            _table(document, block)
    return saved(document)


def saved(document: Any) -> bytes:
    """The bytes of a python-docx document."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _marked(document: Any, mark: str, text: str) -> None:
    if mark.startswith("h"):
        document.add_heading(text, int(mark[1:]))
    elif mark == "•":
        document.add_paragraph(text, style="List Bullet")
    elif mark == "b":
        document.add_paragraph().add_run(text).bold = True
    else:
        lead, _, rest = text.partition("|")
        paragraph = document.add_paragraph()
        paragraph.add_run(lead).bold = True
        paragraph.add_run(rest)


def _table(document: Any, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=0, cols=max(map(len, rows)))
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            first, *more = text.split("\n")
            cell.paragraphs[0].text = first
            for each in more:
                cell.add_paragraph(each)


def numbered_word(first: int, items: Sequence[tuple[str, Sequence[str]]]) -> bytes:
    """A Word file whose §§ are numbered by Word itself: nobody has typed the numbers."""
    document: Any = WordFile()
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for name, value in (("start", str(first)), ("numFmt", "decimal"), ("lvlText", "§ %1")):
        each = OxmlElement(f"w:{name}")
        each.set(qn("w:val"), value)
        level.append(each)
    abstract.append(level)
    numbering.insert(0, abstract)
    number = numbering.add_num(77)
    for heading, paragraphs in items:
        paragraph = document.add_paragraph()
        paragraph.add_run(heading).bold = True
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_numId().val = number.numId
        properties.get_or_add_ilvl().val = 0
        for text in paragraphs:
            document.add_paragraph(text)
    return saved(document)


def pdf(*pages: Sequence[str]) -> bytes:
    """A PDF with the lines of each page; one that begins with ``*`` is bold, an empty one leaves room."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    fonts = b"<< /F1 3 0 R /F2 4 0 R >>"
    for name in (b"Helvetica", b"Helvetica-Bold"):
        objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /" + name + b" /Encoding /WinAnsiEncoding >>")
    kids = []
    for lines in pages:
        content = _drawn(lines)
        objects.append(b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font %s >> /Contents %d 0 R >>"
            % (fonts, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return _written(objects)


def _drawn(lines: Sequence[str]) -> bytes:
    drawn = []
    for place, line in enumerate(lines):
        if text := line.lstrip("*"):
            font = b"F2" if line.startswith("*") else b"F1"
            words = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            drawn.append(b"BT /%s 11 Tf %d %d Td (%s) Tj ET" % (font, LEFT, TOP - STEP * place, words))
    return b"\n".join(drawn)


def _written(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + each + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
