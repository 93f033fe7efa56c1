"""What a PNG or JPEG file says of itself, read from its own bytes and not from its name. Nothing is unpacked."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

PNG = b"\x89PNG\r\n\x1a\n"
_CHUNK = struct.Struct(">L4s")
_FRAME = struct.Struct(">BHHB")
# The markers of a JPEG frame; C4, C8 and CC are tables.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE = frozenset((0x01, *range(0xD0, 0xD8)))
_MM_IN_INCH = 25.4
# What a screen is taken to have where a picture does not say how large it is, and what is believed of one that does.
_DPI, _LEAST_DPI, _MOST_DPI = 96.0, 50.0, 2400.0


@dataclass(frozen=True, slots=True)
class Image:
    """A picture's kind, its size in pixels, and how many of them it wants to an inch."""

    kind: Literal["png", "jpeg"]
    width: int
    height: int
    dpi: float = _DPI

    @property
    def width_mm(self) -> float:
        """How wide the picture itself wants to be."""
        return self.width / self.dpi * _MM_IN_INCH


def read_image(content: bytes) -> Image | None:
    """The picture in the bytes, or None where they are no whole PNG or JPEG."""
    try:
        image = _png(content) if content.startswith(PNG) else _jpeg(content)
    except (struct.error, IndexError):
        return None
    return image if image and image.width and image.height else None


def _png(content: bytes) -> Image | None:
    chunks = dict(_png_chunks(content))
    if not {b"IHDR", b"IDAT", b"IEND"} <= chunks.keys() or len(chunks[b"IHDR"]) != 13:
        return None
    width, height = struct.unpack_from(">LL", chunks[b"IHDR"])
    dpi = _DPI
    if len(chunks.get(b"pHYs", b"")) == 9:
        metre, _, unit = struct.unpack(">LLB", chunks[b"pHYs"])
        dpi = _believed(metre * _MM_IN_INCH / 1000 if unit == 1 else 0)
    return Image("png", width, height, dpi)


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each chunk's name and content, until the first that is damaged."""
    place = len(PNG)
    while place < len(content):
        length, name = _CHUNK.unpack_from(content, place)
        data = content[place + 8 : place + 8 + length]
        (crc,) = struct.unpack_from(">L", content, place + 8 + length)
        if crc != zlib.crc32(data, zlib.crc32(name)):
            return
        yield name, data
        place += 12 + length


def _jpeg(content: bytes) -> Image | None:
    if not content.startswith(b"\xff\xd8\xff") or b"\xff\xd9" not in content[-1024:]:
        return None
    dpi = _DPI
    for marker, data in _jpeg_segments(content):
        if marker == 0xE0 and data.startswith(b"JFIF\0"):
            unit, density = struct.unpack_from(">BH", data, 7)
            dpi = _believed(density * {1: 1.0, 2: 2.54}.get(unit, 0.0))
        elif marker in _FRAMES:
            _, height, width, _ = _FRAME.unpack_from(data)
            return Image("jpeg", width, height, dpi)
    return None


def _jpeg_segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    place = 2
    while content[place] == 0xFF:
        marker = content[place + 1]
        if marker in _BARE or marker == 0xFF:
            place += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack_from(">H", content, place + 2)
        yield marker, content[place + 4 : place + 2 + length]
        place += 2 + max(2, length)


def _believed(dpi: float) -> float:
    return dpi if _LEAST_DPI <= dpi <= _MOST_DPI else _DPI
