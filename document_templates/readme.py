"""The list of every template's fields, in Swedish for the one who edits the templates in Word."""

from __future__ import annotations

import re

from document_templates import KINDS, fields_of, titles
from paragraf.word.fields import FieldKind, FieldLine, field_lines

_INTRODUCTION = """# Dokumentmallar

Mallarna är vanliga Word-filer. Öppna en mall i Word, ändra text och utseende som i vilket dokument som helst och spara.
Det som står inom klamrar fylls i av programmet:

| skriv | så blir det |
|---|---|
| `{{ body }}` | fältets text |
| `{{r body }}` | fältets text på en rad, med fet och kursiv stil och länkar |
| `{{p background }}` | fältets stycken och listor, formaterad text; taggen får ett eget stycke |
| `{%p if body %}` … `{%p endif %}` | styckena emellan står bara med om fältet inte är tomt |
| `{%p for item in items %}` … `{%p endfor %}` | styckena emellan upprepas; `{{ item.heading }}` är ett fält i varje |
| `{{ body\\|upper }}`, `{{ body\\|default("–") }}` | fältets text, ändrad av ett filter |
| `{%tr for … %}` … `{%tr endfor %}` | tabellraderna emellan upprepas |
| `{%tc for … %}` … `{%tc endfor %}` | tabellcellerna emellan upprepas |
| `{% if logo %}{{ logo }}{% endif %}` | förbundets logotyp, om en är inlagd; den kan stå i varje mall |

`{%p`, `{{p`, `{%tr` och `{%tc` tar hela stycket, raden eller cellen: ge taggen en egen. `[]` i listan nedan betyder att
fältet finns i varje del av en lista. Pröva en ändrad mall med `paragraf template check FIL --kind minutes`.

**Formaterad text** är det som en person har skrivit med stycken, listor, fet och kursiv stil och länkar. `{{p … }}` ger
styckena utseendet hos stycket där taggen står, och listorna mallens egna format: *Punktlista*, *Punktlista 2*,
*Numrerad lista* och *Numrerad lista 2*. Ändra formaten i Word, så ändras listorna. Varje numrerad lista börjar om på 1.

**Bilder.** `{{ logo }}` är förbundets logotyp och kan stå i varje mall, också i sidhuvudet. Utan logotyp skriver
mallarna förbundets namn i stället. Andra bilder lägger du in i mallen som vanligt i Word: de blir kvar.

**Utseendet** sitter i mallens format (*Rubrik 1*, *§-rubrik*, *Beslut*, *Att-sats*, *Uppgift*, *Tabelltext* …)
och i dess temafärger. Byt temafärger eller ändra ett format, så ändras hela dokumentet. Små grå taggar har formatet
*Malltagg* och försvinner när dokumentet fylls i.

Listan skrivs av `python -m document_templates`; våra egna mallar ritas av `python -m document_templates.drawing`.
"""


def readme() -> str:
    """README.md of this folder."""
    return "\n".join([_INTRODUCTION, *map(_chapter, KINDS)])


def ways_to_write() -> list[tuple[str, str]]:
    """How a tag is written and what comes of it, out of the same table; what stands between `backticks` is code."""
    rows = (line for line in _INTRODUCTION.splitlines() if line.startswith("| `"))
    return [(written, meaning) for written, meaning in map(_cells, rows)]


def hints() -> str:
    """What else the one who edits a template should know, out of the same introduction, as Markdown."""
    return "\n\n".join(part for part in _INTRODUCTION.split("\n\n") if part.startswith("**"))


def _cells(row: str) -> list[str]:
    """The cells of a row of a table; a bar within a cell has a backslash before it."""
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", row)[1:-1]]


def _chapter(kind: str) -> str:
    head = f"## {titles()[kind]} (`{kind}.docx`)\n\n| fält | innehåll | exempel |\n|---|---|---|\n"
    return head + "".join(map(_row, field_lines(fields_of(kind))))


def _row(line: FieldLine) -> str:
    kind = " (lista)" if line.is_list else " (formaterad text)" if line.kind is FieldKind.FORMATTED else ""
    return f"| `{line.path}` | {line.text}{kind} | {line.example} |\n"
