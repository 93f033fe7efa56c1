"""Two versions give tracked changes: all accepted is the new text, all rejected the old, whatever the versions are."""

from __future__ import annotations

import time
import tracemalloc
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import etree

from paragraf.word.comparing import accept_all, compare, reject_all
from paragraf.word.faults import NotAWordFile
from tests.word.comparing.documents import (
    AUTHOR,
    Block,
    Grid,
    Text,
    W,
    Words,
    blocks,
    changes,
    compared,
    document,
    grid,
    pairs,
    read,
    text,
)
from tests.word.files import parts

ONE_AFTER_ANOTHER = {
    "pPr": ["pStyle", "keepNext", "numPr", "spacing", "ind", "jc", "rPr", "sectPr", "pPrChange"],
    "rPr": ["ins", "del", "rStyle", "rFonts", "b", "i", "color", "sz", "rPrChange"],
    "trPr": ["cantSplit", "tblHeader", "ins", "del"],
}


def local(element: Any) -> str:
    return str(etree.QName(element).localname)


def assert_valid(content: bytes) -> None:
    """What Word demands of tracked changes."""
    root = etree.fromstring(parts(content)["word/document.xml"])
    numbers = []
    for mark in root.iter(*(f"{W}{name}" for name in ("ins", "del", "rPrChange", "pPrChange"))):
        numbers.append(mark.get(f"{W}id"))
        assert mark.get(f"{W}author") == AUTHOR
        assert mark.get(f"{W}date") == "2026-03-02T09:00:00Z"
        inside = {local(each) for each in mark.iterdescendants()}
        if local(mark) in ("ins", "del"):
            assert not inside & {"ins", "del", "p", "hyperlink"}
            assert "t" not in inside or local(mark) == "ins"
            assert "delText" not in inside or local(mark) == "del"
    assert len(set(numbers)) == len(numbers)
    for name, order in ONE_AFTER_ANOTHER.items():
        for frame in root.iter(f"{W}{name}"):
            known = [order.index(local(child)) for child in frame if local(child) in order]
            assert known == sorted(known)
    for cell in root.iter(f"{W}tc"):
        assert local(cell[-1]) == "p"
        assert cell[-1].find(f"{W}pPr/{W}rPr/{W}del") is None


@settings(max_examples=60, deadline=None)
@given(pairs())
def test_all_accepted_is_the_new_and_all_rejected_the_old(versions: tuple[list[Block], list[Block]]) -> None:
    old, new = (document(*each) for each in versions)
    both = compared(old, new)
    assert_valid(both)
    assert read(accept_all(both)) == read(new)
    assert read(reject_all(both)) == read(old)


@settings(max_examples=15, deadline=None)
@given(blocks)
def test_a_version_against_itself_has_no_changes(same: list[Block]) -> None:
    content = document(*same)
    both = compared(content, content)
    assert b"<w:ins " not in parts(both)["word/document.xml"]
    assert b"<w:del " not in parts(both)["word/document.xml"]
    assert b"Change " not in parts(both)["word/document.xml"]
    assert read(both) == read(content)
    assert accept_all(content) == reject_all(content)


