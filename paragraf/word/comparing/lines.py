"""Paragraphs written with tracked changes: from the edits of a group of paragraphs to the elements of the new file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from paragraf.word.comparing.atoms import Atom, Link
from paragraf.word.comparing.carrying import Carrier
from paragraf.word.comparing.edits import Edit
from paragraf.word.comparing.elements import FRAME, ID, LINK, attributes_of, text_run, w
from paragraf.word.comparing.looks import Look
from paragraf.word.comparing.pieces import Piece
from paragraf.word.comparing.reading import Paragraph
from paragraf.word.comparing.sources import Story
from paragraf.word.comparing.tracking import Marks, bare_frame, silenced
from paragraf.word.comparing.uncompared import FORMULAS, OBJECTS
from paragraf.word.comparing.words import Token
from paragraf.word.package.markup import R, W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Note = tuple[str, str]
Stretch = tuple[str, Look, Look]


@dataclass
class Pen:
    """What writing needs: the two stories, whose parts things are carried between, and who marks.

    ``notes`` gathers notes that stand in both versions, ``gone`` those that were deleted; ``told`` what could not be
    compared.
    """

    carrier: Carrier
    marks: Marks
    old: Story
    new: Story
    told: dict[str, None] = field(default_factory=dict)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    gone: list[tuple[Note, Element, Story]] = field(default_factory=list)

    def frame_of_old(self, paragraph: Element, *, keep_mark: bool) -> Element | None:
        """The properties of an old paragraph, so that they mean the same in the new file."""
        frame = bare_frame(paragraph, keep_mark=keep_mark)
        if frame is not None:
            self.carrier.adapt(frame, self.old, self.new)
        return frame

    def look_of_old(self, look: Look) -> Element | None:
        """The look of an old run, so that it means the same in the new file."""
        if look.element is None:
            return None
        copy = deepcopy(look.element)
        self.carrier.adapt(copy, self.old, self.new)
        return copy


@dataclass(slots=True)
class _Text:
    """Text that is changed alike and looks alike; ``before`` is how it looked in the old version."""

    how: str
    look: Look
    before: Look
    link: Link | None
    text: str

    def takes(self, other: _Text) -> bool:
        """Whether the other text can follow in the same run."""
        mine, others = (each.link.key if each.link else "" for each in (self, other))
        return (self.how, self.look, self.before, mine) == (other.how, other.look, other.before, others)


class Lines:
    """Writes a group of paragraphs that belong together."""

    def __init__(self, pen: Pen, old: Sequence[Paragraph], new: Sequence[Paragraph]) -> None:
        self._pen = pen
        self._old, self._new = list(old), list(new)
        self._content: list[Element] = []
        self._link: tuple[str, Element] | None = None
        self._written: list[Element] = []
        self._waiting: _Text | None = None

    def write(self, edits: Sequence[Edit], *, end: str = "") -> list[Element]:
        """The paragraphs. ``end`` is "ins" or "del" where the last paragraph's end is new or gone, else it stays."""
        for edit in edits:
            if edit.stays:
                for old, new in zip(edit.old, edit.new, strict=True):
                    self._stay(old, new)
            else:
                for token in edit.old:
                    self._change(token, "del")
                for token in edit.new:
                    self._change(token, "ins")
        self._end(end)
        return self._written

    # --- paragraphs -------------------------------------------------------------------------------------------------

    def _end(self, how: str) -> None:
        self._flush()
        paragraph = self._gone_paragraph() if how == "del" else self._new_paragraph(how)
        paragraph.extend(self._content)
        self._content, self._link = [], None
        self._written.append(paragraph)

    def _gone_paragraph(self) -> Element:
        paragraph = etree.Element(w("p"), nsmap={"w": W})
        frame = self._pen.frame_of_old(self._old.pop(0).element, keep_mark=True)
        if frame is not None:
            paragraph.append(frame)
        self._pen.marks.mark_end(paragraph, "del")
        return paragraph

    def _new_paragraph(self, how: str) -> Element:
        new = self._new.pop(0)
        paragraph = new.element
        paragraph[:] = paragraph.findall(FRAME)
        if how == "ins":
            self._pen.marks.mark_end(paragraph, "ins")
        elif self._old and (old := self._old.pop(0)).frame != new.frame:
            before = self._pen.frame_of_old(old.element, keep_mark=False)
            self._pen.marks.changed_frame(paragraph, before)
        return paragraph

    # --- tokens -----------------------------------------------------------------------------------------------------

    def _stay(self, old: Token, new: Token) -> None:
        if new.mark:
            self._end("")
        elif (before := old.pieces[0].atom) and (after := new.pieces[0].atom):
            if before.note and after.note:
                self._pen.notes.append((after.note[0], before.note[1], after.note[1]))
            self._add(new.pieces[0].link, list(after.elements), "", new=True)
        else:
            for text, look, before_look in _stretches(old.pieces, new.pieces):
                self._add_text(_Text("", look, before_look, new.pieces[0].link, text))

    def _change(self, token: Token, how: str) -> None:
        if token.mark:
            self._end(how)
        for piece in token.pieces:
            if piece.place is not None:
                self._place(piece.place, how)
            elif piece.atom is not None:
                self._change_atom(piece, piece.atom, how)
            else:
                self._add_text(_Text(how, piece.look, piece.look, piece.link, piece.text))

    def _place(self, place: Element, how: str) -> None:
        self._flush()
        if how == "ins":
            self._link = None
            self._content.append(place)

    def _change_atom(self, piece: Piece, atom: Atom, how: str) -> None:
        self._flush()
        if any(element.tag != R for element in atom.elements):
            # Word tracks formulas in a way of its own.
            self._pen.told[FORMULAS] = None
            if how == "ins":
                self._content += atom.elements
                self._link = None
        elif how == "ins":
            self._add(piece.link, list(atom.elements), how, new=True)
        else:
            self._delete_atom(piece, atom)

    def _delete_atom(self, piece: Piece, atom: Atom) -> None:
        copies = [silenced(deepcopy(element)) for element in atom.elements]
        if atom.note:
            note = self._pen.carrier.note(*atom.note)
            if note is None:
                return
            new_id, element, story = note
            self._pen.gone.append((atom.note, element, story))
            for reference in copies[0].iter(w(f"{atom.note[0]}Reference")):
                reference.set(ID, new_id)
        if all(self._pen.carrier.adapt(copy, self._pen.old, self._pen.new) for copy in copies):
            self._add(piece.link, copies, "del", new=False)
        else:
            self._pen.told[OBJECTS] = None

    # --- elements ---------------------------------------------------------------------------------------------------

    def _add_text(self, text: _Text) -> None:
        """Text waits for more of its kind, so that a sentence is one run and not one for each word."""
        if self._waiting and self._waiting.takes(text):
            self._waiting.text += text.text
        else:
            self._flush()
            self._waiting = text

    def _flush(self) -> None:
        text, self._waiting = self._waiting, None
        if text is None:
            return
        if text.how == "del":
            run = text_run(text.text, self._pen.look_of_old(text.look), deleted=True)
        else:
            look = None if text.look.element is None else deepcopy(text.look.element)
            if text.look.key != text.before.key:
                look = self._pen.marks.changed_look(look, self._pen.look_of_old(text.before))
            run = text_run(text.text, look)
        self._add(text.link, [run], text.how, new=text.how != "del")

    def _add(self, link: Link | None, runs: list[Element], how: str, *, new: bool) -> None:
        """Runs into the line, inside their link and inside one mark with what came before and is changed alike."""
        self._flush()
        linked = self._linked(link, new=new)
        line: list[Element] | Element = self._content if linked is None else linked
        last = line[-1] if len(line) else None
        if how and last is not None and last.tag == w(how):
            last.extend(runs)
        elif how:
            mark = self._pen.marks.mark(how)
            mark.extend(runs)
            line.append(mark)
        else:
            line.extend(runs)

    def _linked(self, link: Link | None, *, new: bool) -> Element | None:
        if link is None:
            self._link = None
            return None
        if self._link is None or self._link[0] != link.key:
            element = etree.Element(LINK, dict(attributes_of(link.element)), nsmap={"w": W})
            if not new and not self._pen.carrier.adapt(element, self._pen.old, self._pen.new):
                # A link that led nowhere in the old file either.
                element.attrib.clear()
            self._content.append(element)
            self._link = (link.key, element)
        return self._link[1]


def _stretches(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[Stretch]:
    """The same text with its new look and its old, cut where either changes."""
    olds = [(piece.text, piece.look) for piece in old if piece.text]
    text, before = olds.pop(0) if olds else ("", Look())
    for piece in new:
        rest = piece.text
        while rest:
            if not text:
                text, before = olds.pop(0)
            length = min(len(text), len(rest))
            yield rest[:length], piece.look, before
            text, rest = text[length:], rest[length:]
