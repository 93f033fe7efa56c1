"""Lists: the template's own list styles, a numbering for each list that begins anew, and lists where it has none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from paragraf.core.formatted import Block, BlockKind
from paragraf.word.filling.text import plain_xml
from paragraf.word.package.markup import W, as_text, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LEVELS = 9
_NAMES = {BlockKind.BULLET: ("list bullet", "punktlista"), BlockKind.NUMBER: ("list number", "numrerad lista")}
_STEP = 360  # twentieths of a point, a quarter of an inch: how far each level is moved in
_BULLETS = "•–"
_EMPTY = f'<w:numbering xmlns:w="{W}"/>'
_MARK = "\ufdd6"


@dataclass(frozen=True, slots=True)
class ListStyle:
    """What an item of a list wears: its paragraph style (or none), the abstract numbering that numbers it (None: one
    of the engine's own), the level in that numbering, and the style's own ``w:ind``."""

    style: str
    abstract: str | None
    level: int
    indent: str = ""


@dataclass(frozen=True, slots=True)
class Numberings:
    """A template's lists as they are before a fill: its styles, and the numbering part cut where more is put in."""

    styles: Mapping[tuple[BlockKind, int], ListStyle]
    pieces: tuple[str, str, str]
    first_abstract: int
    first_number: int


class Numbering:
    """The numberings that one fill adds."""

    def __init__(self, before: Numberings) -> None:
        self.before = before
        self._added: list[str] = []
        self._own: dict[BlockKind, int] = {}
        self._bullets = 0

    def begin(self, style: ListStyle, start: int) -> int:
        """The number of a new numbering which counts from ``start``."""
        restart = f'<w:lvlOverride w:ilvl="{style.level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        return self._add(style.abstract or self._abstract(BlockKind.NUMBER), restart)

    def bullets(self) -> int:
        """The number of the engine's own bullets; they need no beginning anew."""
        self._bullets = self._bullets or self._add(self._abstract(BlockKind.BULLET), "")
        return self._bullets

    def xml(self) -> str:
        """The numbering part with what was added; empty where nothing was."""
        if not self._added:
            return ""
        head, between, tail = self.before.pieces
        own = "".join(_own_lists(kind, number) for kind, number in self._own.items())
        return f"{head}{own}{between}{''.join(self._added)}{tail}"

    def _add(self, abstract: str | int, inside: str) -> int:
        number = self.before.first_number + len(self._added)
        self._added.append(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{inside}</w:num>')
        return number

    def _abstract(self, kind: BlockKind) -> int:
        return self._own.setdefault(kind, self.before.first_abstract + len(self._own))


class OpenLists:
    """The lists that are open while one formatted text is printed."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        # By level: the numbering's number, and what the last item showed.
        self._open: dict[int, tuple[int, int]] = {}

    def properties(self, item: Block, place: tuple[str, str]) -> str:
        """The ``w:pPr`` of an item. ``place``: what the tag's paragraph has before and after the place of a number,
        for templates without a list style."""
        level = min(max(item.level, 0), LEVELS - 1)
        style = self._numbering.before.styles[item.kind, level]
        for deeper in [each for each in self._open if each > level]:
            del self._open[deeper]
        number = self._number(item, level, style) if item.kind is BlockKind.NUMBER else self._bullet(style)
        numbered = f'<w:numPr><w:ilvl w:val="{style.level}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
        if not style.style:
            return f"<w:pPr>{place[0]}{numbered}{place[1]}</w:pPr>"
        return f'<w:pPr><w:pStyle w:val="{style.style}"/>{numbered}{style.indent if numbered else ""}</w:pPr>'

    def _number(self, item: Block, level: int, style: ListStyle) -> int:
        number, last = self._open.get(level, (0, 0))
        shown = item.number or last + 1
        if not number or shown != last + 1:
            number = self._numbering.begin(style, shown)
        self._open[level] = (number, shown)
        return number

    def _bullet(self, style: ListStyle) -> int:
        """Zero where the style brings its own bullet."""
        return 0 if style.abstract else self._numbering.bullets()


def survey(styles: Element | None, numbering: Element | None) -> Numberings:
    """The lists of a template from its parts for styles and numbering, either of which may be missing."""
    root = numbering if numbering is not None else etree.fromstring(_EMPTY)
    numbers = {_value(each, "numId", own=True): each for each in root.findall(f"{{{W}}}num")}
    abstracts = {_value(each, "abstractNumId", own=True): each for each in root.findall(f"{{{W}}}abstractNum")}
    named = {}
    if styles is not None:
        named = {style.get(f"{{{W}}}styleId", ""): style for style in styles.findall(f"{{{W}}}style")}
    reader = _StyleReader(named, numbers, abstracts)
    return Numberings(dict(reader.lists()), _cut(root), _next(abstracts), _next(numbers))


class _StyleReader:
    def __init__(self, styles: dict[str, Element], numbers: dict[str, Element], abstracts: dict[str, Element]) -> None:
        self._styles = styles
        self._numbers = numbers
        self._abstracts = abstracts
        self._ids = {
            _value(style, "name").casefold(): name
            for name, style in styles.items()
            if style.get(f"{{{W}}}type") == "paragraph"
        }

    def lists(self) -> Iterator[tuple[tuple[BlockKind, int], ListStyle]]:
        for kind, names in _NAMES.items():
            deepest = ""
            for level in range(LEVELS):
                suffix = f" {level + 1}" if level else ""
                style = next((self._ids[name + suffix] for name in names if name + suffix in self._ids), "")
                deepest = style or deepest
                yield (kind, level), self._list(style) or ListStyle(plain_xml(deepest), None, level)

    def _list(self, style: str) -> ListStyle | None:
        """What numbers a style, itself or the style it is based on; None where nothing does."""
        numbered = next(
            (each for each in self._lineage(style) if each.find(_path("pPr/numPr/numId")) is not None), None
        )
        if numbered is None:
            return None
        abstract = self._abstract(_value(numbered, "pPr/numPr/numId"), set())
        if abstract is None:
            return None
        indent = next(
            (found for each in self._lineage(style) if (found := each.find(_path("pPr/ind"))) is not None), None
        )
        level = _value(numbered, "pPr/numPr/ilvl") or _level_of(abstract, style)
        number = plain_xml(_value(abstract, "abstractNumId", own=True))
        place = int(level) if _is_number(level) else 0
        return ListStyle(plain_xml(style), number, place, "" if indent is None else as_text(indent))

    def _abstract(self, number: str, seen: set[str]) -> Element | None:
        """The abstract numbering behind a number, followed through a style that stands for it."""
        found = self._numbers.get(number)
        abstract = None if found is None else self._abstracts.get(_value(found, "abstractNumId"))
        if abstract is None or number in seen:
            return None
        link = self._styles.get(_value(abstract, "numStyleLink"))
        return abstract if link is None else self._abstract(_value(link, "pPr/numPr/numId"), {*seen, number})

    def _lineage(self, style: str) -> Iterator[Element]:
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = _value(self._styles[style], "basedOn")


def _level_of(abstract: Element, style: str) -> str:
    levels = (each for each in abstract.findall(f"{{{W}}}lvl") if _value(each, "pStyle") == style)
    return next((each.get(f"{{{W}}}ilvl", "") for each in levels), "")


def _cut(root: Element) -> tuple[str, str, str]:
    """The part before, between and after the places where abstract numberings and numberings are added."""
    last = [each for each in root if local_name(each) in ("numPicBullet", "abstractNum")]
    _mark_after(root, last[-1] if last else None)
    numbers = [each for each in root if local_name(each) in ("numPicBullet", "abstractNum", "num")]
    _mark_after(root, numbers[-1] if numbers else None)
    head, between, tail = etree.tostring(root, encoding="unicode").split(_MARK)
    return head, between, tail


def _mark_after(root: Element, element: Element | None) -> None:
    if element is None:
        root.text = (root.text or "") + _MARK
    else:
        element.tail = (element.tail or "") + _MARK


def _next(numbers: Mapping[str, object]) -> int:
    return max((int(number) for number in numbers if _is_number(number)), default=0) + 1


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 10


def _value(element: Element, path: str, own: bool = False) -> str:
    """The value of a property, or the element's ``own`` attribute; empty where it is missing."""
    if own:
        return str(element.get(f"{{{W}}}{path}", ""))
    found = element.find(_path(path))
    return "" if found is None else str(found.get(f"{{{W}}}val", ""))


def _path(names: str) -> str:
    return "/".join(f"{{{W}}}{name}" for name in names.split("/"))


def _own_lists(kind: BlockKind, number: int) -> str:
    levels = "".join(_own_level(kind, level) for level in range(LEVELS))
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="hybridMultilevel"/>{levels}'
        "</w:abstractNum>"
    )


def _own_level(kind: BlockKind, level: int) -> str:
    bullet = kind is BlockKind.BULLET
    shown = _BULLETS[level % len(_BULLETS)] if bullet else f"%{level + 1}."
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{"bullet" if bullet else "decimal"}"/>'
        f'<w:lvlText w:val="{shown}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{_STEP * (level + 1)}" w:hanging="{_STEP}"/></w:pPr></w:lvl>'
    )
