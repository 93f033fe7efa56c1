"""Formatted text as HTML: well-formed, escaped, with only the tags that are promised."""

from __future__ import annotations

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from paragraf.core.formatted import Block, BlockKind, Formatted, Span
from webapp.formatted import formatted

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a"}
ATTRIBUTES = {"a": {"href", "rel"}, "ol": {"start"}}
REL = 'rel="nofollow noopener noreferrer"'


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", ""),
        ("Ett & <två>\nrader\n\nStycke", "<p>Ett &amp; &lt;två&gt;<br>rader</p><p>Stycke</p>"),
        ("**fet** ***båda*** *k*", "<p><strong>fet</strong> <strong><em>båda</em></strong> <em>k</em></p>"),
        (
            '[**a** b](https://c.d/?e=1&f="g)',
            f'<p><a href="https://c.d/?e=1&amp;f=&#34;g" {REL}><strong>a</strong> b</a></p>',
        ),
        ("Före\n- a\n- b\nEfter", "<p>Före</p><ul><li>a</li><li>b</li></ul><p>Efter</p>"),
        (
            "- a\n  1. b\n  2. c\n    - d\n- e",
            "<ul><li>a<ol><li>b</li><li>c<ul><li>d</li></ul></li></ol></li><li>e</li></ul>",
        ),
        ("3. a\n4. b\n7. c", '<ol start="3"><li>a</li><li>b</li></ol><ol start="7"><li>c</li></ol>'),
        ("- a\n1. b\n- c", "<ul><li>a</li></ul><ol><li>b</li></ol><ul><li>c</li></ul>"),
        ("1. a\n  - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
    ],
)
def test_a_text_becomes_html(typed: str, shown: str) -> None:
    assert str(formatted(typed)) == shown


SPAN = st.builds(
    Span, st.text(max_size=8), st.booleans(), st.booleans(), st.sampled_from(["", "https://a.b/?c&d", "mailto:å@b.c"])
)
BLOCK = st.builds(
    Block,
    st.lists(SPAN, max_size=3).map(tuple),
    st.sampled_from(BlockKind),
    st.integers(0, 8),
    st.integers(0, 9999),
)


@given(st.lists(BLOCK, max_size=8).map(tuple))
def test_whatever_the_values_the_html_is_whole_and_tame(blocks: tuple[Block, ...]) -> None:
    shown = str(formatted(Formatted(blocks)))
    tame = nh3.clean(shown, tags=TAGS, attributes=ATTRIBUTES, link_rel=None, url_schemes={"https", "mailto"})
    tree = html.fragment_fromstring(tame, create_parent=True)
    assert tame.count("<") == shown.count("<")
    assert len(tree.findall(".//li")) + len(tree.findall(".//p")) == len(blocks)
    assert all(item.getparent().tag in ("ul", "ol") for item in tree.iter("li"))
