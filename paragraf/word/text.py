"""Values as WordprocessingML text: escaping, line breaks, tabs and simply formatted runs."""

from __future__ import annotations

import re
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one look, added to the look that the template gives the place."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Runs:
    """Simply formatted text for ``{{r field }}``; an ordinary ``{{ field }}`` prints its plain text."""

    runs: tuple[Run, ...]

    def __str__(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class RunFrame:
    """The look of the run that a ``{{r }}`` tag replaces, cut where bold and italic have their place in the schema."""

    head: str = ""
    bold: str = ""
    italic: str = ""
    tail: str = ""

    def around(self, run: Run) -> str:
        """The run as WordprocessingML in this frame's look."""
        bold = "<w:b/>" if run.bold else self.bold
        italic = "<w:i/>" if run.italic else self.italic
        look = f"{self.head}{bold}{italic}{self.tail}"
        properties = f"<w:rPr>{look}</w:rPr>" if look else ""
        return f'<w:r>{properties}<w:t xml:space="preserve">{word_xml(run.text)}</w:t></w:r>'


def word_xml(value: object) -> str:
    """A value as the inside of a ``w:t`` element: escaped, without characters that XML forbids.

    Line ends become ``w:br`` and tabs ``w:tab``; nothing prints as nothing. Also Jinja's ``finalize``, so no value
    reaches the document in any other way.
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


def runs_xml(value: object, head: str, bold: str, italic: str, tail: str) -> WordXml:
    """A ``Runs`` value, or anything as one run, as ``w:r`` elements in the look of the run which held the tag."""
    frame = RunFrame(head, bold, italic, tail)
    runs = value.runs if isinstance(value, Runs) else (Run(str(value)),)
    return WordXml("".join(frame.around(run) for run in runs))


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
