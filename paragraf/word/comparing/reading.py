"""A story read into blocks: paragraphs as pieces of text with one look each, tables as rows of cells of blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from paragraf.word.comparing.atoms import Run, atom_of, fields_joined, runs_of
from paragraf.word.comparing.elements import FRAME, VAL, value_of, w
from paragraf.word.comparing.looks import PLAIN, Key, Looks
from paragraf.word.comparing.pieces import Piece
from paragraf.word.comparing.words import Bag, Token, bag_of, tokens_of
from paragraf.word.package.markup import CELL, ROW, RUN_LOOK, TABLE, P, T

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from paragraf.word.comparing.sources import Story

_TEXT = {w("tab"): "\t", w("cr"): "\n"}
_SILENT = frozenset({RUN_LOOK, w("lastRenderedPageBreak")})


@dataclass(eq=False)
class Paragraph:
    """A paragraph; ``frame`` is what its properties say, ``style`` the name of its style."""

    element: Element
    story: Story
    frame: Key
    style: str
    pieces: list[Piece]

    @cached_property
    def text(self) -> str:
        """As a person reads it; pictures and the like as U+FFFC."""
        return "".join(piece.text for piece in self.pieces)

    @cached_property
    def key(self) -> Key:
        """Equal for paragraphs that are the same in all that is compared."""
        return ("p", self.frame, *(piece.key for piece in self.pieces if piece.place is None))

    @property
    def reads(self) -> Key:
        """Equal for paragraphs with the same words."""
        return ("p", self.text)

    @cached_property
    def tokens(self) -> list[Token]:
        """The words, spaces and signs."""
        return tokens_of(self.pieces)

    @cached_property
    def bag(self) -> Bag:
        """Its words, to tell how like two paragraphs are."""
        return bag_of(self.text)


@dataclass(eq=False)
class Cell:
    element: Element
    blocks: list[Block]

    @cached_property
    def key(self) -> Key:
        return tuple(block.key for block in self.blocks)

    @cached_property
    def text(self) -> str:
        return "\n".join(block.text for block in self.blocks)


@dataclass(eq=False)
class Row:
    """A row; ``shape`` tells how its cells lie in the grid."""

    element: Element
    cells: list[Cell]
    shape: Key

    @cached_property
    def key(self) -> Key:
        return ("r", self.shape, *(cell.key for cell in self.cells))

    @cached_property
    def text(self) -> str:
        return "\t".join(cell.text for cell in self.cells)

    @property
    def reads(self) -> Key:
        return ("r", self.shape, self.text)

    @cached_property
    def bag(self) -> Bag:
        return bag_of(self.text)


@dataclass(eq=False)
class Table:
    """A table; ``columns`` of its grid."""

    element: Element
    rows: list[Row]
    columns: int

    @cached_property
    def key(self) -> Key:
        return ("t", self.columns, *(row.key for row in self.rows))

    @cached_property
    def text(self) -> str:
        return "\n".join(row.text for row in self.rows)

    @property
    def reads(self) -> Key:
        return ("t", self.columns, self.text)

    @cached_property
    def bag(self) -> Bag:
        return bag_of(self.text)


Block = Paragraph | Table


@dataclass
class Reader:
    """Reads the blocks of one story."""

    story: Story
    looks: Looks = field(init=False)

    def __post_init__(self) -> None:
        self.looks = Looks(self.story.source)

    def blocks(self, container: Element) -> list[Block]:
        """The paragraphs and tables that lie directly in the container."""
        return [
            self.paragraph(child) if child.tag == P else self.table(child) for child in container.iterchildren(P, TABLE)
        ]

    def table(self, element: Element) -> Table:
        rows = [self._row(row) for row in element.iterchildren(ROW)]
        return Table(element, rows, len(element.findall(f"{w('tblGrid')}/{w('gridCol')}")))

    def _row(self, element: Element) -> Row:
        cells = [Cell(cell, self.blocks(cell)) for cell in element.iterchildren(CELL)]
        return Row(element, cells, tuple(_cell_shape(cell.element) for cell in cells))

    def paragraph(self, element: Element) -> Paragraph:
        frame = element.find(FRAME)
        style = "" if frame is None else value_of(frame, "pStyle")
        name = self.story.source.styles.get(style, style.lower())
        return Paragraph(element, self.story, self.looks.of_frame(frame), name, self._pieces(element))

    def _pieces(self, paragraph: Element) -> list[Piece]:
        pieces: list[Piece] = []
        for run in fields_joined(runs_of(paragraph, self.story)):
            for piece in self._of_run(run):
                last = pieces[-1] if pieces else None
                if last and _flows(last, piece):
                    last.text += piece.text
                else:
                    pieces.append(piece)
        return pieces

    def _of_run(self, run: Run) -> Iterable[Piece]:
        if run.place is not None:
            return (Piece("", place=run.place),)
        if run.atom is not None:
            return (Piece(run.atom.text, PLAIN, run.link, run.atom),)
        return self._of_text_run(run)

    def _of_text_run(self, run: Run) -> Iterator[Piece]:
        element = run.elements[0]
        look = self.looks.of_run(element.find(RUN_LOOK))
        text: list[str] = []
        for child in element:
            said = _text_of(child)
            if said is not None:
                text += [said] if said else []
            elif child.tag not in _SILENT and isinstance(child.tag, str):
                if text:
                    yield Piece("".join(text), look, run.link)
                    text = []
                atom = atom_of(child, element, self.story)
                yield Piece(atom.text, look, run.link, atom)
        if text:
            yield Piece("".join(text), look, run.link)


def _text_of(child: Element) -> str | None:
    if child.tag == T:
        return (child.text or "").replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
    if child.tag == w("br"):
        return "\n" if child.get(w("type"), "textWrapping") == "textWrapping" and not child.get(w("clear")) else None
    return _TEXT.get(child.tag) if isinstance(child.tag, str) and not child.attrib else None


def _flows(last: Piece, piece: Piece) -> bool:
    return (
        last.look is piece.look
        and not (last.atom or piece.atom)
        and last.place is None
        and piece.place is None
        and (last.link.key if last.link else "") == (piece.link.key if piece.link else "")
    )


def _cell_shape(cell: Element) -> Key:
    frame = cell.find(w("tcPr"))
    if frame is None:
        return ("1", "")
    merged = frame.find(w("vMerge"))
    return (value_of(frame, "gridSpan") or "1", "" if merged is None else merged.get(VAL, "continue"))
