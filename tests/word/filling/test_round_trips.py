"""What goes in comes out, whichever tag prints it and wherever it stands, read back by python-docx and mammoth."""

from __future__ import annotations

import io
import re

import mammoth
import pytest
from docx.document import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st

from paragraf.core.formatted import Block, Formatted, Span
from paragraf.word.filling.template import Template, compile_template
from tests.word import files

TAGS = ("{{ text }}", "{{r text }}", "{{p block }}")
# Every sign there is, those that XML forbids more often than chance would have it.
ANY_TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from("&<>\"'\r\n\t\x00\x0b\x0c\x1f\ud800\udfff\ufffe\uffff\ufdd0{}%"))
)


def everywhere() -> Template:
    """A template with each tag in the body, in a cell and in the header."""

    def build(document: Document) -> None:
        table = document.add_table(1, len(TAGS))
        header = document.sections[0].header
        for number, tag in enumerate(TAGS):
            document.add_paragraph(tag)
            table.cell(0, number).text = tag
            header.add_paragraph(tag)

    return compile_template(files.built(build))


EVERYWHERE = everywhere()


def as_word_keeps_it(text: str) -> str:
    """The rule: line ends of every kind are one kind, half signs show as a replacement, other forbidden ones go."""
    text = re.sub(r"\r\n?|[\x0b\x0c]", "\n", text)
    return re.sub("[\x00-\x08\x0e-\x1f\ufffe\uffff]", "", re.sub("[\ud800-\udfff]", "\ufffd", text))


def readings(text: str) -> list[str]:
    content = EVERYWHERE.fill({"text": text, "block": Formatted((Block((Span(text),)),))})
    document = files.opened(content)
    body = [paragraph.text for paragraph in document.paragraphs]
    header = [paragraph.text for paragraph in document.sections[0].header.paragraphs[1:]]
    return [*body, *(cell.text for cell in document.tables[0].rows[0].cells), *header]


@given(text=ANY_TEXT)
@example("\r\n\r\x0b")
@example("\ud83d\ude00")
@settings(deadline=None, max_examples=60)
def test_any_text_comes_back_from_every_tag_and_place(text: str) -> None:
    assert readings(text) == [as_word_keeps_it(text)] * 9


@pytest.mark.parametrize(
    "text",
    [
        "Ljus & <ljud> \"och\" 'så' &amp; &#38; ]]>",
        "å ä ö Å Ä Ö é ü",
        "410\u00a0000\u00a0kr",
        "👩‍👩‍👧 🇸🇪 👍🏽",
        "\u200fשלום\u200e \u202bمرحبا\u202c",
        "{{ name }} {% if x %} {# a #} {{p b }}",
        "<w:p><w:r/></w:p><?cell?>",
        "\ufdd0\ufdd2name\ufdd3\ufdd7",
        " två  blanksteg, \ttabb \t",
        "\n\nrader\n\n",
        "x" * 100_000,
        "å&\n" * 1000,
    ],
    ids=lambda text: ascii(text[:20]),
)
def test_named_texts_come_back_from_every_tag_and_place(text: str) -> None:
    assert readings(text) == [text] * 9


@given(text=ANY_TEXT)
@settings(deadline=None, max_examples=30)
def test_plain_text_in_a_paragraph_tag_is_its_paragraphs(text: str) -> None:
    template = compile_template(PLAIN)
    read = [paragraph.text for paragraph in files.opened(template.fill({"text": text})).paragraphs]
    lines = re.sub(r"\r\n?", "\n", text)
    assert read == [as_word_keeps_it(each.strip()) for each in re.split(r"\n\s*\n", lines) if each.strip()]


PLAIN = files.with_paragraphs("{{p text }}")


@given(texts=st.lists(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1), min_size=1, max_size=5))
@settings(deadline=None, max_examples=30)
def test_mammoth_reads_the_same_text(texts: list[str]) -> None:
    content = compile_template(PLAIN).fill({"text": tuple(texts)})
    assert mammoth.extract_raw_text(io.BytesIO(content)).value.split("\n\n")[:-1] == texts
