"""Pictures in filled documents: a value that is known to be a picture, and its drawing in Word."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from hashlib import sha256

from paragraf.core.errors import RuleBroken
from paragraf.word.filling.images import PNG, Image, read_image
from paragraf.word.filling.text import plain_xml

MAX_BYTES = 5 * 2**20
MAX_PIXELS = 40 * 10**6
# Within the margins of an A4 page, with room for a line of text.
MAX_WIDTH_MM, MAX_HEIGHT_MM = 170.0, 230.0
_EMU = 36_000  # Word's own unit, to the millimetre
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class PictureRefused(RuleBroken):
    """What was given as a picture is none, or none that a document may hold."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG picture for a document: its bytes, its width in millimetres (None: as the picture itself says),
    and what it shows, read aloud to those who do not see it.

    Keeps its proportions and never gets larger than a page. PictureRefused for other bytes; prints as ``alt`` where
    only text can stand.
    """

    content: bytes = field(repr=False)
    width_mm: float | None = None
    alt: str = ""
    image: Image = field(init=False, repr=False, compare=False)
    name: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.width_mm is not None and not 1 <= self.width_mm <= 1000:
            raise PictureRefused("Bildens bredd måste vara mellan 1 och 1 000 millimeter.")
        image = _checked(self.content)
        object.__setattr__(self, "image", image)
        object.__setattr__(self, "name", f"{sha256(self.content).hexdigest()[:32]}.{image.kind}")

    def __str__(self) -> str:
        return self.alt

    def size(self) -> tuple[int, int]:
        """Width and height on paper in Word's unit, 1/36 000 millimetre."""
        width = self.width_mm or self.image.width_mm
        height = width * self.image.height / self.image.width
        scale = min(1.0, MAX_WIDTH_MM / width, MAX_HEIGHT_MM / height)
        return max(1, round(width * scale * _EMU)), max(1, round(height * scale * _EMU))


def drawing_xml(picture: Picture, relation: str, number: int) -> str:
    """A picture that stands in the line, as ``w:drawing``. ``number``: an id that no other drawing has."""
    width, height = picture.size()
    named = f'id="{number}" name="Bild {number}" descr="{plain_xml(picture.alt)}"'
    return (
        f'<w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr {named}/>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_DRAWING}/main" noChangeAspect="1"/>'
        f'</wp:cNvGraphicFramePr><a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{_R}" r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )


def example_picture(alt: str) -> Picture:
    """A plain plate to stand where a picture will be."""
    width, height = 240, 80
    rows = (b"\0" + b"\x2f\x5d\x7c" * width) * height
    header = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(rows)), _chunk(b"IEND", b""))
    return Picture(PNG + b"".join(chunks), 40, alt)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">L4s", len(data), name) + data + struct.pack(">L", zlib.crc32(data, zlib.crc32(name)))


def _checked(content: bytes) -> Image:
    if len(content) > MAX_BYTES:
        raise PictureRefused("Bilden är större än %(megabytes)s MB.", megabytes=MAX_BYTES // 2**20)
    if b"<svg" in content[:4096].lower():
        raise PictureRefused(
            "SVG-bilder kan innehålla program och länkar och tas därför inte emot. Spara bilden som PNG."
        )
    image = read_image(content)
    if image is None:
        raise PictureRefused("Filen är ingen hel PNG- eller JPEG-bild. Spara bilden på nytt som PNG eller JPEG.")
    if image.width * image.height > MAX_PIXELS:
        raise PictureRefused("Bilden har fler än %(pixels)s miljoner bildpunkter.", pixels=MAX_PIXELS // 10**6)
    return image
