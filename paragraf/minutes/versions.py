"""Every saved version of a §: who and when, what differs between two, and taking one back as a new version."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.errors import NotThere, RuleBroken
from paragraf.minutes import operations, queries
from paragraf.minutes.acts import lock, record, require_draft
from paragraf.minutes.models import MinuteItem, MinuteItemText, Minutes
from paragraf.minutes.proceedings import to_json
from paragraf.minutes.rules import ItemWords
from paragraf.minutes.wording import compose
from paragraf.word.comparing.sequences import Effort, common

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
#: What one comparison may cost: some tenths of a second at the worst, then it is coarser.
_EFFORT = 400_000_000


# --- which there are -----------------------------------------------------------------------------------------------


class Version(NamedTuple):
    """One save of a §."""

    number: int
    saved_at: datetime
    saved_by: str


def versions(session: Session, row: MinuteItem) -> list[Version]:
    """The saves of the §, newest first. Texts are not read: there may be hundreds, one for each pause in typing."""
    wanted = (
        select(MinuteItemText.version, MinuteItemText.saved_at, MinuteItemText.saved_by)
        .where(MinuteItemText.minute_item_id == row.id, MinuteItemText.version.is_not(None))
        .order_by(MinuteItemText.version.desc())
    )
    return [Version(number or 0, at, by) for number, at, by in session.execute(wanted)]


def text_of_version(session: Session, row: MinuteItem, number: int) -> MinuteItemText:
    """The text as it was saved; raises NotThere."""
    found = session.scalar(
        select(MinuteItemText).where(MinuteItemText.minute_item_id == row.id, MinuteItemText.version == number)
    )
    if found is None:
        raise NotThere("Versionen finns inte.")
    return found


# --- taking back ---------------------------------------------------------------------------------------------------


def restore_version(
    session: Session, row: MinuteItem, number: int, *, base_version: int, now: datetime, actor: str
) -> None:
    """Let the § say what it said in a version: a new version, and nothing is deleted. Raises as ``save_text``."""
    words = queries.words_of(text_of_version(session, row, number))
    operations.save_text(
        session,
        row,
        base_version=base_version,
        heading=words.heading,
        background=words.background,
        clauses=words.clauses,
        proceedings=words.proceedings,
        now=now,
        actor=actor,
    )


def take_back(session: Session, row: MinuteItem, *, base_version: int, now: datetime, actor: str) -> int:
    """Take the newest change back; again and again leads further back. Returns the version that holds again.

    Raises RuleBroken where there is nothing before, and as ``save_text``.
    """
    number = _before(session, row)
    if number is None:
        raise RuleBroken("Det finns ingen tidigare text att ta tillbaka.")
    restore_version(session, row, number, base_version=base_version, now=now, actor=actor)
    return number


def _before(session: Session, row: MinuteItem) -> int | None:
    """The version before the one that the newest text is a copy of, or is itself."""
    wanted = select(MinuteItemText).where(MinuteItemText.minute_item_id == row.id, MinuteItemText.version.is_not(None))
    texts = session.scalars(wanted.order_by(MinuteItemText.version)).all()
    said = [queries.words_of(text) for text in texts]
    newest = len(said) - 1
    copied = next((place for place in range(newest - 1, -1, -1) if said[place] == said[newest]), newest)
    # What was taken back to is an earlier text typed over: below it there may be nothing, then the change itself goes.
    place = copied - 1 if copied else newest - 1
    return texts[place].version if place >= 0 else None


def removed_item(session: Session, minutes: Minutes, item_id: int) -> MinuteItem:
    """A § that was taken out of the minutes; raises NotThere."""
    found = session.scalar(
        select(MinuteItem).where(
            MinuteItem.association_id == minutes.association_id,
            MinuteItem.minutes_id == minutes.id,
            MinuteItem.id == item_id,
            MinuteItem.removed_at.is_not(None),
        )
    )
    if found is None:
        raise NotThere("Paragrafen är inte uttagen ur protokollet.")
    return found


def restore_item(session: Session, row: MinuteItem, *, now: datetime, actor: str) -> None:
    """Put a § that was taken out back where it stood, or last. Raises RuleBroken once it had its number."""
    lock(session, row.minutes)
    require_draft(row.minutes)
    session.refresh(row, with_for_update={"of": MinuteItem})
    if row.removed_at is None:
        return
    if row.allocation_id is not None:
        raise RuleBroken("Paragrafens nummer är taget och ogiltigt. Skriv en ny paragraf och hämta texten därifrån.")
    there = queries.item_rows(session, row.minutes)
    # Those that have their numbers stay first.
    place = max(row.position, sum(one.allocation_id is not None for one in there) + 1)
    row.removed_at, row.position = None, len(there) + 1
    session.flush()
    operations.move_item(session, row, place=place, now=now, actor=actor)
    record(session, row.minutes, "restore_item", now, actor, item_id=row.id)


# --- what differs --------------------------------------------------------------------------------------------------


class Mark(StrEnum):
    """Whether words stand in both texts or in one."""

    SAME = "same"
    OLD = "old"
    NEW = "new"


class Piece(NamedTuple):
    """Words that stand together, and where they stand."""

    mark: Mark
    text: str


class Section(StrEnum):
    """A part of a § that is compared by itself."""

    HEADING = "heading"
    BACKGROUND = "background"
    DECISION = "decision"
    PROCEEDINGS = "proceedings"


@dataclass(frozen=True)
class Difference:
    """One part of the § in two texts, word for word."""

    section: Section
    pieces: tuple[Piece, ...]

    @property
    def differs(self) -> bool:
        """Whether anything was changed."""
        return any(piece.mark is not Mark.SAME for piece in self.pieces)


def differences(old: ItemWords, new: ItemWords) -> list[Difference]:
    """What was changed from one text to the other, by part; a part that is empty in both is left out."""
    effort = Effort(_EFFORT)
    before, after = _sections(old), _sections(new)
    return [
        Difference(section, tuple(pieces(before[section], after[section], effort)))
        for section in Section
        if before[section] or after[section]
    ]


def pieces(old: str, new: str, effort: Effort | None = None) -> Iterator[Piece]:
    """Two texts as one, word for word: what both say, what only the old says, what only the new says."""
    a, b = _WORD.findall(old), _WORD.findall(new)
    i = j = 0
    same: list[str] = []
    for k, m in [*common(a, b, effort or Effort(_EFFORT)), (len(a), len(b))]:
        if (i, j) != (k, m):
            yield from _marked(Mark.SAME, same)
            yield from _marked(Mark.OLD, a[i:k])
            yield from _marked(Mark.NEW, b[j:m])
            same = []
        same += a[k : k + 1]
        i, j = k + 1, m + 1
    yield from _marked(Mark.SAME, same)


def _marked(mark: Mark, words: Sequence[str]) -> Iterator[Piece]:
    if words:
        yield Piece(mark, "".join(words))


def _sections(words: ItemWords) -> dict[Section, str]:
    return {
        Section.HEADING: words.heading,
        Section.BACKGROUND: words.background,
        Section.DECISION: "\n".join(map(compose, words.clauses)),
        Section.PROCEEDINGS: "\n".join(_texts(to_json(words.proceedings))),
    }


def _texts(value: object) -> Iterator[str]:
    """All that somebody typed of it, in order; choices and ids are no words."""
    if isinstance(value, str) and " " in value.strip():
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
