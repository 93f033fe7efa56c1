"""Verbs for the course of the meeting, § by §: when each was taken up, and who led it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.core.dates import local
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.core.printing import print_time
from paragraf.meetings.attending import lock_open
from paragraf.minutes import queries
from paragraf.minutes.acts import lock, record
from paragraf.minutes.attending import must_hold
from paragraf.minutes.models import MinuteItem
from paragraf.minutes.participation import participations
from paragraf.people.models import Person


def begin_item(session: Session, row: MinuteItem, *, at: datetime | None, now: datetime, actor: str) -> MinuteItem:
    """The meeting took the § up at the moment; None: the time is not known, or was a mistake.

    Raises RuleBroken for a moment before the § before was taken up or after the one after, for one outside the
    meeting, and once the attendance is closed.
    """
    lock(session, row.minutes)
    lock_open(session, row.minutes.meeting)
    if at is not None:
        _must_be_in_order(session, row, at)
    row.begun_at = at
    session.flush()
    must_hold(session, row.minutes.meeting)
    record(session, row.minutes, "begin_item", now, actor, item_id=row.id, begun_at=at.isoformat() if at else None)
    return row


def _must_be_in_order(session: Session, row: MinuteItem, at: datetime) -> None:
    meeting = row.minutes.meeting
    if meeting.opened_at is not None and at < meeting.opened_at:
        told = "Sammanträdet öppnades kl. %(clock)s. Paragrafen kan inte ha tagits upp före det."
        raise RuleBroken(told, field="clock", clock=print_time(local(meeting.opened_at).time()))
    if meeting.closed_at is not None and at > meeting.closed_at:
        told = "Sammanträdet avslutades kl. %(clock)s. Paragrafen kan inte ha tagits upp efter det."
        raise RuleBroken(told, field="clock", clock=print_time(local(meeting.closed_at).time()))
    rows = queries.item_rows(session, row.minutes)
    place = next((number for number, one in enumerate(rows) if one.id == row.id), None)
    if place is None:
        raise NotThere("Paragrafen finns inte i protokollet.")
    for before in reversed(rows[:place]):
        if before.begun_at is not None and before.begun_at > at:
            told = "Paragrafen före togs upp kl. %(clock)s. Flytta paragrafen om den togs upp tidigare."
            raise RuleBroken(told, field="clock", clock=print_time(local(before.begun_at).time()))
    for after in rows[place + 1 :]:
        if after.begun_at is not None and after.begun_at < at:
            told = "Paragrafen efter togs upp kl. %(clock)s. Flytta paragrafen om den togs upp senare."
            raise RuleBroken(told, field="clock", clock=print_time(local(after.begun_at).time()))


def set_leader(session: Session, row: MinuteItem, person: Person | None, *, now: datetime, actor: str) -> MinuteItem:
    """Note who led the meeting in the §, where the chair was away; None: whom the rules tell.

    Raises RuleBroken for somebody who did not take part in the §, and once the attendance is closed.
    """
    lock(session, row.minutes)
    lock_open(session, row.minutes.meeting)
    if person is not None:
        _must_have_been_there(session, row, person)
    row.led_by_id = person.id if person else None
    session.flush()
    session.expire(row, ["led_by"])
    record(session, row.minutes, "set_leader", now, actor, item_id=row.id, person_id=row.led_by_id)
    return row


def _must_have_been_there(session: Session, row: MinuteItem, person: Person) -> None:
    if person.association_id != row.association_id:
        raise NotThere("Personen finns inte.")
    found = participations(session, row.minutes, queries.item_rows(session, row.minutes))[row.id]
    if not found.may_have_taken_part(person.id):
        raise RuleBroken("%(name)s deltog inte i paragrafen och kan inte ha lett den.", name=person.name)
