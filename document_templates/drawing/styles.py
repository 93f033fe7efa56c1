"""The stylesheet: every style of our papers in one place. Names of our own are Swedish, as the office reads them.

Headings 1 and everything of full width begin in the column of labels (a negative indent), text at the axis. So whatever
an office adds in Word, a paragraph, a list, a table cell, stands right without knowing of the column.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from document_templates.drawing.numbering import BULLETS, NUMBERS, SECTIONS
from document_templates.drawing.palette import DEEP, INK, LABELS, LINE, LINK, MEASURE, SOFT, WASH, Colour

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# "att " in the body's size: the lines that follow hang beneath the word after it.
_ATT = 292
_BAR = 227


def _colour(colour: Colour) -> str:
    return f'w:val="{colour.rgb}" w:themeColor="{colour.theme}"'


def _rule(side: str, colour: Colour, eighths: int, space: int = 0) -> str:
    return (
        f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" '
        f'w:color="{colour.rgb}" w:themeColor="{colour.theme}"/>'
    )


def _stop(kind: str, place: int, leader: str = "none") -> str:
    return f'<w:tab w:val="{kind}" w:leader="{leader}" w:pos="{place}"/>'


def _shade(colour: Colour) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour.rgb}" w:themeFill="{colour.theme}"/>'


@dataclass(frozen=True, slots=True)
class Style:
    """A style of paragraphs or, with ``kind`` "character", of runs. Lengths in twips, ``size`` in points.

    ``line`` is the distance of lines in percent. ``outline`` is the heading's level, 0 the highest.
    """

    name: str
    id: str = ""
    kind: str = "paragraph"
    based_on: str = "Normal"
    next: str = ""
    keep_next: bool = False
    keep_lines: bool = False
    contextual: bool = False
    page_break: bool = False
    borders: str = ""
    shade: Colour | None = None
    tabs: str = ""
    before: int | None = None
    after: int | None = None
    line: int | None = None
    left: int | None = None
    right: int | None = None
    hanging: int | None = None
    align: str = ""
    outline: int | None = None
    list: tuple[int, int] | None = None
    size: float | None = None
    bold: bool | None = None
    italic: bool = False
    colour: Colour | None = None
    underline: bool = False
    raised: bool = False

    @property
    def style_id(self) -> str:
        return self.id or self.name.replace(" ", "")

    def xml(self) -> str:
        default = ' w:default="1"' if self.name == "Normal" else ""
        own = "" if self.name in _WORDS_OWN else ' w:customStyle="1"'
        based = f'<w:basedOn w:val="{self.based_on}"/>' if self.name != self.based_on and self.based_on else ""
        after = f'<w:next w:val="{self.next}"/>' if self.next else ""
        return (
            f'<w:style w:type="{self.kind}"{default}{own} w:styleId="{self.style_id}"><w:name w:val="{self.name}"/>'
            f'{based}{after}<w:uiPriority w:val="1"/><w:qFormat/>{self._paragraph()}{self._run()}</w:style>'
        )

    def _paragraph(self) -> str:
        if self.kind == "character":
            return ""
        inside = "".join((self._flow(), self._frame(), self._place()))
        return f"<w:pPr>{inside}</w:pPr>" if inside else ""

    def _flow(self) -> str:
        flags = (("keepNext", self.keep_next), ("keepLines", self.keep_lines), ("pageBreakBefore", self.page_break))
        level, number = self.list or (0, 0)
        listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
        return "".join(f"<w:{name}/>" for name, wanted in flags if wanted) + listed

    def _frame(self) -> str:
        return "".join(
            (
                f"<w:pBdr>{self.borders}</w:pBdr>" if self.borders else "",
                _shade(self.shade) if self.shade else "",
                f"<w:tabs>{self.tabs}</w:tabs>" if self.tabs else "",
            )
        )

    def _place(self) -> str:
        line = None if self.line is None else round(self.line * 2.4)
        # Without the rule LibreOffice takes the distance as fixed, and cuts what is higher.
        spacing = _given(before=self.before, after=self.after, line=line, lineRule=None if line is None else "auto")
        indent = _given(left=self.left, right=self.right, hanging=self.hanging)
        return "".join(
            (
                f"<w:spacing{spacing}/>" if spacing else "",
                f"<w:ind{indent}/>" if indent else "",
                "<w:contextualSpacing/>" if self.contextual else "",
                f'<w:jc w:val="{self.align}"/>' if self.align else "",
                "" if self.outline is None else f'<w:outlineLvl w:val="{self.outline}"/>',
            )
        )

    def _run(self) -> str:
        halves = None if self.size is None else round(self.size * 2)
        weight = {None: "", True: "<w:b/>", False: '<w:b w:val="0"/>'}[self.bold]
        inside = "".join(
            (
                weight,
                "<w:i/>" if self.italic else "",
                f"<w:color {_colour(self.colour)}/>" if self.colour else "",
                "" if halves is None else f'<w:sz w:val="{halves}"/><w:szCs w:val="{halves}"/>',
                '<w:u w:val="single"/>' if self.underline else "",
                '<w:vertAlign w:val="superscript"/>' if self.raised else "",
            )
        )
        return f"<w:rPr>{inside}</w:rPr>" if inside else ""


def _given(**values: int | str | None) -> str:
    return "".join(f' w:{name}="{value}"' for name, value in values.items() if value is not None)


# Word knows these and shows them in its own language; the rest are ours.
_WORDS_OWN = frozenset(
    (
        *("Normal", "Title", "Subtitle", "heading 1", "heading 2", "heading 3", "caption", "header", "footer"),
        *("List Bullet", "List Bullet 2", "List Number", "List Number 2", "footnote text", "footnote reference"),
        *("Default Paragraph Font", "Hyperlink", "Strong"),
    )
)

# Same edge and indents in both: Word then draws one bar along the whole decision.
_CLAUSE = Style(
    "Att-sats",
    borders=_rule("top", WASH, 4, 4) + _rule("left", DEEP, 24, 8) + _rule("bottom", WASH, 4, 4),
    shade=WASH,
    left=_BAR + _ATT,
    hanging=_ATT,
    keep_lines=True,
    before=0,
    after=0,
)
_DECISION = replace(_CLAUSE, name="Beslut", next="Att-sats", keep_next=True, bold=True, colour=DEEP)
_TEXT = (
    Style("Normal", after=130, line=132, size=10.5, colour=INK),
    Style(
        "Title",
        next="Normal",
        keep_next=True,
        before=120,
        after=80,
        line=108,
        left=-LABELS,
        size=25,
        bold=True,
        colour=DEEP,
    ),
    Style("Subtitle", next="Normal", keep_next=True, after=320, line=120, left=-LABELS, size=12, colour=SOFT),
    Style(
        "heading 1",
        "Heading1",
        next="Normal",
        keep_next=True,
        keep_lines=True,
        borders=_rule("top", LINE, 6, 9),
        before=400,
        after=120,
        line=115,
        left=-LABELS,
        outline=0,
        size=14,
        bold=True,
        colour=DEEP,
    ),
    Style(
        "heading 2",
        "Heading2",
        next="Normal",
        keep_next=True,
        keep_lines=True,
        before=260,
        after=60,
        line=120,
        outline=1,
        size=11,
        bold=True,
        colour=DEEP,
    ),
    Style(
        "heading 3",
        "Heading3",
        next="Normal",
        keep_next=True,
        keep_lines=True,
        before=200,
        after=40,
        line=120,
        outline=2,
        size=10,
        bold=True,
        colour=SOFT,
    ),
    Style("§-rubrik", "Paragrafrubrik", based_on="Heading1", next="Normal", left=0, hanging=LABELS),
    Style("Dagordningspunkt", based_on="Heading2", next="Normal", before=320, left=0, hanging=LABELS),
    Style("Avsnitt", based_on="Heading1", next="Normal", left=0, hanging=LABELS, list=(0, SECTIONS)),
    Style("Avsnitt 2", based_on="Heading2", next="Normal", left=0, hanging=LABELS, list=(1, SECTIONS)),
    Style("Ärendeuppgift", keep_next=True, before=0, after=100, size=9, colour=SOFT),
    Style("Ingress", after=200, line=135, size=11.5, colour=DEEP),
    _DECISION,
    _CLAUSE,
    Style("Text efter tabell", before=140, after=0),
    Style("Liten text", before=140, after=60, line=125, size=9, colour=SOFT),
    Style("Underskrift", keep_lines=True, borders=_rule("top", INK, 4, 5), before=1080, after=120, right=2600),
    Style("Adressat", keep_lines=True, contextual=True, before=0, after=560, left=2381),
    Style("Malltagg", before=0, after=0, line=100, size=8, colour=SOFT),
)
_LISTS = (
    Style("List Bullet", list=(0, BULLETS), contextual=True, left=340, hanging=340),
    Style("List Bullet 2", list=(1, BULLETS), contextual=True, left=680, hanging=340),
    Style("List Number", list=(0, NUMBERS), contextual=True, left=340, hanging=340),
    Style("List Number 2", list=(1, NUMBERS), contextual=True, left=680, hanging=340),
)
_TABLES = (
    Style("caption", "Caption", next="Normal", keep_next=True, before=220, after=80, size=9.5, bold=True, colour=DEEP),
    Style("Uppgift", before=0, after=0, line=115, size=10),
    Style("Uppgiftsrubrik", based_on="Uppgift", size=9, bold=True, colour=DEEP),
    Style("Tabellrubrik", keep_next=True, before=0, after=0, line=100, size=9, bold=True, colour=DEEP),
    Style("Tabellrubrik tal", based_on="Tabellrubrik", align="right"),
    Style("Tabelltext", before=0, after=0, line=106, size=9.5),
    Style("Tabelltal", based_on="Tabelltext", align="right"),
    Style("Tabellsumma", based_on="Tabelltext", bold=True),
    Style("Tabellsumma tal", based_on="Tabellsumma", align="right"),
    Style("Tabellgrupp", based_on="Tabelltext", keep_next=True, before=80, bold=True, colour=DEEP),
    Style("Tabellnot", before=80, after=40, line=120, size=8.5, colour=SOFT),
    Style("Bred tabellnot", based_on="Tabellnot", left=-LABELS),
    Style("Tabellbitext", based_on="Tabelltext", size=8.5, colour=SOFT),
)
_EDGES = (
    Style(
        "header",
        "Header",
        tabs=_stop("right", MEASURE),
        before=0,
        after=0,
        line=110,
        left=-LABELS,
        size=8.5,
        colour=SOFT,
    ),
    Style("Avsändare", based_on="Header", size=11, bold=True, colour=DEEP),
    Style("Logotyp", based_on="Avsändare", line=100),
    Style(
        "footer",
        "Footer",
        tabs=_stop("right", MEASURE),
        before=0,
        after=0,
        line=115,
        left=-LABELS,
        size=8.5,
        colour=SOFT,
    ),
    Style("Sidfotslinje", based_on="Footer", borders=_rule("top", LINE, 6, 6)),
    Style("Bestyrkande", based_on="Footer", tabs=_stop("left", 1400, "underscore"), before=200, after=100),
    Style("footnote text", "FootnoteText", before=0, after=40, line=115, size=8.5),
)
PARAGRAPH_STYLES = (*_TEXT, *_LISTS, *_TABLES, *_EDGES)
CHARACTER_STYLES = (
    Style("Default Paragraph Font", "DefaultParagraphFont", kind="character", based_on=""),
    Style("Hyperlink", kind="character", based_on="DefaultParagraphFont", colour=LINK, underline=True),
    Style("Strong", kind="character", based_on="DefaultParagraphFont", bold=True),
    # Narrow enough that "§ 626 (preliminärt)" has room in the column of labels.
    Style("Paragrafnummer", kind="character", based_on="DefaultParagraphFont", size=12),
    Style("Bitext", kind="character", based_on="DefaultParagraphFont", bold=False, size=9, colour=SOFT),
    Style("footnote reference", "FootnoteReference", kind="character", based_on="DefaultParagraphFont", raised=True),
)


def styles_xml() -> str:
    """word/styles.xml."""
    return (
        f'<w:styles xmlns:w="{_W}">{_DEFAULTS}{"".join(each.xml() for each in PARAGRAPH_STYLES)}'
        f"{''.join(each.xml() for each in CHARACTER_STYLES)}{_PLAIN_TABLE}{_FACTS_TABLE}{_ROWS_TABLE}</w:styles>"
    )


_FONTS = (
    '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:cstheme="minorBidi"/>'
)
_DEFAULTS = (
    f"<w:docDefaults><w:rPrDefault><w:rPr>{_FONTS}"
    '<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="sv-SE" w:eastAsia="sv-SE" w:bidi="ar-SA"/></w:rPr>'
    "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
)


def _margins(top: int, side: int, right: int) -> str:
    edges = (("top", top), ("left", side), ("bottom", top), ("right", right))
    inside = "".join(f'<w:{edge} w:w="{width}" w:type="dxa"/>' for edge, width in edges)
    return f"<w:tblCellMar>{inside}</w:tblCellMar>"


def _table(name: str, style_id: str, borders: str, margins: str, special: str = "") -> str:
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="1"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders>{margins}</w:tblPr>{special}</w:style>"
    )


def _special(where: str, borders: str, shade: str = "") -> str:
    cell = f"<w:tcPr><w:tcBorders>{borders}</w:tcBorders>{shade}</w:tcPr>"
    return f'<w:tblStylePr w:type="{where}">{cell}</w:tblStylePr>'


_PLAIN_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    f"{_margins(0, 108, 108)}</w:tblPr></w:style>"
)
_FACTS_TABLE = _table(
    "Uppgifter",
    "Uppgifter",
    _rule("top", DEEP, 8) + _rule("bottom", DEEP, 8) + _rule("insideH", LINE, 4),
    _margins(85, 0, 170),
)
_ROWS_TABLE = _table(
    "Paragraftabell",
    "Paragraftabell",
    _rule("bottom", DEEP, 8) + _rule("insideH", LINE, 4),
    _margins(70, 85, 85),
    _special("firstRow", _rule("top", DEEP, 8) + _rule("bottom", DEEP, 8), _shade(WASH))
    + _special("lastRow", _rule("top", DEEP, 8) + _rule("bottom", DEEP, 8)),
)
