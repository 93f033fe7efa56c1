"""What stands on every page and belongs to no §: headers, footers, page numbers, lines to sign on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from paragraf.importing.reading.lines import Line

_FILL = r"[\s:._…/|\-–—]*"
_PAGE = r"(?:sid(?:a|an|nr)?\.?\s*)?\d{1,4}\s*(?:\(\s*\d{1,4}\s*\)|av\s+\d{1,4}|/\s*\d{1,4})"
_SIGN = (
    r"(?:just(?:erandes?|erares|erarnas|erare|\.)?\s*sign(?:atur(?:er)?|\.)?|utdragsbestyrkande|utdragets riktighet"
    r"|(?:rätt utdraget|utdraget bestyrks|bestyrkes)(?:\s+i tjänsten)?|justerande|expedierat|expedieras"
    r"|sign(?:atur(?:er)?|\.)?|paraf(?:er)?)"
)
#: A line that is one of these is none of the minutes' words wherever it stands.
_ALWAYS = re.compile(
    rf"^(?:{_FILL}|{_PAGE}|sid(?:a|an|nr)?\.?\s*\d{{1,4}}|[-–—]\s*\d{{1,4}}\s*[-–—]|(?:{_SIGN}{_FILL})+(?:{_PAGE})?)$",
    re.IGNORECASE,
)
#: With these in it, what comes again is a page's header or footer even where the file shows no pages.
_TELLING = re.compile(
    r"protokoll|sammanträdesdatum|\bsida?\b|\bdatum\b|org\.?\s?n|justerand|postadress|www\.|telefon|@|blad\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_AT_THE_EDGE = 6
_OFTEN = 3


def without_furniture(lines: Sequence[Line]) -> list[Line]:
    """The lines without what only belongs to pages; what came before a line that is left is noted on it."""
    unwanted = _repeated(lines)
    kept: list[Line] = []
    crossed = gap = False
    for place, line in enumerate(lines):
        if place in unwanted or _ALWAYS.match(line.text):
            crossed, gap = True, gap or line.gap
            continue
        if crossed:
            line.crossed, line.gap = True, line.gap or gap
        crossed = gap = False
        kept.append(line)
    return kept


def _repeated(lines: Sequence[Line]) -> set[int]:
    """Places of headers and footers that have been seen before: at the edges of pages, or by their words."""
    paged = any(line.page > 1 for line in lines)
    edges = _edges(lines) if paged else set()
    seen: dict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        if place in edges or (len(line.text) < 120 and _TELLING.search(line.text)):
            seen[_DIGITS.sub("#", line.text)].append(place)
    repeated: set[int] = set()
    for places in seen.values():
        if _on_many_pages(lines, places, edges) or len(places) >= _OFTEN:
            repeated |= _later(lines, places)
    return repeated | {place for place in edges if lines[place].text.isdigit() and len(lines[place].text) < 4}


def _on_many_pages(lines: Sequence[Line], places: Sequence[int], edges: set[int]) -> bool:
    return len({lines[place].page for place in places if place in edges}) > 1


def _later(lines: Sequence[Line], places: Iterable[int]) -> set[int]:
    """All but the first of each wording: the first may tell the meeting's day, which page numbers do not."""
    told: set[str] = set()
    later: set[int] = set()
    for place in places:
        words = re.sub(_PAGE, "", lines[place].text, flags=re.IGNORECASE)
        if words in told:
            later.add(place)
        told.add(words)
    return later


def _edges(lines: Sequence[Line]) -> set[int]:
    """Places of the first and last lines of each page."""
    pages: dict[int, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        pages[line.page].append(place)
    return {place for on_page in pages.values() for place in (*on_page[:_AT_THE_EDGE], *on_page[-_AT_THE_EDGE:])}
