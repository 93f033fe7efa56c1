"""Word files whose body is given as WordprocessingML, with the parts that it leads to."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from struct import pack

from tests.word.comparing.documents import document
from tests.word.files import packed, parts

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W_NS}" xmlns:r="{R_NS}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'


def p(*inside: str, style: str = "", frame: str = "") -> str:
    """A paragraph; what is no element becomes a run."""
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{style}{frame}</w:pPr>" if style or frame else ""
    return f"<w:p>{properties}{''.join(each if each.startswith('<') else r(each) for each in inside)}</w:p>"


def r(text: str, look: str = "") -> str:
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def note_reference(number: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def field(code: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} </w:instrText>'
        f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def link(relation: str, text: str) -> str:
    return f'<w:hyperlink r:id="{relation}">{r(text)}</w:hyperlink>'


def picture(relation: str) -> str:
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="360000" cy="360000"/><wp:docPr id="1" name="Bild"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="1" name="Bild"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="360000" cy="360000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def png(grey: int) -> bytes:
    """A picture of one pixel."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))

    header = pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes([0, grey]))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def word(
    *body: str,
    notes: Mapping[int, str] | None = None,
    links: Mapping[str, str] | None = None,
    pictures: Mapping[str, bytes] | None = None,
    header: str = "",
    extra: Mapping[str, bytes] | None = None,
) -> bytes:
    """A Word file with the body; ``notes`` by id, ``links`` and ``pictures`` by relationship id, a ``header``."""
    made = _Package(parts(document()))
    section = SECTION
    for relation, address in (links or {}).items():
        made.relate(relation, "hyperlink", address, outside=True)
    for relation, data in (pictures or {}).items():
        made.files[f"word/media/{relation}.png"] = data
        made.relate(relation, "image", f"media/{relation}.png")
    if notes is not None:
        made.add_story("footnotes", _notes(notes), "rIdNotes", "footnotes")
    if header:
        made.add_story("header1", f"<w:hdr {NAMESPACES}>{header}</w:hdr>", "rIdHeader", "header")
        section = section.replace("<w:pgSz", '<w:headerReference w:type="default" r:id="rIdHeader"/><w:pgSz')
    root = f"<w:document {NAMESPACES}><w:body>{''.join(body)}{section}</w:body></w:document>"
    made.files["word/document.xml"] = root.encode()
    made.files |= extra or {}
    return packed(made.files)


def _notes(notes: Mapping[int, str]) -> str:
    ends = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
        for kind, number, mark in (
            ("separator", -1, "separator"),
            ("continuationSeparator", 0, "continuationSeparator"),
        )
    )
    said = "".join(
        f'<w:footnote w:id="{number}">{p("<w:r><w:footnoteRef/></w:r>", text)}</w:footnote>'
        for number, text in notes.items()
    )
    return f"<w:footnotes {NAMESPACES}>{ends}{said}</w:footnotes>"


class _Package:
    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self._types = '<Default Extension="png" ContentType="image/png"/>'
        if b'Extension="png"' not in files["[Content_Types].xml"]:
            self._declare(self._types)

    def relate(self, relation: str, kind: str, target: str, *, outside: bool = False) -> None:
        mode = ' TargetMode="External"' if outside else ""
        line = f'<Relationship Id="{relation}" Type="{R_NS}/{kind}" Target="{target}"{mode}/></Relationships>'
        name = "word/_rels/document.xml.rels"
        self.files[name] = self.files[name].replace(b"</Relationships>", line.encode())

    def add_story(self, name: str, xml: str, relation: str, kind: str) -> None:
        self.files[f"word/{name}.xml"] = xml.encode()
        self._declare(f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>')
        self.relate(relation, kind, f"{name}.xml")

    def _declare(self, line: str) -> None:
        types = self.files["[Content_Types].xml"]
        self.files["[Content_Types].xml"] = types.replace(b"</Types>", f"{line}</Types>".encode())
