from __future__ import annotations

import struct
import zlib
from contextlib import suppress
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.core.errors import RuleBroken
from paragraf.templates import rules
from paragraf.word.faults import TemplateFault
from paragraf.word.fields import FieldLine
from paragraf.word.filling.drawings import Picture


@dataclass
class Fact:
    id: int


@given(st.lists(st.integers(1, 50), unique=True))
def test_the_fact_added_last_counts_whatever_order_they_come_in(ids: list[int]) -> None:
    found = rules.newest(map(Fact, ids))
    assert found == (Fact(max(ids)) if ids else None)


def test_a_field_left_out_is_told_once_and_not_its_parts() -> None:
    lines = [FieldLine(path, "[]" not in path, path, "") for path in ("title", "items", "items[].name", "items[].day")]
    shipped = {"title", "items", "items[].name", "items[].day"}
    assert [each.path for each in rules.left_out(shipped, {"title"}, lines)] == ["items"]
    assert [each.path for each in rules.left_out(shipped, {"items", "items[].day"}, lines)] == ["title", "items[].name"]
    assert rules.left_out({"title"}, {"title"}, lines) == []


def test_the_law_is_content_with_what_it_demands() -> None:
    everything = {path for demand in rules.DEMANDS["minutes"] for path in demand.paths}
    assert rules.unmet("minutes", everything) == []
    assert [one.paths for one in rules.unmet("minutes", everything - {"items[].clauses"})] == [("items[].clauses",)]
    # A list that is used only by its elements is printed all the same.
    assert rules.unmet("minutes", (everything - {"signers"}) | {"signers[].name"}) == []
    assert rules.unmet("application", set()) == []


@pytest.mark.parametrize(
    ("tag", "name", "near", "right"),
    [
        ("{{ meting_date }}", "meting_date", "meeting_date", "{{ meeting_date }}"),
        ("{{ item.nam }}", "items[].nam", "name", "{{ item.name }}"),
        ("{%p for one in item.clausess %}", "items[].clausess", "clauses", "{%p for one in item.clauses %}"),
        ("{{ nam or item.nam_2 }}", "nam", "name", "{{ name or item.nam_2 }}"),
    ],
)
def test_the_tag_is_shown_as_it_was_meant(tag: str, name: str, near: str, right: str) -> None:
    place = SimpleNamespace(raw=tag, part="brödtexten", near="")
    fault = TemplateFault("%(name)s %(nearest)s", at=place, name=name, nearest=near)
    assert rules.corrected(fault) == right


def test_without_a_near_name_nothing_is_proposed() -> None:
    assert rules.corrected(TemplateFault("fel", at=SimpleNamespace(raw="{{ x }}", part="", near=""), name="x")) == ""
    assert rules.corrected(TemplateFault("fel")) == ""


def png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in ((b"IHDR", head), (b"IDAT", b"x"), (b"IEND", b""))
    )
    return b"\x89PNG\r\n\x1a\n" + body


def jpeg(width: int, height: int) -> bytes:
    application = b"\xff\xe0\x00\x10JFIF\0" + bytes(9)
    return (
        b"\xff\xd8"
        + application
        + b"\xff\xc2\x00\x11\x08"
        + struct.pack(">HH", height, width)
        + bytes(20)
        + b"\xff\xd9"
    )


def size(picture: Picture) -> tuple[str, int, int, float | None]:
    return picture.image.kind, picture.image.width, picture.image.height, picture.width_mm


def test_a_logo_is_known_by_its_bytes_and_gets_a_letterheads_room() -> None:
    assert size(rules.check_logo(png(300, 80), " Norrdal ")) == ("png", 300, 80, 45)
    assert size(rules.check_logo(jpeg(300, 300), "Norrdal")) == ("jpeg", 300, 300, 20)
    assert size(rules.check_logo(png(16, 4000), "Norrdal")) == ("png", 16, 4000, 1)
    assert rules.check_logo(png(300, 80), " Norrdal ").alt == "Norrdal"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "ingen hel PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG-bilder"),
        (b"GIF89a" + bytes(40), "ingen hel PNG"),
        (png(300, 80)[:30], "ingen hel PNG"),
        (jpeg(300, 80)[:24], "ingen hel PNG"),
        (png(5000, 80), "onödigt stor"),
        (png(300, 2), "för liten"),
        (png(300, 80) + bytes(2_000_000), "onödigt stor"),
    ],
)
def test_a_logo_that_is_none_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(RuleBroken, match=reason):
        rules.check_logo(content, "Norrdal")


@given(st.binary(max_size=200))
def test_no_bytes_make_the_measuring_fail_otherwise(content: bytes) -> None:
    for beginning in (b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"):
        with suppress(RuleBroken):
            assert rules.check_logo(beginning + content, "Norrdal").alt
