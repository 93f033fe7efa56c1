"""From a marked part to Jinja source: blocks are matched, and every line of source knows its tag."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from paragraf.word.faults import TemplateFault, nearest
from paragraf.word.filling.formatting import Frame, ParagraphFrame
from paragraf.word.filling.tags import BLOCK_END, BLOCK_START, VALUE_END, VALUE_START, Marked, Tag
from paragraf.word.package.markup import DECLARATION

_OPENS = {"for": "endfor", "if": "endif"}
_DEPTH = {"for": 1, "endfor": -1}
_DRAWING = re.compile(r'(<\w+:docPr\b[^>]*?\bid=")\d+')
_BOOKMARK = re.compile(r'<w:bookmark(?:Start|End) [^>]*?w:id="([^"]*)"[^>]*?/>')
_BETWEEN = {"else": ("for", "if"), "elif": ("if",)}
_KNOWN = frozenset((*_OPENS, *_OPENS.values(), *_BETWEEN, "set"))


@dataclass(frozen=True, slots=True)
class Source:
    """Jinja source of one part, the tag that each line belongs to, and the frames that tags name by number."""

    text: str
    lines: dict[int, Tag]
    frames: tuple[Frame, ...]

    def has(self, mark: str) -> bool:
        """Whether the compiler left a mark that must be mended after filling; see tables.py."""
        return mark in self.text

    def tag_at(self, line: int) -> Tag | None:
        """The tag on a line, or the nearest before it (Jinja counts a long statement from its end)."""
        numbers = list(self.lines)
        before = bisect_right(numbers, line)
        return self.lines[numbers[before - 1]] if before else None


def jinja_source(marked: Marked) -> Source:
    """The part as source for Jinja."""
    pieces, tags = _once_each(marked)
    made = [DECLARATION, pieces[0]]
    lines: dict[int, Tag] = {}
    frames: list[Frame] = []
    line = 1 + DECLARATION.count("\n") + pieces[0].count("\n")
    for tag, after in zip(tags, pieces[1:], strict=True):
        jinja = tag.jinja(len(frames))
        frames += [tag.frame] if tag.frame else []
        line += jinja.count("\n")
        lines[line] = tag
        line += after.count("\n")
        made += (jinja, after)
    return Source("".join(made), lines, tuple(frames))


def closed_source(marked: Marked) -> Source | None:
    """The part as source that can be read, though not filled, where all that ails its blocks is that some are never
    closed: they are closed at its end. None where more is wrong, since names would be taken for others than they are.
    """
    open_blocks: list[str] = []
    for tag in marked.tags:
        word = tag.keyword
        if word in _OPENS:
            open_blocks.append(word)
        elif word in _OPENS.values():
            if not open_blocks or _OPENS[open_blocks.pop()] != word:
                return None
        elif word and word not in _KNOWN:
            return None
    source = jinja_source(marked)
    ends = "".join(f"{BLOCK_START}{_OPENS[word]}{BLOCK_END}" for word in reversed(open_blocks))
    return replace(source, text=source.text + ends)


def _once_each(marked: Marked) -> tuple[list[str], list[Tag]]:
    """The pieces and tags with what must be alone of its kind in a document kept so, though a loop prints it many
    times: drawings are numbered as they are printed, and bookmarks left out."""
    pieces = [marked.pieces[0]]
    tags: list[Tag] = []
    depth = 0
    doubled: set[str] = set()
    for tag, after in zip(marked.tags, marked.pieces[1:], strict=True):
        depth += _DEPTH.get(tag.keyword, 0)
        if depth:
            doubled.update(_BOOKMARK.findall(after))
            after = _DRAWING.sub(f"\\1{VALUE_START}''|_drawing{VALUE_END}", after)
        tags.append(_unmarked(tag) if depth else tag)
        pieces.append(after)
    if doubled:
        pieces = [_BOOKMARK.sub(lambda mark: "" if mark[1] in doubled else mark[0], piece) for piece in pieces]
    return pieces, tags


def _unmarked(tag: Tag) -> Tag:
    """The tag without the bookmarks of its paragraph."""
    if not isinstance(tag.frame, ParagraphFrame):
        return tag
    lead, trail = (_BOOKMARK.sub("", each) for each in (tag.frame.lead, tag.frame.trail))
    return replace(tag, frame=replace(tag.frame, lead=lead, trail=trail))


def block_faults(tags: tuple[Tag, ...]) -> list[TemplateFault]:
    """Blocks that are not closed, not opened, or that begin and end in different kinds of places.

    A block whose tags all have the same elements around them can be repeated or left out and the XML stays whole; that
    is why no filled document needs to be checked again.
    """
    faults: list[TemplateFault] = []
    open_blocks: list[Tag] = []
    for tag in tags:
        if tag.kind != "%":
            continue
        word = tag.keyword
        if word in _OPENS:
            open_blocks.append(tag)
        elif word in _BETWEEN:
            faults += _between(tag, open_blocks)
        elif word in _OPENS.values():
            faults += _close(tag, open_blocks)
        elif word not in _KNOWN:
            faults.append(_unknown_word(tag))
    return faults + [_unclosed(tag) for tag in open_blocks]


def _between(tag: Tag, open_blocks: list[Tag]) -> list[TemplateFault]:
    if open_blocks and open_blocks[-1].keyword in _BETWEEN[tag.keyword]:
        return _same_place(open_blocks[-1], tag)
    return [TemplateFault("Taggen %(tag)s hör inte till någon öppen tagg (%(part)s: ”%(near)s”).", at=tag)]


def _close(tag: Tag, open_blocks: list[Tag]) -> list[TemplateFault]:
    if not open_blocks or _OPENS[open_blocks[-1].keyword] != tag.keyword:
        return [TemplateFault("Taggen %(tag)s stänger något som inte är öppet (%(part)s: ”%(near)s”).", at=tag)]
    return _same_place(open_blocks.pop(), tag)


def _same_place(opening: Tag, tag: Tag) -> list[TemplateFault]:
    if opening.path == tag.path:
        return []
    return [
        TemplateFault(
            "Taggarna %(opening)s och %(tag)s hör ihop men står på olika slags platser, till exempel en i ett stycke "
            "och en i en tabell. Ställ båda i samma tabell eller utanför, med samma {%%p, {%%tr eller {%%tc "
            "(%(part)s: ”%(near)s”).",
            at=tag,
            opening=opening.raw,
        )
    ]


def _unclosed(tag: Tag) -> TemplateFault:
    return TemplateFault(
        "Taggen %(tag)s stängs aldrig: %(closing)s saknas (%(part)s: ”%(near)s”).",
        at=tag,
        closing=f"{{% {_OPENS[tag.keyword]} %}}",
    )


def _unknown_word(tag: Tag) -> TemplateFault:
    near = nearest(tag.keyword, _KNOWN)
    if near:
        return TemplateFault(
            "Taggen %(tag)s börjar med ett okänt ord. Menade du ”%(nearest)s”? (%(part)s: ”%(near)s”).",
            at=tag,
            nearest=near,
        )
    return TemplateFault(
        "Taggen %(tag)s börjar med ett ord som en mall inte kan. Använd for, if eller set (%(part)s: ”%(near)s”).",
        at=tag,
    )
