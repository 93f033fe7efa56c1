"""Fixing: the §§ get their numbers from the ledger and their decisions are frozen, all in one transaction."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken, SeveralRulesBroken
from paragraf.core.number_series import NumberSeries, Subject, allocate
from paragraf.meetings.attachments import number_attachments
from paragraf.minutes import demands, queries, wording
from paragraf.minutes.acts import lock, record, require_draft
from paragraf.minutes.models import Decision, MinuteItem, Minutes
from paragraf.minutes.queries import Item


def fix_numbers(session: Session, minutes: Minutes, *, now: datetime, actor: str) -> Minutes:
    """Give each § the body's next number, in order, for good, and freeze the decisions as they stand.

    Raises RuleBroken (SeveralRulesBroken for many) with all that hinders: ``queries.findings`` lists it with places.
    """
    lock(session, minutes)
    require_draft(minutes)
    if minutes.meeting.cancelled_at is not None:
        raise RuleBroken("Sammanträdet är inställt. Det får inga paragrafer.")
    _lock_series(session, minutes)
    _lock_items(session, minutes)
    items = queries.items(session, minutes)
    _must_be_ready(session, minutes, items, now)
    next_meeting = queries.next_meeting_day(session, minutes.meeting)
    for one in items:
        _fix(session, minutes, one, next_meeting, now, actor)
    told = [each.row.attachment for one in items for each in one.attachments]
    number_attachments(session, minutes.meeting, told)
    minutes.fixed_at = now
    session.flush()
    numbers = [one.row.allocation.number for one in items if one.row.allocation]
    record(session, minutes, "fix_numbers", now, actor, first=numbers[0], last=numbers[-1])
    return minutes


def _lock_series(session: Session, minutes: Minutes) -> None:
    # Two meetings of one series fixed at once: the second must see that the first is fixed, or still open.
    session.execute(
        select(NumberSeries.id)
        .where(
            NumberSeries.association_id == minutes.association_id,
            NumberSeries.key == minutes.meeting.body.series_key,
        )
        .with_for_update()
    )


def _lock_items(session: Session, minutes: Minutes) -> None:
    # save_text holds the lock of its §: no text may be saved between the check and the freezing.
    session.execute(
        select(MinuteItem.id).where(MinuteItem.minutes_id == minutes.id).order_by(MinuteItem.id).with_for_update()
    )


def _must_be_ready(session: Session, minutes: Minutes, items: list[Item], now: datetime) -> None:
    hindrances = [one.problem for one in queries.findings(session, minutes, items, now) if one.hinders]
    if len(hindrances) == 1:
        raise hindrances[0]
    if hindrances:
        raise SeveralRulesBroken(hindrances)


def _fix(session: Session, minutes: Minutes, one: Item, next_meeting: date | None, now: datetime, actor: str) -> None:
    row = one.row
    key = minutes.meeting.body.series_key
    row.allocation = allocate(session, row.association_id, key, Subject.MINUTE_ITEM, now=now, by=actor)
    row.edition += 1
    for place, clause in enumerate(one.words.clauses, start=1):
        session.add(
            Decision(
                association_id=row.association_id,
                minute_item_id=row.id,
                edition=row.edition,
                position=place,
                verb=clause.verb,
                text=wording.compose(clause),
                facts=demands.facts(clause, next_meeting),
            )
        )
    session.flush()
