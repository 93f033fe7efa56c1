"""A Word file opened: the archive is whole, and nothing in it fetches or runs anything."""

from __future__ import annotations

from paragraf.word.faults import NotAWordFile
from paragraf.word.package.archive import Part, deflated, pack, read_archive, stored
from paragraf.word.package.inspection import refuse_harmful

__all__ = ["MAX_FILE", "Part", "deflated", "open_package", "pack", "stored"]

MAX_FILE = 20 * 2**20


def open_package(content: bytes) -> tuple[Part, ...]:
    """The parts of a Word file in the order they lie in it.

    Refuses, with the reason, what is no Word file, is larger than a document of an office can be, carries macros or
    embedded objects, or fetches something from elsewhere when it is opened (docs/decisions/0011).
    """
    if len(content) > MAX_FILE:
        raise NotAWordFile("Filen är större än %(megabytes)s MB.", megabytes=MAX_FILE // 2**20)
    parts = read_archive(content)
    refuse_harmful(parts)
    return parts
