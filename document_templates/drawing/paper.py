"""A paper as a Word file: its body with header, footer, properties and the look that all papers share."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from document_templates.drawing.blocks import Xml, paragraph, run, when
from document_templates.drawing.numbering import numbering_xml
from document_templates.drawing.palette import FONT, LEFT, PAGE_HEIGHT, PAGE_WIDTH, RIGHT, theme_xml
from document_templates.drawing.styles import styles_xml
from paragraf.word.package.opening import deflated, pack

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_TYPE = "application/vnd.openxmlformats-officedocument"
_SPACES = f'xmlns:w="{_W}" xmlns:r="{_R}"'
# What the body, header and footer are called in the package, and what kinds of part they are.
_BESIDE = {
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
    "fontTable": "fontTable",
    "header1": "header",
    "header2": "header",
    "footer1": "footer",
    "footer2": "footer",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """What one kind of document prints; every text may hold tags.

    ``name``: the document's title, for its properties. ``running``: what the pages after the first say in the header.
    ``opening``: what the first page's header says to the right. ``register``: the field with the register number, where
    the kind has one. ``address``: the field with the association's address, where the kind has one. ``mark``: a line in
    the footer of every page.
    """

    name: str
    running: str
    body: tuple[Xml, ...]
    opening: str = ""
    register: str = ""
    address: str = ""
    mark: str = ""

    def content(self) -> bytes:
        """The .docx file; the same paper gives the same bytes."""
        return pack(deflated(name, (_DECLARATION + xml).encode()) for name, xml in self.parts().items())

    def parts(self) -> dict[str, str]:
        """The XML of every part by its name in the package."""
        return {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _relationships(
                f"{_R}/officeDocument>word/document.xml",
                f"{_PACKAGE}/relationships/metadata/core-properties>docProps/core.xml",
                f"{_R}/extended-properties>docProps/app.xml",
            ),
            "docProps/core.xml": self._properties(),
            "docProps/app.xml": f'<Properties xmlns="{_PROPERTIES}"><Application>Paragraf</Application></Properties>',
            "word/document.xml": self._document(),
            "word/_rels/document.xml.rels": _relationships(
                f"{_R}/theme>theme/theme1.xml", *(f"{_R}/{kind}>{name}.xml" for name, kind in _BESIDE.items())
            ),
            "word/header1.xml": _edge("hdr", paragraph(f"{{{{ association }}}}\t{self.running}", style="Header")),
            "word/header2.xml": _edge("hdr", self._first_header()),
            "word/footer1.xml": _edge("ftr", self._footer()),
            "word/footer2.xml": _edge("ftr", self._footer(address=self.address)),
            "word/styles.xml": styles_xml(),
            "word/numbering.xml": numbering_xml(),
            "word/settings.xml": _SETTINGS,
            "word/fontTable.xml": _FONT_TABLE,
            "word/theme/theme1.xml": theme_xml(),
        }

    def _document(self) -> str:
        # The numbers of relationships follow the order in which parts() names them: the theme is the first.
        rid = {name: f"rId{place}" for place, name in enumerate(_BESIDE, start=2)}
        edges = "".join(
            f'<w:{kind}Reference w:type="{which}" r:id="{rid[f"{kind}{number}"]}"/>'
            for kind in ("header", "footer")
            for number, which in ((1, "default"), (2, "first"))
        )
        bottom = 1474 + (440 if self.mark else 0)
        section = (
            f'<w:sectPr>{edges}<w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/>'
            f'<w:pgMar w:top="1701" w:right="{RIGHT}" w:bottom="{bottom}" w:left="{LEFT}" '
            'w:header="794" w:footer="624" w:gutter="0"/><w:cols w:space="720"/><w:titlePg/></w:sectPr>'
        )
        return f"<w:document {_SPACES}><w:body>{''.join(self.body)}{section}</w:body></w:document>"

    def _first_header(self) -> Xml:
        between = " · " if self.opening else ""
        number = (
            f"{{% if {self.register} %}}{between}Dnr {{{{ {self.register} }}}}{{% endif %}}" if self.register else ""
        )
        right = run(f"\t{self.opening}{number}", "Bitext")
        return when(
            "logo is defined and logo",
            paragraph("{{ logo }}", right, style="Logotyp"),
            otherwise=(paragraph("{{ association }}", right, style="Avsändare"),),
        )

    def _footer(self, address: str = "") -> Xml:
        number = f"{{% if {self.register} %}}Dnr {{{{ {self.register} }}}} · {{% endif %}}" if self.register else ""
        place = f"{{% if {address} %}}, {{{{ {address} }}}}{{% endif %}}" if address else ""
        above = paragraph(f"{self.mark}\t", style="Bestyrkande") if self.mark else ""
        last = paragraph(
            f"{number}{{{{ association }}}}{place}\tSida ",
            _counted("PAGE"),
            " av ",
            _counted("NUMPAGES"),
            style="Sidfotslinje",
        )
        return Xml(above + last)

    def _properties(self) -> str:
        return (
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"<dc:title>{escape(self.name)}</dc:title><dc:creator>{{{{ association }}}}</dc:creator>"
            "<dc:language>sv-SE</dc:language></cp:coreProperties>"
        )


def _counted(field: str) -> Xml:
    """A field that Word counts: the page, or how many pages there are."""
    steps = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {field} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return Xml("".join(f"<w:r>{step}</w:r>" for step in steps))


def _edge(kind: str, body: Xml) -> str:
    return f"<w:{kind} {_SPACES}>{body}</w:{kind}>"


def _relationships(*kinds_and_targets: str) -> str:
    lines = (
        f'<Relationship Id="rId{place}" Type="{kind}" Target="{target}"/>'
        for place, (kind, _, target) in enumerate((each.partition(">") for each in kinds_and_targets), start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def _content_types() -> str:
    word = f"{_TYPE}.wordprocessingml"
    kinds = {
        "docProps/core": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app": f"{_TYPE}.extended-properties+xml",
        "word/document": f"{word}.document.main+xml",
        "word/theme/theme1": f"{_TYPE}.theme+xml",
        **{f"word/{name}": f"{word}.{kind}+xml" for name, kind in _BESIDE.items()},
    }
    overrides = "".join(f'<Override PartName="/{name}.xml" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


_SETTINGS = (
    f'<w:settings {_SPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="sv-SE"/>'
    '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" '
    'w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" '
    'w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/><w:decimalSymbol w:val=","/>'
    '<w:listSeparator w:val=";"/></w:settings>'
)
_FONT_TABLE = (
    f'<w:fonts xmlns:w="{_W}"><w:font w:name="{FONT}"><w:charset w:val="00"/><w:family w:val="swiss"/>'
    '<w:pitch w:val="variable"/></w:font></w:fonts>'
)
