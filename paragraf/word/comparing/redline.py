"""Two Word files compared: the new one, with tracked changes that lead to it from the old."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from paragraf.word.comparing.alignment import Group
from paragraf.word.comparing.carrying import Carrier
from paragraf.word.comparing.edits import Edit
from paragraf.word.comparing.elements import CELL_FRAME, drop, w
from paragraf.word.comparing.lines import Lines, Pen
from paragraf.word.comparing.pairing import aligned_rows, aligned_to_the_end, edits_of, paragraphs_of, stories, table_of
from paragraf.word.comparing.reading import Block, Reader, Row, Table
from paragraf.word.comparing.revisions import accepted, is_tracked
from paragraf.word.comparing.sequences import Effort
from paragraf.word.comparing.sources import Source, Story, body_of
from paragraf.word.comparing.tracking import Marks
from paragraf.word.comparing.uncompared import differing
from paragraf.word.package.markup import TABLE, P
from paragraf.word.package.opening import pack

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


@dataclass(frozen=True, slots=True)
class Redline:
    """A Word file with tracked changes, and sentences on what was not compared but taken from the new version."""

    content: bytes
    not_compared: tuple[str, ...]


def compare(old: bytes, new: bytes, *, author: str, moment: datetime) -> bytes:
    """The new Word file with tracked changes by ``author`` at ``moment``: accepting all gives the new text, rejecting
    all the old. Tracked changes in the two files are accepted first. NotAWordFile where one of them is none."""
    return redline(old, new, author=author, moment=moment).content


def redline(old: bytes, new: bytes, *, author: str, moment: datetime) -> Redline:
    """As ``compare``, with what was not compared."""
    before, after = Source(old), Source(new)
    carrier = Carrier(before, after)
    body = after.story_of_main
    marks = Marks(author, moment, [body.root])
    told = dict.fromkeys(differing(before, after))
    effort = Effort()
    for part in after.parts.values():
        if is_tracked(part):
            carrier.put(part.name, accepted(part))
    for old_story, new_story in stories(before, after):
        _StoryWriter(Pen(carrier, marks, old_story, new_story, told), effort).write()
    return Redline(pack(carrier.packed()), tuple(told))


class _StoryWriter:
    """Writes the tracked changes of one story into the new file's tree."""

    def __init__(self, pen: Pen, effort: Effort) -> None:
        self._pen, self._effort = pen, effort
        self._old, self._new = Reader(pen.old), Reader(pen.new)

    def write(self) -> None:
        old, new = (body_of(story.root) for story in (self._pen.old, self._pen.new))
        self._between(old, new)
        self._pen.carrier.put(self._pen.new.name, self._pen.new.root)
        self._write_notes()

    def _between(self, old: Element, new: Element) -> None:
        self._fill(new, self._old.blocks(old), self._new.blocks(new))

    def _fill(self, container: Element, old: Sequence[Block], new: Sequence[Block]) -> None:
        elements = [element for group in aligned_to_the_end(old, new, self._effort) for element in self._group(group)]
        _place(container, elements)

    def _group(self, group: Group[Block]) -> list[Element]:
        if group.same:
            return [group.new[0].element]
        blocks = group.old + group.new
        tables = [block for block in blocks if isinstance(block, Table)]
        if tables and len(blocks) > 2:
            return self._last_group(group)
        if tables:
            return [self._table(table_of(group.old), table_of(group.new))]
        old, new = paragraphs_of(group.old), paragraphs_of(group.new)
        end = "" if old and new else "ins" if new else "del"
        return Lines(self._pen, old, new).write(edits_of(old, new, self._effort), end=end)

    def _last_group(self, group: Group[Block]) -> list[Element]:
        """The last paragraph and what was added after it or taken away, with tables in it: the end of the common
        paragraph is new (or gone), and the end of the last one stays."""
        added = len(group.new) > len(group.old)
        longer, how = (group.new, "ins") if added else (group.old, "del")
        table = next(number for number, block in enumerate(longer) if isinstance(block, Table))
        start = paragraphs_of(longer[:table])
        old, new = (paragraphs_of(group.old), start) if added else (start, paragraphs_of(group.new))
        last = paragraphs_of(longer[-1:])
        elements = Lines(self._pen, old, new).write(edits_of(old, new, self._effort), end=how)
        for block in longer[table:-1]:
            elements += self._group(Group([], [block]) if added else Group([block], []))
        edit = Edit(False, [], last[0].tokens) if added else Edit(False, last[0].tokens, [])
        old, new = (old[-1:], last) if added else (last, new[-1:])
        return elements + Lines(self._pen, old, new).write([edit])

    # --- tables -----------------------------------------------------------------------------------------------------

    def _table(self, old: Table | None, new: Table | None) -> Element:
        if new is None and old is not None:
            for row in old.rows:
                self._row_gone(row)
            self._adapt_table(old.element)
            return old.element
        assert new is not None  # one of the two is always given
        groups = aligned_rows(old.rows if old else (), new.rows, self._effort)
        _place(new.element, [self._row(group) for group in groups])
        return new.element

    def _row(self, group: Group[Row]) -> Element:
        if not group.new:
            return self._row_gone(group.old[0])
        row = group.new[0]
        if not group.old:
            for cell in row.cells:
                _place(cell.element, [element for block in cell.blocks for element in self._group(Group([], [block]))])
                _leave_last_end(cell.element, "ins")
            self._pen.marks.mark_row(row.element, "ins")
        elif not group.same:
            for before, after in zip(group.old[0].cells, row.cells, strict=True):
                self._fill(after.element, before.blocks, after.blocks)
        return row.element

    def _row_gone(self, row: Row) -> Element:
        for cell in row.cells:
            for block in cell.blocks:
                if isinstance(block, Table):
                    self._table(block, None)
                else:
                    block.element.getparent().replace(block.element, self._group(Group([block], []))[0])  # type: ignore[union-attr]
            _leave_last_end(cell.element, "del")
        for name in list(row.element.attrib):
            del row.element.attrib[name]
        self._pen.marks.mark_row(row.element, "del")
        return row.element

    def _adapt_table(self, table: Element) -> None:
        frame = table.find(w("tblPr"))
        if frame is not None:
            self._pen.carrier.adapt(frame, self._pen.old, self._pen.new)

    # --- notes ------------------------------------------------------------------------------------------------------

    def _write_notes(self) -> None:
        old, new = self._pen.carrier.old, self._pen.carrier.new
        for kind, old_id, new_id in self._pen.notes:
            before, after = old.note_elements.get((kind, old_id)), new.note_elements.get((kind, new_id))
            if before is not None and after is not None:
                self._note_writer(kind, new.notes[kind])._between(before, after)
                self._pen.carrier.put(new.notes[kind].name, new.notes[kind].root)
        for (kind, old_id), element, story in self._pen.gone:
            self._note_writer(kind, story)._fill_gone(old.note_elements[kind, old_id], element)

    def _note_writer(self, kind: str, story: Story) -> _StoryWriter:
        pen = Pen(self._pen.carrier, self._pen.marks, self._pen.carrier.old.notes[kind], story, self._pen.told)
        return _StoryWriter(pen, self._effort)

    def _fill_gone(self, old: Element, note: Element) -> None:
        copy = deepcopy(old)
        for block in self._old.blocks(copy):
            note.extend(self._group(Group([block], [])))
        _leave_last_end(note, "del")


def _leave_last_end(container: Element, name: str) -> None:
    """The last paragraph of a cell or a note ends with it: its end is neither new nor gone by itself."""
    last = container[-1] if len(container) else None
    if last is not None and last.tag == P:
        for mark in last.findall(f"{w('pPr')}/{w('rPr')}/{w(name)}"):
            drop(mark)


def _place(container: Element, elements: Sequence[Element]) -> None:
    """Put new elements between those that stand in the container already, in the given order."""
    before: Element | None = None
    for element in elements:
        if element.getparent() is not container:
            if before is not None:
                before.addnext(element)
            else:
                _put_first(container, element)
        before = element


def _put_first(container: Element, element: Element) -> None:
    first = next(iter(container.iterchildren(P, TABLE, w("tr"))), None)
    if first is not None:
        first.addprevious(element)
    else:
        frame = container.find(CELL_FRAME)
        container.insert(0 if frame is None else 1, element)
