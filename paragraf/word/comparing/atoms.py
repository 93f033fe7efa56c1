"""The runs of a paragraph as they follow each other, and what in them is no text: pictures, notes, fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from paragraf.word.comparing.elements import ID, LINK, PLACES, RELATIONS, w
from paragraf.word.comparing.looks import Key, object_key
from paragraf.word.package.markup import RUN_LOOK, P, R, T, W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from paragraf.word.comparing.sources import Story

NO_TEXT = "\ufffc"
_NOTES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
# Their result follows the pages and the clock, not what anybody wrote.
_RESTLESS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "DATE", "TIME", "SAVEDATE", "PRINTDATE"})
_FIELD, _CODE = w("fldChar"), w("instrText")
_COMMENT = frozenset({w("commentReference"), w("annotationRef")})


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """A hyperlink: ``key`` is where it leads."""

    key: str
    element: Element


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """Something in a text that is compared as a whole.

    ``key`` is equal where two atoms are the same thing in two versions, ``whole`` where nothing at all differs (a note
    with other words is the same note). ``note`` is the kind and id of a note that it refers to.
    """

    key: Key
    whole: Key
    elements: tuple[Element, ...]
    text: str = NO_TEXT
    note: tuple[str, str] | None = None
    note_text: str = ""


@dataclass(slots=True, eq=False)
class Run:
    """A run, or several that are one field, or a place without width; with the link it stands in."""

    elements: list[Element] = field(default_factory=list)
    link: Link | None = None
    atom: Atom | None = None
    place: Element | None = None


def runs_of(parent: Element, story: Story, link: Link | None = None) -> Iterator[Run]:
    """What a paragraph or a hyperlink holds, in order."""
    for child in parent:
        if child.tag == R:
            if _COMMENT.isdisjoint(each.tag for each in child):
                yield Run([child], link)
            else:
                yield Run(place=child)
        elif child.tag == LINK:
            yield from runs_of(child, story, _link(child, story))
        elif child.tag in PLACES:
            yield Run(place=child)
        elif isinstance(child.tag, str) and not child.tag.endswith("}pPr"):
            key = object_key(child, story)
            yield Run([child], link, Atom(key, key, (child,)))


def _link(element: Element, story: Story) -> Link:
    target = element.get(f"{{{RELATIONS}}}id")
    return Link(
        f"{story.target_print(target) if target else ''}#{element.get(w('anchor'), '')}",
        element,
    )


def fields_joined(runs: Iterable[Run]) -> Iterator[Run]:
    """The runs, those from a field's beginning to its end as one; a field that does not end here is left as it is."""
    waiting: list[Run] = []
    depth = 0
    for run in runs:
        waiting.append(run)
        depth += _deeper(run)
        if depth <= 0:
            yield from _closed(waiting)
            waiting, depth = [], 0
    yield from waiting


def _deeper(run: Run) -> int:
    kinds = [
        mark.get(w("fldCharType"))
        for element in (run.elements if run.atom is None else ())
        for mark in element.iterchildren(_FIELD)
    ]
    return kinds.count("begin") - kinds.count("end")


def _closed(runs: list[Run]) -> Iterable[Run]:
    if len(runs) == 1 and not any(True for element in runs[0].elements for _mark in element.iterchildren(_FIELD)):
        return runs
    links = {run.link.key if run.link else "" for run in runs if run.place is None}
    elements = [element for run in runs for element in run.elements]
    if len(links) > 1 or not any(_deeper(Run([element])) or element.find(_FIELD) is not None for element in elements):
        return runs
    code = "".join(text for element in elements for part in element.iter(_CODE) for text in (part.text or "",))
    places = [run for run in runs if run.place is not None]
    return [Run(elements, runs[0].link, _field(elements, code)), *places]


def _field(elements: list[Element], code: str) -> Atom:
    said = "".join(text.text or "" for element in elements for text in element.iter(T))
    words = code.split()
    shown = "" if words and words[0].upper() in _RESTLESS else said
    key: Key = ("field", " ".join(words), shown)
    return Atom(key, key, tuple(elements), said or NO_TEXT)


def atom_of(child: Element, run: Element, story: Story) -> Atom:
    """What in a run is no text, as a run of its own with the same look."""
    alone = etree.Element(R, nsmap={"w": W})
    look = run.find(RUN_LOOK)
    if look is not None:
        alone.append(deepcopy(look))
    alone.append(deepcopy(child))
    if child.tag in _NOTES:
        return _note_atom((_NOTES[child.tag], child.get(ID, "")), alone, story)
    key = object_key(child, story)
    return Atom(key, key, (alone,))


def _note_atom(note: tuple[str, str], run: Element, story: Story) -> Atom:
    kind, _id = note
    element = story.source.note_elements.get(note)
    if element is None:
        return Atom((kind,), (kind,), (run,), note=note)
    home = story.source.notes[kind]
    return Atom((kind,), (kind, object_key(element, home)), (run,), note=note, note_text=words_in(element))


def words_in(element: Element) -> str:
    """The text inside a text box or another object."""
    return " ".join("".join(text.text or "" for text in paragraph.iter(T)) for paragraph in element.iter(P)).strip()
