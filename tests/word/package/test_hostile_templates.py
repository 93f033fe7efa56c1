"""Templates are data from strangers: what they may not do, made as files."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from docx.document import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from paragraf.word.faults import NotAWordFile, TemplateFault
from paragraf.word.filling.template import check_template, compile_template
from paragraf.word.package import archive as zipped
from paragraf.word.package import opening as package
from tests.word import files

PLAIN = files.with_paragraphs("Hej {{ name }}")
DATA: dict[str, object] = {"name": "Maj", "items": list(range(50)), "text": "x" * 1000}


def refusal(content: bytes) -> str:
    with pytest.raises(NotAWordFile) as caught:
        compile_template(content)
    assert [str(fault) for fault in check_template(content, {"name"})] == [str(caught.value)]
    return str(caught.value)


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ name.__init__.__globals__ }}",
        "{{ name|attr('__class__') }}",
        "{{ name['__class__'] }}",
        "{{ [name]|map(attribute='__class__')|join }}",
        "{{ items.append(1) }}",
        "{{ '{0.__class__}'.format(name) }}",
        "{{ name.__class__() }}",
        "{{ lipsum() }}",
        "{{ cycler.__init__ }}",
        "{{ self }}",
        "{{ _plain }}",
        "{{ loop.__class__ }}",
        "{% include 'x' %}",
        "{% import 'os' as os %}",
        "{% macro a() %}{{ a() }}{% endmacro %}",
        "{% set ns = namespace(a=1) %}",
        "{% set a %}{{ name }}{% endset %}",
        "{% for i in items recursive %}{{ loop(items) }}{% endfor %}",
        "{{ name(*items) }}",
        "{{ 2 ** 1000000000 }}",
        "{{ caller() }}",
    ],
)
def test_ways_out_of_a_template_are_closed(tag: str) -> None:
    with pytest.raises(TemplateFault):
        compile_template(files.with_paragraphs(tag)).fill(DATA)


@pytest.mark.parametrize(
    "tag",
    [
        "{% for i in range(1000000000) %}x{% endfor %}",
        "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
        "{{ 'x' * 1000000000 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ text.replace('x', text).replace('x', text) }}",
        "{{ text|replace('x', text)|replace('x', text)|replace('x', text) }}",
        "{{ items|join(text|replace('x', text)) }}",
        "{% set a = text ~ text %}" + "{% set a = a ~ a %}" * 30,
        "{% set a = text + text %}" + "{% set a = a + a %}" * 30,
        "{% set a = 9 %}" + "{% set a = a * a %}" * 30,
        "{{ 'x'.ljust(1000000000) }}",
        "{{ 'x'|center(1000000000) }}",
        "{% for a in range(9999) %}{{ text }}{{ text }}{{ text }}{{ text }}{{ text }}{{ text }}{{ text }}{% endfor %}",
    ],
)
def test_bombs_are_stopped(tag: str) -> None:
    with pytest.raises(TemplateFault):
        compile_template(files.with_paragraphs(tag)).fill(DATA)


def test_ordinary_expressions_still_work() -> None:
    tag = (
        "{{ name.upper() }} {{ items|length + 1 }} {{ loop is defined }} {% for i in items[:3] if i %}{{ i * 2 }}"
        "{{ ', ' if not loop.last }}{% endfor %} {{ items|map('string')|join('+') }} "
        "{{ (name ~ '!')|replace('!', '?') }} "
        "{{ missing|default('–') }} {{ 'a' + 'b' }} {{ 7 // 2 }} {{ range(3)|list|length }} {{ -1|abs }}"
    )
    template = compile_template(files.with_paragraphs(tag))
    assert files.texts(template.fill({"name": "Maj", "items": [0, 1, 2]})) == ["MAJ 4 False 2, 4 0+1+2 Maj? – ab 3 3 1"]


def test_deep_nesting_is_a_fault_and_no_crash() -> None:
    for tag in ("{{ " + "(" * 400 + "1" + ")" * 400 + " }}", "{% if a %}" * 150 + "{% endif %}" * 150):
        with pytest.raises(TemplateFault):
            compile_template(files.with_paragraphs(tag))


def test_too_many_tags_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paragraf.word.filling.template.MAX_TAGS", 3)
    assert "fler än 3 taggar" in str(check_template(files.with_paragraphs("{{ a }}" * 4), {"a"})[0])


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"PK\x03\x04 half a zip", files.packed({"a.txt": b"a"}), PLAIN[:-30]]
)
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    assert "inget Word-dokument" in refusal(content)


def test_a_template_or_spreadsheet_under_a_false_name_is_refused() -> None:
    types = files.parts(PLAIN)["[Content_Types].xml"]
    macro = types.replace(b"wordprocessingml.document.main", b"wordprocessingml.template.main")
    assert "inget vanligt Word-dokument" in refusal(files.packed({**files.parts(PLAIN), "[Content_Types].xml": macro}))


@pytest.mark.parametrize(
    "name", ["word/vbaProject.bin", "word/embeddings/oleObject1.bin", "word/activeX/activeX1.xml", "word/afchunk.mht"]
)
def test_macros_and_embedded_objects_are_refused(name: str) -> None:
    assert name in refusal(files.packed({**files.parts(PLAIN), name: b"x"}))


def relation(kind: str, quote: str = '"') -> bytes:
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{types}/{kind}" Target="http://elsewhere.example/x" TargetMode={quote}External{quote}/></Relationships>'
    ).encode()


@pytest.mark.parametrize("kind", ["image", "attachedTemplate", "oleObject", "frame"])
@pytest.mark.parametrize("quote", ['"', "'"])
def test_what_is_fetched_when_the_file_opens_is_refused(kind: str, quote: str) -> None:
    content = files.packed({**files.parts(PLAIN), "word/_rels/settings.xml.rels": relation(kind, quote)})
    assert "hämtar något utifrån" in refusal(content)


def test_a_link_to_click_is_allowed() -> None:
    content = files.packed({**files.parts(PLAIN), "word/_rels/header9.xml.rels": relation("hyperlink")})
    assert check_template(content, {"name"}) == []


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!DOCTYPE a [<!ENTITY x "boom">]>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY x "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        b'<!DOCTYPE a SYSTEM "http://elsewhere.example/x.dtd">',
    ],
)
def test_entity_tricks_are_refused(declaration: bytes) -> None:
    xml = files.parts(PLAIN)["word/document.xml"]
    start = xml.index(b"<w:document")
    changed = declaration + xml[start:].replace(b"Hej", b"Hej &x;" if b"ENTITY" in declaration else b"Hej")
    assert "word/document.xml" in refusal(files.packed({**files.parts(PLAIN), "word/document.xml": changed}))


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = files.packed({**files.parts(PLAIN), "word/media/a.bin": bytes(zipped.MAX_UNPACKED)})
    assert len(bomb) < 200_000
    assert "när den packas upp" in refusal(bomb)


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    content = bytearray(PLAIN)
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as listing:
        size = listing.getinfo("word/document.xml").file_size
    start = content.index(b"word/document.xml", content.index(b"PK\x01\x02")) - 46
    assert struct.unpack_from("<L", content, start + 24)[0] == size
    struct.pack_into("<L", content, start + 24, 10)
    assert "skadad" in refusal(bytes(content))


def test_an_encrypted_or_doubled_or_oversize_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    encrypted = bytearray(PLAIN)
    encrypted[encrypted.index(b"PK\x01\x02") + 8] |= 1
    assert "krypterad" in refusal(bytes(encrypted))
    names = files.parts(PLAIN)
    doubled = files.packed({**names, "xord/document.xml": b"<a/>"}).replace(b"xord/document.xml", b"word/document.xml")
    assert "kan lura den som öppnar den" in refusal(doubled)
    monkeypatch.setattr(package, "MAX_FILE", 1000)
    assert "större än" in refusal(PLAIN)


def test_strict_open_xml_and_reserved_characters_are_refused() -> None:
    xml = files.parts(PLAIN)["word/document.xml"]
    strict = xml.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert "Strikt" in refusal(files.packed({**files.parts(PLAIN), "word/document.xml": strict}))
    reserved = xml.replace(b"Hej", b"Hej &#xFDD2;name&#xFDD3;")
    assert "tecken som inte får finnas" in refusal(files.packed({**files.parts(PLAIN), "word/document.xml": reserved}))


def test_tag_signs_outside_texts_are_no_tags() -> None:
    def build(document: Document) -> None:
        document.add_paragraph("{{ name }}")
        document.paragraphs[0]._p.set("{urn:x}note", "{% for %} {# a")

    assert files.texts(compile_template(files.built(build)).fill({"name": "Maj"})) == ["Maj"]


@given(
    pieces=st.lists(
        st.sampled_from(
            ["{{", "}}", "{%", "%}", "{%p", "{%tr", " if a ", " for i in b ", " endif ", "a", "{{r ", " ", "|", "'"]
        ),
        max_size=12,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_mess_of_tags_is_filled_or_refused_in_words(pieces: list[str]) -> None:
    content = files.with_table(("".join(pieces[:6]) or "x", "y"), ("".join(pieces[6:]) or "x", "y"))
    faults = check_template(content, {"a", "b", "b[]", "i"})
    assert all("%(" not in str(fault) for fault in faults)
    if not faults:
        files.opened(compile_template(content).fill({"a": "A", "b": ["1"], "i": "I"}))
