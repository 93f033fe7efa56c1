"""Several PDFs become one that can be read, with a bookmark where each begins."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.word.pdf.joining import JoiningFailed, Part, joined

# What XML and PDF can hold: no surrogates.
titles = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=40)


def pdf(pages: int) -> bytes:
    with pypdfium2.PdfDocument.new() as made:
        for _each in range(pages):
            made.new_page(200, 300)
        written = io.BytesIO()
        made.save(written)
    return written.getvalue()


@given(st.lists(st.tuples(titles, st.integers(1, 4)), min_size=1, max_size=6))
def test_every_part_has_a_bookmark_at_its_first_page(told: list[tuple[str, int]]) -> None:
    whole = joined([Part(title, pdf(pages)) for title, pages in told], title="Kallelse")
    begins, page = [], 0
    for title, pages in told:
        begins.append((title, page))
        page += pages
    with pypdfium2.PdfDocument(whole) as read:
        assert len(read) == page
        assert [(mark.get_title(), mark.get_dest().get_index()) for mark in read.get_toc()] == begins
        assert read.get_metadata_value("Title") == "Kallelse"


def test_a_joined_file_can_be_joined_again() -> None:
    inner = joined([Part("Ett", pdf(2)), Part("Två", pdf(1))])
    with pypdfium2.PdfDocument(joined([Part("Först", pdf(1)), Part("Sedan", inner)])) as read:
        assert [mark.get_title() for mark in read.get_toc()] == ["Först", "Sedan"]
        assert len(read) == 4


def test_a_damaged_part_is_named() -> None:
    with pytest.raises(JoiningFailed) as refused:
        joined([Part("Kallelse", pdf(1)), Part("Bilaga 1. Trasig", b"%PDF-1.7 and no more")])
    assert refused.value.values["title"] == "Bilaga 1. Trasig"
