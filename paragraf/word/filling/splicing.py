"""Text moved about in a part's tree without disturbing what stands around it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from paragraf.word.package.markup import BREAKS, P

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def owner(element: Element) -> Element | None:
    """The paragraph a text belongs to; a text box has paragraphs inside a paragraph."""
    return next(element.iterancestors(P), None)


def join(texts: list[Element], start: int, end: int, paragraph: Element) -> None:
    """Gather the paragraph's characters ``start`` to ``end`` in the text element where they begin.

    Called from the last tag to the first, so that offsets before ``start`` still hold.
    """
    covered = list(_covered(texts, start, end))
    first, begins = covered[0]
    last, _ = covered[-1]
    if first is last:
        return
    whole = "".join(text.text or "" for text, _ in covered)
    taken = whole[start - begins : end - begins]
    rest = whole[end - begins :]
    first.text = (first.text or "")[: start - begins] + taken
    for text, _ in covered[1:-1]:
        text.text = ""
    last.text = rest
    for element in list(_between(paragraph, first, last)):
        replace(element, "")


def _covered(texts: list[Element], start: int, end: int) -> Iterator[tuple[Element, int]]:
    offset = 0
    for text in texts:
        length = len(text.text or "")
        if offset >= end:
            return
        if offset + length > start:
            yield text, offset
        offset += length


def _between(paragraph: Element, first: Element, last: Element) -> Iterator[Element]:
    inside = False
    for element in paragraph.iter("*"):
        if element is last:
            return
        if inside and element.tag in BREAKS and owner(element) is paragraph:
            yield element
        inside = inside or element is first


def replace(element: Element, text: str) -> None:
    """Put ``text`` where the element was."""
    put_before(element, text + (element.tail or ""))
    parent = element.getparent()
    assert parent is not None, "only elements under the root are replaced"
    element.tail = None
    parent.remove(element)


def put_before(element: Element, text: str) -> None:
    previous = element.getprevious()
    parent = element.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text


def append(element: Element, text: str) -> None:
    """Put ``text`` at the end of the element, after its last child."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
