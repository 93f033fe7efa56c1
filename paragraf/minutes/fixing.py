"""Fixing: the §§ get their numbers from the ledger and their decisions are frozen, all in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken, SeveralRulesBroken
from paragraf.core.number_series import Subject, allocate, lock_series
from paragraf.meetings.attachments import number_attachments
from paragraf.minutes import demands, numbering, queries, wording
from paragraf.minutes.acts import lock, record, require_draft
from paragraf.minutes.models import Decision, MinuteItem, Minutes
from paragraf.minutes.queries import Item
from paragraf.minutes.rules import Finding, Place

LONGEST_REASON = 300


def fix_numbers(session: Session, minutes: Minutes, *, overtaking: str = "", now: datetime, actor: str) -> Minutes:
    """Give each § that has none the series' next number, in order, for good, and freeze the decisions as they stand.

    ``overtaking``: why the numbers are taken though an earlier meeting has not taken its own; printed in the minutes.
    Raises RuleBroken (SeveralRulesBroken for many) with all that hinders: ``queries.findings`` lists it with places.
    """
    lock_for_numbers(session, minutes)
    items = queries.items(session, minutes)
    must_be_ready(session, minutes, items, now, overtaking=overtaking)
    note_overtaking(session, minutes, overtaking)
    take_numbers(session, minutes, items, now, actor)
    freeze(session, minutes, [one for one in items if one.row.immediate_id is None])
    minutes.fixed_at = now
    session.flush()
    record(session, minutes, "fix_numbers", now, actor, **_ends(session, minutes, items), **_why(minutes))
    return minutes


def lock_for_numbers(session: Session, minutes: Minutes) -> None:
    """Hold the minutes, their series and their §§. Raises RuleBroken for minutes that take no numbers (any more)."""
    lock(session, minutes)
    require_draft(minutes)
    if minutes.meeting.cancelled_at is not None:
        raise RuleBroken("Sammanträdet är inställt. Det får inga paragrafer.")
    # Two meetings of one series fixed at once: the second must see that the first is fixed, or still open.
    series = numbering.series_of(session, minutes.meeting)
    lock_series(session, minutes.association_id, series.key, series.period, first=series.first)
    # save_text holds the lock of its §: no text may be saved between the check and the freezing.
    session.execute(
        select(MinuteItem.id).where(MinuteItem.minutes_id == minutes.id).order_by(MinuteItem.id).with_for_update()
    )


def must_be_ready(
    session: Session,
    minutes: Minutes,
    items: Sequence[Item],
    now: datetime,
    *,
    overtaking: str = "",
    only: Collection[int] | None = None,
) -> None:
    """Raises with all that hinders the minutes, or only what concerns the §§ with these ids."""
    if len(overtaking.strip()) > LONGEST_REASON:
        raise RuleBroken("Skriv högst %(most)s tecken.", field="overtaking", most=LONGEST_REASON)
    matters = _matters(only, overtaken=bool(overtaking.strip()))
    hindrances = [one.problem for one in queries.findings(session, minutes, items, now) if matters(one)]
    if len(hindrances) == 1:
        raise hindrances[0]
    if hindrances:
        raise SeveralRulesBroken(hindrances)


def _matters(only: Collection[int] | None, *, overtaken: bool) -> Callable[[Finding], bool]:
    def matters(one: Finding) -> bool:
        if overtaken and one.place is Place.OVERTAKING:
            return False
        return one.hinders and (only is None or one.item_id is None or one.item_id in only)

    return matters


def take_numbers(session: Session, minutes: Minutes, items: Sequence[Item], now: datetime, actor: str) -> None:
    """Give those of the §§ a number that have none, in order."""
    series = numbering.series_of(session, minutes.meeting)
    for one in items:
        if one.row.allocation_id is None:
            one.row.allocation = allocate(
                session,
                minutes.association_id,
                series.key,
                Subject.MINUTE_ITEM,
                now=now,
                by=actor,
                period=series.period,
                first=series.first,
            )
    session.flush()


def freeze(session: Session, minutes: Minutes, items: Sequence[Item]) -> None:
    """Freeze the decisions of the §§ as a new edition of them, and number their attachments."""
    next_meeting = queries.next_meeting_day(session, minutes.meeting)
    for one in items:
        one.row.edition += 1
        _freeze_decisions(session, one, next_meeting)
    told = [each.row.attachment for one in items for each in one.attachments]
    number_attachments(session, minutes.meeting, told)


def note_overtaking(session: Session, minutes: Minutes, overtaking: str) -> None:
    """Keep the reason, where an earlier meeting is passed by the numbers that are about to be taken."""
    if overtaking.strip() and queries.waited_for(session, minutes):
        minutes.overtaking_reason = " ".join(overtaking.split())


def _ends(session: Session, minutes: Minutes, items: Sequence[Item]) -> dict[str, str]:
    """The first and the last number, void ones with them, as the log tells them."""
    taken = [(one.number, one.label) for one in items]
    taken += [(one.number, one.label) for one in numbering.void_numbers(session, minutes)]
    return {"first": min(taken)[1], "last": max(taken)[1]}


def _why(minutes: Minutes) -> dict[str, str]:
    return {"overtaking": minutes.overtaking_reason} if minutes.overtaking_reason else {}


def _freeze_decisions(session: Session, one: Item, next_meeting: date | None) -> None:
    for place, clause in enumerate(one.words.clauses, start=1):
        session.add(
            Decision(
                association_id=one.row.association_id,
                minute_item_id=one.row.id,
                edition=one.row.edition,
                position=place,
                verb=clause.verb,
                text=wording.compose(clause),
                facts=demands.facts(clause, next_meeting),
            )
        )
    session.flush()
