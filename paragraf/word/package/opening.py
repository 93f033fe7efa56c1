"""A Word file opened: the archive is whole, and nothing in it fetches or runs anything where that matters."""

from __future__ import annotations

from paragraf.word.faults import NotAWordFile
from paragraf.word.package.archive import Part, deflated, pack, read_archive, stored
from paragraf.word.package.inspection import refuse_harmful
from paragraf.word.package.markup import parse_xml

__all__ = ["MAX_FILE", "Part", "deflated", "open_package", "open_to_read", "pack", "stored"]

MAX_FILE = 20 * 2**20


def open_package(content: bytes) -> tuple[Part, ...]:
    """The parts of a Word file in the order they lie in it.

    Refuses, with the reason, what is no Word file, is larger than a document of an office can be, carries macros or
    embedded objects, or fetches something from elsewhere when it is opened (docs/decisions/0011).
    """
    parts = _archive(content)
    refuse_harmful(parts)
    return parts


def open_to_read(content: bytes) -> tuple[Part, ...]:
    """The parts of a file that will only be read here, and neither run, nor written again, nor opened in Word: it may
    hold macros, embedded objects and links. Every part that is XML is whole and declares no entities. NotAWordFile.
    """
    parts = _archive(content)
    for part in parts:
        if part.name.endswith((".xml", ".rels")):
            parse_xml(part.content(), part.name)
    return parts


def _archive(content: bytes) -> tuple[Part, ...]:
    if len(content) > MAX_FILE:
        raise NotAWordFile("Filen är större än %(megabytes)s MB.", megabytes=MAX_FILE // 2**20)
    return read_archive(content)
