"""The decision index of a year: every clause of every verified §, by number, for those who look things up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from paragraf.core.dates import local_date, utc_moment
from paragraf.core.number_series import NumberAllocation
from paragraf.meetings.models import Meeting
from paragraf.minutes.models import Decision, ImmediateVerification, MinuteItem, MinuteItemText, Minutes, Verb


@dataclass(frozen=True)
class IndexLine:
    """One decision, or (``text`` empty) a § without one."""

    number: int
    day: date
    body_id: int
    body: str
    meeting_id: int
    item_id: int
    heading: str
    register_number: str
    counterpart: str
    verb: Verb | None = None
    text: str = ""
    #: Öre granted by the clause, all years together; None where it grants none.
    granted: int | None = None


def years(session: Session, association_id: int) -> list[int]:
    """The years that have a verified §, the newest first."""
    moments = session.scalars(_verified(select(Meeting.starts_at).distinct(), association_id))
    return sorted({local_date(moment).year for moment in moments}, reverse=True)


def decision_index(session: Session, association_id: int, year: int, *, body_id: int | None = None) -> list[IndexLine]:
    """Every decision of the year's verified §§ and every § without one, by day and number."""
    first, after = (utc_moment(date(each, 1, 1), time(0)) for each in (year, year + 1))
    wanted = _verified(
        select(MinuteItem, MinuteItemText.heading, NumberAllocation.number),
        association_id,
    ).where(Meeting.starts_at >= first, Meeting.starts_at < after)
    if body_id is not None:
        wanted = wanted.where(Meeting.body_id == body_id)
    found = session.execute(
        wanted.options(
            joinedload(MinuteItem.matter),
            joinedload(MinuteItem.minutes).joinedload(Minutes.meeting).joinedload(Meeting.body),
        ).order_by(Meeting.starts_at, NumberAllocation.number)
    ).all()
    decided = _decisions(session, [row.id for row, _heading, _number in found])
    return [
        line for row, heading, number in found for line in _lines(row, heading, number, decided.get(row.id) or [None])
    ]


def _verified(wanted: Select[*tuple[Any, ...]], association_id: int) -> Select[*tuple[Any, ...]]:
    return (
        wanted.select_from(MinuteItem)
        .join(Minutes, Minutes.id == MinuteItem.minutes_id)
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .join(NumberAllocation, NumberAllocation.id == MinuteItem.allocation_id)
        .join(
            MinuteItemText,
            (MinuteItemText.minute_item_id == MinuteItem.id) & (MinuteItemText.version == MinuteItem.version),
        )
        .outerjoin(ImmediateVerification, ImmediateVerification.id == MinuteItem.immediate_id)
        .where(
            MinuteItem.association_id == association_id,
            MinuteItem.removed_at.is_(None),
            or_(Minutes.verified_at.is_not(None), ImmediateVerification.verified_at.is_not(None)),
        )
    )


def _decisions(session: Session, item_ids: Sequence[int]) -> dict[int, list[Decision | None]]:
    wanted = (
        select(Decision)
        .join(MinuteItem, MinuteItem.id == Decision.minute_item_id)
        .where(Decision.minute_item_id.in_(item_ids), Decision.edition == MinuteItem.edition)
        .order_by(Decision.minute_item_id, Decision.position)
    )
    by_item: dict[int, list[Decision | None]] = {}
    for one in session.scalars(wanted):
        by_item.setdefault(one.minute_item_id, []).append(one)
    return by_item


def _lines(row: MinuteItem, heading: str, number: int, decided: Sequence[Decision | None]) -> list[IndexLine]:
    meeting, matter = row.minutes.meeting, row.matter
    return [
        IndexLine(
            number=number,
            day=local_date(meeting.starts_at),
            body_id=meeting.body_id,
            body=meeting.body.name,
            meeting_id=meeting.id,
            item_id=row.id,
            heading=heading,
            register_number=matter.register_number if matter else "",
            counterpart=matter.counterpart if matter else "",
            verb=one.verb if one else None,
            text=one.text if one else "",
            granted=_granted(one) if one else None,
        )
        for one in decided
    ]


def _granted(one: Decision) -> int | None:
    years_of: dict[str, int] = (one.facts.get("years") or {}) if one.verb is Verb.GRANT else {}
    return sum(years_of.values()) if years_of else None
