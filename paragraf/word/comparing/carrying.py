"""What deleted text of the old file needs in the new one: pictures, addresses, styles, lists and notes."""

from __future__ import annotations

import posixpath
from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from paragraf.word.comparing.elements import (
    CONTENT_TYPES,
    PACKAGE_RELATIONS,
    RELATIONS,
    VAL,
    attributes_of,
    drop,
    made,
    value_of,
    w,
)
from paragraf.word.comparing.sources import NOTES, Relation, Source, Story, relations_of
from paragraf.word.package.markup import parse_xml
from paragraf.word.package.opening import Part, deflated

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_STYLE_LINKS = frozenset(w(name) for name in ("pStyle", "rStyle", "tblStyle"))
_TYPES = "[Content_Types].xml"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


class Carrier:
    """Carries things from the old file to the new; ``parts`` becomes the package of the comparison."""

    def __init__(self, old: Source, new: Source) -> None:
        self.old, self.new = old, new
        self.parts: dict[str, Part] = dict(new.parts)
        self._trees: dict[str, Element] = {}
        self._styles: dict[str, str] = {}
        self._lists: dict[str, str] = {}
        self._drawings = 0

    def tree(self, name: str) -> Element:
        """The root of a part of the comparison, to be changed; it is written at the end."""
        if name not in self._trees:
            self._trees[name] = parse_xml(self.parts[name].content(), name)
        return self._trees[name]

    def put(self, name: str, root: Element) -> None:
        """A part of the comparison with a root that exists already."""
        self._trees[name] = root

    def packed(self) -> list[Part]:
        """All parts, those that were changed written anew."""
        for name, root in self._trees.items():
            data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            self.parts[name] = deflated(name, data)
        return list(self.parts.values())

    # --- content ----------------------------------------------------------------------------------------------------

    def adapt(self, element: Element, old: Story, new: Story) -> bool:
        """Let an element of the old file mean the same in the new. False where something cannot be carried."""
        for each in element.iter(etree.Element):
            for name, value in attributes_of(each):
                if name.startswith(f"{{{RELATIONS}}}"):
                    carried = self._relation(value, old, new)
                    if carried is None:
                        return False
                    each.set(name, carried)
            self._adapt_names(each)
        return True

    def _adapt_names(self, element: Element) -> None:
        if element.tag in _STYLE_LINKS:
            element.set(VAL, self.style(element.get(VAL, "")))
        elif element.tag == w("numId"):
            element.set(VAL, self.list_of(element.get(VAL, "")))
        elif element.tag.endswith("}docPr"):
            # Word wants the number of each picture to be its own.
            self._drawings += 1
            element.set("id", str(1_000_000 + self._drawings))

    def _relation(self, relation_id: str, old: Story, new: Story) -> str | None:
        relation = old.relations.get(relation_id)
        if relation is None or not (relation.outside or relation.kind == "image"):
            return None
        if not relation.outside and relation.target not in self.old.parts:
            return None
        target = relation.target if relation.outside else self._picture(relation.target)
        wanted = Relation(relation.kind, target, relation.outside)
        for known, there in new.relations.items():
            if there == wanted:
                return known
        return self._new_relation(wanted, new)

    def _new_relation(self, relation: Relation, story: Story) -> str:
        number = 1 + len(story.relations)
        while f"rId{number}" in story.relations:
            number += 1
        made_id = f"rId{number}"
        story.relations[made_id] = relation
        name = relations_of(story.name)
        if name not in self.parts and name not in self._trees:
            self.put(name, etree.fromstring(f'<Relationships xmlns="{PACKAGE_RELATIONS}"/>'))
        target = relation.target
        if not relation.outside:
            target = posixpath.relpath(target, posixpath.dirname(story.name))
        attributes = {"Id": made_id, "Type": f"{RELATIONS}/{relation.kind}", "Target": target}
        attributes |= {"TargetMode": "External"} if relation.outside else {}
        etree.SubElement(self.tree(name), f"{{{PACKAGE_RELATIONS}}}Relationship", attributes)
        return made_id

    def _picture(self, name: str) -> str:
        picture = self.old.parts[name]
        for known in self.parts.values():
            if (known.crc, known.size) == (picture.crc, picture.size):
                return known.name
        folder, file = posixpath.split(name)
        stem, extension = posixpath.splitext(file)
        number = 1
        while (target := f"{folder}/{stem}_old{number}{extension}") in self.parts:
            number += 1
        self.parts[target] = Part(target, picture.method, picture.crc, picture.size, picture.packed)
        self._declare_picture(name, target, extension[1:])
        return target

    def _declare_picture(self, name: str, target: str, extension: str) -> None:
        types = self.tree(_TYPES)
        known = {each.get("Extension", "").lower() for each in types.iter("{*}Default")}
        old = parse_xml(self.old.parts[_TYPES].content(), _TYPES)
        for default in old.iter("{*}Default"):
            if default.get("Extension", "").lower() == extension.lower() not in known:
                types.insert(0, deepcopy(default))
        for override in old.iter("{*}Override"):
            if override.get("PartName") == f"/{name}":
                own = deepcopy(override)
                own.set("PartName", f"/{target}")
                types.append(own)

    def declare(self, name: str, kind: str) -> None:
        """Say in the package what kind of part ``name`` is."""
        types = self.tree(_TYPES)
        content_type = f"{_MAIN_TYPE}.{kind}+xml"
        etree.SubElement(types, f"{{{CONTENT_TYPES}}}Override", {"PartName": f"/{name}", "ContentType": content_type})

    # --- styles and lists -------------------------------------------------------------------------------------------

    def style(self, old_id: str) -> str:
        """The id in the new file of the old file's style; the style is carried where the new file lacks it."""
        if old_id not in self._styles:
            name = self.old.styles.get(old_id, "")
            same = [new_id for new_id, known in self.new.styles.items() if known == name] if name else [old_id]
            self._styles[old_id] = old_id if old_id in same else same[0] if same else self._carried_style(old_id)
        return self._styles[old_id]

    def _carried_style(self, old_id: str) -> str:
        old, name = self.old.tree("styles"), self.new.related("styles")
        found = old.find(f"{w('style')}[@{w('styleId')}='{old_id}']") if old is not None and "'" not in old_id else None
        if found is None or not name:
            return old_id
        found, new_id = deepcopy(found), old_id
        while new_id in self.new.styles:
            new_id += "Old"
        found.set(w("styleId"), new_id)
        self.new.styles[new_id] = self._styles[old_id] = new_id
        for child in [*found.iter(w("next"), w("link"))]:
            drop(child)
        for child in found.iter(w("basedOn")):
            child.set(VAL, self.style(child.get(VAL, "")))
        self._adapt_inside(found)
        self.tree(name).append(found)
        return new_id

    def _adapt_inside(self, style: Element) -> None:
        for number in style.iter(w("numId")):
            number.set(VAL, self.list_of(number.get(VAL, "")))

    def list_of(self, old_id: str) -> str:
        """The id in the new file of the old file's list; the list is carried where the new file has none like it."""
        if old_id not in self._lists:
            kind = self.old.lists.get(old_id)
            same = [new_id for new_id, known in self.new.lists.items() if known == kind] if kind else [old_id]
            self._lists[old_id] = old_id if old_id in same else same[0] if same else self._carried_list(old_id)
        return self._lists[old_id]

    def _carried_list(self, old_id: str) -> str:
        old, name = self.old.tree("numbering"), self.new.related("numbering")
        if old is None or not name:
            return "0"
        number = deepcopy(next(each for each in old.iter(w("num")) if each.get(w("numId")) == old_id))
        kind_id = value_of(number, "abstractNumId")
        kind = deepcopy(next(each for each in old.iter(w("abstractNum")) if each.get(w("abstractNumId")) == kind_id))
        root = self.tree(name)
        new_kind = _next_number(root, "abstractNum", "abstractNumId")
        new_id = _next_number(root, "num", "numId")
        kind.set(w("abstractNumId"), new_kind)
        for link in [*kind.iter(w("nsid"), w("styleLink"), w("numStyleLink"), w("pStyle"))]:
            drop(link)
        number.set(w("numId"), new_id)
        number.find(w("abstractNumId")).set(VAL, new_kind)  # type: ignore[union-attr]
        first = root.find(w("num"))
        root.insert(len(root) if first is None else root.index(first), kind)
        last = root.findall(w("num"))
        root.insert(root.index(last[-1]) + 1 if last else len(root), number)
        self.new.lists[new_id] = self.old.lists[old_id]
        return new_id

    # --- notes ------------------------------------------------------------------------------------------------------

    def note(self, kind: str, old_id: str) -> tuple[str, Element, Story] | None:
        """A new, empty note for a deleted reference: its id, its element and its story; None where it has no text."""
        if (kind, old_id) not in self.old.note_elements:
            return None
        story = self.new.notes.get(kind) or self._new_notes(kind)
        new_id = _next_number(story.root, kind, "id")
        note = made(kind, id=new_id)
        story.root.append(note)
        self.put(story.name, story.root)
        return new_id, note, story

    def _new_notes(self, kind: str) -> Story:
        old = self.old.notes[kind]
        name = f"word/{NOTES[kind]}.xml"
        root = deepcopy(old.root)
        for note in root.findall(w(kind)):
            if note.get(w("type")) in {None, "normal"}:
                root.remove(note)
        story = Story(self.new, name, root, {})
        self.new.notes[kind] = story
        self.put(name, root)
        self.declare(name, NOTES[kind])
        self._new_relation(Relation(NOTES[kind], name, False), self.new.story_of_main)
        return story


def _next_number(root: Element, tag: str, attribute: str) -> str:
    # What is no number was written by no program, but a file may come from anyone.
    known = [each.get(w(attribute), "") for each in root.iter(w(tag))]
    return str(max((int(value) for value in known if value.isdecimal() and len(value) < 10), default=0) + 1)
