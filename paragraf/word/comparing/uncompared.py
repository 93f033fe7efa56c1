"""What a comparison does not compare but takes from the new version, told where the two versions differ in it."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from paragraf.core.errors import N_
from paragraf.word.comparing.elements import RELATIONS, SECTION, drop, w
from paragraf.word.comparing.looks import children_key
from paragraf.word.comparing.sources import Source, Story

STYLES = N_("Formatmallarna skiljer sig åt. Jämförelsen använder den nya versionens.")
PAGES = N_("Sidornas uppställning (marginaler och avsnitt) skiljer sig åt. Den är tagen ur den nya versionen.")
COMMENTS = N_("Kommentarer jämförs inte. De är tagna ur den nya versionen.")
HEADERS = N_("Ett sidhuvud eller en sidfot finns bara i den ena versionen. Det är taget ur den nya.")
FORMULAS = N_("En formel skiljer sig åt. Den är tagen ur den nya versionen.")
OBJECTS = N_("Ett diagram eller annat objekt är borttaget utan att synas i jämförelsen.")
TABLE_LOOK = N_("Tabellernas utseende (linjer, bredder) jämförs inte. Det är taget ur den nya versionen.")

StoryKey = tuple[int, str, str]


def headers(source: Source) -> dict[StoryKey, str]:
    """The parts of headers and footers by section, kind and which pages they are for."""
    story = source.story_of_main
    found: dict[StoryKey, str] = {}
    for number, section in enumerate(story.root.iter(SECTION)):
        for kind in ("header", "footer"):
            for reference in section.iterchildren(w(f"{kind}Reference")):
                relation = story.relations.get(reference.get(f"{{{RELATIONS}}}id", ""))
                if relation and relation.target in source.parts:
                    found[number, kind, reference.get(w("type"), "default")] = relation.target
    return found


def differing(old: Source, new: Source) -> Iterator[str]:
    """What differs beside the text, as sentences."""
    if _part(old, "styles") != _part(new, "styles") and _styles(old) != _styles(new):
        yield STYLES
    if _sections(old.story_of_main) != _sections(new.story_of_main):
        yield PAGES
    if _part(old, "comments") != _part(new, "comments"):
        yield COMMENTS
    if headers(old).keys() != headers(new).keys():
        yield HEADERS
    if _table_looks(old.story_of_main) != _table_looks(new.story_of_main):
        yield TABLE_LOOK


def _part(source: Source, kind: str) -> int:
    name = source.related(kind)
    return source.parts[name].crc if name else 0


def _styles(source: Source) -> bytes:
    root = source.tree("styles")
    if root is None:
        return b""
    root = deepcopy(root)
    for unseen in [*root.iter(w("rsid"), w("latentStyles"), w("lang"))]:
        drop(unseen)
    return etree.tostring(root, method="c14n")


def _sections(story: Story) -> list[object]:
    return [
        [key for key in children_key(section, story.source) if "Reference" not in str(key[:1])]  # type: ignore[index]
        for section in story.root.iter(SECTION)
    ]


def _table_looks(story: Story) -> set[object]:
    return {children_key(frame, story.source) for frame in story.root.iter(w("tblPr"))}
