"""Templates that no program ever wrote: each is refused in words or filled to a file that can be read, and soon."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from paragraf.core.formatted import Block, BlockKind, Formatted, Span
from paragraf.word.faults import TemplateFault
from paragraf.word.filling.drawings import example_picture
from paragraf.word.filling.template import check_template, compile_template
from tests.word import files
from tests.word.reading import W

# What comes in is no valid file, so what comes out need not be one: it must only be whole.
FILLS_NONSENSE = True
SECONDS = 10.0
DATA = {
    "a": "å & <b>",
    "b": ["ett", "två"],
    "f": Formatted(
        (Block((Span("x", True, False, "https://x.example"),)), Block((Span("y"),), BlockKind.NUMBER, 1, 4))
    ),
    "l": example_picture("märke"),
}
_PIECES = (
    "{{ a }}|{{p f }}|{{r f }}|{{ l }}|{{r l }}|{{p l }}|{%p for x in b %}|{{ x }}|{%p endfor %}|{%tr for x in b %}|"
    "{%tr endfor %}|{%tc for x in b %}|{%tc endfor %}|{% if a %}|{% else %}|{% endif %}|{%r if a %}|{%r endif %}|"
    "{%p if a %}|{%p endif %}|{{|}}|{%|%}|{#|#}| text |{{ a.upper() }}|{{ f }}|{{p a }}|{{p b }}|{% set y = a %}|"
    "{{ y }}"
)
_ELEMENTS = (
    "p r t tbl tr tc sdt sdtContent sdtPr dataBinding hyperlink fldSimple smartTag ins del delText pPr rPr tcPr "
    "tblGrid gridCol pict txbxContent instrText fldChar bookmarkStart bookmarkEnd br tab sectPr footnoteReference "
    "numPr rStyle b"
)
PIECES, ELEMENTS = _PIECES.split("|"), _ELEMENTS.split()
OTHERS = (
    '<mc:AlternateContent><mc:Choice Requires="wps">{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>',
    '<w:drawing><wp:inline><wp:docPr id="1" descr="{{{{ a }}}}"/>{}{}</wp:inline></w:drawing>',
    "<!-- {} --><?x {}?>",
    '<w:p w:rsidR="1"><w:pPr><w:pStyle w:val="{}"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>',
)
SPACES = (
    f'xmlns:w="{W[1:-1]}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
WHOLE = files.with_table(
    ("{%tr for x in b %}", ""),
    ("{{ x }}", "{{p f }}"),
    ("{%tr endfor %}", ""),
    ("{{ l }}", "{% if a %}{{r f }}{% endif %}"),
)


def element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    inside = st.lists(children, max_size=4).map("".join)
    plain = st.builds(lambda name, xml: f"<w:{name}>{xml}</w:{name}>", st.sampled_from(ELEMENTS), inside)
    other = st.builds(lambda form, one, two: form.format(one, two), st.sampled_from(OTHERS), inside, inside)
    return st.one_of(plain, plain, other)


TEXTS = st.sampled_from(PIECES).map(lambda piece: f"<w:r><w:t>{piece}</w:t></w:r>") | st.sampled_from(PIECES)
BODIES = st.lists(st.recursive(TEXTS, element, max_leaves=12), max_size=5).map("".join)


def survived(content: bytes) -> bool:
    """Whether a template was filled; AssertionError for a slow or broken one, and any other error as it is."""
    # Time of this process alone: a machine that is busy with other things makes no template slow.
    began = time.process_time()
    try:
        assert all("%(" not in str(fault) for fault in check_template(content, {"a", "b", "b[]", "f", "f[]", "l"}))
        filled = compile_template(content).fill(DATA)
    except TemplateFault:
        return False
    finally:
        assert time.process_time() - began < SECONDS
    for name, data in files.parts(filled).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(data)
    return True


@given(body=BODIES)
@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_any_tree_of_words_elements_with_tags_anywhere(body: str) -> None:
    document = f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"
    survived(files.packed({**files.parts(WHOLE), "word/document.xml": document.encode()}))


@given(
    data=st.data(),
    name=st.sampled_from(["word/document.xml", "word/numbering.xml", "word/styles.xml", "[Content_Types].xml"]),
)
@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_real_parts_with_pieces_cut_out_doubled_and_changed(data: st.DataObject, name: str) -> None:
    content = files.parts(WHOLE)
    xml = content[name]
    for _ in range(data.draw(st.integers(1, 3))):
        tags = xml.count(b"<")
        start, end = sorted(data.draw(st.tuples(st.integers(0, tags), st.integers(0, tags))))
        cuts = xml.split(b"<")
        move = data.draw(st.sampled_from(["cut", "double", "digits", "bytes"]))
        if move == "cut":
            cuts = cuts[:start] + cuts[min(end, start + 3) :]
        elif move == "double":
            cuts = cuts[:end] + cuts[max(start, end - 6) : end] + cuts[end:]
        elif move == "digits":
            number = data.draw(st.sampled_from([b"-1", b"x", b"9" * 5000, "²".encode(), b""]))
            cuts = [each.replace(b'"1"', b'"' + number + b'"').replace(b'"0"', b'"' + number + b'"') for each in cuts]
        else:
            cuts[start % len(cuts)] = data.draw(st.binary(max_size=5)) + cuts[start % len(cuts)][3:]
        xml = b"<".join(cuts)
    survived(files.packed({**content, name: xml}))


def paragraph(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def box(inside: str) -> str:
    return f"<w:r><w:pict><w:txbxContent>{paragraph(run(inside))}</w:txbxContent></w:pict></w:r>"


@pytest.mark.parametrize(
    "around",
    [
        lambda text: f"<w:hyperlink>{run(text)}</w:hyperlink>",
        lambda text: f'<w:fldSimple w:instr="TITLE">{run(text)}</w:fldSimple>',
        lambda text: f"<w:sdt><w:sdtContent>{run(text)}</w:sdtContent></w:sdt>",
        lambda text: f"<w:smartTag>{run(text)}</w:smartTag>",
        lambda text: f'<w:ins w:id="1" w:author="x">{run(text)}</w:ins>',
        lambda text: "".join(run(sign) for sign in text),
        lambda text: f"<w:hyperlink>{run(text[:-3])}</w:hyperlink>{run(text[-3:])}",
        lambda text: f"{run(text[:3])}<w:proofErr/><w:permStart w:id='1'/>{run(text[3:])}<w:permEnd w:id='1'/>",
        box,
    ],
    ids=["link", "field", "control", "smart tag", "insertion", "letters", "half in a link", "marks", "box"],
)
@pytest.mark.parametrize("tag", ["{{ a }}", "{{r a }}", "{{p a }}", "{% if a %}{{ a }}{% endif %}"])
def test_tags_are_filled_in_whatever_they_stand_in(around: Callable[[str], str], tag: str) -> None:
    document = f"<w:document {SPACES}><w:body>{paragraph(around(tag))}</w:body></w:document>"
    content = files.packed({**files.parts(WHOLE), "word/document.xml": document.encode()})
    assert check_template(content, {"a"}) == []
    filled = compile_template(content).fill({"a": "Åsa & Co"})
    assert "".join(files.xml_of(filled).itertext(f"{W}t")) == "Åsa & Co"


def test_what_was_deleted_with_changes_tracked_is_not_filled() -> None:
    deleted = '<w:del w:id="1" w:author="x"><w:r><w:delText>{% for x in %}</w:delText></w:r></w:del>'
    document = f"<w:document {SPACES}><w:body>{paragraph(deleted + run('{{ a }}'))}</w:body></w:document>"
    content = files.packed({**files.parts(WHOLE), "word/document.xml": document.encode()})
    assert check_template(content, {"a"}) == []


def test_both_ways_of_showing_a_text_box_are_filled() -> None:
    both = OTHERS[0].format(box("{{ a }}"), box("{%r if a %}{{ a }}{%r endif %}"))
    document = f"<w:document {SPACES}><w:body>{paragraph(f'<w:r>{both}</w:r>')}</w:body></w:document>"
    content = files.packed({**files.parts(WHOLE), "word/document.xml": document.encode()})
    xml = files.xml_of(compile_template(content).fill({"a": "å"}))
    assert ["".join(each.itertext(f"{W}t")) for each in xml.iter("{*}Choice", "{*}Fallback")] == ["å", "å"]


@pytest.mark.parametrize("depth", [50, 200, 1000, 50_000])
@pytest.mark.parametrize("name", ["p", "tbl", "sdt", "hyperlink"])
def test_depth_is_borne_or_refused(name: str, depth: int) -> None:
    deep = f"<w:{name}>" * depth + paragraph(run("{{ a }}")) + f"</w:{name}>" * depth
    document = f"<w:document {SPACES}><w:body>{deep}</w:body></w:document>"
    survived(files.packed({**files.parts(WHOLE), "word/document.xml": document.encode()}))


@pytest.mark.parametrize(
    "inside",
    [
        f'<w:p w:x="{"y" * 3_000_000}"/>',
        f"<w:p {' '.join(f'w:x{number}=' + chr(34) * 2 for number in range(50_000))}/>",
        paragraph(run("{" * 200_000)),
        paragraph(run("{{" * 50_000 + "}}" * 50_000)),
        paragraph("".join(run("{") for _ in range(20_000))),
        paragraph(run("{{ a }}" * 4_000)),
        paragraph(run("{% if a %}" * 90 + "{% endif %}" * 90)),
        paragraph("<w:bookmarkStart w:id='1' w:name='x'/>" * 20_000 + run("{{p a }}")),
        "".join(f"<w:bookmarkStart w:id='{n}' w:name='x'/>" for n in range(5_000)) + paragraph(run("{{ a }}")),
    ],
    ids=["attribute", "attributes", "braces", "nested", "runs", "tags", "blocks", "marks", "bookmarks"],
)
def test_size_is_borne_or_refused(inside: str) -> None:
    document = f"<w:document {SPACES}><w:body>{inside}</w:body></w:document>"
    survived(files.packed({**files.parts(WHOLE), "word/document.xml": document.encode()}))