@pytest.mark.parametrize(
    ("old", "new", "seen"),
    [
        (
            "Bidrag om 410\u00a0000 kr beviljas.",
            "Bidrag om 425\u00a0000 kr beviljas.",
            ["410\u00a0000", "425\u00a0000"],
        ),
        ("Bidrag om 410 000 kr beviljas.", "Bidrag om 1 425 000 kr beviljas.", ["410 000", "1 425 000"]),
        (
            "Senast den 2026-03-02, kl. 09.00.",
            "Senast den 2026-03-05, kl. 10.30.",
            ["2026-03-02", "2026-03-05", "09.00", "10.30"],
        ),
        ("Styrelsen beslutar i frågan", "Styrelsen beslutar i frågan.", ["."]),
        (
            "Lindå-Norrsunds förbund för vuxna",
            "Lindå-Söderviks förbund för vuxna",
            ["Lindå-Norrsunds", "Lindå-Söderviks"],
        ),
        ("Åsa är ordförande i styrelsen", "Åke är ordförande i styrelsen", ["Åsa", "Åke"]),
        ("Klart 👩‍💻 nu och sedan", "Klart 👨‍💻 nu och sedan", ["👩‍💻", "👨‍💻"]),
        ("Namn:\tMaj Ek\nRoll:\tledamot", "Namn:\tMaj Ek\nRoll:\tersättare", ["ledamot", "ersättare"]),
        ("Första raden här\nandra raden", "Första raden här andra raden", ["", " "]),
    ],
)
def test_words_are_cut_as_people_see_them(old: str, new: str, seen: list[str]) -> None:
    assert [said for _name, said in changes(compared(document(old, "slut"), document(new, "slut")))] == seen


def test_a_rewritten_sentence_is_not_a_salad() -> None:
    old = "Kansliet föreslår att ärendet bordläggs och tas upp igen i höst. Ordföranden yrkar bifall."
    new = "Parterna har enats om att pröva frågan och återkomma när budgeten är klar. Ordföranden yrkar bifall."
    found = changes(compared(document(old), document(new)))
    assert [name for name, _said in found] == ["del", "ins"]


def test_a_date_between_figures_stays() -> None:
    found = changes(compared(document("Den 1 mars 2026 kl. 9", "x"), document("Den 2 mars 2027 kl. 9", "x")))
    assert found == [("del", "1"), ("ins", "2"), ("del", "2026"), ("ins", "2027")]


def test_a_look_on_equal_words_is_a_change_of_look() -> None:
    old, new = (
        document(Text((Words("Att "), Words("bevilja", bold=bold), Words(" medel.")))) for bold in (False, True)
    )
    both = compared(old, new)
    xml = parts(both)["word/document.xml"].decode()
    assert changes(both) == []
    assert xml.count("<w:rPrChange ") == 1
    assert '<w:rPr><w:b/><w:rPrChange w:id="1"' in xml


def test_a_look_in_the_middle_of_a_word_is_seen() -> None:
    old, new = document("förbundet"), document(Text((Words("för"), Words("bundet", italic=True))))
    both = compared(old, new)
    assert changes(both) == []
    assert read(accept_all(both)) == read(new)
    assert read(reject_all(both)) == read(old)


def test_a_style_is_a_change_of_the_paragraph() -> None:
    both = compared(document("Beslut", "x"), document(text("Beslut", "Heading 1"), "x"))
    assert changes(both) == []
    assert parts(both)["word/document.xml"].count(b"<w:pPrChange ") == 1


LONG = "Det första ledet är långt nog för att kännas igen.", "Det andra ledet är också långt nog."


def test_a_paragraph_that_is_cut_in_two_or_joined_changes_at_its_end_only() -> None:
    one, two = document("Före.", " ".join(LONG), "slut"), document("Före.", *LONG, "slut")
    assert sorted(changes(compared(one, two))) == [("del", " "), ("ins", "¶")]
    assert sorted(changes(compared(two, one))) == [("del", "¶"), ("ins", " ")]


def test_rows_are_matched_by_likeness() -> None:
    old = grid(("Post", "2026"), ("Löner", "410 000"), ("Lokaler", "20 000"), ("Resor", "5 000"))
    new = grid(("Post", "2026"), ("Löner för två", "425 000"), ("Handledning", "9 000"), ("Lokaler", "20 000"))
    found = changes(compared(document(old, "x"), document(new, "x")))
    assert found == [
        ("ins", " för två"),
        ("del", "410 000"),
        ("ins", "425 000"),
        ("ins", "¶"),
        ("ins", "Handledning"),
        ("ins", "9 000"),
        ("del", "¶"),
        ("del", "Resor"),
        ("del", "5 000"),
    ]


