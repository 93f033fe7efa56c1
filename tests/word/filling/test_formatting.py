"""Formatted text in a filled document: what goes in is what Word reads out."""

from __future__ import annotations

from typing import Any

import pytest
from docx.document import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from paragraf.core.formatted import Block, BlockKind, Formatted, Span
from paragraf.word.faults import TemplateFault
from paragraf.word.filling.template import check_template, compile_template
from tests.word import files, reading
from tests.word.reading import W, value

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1)
LOOKS = st.builds(
    Span,
    TEXT,
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "https://lindå.example/a?b=1&c=2#d", "mailto:maj@lind.example"]),
)


def numbered(text: str, number: int, level: int = 0) -> Block:
    return Block((Span(text),), BlockKind.NUMBER, level, number)


def bullet(text: str, level: int = 0) -> Block:
    return Block((Span(text),), BlockKind.BULLET, level)


def paragraph(text: str) -> Block:
    return Block((Span(text),))


def without_lists(*texts: str) -> bytes:
    """A template that knows no lists: no list styles, no numbering part."""
    content = files.parts(files.with_paragraphs(*texts))
    del content["word/numbering.xml"]
    relations = content["word/_rels/document.xml.rels"]
    kept = [line for line in relations.split(b"<") if b"/numbering" not in line]
    types = [line for line in content["[Content_Types].xml"].split(b"<") if b"/numbering" not in line]
    for name in ("word/styles.xml", "word/stylesWithEffects.xml"):
        styles = etree.fromstring(content[name])
        for style in styles.findall(f"{W}style"):
            if value(style, "name").startswith("List"):
                styles.remove(style)
        content[name] = etree.tostring(styles)
    content |= {
        "word/_rels/document.xml.rels": b"<".join(kept),
        "[Content_Types].xml": b"<".join(types),
    }
    return files.packed(content)


ALONE = files.with_paragraphs("{{p text }}")
WITHOUT_LISTS = without_lists("{{p text }}")


def read(content: bytes, text: object, part: str = "word/document.xml") -> Formatted:
    return reading.formatted(compile_template(content).fill({"text": text}), part)


def counted(shapes: list[tuple[BlockKind, int, bool]], spans: list[Span]) -> Formatted:
    """Blocks with the numbers that a list editor gives them; a list begins anew where the shape says so."""
    blocks: list[Block] = []
    last: dict[int, int] = {}
    for number, (kind, level, again) in enumerate(shapes):
        last = {each: shown for each, shown in last.items() if each <= level}
        shown = 0
        if kind is BlockKind.NUMBER:
            shown = last[level] = 1 if again else last.get(level, 0) + 1
        level = 0 if kind is BlockKind.PARAGRAPH else level
        blocks.append(Block(tuple(reading.joined((spans[number % len(spans)],))), kind, level, shown))
    return Formatted(tuple(blocks))


@pytest.mark.parametrize("template", [ALONE, WITHOUT_LISTS])
@given(
    shapes=st.lists(st.tuples(st.sampled_from(BlockKind), st.integers(0, 2), st.booleans()), max_size=12),
    spans=st.lists(LOOKS, min_size=1, max_size=12),
)
@settings(max_examples=40, deadline=None)
def test_formatted_text_in_is_formatted_text_out(
    template: bytes, shapes: list[tuple[BlockKind, int, bool]], spans: list[Span]
) -> None:
    text = counted(shapes, spans)
    assert read(template, text) == text


def test_lists_wear_the_templates_own_styles_and_ordinary_blocks_the_look_of_the_place() -> None:
    def build(document: Document) -> None:
        tag = document.add_paragraph(style="Body Text")
        tag.paragraph_format.keep_with_next = tag.paragraph_format.page_break_before = True
        run = tag.add_run("{{p text }}")
        run.font.name, run.italic = "Arial", True

    text = Formatted((paragraph("a"), bullet("b"), bullet("c", 1), numbered("d", 1), numbered("e", 1, 1), Block(())))
    document = files.opened(compile_template(files.built(build)).fill({"text": text}))
    names = ["Body Text", "List Bullet", "List Bullet 2", "List Number", "List Number 2", "Body Text"]
    assert [each.style.name for each in document.paragraphs if each.style] == names
    looks = [each.paragraph_format for each in document.paragraphs]
    assert [(each.keep_with_next, each.page_break_before) for each in looks] == [
        (True, True),
        *[(None, None)] * 4,
        (True, None),
    ]
    assert {(run.font.name, run.italic) for each in document.paragraphs for run in each.runs} == {("Arial", True)}


def test_swedish_style_names_are_found_too() -> None:
    content = files.parts(ALONE)
    styles = content["word/styles.xml"].replace(b'"List Number"', b'"Numrerad lista"')
    content["word/styles.xml"] = styles.replace(b'"List Bullet"', b'"Punktlista"')
    text = Formatted((bullet("a"), numbered("b", 1)))
    document = files.opened(compile_template(files.packed(content)).fill({"text": text}))
    assert [each.style.name for each in document.paragraphs if each.style] == ["Punktlista", "Numrerad lista"]


