"""Tables: facts with labels in the column of labels, and rows under a header that repeats on each page.

Every table has a caption for those who hear it, fixed widths, and either a first column or a header row of headings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from document_templates.drawing.blocks import Xml, each, paragraph, when
from document_templates.drawing.palette import LABELS, MEASURE, twips

_WHOLE = "<w:cantSplit/>"
_FACTS_LOOK = 'w:val="0680" w:firstRow="0" w:lastRow="0" w:firstColumn="1"'
_ROWS_LOOK = 'w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
_SUMS_LOOK = 'w:val="0660" w:firstRow="1" w:lastRow="1" w:firstColumn="0"'


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what each row prints there, its ``width`` in parts of the whole, ``number`` for figures.

    ``below``: a second, smaller line where ``below_if`` is not empty. ``total``: what the row of sums prints.
    ``repeats``: loops that repeat the column, one for the header and one for the rows.
    """

    heading: str
    value: str
    width: float = 1
    number: bool = False
    below: str = ""
    below_if: str = ""
    total: str = ""
    repeats: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class RowLook:
    """How rows look where ``condition`` holds; an empty condition is the rest, and stands last."""

    condition: str = ""
    text: str = "Tabelltext"
    number: str = "Tabelltal"


PLAIN = (RowLook(),)
WITH_SUMS = (RowLook("row.is_sum", "Tabellsumma", "Tabellsummatal"), RowLook())
WITH_GROUPS = (RowLook("row.is_heading", "Tabellgrupp", "Tabellgrupp"), *WITH_SUMS)


def fact(label: str, *content: str) -> Xml:
    """A row of facts; a text becomes a paragraph of its own."""
    blocks = [one if isinstance(one, Xml) else paragraph(one, style="Uppgift") for one in content]
    # A row of many names may run on to the next page; one of a single text stays whole.
    whole = "" if any("{%p for" in one or "{{p" in one for one in blocks) else _WHOLE
    return _row((_cell(LABELS, paragraph(label, style="Uppgiftsrubrik")), _cell(MEASURE, *blocks)), whole)


def fact_if(condition: str, label: str, *content: str) -> Xml:
    """A row of facts that stands there only where the condition holds."""
    return _between(f"if {condition}", (LABELS, MEASURE), fact(label, *content), "endif")


def names(loop: str, text: str) -> Xml:
    """In a row of facts: a line for each."""
    return each(loop, paragraph(text, style="Uppgift"))


def facts(caption: str, *rows: Xml) -> Xml:
    """The table of facts, at full width."""
    return _table("Uppgifter", caption, (LABELS, MEASURE), rows, _FACTS_LOOK)


def rows(
    caption: str,
    loop: str,
    columns: Sequence[Column],
    *,
    width: int = MEASURE,
    looks: Sequence[RowLook] = PLAIN,
    height: float = 0,
) -> Xml:
    """A table with a row for each turn of the loop, and a row of sums where a column has a ``total``.

    ``width`` in twips: MEASURE as wide as the text, FULL from the column of labels to the right margin. ``height`` in
    millimetres: at least so high are the rows, for what is written by hand.
    """
    widths = _widths(columns, width)
    body = _between(f"for {loop}", widths, _by_look(columns, widths, looks, height), "endfor")
    if not any(one.total for one in columns):
        return _table("Paragraftabell", caption, widths, (_header(columns, widths), body), _ROWS_LOOK)
    last = _row(
        [
            _cell(width, paragraph(one.total, style="Tabellsummatal" if one.number else "Tabellsumma"))
            for one, width in zip(columns, widths, strict=True)
        ]
    )
    return _table("Paragraftabell", caption, widths, (_header(columns, widths), body, last), _SUMS_LOOK)


def _by_look(columns: Sequence[Column], widths: Sequence[int], looks: Sequence[RowLook], height: float) -> Xml:
    high = f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>' if height else ""
    rows = [_row(_values(columns, widths, look, bottom=bool(height)), _WHOLE + high) for look in looks]
    if len(looks) == 1:
        return rows[0]
    words = ["if", *["elif"] * (len(looks) - 2), "else"]
    tags = (f"{word} {look.condition}".strip() for word, look in zip(words, looks, strict=True))
    pieces = (piece for tag, row in zip(tags, rows, strict=True) for piece in (_tag_row(tag, widths), row))
    return Xml("".join((*pieces, _tag_row("endif", widths))))


def _header(columns: Sequence[Column], widths: Sequence[int]) -> Xml:
    cells = (
        _repeated(
            one.repeats and one.repeats[0],
            _cell(
                width, paragraph(one.heading, style="Tabellrubriktal" if one.number else "Tabellrubrik"), bottom=True
            ),
        )
        for one, width in zip(columns, widths, strict=True)
    )
    return _row(cells, f"{_WHOLE}<w:tblHeader/>")


def _values(columns: Sequence[Column], widths: Sequence[int], look: RowLook, bottom: bool) -> list[Xml]:
    return [_value(one, width, look, bottom) for one, width in zip(columns, widths, strict=True)]


def _value(column: Column, width: int, look: RowLook, bottom: bool) -> Xml:
    blocks = [paragraph(column.value, style=look.number if column.number else look.text)]
    if column.below:
        blocks.append(when(column.below_if, paragraph(column.below, style="Tabellbitext")))
    return _repeated(column.repeats and column.repeats[1], _cell(width, *blocks, bottom=bottom))


def _repeated(loop: str | None, cell: Xml) -> Xml:
    if not loop:
        return cell
    return Xml(f"{_tag_cell(f'{{%tc for {loop} %}}')}{cell}{_tag_cell('{%tc endfor %}')}")


def _tag_cell(tag: str, width: int = 567, span: int = 1) -> Xml:
    return _cell(width, paragraph(tag, style="Malltagg"), span=span)


def _between(opening: str, widths: Sequence[int], inside: Xml, closing: str) -> Xml:
    return Xml(f"{_tag_row(opening, widths)}{inside}{_tag_row(closing, widths)}")


def _tag_row(body: str, widths: Sequence[int]) -> Xml:
    return _row([_tag_cell(f"{{%tr {body} %}}", sum(widths), len(widths))])


def _row(cells: Sequence[Xml] | object, properties: str = _WHOLE) -> Xml:
    return Xml(f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>")  # type: ignore[arg-type]


def _cell(width: int, *blocks: Xml, bottom: bool = False, span: int = 1) -> Xml:
    across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    place = '<w:vAlign w:val="bottom"/>' if bottom else ""
    return Xml(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{place}</w:tcPr>{"".join(blocks)}</w:tc>')


def _widths(columns: Sequence[Column], whole: int) -> tuple[int, ...]:
    parts = sum(one.width for one in columns)
    return tuple(round(whole * one.width / parts) for one in columns)


def _table(style: str, caption: str, widths: Sequence[int], rows: Sequence[Xml], look: str) -> Xml:
    indent = MEASURE - sum(widths) if sum(widths) > MEASURE + 10 else 0
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return Xml(
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblInd w:w="{indent}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook {look} w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val={quoteattr(caption)}/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