def test_tables_of_other_columns_are_other_tables() -> None:
    old, new = document(grid(("a", "b")), "x"), document(grid(("a", "b", "c")), "x")
    assert read(accept_all(compared(old, new))) == read(new)
    assert read(reject_all(compared(old, new))) == read(old)


def test_tables_in_tables_are_compared_inside() -> None:
    def nested(amount: str) -> bytes:
        return document(Grid((((grid(("Lön", amount)), text("x")),),)), "slut")

    assert changes(compared(nested("100"), nested("200"))) == [("del", "100"), ("ins", "200")]


def test_the_same_versions_give_the_same_bytes() -> None:
    old, new = document("Ett", grid(("a",)), "x"), document("Två", grid(("b",)), "x")
    assert compared(old, new) == compared(old, new)


def test_the_moment_is_told_in_utc_and_the_author_as_it_is() -> None:
    summer = datetime(2026, 7, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    both = compare(document("a"), document("b"), author='Åsa "X" <y>\x00', moment=summer)
    mark = next(etree.fromstring(parts(both)["word/document.xml"]).iter(f"{W}ins"))
    assert mark.get(f"{W}date") == "2026-06-30T23:30:00Z"
    assert mark.get(f"{W}author") == 'Åsa "X" <y>'


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 nothing"])
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    for versions in ((content, document("a")), (document("a"), content)):
        with pytest.raises(NotAWordFile):
            compared(*versions)
    for settle in (accept_all, reject_all):
        with pytest.raises(NotAWordFile):
            settle(content)


def _measured(old: bytes, new: bytes) -> tuple[float, float]:
    """Seconds of work and MB at most; one after the other, since watching the memory takes time."""
    begun = time.process_time()
    both = compared(old, new)
    took = time.process_time() - begun
    tracemalloc.start()
    compared(old, new)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read(accept_all(both)) == read(new)
    assert read(reject_all(both)) == read(old)
    return took, peak / 2**20


def test_long_paragraphs_without_a_common_word_are_bounded() -> None:
    old = " ".join(f"gammalt{number}" for number in range(9_000))
    new = " ".join(f"nytt{number}" for number in range(11_000))
    took, peak = _measured(document(old, "x"), document(new, "x"))
    assert took < 10
    assert peak < 100


def test_long_paragraphs_of_few_words_are_bounded() -> None:
    old = " ".join("abcdefg"[number * number % 7] for number in range(30_000))
    new = " ".join("abcdefg"[number * number * number % 7] for number in range(30_000))
    took, peak = _measured(document(old, "x"), document(new, "x"))
    assert took < 30
    assert peak < 200


def test_many_paragraphs_that_all_changed_are_bounded() -> None:
    old = [f"Punkt {number}: kansliet redovisar läget för insats {number * 7}." for number in range(1_000)]
    new = [f"Punkt {number}: kansliet redogör för läget i insats {number * 7}." for number in range(1_000)]
    took, peak = _measured(document(*old), document(*new))
    assert took < 30
    assert peak < 200


def section(number: int, matter: str) -> list[Block]:
    return [
        text(f"§ {number} {matter}", "Heading 1"),
        text("Bakgrund som är lika i alla paragrafer."),
        text("Beslut", "Heading 2"),
        text("Styrelsen beslutar att lägga informationen till handlingarna."),
    ]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_added_paragraph_of_the_minutes_is_told_from_its_heading(place: int) -> None:
    old = [block for number in (1, 2) for block in section(number, ("Budget", "Lokaler")[number - 1])]
    new = [*old[: 4 * place], *section(9, "Personal"), *old[4 * place :]]
    both = compared(document(*old, text("slut")), document(*new, text("slut")))
    inserted = [said for name, said in changes(both) if name == "ins" and said != "¶"]
    assert inserted[0] == "§ 9 Personal"
    assert len(inserted) == 4
    back = compared(document(*new, text("slut")), document(*old, text("slut")))
    assert next(said for _name, said in changes(back) if said != "¶") == "§ 9 Personal"
    assert read(reject_all(back)) == [*new, text("slut")]
