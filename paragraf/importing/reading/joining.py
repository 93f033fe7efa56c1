"""Lines that were broken because they were full, or by a page, made whole again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from paragraf.importing.reading.lines import Line
from paragraf.importing.reading.phrases import starts_anew

_ENDS = ".:!?"
_LONG = 40
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


def _goes_on(line: Line, after: Line) -> bool:
    if line.in_table or after.in_table or line.heading != after.heading or line.bold != after.bold:
        return False
    if starts_anew(after.text):
        return False
    is_open = line.text[-1] not in _ENDS
    lower = after.text[:1].islower()
    if after.crossed or after.gap:
        return lower and is_open and (len(line.text) >= _LONG or after.crossed)
    if lower and is_open and len(line.text) >= _LONG:
        return True
    return line.wraps and (lower or is_open or line.text[-1] != ":")
