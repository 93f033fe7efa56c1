"""The text of a filed document, for the index. What cannot be read has none: it is still found by its title."""

from __future__ import annotations

import logging
from collections.abc import Callable
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from paragraf.core.errors import RuleBroken
from paragraf.register.models import Document
from paragraf.register.uploads import WORD
from paragraf.word.package.markup import parse_xml
from paragraf.word.pdf.texts import page_texts

logger = logging.getLogger(__name__)

#: Signs that are read of one part of a file: a whole report, but not a table of a million cells.
_LARGEST_PART = 30_000_000


def text_of(document: Document) -> str:
    """What the document says, its paragraphs and cells on lines of their own; "" for a picture or a damaged file."""
    read = _READERS.get(document.media_type)
    if read is None:
        return ""
    try:
        return read(document.content)
    except (RuleBroken, BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        # The title and the § are indexed all the same; nobody can do anything about an unreadable attachment here.
        logger.warning("document %s has no readable text: %s", document.id, type(error).__name__)
        return ""


def _pdf(content: bytes) -> str:
    return "\n".join(page_texts(content))


def _packed(part: str, paragraph: str) -> Callable[[bytes], str]:
    def read(content: bytes) -> str:
        with ZipFile(BytesIO(content)) as archive, archive.open(part) as opened:
            root = parse_xml(opened.read(_LARGEST_PART), part)
        return "\n".join("".join(map(str, each.itertext())) for each in root.iter(f"{{*}}{paragraph}"))

    return read


_READERS: dict[str, Callable[[bytes], str]] = {
    "application/pdf": _pdf,
    WORD: _packed("word/document.xml", "p"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _packed("xl/sharedStrings.xml", "si"),
    "application/vnd.oasis.opendocument.text": _packed("content.xml", "p"),
}
