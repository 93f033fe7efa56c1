"""The XML inside a Word file: parsed without entities, network or trust; the element names the engine knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from paragraf.word.faults import NotAWordFile

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAX_XML = 20 * 2**20
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
P, R, T, DELETED = f"{{{W}}}p", f"{{{W}}}r", f"{{{W}}}t", f"{{{W}}}delText"
TABLE, ROW, CELL, RUN_LOOK = f"{{{W}}}tbl", f"{{{W}}}tr", f"{{{W}}}tc", f"{{{W}}}rPr"
PARAGRAPH_LOOK, SECTION = f"{{{W}}}pPr", f"{{{W}}}sectPr"
CONTROL = f"{{{W}}}sdt"
# What Word does not open where no paragraph is left in it.
NEED_A_PARAGRAPH = (
    CELL,
    *(f"{{{W}}}{name}" for name in ("hdr", "ftr", "footnote", "endnote", "comment", "txbxContent")),
)
# What a person may have typed inside a tag without meaning it.
BREAKS = frozenset(f"{{{W}}}{name}" for name in ("br", "cr", "tab"))
_ENCODINGS = frozenset(("UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "US-ASCII", "ASCII"))
_DECLARED = re.compile(r' xmlns:([\w.-]+)="([^"]*)"')
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def parse_xml(data: bytes, name: str) -> Element:
    """The root element of a part. NotAWordFile where it is no XML, too large, or declares entities."""
    if len(data) > MAX_XML:
        raise NotAWordFile("Delen %(name)s i filen är för stor.", name=name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotAWordFile("Filen är skadad: delen %(name)s går inte att läsa.", name=name) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotAWordFile("Delen %(name)s har en dokumenttypsdeklaration. Spara filen på nytt i Word.", name=name)
    # An encoding such as UTF-7 would let one reader see elements where another sees text.
    if (root.getroottree().docinfo.encoding or "UTF-8").upper() not in _ENCODINGS:
        raise NotAWordFile("Delen %(name)s har en ovanlig teckenkodning. Spara filen på nytt i Word.", name=name)
    return root


def local_name(element: Element) -> str:
    """The element's name without its namespace; empty for comments and processing instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def as_text(element: Element) -> str:
    """An element as XML for the part it came from, without repeating the namespaces that the part's root declares."""
    declared = element.getroottree().getroot().nsmap
    first, rest, others = etree.tostring(element, encoding="unicode", with_tail=False).partition(">")
    return _DECLARED.sub(lambda one: "" if declared.get(one[1]) == one[2] else one[0], first) + rest + others


def shortened(text: str, length: int = 80) -> str:
    """A text to be told in a message: on one line and not too long."""
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[: length - 1]}…"
