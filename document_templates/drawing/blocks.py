"""What a paper's body is put together of: paragraphs, conditions and loops, as WordprocessingML."""

from __future__ import annotations

from xml.sax.saxutils import escape

_TAB = "<w:tab/>"


class Xml(str):
    """WordprocessingML, told apart from text that is still to be escaped."""

    __slots__ = ()


def run(text: str, style: str = "") -> Xml:
    """Text, in a character style where one is named; a tab in it is Word's tab."""
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    pieces = (f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "" for piece in text.split("\t"))
    return Xml(f"<w:r>{look}{_TAB.join(pieces)}</w:r>")


def paragraph(*content: str, style: str = "", page_break: bool = False, keep_next: bool = False) -> Xml:
    """A paragraph of texts and runs, of the style with this id.

    ``page_break``: at the top of a new page; ``keep_next``: on the same page as what follows.
    """
    runs = "".join(each if isinstance(each, Xml) else run(each) for each in content if each)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    # At the top of a page the style's space above would only make the page begin lower than the others.
    above = '<w:pageBreakBefore/><w:spacing w:before="0"/>' if page_break else ""
    properties = named + ("<w:keepNext/>" if keep_next else "") + above
    return Xml(f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>")


def title(text: str) -> Xml:
    """The document's title."""
    return paragraph(text, style="Title")


def subtitle(text: str) -> Xml:
    """What stands beneath the title."""
    return paragraph(text, style="Subtitle")


def heading(text: str, level: int = 1) -> Xml:
    """A heading of level 1 to 3."""
    return paragraph(text, style=f"Heading{level}")


def formatted(field: str, style: str = "") -> Xml:
    """A field's paragraphs and lists, written by a person."""
    return paragraph(f"{{{{p {field} }}}}", style=style)


def tag(body: str) -> Xml:
    """A paragraph that holds a tag only, small and grey in the template; it is gone from the filled document."""
    return paragraph(f"{{%p {body} %}}", style="Malltagg")


def when(condition: str, *blocks: Xml, otherwise: tuple[Xml, ...] = ()) -> Xml:
    """Blocks that stand there only where the condition holds, others where it does not."""
    instead = (tag("else"), *otherwise) if otherwise else ()
    return Xml("".join((tag(f"if {condition}"), *blocks, *instead, tag("endif"))))


def each(loop: str, *blocks: Xml) -> Xml:
    """Blocks repeated: ``loop`` as in ``item in items``."""
    return Xml("".join((tag(f"for {loop}"), *blocks, tag("endfor"))))


def listed(loop: str, text: str, style: str = "") -> Xml:
    """A paragraph for each, of one text."""
    return each(loop, paragraph(text, style=style))


def chapter(condition: str, name: str, *blocks: Xml, level: int = 1) -> Xml:
    """A heading with what belongs under it, left out together."""
    return when(condition, heading(name, level), *blocks)
