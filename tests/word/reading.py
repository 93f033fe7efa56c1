"""What a reader of a Word file sees: paragraphs with their looks, links and list numbers, counted as Word counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from paragraf.core.formatted import Block, BlockKind, Formatted, Span
from tests.word import files

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def value(element: Any, path: str) -> str:
    found = element.find("/".join(f"{W}{name}" for name in path.split("/")))
    return "" if found is None else str(found.get(f"{W}val", ""))


@dataclass
class _Lists:
    """The numberings of a file. Numberings of one abstract share their count until one of them starts over."""

    content: bytes
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        parts = files.parts(self.content)
        self.styles = {
            style.get(f"{W}styleId"): style for style in files.xml_of(self.content, "word/styles.xml").iter(f"{W}style")
        }
        root = files.xml_of(self.content, "word/numbering.xml") if "word/numbering.xml" in parts else None
        self.numbers = {} if root is None else {each.get(f"{W}numId"): each for each in root.iter(f"{W}num")}
        self.abstracts = (
            {} if root is None else {each.get(f"{W}abstractNumId"): each for each in root.iter(f"{W}abstractNum")}
        )

    def item(self, paragraph: Any) -> tuple[BlockKind, int, int]:
        """The kind, the level by the style or the numbering, and the number shown."""
        style = self.styles.get(value(paragraph, "pPr/pStyle"))
        holder = paragraph if paragraph.find(f"{W}pPr/{W}numPr") is not None else style
        number = "" if holder is None else value(holder, "pPr/numPr/numId")
        if not number:
            return BlockKind.PARAGRAPH, 0, 0
        level = int(value(holder, "pPr/numPr/ilvl") or 0)
        num = self.numbers[number]
        abstract = self.abstracts[value(num, "abstractNumId")]
        kind = value(next(each for each in abstract.iter(f"{W}lvl") if each.get(f"{W}ilvl") == str(level)), "numFmt")
        name = "" if style is None else value(style, "name")
        shown_level = int(name[-1]) - 1 if name[-1:].isdigit() and not level else level
        if kind == "bullet":
            return BlockKind.BULLET, shown_level, 0
        return BlockKind.NUMBER, shown_level, self._count(number, num, level)

    def _count(self, number: str, num: Any, level: int) -> int:
        key = (value(num, "abstractNumId"), level)
        starts = [
            int(value(each, "startOverride"))
            for each in num.iter(f"{W}lvlOverride")
            if each.get(f"{W}ilvl") == str(level)
        ]
        if starts and number not in self.begun:
            self.counts[key] = starts[0] - 1
        self.begun.add(number)
        self.counts[key] = self.counts.get(key, 0) + 1
        return self.counts[key]


def formatted(content: bytes, part: str = "word/document.xml") -> Formatted:
    """The paragraphs of a part as formatted text; neighbouring spans of one look are one."""
    lists = _Lists(content)
    folder, name = part.split("/")
    relations = {}
    if f"{folder}/_rels/{name}.rels" in files.parts(content):
        relations = {
            each.get("Id"): each.get("Target") for each in files.xml_of(content, f"{folder}/_rels/{name}.rels")
        }
    blocks = []
    for paragraph in files.xml_of(content, part).iter(f"{W}p"):
        kind, level, number = lists.item(paragraph)
        blocks.append(Block(tuple(joined(_spans(paragraph, relations))), kind, level, number))
    return Formatted(tuple(blocks))


def joined(spans: Iterator[Span] | tuple[Span, ...]) -> Iterator[Span]:
    """Neighbouring spans of one look as one, empty ones left out."""
    last: Span | None = None
    for span in spans:
        if not span.text:
            continue
        if last and (last.bold, last.italic, last.link) == (span.bold, span.italic, span.link):
            last = Span(last.text + span.text, span.bold, span.italic, span.link)
            continue
        if last:
            yield last
        last = span
    if last:
        yield last


def _spans(paragraph: Any, relations: dict[str, str]) -> Iterator[Span]:
    for run in paragraph.iter(f"{W}r"):
        if next(run.iterancestors(f"{W}p")) is not paragraph:
            continue
        link = next((each.get(f"{R}id") for each in run.iterancestors(f"{W}hyperlink")), None)
        text = "".join({f"{W}t": each.text or "", f"{W}br": "\n", f"{W}tab": "\t"}.get(each.tag, "") for each in run)
        bold, italic = (run.find(f"{W}rPr/{W}{name}") is not None for name in ("b", "i"))
        yield Span(text, bold, italic, relations[link] if link else "")
