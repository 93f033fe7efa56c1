"""What lies around a template's parts and is needed to print more than text: found once, when it is compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paragraf.word.faults import NotAWordFile
from paragraf.word.filling import numbering
from paragraf.word.filling.numbering import Numberings
from paragraf.word.package.content_types import ContentTypes
from paragraf.word.package.markup import W, parse_xml
from paragraf.word.package.opening import Part
from paragraf.word.package.relations import Relation, read_relations, relations_name, target_name

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DRAWING = re.compile(rb'<\w+:docPr\b[^>]*?\bid="(\d{1,9})"')
_LINK_STYLES = frozenset(("hyperlink", "hyperlänk", "internet link"))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A package as it is before a fill: the names of its parts, its list of content types, the main part's name, the
    relationships of the parts that are filled, its lists, its style for links (an id, or empty), and the highest id of
    its drawings."""

    names: frozenset[str]
    types: ContentTypes
    main: str
    relations: Mapping[str, tuple[Relation, ...]]
    numberings: Numberings
    numbering_name: str
    link_style: str
    drawings: int


def survey(parts: tuple[Part, ...], types: ContentTypes, main: str, filled: Iterable[str]) -> Surroundings:
    """The surroundings of the parts that are ``filled``, ``main`` the document's own among them."""
    named = {part.name: part for part in parts}
    relations = {name: read_relations(named.get(relations_name(name))) for name in (main, *filled)}
    near = {relation.type.rpartition("/")[2]: target_name(main, relation) for relation in relations[main]}
    styles = _root(named.get(near.get("styles", "")))
    numbering_name = near.get("numbering", "")
    return Surroundings(
        frozenset(named),
        types,
        main,
        relations,
        numbering.survey(styles, _root(named.get(numbering_name))),
        numbering_name if numbering_name in named else "",
        _link_style(styles),
        max((number for name in relations for number in _drawings(named[name])), default=0),
    )


def _root(part: Part | None) -> Element | None:
    if part is None:
        return None
    root = parse_xml(part.content(), part.name)
    if root.nsmap.get("w") != W:
        raise NotAWordFile("Filen är sparad på ett ovanligt sätt (%(name)s). Spara den på nytt i Word.", name=part.name)
    return root


def _drawings(part: Part) -> Iterator[int]:
    return (int(found[1]) for found in _DRAWING.finditer(part.content()))


def _link_style(styles: Element | None) -> str:
    for style in styles.findall(f"{{{W}}}style") if styles is not None else ():
        name = style.find(f"{{{W}}}name")
        if name is not None and str(name.get(f"{{{W}}}val")).casefold() in _LINK_STYLES:
            return str(style.get(f"{{{W}}}styleId", ""))
    return ""
