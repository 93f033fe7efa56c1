"""The §§ of minutes as the desk lists them: light rows, one question for them all, and one § with all it has.

The desk is asked for again and again while people talk, also with 300 §§: so nothing is loaded of the §§ that are not
open but what the list shows, and what a clause lacks is found once for each text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from typing import cast as cast_to

from sqlalchemy import Text, bindparam, cast, func, select
from sqlalchemy.orm import Session, joinedload

from paragraf.applications.models import Application
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere
from paragraf.core.log import LogHead
from paragraf.core.number_series import NumberAllocation
from paragraf.meetings.attachments import next_number as next_number_of_attachment
from paragraf.meetings.models import AgendaItem, ItemKind, MeetingAttachment
from paragraf.minutes import checks, numbering, queries, rules, text_checks
from paragraf.minutes.clauses import from_json
from paragraf.minutes.models import MinuteItem, MinuteItemAttachment, MinuteItemText, Minutes
from paragraf.minutes.queries import Item, LabelledAttachment
from paragraf.minutes.rules import Finding, ItemFacts, ItemWords, Place
from paragraf.questions.definition import Purpose

#: Texts whose faults are remembered: some meetings' worth.
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Line:
    """One § in the list to the left."""

    item_id: int
    #: As it prints after the § sign; "" for a § that was taken out.
    label: str
    heading: str
    #: How much in its text must be mended.
    hinders: int
    #: It has its number for good.
    is_numbered: bool = False
    #: It was verified at once, so that its text can change no more.
    is_frozen: bool = False
    begun_at: datetime | None = None


@dataclass(frozen=True)
class Lines:
    """The §§ in order, and those that were taken out."""

    standing: tuple[Line, ...]
    removed: tuple[Line, ...]


class Stamp(NamedTuple):
    """What changes when anything changes that the desk shows: the association's log, or a text of the minutes."""

    log: int
    text: int


class _Number(NamedTuple):
    number: int


class _Numbered(NamedTuple):
    """A § as far as numbering asks about it."""

    allocation: _Number | None


def stamp(session: Session, association_id: int, meeting_id: int) -> Stamp:
    """How far the log and the minutes' texts have come. Every act leaves a line in the log, and every save a text."""
    found = session.execute(_STAMP, {"association_id": association_id, "meeting_id": meeting_id}).one()
    return Stamp(found[0] or 0, found[1] or 0)


def lines(session: Session, minutes: Minutes) -> Lines:
    """The §§ with their numbers, as they would be fixed now, and how much each text lacks."""
    asked = {"minutes_id": minutes.id, "association_id": minutes.association_id, "report": Purpose.REPORT}
    rows = session.execute(_LINES, asked).all()
    standing = [row for row in rows if row.removed_at is None]
    labels = _labels(session, minutes, [row.number for row in standing])
    known = queries.next_meeting_day(session, minutes.meeting)
    return Lines(
        tuple(
            Line(
                item_id=row.id,
                label=label,
                heading=row.heading,
                hinders=_hinders(
                    bool(row.heading), row.clauses, row.kind is ItemKind.DECISION, row.has_application, known is None
                ),
                is_numbered=row.number is not None,
                is_frozen=row.immediate_id is not None,
                begun_at=row.begun_at,
            )
            for row, label in zip(standing, labels, strict=True)
        ),
        tuple(
            Line(row.id, "", row.heading, 0, is_numbered=row.number is not None)
            for row in rows
            if row.removed_at is not None
        ),
    )


def _labels(session: Session, minutes: Minutes, allocated: Sequence[int | None]) -> list[str]:
    """The numbers of the §§ in order, as they print: those that are taken, and what the others would get."""
    rows = [_Numbered(_Number(number) if number is not None else None) for number in allocated]
    numbers = numbering.numbers(session, minutes, cast_to("Sequence[MinuteItem]", rows))
    period = numbering.series_of(session, minutes.meeting).period
    return [rules.label(number, period) for number in numbers]


@lru_cache(maxsize=_REMEMBERED)
def _hinders(has_heading: bool, clauses: str, for_decision: bool, has_application: bool, no_next: bool) -> int:
    """How many faults hinder. The next meeting's day is no matter here, only whether there is one."""
    words = ItemWords("x" if has_heading else "", "", tuple(map(from_json, json.loads(clauses))))
    facts = ItemFacts(0, words, for_decision=for_decision, has_application=has_application)
    return sum(one.hinders for one in checks.item_findings(facts, None if no_next else _SOME_DAY))


def new_on_agenda(session: Session, minutes: Minutes) -> list[AgendaItem]:
    """Agenda items that have no §: the agenda is read only when there may be some."""
    asked = {"meeting_id": minutes.meeting_id, "minutes_id": minutes.id}
    if session.scalar(_WITHOUT_ITEM, asked) is None:
        return []
    return queries.new_on_agenda(session, minutes)


def findings(session: Session, minutes: Minutes, one: Item) -> tuple[Finding, ...]:
    """What one § lacks by itself. Who took part in it is checked with the whole of the minutes."""
    there = session.scalars(_ATTACHMENT_NUMBERS, {"meeting_id": minutes.meeting_id})
    numbers = {number for number in there if number is not None}
    late = [
        Finding(problem, Place.ITEM, item_id=one.row.id, clause=place)
        for place, clause in enumerate(one.words.clauses)
        if (problem := text_checks.day_problem(clause, local_date(minutes.meeting.starts_at))) is not None
    ]
    missing = text_checks.attachment_problems(one.facts, numbers)
    return (
        *checks.item_findings(one.facts, queries.next_meeting_day(session, minutes.meeting)),
        *(Finding(problem, Place.ITEM, hinders, one.row.id) for problem, hinders in missing),
        *late,
    )


