"""Light markup: what people type comes out formatted, and what is no mark comes out as typed."""

from __future__ import annotations

import time
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.core.formatted import Block, BlockKind, Formatted, Span
from paragraf.core.light_markup import DEEPEST, parse
from paragraf.core.markup_writing import to_markup

BULLET, NUMBER, PARAGRAPH = BlockKind.BULLET, BlockKind.NUMBER, BlockKind.PARAGRAPH
#: Characters that meet each other in every way that could be read wrongly.
PIECES = ["**", "*", "***", "[", "](https://a.b)", "](mailto:a@b.c)", "\\", " ", "\n", "\n\n", "- ", "1. ", "2. ", "  "]
PIECES += ["a", "b c", "5", "(", ")", "•\t", ".", "å"]
TRICKY = st.text(alphabet="ab5 *\n-•.1[]()\\_\t", max_size=40) | st.lists(st.sampled_from(PIECES), max_size=25).map(
    "".join
)
HOSTILE = [
    "[",
    "*",
    "*a ",
    "**a *b",
    "- ",
    "-\n",
    "- a\n",
    "1. a\n",
    "[a](https://",
    "[a](https://b(",
    "\\",
    "\\*",
    "\n ",
]
HOSTILE += ["[a](mailto:[a](", "***a* b**", "[[a](http://b)](c", " ", "- \t", "\\\\-", "a**b"]


def shown(text: str) -> list[tuple[str, int, int, str]]:
    """The blocks as (kind, level, number, words with <b>, <i> and <a>)."""
    return [(block.kind.value[0], block.level, block.number, "".join(map(look, block.spans))) for block in parse(text)]


def look(span: Span) -> str:
    words = f"<i>{span.text}</i>" if span.italic else span.text
    words = f"<b>{words}</b>" if span.bold else words
    return f"<a {span.link}>{words}</a>" if span.link else words


def line(text: str) -> str:
    """The words of a text that is one paragraph."""
    [(kind, level, number, words)] = shown(text)
    assert (kind, level, number) == ("p", 0, 0)
    return words


@pytest.mark.parametrize(
    "typed",
    [
        "5*3*2 och 2**3**4, a*b*c",
        "kr_per_år och __init__",
        "§ 5 * gäller, * inte",
        "*) Exklusive moms. *) Se ovan.",
        "netto* och brutto*, kr*/år*",
        "Avtalet [sic] gäller [1] (2026) och [se bilaga](bilaga 1)",
        "C:\\temp\\ny och \\\\server\\mapp, \\n",
        "# rubrik",
        "> citat",
        "+ 5 procent",
        "* avser 2026",
        "– Ja, sade hon – och gick",
        "-5 grader",
        "--- ***** ----",
        "1.5 miljoner",
        "1) första",
        "01. januari",
        "123456. Ett långt nummer",
        "`kod` <b>html</b> &amp; ~~x~~ | a | b |",
        "[klicka](javascript:alert(1)) [a](data:x) [a](//b.c) [a](http:b) [](https://a.b) [ a](https://a.b)",
        "![bild](ftp://a.b)",
        "https://lag.example/om(den)",
        "**",
        "****",
        "** a **",
        "**halv",
        "halv*",
        "•punkt",
    ],
)
def test_what_is_no_mark_prints_as_typed(typed: str) -> None:
    assert line(typed) == typed


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("**Styrelsen** beslutar *inte*.", "<b>Styrelsen</b> beslutar <i>inte</i>."),
        ("***båda***", "<b><i>båda</i></b>"),
        ("***båda** kursiv*", "<b><i>båda</i></b><i> kursiv</i>"),
        ("**fet *båda* fet**", "<b>fet </b><b><i>båda</i></b><b> fet</b>"),
        ("*i **båda* b**", "<i>i </i><b><i>båda</i></b><b> b</b>"),
        ("**Förbunds**chef och *Förbunds*chef", "<b>Förbunds</b>chef och <i>Förbunds</i>chef"),
        ("(**fet**), **”fet”**", "(<b>fet</b>), <b>”fet”</b>"),
        ("**rad ett\nrad två**", "<b>rad ett\nrad två</b>"),
        ("*5 och *kursiv*", "*5 och <i>kursiv</i>"),
        ("***fet**", "*<b>fet</b>"),
        ("**fet***", "<b>fet</b>*"),
        (r"\*inte kursiv\*", "*inte kursiv*"),
        (r"\[a](https://b.c)", "[a](https://b.c)"),
        (r"\- ingen punkt", "- ingen punkt"),
        (r"1986\. Ett år", "1986. Ett år"),
        ("[lagen](https://lag.example/a_(b)?c=d)", "<a https://lag.example/a_(b)?c=d>lagen</a>"),
        ("[Skriv](mailto:a@b.c) till [oss](HTTP://B.C)", "<a mailto:a@b.c>Skriv</a> till <a HTTP://B.C>oss</a>"),
        ("**se [lagen](https://b.c)**", "<b>se </b><a https://b.c><b>lagen</b></a>"),
        ("[den **nya** lagen](https://b.c)", None),
    ],
)
def test_marks_give_looks(typed: str, words: str | None) -> None:
    if words is None:
        words = "<a https://b.c>den </a><a https://b.c><b>nya</b></a><a https://b.c> lagen</a>"
    assert line(typed) == words