def test_every_list_that_begins_anew_has_a_numbering_of_its_own() -> None:
    text = Formatted((numbered("a", 1), numbered("b", 2), paragraph("mellan"), numbered("c", 3), numbered("d", 1)))
    content = files.with_paragraphs("{{p text }}", "{{p text }}")
    before = files.xml_of(content, "word/numbering.xml").findall(f"{W}num")
    filled = compile_template(content).fill({"text": text})
    numbers = [value(each, "pPr/numPr/numId") for each in files.xml_of(filled).iter(f"{W}p")]
    assert numbers[0] == numbers[1] == numbers[3]
    assert len({*numbers}) == 5
    assert len(files.xml_of(filled, "word/numbering.xml").findall(f"{W}num")) == len(before) + 4
    assert [block.number for block in reading.formatted(filled)] == [1, 2, 0, 3, 1] * 2


def test_a_list_may_begin_at_another_number() -> None:
    text = Formatted((numbered("a", 7), numbered("b", 8), numbered("c", 12)))
    assert read(ALONE, text) == text


def test_lists_deeper_than_the_templates_styles_are_still_lists() -> None:
    text = Formatted((bullet("a", 5), numbered("b", 1, 6), bullet("c", 40)))
    assert [(each.kind, each.level) for each in read(ALONE, text)] == [
        (BlockKind.BULLET, 5),
        (BlockKind.NUMBER, 6),
        (BlockKind.BULLET, 8),
    ]


def test_a_template_without_a_numbering_part_is_given_one_that_python_docx_finds() -> None:
    filled = compile_template(WITHOUT_LISTS).fill({"text": Formatted((bullet("a"), numbered("b", 1)))})
    assert files.opened(filled).part.numbering_part.element.num_lst
    assert list(files.parts(filled))[-1] == "word/numbering.xml"


def test_the_same_link_twice_is_one_relationship_and_gets_the_templates_style() -> None:
    span = Span("Lindå", bold=True, link="https://lind.example")
    document = files.opened(compile_template(ALONE).fill({"text": Formatted((Block((span,)), Block((span,))))}))
    links = [each.hyperlinks[0] for each in document.paragraphs]
    assert [(each.text, each.address) for each in links] == [("Lindå", "https://lind.example")] * 2
    assert links[0]._hyperlink.rId == links[1]._hyperlink.rId
    assert links[0].runs[0].font.underline

    def build(document: Document) -> None:
        document.styles.add_style("Hyperlink", 2)
        document.add_paragraph("{{p text }}")

    filled = files.opened(compile_template(files.built(build)).fill({"text": Formatted((Block((span,)),))}))
    run = filled.paragraphs[0].hyperlinks[0].runs[0]
    assert (run.style.name, run.bold, run.font.underline) == ("Hyperlink", True, None)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", r"\\server\x", "http://[fel", "https:"])
def test_an_address_that_no_reader_should_follow_is_text(link: str) -> None:
    assert read(ALONE, Formatted((Block((Span("x", link=link),)),))) == Formatted((paragraph("x"),))


def test_plain_text_is_cut_at_blank_lines_and_nothing_is_no_paragraph() -> None:
    texts = [paragraph("ett\nrad två"), paragraph("två")]
    assert list(read(ALONE, "ett\nrad två\n\n\ntvå")) == texts
    assert list(read(ALONE, ("ett\nrad två", "två"))) == texts
    assert list(read(ALONE, (Formatted((paragraph("a"),)), paragraph("b")))) == [paragraph("a"), paragraph("b")]
    for nothing in ("", None, (), Formatted(), " \n\n "):
        assert list(read(ALONE, nothing)) == []
    assert list(read(ALONE, 7)) == [paragraph("7")]


def test_ordinary_and_run_tags_print_formatted_text_too() -> None:
    text = Formatted((Block((Span("fet", bold=True), Span(" a", link="https://x.example"))), bullet("b & c")))
    assert files.texts(compile_template(files.with_paragraphs("[{{ text }}]")).fill({"text": text})) == [
        "[fet a\nb & c]"
    ]
    (block,) = read(files.with_paragraphs("{{r text }}"), text)
    assert block.spans == (Span("fet", bold=True), Span(" a", link="https://x.example"), Span("\nb & c"))


def test_blocks_and_spans_may_be_printed_one_by_one() -> None:
    text = Formatted((Block((Span("fet", bold=True), Span(" a"))), numbered("b", 1)))
    content = files.with_paragraphs(
        "{%p for block in text %}",
        "{{ block.number }}: {{r block }}",
        "{%p endfor %}",
        "{{r text.blocks[0].spans[0] }}",
    )
    assert [str(each) for each in read(content, text)] == ["0: fet a", "1: b", "fet"]


