"""Lines that were broken because they were full, or by a page, made whole again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from paragraf.importing.reading.lines import Line
from paragraf.importing.reading.phrases import VERBS, opening, starts_anew

_ENDS = ".:!?"
_LONG = 40
#: What may have come to the beginning of a line by chance: a subordinate clause, a dash between words or days.
_FALLEN = re.compile(r"^(?:att\s|[-–—]\s(?!att\b)[a-zåäö\d])")
#: Words that no clause ends with.
_LEADS_ON = re.compile(
    r"\b(?:av|för|om|på|med|till|genom|från|i|under|förutsättning|villkor|motiveringen|innebär|så|anser|föreslår)$"
)
_OWN_CLAUSE = re.compile(rf"^att\s+(?:inte\s+)?{VERBS}\b", re.IGNORECASE)
_NEXT_CLAUSE = re.compile(r"(?:[,;]|\b(?:samt|och))$")
#: A word that hangs on another one further on: "social- och hälsovård".
_HANGING = re.compile(r"^(?:och|eller|samt|till|respektive)\b")


def whole_lines(lines: Iterable[Line]) -> list[Line]:
    """The lines with each paragraph on one."""
    joined: list[Line] = []
    last: Line | None = None
    for line in lines:
        if last is not None and _goes_on(last, line):
            joined[-1] = replace(joined[-1], text=glue(joined[-1].text, line.text), bold=joined[-1].bold and line.bold)
        else:
            joined.append(line)
        last = line
    return joined


def glue(text: str, rest: str) -> str:
    """Two parts of a paragraph as one; a word that was parted at the line's end is made whole."""
    parted = text.endswith("-") and len(text) > 1 and text[-2].isalpha()
    if not parted or _HANGING.match(rest):
        return f"{text} {rest}"
    # "ESF-ansökan" and "Skellefteå-Norsjö" keep their hyphen; "samordnings-förbund" never had one.
    word = text[:-1].split()[-1]
    if rest[:1].isupper() or word.isupper() or not rest[:1].isalpha():
        return text + rest
    return text[:-1] + rest


def _is_subordinate(line: Line, after: Line) -> bool:
    """Whether an ``att`` or a dash at the beginning of a line only stands there because the line before was full."""
    if after.gap or after.crossed or not _FALLEN.match(after.text):
        return False
    if _LEADS_ON.search(line.text):
        return True
    if not line.wraps or _OWN_CLAUSE.match(after.text):
        return False
    return not _NEXT_CLAUSE.search(line.text) and opening(line.text) is None


def _goes_on(line: Line, after: Line) -> bool:
    if line.in_table or after.in_table or line.heading != after.heading or line.bold != after.bold:
        return False
    is_open = line.text[-1] not in _ENDS
    if starts_anew(after.text):
        return is_open and _is_subordinate(line, after)
    lower = after.text[:1].islower()
    if after.crossed or after.gap:
        return lower and is_open and (len(line.text) >= _LONG or after.crossed)
    if lower and is_open and len(line.text) >= _LONG:
        return True
    return line.wraps and (lower or is_open or line.text[-1] != ":")
