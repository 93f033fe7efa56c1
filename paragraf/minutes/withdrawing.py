"""Taking a § out of the minutes, and where a new one or a moved one may stand.

The §§ that have a number stand first, in the order of the numbers; nothing comes before or between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.core.errors import NotThere, RuleBroken
from paragraf.core.number_series import make_void
from paragraf.meetings.rules import moved
from paragraf.minutes import numbering, queries, rules
from paragraf.minutes.acts import lock, record, require_draft, require_writable
from paragraf.minutes.models import MinuteItem, Minutes


def remove_item(session: Session, row: MinuteItem, *, reason: str = "", now: datetime, actor: str) -> None:
    """Take the § out. Its texts are kept.

    One that has its number needs a reason: the number is void from then on, and the minutes print why. Raises
    RuleBroken without it, and for a § that was verified at once.
    """
    lock(session, row.minutes)
    session.refresh(row, ["allocation_id", "immediate_id", "removed_at"])
    require_writable(row)
    if row.removed_at is not None:
        raise NotThere("Paragrafen finns inte i protokollet.")
    if row.allocation is not None:
        make_void(row.allocation, reason, now=now)
    row.removed_at = now
    session.flush()
    _renumber(queries.item_rows(session, row.minutes))
    session.flush()
    if row.allocation is None:
        record(session, row.minutes, "remove_item", now, actor, item_id=row.id)
    else:
        told = rules.label(row.allocation.number, row.allocation.series.period)
        record(session, row.minutes, "void_item", now, actor, item_id=row.id, number=told, reason=reason.strip())


def move_item(session: Session, row: MinuteItem, *, place: int, now: datetime, actor: str) -> None:
    """Put the § at ``place``, 1 first; the others close ranks. Raises RuleBroken where taken numbers hinder."""
    lock(session, row.minutes)
    require_draft(row.minutes)
    there = queries.item_rows(session, row.minutes)
    if row.allocation_id is not None:
        raise RuleBroken("Paragrafen har fått sitt nummer för gott och kan inte flyttas.")
    if (numbered := _numbered(there)) and place <= numbered:
        raise RuleBroken(
            "De första %(count)s paragraferna har fått sina nummer för gott. Flytta efter dem.", count=numbered
        )
    _place(session, there, row, place)
    record(session, row.minutes, "move_item", now, actor, item_id=row.id, place=row.position)


def place_new(session: Session, minutes: Minutes, row: MinuteItem, after: MinuteItem) -> None:
    """Put a new § after the one named, or after the last that has its number where that comes later."""
    there = queries.item_rows(session, minutes)
    _place(session, there, row, max(after.position, _numbered(there)) + 1)


def must_take_new(session: Session, minutes: Minutes) -> None:
    """Raises RuleBroken where a new § could not have a number that follows on the others: the series has gone on."""
    if not numbering.may_grow(session, minutes):
        raise RuleBroken(
            "Nummerserien har gått vidare sedan numren fastställdes, så en ny paragraf kan inte få plats här. Ta upp "
            "frågan på nästa sammanträde. En paragraf kan däremot utgå."
        )


def _numbered(there: Sequence[MinuteItem]) -> int:
    return sum(one.allocation_id is not None for one in there)


def _place(session: Session, there: Sequence[MinuteItem], row: MinuteItem, place: int) -> None:
    rows = {each.id: each for each in there}
    if row.id not in rows:
        raise NotThere("Paragrafen finns inte i protokollet.")
    _renumber([rows[item_id] for item_id in moved(list(rows), row.id, place)])
    session.flush()


def _renumber(rows: Iterable[MinuteItem]) -> None:
    for place, row in enumerate(rows, start=1):
        row.position = place
