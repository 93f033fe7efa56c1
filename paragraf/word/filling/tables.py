"""Mend what tags take away from tables: a cell needs a paragraph, a table rows, the grid as many columns as the cells.

Headers, footers, notes and text boxes need a paragraph as cells do, and are marked in the same way.

Only cells and tables that the compiler has marked are looked at, as text: the rest is whole by construction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from paragraf.word.filling.tags import CELL_END, GRID_END, GRID_START

_LAST = ("</w:p>", "<w:p/>")
_GRID_MARK = re.compile(r"(<\?/?grid\?>)")
_GRID = re.compile(r"<w:tblGrid>(.*?)</w:tblGrid>", re.DOTALL)
_WIDTH = re.compile(r'w:w="(\d+)"')
_ROW = re.compile(r"<w:tr[ >].*?</w:tr>", re.DOTALL)
_CELL = re.compile(r"(<w:tc(?: [^>]*)?>)(<w:tcPr>.*?</w:tcPr>|<w:tcPr/>)?", re.DOTALL)
_CELL_WIDTH = re.compile(r"<w:tcW [^>]*/>")
# Word's note to itself on which parts of the table style apply; it must stand first, and need not stand at all.
_NOTE = re.compile(r"<w:cnfStyle [^>]*/>")
_SPAN = re.compile(r'<w:gridSpan w:val="(\d+)"/>')


def whole_cells(chunks: Iterable[str]) -> Iterator[str]:
    """A filled part with a paragraph at the end of every marked cell. A mark is never cut in two by a chunk's end."""
    ends_well = False
    for chunk in chunks:
        *cells, rest = chunk.split(CELL_END)
        for cell in cells:
            yield cell
            if not (cell.endswith(_LAST) if cell else ends_well):
                yield "<w:p/>"
            ends_well = True
        if rest:
            yield rest
            ends_well = rest.endswith(_LAST)


def whole_tables(xml: str) -> str:
    """A filled part with every marked table whole: as many columns as cells, and gone where it has no rows."""
    levels: list[list[str]] = [[]]
    for piece in _GRID_MARK.split(xml):
        if piece == GRID_START:
            levels.append([])
        elif piece == GRID_END:
            table = "".join(levels.pop())
            levels[-1].append(_table(table))
        else:
            levels[-1].append(piece)
    return "".join(levels[0])


def _table(xml: str) -> str:
    rows = _ROW.findall(xml)
    if not rows:
        return ""
    grid = _GRID.search(xml)
    # A table within the table would have its cells counted as these; its own grid is right already.
    if grid is None or xml.count("<w:tbl>") > 1:
        return xml
    old = [int(width) for width in _WIDTH.findall(grid[1])]
    new = _columns(rows, sum(old))
    if new == old:
        return xml
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in new)
    head = xml[: grid.start()] + f"<w:tblGrid>{columns}</w:tblGrid>"
    return head + _ROW.sub(lambda row: _row(row[0], new), xml[grid.end() :])


def _columns(rows: list[str], total: int) -> list[int]:
    """The widths of the row with most columns, scaled together to the table's old width (twentieths of a point)."""
    widest: list[int] = []
    for row in rows:
        widths: list[int] = []
        cells = _CELL.findall(row)
        for _, properties in cells if len(cells) > 1 else ():
            span = _span(properties)
            width = _CELL_WIDTH.search(properties)
            found = _WIDTH.search(width[0]) if width else None
            widths += [int(found[1]) // span if found else 1000] * span
        widest = max(widest, widths, key=len)
    if not widest:
        return [total]
    scale = total / max(1, sum(widest))
    return [int(width * scale) for width in widest]


def _row(row: str, columns: list[int]) -> str:
    cells = len(_CELL.findall(row))
    place = 0

    def cell(match: re.Match[str]) -> str:
        nonlocal place
        properties = match[2] if match[2] and match[2] != "<w:tcPr/>" else "<w:tcPr></w:tcPr>"
        # A row of one cell is a heading across the table, however many columns the table got.
        span = len(columns) if cells == 1 else _span(properties)
        width = sum(columns[place : place + span])
        place += span
        inner = properties.removeprefix("<w:tcPr>")
        for own in (_NOTE, _CELL_WIDTH, _SPAN):
            inner = own.sub("", inner)
        across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        return f'{match[1]}<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{inner}'

    return _CELL.sub(cell, row)


def _span(properties: str) -> int:
    span = _SPAN.search(properties)
    return int(span[1]) if span else 1
