"""A Word file as lines: its paragraphs in order, tables row by row, with the looks and the numbers that Word gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from paragraf.core.errors import RuleBroken
from paragraf.importing.reading.lines import FileKind, Line, Source, tidy
from paragraf.importing.reading.word_lists import Lists
from paragraf.importing.reading.word_styles import Look, Styles, is_on
from paragraf.word.faults import NotAWordFile
from paragraf.word.package.archive import Part
from paragraf.word.package.markup import CELL, CONTROL, PARAGRAPH_LOOK, ROW, RUN_LOOK, TABLE, P, R, T, W, parse_xml
from paragraf.word.package.opening import open_package

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BODY, _TAB, _BREAK, _RETURN = f"{{{W}}}body", f"{{{W}}}tab", f"{{{W}}}br", f"{{{W}}}cr"
_DASH, _TYPE, _VAL = f"{{{W}}}noBreakHyphen", f"{{{W}}}type", f"{{{W}}}val"
_NEW_PAGE, _BOXED = f"{{{W}}}lastRenderedPageBreak", f"{{{W}}}txbxContent"
_MOVED_AWAY, _HIDDEN, _BOLD = f"{{{W}}}moveFrom", f"{{{W}}}vanish", f"{{{W}}}b"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset((_MOVED_AWAY, _FALLBACK, PARAGRAPH_LOOK, f"{{{W}}}del", f"{{{W}}}sectPr"))
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_old_word(content: bytes) -> bool:
    """Whether it is one of the older Office files, or a Word file locked with a password: both begin alike."""
    return content.startswith(_OLD_WORD)


def read_word(content: bytes) -> Source:
    """The lines of a .docx file. Raises NotAWordFile, with the reason, for what is not opened with good conscience."""
    parts = {part.name: part for part in open_package(content)}
    if "word/document.xml" not in parts:
        raise NotAWordFile("Filen är inget Word-dokument (.docx). Öppna den i Word och spara den som ”Word-dokument”.")
    body = _root(parts["word/document.xml"]).find(_BODY)
    styles = Styles(_optional(parts, "word/styles.xml"))
    reader = _Reader(styles, Lists(_optional(parts, "word/numbering.xml"), styles))
    if body is not None:
        reader.read(body)
    if not reader.lines:
        raise RuleBroken("Word-filen har ingen text att läsa.", field="file")
    pages = reader.page if reader.page > 1 else 0
    for line in reader.lines if not pages else ():
        line.page = 0
    return Source(FileKind.WORD, reader.lines, _margins(parts), pages)


def _root(part: Part) -> Element:
    return parse_xml(part.content(), part.name)


def _optional(parts: dict[str, Part], name: str) -> Element | None:
    return _root(parts[name]) if name in parts else None


def _margins(parts: dict[str, Part]) -> list[str]:
    """What headers and footers say, each once."""
    told: dict[str, None] = {}
    for name, part in parts.items():
        if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"):
            for paragraph in _root(part).iter(P):
                told[tidy("".join(each.text or "" for each in paragraph.iter(T)))] = None
    return [words for words in told if words]


class _Reader:
    """Walks the body once, counting paragraphs and pages."""

    def __init__(self, styles: Styles, lists: Lists) -> None:
        self.lines: list[Line] = []
        self.page = 1
        self._styles, self._lists = styles, lists
        self._number, self._gap, self._crossed = 0, True, False

    def read(self, parent: Element) -> None:
        """All that stands in the body, a cell or a content control, in order."""
        for element in parent:
            tag = element.tag
            if tag == P:
                self._paragraph(element)
            elif tag == TABLE:
                for row in _rows(element):
                    self._row(row)
                self._gap = True
            elif tag == CONTROL or (isinstance(tag, str) and tag not in _SKIPPED and len(element)):
                self.read(element)

    def _paragraph(self, paragraph: Element) -> None:
        for text, look in self._texts(paragraph):
            self._add(text, look, in_table=False)

    def _texts(self, paragraph: Element) -> Iterator[tuple[str, Look]]:
        """The paragraph as one text, or as several where it has line breaks or boxes with text of their own."""
        self._number += 1
        for box in paragraph.iter(_BOXED):
            if next(box.iterancestors(_FALLBACK), None) is None:
                for inner in box.iter(P):
                    yield from self._texts(inner)
        look = self._styles.look(paragraph.find(PARAGRAPH_LOOK))
        pieces = list(self._pieces(paragraph))
        label = self._lists.label(paragraph.find(PARAGRAPH_LOOK)) if any(text.strip() for text, _ in pieces) else ""
        text = label + "".join(piece for piece, _ in pieces)
        lead = _lead(pieces, look.bold)
        for place, part in enumerate(text.split("\n")):
            whole = lead is None
            yield part, Look(whole, look.heading, "" if whole or place else lead or "")

    def _pieces(self, paragraph: Element) -> Iterator[tuple[str, bool | None]]:
        """Each run's text and whether it is bold (None: as the paragraph is)."""
        for run in paragraph.iter(R):
            if run.getparent() is not paragraph and _is_elsewhere(run, paragraph):
                continue
            bold = None
            look = run.find(RUN_LOOK)
            if look is not None:
                if is_on(look.find(_HIDDEN)):
                    continue
                mark = look.find(_BOLD)
                bold = None if mark is None else is_on(mark)
            text = self._run(run)
            if text:
                yield text, bold

    def _run(self, run: Element) -> str:
        text = ""
        for each in run:
            tag = each.tag
            if tag == T:
                text += each.text or ""
            elif tag == _TAB:
                text += "\t"
            elif tag == _DASH:
                text += "-"
            elif tag in (_BREAK, _RETURN):
                if each.get(_TYPE) == "page":
                    self._turn()
                text += "\n"
            elif tag == _NEW_PAGE:
                self._turn()
        return text

    def _turn(self) -> None:
        self.page, self._crossed = self.page + 1, True

    def _row(self, row: Element) -> None:
        """A row of short cells is one line with tabs; where a cell holds paragraphs, each stands by itself."""
        cells = [[one for one in self._cell(cell) if one[0].strip()] for cell in row.iter(CELL) if _row_of(cell) is row]
        filled = [cell for cell in cells if cell]
        if filled and all(len(cell) == 1 for cell in filled):
            looks = [cell[0][1] for cell in filled]
            text = "\t".join(tidy(cell[0][0]) if cell else "" for cell in cells)
            lead = tidy(filled[0][0][0]) if looks[0].bold and len(filled) > 1 else ""
            whole = all(look.bold for look in looks)
            self._add(text, Look(whole, looks[0].heading, "" if whole else lead), in_table=True)
            return
        for cell in filled:
            self._gap = True
            for text, look in cell:
                self._add(text, look, in_table=False)

    def _cell(self, cell: Element) -> Iterator[tuple[str, Look]]:
        for paragraph in cell.iter(P):
            if next(paragraph.iterancestors(_BOXED), None) is None:
                yield from self._texts(paragraph)

    def _add(self, raw: str, look: Look, *, in_table: bool) -> None:
        text = tidy(raw)
        if not text:
            self._gap = True
            return
        lead = tidy(look.lead)
        self.lines.append(
            Line(
                self._number,
                text,
                self.page,
                look.bold,
                lead if lead != text else "",
                look.heading,
                gap=self._gap or look.heading > 0,
                crossed=self._crossed,
                in_table=in_table,
            )
        )
        self._gap = self._crossed = False


def _rows(table: Element) -> Iterator[Element]:
    return (row for row in table.iter(ROW) if next(row.iterancestors(TABLE), None) is table)


def _row_of(cell: Element) -> Element | None:
    return next(cell.iterancestors(ROW), None)


def _is_elsewhere(run: Element, paragraph: Element) -> bool:
    """Whether the run belongs to a box inside the paragraph, or to what was deleted or moved away."""
    for above in run.iterancestors():
        if above is paragraph:
            return False
        if above.tag in _SKIPPED or above.tag == _BOXED:
            return True
    return False


def _lead(pieces: list[tuple[str, bool | None]], as_paragraph: bool) -> str | None:
    """The bold words that a paragraph begins with; None where all of it is bold."""
    lead = ""
    for text, bold in pieces:
        if not (as_paragraph if bold is None else bold) and text.strip():
            return lead
        lead += text
    return None if lead.strip() else ""
