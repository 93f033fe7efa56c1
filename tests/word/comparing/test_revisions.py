"""Tracked changes as Word writes them, ours and others': accepted and rejected, one kind after another."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from paragraf.word.comparing import accept_all, reject_all
from tests.word.comparing.documents import W, document
from tests.word.comparing.raw import p, r, word
from tests.word.files import parts

WHO = 'w:id="1" w:author="Maj" w:date="2026-01-01T00:00:00Z"'


def ins(*inside: str) -> str:
    return f"<w:ins {WHO}>{''.join(inside)}</w:ins>"


def gone(text: str) -> str:
    return f'<w:del {WHO}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def moved(name: str, *inside: str) -> str:
    start = f'<w:{name}RangeStart {WHO} w:name="m"/>'
    return f'{start}<w:{name} {WHO}>{"".join(inside)}</w:{name}><w:{name}RangeEnd w:id="1"/>'


def mark(name: str) -> str:
    return f"<w:rPr><w:{name} {WHO}/></w:rPr>"


def table(*rows: str) -> str:
    return f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="100"/></w:tblGrid>{"".join(rows)}</w:tbl>'


def row(text: str, properties: str = "", cell: str = "") -> str:
    return f"<w:tr>{properties}<w:tc>{cell}{p(text)}</w:tc></w:tr>"


def said(content: bytes) -> list[str]:
    root = etree.fromstring(parts(content)["word/document.xml"])
    return ["".join(t.text or "" for t in each.iter(f"{W}t", f"{W}delText")) for each in root.iter(f"{W}p")]


def find(content: bytes, path: str) -> Any:
    return etree.fromstring(parts(content)["word/document.xml"]).find(path.replace("w:", W))


CASES: dict[str, tuple[str, list[str], list[str]]] = {
    "words": (p("Ett ", gone("gammalt"), ins(r("nytt")), " ord"), ["Ett nytt ord"], ["Ett gammalt ord"]),
    "deleted insertion": (p("Ett ", ins(gone("halvt ")), "ord"), ["Ett ord"], ["Ett ord"]),
    "move": (p("a", moved("moveFrom", r("b")), "c", moved("moveTo", r("b"))), ["acb"], ["abc"]),
    "new end": (p("a", frame=mark("ins")) + p("b"), ["a", "b"], ["ab"]),
    "gone end": (p("a", frame=mark("del")) + p("b"), ["ab"], ["a", "b"]),
    "several ends": (p("a", frame=mark("del")) + p("b", frame=mark("del")) + p("c"), ["abc"], ["a", "b", "c"]),
    "gone before a table": (p(gone("a"), frame=mark("del")) + table(row("t")) + p("z"), ["t", "z"], ["a", "t", "z"]),
    "rows": (
        table(row("a"), row("b", f"<w:trPr><w:ins {WHO}/></w:trPr>"), row("c", f"<w:trPr><w:del {WHO}/></w:trPr>"))
        + p("z"),
        ["a", "b", "z"],
        ["a", "c", "z"],
    ),
    "whole table": (table(row("a", f"<w:trPr><w:del {WHO}/></w:trPr>")) + p("z"), ["z"], ["a", "z"]),
    "cell": (
        table("<w:tr><w:tc><w:p/></w:tc>" + row("x", cell=f"<w:tcPr><w:cellIns {WHO}/></w:tcPr>")[6:]) + p("z"),
        ["", "x", "z"],
        ["", "z"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_kind_of_change_is_settled(name: str) -> None:
    body, accepted, rejected = CASES[name]
    content = word(body)
    assert said(accept_all(content)) == accepted
    assert said(reject_all(content)) == rejected
    for settled in (accept_all(content), reject_all(content)):
        assert WHO.encode() not in parts(settled)["word/document.xml"]
        assert b"RangeStart" not in parts(settled)["word/document.xml"]


def test_properties_become_the_old_ones_and_keep_what_was_not_tracked() -> None:
    frame = (
        f'<w:pStyle w:val="Heading1"/><w:rPr><w:b/></w:rPr><w:sectPr><w:pgSz w:w="100" w:h="100"/></w:sectPr>'
        f'<w:pPrChange {WHO}><w:pPr><w:jc w:val="center"/></w:pPr></w:pPrChange>'
    )
    run = r("ord", f"<w:b/><w:rPrChange {WHO}><w:rPr><w:i/></w:rPr></w:rPrChange>")
    content = word(p(run, frame=frame), p("slut"))
    now, before = accept_all(content), reject_all(content)
    assert [etree.QName(each).localname for each in find(now, ".//w:pPr")] == ["pStyle", "rPr", "sectPr"]
    assert [etree.QName(each).localname for each in find(before, ".//w:pPr")] == ["jc", "rPr", "sectPr"]
    assert find(now, ".//w:r/w:rPr/w:b") is not None
    assert [etree.QName(each).localname for each in find(before, ".//w:r/w:rPr")] == ["i"]


def test_a_file_without_tracked_changes_is_the_same_in_every_part() -> None:
    content = document("Ett ord.")
    assert parts(accept_all(content)) == parts(reject_all(content)) == parts(content)


def test_headers_and_notes_are_settled_too() -> None:
    content = word(p("a"), header=p("Huvud ", ins(r("nytt"))), notes={2: "not"})
    assert b"nytt" in parts(accept_all(content))["word/header1.xml"]
    assert b"nytt" not in parts(reject_all(content))["word/header1.xml"]
