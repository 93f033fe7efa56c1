from __future__ import annotations

import hashlib
import io
import struct
from dataclasses import dataclass
from typing import Annotated

import pytest
from docx.document import Document
from hypothesis import given
from hypothesis import strategies as st

from paragraf.word.fields import FieldKind, FieldLine, Says, example_of, field_lines, field_paths
from paragraf.word.filling.drawings import MAX_BYTES, Picture, PictureRefused, example_picture
from paragraf.word.filling.template import compile_template
from tests.word import files
from tests.word.reading import W

LOGO = example_picture("Samordningsförbundet Linds logotyp")
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@dataclass(frozen=True)
class Front:
    logo: Annotated[Picture | None, Says("Logotyp", "Förbundets märke")]


def jpeg(width: int, height: int, density: int = 0) -> bytes:
    """The smallest JPEG that has a size: its picture is grey nothing."""
    start = b"\xff\xd8\xff\xe0" + struct.pack(">H5sHBHHBB", 16, b"JFIF\0", 0x101, 1, density, density, 0, 0)
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\1\x11\0"
    return start + frame + b"\xff\xda\0\x08\1\1\0\0\x3f\0\0\xff\xd9"


def filled(content: bytes, **fields: object) -> Document:
    return files.opened(compile_template(content).fill(fields))


@pytest.mark.parametrize("tag", ["{{ logo }}", "{{r logo }}", "{{p logo }}"])
def test_a_picture_is_printed_in_the_line_with_its_alternative_text(tag: str) -> None:
    document = filled(files.with_paragraphs(tag), logo=LOGO)
    (shape,) = document.inline_shapes
    assert (shape.width.mm, round(shape.height.mm, 3)) == (40, 13.333)
    assert shape._inline.docPr.get("descr") == "Samordningsförbundet Linds logotyp"
    (part,) = [each for each in document.part.package.iter_parts() if "/media/" in each.partname]
    assert part.blob == LOGO.content
    assert part.content_type == "image/png"
    assert part.partname == f"/word/media/{hashlib.sha256(LOGO.content).hexdigest()[:32]}.png"


def test_the_text_around_a_picture_stays() -> None:
    document = filled(files.with_paragraphs("före {{ logo }} efter"), logo=LOGO)
    assert document.paragraphs[0].text == "före  efter"


def test_the_same_picture_is_stored_once_and_its_drawings_have_ids_of_their_own() -> None:
    def build(document: Document) -> None:
        document.add_picture(io.BytesIO(LOGO.content))
        document.add_paragraph("{{ logo }}{% for each in logos %}{{ each }}{{ each }}{% endfor %}")
        document.sections[0].header.paragraphs[0].text = "{{r logo }}"

    same = Picture(bytes(LOGO.content), 20, "Samma")
    content = compile_template(files.built(build)).fill({"logo": LOGO, "logos": [same, example_picture("x")]})
    media = [name for name in files.parts(content) if "/media/" in name]
    assert len(media) == 2, "the template's own and ours"
    drawings = [
        each.get("id")
        for part in ("word/document.xml", "word/header1.xml")
        for each in files.xml_of(content, part).iter(f"{DRAWING}docPr")
    ]
    assert len(drawings) == len(set(drawings)) == 7
    assert files.opened(content).sections[0].header.part.rels["rId1"].target_part.blob == LOGO.content


