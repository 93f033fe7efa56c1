"""Equal Word files give equal PDFs: what LibreOffice writes of the moment when it worked is taken out.

It stands in four places: the document's information, its XMP, the file's identity, and the colour profile's date.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import struct
import zlib
from typing import NamedTuple

_INFO_DATE = re.compile(rb"/CreationDate\(D:[^)]*\)")
_XMP_DATE = re.compile(rb"<xmp:CreateDate>[^<]*</xmp:CreateDate>")
_IDENTITY = re.compile(rb"(?<=[</])[0-9A-F]{32}(?=[>\s])")
_PROFILE = re.compile(rb"/DestOutputProfile (\d+) 0 R")
_STREAM = rb"\n%s 0 obj\n<</N 3/Length (\d+) 0 R/Filter/FlateDecode>>\nstream\n"
_NUMBER = rb"\n%s 0 obj\n(\d+)\nendobj\n"
_PLACE = re.compile(rb"(\d{10}) (\d{5} n \n)")
_START = re.compile(rb"startxref\n(\d+)\n%%EOF\n$")
# A profile of the ICC has its date here (ICC.1:2010, 7.2.8); any that is the same each time will do.
_PROFILE_DATE = slice(24, 36)
_SOME_DATE = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)


class _Edit(NamedTuple):
    start: int
    end: int
    new: bytes


class _NotAsExpected(Exception):
    """Another LibreOffice writes its PDF otherwise."""


def settled(pdf: bytes, word: bytes) -> bytes:
    """The PDF without the moment it was made, and with an identity that follows from the Word file.

    A PDF that does not look as expected is returned as it is: it is as good as the other, only not the same each time.
    """
    try:
        head, tail = _parts(pdf)
        edits = [_blank(_INFO_DATE, head), _blank(_XMP_DATE, head), *_undated_profile(head)]
        identity = hashlib.sha256(word).hexdigest()[:32].upper().encode()
        return _laid_out(head, sorted(edits), _IDENTITY.sub(identity, tail))
    except (_NotAsExpected, zlib.error):
        return pdf


def _parts(pdf: bytes) -> tuple[bytes, bytes]:
    """The objects, and the table of their places with all that follows it."""
    start = _START.search(pdf)
    place = int(start[1]) if start else -1
    if place < 0 or not pdf.startswith(b"xref\n0 ", place):
        raise _NotAsExpected
    return pdf[:place], pdf[place:]


def _only(pattern: re.Pattern[bytes], text: bytes) -> re.Match[bytes]:
    found = list(itertools.islice(pattern.finditer(text), 2))
    if len(found) != 1:
        raise _NotAsExpected
    return found[0]


def _blank(pattern: re.Pattern[bytes], text: bytes) -> _Edit:
    found = _only(pattern, text)
    return _Edit(found.start(), found.end(), b" " * len(found[0]))


def _undated_profile(head: bytes) -> tuple[_Edit, _Edit]:
    stream = _only(re.compile(_STREAM % _only(_PROFILE, head)[1]), head)
    length = _only(re.compile(_NUMBER % stream[1]), head)
    end = stream.end() + int(length[1])
    profile = bytearray(zlib.decompress(head[stream.end() : end]))
    profile[_PROFILE_DATE] = _SOME_DATE
    packed = zlib.compress(profile, 9)
    return _Edit(stream.end(), end, packed), _Edit(*length.span(1), b"%d" % len(packed))


def _laid_out(head: bytes, edits: list[_Edit], tail: bytes) -> bytes:
    """The file with all edits made, and every place that it tells of moved as far as what lies there has moved."""

    def moved(place: int) -> int:
        return place + sum(len(edit.new) - (edit.end - edit.start) for edit in edits if edit.end <= place)

    pieces, done = [], 0
    for edit in edits:
        pieces += [head[done : edit.start], edit.new]
        done = edit.end
    tail = _PLACE.sub(lambda found: b"%010d %s" % (moved(int(found[1])), found[2]), tail)
    tail = _START.sub(b"startxref\n%d\n%%%%EOF\n" % moved(len(head)), tail)
    return b"".join([*pieces, head[done:], tail])
