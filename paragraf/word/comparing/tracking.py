"""Tracked changes as elements: who changed, when, and each with a number of its own."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from paragraf.word.comparing.elements import FRAME, ID, SECTION, made, w
from paragraf.word.package.markup import RUN_LOOK, T

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element as Element

_NOT_IN_XML = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_SPOKEN = {T: w("delText"), w("instrText"): w("delInstrText")}


class Marks:
    """Makes the marks of one comparison."""

    def __init__(self, author: str, moment: datetime, stories: Iterable[Element]) -> None:
        self._author = _NOT_IN_XML.sub("", author)[:255]
        self._date = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._number = max((_number(element) for root in stories for element in root.iter()), default=0)

    def mark(self, name: str) -> Element:
        """A new ``w:ins``, ``w:del``, ``w:rPrChange`` or the like."""
        self._number += 1
        return made(name, id=str(self._number), author=self._author, date=self._date)

    def changed_look(self, look: Element | None, before: Element | None) -> Element:
        """A run's look that says what it was before. Both are elements of their own."""
        look = made("rPr") if look is None else look
        change = self.mark("rPrChange")
        change.append(made("rPr") if before is None else before)
        look.append(change)
        return look

    def changed_frame(self, paragraph: Element, before: Element | None) -> None:
        """Let a paragraph's properties say what they were before."""
        change = self.mark("pPrChange")
        change.append(made("pPr") if before is None else before)
        frame_in(paragraph).append(change)

    def mark_end(self, paragraph: Element, name: str) -> None:
        """Let the end of a paragraph be inserted or deleted."""
        frame = frame_in(paragraph)
        look = frame.find(RUN_LOOK)
        if look is None:
            look = made("rPr")
            later = next((child for child in frame if child.tag in (SECTION, w("pPrChange"))), None)
            frame.insert(len(frame) if later is None else frame.index(later), look)
        look.insert(0, self.mark(name))

    def mark_row(self, row: Element, name: str) -> None:
        """Let a row of a table be inserted or deleted."""
        frame = row.find(w("trPr"))
        if frame is None:
            frame = made("trPr")
            exception = row.find(w("tblPrEx"))
            row.insert(0 if exception is None else row.index(exception) + 1, frame)
        frame.append(self.mark(name))


def _number(element: Element) -> int:
    value = element.get(ID, "") if isinstance(element.tag, str) else ""
    return int(value) if value.isdecimal() and len(value) < 10 else 0


def frame_in(paragraph: Element) -> Element:
    """A paragraph's properties, made where there are none."""
    frame = paragraph.find(FRAME)
    if frame is None:
        frame = made("pPr")
        paragraph.insert(0, frame)
    return frame


def bare_frame(paragraph: Element, *, keep_mark: bool) -> Element | None:
    """A copy of a paragraph's properties without its section, with or without the look of its mark."""
    frame = paragraph.find(FRAME)
    if frame is None:
        return None
    copy = deepcopy(frame)
    for child in list(copy):
        if child.tag == SECTION or (child.tag == RUN_LOOK and not keep_mark):
            copy.remove(child)
    return copy


def silenced(run: Element) -> Element:
    """The run as Word wants it where it is deleted."""
    for element in run.iter(*_SPOKEN):
        if not any(above.tag == w("txbxContent") for above in element.iterancestors()):
            element.tag = _SPOKEN[element.tag]
    return run
