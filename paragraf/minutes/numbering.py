"""Which series a meeting's §§ take their numbers from, in which order meetings may, and how the numbers print.

A § is cited by its number alone, in letters, registers and other minutes. So a number of a series that begins anew each
year prints with its year everywhere, ``§ 12/2027``; one of a series that runs on prints bare, ``§ 626``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from paragraf.core.dates import local_date
from paragraf.core.number_series import NumberAllocation, NumberSeries, find_series, next_number
from paragraf.meetings.models import Meeting
from paragraf.minutes.models import MinuteItem, Minutes
from paragraf.minutes.rules import label
from paragraf.people.models import Body, BodyRule, Numbering


class Series(NamedTuple):
    """A number series by its key and period ("" for one that runs on), and what a new period begins with."""

    key: str
    period: str = ""
    first: int = 1


@dataclass(frozen=True)
class VoidNumber:
    """A number that was taken for a § that is not in the minutes any more."""

    number: int
    period: str
    reason: str
    voided_at: datetime

    @property
    def label(self) -> str:
        """The number as it prints after the § sign."""
        return label(self.number, self.period)


# --- which series --------------------------------------------------------------------------------------------------


def series_of(session: Session, meeting: Meeting) -> Series:
    """The series that the meeting's next § takes its number from, as things stand now.

    Minutes that have taken a number stay in the series they began in, also when the meeting is moved or the body's
    rules change. Otherwise the rule that holds on the meeting's day decides, and the year is that of the meeting.
    """
    return _series_taken(session, [meeting.id]).get(meeting.id) or _by_rule(session, [meeting])[meeting.id]


def _series_taken(session: Session, meeting_ids: Sequence[int]) -> dict[int, Series]:
    wanted = (
        select(Minutes.meeting_id, NumberSeries.key, NumberSeries.period)
        .join(MinuteItem, MinuteItem.minutes_id == Minutes.id)
        .join(MinuteItem.allocation)
        .join(NumberAllocation.series)
        .where(Minutes.meeting_id.in_(meeting_ids))
        .distinct()
    )
    return {meeting_id: Series(key, period) for meeting_id, key, period in session.execute(wanted)}


def _by_rule(session: Session, meetings: Sequence[Meeting]) -> dict[int, Series]:
    """The series by the rules of the meetings' bodies, in one question for them all."""
    wanted = select(BodyRule).where(BodyRule.body_id.in_({one.body_id for one in meetings}))
    rules = session.scalars(wanted.order_by(BodyRule.valid_from)).all()
    return {one.id: _series(one, [rule for rule in rules if rule.body_id == one.body_id]) for one in meetings}


def _series(meeting: Meeting, rules: Sequence[BodyRule]) -> Series:
    day = local_date(meeting.starts_at)
    rule = next((one for one in reversed(rules) if one.valid_from <= day), None)
    if rule is None or rule.numbering is Numbering.CONTINUOUS:
        return Series(meeting.body.series_key)
    return Series(meeting.body.series_key, str(day.year), rule.first_number)


# --- in which order ------------------------------------------------------------------------------------------------


def numbers(session: Session, minutes: Minutes, rows: Sequence[MinuteItem]) -> list[int]:
    """The numbers of the §§ in order: taken ones as they are, the others as they would be taken now."""
    taken = [row.allocation.number for row in rows if row.allocation is not None]
    if len(taken) == len(rows):
        return taken
    meeting = minutes.meeting
    series = series_of(session, meeting)
    waiting = 0 if taken else _waiting_before(session, [one.id for one in earlier_open(session, meeting)])
    following = next_number(session, minutes.association_id, series.key, series.period, first=series.first) + waiting
    return [*taken, *range(following, following + len(rows) - len(taken))]


def earlier_open(session: Session, meeting: Meeting) -> list[Meeting]:
    """Meetings of the same number series that began before this one and have taken no numbers yet, the earliest first.

    One that was cancelled takes none. Minutes that have begun to take theirs wait for nobody any more.
    """
    mine = series_of(session, meeting)
    numbered = select(MinuteItem.minutes_id).where(MinuteItem.allocation_id.is_not(None))
    wanted = (
        select(Meeting)
        .join(Body, Body.id == Meeting.body_id)
        .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
        .where(
            Meeting.association_id == meeting.association_id,
            Body.series_key == mine.key,
            Meeting.cancelled_at.is_(None),
            or_(
                Meeting.starts_at < meeting.starts_at,
                (Meeting.starts_at == meeting.starts_at) & (Meeting.id < meeting.id),
            ),
            Minutes.fixed_at.is_(None),
            or_(Minutes.id.is_(None), Minutes.id.not_in(numbered)),
        )
        .options(joinedload(Meeting.body))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    found = list(session.scalars(wanted))
    series = _by_rule(session, found)
    return [one for one in found if series[one.id][:2] == mine[:2]]


def holder(session: Session, association_id: int, series: Series) -> Minutes | None:
    """The minutes that took the series' last number and are open still, so that their next § follows on it.

    Until they are fixed nobody else takes a number: the §§ of one meeting stand together.
    """
    found = find_series(session, association_id, series.key, series.period)
    if found is None:
        return None
    wanted = (
        select(Minutes)
        .join(MinuteItem, MinuteItem.minutes_id == Minutes.id)
        .join(MinuteItem.allocation)
        .where(
            NumberAllocation.series_id == found.id,
            NumberAllocation.number == found.next_number - 1,
            Minutes.fixed_at.is_(None),
        )
        .options(joinedload(Minutes.meeting).joinedload(Meeting.body))
    )
    return session.scalar(wanted)


def held_by_another(session: Session, minutes: Minutes) -> Meeting | None:
    """The meeting that holds the series, if it is not this one."""
    found = holder(session, minutes.association_id, series_of(session, minutes.meeting))
    return None if found is None or found.id == minutes.id else found.meeting


def may_grow(session: Session, minutes: Minutes) -> bool:
    """Whether a new § can have a number that follows on those of the minutes: nobody has taken the next one."""
    if not has_numbers(session, minutes):
        return True
    found = holder(session, minutes.association_id, series_of(session, minutes.meeting))
    return found is not None and found.id == minutes.id


def has_numbers(session: Session, minutes: Minutes) -> bool:
    """Whether some § of the minutes has taken its number, if it was withdrawn since or not."""
    wanted = select(MinuteItem.id).where(MinuteItem.minutes_id == minutes.id, MinuteItem.allocation_id.is_not(None))
    return session.scalar(wanted.limit(1)) is not None


def _waiting_before(session: Session, meeting_ids: Sequence[int]) -> int:
    wanted = (
        select(func.count(MinuteItem.id))
        .join(MinuteItem.minutes)
        .where(Minutes.meeting_id.in_(meeting_ids), MinuteItem.removed_at.is_(None))
    )
    return session.scalar(wanted) or 0


# --- numbers without a § ---------------------------------------------------------------------------------------------


def void_numbers(session: Session, minutes: Minutes) -> list[VoidNumber]:
    """The numbers of §§ that were withdrawn after they had them, in order."""
    wanted = (
        select(NumberAllocation.number, NumberSeries.period, NumberAllocation.void_reason, NumberAllocation.voided_at)
        .join(MinuteItem, MinuteItem.allocation_id == NumberAllocation.id)
        .join(NumberAllocation.series)
        .where(MinuteItem.minutes_id == minutes.id, NumberAllocation.voided_at.is_not(None))
        .order_by(NumberAllocation.number)
    )
    return [
        VoidNumber(number, period, reason or "", at) for number, period, reason, at in session.execute(wanted) if at
    ]
