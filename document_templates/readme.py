"""The list of every template's fields, in Swedish for the one who edits the templates in Word."""

from __future__ import annotations

import re

from document_templates import KINDS, fields_of, titles
from paragraf.word.fields import FieldLine, field_lines

_INTRODUCTION = """# Dokumentmallar

Mallarna är vanliga Word-filer. Öppna en mall i Word, ändra text och utseende som i vilket dokument som helst och spara.
Det som står inom klamrar fylls i av programmet:

| skriv | så blir det |
|---|---|
| `{{ body }}` | fältets text |
| `{{r body }}` | fältets text med fet och kursiv stil, där fältet har det |
| `{%p if body %}` … `{%p endif %}` | styckena emellan står bara med om fältet inte är tomt |
| `{%p for item in items %}` … `{%p endfor %}` | styckena emellan upprepas; `{{ item.heading }}` är ett fält i varje |
| `{{ body\\|upper }}`, `{{ body\\|default("–") }}` | fältets text, ändrad av ett filter |
| `{%tr for … %}` … `{%tr endfor %}` | tabellraderna emellan upprepas |
| `{%tc for … %}` … `{%tc endfor %}` | tabellcellerna emellan upprepas |
| `{% if logo %}{{ logo }}{% endif %}` | förbundets logotyp, om en är inlagd; den kan stå i varje mall |

`{%p`, `{%tr` och `{%tc` tar hela stycket, raden eller cellen: ge taggen en egen. `[]` i listan nedan betyder att fältet
finns i varje del av en lista. Pröva en ändrad mall med `paragraf template check FIL --kind minutes`.
Listan skrivs av `python -m document_templates`.
"""


def readme() -> str:
    """README.md of this folder."""
    return "\n".join([_INTRODUCTION, *map(_chapter, KINDS)])


def ways_to_write() -> list[tuple[str, str]]:
    """How a tag is written and what comes of it, out of the same table; what stands between `backticks` is code."""
    rows = (line for line in _INTRODUCTION.splitlines() if line.startswith("| `"))
    return [(written, meaning) for written, meaning in map(_cells, rows)]


def _cells(row: str) -> list[str]:
    """The cells of a row of a table; a bar within a cell has a backslash before it."""
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", row)[1:-1]]


def _chapter(kind: str) -> str:
    head = f"## {titles()[kind]} (`{kind}.docx`)\n\n| fält | innehåll | exempel |\n|---|---|---|\n"
    return head + "".join(map(_row, field_lines(fields_of(kind))))


def _row(line: FieldLine) -> str:
    return f"| `{line.path}` | {line.text}{' (lista)' if line.is_list else ''} | {line.example} |\n"
