"""How text and paragraphs look, told so that two files can be compared: by what styles and lists are, not their ids."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from paragraf.word.comparing.elements import ID, RELATIONS, SECTION, VAL, attributes_of, value_of, w
from paragraf.word.package.markup import RUN_LOOK

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from paragraf.word.comparing.sources import Source, Story

Key = tuple[object, ...]
_STYLES = frozenset(w(name) for name in ("pStyle", "rStyle", "tblStyle"))
# What nobody sees: the language of the spelling check, traces of editing.
_UNSEEN = frozenset(
    {w("lang"), w("noProof"), w("webHidden"), w("proofErr"), w("lastRenderedPageBreak"), RUN_LOOK, SECTION}
)
_TRACE = re.compile(r"\{[^}]*\}(?:rsid\w*|paraId|textId|anchorId|editId)")
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """The look of a run: ``key`` to compare, ``element`` (w:rPr) to write, None for the paragraph's own look."""

    key: Key = ()
    element: Element | None = None
    bold: bool = False
    italic: bool = False


PLAIN = Look()


class Looks:
    """The looks of one file; each is read once."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._known: dict[bytes, Look] = {}
        self._by_key: dict[Key, Look] = {(): PLAIN}

    def of_run(self, element: Element | None) -> Look:
        """The look of a run whose ``w:rPr`` is given."""
        if element is None or len(element) == 0:
            return PLAIN
        written = etree.tostring(element)
        if written not in self._known:
            self._known[written] = self._read(element)
        return self._known[written]

    def _read(self, element: Element) -> Look:
        key = children_key(element, self._source)
        return self._by_key.setdefault(key, Look(key, element, _is_on(element, "b"), _is_on(element, "i")))

    def of_frame(self, frame: Element | None) -> Key:
        """What a paragraph's ``w:pPr`` says of its look, without sections and the look of its mark."""
        return () if frame is None else children_key(frame, self._source)


def _is_on(element: Element, name: str) -> bool:
    child = element.find(w(name))
    return child is not None and child.get(VAL, "1") not in _OFF


def children_key(element: Element, source: Source) -> Key:
    """What the properties in an element say, in the order of the schema."""
    return tuple(_key(child, source) for child in element if _is_seen(child, source))


def _is_seen(child: Element, source: Source) -> bool:
    if child.tag == w("pStyle"):
        return child.get(VAL) != source.default_style
    return isinstance(child.tag, str) and child.tag not in _UNSEEN


def _key(element: Element, source: Source) -> Key:
    if element.tag in _STYLES:
        style = element.get(VAL, "")
        return (element.tag, source.styles.get(style, style))
    if element.tag == w("numPr"):
        number = value_of(element, "numId")
        return (element.tag, value_of(element, "ilvl") or "0", source.lists.get(number, number))
    attributes = tuple(sorted((name, value) for name, value in attributes_of(element) if not _TRACE.match(name)))
    return (element.tag, attributes, *(_key(child, source) for child in element))


def object_key(element: Element, story: Story) -> Key:
    """A picture, text box, formula or the like: what it is, without the ids and traces that differ by file."""
    if not isinstance(element.tag, str) or element.tag in _UNSEEN - {RUN_LOOK}:
        return ()
    attributes = [
        (name, story.target_print(value) if name.startswith(f"{{{RELATIONS}}}") else value)
        for name, value in attributes_of(element)
        if not _TRACE.match(name) and name not in {"id", "name", "spid", "o:spid", ID}
    ]
    inner = [found for child in element if (found := object_key(child, story))]
    return (element.tag, tuple(sorted(attributes)), element.text or "", *inner)