def test_enter_is_a_line_break_and_a_blank_line_a_new_paragraph() -> None:
    assert shown("ett\r\n  två\n \n\ntre ") == [("p", 0, 0, "ett\n  två"), ("p", 0, 0, "tre")]
    assert shown(" \n\n") == []
    assert not parse("")


def test_lists_follow_a_paragraph_and_end_at_a_line_that_does_not_stand_in() -> None:
    assert shown("Närvarande:\n- Åsa\n  från kl. 10\n• Bo\nDärefter") == [
        ("p", 0, 0, "Närvarande:"),
        ("b", 0, 0, "Åsa\nfrån kl. 10"),
        ("b", 0, 0, "Bo"),
        ("p", 0, 0, "Därefter"),
    ]


def test_numbers_are_kept_as_typed() -> None:
    assert shown("1. ett\n3. tre\n\n4. fyra") == [("n", 0, 1, "ett"), ("n", 0, 3, "tre"), ("n", 0, 4, "fyra")]
    assert shown("1986. Ett år") == [("n", 0, 1986, "Ett år")]
    assert shown("Det antogs\n1986. Sedan dess\n1. ett")[0] == ("p", 0, 0, "Det antogs\n1986. Sedan dess")


def test_deeper_lists_stand_in() -> None:
    typed = "- a\n  - b\n     1. c\n\n   - d\n\t- e\n - f"
    assert [(words, level) for _kind, level, _number, words in shown(typed)] == [
        *(("a", 0), ("b", 1), ("c", 2), ("d", 1), ("e", 2), ("f", 0)),
    ]
    assert [level for _kind, level, *_ in shown("   - a\n- b\n  - c")] == [0, 0, 1]


def test_lists_go_no_deeper_than_word_does() -> None:
    levels = [block.level for block in parse("".join(f"{'  ' * depth}- a\n" for depth in range(400)))]
    assert levels == [*range(DEEPEST), *[DEEPEST] * (400 - DEEPEST)]


@given(st.text(alphabet=st.characters(exclude_characters="*[\\-•.\r"), max_size=200))
def test_a_text_without_marks_comes_back_the_same(text: str) -> None:
    parts = [part.strip() for part in text.split("\n\n")]
    blank = any(not row.strip() for part in parts for row in part.split("\n"))
    if not blank:
        assert [str(block) for block in parse(text)] == parts
    assert "".join(str(parse(text)).split()) == "".join(text.split())
    assert all(block.kind is PARAGRAPH and len(block.spans) == 1 for block in parse(text))


@given(TRICKY | st.text())
def test_what_is_no_mark_is_never_lost(text: str) -> None:
    def letters(words: str) -> list[str]:
        return [each for each in words if each.isalpha()]

    told = []
    for block in parse(text):
        for link, spans in groupby(block.spans, key=lambda span: span.link):
            told += [*(span.text for span in spans), link]
    # Two links beside each other to one address are read as one.
    if (text.count("://") + text.count("mailto:")) < 2:
        assert letters("".join(told)) == letters(text)


@given(TRICKY | st.text())
def test_what_is_read_is_in_one_form(text: str) -> None:
    level = -1
    for block in parse(text):
        assert str(block).strip() == str(block) != ""
        assert all(span.text for span in block.spans)
        assert all(
            (one.bold, one.italic, one.link) != (two.bold, two.italic, two.link)
            for one, two in zip(block.spans, block.spans[1:], strict=False)
        )
        level = block.level if block.kind is not PARAGRAPH and block.level <= level + 1 else -1
        assert level >= 0 or block.kind is PARAGRAPH


@given(TRICKY | st.text())
def test_what_was_read_is_written_so_that_it_reads_the_same(text: str) -> None:
    read = parse(text)
    assert parse(to_markup(read)) == read


WORDS = st.text(alphabet="abå5*-.1[]\\()", min_size=1, max_size=6)
SPANS = st.lists(
    st.builds(
        Span,
        WORDS | st.just("b\n- c") | st.just(" "),
        st.booleans(),
        st.booleans(),
        st.sampled_from(["", "", "", "https://a.b/c_(d)", "mailto:a@b.c"]),
    ),
    min_size=1,
    max_size=5,
).map(tuple)


@given(SPANS, st.sampled_from([(PARAGRAPH, 0, 0), (BULLET, 0, 0), (NUMBER, 0, 12)]))
def test_of_formatted_text_from_elsewhere_no_words_are_lost(
    spans: tuple[Span, ...], kind: tuple[BlockKind, int, int]
) -> None:
    block = Block(spans, *kind)
    if not str(block).strip():
        return
    [read] = parse(to_markup(Formatted((block,)))).blocks
    assert (read.kind, read.level, read.number) == kind
    assert [row.strip() for row in str(read).split("\n")] == [row.strip() for row in str(block).strip().split("\n")]


def test_words_that_marks_can_hug_keep_their_looks() -> None:
    bold, both = Span("1. (a)*", bold=True), Span("b", bold=True, italic=True, link="https://a.b")
    block = Block((bold, both, Span(" - "), Span("c", italic=True), Span("\n- d [x](https://y.z)")))
    assert parse(to_markup(Formatted((block, block)))).blocks == (block, block)


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_texts_take_no_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    before = time.process_time()
    parse(text)
    assert time.process_time() - before < 2
