"""Word files for the tests of comparing: made from values, and read back as the same values by python-docx."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import docx
from docx.document import Document
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from hypothesis import strategies as st
from lxml import etree

from paragraf.word.comparing import compare
from tests.word.files import parts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MOMENT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AUTHOR = "Sonja Ekvall"
STYLES = ("Normal", "Heading 1", "List Bullet", "List Number")


@dataclass(frozen=True)
class Words:
    """A run."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    runs: tuple[Words, ...] = ()
    style: str = "Normal"


@dataclass(frozen=True)
class Grid:
    """A table: rows of cells of blocks."""

    rows: tuple[tuple[tuple[Text | Grid, ...], ...], ...]


Block = Text | Grid


def text(said: str, style: str = "Normal", *, bold: bool = False, italic: bool = False) -> Text:
    return Text((Words(said, bold, italic),) if said else (), style)


def grid(*rows: Sequence[str]) -> Grid:
    return Grid(tuple(tuple((text(cell),) for cell in row) for row in rows))


def document(*blocks: Block | str) -> bytes:
    """A Word file with the blocks; a string is a paragraph."""
    made = docx.Document()
    _fill(made, [text(block) if isinstance(block, str) else block for block in blocks])
    return saved(made)


def saved(made: Document) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _fill(container: Any, blocks: Sequence[Block]) -> None:
    for block in blocks:
        if isinstance(block, Text):
            paragraph = container.add_paragraph(style=block.style)
            for words in block.runs:
                run = paragraph.add_run(words.text)
                run.bold, run.italic = words.bold or None, words.italic or None
        else:
            _add_table(container, block)


def _add_table(container: Any, block: Grid) -> None:
    columns = len(block.rows[0])
    table = container.add_table(len(block.rows), columns)
    for row, cells in zip(table.rows, block.rows, strict=True):
        for cell, blocks in zip(row.cells, cells, strict=True):
            first = cell.paragraphs[0]._element
            _fill(cell, blocks)
            first.getparent().remove(first)


def read(content: bytes) -> list[Block]:
    """The body as values: neighbouring runs that look alike are one."""
    made = docx.Document(io.BytesIO(content))
    return _read(made)


def _read(container: Any) -> list[Block]:
    return [
        _read_text(each) if isinstance(each, WordParagraph) else _read_table(each)
        for each in container.iter_inner_content()
    ]


def _read_table(table: WordTable) -> Grid:
    return Grid(tuple(tuple(tuple(_read(cell)) for cell in row.cells) for row in table.rows))


def _read_text(paragraph: WordParagraph) -> Text:
    runs = [(run.text, bool(run.bold), bool(run.italic)) for run in paragraph.runs if run.text]
    joined = tuple(
        Words("".join(run[0] for run in alike), *look) for look, alike in groupby(runs, key=lambda run: run[1:])
    )
    return Text(joined, paragraph.style.name if paragraph.style else "")


def compared(old: bytes, new: bytes) -> bytes:
    return compare(old, new, author=AUTHOR, moment=MOMENT)


def changes(content: bytes, part: str = "word/document.xml") -> list[tuple[str, str]]:
    """Each tracked insertion and deletion of text in a part: ("ins" or "del", text); marks of ends and rows as ¶."""
    root = etree.fromstring(parts(content)[part])
    found = []
    for element in root.iter(f"{W}ins", f"{W}del"):
        name = etree.QName(element).localname
        said = "".join(t.text or "" for t in element.iter(f"{W}t", f"{W}delText"))
        mark = next(element.iterancestors()).tag in (f"{W}rPr", f"{W}trPr")
        found.append((name, "¶" if mark else said))
    return found


# --- any documents ---------------------------------------------------------------------------------------------------

_VOCABULARY = [
    "Styrelsen",
    "beslutar",
    "att",
    "bevilja",
    "410\u00a0000",
    "kr",
    "2026-03-02",
    "och",
    ",",
    ".",
    "§ 12",
    "🙂",
]
_words = st.lists(st.sampled_from(_VOCABULARY), min_size=1, max_size=7).map(" ".join)
_odd = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=6)
_runs = st.builds(
    Words, _words | _odd | st.sampled_from([" ", "\t", "rad\nrad", "  två "]), st.booleans(), st.booleans()
)
_texts = st.builds(Text, st.lists(_runs, max_size=4).map(tuple), st.sampled_from(STYLES))
_plain_cells = st.lists(_texts, min_size=1, max_size=2).map(tuple)


def _grids(cells: st.SearchStrategy[Any]) -> st.SearchStrategy[Grid]:
    def rows(columns: int) -> st.SearchStrategy[Grid]:
        row = st.lists(cells, min_size=columns, max_size=columns).map(tuple)
        return st.builds(Grid, st.lists(row, min_size=1, max_size=4).map(tuple))

    return st.integers(1, 3).flatmap(rows)


_nested = st.tuples(_grids(_plain_cells), _texts)
_cells = _plain_cells | _nested
blocks = st.tuples(st.lists(_texts | _grids(_cells), max_size=6), _texts).map(lambda found: [*found[0], found[1]])


@st.composite
def pairs(draw: st.DrawFn) -> tuple[list[Block], list[Block]]:
    """Two versions: the new one is the old with blocks taken out, put in, changed, or another altogether."""
    old = draw(blocks)
    if draw(st.integers(0, 4)) == 0:
        return old, draw(blocks)
    new: list[Block] = []
    for block in old:
        what = draw(st.sampled_from(["same", "same", "out", "change", "in"]))
        new += [] if what == "out" else [draw(_changed(block)) if what == "change" else block]
        new += [draw(_texts)] if what == "in" else []
    # What stands last is taken away or comes last as often as anything else.
    return old, [*new, *draw(st.just([]) | blocks), text(draw(_words))]


def _changed(block: Block) -> st.SearchStrategy[Block]:
    if isinstance(block, Text):
        more = st.lists(_runs, max_size=2).map(tuple)
        return st.builds(
            lambda cut, added, style: Text(block.runs[:cut] + added + block.runs[cut + 1 :], style),
            st.integers(0, max(0, len(block.runs))),
            more,
            st.sampled_from([block.style, *STYLES]),
        )
    columns = len(block.rows[0])
    row = st.lists(_cells, min_size=columns, max_size=columns).map(tuple)
    return st.builds(
        lambda cut, added: Grid((block.rows[:cut] + tuple(added) + block.rows[cut + 1 :]) or block.rows),
        st.integers(0, len(block.rows)),
        st.lists(row, max_size=2),
    )
