"""A paper without a title gets that of its first heading: a PDF that all can read must have one."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

_CORE, _BODY = "docProps/core.xml", "word/document.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Word's ids of the title's and the first heading's style, in English and in Swedish.
_HEADINGS = re.compile(r"(Title|Rubrik|Heading1|Rubrik1)$")
_LONGEST = 150
#: A larger part is not read: it is no title that makes such a paper readable.
_LARGEST_BYTES = 64 * 2**20


def titled(content: bytes) -> bytes:
    """The Word file with a title in its properties; unchanged when it has one, or no text to take it from."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        core, body = _part(package, _CORE), _part(package, _BODY)
        if core is None or body is None or (core.findtext(_TITLE) or "").strip():
            return content
        title = _title_of(body)
        if not title:
            return content
        place = core.find(_TITLE)
        (etree.SubElement(core, _TITLE) if place is None else place).text = title
        return _with_part(package, _CORE, etree.tostring(core, xml_declaration=True, encoding="UTF-8", standalone=True))


def _part(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    try:
        if package.getinfo(name).file_size > _LARGEST_BYTES:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        return etree.fromstring(package.read(name), parser)
    except (KeyError, etree.XMLSyntaxError):
        return None


def _title_of(body: etree._Element) -> str:
    """The first heading, or the first text where there is none."""
    texts = list(_texts(body))
    headings = (text for style, text in texts if _HEADINGS.match(style))
    return next(headings, texts[0][1] if texts else "")


def _texts(body: etree._Element) -> Iterator[tuple[str, str]]:
    """Style and text of each paragraph that has text."""
    for paragraph in body.iter(f"{_W}p"):
        text = " ".join("".join(run.text or "" for run in paragraph.iter(f"{_W}t")).split())
        if text:
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            yield "" if style is None else style.get(f"{_W}val", ""), text[:_LONGEST]


def _with_part(package: zipfile.ZipFile, name: str, content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in package.infolist():
            copy.writestr(part, content if part.filename == name else package.read(part))
    return target.getvalue()
