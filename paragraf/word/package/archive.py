"""A .docx file as a zip archive: read with suspicion, written the same way every time.

Untouched parts travel as the compressed bytes they came as, so filling a template costs only what the template changes.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from paragraf.core.errors import N_
from paragraf.word.faults import NotAWordFile

LISTING = "[Content_Types].xml"
MAX_PARTS = 500
MAX_UNPACKED = 80 * 2**20
# Deflate makes at most a thousand of one; what people write in Word is seldom packed more than thirty times.
MAX_RATIO, RATIO_FROM = 200, 2 * 2**20
_NOT_WORD = N_("Filen är inget Word-dokument (.docx). Öppna den i Word och spara den som ”Word-dokument”.")
# Minutes of 11 §§ come out 5 % larger than with zlib's usual level 6, in a quarter of the time that packing takes.
_LEVEL = 1
# Making ready a window of 32 kB takes longer than packing a footer.
_ORDINARY, _SMALL, _SMALL_SIZE = (15, 8), (12, 5), 4096
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
# 1980-01-01 00:00, the oldest a zip can tell: a time of day in the file would make equal documents unequal.
_DATE, _TIME = 0x21, 0
_UTF8_NAME = 0x800
_ENCRYPTED = 0x41
# Names that could lead out of the folder a file is unpacked in, or mean one thing to us and another to Word.
_TRICK = re.compile(r"^/|\\|:|[\x00-\x1f\x7f]|//|(?:^|/)\.{1,2}(?:/|$)|%(?:2[eEfF]|5[cC]|00)")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the package: ``packed`` bytes by ``method`` (0 stored, 8 deflated), ``crc`` and ``size`` unpacked."""

    name: str
    method: int
    crc: int
    size: int
    packed: bytes

    def content(self) -> bytes:
        """The unpacked bytes; NotAWordFile where they are other than the package says."""
        data = self._unpacked()
        if len(data) != self.size or zlib.crc32(data) != self.crc:
            raise _damaged(self.name)
        return data

    def _unpacked(self) -> bytes:
        if self.method == zipfile.ZIP_STORED:
            return self.packed
        unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            # One byte more than promised, and no more: a part that lies about its size is a bomb.
            data = unpacking.decompress(self.packed, self.size + 1)
        except zlib.error as error:
            raise _damaged(self.name) from error
        if unpacking.unused_data:
            raise _damaged(self.name)
        return data


def deflated(name: str, *chunks: bytes) -> Part:
    """A part made from unpacked bytes, in one or more chunks."""
    size = sum(map(len, chunks))
    window, memory = _SMALL if size < _SMALL_SIZE else _ORDINARY
    squeezer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -window, memory)
    crc = 0
    packed = []
    for chunk in chunks:
        crc = zlib.crc32(chunk, crc)
        packed.append(squeezer.compress(chunk))
    packed.append(squeezer.flush())
    return Part(name, zipfile.ZIP_DEFLATED, crc, size, b"".join(packed))


def stored(name: str, data: bytes) -> Part:
    """A part made from bytes that are packed already, such as a picture."""
    return Part(name, zipfile.ZIP_STORED, zlib.crc32(data), len(data), data)


def pack(parts: Iterable[Part]) -> bytes:
    """The parts as a zip file: same parts, same order → the same bytes, whatever the clock and the machine."""
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for part in parts:
        name = part.name.encode()
        common = (
            0 if part.name.isascii() else _UTF8_NAME,
            part.method,
            _TIME,
            _DATE,
            part.crc,
            len(part.packed),
            part.size,
            len(name),
            0,
        )
        directory.append(_CENTRAL.pack(b"PK\1\2", 20, 20, *common, 0, 0, 0, 0, offset) + name)
        body += (_LOCAL.pack(b"PK\3\4", 20, *common), name, part.packed)
        offset += _LOCAL.size + len(name) + len(part.packed)
    listing = b"".join(directory)
    end = _END.pack(b"PK\5\6", 0, 0, len(directory), len(directory), len(listing), offset, 0)
    return b"".join((*body, listing, end))


def read_archive(content: bytes) -> tuple[Part, ...]:
    """The parts of a zip file in the order they lie in it, none of them unpacked yet.

    NotAWordFile where it is no zip file, tricks with names or places, or would grow too large when unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = [entry for entry in package.infolist() if not entry.is_dir()]
            end = package.start_dir
        _refuse_tricks(entries)
        _refuse_bombs(entries)
        _refuse_overlaps(content, entries, end)
        parts = tuple(_part(content, entry) for entry in entries)
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, UnicodeError) as error:
        raise NotAWordFile(_NOT_WORD) from error
    if LISTING not in {part.name for part in parts}:
        raise NotAWordFile(_NOT_WORD)
    return parts


def _refuse_tricks(entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        # What zipfile made of the name hides a trick from us but not from Word.
        name = entry.orig_filename
        if _TRICK.search(name) or name.casefold() in seen:
            raise NotAWordFile(
                "Filen är packad på ett sätt som Word inte gör: namnet %(name)s kan lura den som öppnar den. Spara den "
                "på nytt i Word.",
                name=ascii(name)[1:-1],
            )
        seen.add(name.casefold())
        unusual = entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        if entry.flag_bits & _ENCRYPTED or unusual:
            raise NotAWordFile("Filen är krypterad eller packad på ett ovanligt sätt. Spara den på nytt i Word.")


def _refuse_bombs(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_PARTS:
        raise NotAWordFile("Filen består av fler än %(parts)s delar.", parts=MAX_PARTS)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise NotAWordFile("Filen blir större än %(megabytes)s MB när den packas upp.", megabytes=MAX_UNPACKED // 2**20)
    for entry in entries:
        if entry.file_size > max(RATIO_FROM, MAX_RATIO * entry.compress_size):
            raise NotAWordFile(
                "Delen %(name)s blir mer än %(ratio)s gånger större när den packas upp.",
                name=entry.filename,
                ratio=MAX_RATIO,
            )


def _refuse_overlaps(content: bytes, entries: list[zipfile.ZipInfo], end: int) -> None:
    """Two parts in the same bytes, or a part that calls itself something else where it lies, are tricks."""
    for entry in sorted(entries, key=lambda entry: entry.header_offset, reverse=True):
        start, name = _body(content, entry)
        if start + entry.compress_size > end or name != _raw_name(entry):
            raise _damaged(entry.filename)
        end = entry.header_offset


def _part(content: bytes, entry: zipfile.ZipInfo) -> Part:
    start, _ = _body(content, entry)
    packed = content[start : start + entry.compress_size]
    return Part(entry.filename, entry.compress_type, entry.CRC, entry.file_size, packed)


def _body(content: bytes, entry: zipfile.ZipInfo) -> tuple[int, bytes]:
    """Where a part's bytes begin, and its name as written there."""
    local = _LOCAL.unpack_from(content, entry.header_offset)
    name = entry.header_offset + _LOCAL.size
    if local[0] != b"PK\3\4" or local[3] != entry.compress_type:
        raise _damaged(entry.filename)
    return name + local[9] + local[10], content[name : name + local[9]]


def _raw_name(entry: zipfile.ZipInfo) -> bytes:
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF8_NAME else "cp437")


def _damaged(name: str) -> NotAWordFile:
    return NotAWordFile("Filen är skadad: delen %(name)s går inte att läsa.", name=name)
