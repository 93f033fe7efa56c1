"""From a marked part to Jinja source: blocks are matched, and every line of source knows its tag."""

from __future__ import annotations

from dataclasses import dataclass

from paragraf.word.faults import TemplateFault, nearest
from paragraf.word.formatting import Frame
from paragraf.word.tags import Marked, Tag

_OPENS = {"for": "endfor", "if": "endif"}
_BETWEEN = {"else": ("for", "if"), "elif": ("if",)}
_KNOWN = frozenset((*_OPENS, *_OPENS.values(), *_BETWEEN, "set"))


@dataclass(frozen=True, slots=True)
class Source:
    """Jinja source of one part, the tag that each line belongs to, and the frames that tags name by number."""

    text: str
    lines: dict[int, Tag]
    frames: tuple[Frame, ...]

    def tag_at(self, line: int) -> Tag | None:
        """The tag on a line, or the nearest before it (Jinja counts a long statement from its end)."""
        before = max((each for each in self.lines if each <= line), default=None)
        return None if before is None else self.lines[before]


def jinja_source(marked: Marked) -> Source:
    """The part as source for Jinja."""
    pieces = [marked.pieces[0]]
    lines: dict[int, Tag] = {}
    frames: list[Frame] = []
    line = 1 + marked.pieces[0].count("\n")
    for tag, after in zip(marked.tags, marked.pieces[1:], strict=True):
        jinja = tag.jinja(len(frames))
        frames += [tag.frame] if tag.frame else []
        line += jinja.count("\n")
        lines[line] = tag
        line += after.count("\n")
        pieces += (jinja, after)
    return Source("".join(pieces), lines, tuple(frames))


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
