"""Tracked changes settled: all accepted (the new text) or all rejected (the old)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from paragraf.word.comparing.elements import FRAME, ID, PLACES, ROW_FRAME, SECTION, drop, unwrap, w
from paragraf.word.package.markup import CELL, ROW, RUN_LOOK, TABLE, P, T, parse_xml
from paragraf.word.package.opening import Part, deflated, open_package, pack

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: The parts of a package that hold text.
STORY = re.compile(r"word/(?:document|header|footer|footnotes|endnotes)\d*\.xml")
_BODY = "word/document.xml"
_TRACKED = re.compile(rb"<\w+:(?:ins|del|move(?:From|To)\w*|cell(?:Ins|Del|Merge)|\w+Change|customXml\w+Range\w+)\b")
_CHANGES = tuple(
    w(f"{name}Change") for name in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "numbering")
)
_RANGES = tuple(
    w(f"{name}{end}")
    for name in ("moveFromRange", "moveToRange", "customXmlInsRange", "customXmlDelRange")
    for end in ("Start", "End")
)
# Not part of the properties that a change remembers, so they stay as they are.
_KEPT = {FRAME: (RUN_LOOK, SECTION), SECTION: (w("headerReference"), w("footerReference"))}


@dataclass(frozen=True, slots=True)
class _Choice:
    """What goes and what stays, by the names of elements; whether changed properties become the old ones."""

    goes: tuple[str, ...]
    stays: tuple[str, ...]
    old_properties: bool


_ADDED, _TAKEN = (w("ins"), w("moveTo")), (w("del"), w("moveFrom"))
_ACCEPT = _Choice(goes=(*_TAKEN, w("cellDel")), stays=(*_ADDED, w("cellIns")), old_properties=False)
_REJECT = _Choice(goes=(*_ADDED, w("cellIns")), stays=(*_TAKEN, w("cellDel")), old_properties=True)


def accept_all(content: bytes) -> bytes:
    """The Word file with every tracked change accepted: a clean copy of the new text. NotAWordFile for what is none."""
    return _settled(content, _ACCEPT)


def reject_all(content: bytes) -> bytes:
    """The Word file as it was before its tracked changes. NotAWordFile for what is none."""
    return _settled(content, _REJECT)


def is_tracked(part: Part) -> bool:
    """Whether a part is text with tracked changes in it."""
    return STORY.fullmatch(part.name) is not None and _TRACKED.search(part.content()) is not None


def accepted(part: Part) -> Element:
    """The root of a part of text with its tracked changes accepted."""
    data = part.content()
    root = parse_xml(data, part.name)
    if _TRACKED.search(data):
        _settle(root, _ACCEPT)
    return root


def _settled(content: bytes, choice: _Choice) -> bytes:
    parts = open_package(content)
    roots: dict[str, Element] = {}
    for part in parts:
        if is_tracked(part):
            roots[part.name] = parse_xml(part.content(), part.name)
            _settle(roots[part.name], choice)
    if _BODY in roots:
        _drop_notes_of_nobody(roots)
    return pack(_written(part, roots[part.name]) if part.name in roots else part for part in parts)


def _written(part: Part, root: Element) -> Part:
    return deflated(part.name, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _drop_notes_of_nobody(roots: dict[str, Element]) -> None:
    """A note whose reference went goes too: those that were changed are known to be ours to look at."""
    for kind in ("footnote", "endnote"):
        notes = roots.get(f"word/{kind}s.xml")
        named = {each.get(ID) for each in roots[_BODY].iter(w(f"{kind}Reference"))}
        for note in notes.findall(w(kind)) if notes is not None else ():
            if note.get(w("type")) in {None, "normal"} and note.get(ID) not in named:
                drop(note)


def _settle(root: Element, choice: _Choice) -> None:
    for change in list(root.iter(*_CHANGES)):
        _settle_properties(change, choice)
    _settle_tables(root, choice)
    marks = _settle_content(root, choice)
    for mark in list(root.iter(*_RANGES)):
        drop(mark)
    for paragraph in marks:
        _join_with_next(paragraph)
    for cell in root.iter(CELL):
        if len(cell) == 0 or cell[-1].tag != P:
            etree.SubElement(cell, P)


def _settle_properties(change: Element, choice: _Choice) -> None:
    properties = change.getparent()
    if properties is None:
        return
    properties.remove(change)
    if not choice.old_properties or len(change) == 0:
        return
    kept = [child for child in properties if child.tag in (*_KEPT.get(properties.tag, ()), *_ADDED, *_TAKEN)]
    before = list(change[0])
    properties[:] = _in_order(properties.tag, before, kept)


def _in_order(tag: str, before: list[Element], kept: list[Element]) -> list[Element]:
    # The schema wants a paragraph's run look and section last; references and marks of tracking first.
    return [*before, *kept] if tag in (FRAME, ROW_FRAME) else [*kept, *before]


def _settle_tables(root: Element, choice: _Choice) -> None:
    for row in list(root.iter(ROW)):
        properties = row.find(ROW_FRAME)
        if properties is not None and any(properties.find(name) is not None for name in choice.goes):
            drop(row)
    for mark in list(root.iter(w("cellIns"), w("cellDel"))):
        cell = next(mark.iterancestors(CELL), None)
        if mark.tag in choice.goes and cell is not None:
            drop(cell)
        else:
            drop(mark)
    for table in list(root.iter(TABLE)):
        if table.find(ROW) is None:
            drop(table)


def _settle_content(root: Element, choice: _Choice) -> list[Element]:
    """Take out and unwrap runs; the paragraphs whose end goes, in the order of the text."""
    ended = []
    for mark in list(root.iter(*choice.goes, *choice.stays)):
        parent = mark.getparent()
        if parent is None:
            continue
        if parent.tag in (RUN_LOOK, ROW_FRAME):
            frame = parent.getparent()
            if mark.tag in choice.goes and frame is not None and frame.tag == FRAME:
                ended += [paragraph] if (paragraph := frame.getparent()) is not None else []
            parent.remove(mark)
            if len(parent) == 0 and frame is not None:
                frame.remove(parent)
        elif mark.tag in choice.goes:
            parent.remove(mark)
        else:
            unwrap(mark)
    _speak_again(root)
    return ended


def _speak_again(root: Element) -> None:
    for text in root.iter(w("delText")):
        text.tag = T
    for code in root.iter(w("delInstrText")):
        code.tag = w("instrText")


def _join_with_next(paragraph: Element) -> None:
    """The paragraph's end is gone: its content begins the next one, whose properties stay."""
    content = [child for child in paragraph if child.tag != FRAME]
    following = _next_block(paragraph)
    if following is not None and following.tag == P:
        first = following.find(FRAME)
        place = 0 if first is None else following.index(first) + 1
        following[place:place] = content
        drop(paragraph)
    elif following is not None and all(child.tag in PLACES for child in content):
        drop(paragraph)


def _next_block(paragraph: Element) -> Element | None:
    return next(_blocks_after(paragraph), None)


def _blocks_after(paragraph: Element) -> Iterator[Element]:
    return (sibling for sibling in paragraph.itersiblings() if sibling.tag not in PLACES and sibling.tag != SECTION)
