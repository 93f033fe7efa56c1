"""Which parts and addresses a part leads to: its relationships, read, and written again with those a fill adds."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paragraf.word.package.archive import Part, deflated
from paragraf.word.package.content_types import quoted
from paragraf.word.package.markup import DECLARATION, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HYPERLINKS = frozenset((f"{TYPES}/hyperlink", "http://purl.oclc.org/ooxml/officeDocument/relationships/hyperlink"))
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//|\\", re.IGNORECASE)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NUMBER = re.compile(r"rId0*(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship: its id, its type's address, and its target as written."""

    id: str
    type: str
    target: str
    external: bool = False

    def outside(self) -> bool:
        """Whether the target lies outside the package, said or not."""
        return self.external or _OUTSIDE.match(self.target) is not None


def relations_name(part: str) -> str:
    """The name of the part that holds a part's relationships."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def source_name(relations: str) -> str:
    """The name of the part whose relationships a ``.rels`` part holds; empty for the package's own."""
    folder, name = posixpath.split(relations)
    return posixpath.join(posixpath.dirname(folder), name[: -len(".rels")])


def read_relations(part: Part | None) -> tuple[Relation, ...]:
    """The relationships in a ``.rels`` part; none where there is no such part."""
    if part is None:
        return ()
    return tuple(
        Relation(each.get("Id", ""), each.get("Type", ""), each.get("Target", ""), _leads_out(each))
        for each in parse_xml(part.content(), part.name).iter("{*}Relationship")
    )


def _leads_out(relationship: Element) -> bool:
    return relationship.get("TargetMode", "").casefold() == "external"


def target_name(part: str, relation: Relation) -> str:
    """The name of the part that an inner relationship of ``part`` leads to."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), relation.target)).lstrip("/")


class Relations:
    """A part's relationships during one fill. Equal targets get one relationship."""

    def __init__(self, before: tuple[Relation, ...]) -> None:
        self._before = before
        self._added: dict[tuple[str, str], Relation] = {}

    def add(self, kind: str, target: str, external: bool = False) -> str:
        """The id of a relationship of ``kind`` (the last word of its type's address) to a target."""
        if (kind, target) not in self._added:
            number = self._first() + len(self._added)
            self._added[kind, target] = Relation(f"rId{number}", f"{TYPES}/{kind}", target, external)
        return self._added[kind, target].id

    def part(self, name: str) -> Part | None:
        """The ``.rels`` part under its name, or None where nothing was added."""
        if not self._added:
            return None
        lines = "".join(map(_line, (*self._before, *self._added.values())))
        xml = f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'
        return deflated(name, xml.encode())

    def _first(self) -> int:
        found = (_NUMBER.fullmatch(each.id) for each in self._before)
        return max((int(each[1]) for each in found if each), default=0) + 1


def _line(relation: Relation) -> str:
    mode = ' TargetMode="External"' if relation.external else ""
    place = f"Id={quoted(relation.id)} Type={quoted(relation.type)} Target={quoted(relation.target)}"
    return f"<Relationship {place}{mode}/>"