def item(session: Session, minutes: Minutes, item_id: int) -> Item:
    """The § with its newest words and its attachments; its number is the list's to tell. Raises NotThere."""
    found = session.execute(_ITEM, {"item_id": item_id, "association_id": minutes.association_id}).first()
    if found is None:
        raise NotThere("Paragrafen finns inte i protokollet.")
    row, text = found
    applied = queries.application_of(session, row) if row.matter_id else None
    return Item(
        row=row,
        number=row.allocation.number if row.allocation else 0,
        period="",
        is_fixed=row.allocation is not None,
        is_frozen=row.immediate_id is not None,
        words=queries.words_of(text),
        saved_at=text.saved_at,
        saved_by=text.saved_by,
        attachments=_labelled(session, minutes, row),
        application_id=applied.id if applied else None,
    )


def _labelled(session: Session, minutes: Minutes, row: MinuteItem) -> tuple[LabelledAttachment, ...]:
    """Attachments by their numbers: those told already, or the next ones after those of the §§ before."""
    links = session.scalars(_ATTACHMENTS, {"item_id": row.id}).all()
    if all(each.attachment.number for each in links):
        return tuple(LabelledAttachment(each, each.attachment.number or 0) for each in links)
    first = next_number_of_attachment(session, minutes.meeting) + _unnumbered_before(session, row)
    return _numbered_from(first, links)


def _numbered_from(first: int, links: Sequence[MinuteItemAttachment]) -> tuple[LabelledAttachment, ...]:
    made = []
    for each in links:
        made.append(LabelledAttachment(each, each.attachment.number or first))
        first += each.attachment.number is None
    return tuple(made)


def _unnumbered_before(session: Session, row: MinuteItem) -> int:
    wanted = (
        select(func.count(MinuteItemAttachment.id))
        .join(MinuteItem, MinuteItem.id == MinuteItemAttachment.minute_item_id)
        .join(MinuteItemAttachment.attachment)
        .where(
            MinuteItem.minutes_id == row.minutes_id,
            MinuteItem.removed_at.is_(None),
            MinuteItem.position < row.position,
            MeetingAttachment.number.is_(None),
        )
    )
    return session.scalar(wanted) or 0


# Built once: whoever writes minutes asks them all day.
_SOME_DAY = date(2000, 1, 1)
_APPLIED = (
    select(Application.id)
    .where(
        Application.association_id == bindparam("association_id"),
        Application.matter_id == MinuteItem.matter_id,
        # Reports on what was granted are filed in the same matter.
        Application.purpose != bindparam("report", type_=Application.purpose.type),
    )
    .exists()
)
_LINES = (
    select(
        MinuteItem.id,
        MinuteItem.removed_at,
        MinuteItem.immediate_id,
        MinuteItem.begun_at,
        NumberAllocation.number,
        MinuteItemText.heading,
        cast(MinuteItemText.clauses, Text).label("clauses"),
        AgendaItem.kind,
        _APPLIED.label("has_application"),
    )
    .join(
        MinuteItemText,
        (MinuteItemText.minute_item_id == MinuteItem.id) & (MinuteItemText.version == MinuteItem.version),
    )
    .outerjoin(AgendaItem, AgendaItem.id == MinuteItem.agenda_item_id)
    .outerjoin(NumberAllocation, NumberAllocation.id == MinuteItem.allocation_id)
    .where(MinuteItem.association_id == bindparam("association_id"), MinuteItem.minutes_id == bindparam("minutes_id"))
    .order_by(MinuteItem.position, MinuteItem.id)
)
_ITEM = (
    select(MinuteItem, MinuteItemText)
    .join(
        MinuteItemText,
        (MinuteItemText.minute_item_id == MinuteItem.id) & (MinuteItemText.version == MinuteItem.version),
    )
    .where(MinuteItem.association_id == bindparam("association_id"), MinuteItem.id == bindparam("item_id"))
    .options(
        joinedload(MinuteItem.matter),
        joinedload(MinuteItem.agenda_item),
        joinedload(MinuteItem.allocation),
    )
)
_ATTACHMENTS = (
    select(MinuteItemAttachment)
    .where(MinuteItemAttachment.minute_item_id == bindparam("item_id"))
    .options(joinedload(MinuteItemAttachment.attachment).joinedload(MeetingAttachment.document))
    .order_by(MinuteItemAttachment.position)
)
_ATTACHMENT_NUMBERS = select(MeetingAttachment.number).where(
    MeetingAttachment.meeting_id == bindparam("meeting_id"),
    MeetingAttachment.number.is_not(None),
    MeetingAttachment.removed_at.is_(None),
)
_WITHOUT_ITEM = (
    select(AgendaItem.id)
    .where(
        AgendaItem.meeting_id == bindparam("meeting_id"),
        ~select(MinuteItem.id)
        .where(MinuteItem.minutes_id == bindparam("minutes_id"), MinuteItem.agenda_item_id == AgendaItem.id)
        .exists(),
    )
    .limit(1)
)
_STAMP = select(
    select(LogHead.sequence).where(LogHead.association_id == bindparam("association_id")).scalar_subquery(),
    select(func.max(MinuteItemText.id))
    .join(MinuteItem, MinuteItem.id == MinuteItemText.minute_item_id)
    .join(Minutes, Minutes.id == MinuteItem.minutes_id)
    .where(Minutes.association_id == bindparam("association_id"), Minutes.meeting_id == bindparam("meeting_id"))
    .scalar_subquery(),
)
