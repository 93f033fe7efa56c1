"""A Word file opened for comparing: its parts, what its relationships lead to, what its styles and lists are called.

Two files name the same style or list by different ids; a comparison must see through that.
"""

from __future__ import annotations

import hashlib
import posixpath
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from lxml import etree

from paragraf.core.errors import N_
from paragraf.word.comparing.elements import ID, VAL, make_transparent, value_of, w
from paragraf.word.comparing.revisions import accepted
from paragraf.word.faults import NotAWordFile
from paragraf.word.package.markup import parse_xml
from paragraf.word.package.opening import Part, open_package

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NOTES = {"footnote": "footnotes", "endnote": "endnotes"}


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a relationship leads: ``target`` is a part's name, or an address where it is ``outside``."""

    kind: str
    target: str
    outside: bool


class Source:
    """One of the two files."""

    def __init__(self, content: bytes) -> None:
        self.parts = {part.name: part for part in open_package(content)}
        self._trees: dict[str, Element | None] = {}
        self.main = self._main()

    def _main(self) -> str:
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target in self.parts:
                return relation.target
        raise NotAWordFile(
            N_("Filen är inget Word-dokument (.docx). Öppna den i Word och spara den som ”Word-dokument”.")
        )

    def relations(self, part: str) -> dict[str, Relation]:
        """A part's relationships by their ids; the package's own for ``""``."""
        name = relations_of(part)
        if name not in self.parts:
            return {}
        folder = posixpath.dirname(part)
        return {
            each.get("Id", ""): _relation(each, folder)
            for each in parse_xml(self.parts[name].content(), name).iter("{*}Relationship")
        }

    def related(self, kind: str) -> str:
        """The name of the part that the document has for ``kind``, such as styles; empty where there is none."""
        found = [each.target for each in self.story_of_main.relations.values() if each.kind == kind]
        return found[0] if found and found[0] in self.parts else ""

    def tree(self, kind: str) -> Element | None:
        """The root of the document's part of the kind, to be read only."""
        if kind not in self._trees:
            name = self.related(kind)
            self._trees[kind] = parse_xml(self.parts[name].content(), name) if name else None
        return self._trees[kind]

    @cached_property
    def story_of_main(self) -> Story:
        """The body."""
        return self.story(self.main)

    def story(self, name: str) -> Story:
        """A part of text, with its tracked changes accepted."""
        root = accepted(self.parts[name])
        make_transparent(root)
        return Story(self, name, root, self.relations(name))

    @cached_property
    def styles(self) -> dict[str, str]:
        """The names of the styles by their ids, in small letters: Word's "heading 1" is "Heading1" or "Rubrik1"."""
        root = self.tree("styles")
        found = root.iter(w("style")) if root is not None else ()
        return {style.get(w("styleId"), ""): value_of(style, "name").lower() for style in found}

    @cached_property
    def default_style(self) -> str:
        """The id of the style of paragraphs that name none."""
        root = self.tree("styles")
        for style in root.iter(w("style")) if root is not None else ():
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in {"1", "true"}:
                return style.get(w("styleId"), "")
        return ""

    @cached_property
    def lists(self) -> dict[str, str]:
        """What each list (numId) looks like, as a fingerprint: two lists alike are told apart by nothing else."""
        root = self.tree("numbering")
        if root is None:
            return {}
        kinds = {each.get(w("abstractNumId"), ""): _list_print(each) for each in root.iter(w("abstractNum"))}
        return {
            each.get(w("numId"), ""): kinds.get(value_of(each, "abstractNumId"), "") for each in root.iter(w("num"))
        }

    @cached_property
    def bulleted(self) -> dict[str, bool]:
        """Whether each list (numId) begins its items with a sign and not with a number."""
        root = self.tree("numbering")
        if root is None:
            return {}
        kinds = {
            each.get(w("abstractNumId"), ""): [found.get(VAL) for found in each.iter(w("numFmt"))][:1] == ["bullet"]
            for each in root.iter(w("abstractNum"))
        }
        return {
            each.get(w("numId"), ""): kinds.get(value_of(each, "abstractNumId"), False) for each in root.iter(w("num"))
        }

    @cached_property
    def notes(self) -> dict[str, Story]:
        """Footnotes and endnotes, by the name of their kind, where the document has any."""
        return {kind: self.story(name) for kind, part in NOTES.items() if (name := self.related(part))}

    @cached_property
    def note_elements(self) -> dict[tuple[str, str], Element]:
        """Each note by its kind and id."""
        return {
            (kind, note.get(ID, "")): note
            for kind, story in self.notes.items()
            for note in story.root.iter(w(kind))
            if note.get(w("type")) in {None, "normal"}
        }


@dataclass(slots=True, eq=False)
class Story:
    """A part of text: the body, a header, the footnotes."""

    source: Source
    name: str
    root: Element
    relations: dict[str, Relation]
    _prints: dict[str, str] = field(default_factory=dict)

    def target_print(self, relation_id: str) -> str:
        """What a relationship leads to, the same in both files when it is the same: an address, or a part's bytes."""
        relation = self.relations.get(relation_id)
        if relation is None:
            return relation_id
        if relation.outside or relation.target not in self.source.parts:
            return relation.target
        if relation.target not in self._prints:
            part: Part = self.source.parts[relation.target]
            self._prints[relation.target] = f"{part.crc:08x}{part.size}"
        return self._prints[relation.target]


def body_of(root: Element) -> Element:
    """What holds the blocks of a story."""
    body = root.find(w("body"))
    return root if body is None else body


def relations_of(part: str) -> str:
    """The name of the part that holds ``part``'s relationships."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relation(element: Element, folder: str) -> Relation:
    target, outside = element.get("Target", ""), element.get("TargetMode") == "External"
    if not outside:
        target = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    return Relation(element.get("Type", "").rpartition("/")[2], target, outside)


def _list_print(kind: Element) -> str:
    levels = b"".join(etree.tostring(level, method="c14n", exclusive=True) for level in kind.iter(w("lvl")))
    linked = value_of(kind, "styleLink") + value_of(kind, "numStyleLink")
    return hashlib.blake2b(levels + linked.encode(), digest_size=8).hexdigest()
