"""Numbers and bullets that Word makes by itself: a § whose number is typed by nobody is still a §."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from paragraf.importing.reading.word_styles import Styles
from paragraf.word.package.markup import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_VAL, _NUM, _ABSTRACT = f"{{{W}}}val", f"{{{W}}}num", f"{{{W}}}abstractNum"
_NUM_ID, _ABSTRACT_ID = f"{{{W}}}numId", f"{{{W}}}abstractNumId"
_LEVEL, _ILVL, _START, _FORMAT, _TEXT = (f"{{{W}}}{name}" for name in ("lvl", "ilvl", "start", "numFmt", "lvlText"))
_OVERRIDE, _START_OVERRIDE = f"{{{W}}}lvlOverride", f"{{{W}}}startOverride"
_LIST, _PSTYLE = f"{{{W}}}numPr", f"{{{W}}}pStyle"
_PLACE = re.compile(r"%(\d)")
_ALPHABET = 26


class _Level(NamedTuple):
    start: int
    format: str
    text: str


class Lists:
    """The lists of a file; each paragraph asked about in order moves its list on."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def label(self, properties: Element | None) -> str:
        """What Word prints before the paragraph, with a tab after it; "" where it is in no list."""
        if properties is None:
            return ""
        found = properties.find(_LIST)
        if found is None:
            style = properties.find(_PSTYLE)
            found = self._styles.list_of(style.get(_VAL, "")) if style is not None else None
        if found is None:
            return ""
        number, level = _value(found, _NUM_ID), int(_value(found, _ILVL) or 0)
        told = self._levels.get(self._abstract.get(number, ""), {}).get(level)
        return f"{self._print(number, level, told)}\t" if told else ""

    def _read(self, root: Element) -> None:
        for abstract in root.iter(_ABSTRACT):
            self._levels[abstract.get(_ABSTRACT_ID, "")] = {
                int(level.get(_ILVL, "0")): _Level(
                    int(_value(level, _START) or 1), _value(level, _FORMAT), _value(level, _TEXT)
                )
                for level in abstract.iter(_LEVEL)
            }
        for number in root.iter(_NUM):
            self._abstract[number.get(_NUM_ID, "")] = _value(number, _ABSTRACT_ID)
            for override in number.iter(_OVERRIDE):
                if start := _value(override, _START_OVERRIDE):
                    self._starts[number.get(_NUM_ID, ""), int(override.get(_ILVL, "0"))] = int(start)

    def _print(self, number: str, level: int, told: _Level) -> str:
        if told.format in ("bullet", "none", ""):
            return "•"
        counts = self._counts[self._abstract[number]]
        fresh = (number, level) in self._starts and (number, level) not in self._begun
        self._begun.add((number, level))
        start = self._starts[number, level] if fresh else told.start
        counts[level] = start if fresh or level not in counts else counts[level] + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        levels = self._levels[self._abstract[number]]
        return _PLACE.sub(lambda place: _figure(counts.get(int(place[1]) - 1, 1), levels, int(place[1]) - 1), told.text)


def _figure(count: int, levels: dict[int, _Level], level: int) -> str:
    kind = levels[level].format if level in levels else "decimal"
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % _ALPHABET)
        return letter if kind == "lowerLetter" else letter.upper()
    return str(count)


def _value(element: Element, name: str) -> str:
    found = element.find(name)
    return found.get(_VAL, "") if found is not None else ""
