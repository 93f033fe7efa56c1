"""The list of every template's fields, in Swedish for the one who edits the templates in Word."""

from __future__ import annotations

from document_templates import KINDS, fields_of
from paragraf.word.fields import FieldLine, field_lines

_TITLES = {
    "application": "Ansökan om medel",
    "notice_of_meeting": "Kallelse med dagordning",
    "minutes": "Protokoll",
    "certificate_of_notice": "Bevis om anslag",
    "certified_extract": "Bestyrkt protokollsutdrag",
}
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

`{%p`, `{%tr` och `{%tc` tar hela stycket, raden eller cellen: ge taggen en egen. `[]` i listan nedan betyder att fältet
finns i varje del av en lista. Pröva en ändrad mall med `paragraf template check FIL --kind minutes`.
Listan skrivs av `python -m document_templates`.
"""


def readme() -> str:
    """README.md of this folder."""
    return "\n".join([_INTRODUCTION, *map(_chapter, KINDS)])


def _chapter(kind: str) -> str:
    head = f"## {_TITLES[kind]} (`{kind}.docx`)\n\n| fält | innehåll | exempel |\n|---|---|---|\n"
    return head + "".join(map(_row, field_lines(fields_of(kind))))


def _row(line: FieldLine) -> str:
    return f"| `{line.path}` | {line.text}{' (lista)' if line.is_list else ''} | {line.example} |\n"
