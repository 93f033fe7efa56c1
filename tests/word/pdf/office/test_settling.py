"""A PDF without its moment is still a whole PDF, and one of another make is left alone."""

from __future__ import annotations

import hashlib
import io
import re
import zlib

import pypdf
import pytest

from paragraf.word.pdf.office.settling import settled

WORD = b"PK word"
PROFILE = bytes(range(24)) + b"\x07\xea\x00\x0b\x00\x1b\x00\x0c\x00\x0e\x00\x04" + bytes(range(200)) * 40


def made(
    *,
    info: bytes = b"D:20260910120000Z'",
    xmp: bytes = b"2026-09-10T12:00:00Z",
    profile: bytes = PROFILE,
    level: int = 6,
) -> bytes:
    """A PDF as LibreOffice lays it out: what is not the same each time is given."""
    packed = zlib.compress(profile, level)
    metadata = b"<x><xmp:CreateDate>%s</xmp:CreateDate></x>" % xmp
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/OutputIntents[<</S/GTS_PDFA1/DestOutputProfile 3 0 R>>]/Metadata 5 0 R>>",
        b"<</Type/Pages/Count 1/Kids[6 0 R]>>",
        b"<</N 3/Length 4 0 R/Filter/FlateDecode>>\nstream\n%s\nendstream" % packed,
        b"%d" % len(packed),
        b"<</Type/Metadata/Length %d>>\nstream\n%s\nendstream" % (len(metadata), metadata),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        b"<</Title(Protokoll)\n/CreationDate(%s)>>" % info,
    ]
    body, places = b"%PDF-1.6\n", []
    for number, content in enumerate(objects, 1):
        body += b"\n"
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    identity = hashlib.md5(info).hexdigest().upper().encode()
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    table += b"trailer\n<</Size %d/Root 1 0 R\n/Info 7 0 R\n/ID [ <%s>\n<%s> ]\n/DocChecksum /%s\n>>\n" % (
        len(objects) + 1, identity, identity, identity,
    )  # fmt: skip
    return body + table + b"startxref\n%d\n%%%%EOF\n" % len(body)


LATER = PROFILE.replace(b"\x07\xea\x00\x0b", b"\x07\xeb\x00\x03")


def test_what_differs_by_the_moment_becomes_equal() -> None:
    one = made()
    other = made(info=b"D:20270311080910Z'", xmp=b"2027-03-11T08:09:10Z", profile=LATER, level=1)
    assert len(other) != len(one)
    assert settled(other, WORD) == settled(one, WORD)


def test_its_identity_follows_from_the_word_file() -> None:
    one, other = settled(made(), WORD), settled(made(), b"PK another")
    assert len(one) == len(other)
    assert one != other


@pytest.mark.parametrize("level", [0, 1, 9])
def test_all_parts_are_still_found(level: int) -> None:
    pdf = settled(made(level=level), WORD)
    reader = pypdf.PdfReader(io.BytesIO(pdf), strict=True)
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.creation_date) == ("Protokoll", None)
    catalog = reader.root_object
    profile = catalog["/OutputIntents"][0]["/DestOutputProfile"].get_data()  # type: ignore[index]
    assert (profile[:24], profile[36:]) == (PROFILE[:24], PROFILE[36:])
    assert profile[24:36] != PROFILE[24:36]
    assert b"2026" not in pdf
    for number, place in enumerate(re.findall(rb"(\d{10}) 00000 n", pdf), 1):
        assert pdf[int(place) :].startswith(b"%d 0 obj" % number)


@pytest.mark.parametrize(
    "other",
    [
        b"",
        b"%PDF-1.7\nof another make",
        made().replace(b"/CreationDate", b"/CreationTime"),
        made().replace(b"xmp:CreateDate", b"xmp:Created"),
        made().replace(b"(Protokoll)", b"(Protokoll)/CreationDate(D:2026)"),
        made().replace(b"/N 3/Length", b"/N 4/Length"),
        made().replace(b"xref\n0 8", b"xref\n1 7"),
        made().replace(zlib.compress(PROFILE, 6), bytes(len(zlib.compress(PROFILE, 6)))),
    ],
    ids=["empty", "other", "no date", "no XMP date", "two dates", "no such profile", "no such table", "damaged"],
)
def test_one_that_looks_otherwise_is_returned_as_it_is(other: bytes) -> None:
    assert settled(other, WORD) == other
