"""Values as WordprocessingML text: escaping, line breaks and tabs."""

from __future__ import annotations

import re

_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_NEEDS_CARE = re.compile('[&<>"\x00-\x1f\ud800-\udfff\ufffe\uffff]')
_ESCAPES: dict[int, str | None] = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;"}
# XML 1.0 has no place for these at all, not even as references.
_ILLEGAL: dict[int, str | None] = {
    **dict.fromkeys(range(0x20)),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    0xFFFE: None,
    0xFFFF: None,
}
_PLAIN = {**_ILLEGAL, **_ESCAPES, ord("\n"): " ", ord("\t"): " ", 0x0B: " ", 0x0C: " "}
# Word's own line break is a vertical tab when text is copied out of it.
_WORD = {**_ILLEGAL, **_ESCAPES, ord("\n"): _BREAK, 0x0B: _BREAK, 0x0C: _BREAK, ord("\t"): _TAB}
_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


class WordXml(str):
    """Text that is WordprocessingML already. Only this package makes it; field values never pass as such."""

    __slots__ = ()


def word_xml(value: object) -> str:
    """A value as the inside of a ``w:t`` element: escaped, without characters that XML forbids.

    Line ends become ``w:br`` and tabs ``w:tab``; nothing prints as nothing.
    """
    if type(value) is str:
        text = value
    elif type(value) is WordXml:
        return value
    else:
        text = "" if value is None else str(value)
    return _careful(text, _WORD) if _NEEDS_CARE.search(text) else text


def plain_xml(value: object) -> WordXml:
    """A value where Word allows text only (alt text, document properties): line ends become spaces."""
    text = "" if value is None else str(value)
    return WordXml(_careful(text, _PLAIN) if _NEEDS_CARE.search(text) else text)


def paragraphs(value: object) -> list[str]:
    """A text cut at its blank lines, for ``{%p for stycke in text|paragraphs %}``; a list stays a list."""
    if isinstance(value, (list, tuple)):
        return [str(each) for each in value]
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return [stripped for piece in _BLANK_LINE.split(text) if (stripped := piece.strip())]


def _careful(text: str, table: dict[int, str | None]) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.translate(table)