def test_a_link_within_a_link_or_a_field_is_text() -> None:
    def build(document: Document) -> None:
        for name in ("hyperlink", "fldSimple"):
            around = document.add_paragraph()._p.makeelement(f"{W}{name}", {f"{W}instr": "TITLE"})
            document.paragraphs[-1]._p.append(around)
            around.append(document.paragraphs[-1].add_run("{{r text }}")._r)

    filled = compile_template(files.built(build)).fill({"text": Formatted((Block((Span("x", link="https://x.se"),)),))})
    assert not list(files.xml_of(filled).iter(f"{reading.R}id"))
    assert [str(each) for each in reading.formatted(filled)] == ["x", "x"]


def in_cell(document: Document) -> None:
    document.add_table(1, 1).cell(0, 0).text = "{{p text }}"


def in_header(document: Document) -> None:
    document.sections[0].header.paragraphs[0].text = "{{p text }}"


def in_footer(document: Document) -> None:
    document.sections[0].footer.paragraphs[0].text = "{{p text }}"


def in_text_box(document: Document) -> None:
    box = (
        '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r>'
        "<w:t>{{p text }}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    document.element.body.insert(0, etree.fromstring(box))


@pytest.mark.parametrize(
    ("build", "part"),
    [
        (in_cell, "word/document.xml"),
        (in_header, "word/header1.xml"),
        (in_footer, "word/footer1.xml"),
        (in_text_box, "word/document.xml"),
    ],
)
def test_paragraphs_stand_wherever_a_tag_may(build: Any, part: str) -> None:
    text = Formatted((paragraph("a"), bullet("b"), numbered("c", 1), Block((Span("d", link="https://x.se"),))))
    content = files.built(build)
    assert [block for block in read(content, text, part) if str(block)] == list(text)
    filled = compile_template(content).fill({"text": Formatted()})
    places = [f"{W}{name}" for name in ("tc", "hdr", "ftr", "txbxContent")]
    (place,) = list(files.xml_of(filled, part).iter(*places))
    assert place[-1].tag == f"{W}p"


def test_a_footnote_keeps_its_number_whatever_it_says() -> None:
    note = (
        f'<w:footnotes xmlns:w="{W[1:-1]}"><w:footnote w:id="1"><w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr>'
        "<w:r><w:footnoteRef/></w:r><w:r><w:t> </w:t></w:r><w:r><w:t>{{p text }}</w:t></w:r></w:p></w:footnote>"
        "</w:footnotes>"
    )
    content = files.parts(ALONE)
    content["word/footnotes.xml"] = note.encode()
    content["[Content_Types].xml"] = content["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'wordprocessingml.footnotes+xml"/></Types>',
    )
    template = compile_template(files.packed(content))
    for text, lines in (("a\n\nb", ["a", "b"]), ("", [""])):
        notes = files.xml_of(template.fill({"text": text}), "word/footnotes.xml")
        found = ["".join(each.itertext(f"{W}t")) for each in notes.iter(f"{W}p")]
        assert found == lines
        assert notes.find(f".//{W}p/{W}r/{W}footnoteRef") is not None
        assert len(list(notes.iter(f"{W}footnoteRef"))) == 1


def test_paragraph_tags_may_stand_in_loops_and_conditions() -> None:
    content = files.with_paragraphs("{%p for t in text %}", "{%p if t %}{{p t }}{%p endif %}", "{%p endfor %}", "slut")
    assert [str(each) for each in read(content, [Formatted((paragraph("a"),)), Formatted(), "b\n\nc"])] == [
        "a",
        "b",
        "c",
        "slut",
    ]
    assert compile_template(content).fields() == {"text", "text[]"}


def test_an_unknown_field_in_a_paragraph_tag_is_named() -> None:
    (fault,) = check_template(files.with_paragraphs("{{p txt }}"), {"text"})
    assert "Menade du ”text”?" in str(fault)
    with pytest.raises(TemplateFault, match="”txt”"):
        compile_template(files.with_paragraphs("{{p txt }}")).fill({"text": "a"})


def test_a_paragraph_tag_beside_text_or_before_a_section_break_is_refused() -> None:
    assert "står bredvid {{p text }}" in str(check_template(files.with_paragraphs("Obs {{p text }}"), {"text"})[0])

    def build(document: Document) -> None:
        properties = document.add_paragraph("{{p text }}")._p.get_or_add_pPr()
        properties.append(properties.makeelement(f"{W}sectPr"))

    assert "avsnittsbrytning" in str(check_template(files.built(build), {"text"})[0])


@pytest.mark.parametrize(
    "tag",
    [
        "{{ text|_runs(0) }}",
        "{{ text|\u00a0_paragraphs(0) }}",
        "{% for a in [text]|map('_plain') %}{{ a }}{% endfor %}",
        "{% for a in [text]|map('_pl' ~ 'ain') %}{{ a }}{% endfor %}",
    ],
)
def test_the_engines_own_filters_are_not_the_templates(tag: str) -> None:
    with pytest.raises(TemplateFault):
        compile_template(files.with_paragraphs(tag)).fill({"text": "x"})
