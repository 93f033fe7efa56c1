"""The lists that the styles draw on: bullets, numbers, and headings numbered in the column of labels."""

from __future__ import annotations

from dataclasses import dataclass

from document_templates.drawing.palette import LABELS

BULLETS, NUMBERS, SECTIONS = 1, 2, 3
_INDENT = 340
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: what it shows (``%1`` its number), how it counts, its indents, the style tied to it."""

    shows: str
    counts: str
    left: int
    hanging: int
    style: str = ""

    def xml(self, place: int) -> str:
        tied = f'<w:pStyle w:val="{self.style}"/>' if self.style else ""
        return (
            f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{self.counts}"/>{tied}'
            f'<w:suff w:val="tab"/><w:lvlText w:val="{self.shows}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{self.left}" w:hanging="{self.hanging}"/></w:pPr></w:lvl>'
        )


def _stepped(*levels: tuple[str, str, str]) -> tuple[_Level, ...]:
    return tuple(
        _Level(shows, counts, _INDENT * place, _INDENT, style)
        for place, (shows, counts, style) in enumerate(levels, start=1)
    )


_LISTS = {
    BULLETS: _stepped(
        ("•", "bullet", "ListBullet"), ("–", "bullet", "ListBullet2"), ("•", "bullet", ""), ("–", "bullet", "")
    ),
    NUMBERS: _stepped(
        ("%1.", "decimal", "ListNumber"),
        ("%2)", "lowerLetter", "ListNumber2"),
        ("%3.", "lowerRoman", ""),
        ("%4.", "decimal", ""),
    ),
    SECTIONS: (_Level("%1", "decimal", 0, LABELS, "Avsnitt"), _Level("%1.%2", "decimal", 0, LABELS, "Avsnitt2")),
}


def numbering_xml() -> str:
    """word/numbering.xml."""
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
        + "".join(level.xml(place) for place, level in enumerate(levels))
        + "</w:abstractNum>"
        for number, levels in _LISTS.items()
    )
    uses = "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in _LISTS)
    return f'<w:numbering xmlns:w="{_W}">{lists}{uses}</w:numbering>'
