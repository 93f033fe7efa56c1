"""A list as a file that Excel opens: real numbers and days, never a formula, whatever an applicant wrote."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
#: What Excel and others take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: Excel cuts longer texts, and says that the file is damaged.
_LONGEST_CELL = 32_000

#: What XML has no place for, beside the control characters that openpyxl knows.
_NO_CHARACTERS = re.compile("[\ud800-\udfff\ufffe\uffff]")

Value = str | int | date | None


class ColumnKind(StrEnum):
    """What a column holds: money is given in öre and written in kronor."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"


@dataclass(frozen=True)
class Column:
    """A column with its heading; ``width`` in characters."""

    name: str
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 14


@dataclass(frozen=True)
class Sheet:
    """What is exported: every row has a value for each column, None for an empty cell."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]


# --- Excel ---------------------------------------------------------------------------------------------------------

_FORMATS = {
    ColumnKind.TEXT: "@",
    ColumnKind.NUMBER: "0",
    ColumnKind.MONEY: "#,##0.00",
    ColumnKind.DAY: "yyyy-mm-dd",
}


def excel(sheet: Sheet) -> bytes:
    """The list as an .xlsx file, its header frozen and with filters."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = _sheet_name(sheet.title)
    for place, column in enumerate(sheet.columns, start=1):
        cell = _cell(page, 1, place)
        _write_text(cell, column.name)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E8EDF3")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        page.column_dimensions[get_column_letter(place)].width = column.width
    for number, row in enumerate(sheet.rows, start=2):
        for place, (column, value) in enumerate(zip(sheet.columns, row, strict=True), start=1):
            _write(_cell(page, number, place), column.kind, value)
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"
    page.print_title_rows = "1:1"
    page.page_setup.orientation, page.page_setup.fitToWidth, page.page_setup.fitToHeight = "landscape", 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _cell(page: Worksheet, row: int, column: int) -> Cell:
    found = page.cell(row, column)
    if not isinstance(found, Cell):
        raise TypeError("no cells are merged here")
    return found


def _write(cell: Cell, kind: ColumnKind, value: Value) -> None:
    cell.number_format = _FORMATS[kind]
    if value is None:
        return
    if isinstance(value, str):
        _write_text(cell, value)
    else:
        cell.value = Decimal(value) / 100 if kind is ColumnKind.MONEY and isinstance(value, int) else value


def _write_text(cell: Cell, text: str) -> None:
    cell.value = _NO_CHARACTERS.sub("", ILLEGAL_CHARACTERS_RE.sub("", text))[:_LONGEST_CELL]
    # Said to be text, it is never read as a formula; quoted, it stays text when somebody edits the cell.
    cell.data_type = "s"
    if text.startswith(_FORMULA):
        cell.quotePrefix = True


def _sheet_name(title: str) -> str:
    return "".join(one for one in title if one not in "[]:*?/\\'")[:31] or "Lista"


# --- CSV -----------------------------------------------------------------------------------------------------------


def as_csv(sheet: Sheet) -> bytes:
    """The list as Swedish Excel opens it by a double click: UTF-8 with a mark, semicolons, decimal comma."""
    kept = StringIO(newline="")
    writer = csv.writer(kept, delimiter=";", lineterminator="\r\n")
    writer.writerow([_guarded(column.name) for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([_plain(column.kind, value) for column, value in zip(sheet.columns, row, strict=True)])
    return kept.getvalue().encode("utf-8-sig")


def _plain(kind: ColumnKind, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _guarded(value)
    if kind is ColumnKind.MONEY and isinstance(value, int):
        return f"{Decimal(value) / 100:.2f}".replace(".", ",")
    return value.isoformat() if isinstance(value, date) else str(value)


def _guarded(text: str) -> str:
    """A leading apostrophe makes a formula text, which a comma-separated file has no other way to say."""
    clean = "".join(one for one in text if one not in "\x00\ufeff")
    return f"'{clean}" if clean.lstrip().startswith(_FORMULA) or clean.startswith(_FORMULA) else clean
