"""Two Word files compared: as values for a page, from the same alignment as the tracked changes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from paragraf.core.errors import N_
from paragraf.word.comparing.alignment import Group
from paragraf.word.comparing.atoms import Atom, words_in
from paragraf.word.comparing.comparison import (
    Change,
    Comparison,
    Counts,
    Grid,
    Line,
    Part,
    Row,
    Side,
    Span,
    Text,
    Thing,
)
from paragraf.word.comparing.edits import Edit
from paragraf.word.comparing.elements import FRAME, value_of, w
from paragraf.word.comparing.looks import Look
from paragraf.word.comparing.pairing import aligned, aligned_rows, edits_of, paragraphs_of, stories, table_of
from paragraf.word.comparing.pieces import Piece
from paragraf.word.comparing.reading import Block, Cell, Paragraph, Reader, Table
from paragraf.word.comparing.reading import Row as TableRow
from paragraf.word.comparing.sequences import Effort
from paragraf.word.comparing.sources import Source, Story, body_of
from paragraf.word.comparing.uncompared import differing
from paragraf.word.comparing.words import Token

_PARTS = ((re.compile("header"), N_("Sidhuvud")), (re.compile("footer"), N_("Sidfot")))
_BODY = N_("Texten")
_HEADING = re.compile(r"heading ([1-9])")
_PICTURES = ("drawing", "pict", "object", "AlternateContent")
_BREAKS = ("br", "fldChar", "instrText")


def differences(old: bytes, new: bytes) -> Comparison:
    """The two files side by side; tracked changes in them are accepted first. NotAWordFile for what is none."""
    before, after = Source(old), Source(new)
    counter: Counter[str] = Counter()
    sides = _Sides(Effort(), counter)
    parts: list[Part] = []
    for old_story, new_story in stories(before, after):
        rows = sides.rows(*(Reader(story).blocks(body_of(story.root)) for story in (old_story, new_story)))
        if not parts or any(row.change is not Change.SAME for row in rows):
            parts.append(Part(_part_name(new_story), rows))
    return Comparison(tuple(parts), Counts(**counter), tuple(dict.fromkeys(differing(before, after))))


def _part_name(story: Story) -> str:
    file = story.name.rpartition("/")[2]
    return next((name for pattern, name in _PARTS if pattern.match(file)), _BODY)


class _Sides:
    """Puts blocks of both files side by side and counts what changed."""

    def __init__(self, effort: Effort, counter: Counter[str]) -> None:
        self._effort, self._counter = effort, counter

    def rows(self, old: Sequence[Block], new: Sequence[Block]) -> tuple[Row, ...]:
        return tuple(self._row(group) for group in aligned(old, new, self._effort))

    def _row(self, group: Group[Block]) -> Row:
        old, new = table_of(group.old), table_of(group.new)
        if old or new:
            return self._table_row(old, new, same=group.same)
        row = _text_row(paragraphs_of(group.old), paragraphs_of(group.new), self._effort, same=group.same)
        if row.change is not Change.SAME:
            self._counter[row.change.value] += 1
        return row

    # --- tables -----------------------------------------------------------------------------------------------------

    def _table_row(self, old: Table | None, new: Table | None, *, same: bool) -> Row:
        groups = aligned_rows(old.rows if old else (), new.rows if new else (), self._effort)
        pairs = [self._lines(group, same=same) for group in groups]
        before = (Grid(tuple(line for line, _other in pairs if line)),) if old else ()
        after = (Grid(tuple(line for _other, line in pairs if line)),) if new else ()
        changes = {line.change for pair in pairs for line in pair if line}
        if not (old and new):
            return Row(Change.INSERTED if new else Change.DELETED, before, after)
        return Row(Change.SAME if changes <= {Change.SAME} else Change.CHANGED, before, after)

    def _lines(self, group: Group[TableRow], *, same: bool) -> tuple[Line | None, Line | None]:
        if not group.new:
            self._counter["rows_deleted"] += 1
            return _whole_line(group.old[0], Change.DELETED), None
        if not group.old:
            self._counter["rows_inserted"] += 1
            return None, _whole_line(group.new[0], Change.INSERTED)
        if same or group.same:
            return _whole_line(group.old[0], Change.SAME), _whole_line(group.new[0], Change.SAME)
        self._counter["rows_changed"] += 1
        cells = zip(group.old[0].cells, group.new[0].cells, strict=True)
        sides = [self._cells(old, new) for old, new in cells]
        return (
            Line(Change.CHANGED, tuple(old for old, _new in sides)),
            Line(Change.CHANGED, tuple(new for _old, new in sides)),
        )

    def _cells(self, old: Cell, new: Cell) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
        # What changes inside a row is counted as the row's change.
        rows = _Sides(self._effort, Counter()).rows(old.blocks, new.blocks)
        return _texts(row.old for row in rows), _texts(row.new for row in rows)


def _texts(sides: Iterable[Side]) -> tuple[Text, ...]:
    """The paragraphs of a cell; those of tables inside it follow each other."""
    found: list[Text] = []
    for side in sides:
        for block in side:
            if isinstance(block, Text):
                found.append(block)
            else:
                found += [text for line in block.lines for cell in line.cells for text in cell]
    return tuple(found)


def _whole_line(row: TableRow, change: Change) -> Line:
    return Line(change, tuple(_texts(_whole(block, change) for block in cell.blocks) for cell in row.cells))


def _whole(block: Block, change: Change) -> Side:
    if isinstance(block, Table):
        return (Grid(tuple(_whole_line(row, change) for row in block.rows)),)
    return (_text(block, [_span(piece, change) for piece in block.pieces if piece.place is None]),)


# --- paragraphs ------------------------------------------------------------------------------------------------------


def _text_row(old: Sequence[Paragraph], new: Sequence[Paragraph], effort: Effort, *, same: bool) -> Row:
    if same:
        return Row(Change.SAME, _whole(old[0], Change.SAME), _whole(new[0], Change.SAME))
    if not old or not new:
        change = Change.INSERTED if new else Change.DELETED
        sides = [tuple(text for each in side for text in _whole(each, change)) for side in (old, new)]
        return Row(change, *sides)
    edits = edits_of(old, new, effort)
    before = _lines_of(old, [span for edit in edits for span in _old_spans(edit)])
    after = _lines_of(new, [span for edit in edits for span in _new_spans(edit)])
    spans = [span for text in before + after for span in text.spans]
    words = any(span.change in (Change.DELETED, Change.INSERTED) for span in spans) or len(old) != len(new)
    return Row(Change.CHANGED if words else Change.LOOK, before, after)


def _old_spans(edit: Edit) -> list[Span | None]:
    if not edit.stays:
        return _spans(edit.old, Change.DELETED)
    return [span for pair in zip(edit.old, edit.new, strict=True) for span in _stayed(*pair, Change.DELETED)]


def _new_spans(edit: Edit) -> list[Span | None]:
    if not edit.stays:
        return _spans(edit.new, Change.INSERTED)
    return [span for old, new in zip(edit.old, edit.new, strict=True) for span in _stayed(new, old, Change.INSERTED)]


def _spans(tokens: Sequence[Token], change: Change) -> list[Span | None]:
    """The spans of tokens; None where a paragraph ends."""
    return [
        span
        for token in tokens
        for span in ([None] if token.mark else [_span(piece, change) for piece in token.pieces if piece.place is None])
    ]


def _stayed(token: Token, other: Token, changed: Change) -> list[Span | None]:
    """The spans of a token that stands in both; its look may differ, and so may the words of a note."""
    atoms = [piece.atom for each in (token, other) for piece in each.pieces if piece.atom]
    if len(atoms) == 2:
        differs = atoms[0].whole != atoms[1].whole
        return _spans([token], changed if differs else Change.SAME)
    looks = [[(len(piece.text), piece.look.key) for piece in each.pieces] for each in (token, other)]
    return _spans([token], Change.SAME if looks[0] == looks[1] else Change.LOOK)


def _lines_of(paragraphs: Sequence[Paragraph], spans: Sequence[Span | None]) -> tuple[Text, ...]:
    lines: list[list[Span]] = [[]]
    for span in spans:
        if span is None:
            lines.append([])
        else:
            lines[-1].append(span)
    return tuple(_text(paragraph, line) for paragraph, line in zip(paragraphs, lines, strict=True))


def _text(paragraph: Paragraph, spans: Iterable[Span]) -> Text:
    joined = [
        Span("".join(span.text for span in alike), *look)
        for look, alike in groupby(spans, key=lambda span: (span.change, span.bold, span.italic, span.thing))
    ]
    heading = _HEADING.fullmatch(paragraph.style)
    level = 1 if paragraph.style == "title" else int(heading[1]) if heading else 0
    return Text(tuple(joined), level, _bullet(paragraph))


def _bullet(paragraph: Paragraph) -> str:
    frame = paragraph.element.find(FRAME)
    numbering = None if frame is None else frame.find(w("numPr"))
    if numbering is not None:
        return "•" if paragraph.story.source.bulleted.get(value_of(numbering, "numId")) else "1"
    return (
        "•" if paragraph.style.startswith("list bullet") else "1" if paragraph.style.startswith("list number") else ""
    )


def _span(piece: Piece, change: Change) -> Span:
    if piece.atom is None:
        return Span(piece.text, change, piece.look.bold, piece.look.italic)
    return _thing(piece.atom, piece.look, change)


def _thing(atom: Atom, look: Look, change: Change) -> Span:
    if atom.note:
        return Span(atom.note_text, change, thing=Thing.NOTE)
    names = {each.tag.rpartition("}")[2] for element in atom.elements for each in element if isinstance(each.tag, str)}
    said = " ".join(filter(None, map(words_in, atom.elements)))
    if names & set(_PICTURES):
        return Span(said, change, thing=Thing.PICTURE)
    if not any(element.tag.endswith("}r") for element in atom.elements):
        return Span("", change, thing=Thing.FORMULA)
    if names & set(_BREAKS):
        shown = atom.text.replace("\ufffc", "")
        return Span(shown, change, look.bold, look.italic, None if shown else Thing.BREAK)
    return Span("", change, thing=Thing.OTHER)