def test_drawings_in_a_loop_get_ids_of_their_own_and_bookmarks_in_it_go() -> None:
    def build(document: Document) -> None:
        document.add_paragraph("{%p for i in items %}")
        document.add_picture(io.BytesIO(LOGO.content))
        for number, name in enumerate(("bookmarkStart", "bookmarkEnd")):
            mark = document.element.body.makeelement(f"{W}{name}", {f"{W}id": "7", f"{W}name": "x"})
            document.paragraphs[-1]._p.insert(number, mark)
        document.add_paragraph("{%p endfor %}")
        document.add_picture(io.BytesIO(LOGO.content))

    xml = files.xml_of(compile_template(files.built(build)).fill({"items": [1, 2, 3]}))
    drawings = [each.get("id") for each in xml.iter(f"{DRAWING}docPr")]
    assert len(drawings) == len(set(drawings)) == 4
    assert not list(xml.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"))


def test_no_picture_prints_nothing_and_may_be_asked_for() -> None:
    content = files.with_paragraphs("[{% if logo %}bild: {{ logo }}{% endif %}{{ logo }}{{r logo }}]")
    for nothing in (None, ""):
        document = filled(content, logo=nothing)
        assert (document.paragraphs[0].text, len(document.inline_shapes)) == ("[]", 0)
    assert len(filled(content, logo=LOGO).inline_shapes) == 3


def test_a_picture_prints_as_its_text_where_only_text_can_stand() -> None:
    def build(document: Document) -> None:
        document.core_properties.title = "{{ logo }}"

    assert filled(files.built(build), logo=Picture(LOGO.content, alt='"Å" & <ö>')).core_properties.title == '"Å" & <ö>'


def test_alternative_text_is_escaped() -> None:
    document = filled(files.with_paragraphs("{{ logo }}"), logo=Picture(LOGO.content, alt='<a "b" & c\n\x00d'))
    assert document.inline_shapes[0]._inline.docPr.get("descr") == '<a "b" & c d'


def test_a_picture_without_a_width_is_as_wide_as_it_says_and_never_larger_than_the_page() -> None:
    assert Picture(jpeg(300, 150, density=300)).size() == (914_400, 457_200)  # one inch by half an inch
    assert Picture(jpeg(96, 96)).size() == (914_400, 914_400)
    assert Picture(jpeg(9000, 3000)).size() == (170 * 36_000, round(170 / 3 * 36_000))
    assert Picture(jpeg(10, 30), width_mm=170).size() == (round(230 / 3 * 36_000), 230 * 36_000)
    assert Picture(jpeg(10, 10, density=1)).size() == Picture(jpeg(10, 10)).size()


@pytest.mark.parametrize("width", [0, -3, 1001, float("nan"), float("inf")])
def test_a_width_that_is_none_is_refused(width: float) -> None:
    with pytest.raises(PictureRefused, match="bredd"):
        Picture(LOGO.content, width)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "ingen hel PNG- eller JPEG-bild"),
        (b"GIF89a", "ingen hel PNG- eller JPEG-bild"),
        (LOGO.content[:-1], "ingen hel PNG- eller JPEG-bild"),
        (LOGO.content[:60], "ingen hel PNG- eller JPEG-bild"),
        (LOGO.content.replace(b"IHDR", b"IHDX"), "ingen hel PNG- eller JPEG-bild"),
        (jpeg(10, 10)[:-2], "ingen hel PNG- eller JPEG-bild"),
        (jpeg(0, 10), "ingen hel PNG- eller JPEG-bild"),
        (b"\xff\xd8\xff\xff\xd9", "ingen hel PNG- eller JPEG-bild"),
        (b'<?xml version="1.0"?><SVG onload="x"/>', "SVG-bilder"),
        (jpeg(30_000, 30_000), "fler än 40 miljoner bildpunkter"),
        (LOGO.content + bytes(MAX_BYTES), "större än 5 MB"),
    ],
)
def test_what_is_no_picture_for_a_document_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(PictureRefused, match=reason):
        Picture(content)


@given(content=st.binary(max_size=200), head=st.sampled_from([b"", LOGO.content[:40], jpeg(5, 5)[:22]]))
def test_any_bytes_are_a_picture_or_refused(content: bytes, head: bytes) -> None:
    try:
        width, height = Picture(head + content).size()
    except PictureRefused:
        return
    assert width > 0
    assert height > 0


def test_a_field_may_be_a_picture() -> None:
    assert field_lines(Front) == (FieldLine("logo", False, "Logotyp", "Förbundets märke", FieldKind.PICTURE),)
    assert field_paths(Front) == {"logo"}
    assert example_of(Front) == Front(example_picture("Förbundets märke"))
