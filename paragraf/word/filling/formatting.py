"""Formatted text as Word's runs and paragraphs, in the look of the place that held the tag."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from paragraf.core.formatted import Block, BlockKind, Formatted, Span
from paragraf.word.filling import text
from paragraf.word.filling.drawings import Picture
from paragraf.word.filling.looks import Look
from paragraf.word.filling.numbering import OpenLists
from paragraf.word.filling.text import WordXml, plain_xml, word_xml
from paragraf.word.package.addresses import clickable

if TYPE_CHECKING:
    from paragraf.word.filling.numbering import Numbering

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BREAK = "<w:r><w:br/></w:r>"
_BOLD = {"b": "<w:b/>", "bCs": "<w:bCs/>"}
_ITALIC = {"i": "<w:i/>", "iCs": "<w:iCs/>"}
# Where the template has no style for links, they look as links do.
_UNDERLINED = {"color": '<w:color w:val="0563C1"/>', "u": '<w:u w:val="single"/>'}


class Sheet(Protocol):
    """The part that is being filled, as far as formatted text changes what lies around it."""

    @property
    def numbering(self) -> Numbering: ...

    def link(self, address: str) -> str:
        """The id of the part's relationship to an outside address."""
        ...

    def picture(self, picture: Picture) -> str:
        """A picture's drawing."""
        ...


@dataclass(frozen=True, slots=True)
class RunFrame:
    """The look of the run that held a tag, as the ``w:rPr`` of plain, bold, italic and bold italic runs, then the same
    for links. ``linkable``: whether a link may stand there, which it may not within another link or a field."""

    looks: tuple[str, ...]
    linkable: bool = True


@dataclass(frozen=True, slots=True)
class ParagraphFrame:
    """The paragraph that held a tag: the ``w:pPr`` of the first and of later ordinary blocks, the properties around
    the place of a number, its runs' look, and what else stood in it before and after the tag (a footnote's number)."""

    first: str
    later: str
    number_place: tuple[str, str]
    runs: RunFrame
    lead: str = ""
    trail: str = ""


Frame = RunFrame | ParagraphFrame


def run_frame(look: Look, link_style: str, linkable: bool = True) -> RunFrame:
    """The frame of a run. ``link_style``: the template's character style for links, or empty."""
    link = {"rStyle": f'<w:rStyle w:val="{plain_xml(link_style)}"/>'} if link_style else _UNDERLINED
    kinds: list[dict[str, str]] = [{}, _BOLD, _ITALIC, _BOLD | _ITALIC]
    return RunFrame(tuple(look.xml(**kind, **linked) for linked in ({}, link) for kind in kinds), linkable)


def paragraph_frame(paragraph: Look, runs: RunFrame, lead: str, trail: str) -> ParagraphFrame:
    """The frame of a paragraph."""
    # A page break before each block, or a list's own indentation overruled, is never what was meant.
    later = paragraph.xml(pageBreakBefore="")
    without = Look("pPr", {name: xml for name, xml in paragraph.properties.items() if name != "ind"})
    return ParagraphFrame(paragraph.xml(), later, without.around("numPr"), runs, lead, trail)


def printed(value: object, sheet: Sheet) -> str:
    """``{{ field }}``: any value where a text stands."""
    if isinstance(value, Picture):
        return f'</w:t>{sheet.picture(value)}<w:t xml:space="preserve">'
    return word_xml(value)


def runs_xml(value: object, frame: RunFrame, sheet: Sheet) -> WordXml:
    """``{{r field }}``: the value as runs, blocks parted by line breaks."""
    if isinstance(value, Picture):
        return WordXml(f"<w:r>{frame.looks[0]}{sheet.picture(value)}</w:r>")
    if type(value) is Span:
        return WordXml(_spans((value,), frame, sheet))
    if type(value) is Block:
        blocks: Iterable[Block] = (value,)
    else:
        blocks = value if type(value) is Formatted else (_plain("" if value is None else str(value)),)
    return WordXml(_BREAK.join(_spans(block.spans, frame, sheet) for block in blocks))


def paragraphs_xml(value: object, frame: ParagraphFrame, sheet: Sheet) -> WordXml:
    """``{{p field }}``: the value as paragraphs; plain text is cut at its blank lines, nothing gives none.

    What else stood in the tag's paragraph stays, in the first and last paragraph, or in one of its own.
    """
    if isinstance(value, Picture):
        run = runs_xml(value, frame.runs, sheet)
        return WordXml(f"<w:p>{frame.first}{frame.lead}{run}{frame.trail}</w:p>")
    lists = OpenLists(sheet.numbering)
    made: list[str] = []
    for block in blocks_of(value):
        if block.kind is BlockKind.PARAGRAPH:
            properties = frame.later if made else frame.first
        else:
            properties = lists.properties(block, frame.number_place)
        made.append(f"<w:p>{properties}{frame.lead if not made else ''}{_spans(block.spans, frame.runs, sheet)}")
    if not made and (frame.lead or frame.trail):
        made.append(f"<w:p>{frame.first}{frame.lead}")
    return WordXml("</w:p>".join(made) + f"{frame.trail}</w:p>" if made else "")


def blocks_of(value: object) -> Iterator[Block]:
    """The blocks of any value that a template may print as paragraphs."""
    if type(value) is Formatted:
        yield from value.blocks
    elif type(value) is Block:
        yield value
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from blocks_of(each)
    elif value is not None:
        yield from map(_plain, text.paragraphs(value))


def _plain(line: str) -> Block:
    return Block((Span(line),))


def _spans(spans: Iterable[Span], frame: RunFrame, sheet: Sheet) -> str:
    return "".join([_span(span, frame, sheet.link) for span in spans])


def _span(span: Span, frame: RunFrame, link: Callable[[str], str]) -> str:
    kind = span.bold + 2 * span.italic
    inside = f'<w:t xml:space="preserve">{word_xml(span.text)}</w:t></w:r>'
    address = clickable(span.link) if span.link and frame.linkable else ""
    if not address:
        return f"<w:r>{frame.looks[kind]}{inside}"
    opening = f'<w:hyperlink xmlns:r="{_R}" r:id="{link(address)}" w:history="1">'
    return f"{opening}<w:r>{frame.looks[kind + 4]}{inside}</w:hyperlink>"
