"""Minutes of any length: one layout written in either engine's tags, and the data that go into it.

docxtpl and Paragraf read the same file; docxtemplater's language is another, so its file has the same paragraphs and
tables with its own tags.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document

SENTENCE = (
    "Ärendet gäller insatsen Stegvis, som två kommuner & regionen driver tillsammans för unga vuxna i behov av stöd. "
)


@dataclass(frozen=True)
class Language:
    """How an engine writes a value, a loop over paragraphs, a loop over rows in one row, and a condition."""

    value: Callable[[str, str], str]
    begin: Callable[[str, str, str], str]
    end: Callable[[str, str], str]
    when: Callable[[str, str], str]
    unless: Callable[[str], str]
    one_row: bool


#: ``{{ item.heading }}``, ``{%p for item in items %}``: docxtpl's tags, which are ours too.
JINJA = Language(
    value=lambda owner, name: f"{{{{ {owner}.{name} }}}}" if owner else f"{{{{ {name} }}}}",
    begin=lambda level, one, many: f"{{%{level} for {one} in {many} %}}",
    end=lambda level, _many: f"{{%{level} endfor %}}",
    when=lambda owner, name: f"{{%p if {owner}.{name} %}}",
    unless=lambda _name: "{%p endif %}",
    one_row=False,
)

#: ``{heading}``, ``{#items}`` … ``{/items}``: docxtemplater's.
MUSTACHE = Language(
    value=lambda _owner, name: f"{{{name}}}",
    begin=lambda _level, _one, many: f"{{#{many.rpartition('.')[2]}}}",
    end=lambda _level, many: f"{{/{many.rpartition('.')[2]}}}",
    when=lambda _owner, name: f"{{#{name}}}",
    unless=lambda name: f"{{/{name}}}",
    one_row=True,
)


def template(language: Language) -> bytes:
    """The template as a .docx file: a first page with a table, then the §§ with background, clauses and amounts."""
    value, paper = language.value, docx.Document()
    paper.sections[0].header.paragraphs[0].text = value("", "association")
    paper.sections[0].footer.paragraphs[0].text = f"{value('', 'register_number')} · {value('', 'association')}"
    paper.add_paragraph(f"Protokoll {value('', 'meeting_date')}", style="Title")
    _table(paper, language, "present", ("name", "role", "party"), one="person")
    paper.add_paragraph(language.begin("p", "item", "items"))
    paper.add_paragraph(f"{value('item', 'number')}  {value('item', 'heading')}", style="Heading 1")
    _lines(paper, language, "background", "piece", style=None)
    paper.add_paragraph(language.when("item", "phrase"))
    paper.add_paragraph(value("item", "phrase"), style="Heading 2")
    paper.add_paragraph(language.unless("phrase"))
    _lines(paper, language, "clauses", "clause", style="List Bullet")
    _table(paper, language, "item.grants", ("year", "amount"), one="grant")
    paper.add_paragraph(language.end("p", "items"))
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def data(items: int) -> dict[str, Any]:
    """What fills it: ``items`` §§, each with three paragraphs, three clauses and a table of three years."""
    return {
        "association": "Samordningsförbundet Norrsund",
        "register_number": "2026/14",
        "meeting_date": "10 september 2026",
        "present": [{"name": f"Person {n}", "role": "ledamot", "party": "Lindå kommun"} for n in range(10)],
        "items": [_item(number) for number in range(1, items + 1)],
    }


def _item(number: int) -> dict[str, Any]:
    return {
        "number": f"§ {625 + number}",
        "heading": f"Ansökan {number} om medel till <Stegvis> & fler",
        "background": [{"text": SENTENCE * 4}, {"text": f"Dnr 2026/{number}. {SENTENCE * 3}"}, {"text": SENTENCE}],
        "phrase": "Styrelsen beslutar",
        "clauses": [{"text": f"att bevilja {each} 000 kr för åren 2026–2027,"} for each in (120, 290, 410)],
        "grants": [{"year": str(year), "amount": f"{number} 000 kr"} for year in (2026, 2027, 2028)],
    }


def _lines(paper: Document, language: Language, name: str, one: str, style: str | None) -> None:
    paper.add_paragraph(language.begin("p", one, f"item.{name}"))
    paper.add_paragraph(language.value(one, "text"), style=style)
    paper.add_paragraph(language.end("p", f"item.{name}"))


def _table(paper: Document, language: Language, many: str, columns: tuple[str, ...], one: str) -> None:
    table = paper.add_table(rows=1, cols=len(columns), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, columns, strict=True):
        cell.text = name.capitalize()
    values = [language.value(one, name) for name in columns]
    begin, end = language.begin("tr", one, many), language.end("tr", many)
    in_one_row = [[begin + values[0], *values[1:-1], values[-1] + end]]
    for row in in_one_row if language.one_row else [[begin], values, [end]]:
        for cell, text in zip(table.add_row().cells, row, strict=False):
            cell.text = text
