"""Formatted text as HTML: paragraphs, lists, bold, italic, links and line breaks, and nothing else.

Every tag is written here and every word is escaped, so there is nothing left to sanitise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from markupsafe import Markup, escape

from paragraf.core.formatted import Block, BlockKind, Formatted, Span
from paragraf.core.light_markup import parse

_EMPTY = Markup("")
_LISTS = {BlockKind.BULLET: "ul", BlockKind.NUMBER: "ol"}


def formatted(text: Formatted | str) -> Markup:
    """The text as HTML; a ``str`` is read as light markup."""
    blocks = parse(text) if isinstance(text, str) else text
    return _EMPTY.join(_runs(blocks))


def _runs(blocks: Iterable[Block]) -> Iterator[Markup]:
    for in_list, alike in groupby(blocks, key=lambda block: block.kind is not BlockKind.PARAGRAPH):
        if in_list:
            yield _EMPTY.join(_lists(alike))
        else:
            yield from (Markup("<p>{}</p>").format(_words(block)) for block in alike)


def _lists(items: Iterable[Block]) -> Iterator[Markup]:
    """The items as lists within lists: tags are opened and closed as the levels go in and out."""
    # The items whose list is open, outermost first.
    open_items: list[Block] = []
    for item in items:
        while open_items and open_items[-1].level > item.level:
            yield _end(open_items.pop())
        last = open_items[-1] if open_items else None
        if last and last.level == item.level and _goes_on(last, item):
            open_items[-1] = item
            yield Markup("</li>")
        else:
            if last and last.level == item.level:
                yield _end(open_items.pop())
            open_items.append(item)
            yield _begin(item)
        yield Markup("<li>{}").format(_words(item))
    yield from map(_end, reversed(open_items))


def _goes_on(last: Block, item: Block) -> bool:
    """Whether the item stands in the list of the one before: of one kind, and the next number."""
    return last.kind is item.kind and (item.kind is BlockKind.BULLET or item.number == last.number + 1)


def _begin(item: Block) -> Markup:
    if item.kind is BlockKind.NUMBER and item.number != 1:
        return Markup('<ol start="{}">').format(item.number)
    return Markup("<{}>").format(_LISTS[item.kind])


def _end(item: Block) -> Markup:
    return Markup("</li></{}>").format(_LISTS[item.kind])


def _words(block: Block) -> Markup:
    parts = groupby(block.spans, key=lambda span: span.link)
    return _EMPTY.join(_linked(link, _EMPTY.join(map(_look, spans))) for link, spans in parts)


def _linked(link: str, words: Markup) -> Markup:
    return Markup('<a href="{}" rel="nofollow noopener noreferrer">{}</a>').format(link, words) if link else words


def _look(span: Span) -> Markup:
    words = Markup("<br>").join(escape(line) for line in span.text.split("\n"))
    for wanted, tag in ((span.italic, "em"), (span.bold, "strong")):
        words = Markup("<{0}>{1}</{0}>").format(tag, words) if wanted else words
    return words
