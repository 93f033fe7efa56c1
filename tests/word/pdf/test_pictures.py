from __future__ import annotations

import io
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf.generic import DecodedStreamObject, NameObject

from paragraf.word.pdf.pictures import PictureFailed, pages_of

A4 = (595.0, 842.0)
RED, WHITE = (255, 0, 0), (255, 255, 255)


def pdf(*sizes: tuple[float, float], drawing: bytes = b"") -> bytes:
    """A PDF with pages of these sizes in points, each with this drawing."""
    writer = pypdf.PdfWriter()
    for width, height in sizes:
        page = writer.add_blank_page(width, height)
        content = DecodedStreamObject()
        content.set_data(drawing)
        page[NameObject("/Contents")] = writer._add_object(content)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def read_png(png: bytes) -> tuple[int, int, bytes]:
    """Width, height and pixels of a PNG, with the sum of every chunk checked."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, place = {}, 8
    while place < len(png):
        (length,) = struct.unpack_from(">I", png, place)
        name, body = png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        assert struct.unpack_from(">I", png, place + 8 + length) == (zlib.crc32(name + body),)
        chunks[name], place = body, place + 12 + length
    width, height, *kind = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert kind == [8, 2, 0, 0, 0]
    return width, height, zlib.decompress(chunks[b"IDAT"])


def colour(png: bytes, x: float, y: float) -> tuple[int, ...]:
    """The colour at a share of the width and of the height, counted from the upper left corner."""
    width, height, pixels = read_png(png)
    start = int(y * height) * (3 * width + 1) + 1 + 3 * int(x * width)
    return tuple(pixels[start : start + 3])


def test_each_page_is_a_picture_of_the_asked_width() -> None:
    pictures = pages_of(pdf(A4, A4), width_px=300)
    assert [read_png(one)[:2] for one in pictures] == [(300, 425), (300, 425)]


def test_what_is_drawn_is_seen_where_it_stands_in_its_colour() -> None:
    # The upper left quarter; a PDF counts from the lower left corner.
    (picture,) = pages_of(pdf((100, 100), drawing=b"1 0 0 rg 0 50 50 50 re f"), width_px=101)
    assert colour(picture, 0.2, 0.2) == RED
    assert colour(picture, 0.8, 0.2) == colour(picture, 0.2, 0.8) == WHITE


def test_only_the_first_pages_are_drawn() -> None:
    assert len(pages_of(pdf(*[(50, 50)] * 5), width_px=20, limit=3)) == 3


@given(st.floats(3, 14_400), st.floats(3, 14_400), st.integers(1, 300))
@settings(deadline=None, max_examples=40)
def test_no_page_makes_a_picture_larger_than_its_bound(width: float, height: float, width_px: int) -> None:
    (picture,) = pages_of(pdf((width, height)), width_px=width_px)
    wide, high, pixels = read_png(picture)
    assert wide <= width_px
    assert high <= 4 * width_px
    assert len(pixels) == high * (3 * wide + 1)


def test_a_giant_page_is_scaled_and_not_drawn_at_its_size() -> None:
    (picture,) = pages_of(pdf((10, 14_400)), width_px=200)
    assert read_png(picture)[1] == 800


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a Word file", b"%PDF-1.7 and nothing more"])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(PictureFailed, match="skadad eller låst"):
        pages_of(content)


def test_a_locked_pdf_is_refused() -> None:
    writer = pypdf.PdfWriter(io.BytesIO(pdf(A4)))
    writer.encrypt("hemligt", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    with pytest.raises(PictureFailed, match="skadad eller låst"):
        pages_of(buffer.getvalue())


def test_many_threads_may_ask_at_once() -> None:
    content = pdf(A4, drawing=b"1 0 0 rg 0 0 300 421 re f")
    with ThreadPoolExecutor(4) as pool:
        pictures = list(pool.map(lambda _n: pages_of(content, width_px=120), range(12)))
    assert len(set(pictures)) == 1
