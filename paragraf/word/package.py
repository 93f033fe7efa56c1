"""A .docx file as a zip package: read with suspicion, written the same way every time.

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
from paragraf.word.markup import parse_xml

MAX_FILE = 20 * 2**20
MAX_PARTS = 500
MAX_UNPACKED = 80 * 2**20
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
# 1980-01-01 00:00, the oldest a zip can tell: a time of day in the file would make equal documents unequal.
_DATE, _TIME = 0x21, 0
_UTF8_NAME = 0x800
_HARMFUL = re.compile(r"(?:^|/)(?:vbaProject|vbaData|activeX|embeddings|afchunk)", re.IGNORECASE)
_NOT_WORD = N_("Filen är inget Word-dokument (.docx). Öppna den i Word och spara den som ”Word-dokument”.")


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
            raise NotAWordFile("Filen är skadad: delen %(name)s går inte att läsa.", name=self.name)
        return data

    def _unpacked(self) -> bytes:
        if self.method == zipfile.ZIP_STORED:
            return self.packed
        try:
            # One byte more than promised, and no more: a part that lies about its size is a bomb.
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(self.packed, self.size + 1)
        except zlib.error as error:
            raise NotAWordFile("Filen är skadad: delen %(name)s går inte att läsa.", name=self.name) from error


def deflated(name: str, data: bytes) -> Part:
    """A part made from unpacked bytes."""
    squeezer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = squeezer.compress(data) + squeezer.flush()
    return Part(name, zipfile.ZIP_DEFLATED, zlib.crc32(data), len(data), packed)


def stored(name: str, data: bytes) -> Part:
    """A part made from bytes that are packed already, such as a picture."""
    return Part(name, zipfile.ZIP_STORED, zlib.crc32(data), len(data), data)


def open_package(content: bytes) -> tuple[Part, ...]:
    """The parts of a Word file in the order they lie in it.

    Refuses, with the reason, what is no Word file, is larger than a document of an office can be, carries macros or
    embedded objects, or fetches something from elsewhere when it is opened.
    """
    if len(content) > MAX_FILE:
        raise NotAWordFile("Filen är större än %(megabytes)s MB.", megabytes=MAX_FILE // 2**20)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = _parts(content, package.infolist())
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError) as error:
        raise NotAWordFile(_NOT_WORD) from error
    if "[Content_Types].xml" not in {part.name for part in parts}:
        raise NotAWordFile(_NOT_WORD)
    _refuse_links(parts)
    return parts


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


def _parts(content: bytes, entries: list[zipfile.ZipInfo]) -> tuple[Part, ...]:
    files = [entry for entry in entries if not entry.is_dir()]
    names = {entry.filename for entry in files}
    if len(names) != len(files) or len(files) > MAX_PARTS:
        raise NotAWordFile(_NOT_WORD)
    if sum(entry.file_size for entry in files) > MAX_UNPACKED:
        raise NotAWordFile("Filen blir större än %(megabytes)s MB när den packas upp.", megabytes=MAX_UNPACKED // 2**20)
    return tuple(_part(content, entry) for entry in files)


def _part(content: bytes, entry: zipfile.ZipInfo) -> Part:
    if _HARMFUL.search(entry.filename):
        raise NotAWordFile(
            "Filen innehåller makron eller inbäddade objekt (%(name)s). Ta bort dem och spara som ”Word-dokument”.",
            name=entry.filename,
        )
    encrypted = entry.flag_bits & 1
    if encrypted or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotAWordFile("Filen är krypterad eller packad på ett ovanligt sätt. Spara den på nytt i Word.")
    local = _LOCAL.unpack_from(content, entry.header_offset)
    start = entry.header_offset + _LOCAL.size + local[9] + local[10]
    packed = content[start : start + entry.compress_size]
    return Part(entry.filename, entry.compress_type, entry.CRC, entry.file_size, packed)


def _refuse_links(parts: tuple[Part, ...]) -> None:
    for part in parts:
        if part.name.endswith(".rels"):
            for relation in parse_xml(part.content(), part.name):
                # A hyperlink waits for a click; any other outside target is fetched as soon as the file is opened.
                outside = relation.get("TargetMode") == "External"
                if outside and not relation.get("Type", "").endswith("/hyperlink"):
                    raise NotAWordFile(
                        "Filen hämtar något utifrån när den öppnas (%(name)s), till exempel en länkad bild eller mall. "
                        "Lägg in bilden i själva dokumentet.",
                        name=part.name,
                    )
