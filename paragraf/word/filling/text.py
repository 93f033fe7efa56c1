"""Values as WordprocessingML text: escaping, line breaks and tabs."""

from __future__ import annotations

import re

_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_NEEDS_CARE = re.compile('[&<>"\x00-\x1f\ud800-\udfff\ufffe\uffff]')
# XML 1.0 has no place for these at all, not even as references. A half of a sign shows that something was there.
_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
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
    return _careful(text, _BREAK, _TAB) if _NEEDS_CARE.search(text) else text


def plain_xml(value: object) -> WordXml:
    """A value where Word allows text only (alt text, document properties): line ends become spaces."""
    text = "" if value is None else str(value)
    return WordXml(_careful(text, " ", " ").replace('"', "&quot;") if _NEEDS_CARE.search(text) else text)


def paragraphs(value: object) -> list[str]:
    """A text cut at its blank lines, for ``{%p for stycke in text|paragraphs %}``; a list stays a list."""
    if isinstance(value, (list, tuple)):
        return [str(each) for each in value]
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return [stripped for piece in _BLANK_LINE.split(text) if (stripped := piece.strip())]


def _careful(text: str, line_end: str, tab: str) -> str:
    # One replacement after the other: each is a search in C, where a translation table asks for every letter.
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    # Word's own line break is a vertical tab when text is copied out of it.
    for sign, printed in (("\n", line_end), ("\x0b", line_end), ("\x0c", line_end), ("\t", tab)):
        if sign in text:
            text = text.replace(sign, printed)
    return _ILLEGAL.sub(_shown, text)


def _shown(sign: re.Match[str]) -> str:
    return "\ufffd" if "\ud800" <= sign[0] <= "\udfff" else ""
