"""Pages of a PDF as pictures, so that a paper can be seen before it is used."""

from __future__ import annotations

import struct
import threading
import zlib

import pypdfium2

from paragraf.core.errors import RuleBroken

#: A page that is longer than this many times its width is made narrower instead of larger: a picture stays bounded.
TALLEST = 4
_RGB = 2
#: pdfium keeps state that all threads share.
ONE_AT_A_TIME = threading.Lock()


class PictureFailed(RuleBroken):
    """The file is no PDF that can be shown."""


def pages_of(pdf: bytes, *, width_px: int = 900, limit: int = 20) -> tuple[bytes, ...]:
    """The first ``limit`` pages as PNG files, each ``width_px`` wide (less for one that is very tall).

    PictureFailed for bytes that are no PDF, or one that needs a password. Any thread may call it.
    """
    with ONE_AT_A_TIME:
        try:
            return _draw(pdf, width_px, limit)
        except (pypdfium2.PdfiumError, ValueError) as error:
            raise PictureFailed("PDF-filen går inte att visa som bild: den är skadad eller låst.") from error


def _draw(pdf: bytes, width_px: int, limit: int) -> tuple[bytes, ...]:
    with pypdfium2.PdfDocument(pdf) as document:
        return tuple(_page(document, number, width_px) for number in range(min(len(document), limit)))


def _page(document: pypdfium2.PdfDocument, number: int, width_px: int) -> bytes:
    page = document[number]
    try:
        width, height = page.get_size()
        # A hair less: pdfium's size is rounded up, and must not become one pixel more than was asked for.
        scale = width_px / max(width, height / TALLEST, 1) * (1 - 1e-6)
        bitmap = page.render(scale=scale, rev_byteorder=True)
        try:
            return _png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
        finally:
            bitmap.close()
    finally:
        page.close()


def _png(pixels: bytes, width: int, height: int, stride: int) -> bytes:
    """Rows of red, green and blue, ``stride`` bytes apart, as a PNG file (ISO 15948)."""
    rows = b"".join(b"\0" + pixels[start : start + 3 * width] for start in range(0, height * stride, stride))
    head = struct.pack(">IIBBBBB", width, height, 8, _RGB, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
