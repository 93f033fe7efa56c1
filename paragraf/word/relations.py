"""Which parts and addresses a part leads to: its relationships, read, and written again with those a fill adds."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass

from paragraf.word.markup import DECLARATION, local_name, parse_xml
from paragraf.word.package import Part, deflated
from paragraf.word.text import plain_xml

TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT_TYPES = "[Content_Types].xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NUMBER = re.compile(r"rId0*(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship: its id, its type's address, and its target as written."""

    id: str
    type: str
    target: str
    external: bool = False


def relations_name(part: str) -> str:
    """The name of the part that holds a part's relationships."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def read_relations(part: Part | None) -> tuple[Relation, ...]:
    """The relationships in a ``.rels`` part; none where there is no such part."""
    if part is None:
        return ()
    return tuple(
        Relation(each.get("Id", ""), each.get("Type", ""), each.get("Target", ""), each.get("TargetMode") == "External")
        for each in parse_xml(part.content(), part.name).iter("{*}Relationship")
    )


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
    place = f"Id={_quoted(relation.id)} Type={_quoted(relation.type)} Target={_quoted(relation.target)}"
    return f"<Relationship {place}{mode}/>"


def content_types(listing: Part, added: Iterable[tuple[str, str]]) -> Part:
    """The package's list of content types with lines for more parts: (name, content type)."""
    root = parse_xml(listing.content(), listing.name)
    before = "".join(
        f"<{local_name(each)} {' '.join(f'{name!s}={_quoted(value)}' for name, value in each.items())}/>"
        for each in root.iter("{*}Default", "{*}Override")
    )
    lines = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in added)
    xml = f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">{before}{lines}</Types>'
    return deflated(listing.name, xml.encode())


def _quoted(value: object) -> str:
    return f'"{plain_xml(value)}"'
