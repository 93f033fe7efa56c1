"""The looks that the styles of a Word file give its paragraphs: what is bold, and what is a heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from paragraf.word.package.markup import RUN_LOOK, W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_VAL, _ID = f"{{{W}}}val", f"{{{W}}}styleId"
_STYLE, _NAME, _BASED = f"{{{W}}}style", f"{{{W}}}name", f"{{{W}}}basedOn"
_PARAGRAPH, _PSTYLE, _OUTLINE = f"{{{W}}}pPr", f"{{{W}}}pStyle", f"{{{W}}}outlineLvl"
_BOLD, _LIST = f"{{{W}}}b", f"{{{W}}}numPr"
_OFF = frozenset(("0", "false", "off"))
_HEADING = re.compile(r"(?:heading|rubrik)\s*(\d)", re.IGNORECASE)
_TITLE = re.compile(r"title|heading|rubrik|paragraf", re.IGNORECASE)
_BODY_OUTLINE = 9


class Look(NamedTuple):
    """How a paragraph looks; ``lead``: the bold words it begins with."""

    bold: bool = False
    heading: int = 0
    lead: str = ""


_PLAIN = Look()


def is_on(mark: Element | None) -> bool:
    """Whether a mark such as bold is there and not switched off."""
    return mark is not None and mark.get(_VAL, "1") not in _OFF


class Styles:
    """The styles of a file by id, each looked up once."""

    def __init__(self, root: Element | None) -> None:
        self._styles = {} if root is None else {each.get(_ID, ""): each for each in root.iter(_STYLE)}
        self._known: dict[str, Look] = {}

    def look(self, properties: Element | None) -> Look:
        """The look by the paragraph's style, or by an outline level of its own."""
        if properties is None:
            return _PLAIN
        style = properties.find(_PSTYLE)
        look = self._of(style.get(_VAL, "")) if style is not None else _PLAIN
        outline = properties.find(_OUTLINE)
        return look if outline is None else look._replace(heading=_level(outline) or look.heading)

    def list_of(self, style_id: str) -> Element | None:
        """The list that a style puts its paragraphs in."""
        for style in self._line(style_id):
            properties = style.find(_PARAGRAPH)
            found = properties.find(_LIST) if properties is not None else None
            if found is not None:
                return found
        return None

    def _of(self, style_id: str) -> Look:
        if style_id not in self._known:
            self._known[style_id] = self._read(style_id)
        return self._known[style_id]

    def _read(self, style_id: str) -> Look:
        bold: bool | None = None
        heading = 0
        for style in self._line(style_id):
            runs, properties, name = style.find(RUN_LOOK), style.find(_PARAGRAPH), style.find(_NAME)
            mark = runs.find(_BOLD) if runs is not None else None
            if bold is None and mark is not None:
                bold = is_on(mark)
            outline = properties.find(_OUTLINE) if properties is not None else None
            heading = heading or (_level(outline) if outline is not None else 0) or _named(name)
        return Look(bool(bold), heading)

    def _line(self, style_id: str) -> list[Element]:
        """The style and those it is based on, nearest first."""
        line: list[Element] = []
        style = self._styles.get(style_id)
        while style is not None and style not in line:
            line.append(style)
            based = style.find(_BASED)
            style = self._styles.get(based.get(_VAL, "")) if based is not None else None
        return line


def _level(outline: Element) -> int:
    value = outline.get(_VAL, "")
    return int(value) + 1 if value.isdigit() and int(value) < _BODY_OUTLINE else 0


def _named(name: Element | None) -> int:
    """The level that a style's name tells: ``heading 2``, ``Rubrik 2``, ``Ärenderubrik``."""
    told = name.get(_VAL, "") if name is not None else ""
    if found := _HEADING.search(told):
        return int(found[1])
    return 1 if _TITLE.search(told) else 0
