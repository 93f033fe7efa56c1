"""Formatted text written with marks again, so that a person can go on with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from paragraf.core.formatted import Block, BlockKind, Formatted, Span
from paragraf.core.light_markup import is_item, parse
from paragraf.core.marks import merged

_SIGN = re.compile(r"([ \t]*[0-9]{0,4})(\\*)([-•.].*)", re.DOTALL)
_PLAIN = Span("")


def to_markup(formatted: Formatted) -> str:
    """The text that ``parse`` reads as ``formatted``.

    A look that marks cannot tell (a bold space, half a number) is left out; of the words nothing is. Blank lines and
    spaces at the ends of a block are not kept.
    """
    text, before = "", None
    for block in formatted:
        words = _block(block)
        if not words.strip():
            continue
        in_list = before is not None and BlockKind.PARAGRAPH not in (before.kind, block.kind)
        text += ("\n" if in_list else "\n\n" if text else "") + words
        before = block
    return text


def _block(block: Block) -> str:
    spans = tuple(merged(block.spans))
    plain = Span("".join(span.text for span in spans))
    tries = (_laid_out(block, words) for words in _tries(spans))
    return next((words for words in tries if _reads_as(words, block, spans)), _laid_out(block, _marked([plain], True)))


def _reads_as(words: str, block: Block, spans: Sequence[Span]) -> bool:
    read = parse(words).blocks
    return len(read) == 1 and (read[0].kind, read[0].spans) == (block.kind, spans)


def _tries(spans: Sequence[Span]) -> Iterator[str]:
    """The ways to mark the spans, the prettiest first."""
    for is_escaped in (False, True):
        for marks_within_links in (False, True):
            yield _marked(spans, is_escaped, marks_within_links)


def _marked(spans: Sequence[Span], is_escaped: bool, marks_within_links: bool = False) -> str:
    text = ""
    for before, span in zip((_PLAIN, *spans), (*spans, _PLAIN), strict=True):
        leaves = f"]({before.link})" if before.link and before.link != span.link else ""
        enters = "[" if span.link and before.link != span.link else ""
        ends, begins = _stars(before, span), _stars(span, before)
        parts = (ends, leaves, enters, begins) if marks_within_links else (leaves, ends, begins, enters)
        text += "".join(parts) + (re.sub(r"([*\[])", r"\\\1", span.text) if is_escaped else span.text)
    return "\n".join(map(_escaped_line, text.split("\n"))) if is_escaped else text


def _stars(span: Span, other: Span) -> str:
    """The stars of the looks that ``span`` has and ``other`` has not."""
    return "**" * (span.bold and not other.bold) + "*" * (span.italic and not other.italic)


def _escaped_line(line: str) -> str:
    found = _SIGN.match(line)
    return "{}{}\\{}".format(*found.groups()) if found and is_item(found[1] + found[3]) else line


def _laid_out(block: Block, words: str) -> str:
    """The words with the sign of their list, and their further lines standing in."""
    if block.kind is BlockKind.PARAGRAPH:
        return words
    indent = "  " * block.level
    sign = "-" if block.kind is BlockKind.BULLET else f"{block.number}."
    return f"{indent}{sign} " + words.replace("\n", f"\n{indent}  ")
