"""The marks that formatted text is typed with: read by ``parse``, written by ``to_markup`` in markup_writing.py.

    **fet**  *kursiv*  [text](https://lag.example)      within a line
    - punkt                                            a bullet, also ``•``; deeper lists stand in by two spaces
    1. punkt                                           a numbered item, which keeps the number that was typed
      fortsättning                                     a line that stands in goes on with the item before it
    Enter                                              a line break; a blank line begins a new paragraph

Only these. A star that does not hug a word (``5 * 3``), stands between digits or within a word (``5*3*2``), a bracket
without an address (``[sic]``), ``_``, ``#``, ``>``, ``+`` and every backslash print as typed, except that a backslash
takes the meaning from the star, the bracket or the sign of a list that follows it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from paragraf.core.formatted import Block, BlockKind, Formatted
from paragraf.core.marks import spans_of

#: Word knows nine levels of a list.
DEEPEST = 8

_ITEM = re.compile(r"([ \t]*)(?:([-•])|(0|[1-9][0-9]{0,3})\.)[ \t\xa0]+(?=\S)(.*)", re.DOTALL)
_ESCAPED_SIGN = re.compile(r"([ \t]*(?:\\*(?=\\[-•])|(?:0|[1-9][0-9]{0,3})\\*(?=\\\.)))\\(?=[-•.][ \t\xa0]+\S)")
_TAB = 4


def parse(text: str) -> Formatted:
    """Text with marks as formatted text. Takes any text, and a time in proportion to its length."""
    reader = _Reader()
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        reader.read(line)
    return Formatted(tuple(each.block() for each in reader.drafts))


# --- lines ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Draft:
    """A block whose lines are still coming."""

    lines: list[str]
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    number: int = 0

    def block(self) -> Block:
        return Block(tuple(spans_of("\n".join(self.lines).strip())), self.kind, self.level, self.number)


@dataclass(slots=True)
class _Reader:
    drafts: list[_Draft] = field(default_factory=list)
    #: The block that the next line may go on with; None after a blank line.
    open: _Draft | None = None
    #: How far the items of the list stand in, outermost first.
    indents: list[int] = field(default_factory=list)

    def read(self, line: str) -> None:
        item = _ITEM.fullmatch(line)
        if item and self._may_begin(item):
            self._begin(self._item(item))
        elif not line.strip():
            self.open = None
        elif self.open is None or (self.open.kind is not BlockKind.PARAGRAPH and not line[0].isspace()):
            self._begin(_Draft([without_escape(line)]))
        else:
            words = line if self.open.kind is BlockKind.PARAGRAPH else line.strip()
            self.open.lines.append(without_escape(words))

    def _begin(self, draft: _Draft) -> None:
        self.drafts.append(draft)
        self.open = draft

    def _in_list(self) -> bool:
        return bool(self.drafts) and self.drafts[-1].kind is not BlockKind.PARAGRAPH

    def _may_begin(self, item: re.Match[str]) -> bool:
        """A number in the middle of a paragraph is a list only if it is 1: ``… antogs år / 1986. Sedan …`` is none."""
        return self.open is None or self._in_list() or item[2] is not None or item[3] == "1"

    def _item(self, item: re.Match[str]) -> _Draft:
        indent, sign, number, words = item.groups()
        level = self._level(len(indent.expandtabs(_TAB)))
        kind = BlockKind.BULLET if sign else BlockKind.NUMBER
        return _Draft([without_escape(words)], kind, level, int(number or 0))

    def _level(self, indent: int) -> int:
        if not self._in_list():
            self.indents = [indent]
        while len(self.indents) > 1 and indent < self.indents[-1]:
            self.indents.pop()
        if indent >= self.indents[-1] + 2 and len(self.indents) <= DEEPEST:
            self.indents.append(indent)
        elif indent < self.indents[-1]:
            self.indents[-1] = indent
        return len(self.indents) - 1


def is_item(line: str) -> bool:
    """Whether the line has the sign of a list."""
    return _ITEM.fullmatch(line) is not None


def without_escape(line: str) -> str:
    """The line without the backslash that keeps it from being an item."""
    found = _ESCAPED_SIGN.match(line)
    return found[1] + line[found.end() :] if found else line
