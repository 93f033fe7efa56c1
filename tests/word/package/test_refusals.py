"""What a template may not hold, each made as a file: whatever runs or is fetched, and tricks with the file itself."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from html import escape

import pytest
from docx.document import Document
from lxml import etree

from paragraf.word.faults import NotAWordFile
from paragraf.word.filling.template import check_template, compile_template
from paragraf.word.package import archive as zipped
from paragraf.word.package.opening import open_package
from tests.word import files
from tests.word.reading import R, W

PLAIN = files.with_paragraphs("Hej {{ name }}")
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def refusal(content: bytes) -> str:
    with pytest.raises(NotAWordFile) as caught:
        compile_template(content)
    assert [str(fault) for fault in check_template(content, {"name"})] == [str(caught.value)]
    assert "%(" not in str(caught.value)
    return str(caught.value)


def with_part(name: str, data: bytes, content: bytes = PLAIN) -> bytes:
    return files.packed({**files.parts(content), name: data})


def with_type(name: str, content_type: str) -> bytes:
    """The plain file with a part of a content type."""
    types = files.parts(PLAIN)["[Content_Types].xml"]
    line = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'.encode()
    return files.packed({**files.parts(PLAIN), name: b"<a/>", "[Content_Types].xml": types.replace(b"</Types>", line)})


def with_relation(kind: str, target: str, part: str = "word/_rels/document.xml.rels", mode: str = "External") -> bytes:
    """The plain file with one more relationship, and a paragraph that uses it."""
    content = files.parts(PLAIN)
    xml = content.get(part, b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>')
    root = etree.fromstring(xml)
    etree.SubElement(
        root, "{*}Relationship".replace("{*}", f"{{{root.nsmap[None]}}}"), Id="rId99", Type=f"{TYPES}/{kind}"
    )
    root[-1].set("Target", target)
    root[-1].set("TargetMode", mode)
    link = b'<w:p><w:hyperlink r:id="rId99"><w:r><w:t>Klicka h&#228;r</w:t></w:r></w:hyperlink></w:p><w:sectPr'
    body = content["word/document.xml"].replace(b"<w:sectPr", link, 1)
    return files.packed({**content, part: etree.tostring(root), "word/document.xml": body})


def with_xml(xml: str) -> bytes:
    """A file whose body begins with the given paragraphs."""
    around = f'<w:body xmlns:w="{W[1:-1]}" xmlns:r="{R[1:-1]}" xmlns:v="urn:schemas-microsoft-com:vml" '
    around += f'xmlns:o="urn:schemas-microsoft-com:office:office">{xml}</w:body>'

    def build(document: Document) -> None:
        document.add_paragraph("{{ name }}")
        for place, element in enumerate(list(etree.fromstring(around))):
            document.element.body.insert(place, element)

    return files.built(build)


def field(*instruction: str, result: str = "Se här") -> str:
    runs = "".join(f'<w:r><w:instrText xml:space="preserve">{escape(each)}</w:instrText></w:r>' for each in instruction)
    return (
        f'<w:p><w:r><w:t>Texten </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r>'
        f'<w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{result}</w:t></w:r><w:r>'
        '<w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


# Macros, controls, embedded things


@pytest.mark.parametrize(
    ("name", "content_type", "reason"),
    [
        ("word/x.bin", "application/vnd.ms-office.vbaProject", "makron"),
        ("word/x.xml", "application/vnd.ms-word.vbaData+xml", "makron"),
        ("word/x.xml", "application/vnd.ms-word.keyMapCustomizations+xml", "makron"),
        ("word/x.xml", "application/vnd.ms-office.activeX+xml", "ActiveX"),
        ("word/x.bin", "application/vnd.openxmlformats-officedocument.oleObject", "inbäddade"),
        ("word/EMBEDDINGS/tabell.xlsx", "application/x", "inbäddade"),
        ("word/webextensions/taskpanes.xml", "application/vnd.ms-office.webextensiontaskpanes+xml", "Office-tillägg"),
        ("customUI/customUI.xml", "application/xml", "Office-tillägg"),
        ("_xmlsignatures/sig1.xml", "application/xml", "digitalt signerad"),
        ("word/recipientData.xml", "application/xml", "massutskick"),
    ],
)
def test_what_runs_or_is_embedded_is_known_by_its_type_or_name(name: str, content_type: str, reason: str) -> None:
    assert reason in refusal(with_type(name, content_type))


def test_a_file_saved_with_macros_is_refused_even_under_another_name() -> None:
    types = files.parts(PLAIN)["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    assert "makron" in refusal(files.packed({**files.parts(PLAIN), "[Content_Types].xml": types}))


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("vbaProject", "makron"),
        ("control", "ActiveX"),
        ("oleObject", "inbäddade"),
        ("package", "inbäddade"),
        ("aFChunk", "inbäddade"),
        ("subDocument", "inbäddade"),
        ("digital-signature/origin", "signerad"),
        ("mailMergeSource", "massutskick"),
    ],
)
def test_what_runs_or_is_embedded_is_known_by_its_relationship(kind: str, reason: str) -> None:
    assert reason in refusal(with_relation(kind, "x.bin", mode="Internal"))


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        ('<w:altChunk r:id="rId1"/>', "inbäddade"),
        ('<w:p><w:r><w:object><o:OLEObject ProgID="Excel"/></w:object></w:r></w:p>', "inbäddade"),
        ('<w:p><w:subDoc r:id="rId1"/></w:p>', "inbäddade"),
        ('<w:p><w:r><w:control r:id="rId1"/></w:r></w:p>', "ActiveX"),
        (
            '<w:p><w:r><w:fldChar><w:ffData><w:entryMacro w:val="x"/></w:ffData></w:fldChar></w:r></w:p>',
            "makron",
        ),
        (
            '<w:p><w:r><w:t>Se filmen</w:t><x:webVideoPr xmlns:x="http://schemas.microsoft.com/office/word/2012/'
            'wordprocessingDrawing" embeddedHtml="&lt;iframe&gt;"/></w:r></w:p>',
            "film från nätet (brödtexten: ”Se filmen”)",
        ),
    ],
)
def test_elements_that_run_or_embed_are_refused(xml: str, reason: str) -> None:
    assert reason in refusal(with_xml(xml))


def test_a_document_set_up_for_mail_merge_is_refused() -> None:
    content = files.parts(PLAIN)["word/settings.xml"].replace(
        b"</w:settings>", b'<w:mailMerge><w:query w:val="x"/></w:mailMerge></w:settings>'
    )
    assert "massutskick" in refusal(with_part("word/settings.xml", content))


# Links


@pytest.mark.parametrize("part", ["word/_rels/document.xml.rels", "_rels/.rels", "word/_rels/SETTINGS.xml.RELS"])
@pytest.mark.parametrize("mode", ["External", "external", "Internal"])
@pytest.mark.parametrize("kind", ["image", "attachedTemplate", "frame", "subDocument", "video"])
def test_whatever_is_fetched_is_refused_wherever_it_is_said(kind: str, mode: str, part: str) -> None:
    assert "hämtar något utifrån" in refusal(with_relation(kind, "http://elsewhere.example/x", part, mode))


@pytest.mark.parametrize("target", [r"\\server\share\x.png", "//server/x.png", "file:///C:/x.png", r"C:\x.png"])
def test_addresses_of_other_machines_and_disks_are_outside(target: str) -> None:
    assert "hämtar något utifrån" in refusal(with_relation("image", target, mode="Internal"))


def test_a_template_elsewhere_is_told_with_how_to_part_from_it() -> None:
    content = with_relation("attachedTemplate", "file:///C:/Mallar/x.dotm", "word/_rels/settings.xml.rels")
    assert "Utvecklare – Dokumentmall" in refusal(content)


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "file:///etc/passwd",
        "file://server/x",
        r"\\server\share",
        "ms-word:ofe|u|http://x",
        "data:text/html,x",
        "vbscript:x",
        "annan.docx",
        "http:",
        "http://[fel",
        "",
    ],
)
def test_a_link_to_anything_but_the_web_and_mail_is_refused_with_its_paragraph(target: str) -> None:
    told = refusal(with_relation("hyperlink", target))
    assert "leder varken till en webbsida eller till en e-postadress" in told
    assert "”Klicka här”" in told


@pytest.mark.parametrize(
    "target",
    ["https://lind.example/å?a=b", "HTTP://x.example", "mailto:maj@x.example", "#rubrik", "https://x y.example"],
)
def test_links_that_wait_for_a_click_are_allowed(target: str) -> None:
    assert check_template(with_relation("hyperlink", target), {"name"}) == []


@pytest.mark.parametrize(
    "xml",
    [
        '<w:p><w:r><w:pict><v:shape><v:imagedata src="http://x.example/a.png"/></v:shape></w:pict></w:r></w:p>',
        '<w:p><w:r><w:pict><v:shape><v:imagedata o:href="http://x.example/a.png"/></v:shape></w:pict></w:r></w:p>',
        r'<w:p><w:r><w:pict><v:rect><v:fill src="\\server\a.png"/></v:rect></w:pict></w:r></w:p>',
    ],
)
def test_older_drawings_may_not_fetch(xml: str) -> None:
    assert "hämtar något utifrån" in refusal(with_xml(xml))


def test_older_drawings_may_link_to_the_web_only() -> None:
    shape = '<w:p><w:r><w:t>Bild</w:t><w:pict><v:shape href="{}"/></w:pict></w:r></w:p>'
    assert check_template(with_xml(shape.format("https://x.example")), {"name"}) == []
    assert "javascript:x leder varken" in refusal(with_xml(shape.format("javascript:x")))


@pytest.mark.parametrize(
    "inside", ["<script>x</script>", '<image href="http://x.example/a.png"/>', '<a href="file:///x"><g/></a>']
)
def test_vector_pictures_may_neither_run_nor_fetch(inside: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'
    refusal(with_part("word/media/image1.svg", svg.encode()))
    harmless = '<svg xmlns="http://www.w3.org/2000/svg"><a href="https://x.example"><use href="#a"/></a></svg>'
    assert check_template(with_part("word/media/image1.svg", harmless.encode()), {"name"}) == []


# Field codes


@pytest.mark.parametrize(
    "code",
    [
        'DDE Excel "x.xls" A1',
        "DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe",
        'INCLUDETEXT "http://x.example/a.docx"',
        'includepicture "http://x.example/a.png" \\d',
        "LINK Excel.Sheet.8 x.xls",
        "IMPORT x.wmf",
        'MACROBUTTON AutoOpen "Klicka"',
        "GOTOBUTTON x y",
        "DATABASE \\d x",
        'RD "x.docx"',
        "EMBED Word.Document.8",
        'INCLUDETEXT"x.docx"',
        "påhittad",
        'HYPERLINK "file:///etc/passwd"',
        'HYPERLINK "\\\\\\\\server\\\\share"',
        "HYPERLINK javascript:alert(1)",
        'HYPERLINK \\o "tips" "javascript:x"',
        "HYPERLINK “file:///x”",
        'HYPERLINK "annan.docx" \\l "x"',
    ],
)
def test_field_codes_that_fetch_or_run_are_refused_however_they_are_written(code: str) -> None:
    simple = f'<w:fldSimple w:instr="{escape(code)}"><w:r><w:t>Se här</w:t></w:r></w:fldSimple>'
    for xml in (
        field(code),
        field(*code),
        f"<w:p><w:r><w:t>Texten </w:t></w:r>{simple}</w:p>",
        field(code).replace("instrText", "delInstrText"),
    ):
        told = refusal(with_xml(xml))
        assert "Texten Se här" in told
        assert ("leder varken" if code.startswith("HYPERLINK") else "kan hämta eller köra något") in told


def test_a_field_whose_name_is_made_by_another_field_is_refused() -> None:
    inner = field("QUOTE INCLUDE").removeprefix("<w:p>").removesuffix("</w:p>")
    whole = field("XX", 'TEXT "x.docx"').replace("XX</w:instrText></w:r>", f"</w:instrText></w:r>{inner}")
    assert "kan hämta eller köra något" in refusal(with_xml(whole))


def test_an_instruction_over_several_paragraphs_or_without_an_end_is_read_too() -> None:
    begin = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE</w:instrText></w:r></w:p>'
    rest = "<w:p><w:r><w:instrText>AUTO x</w:instrText></w:r></w:p>"
    assert "DDEAUTO" in refusal(with_xml(begin + rest))
    assert "LINK x" in refusal(with_xml("<w:p><w:r><w:instrText>LINK x</w:instrText></w:r></w:p>"))


@pytest.mark.parametrize(
    "code",
    [
        " PAGE ",
        "NUMPAGES \\* MERGEFORMAT",
        'TOC \\o "1-3" \\h \\z \\u',
        "REF _Ref123 \\h",
        "= 1 + 2",
        'HYPERLINK "https://x.example/a" \\o "tips"',
        'HYPERLINK \\l "_Toc1"',
        'DATE \\@ "yyyy-MM-dd"',
        "",
    ],
)
def test_ordinary_field_codes_are_allowed(code: str) -> None:
    for xml in (field(code), field(*code)):
        assert check_template(with_xml(xml), {"name"}) == []


def test_a_field_within_an_argument_is_ordinary() -> None:
    inner = field("PAGE", result="1").removeprefix("<w:p>").removesuffix("</w:p>")
    whole = field("IF XX = 1 a b").replace("XX", f"</w:instrText></w:r>{inner}<w:r><w:instrText>")
    assert check_template(with_xml(whole), {"name"}) == []


def test_a_tag_in_a_field_code_is_refused_and_one_in_its_result_is_filled() -> None:
    assert "står inne i en av Words fältkoder (HYPERLINK)" in refusal(
        with_xml(field('HYPERLINK "https://x.example/{{ name }}"'))
    )
    filled = compile_template(with_xml(field("TITLE", result="{{ name }}"))).fill({"name": "Maj"})
    assert "Maj" in "".join(files.xml_of(filled).itertext(f"{W}t"))


def test_field_codes_in_headers_and_other_parts_are_read_too() -> None:
    def build(document: Document) -> None:
        paragraph = document.sections[0].header.paragraphs[0]
        paragraph._p.append(etree.fromstring(f'<w:fldSimple xmlns:w="{W[1:-1]}" w:instr="INCLUDETEXT x"/>'))

    assert "sidhuvudet" in refusal(files.built(build))


# Bound controls


def test_a_control_bound_to_other_data_is_parted_from_it_where_a_tag_fills_it() -> None:
    bound = (
        '<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/><w:dataBinding w:xpath="/a" w:storeItemID="{{1}}"/></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>{}</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    filled = compile_template(with_xml(bound.format("{{ name }}") + bound.format("orörd"))).fill({"name": "Maj"})
    first, second = files.xml_of(filled).iter(f"{W}sdtPr")
    assert len(first) == 0
    assert len(second) == 2


# The file itself


@pytest.mark.parametrize(
    "name",
    [
        "../x.xml",
        "word/../x.xml",
        "/word/x.xml",
        "word\\x.xml",
        "..\\x.xml",
        "C:/x.xml",
        "word//x.xml",
        "word/./x.xml",
        "word/%2e%2e/x.xml",
        "word/a%2Fb.xml",
        "word/x.xml\x01",
        "WORD/DOCUMENT.xml",
        "[content_types].XML",
    ],
)
def test_names_that_trick_are_refused(name: str) -> None:
    buffer = io.BytesIO(PLAIN)
    with zipfile.ZipFile(buffer, "a") as package:
        package.writestr(zipfile.ZipInfo(name), b"<a/>")
    assert "kan lura den som öppnar den" in refusal(buffer.getvalue())


def test_a_name_cut_short_by_a_zero_is_refused() -> None:
    content = with_part("word/settings.xmlX.bin", b"x").replace(b"word/settings.xmlX.bin", b"word/settings.xml\0.bin")
    assert "kan lura den som öppnar den" in refusal(content)


def test_a_part_with_another_name_where_it_lies_is_refused() -> None:
    content = bytearray(with_part("word/a.bin", b"x"))
    place = content.index(b"word/a.bin")
    content[place : place + 10] = b"word/b.bin"
    assert "skadad: delen word/a.bin" in refusal(bytes(content))


def test_parts_that_lie_in_each_other_are_refused() -> None:
    content = bytearray(with_part("word/a.bin", b"x" * 5000, with_part("word/b.bin", b"y" * 5000)))
    first = content.index(b"PK\1\2")
    entries = []
    while content[first : first + 4] == b"PK\1\2":
        entries.append(first)
        first += 46 + sum(struct.unpack_from("<3H", content, first + 28))
    struct.pack_into("<L", content, entries[-2] + 20, 10**5)
    struct.pack_into("<L", content, entries[-2] + 24, 10**5)
    assert "skadad" in refusal(bytes(content))


def test_many_small_parts_and_one_that_grows_too_much_are_refused() -> None:
    many = {f"word/{number}.bin": b"" for number in range(zipped.MAX_PARTS)}
    assert "fler än 500 delar" in refusal(files.packed({**files.parts(PLAIN), **many}))
    grows = with_part("word/a.bin", bytes(zipped.RATIO_FROM + 1))
    assert "200 gånger större" in refusal(grows)


def test_a_file_in_the_file_is_not_unpacked() -> None:
    inner = with_part("word/a.bin", bytes(2**20))
    assert check_template(with_part("word/media/x.bin", inner), {"name"}) == []


def test_damage_in_a_part_that_the_engine_never_reads_is_found() -> None:
    content = bytearray(files.packed({**files.parts(PLAIN)}))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        entry = package.getinfo("docProps/thumbnail.jpeg")
    content[entry.header_offset + 60] ^= 0xFF
    assert "skadad: delen docProps/thumbnail.jpeg" in refusal(bytes(content))


# Entities and encodings


def rewritten(change: Callable[[str], bytes], name: str = "word/document.xml") -> bytes:
    xml = etree.tostring(files.xml_of(PLAIN, name), encoding="unicode")
    return with_part(name, change(xml))


def laughing(xml: str) -> str:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + level)} "{f"&{chr(97 + level)};" * 10}">' for level in range(9)
    )
    return f"<!DOCTYPE x [{entities}]>{xml.replace('Hej', 'Hej &j;')}"


@pytest.mark.parametrize(
    "name", ["word/document.xml", "word/settings.xml", "word/theme/theme1.xml", "word/_rels/document.xml.rels"]
)
def test_a_document_type_is_refused_in_every_part(name: str) -> None:
    changed = rewritten(lambda xml: b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + xml.encode(), name)
    assert f"{name} har en dokumenttypsdeklaration" in refusal(changed)


def test_a_billion_laughs_end_at_once() -> None:
    assert "word/document.xml" in refusal(rewritten(lambda xml: laughing(xml).encode()))
    assert "word/document.xml" in refusal(rewritten(lambda xml: laughing(xml).encode("utf-16")))


@pytest.mark.parametrize("encoding", ["UTF-7", "ISO-8859-1", "windows-1252", "EBCDIC-CP-US", "UTF-32"])
def test_unusual_encodings_are_refused(encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'
    change = "utf-32" if encoding == "UTF-32" else "cp037" if "EBCDIC" in encoding else "ascii"
    told = refusal(rewritten(lambda xml: (declared + xml).encode(change, "xmlcharrefreplace")))
    assert "word/document.xml" in told


def test_a_part_in_utf_16_is_read_as_what_it_says() -> None:
    content = rewritten(lambda xml: f'<?xml version="1.0" encoding="UTF-16"?>{xml}'.encode("utf-16"))
    assert files.texts(compile_template(content).fill({"name": "Åsa"}))[0] == "Hej Åsa"


# A document that is only read may hold more than a template


def test_documents_that_are_only_read_may_have_links_and_fields_of_every_kind() -> None:
    assert open_package(with_relation("hyperlink", "file:///x"))
    assert open_package(with_xml(field("INCLUDETEXT x")))
    for content in (with_relation("image", "http://x"), with_part("word/vbaProject.bin", b"x")):
        with pytest.raises(NotAWordFile):
            open_package(content)
