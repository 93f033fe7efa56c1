"""Lines that were broken because they were full, or by a page, made whole again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from paragraf.importing.reading.lines import Line
from paragraf.importing.reading.phrases import VERBS, opening, starts_anew

_ENDS = ".:!?"
_LONG = 40
#: Characters: text in narrower or wider lines is not broken because lines were full.
_NARROWEST, _WIDEST = 45, 130
#: What share of the lines that could go on in the next must do so, for the text to count as wrapped throughout.
_MOSTLY = 0.4
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


def notice_wrapping(lines: Sequence[Line]) -> None:
    """Mark the lines that were broken because they were full: the first word of the next had no room."""
    lengths = sorted(len(line.text) for line in lines if not line.in_table)
    width = lengths[int(len(lengths) * 0.98)] if lengths else 0
    if not _NARROWEST <= width <= _WIDEST:
        return
    pairs = [(one, other) for one, other in pairwise(lines) if not other.gap]
    full = [one for one, other in pairs if len(one.text) + 1 + len(other.text.split(None, 1)[0]) > width]
    throughout = len(full) >= _MOSTLY * len(pairs)
    for line in full:
        line.wraps |= throughout or line.text[-1:] not in _ENDS


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
