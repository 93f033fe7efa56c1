"""What stands on every page and belongs to no §: headers, footers, page numbers, lines to sign on."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from paragraf.importing.reading.heads import candidate
from paragraf.importing.reading.lines import Line
from paragraf.importing.reading.phrases import starts_anew

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
    r"\bsid(?:a|an|nr)?\.?\s*\d|\d\s*\(\s*\d+\s*\)$|sammanträdesdatum|^sammanträdesprotokoll$|\borg\.?\s?n|www\.|postadress"
    r"|telefon:?\s*\d|\bblad\s*\d",
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
    seen: dict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        if len(line.text) < 120 and _TELLING.search(line.text):
            seen[_DIGITS.sub("#", line.text)].append(place)
    repeated: set[int] = set()
    for places in seen.values():
        if len(places) >= _OFTEN:
            repeated |= _later(lines, places)
    return repeated | _at_edges(lines)


def _at_edges(lines: Sequence[Line]) -> set[int]:
    """Places of headers and footers of a file with pages: the same words as far from the edge on many pages.

    Only as far inwards as every line does so: a phrase that comes again within the text is no header.
    """
    pages: dict[int, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        pages[line.page].append(place)
    if len(pages) < 2:
        return set()
    needed = max(2, len(pages) // 3)
    found: set[int] = set()
    for inwards in (1, -1):
        counted = Counter(
            (depth, _DIGITS.sub("#", lines[place].text))
            for on_page in pages.values()
            for depth, place in enumerate(on_page[::inwards][:_AT_THE_EDGE])
        )
        for on_page in pages.values():
            for depth, place in enumerate(on_page[::inwards][:_AT_THE_EDGE]):
                text = lines[place].text
                is_number = text.isdigit() and len(text) < 4
                alike = counted[depth, _DIGITS.sub("#", text)] >= needed
                if not is_number and (not alike or starts_anew(text) or _is_head(lines, place)):
                    break
                found.add(place)
    return _later(lines, sorted(found))


def _is_head(lines: Sequence[Line], place: int) -> bool:
    """Whether the line begins a §, or stands under a number alone as its heading."""
    same_page = place > 0 and lines[place - 1].page == lines[place].page
    above = candidate(0, lines[place - 1].text) if same_page else None
    return candidate(0, lines[place].text) is not None or (above is not None and above.is_alone)


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
