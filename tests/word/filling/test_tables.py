from __future__ import annotations

import re

import pytest
from docx.document import Document
from docx.shared import Cm

from paragraf.word.faults import TemplateFault
from paragraf.word.filling.template import compile_template
from tests.word import files

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COSTS = files.with_table(
    ("Post", "{%tc for y in years %}", "{{ y }}", "{%tc endfor %}", "Summa"),
    ("Personal", "{%tc for a in amounts %}", "{{ a }}", "{%tc endfor %}", "{{ total }}"),
)


def widths(content: bytes) -> tuple[list[int], list[list[int]]]:
    """The grid's columns and each row's cells."""
    table = files.xml_of(content).find(f".//{W}tbl")
    grid = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
    return grid, [[int(cell.get(f"{W}w")) for cell in row.iter(f"{W}tcW")] for row in table.iter(f"{W}tr")]


@pytest.mark.parametrize("years", [[], ["2026"], ["2026", "2027", "2028"], [str(year) for year in range(2020, 2032)]])
def test_cell_tags_give_as_many_columns_as_there_are_years(years: list[str]) -> None:
    result = compile_template(COSTS).fill({"years": years, "amounts": ["1"] * len(years), "total": "x"})
    assert files.cells(result) == [["Post", *years, "Summa"], ["Personal", *["1"] * len(years), "x"]]
    grid, rows = widths(result)
    assert len(grid) == len(years) + 2
    assert rows == [grid, grid]
    before, _ = widths(COSTS)
    assert sum(before) - len(grid) <= sum(grid) <= sum(before)


def test_a_row_of_one_cell_stays_across_the_whole_table() -> None:
    def build(document: Document) -> None:
        table = document.add_table(2, 5)
        table.cell(0, 0).merge(table.cell(0, 4)).text = "Kostnader"
        for cell, text in zip(
            table.rows[1].cells, ("Post", "{%tc for y in years %}", "{{ y }}", "{%tc endfor %}", "Summa"), strict=True
        ):
            cell.text = text

    result = compile_template(files.built(build)).fill({"years": ["1", "2", "3", "4"]})
    assert files.cells(result) == [["Kostnader"] * 6, ["Post", "1", "2", "3", "4", "Summa"]]


def test_a_table_that_loses_all_its_rows_goes_away() -> None:
    content = files.with_table(("{%tr for i in items %}",), ("{{ i }}",), ("{%tr endfor %}",))
    template = compile_template(content)
    assert files.cells(template.fill({"items": ["a", "b"]})) == [["a"], ["b"]]
    assert files.opened(template.fill({"items": []})).tables == []


def test_a_cell_that_loses_all_its_paragraphs_keeps_an_empty_one() -> None:
    def build(document: Document) -> None:
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "{%p for i in items %}"
        cell.add_paragraph("{{ i }}")
        cell.add_paragraph("{%p endfor %}")

    template = compile_template(files.built(build))
    assert files.cells(template.fill({"items": ["a", "b"]})) == [["a\nb"]]
    assert files.cells(template.fill({"items": []})) == [[""]]
    (cell,) = files.xml_of(template.fill({"items": []})).iter(f"{W}tc")
    assert [child.tag for child in cell][-1] == f"{W}p"


def test_many_tables_in_a_loop_are_mended_each() -> None:
    def build(document: Document) -> None:
        document.add_paragraph("{%p for t in tables %}")
        table = document.add_table(1, 3)
        for cell, text in zip(table.rows[0].cells, ("{%tc for x in t %}", "{{ x }}", "{%tc endfor %}"), strict=True):
            cell.text = text
            cell.width = Cm(3)
        document.add_paragraph("{%p endfor %}")

    result = compile_template(files.built(build)).fill({"tables": [["a"], ["b", "c"], ["d", "e", "f"]]})
    assert [files.cells(result, number) for number in range(3)] == [[["a"]], [["b", "c"]], [["d", "e", "f"]]]
    assert [len(table.columns) for table in files.opened(result).tables] == [1, 2, 3]


def test_a_block_that_begins_in_one_table_and_ends_in_another_is_refused() -> None:
    def build(document: Document) -> None:
        for text in ("{%tr for i in items %}", "{%tr endfor %}"):
            document.add_table(2, 1).cell(0, 0).text = text

    with pytest.raises(TemplateFault, match="samma tabell"):
        compile_template(files.built(build))


def test_cells_without_properties_get_their_width() -> None:
    bare = files.parts(COSTS)["word/document.xml"]
    bare = re.sub(rb"<w:tcPr>.*?</w:tcPr>", b"", bare, count=3, flags=re.DOTALL)
    result = compile_template(files.packed({**files.parts(COSTS), "word/document.xml": bare})).fill(
        {"years": ["1", "2", "3"], "amounts": ["1", "2", "3"], "total": "x"}
    )
    grid, rows = widths(result)
    assert rows == [grid, grid]


def test_a_value_that_looks_like_a_mark_of_the_compiler_is_text() -> None:
    result = compile_template(COSTS).fill(
        {"years": ["<?cell?>", "<?grid?>"], "amounts": ["<?/grid?>", "</w:tbl>"], "total": ""}
    )
    assert files.cells(result)[0][1:3] == ["<?cell?>", "<?grid?>"]
    assert files.cells(result)[1][1:3] == ["<?/grid?>", "</w:tbl>"]
