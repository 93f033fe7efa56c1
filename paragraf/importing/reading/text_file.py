"""Plain text and Markdown as lines: the encoding told from the bytes, marks taken as hints, wrapped lines noticed."""

from __future__ import annotations

import html
import re

from paragraf.core.errors import RuleBroken
from paragraf.importing.reading.joining import notice_wrapping
from paragraf.importing.reading.lines import FileKind, Line, Source, tidy

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_BOLD = re.compile(r"^(\*\*|__)(?=\S)(.+?)(?<=\S)\1\s*(.*)$")
_STARS = re.compile(r"\*\*|(?<![\w_])__(?=\S)|(?<=\S)__(?![\w_])")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_]+?)(?<=[^\s*_])\1(?![\w*])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~§])")
_LINK = re.compile(r"!?\[([^\]]*)\]\(([^)\s]*)[^)]*\)|<(https?://[^>\s]+|mailto:[^>\s]+)>")
_TAG = re.compile(r"</?(?:b|i|u|p|em|div|sub|sup|span|strong|td|th|tr|table|tbody|thead)(?:\s[^>]*)?>", re.IGNORECASE)
_BOLD_TAG = re.compile(r"</?(?:b|strong)>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_RULE = re.compile(r"^\s*(?:[-*_=]\s*){3,}$|^\s*```.*$|^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*$")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_text(content: bytes) -> Source:
    """The lines of a text. Raises RuleBroken for what is no text."""
    text, doubts = decode(content)
    lines = _lines(_COMMENT.sub("", text))
    notice_wrapping(lines)
    pages = lines[-1].page if lines and lines[-1].page > 1 else 0
    if not pages:
        for line in lines:
            line.page = 0
    return Source(FileKind.TEXT, lines, pages=pages, doubts=doubts)


def decode(content: bytes) -> tuple[str, list[RuleBroken]]:
    """The bytes as text, with a doubt where the encoding had to be taken for granted."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _text(content, encoding), []
    if (wide := _wide(content)) is not None:
        return _text(content, wide), []
    try:
        text, doubts = content.decode("utf-8"), []
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
        doubts = [RuleBroken("Filen är inte i UTF-8. Den lästes som Windows-1252: se efter att å, ä och ö blev rätt.")]
    return _plain(text), doubts


def _wide(content: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of Swedish text is zero."""
    sample = content[:2000]
    if len(sample) < 4:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.1 * half else None


def _text(content: bytes, encoding: str) -> str:
    try:
        return _plain(content.decode(encoding))
    except UnicodeDecodeError:
        raise _no_text() from None


def _plain(text: str) -> str:
    """Raises RuleBroken where the characters are none of a text's."""
    if len(_CONTROL.findall(text)) > len(text) // 500:
        raise _no_text()
    return _CONTROL.sub("", text)


def _no_text() -> RuleBroken:
    return RuleBroken("Filen är ingen text som går att läsa. Spara protokollet som Word, PDF eller text.", field="file")


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    gap, page, crossed = True, 1, False
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        page, crossed = page + raw.count("\f"), crossed or "\f" in raw
        if _RULE.match(raw):
            gap = True
            continue
        for part in _BREAK.split(raw) if "<" in raw else (raw,):
            line = _line(number, part.replace("\f", ""), page)
            if line is None:
                gap = True
                continue
            line.gap, line.crossed = gap, crossed
            gap, crossed = False, False
            lines.append(line)
    return lines


def _line(number: int, raw: str, page: int) -> Line | None:
    heading, bold, lead = 0, False, ""
    text = raw.lstrip(" \t>") if raw.lstrip().startswith(">") else raw.strip(" \xa0\r")
    if found := _HEADING.match(text.strip()):
        heading, text = len(found[1]), found[2]
    if "<" in text:
        text = _TAG.sub("", _BOLD_TAG.sub("**", text)) if len(_BOLD_TAG.findall(text)) == 2 else _TAG.sub("", text)
    text, in_table = _cells(text)
    if found := _BOLD.match(text.strip()):
        bold, lead = not found[3], found[2] if found[3] else ""
    words = tidy(_unmarked(text))
    if not words:
        return None
    return Line(number, words, page, bold, tidy(_unmarked(lead)) if lead else "", heading, in_table=in_table)


def _cells(text: str) -> tuple[str, bool]:
    """A row of a Markdown table with its cells apart by tabs."""
    row = text.strip()
    if not (row.startswith("|") and row.endswith("|") and len(row) > 2):
        return text, "\t" in row
    return "\t".join(cell.strip() for cell in row[1:-1].split("|")), True


def _unmarked(text: str) -> str:
    """The words without Markdown's marks."""
    if "(" in text or "<" in text:
        text = _LINK.sub(lambda found: found[3] or (found[1] or found[2]), text)
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(r"\2", _STARS.sub("", text))
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    return html.unescape(text) if "&" in text else text
