"""From the words of a rule ("chair", "secretary") to the persons who hold that place on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.duties.models import DutyRule
from paragraf.duties.rules import Event, Recipient
from paragraf.people import queries as people
from paragraf.people.models import Body, BodyKind, Person, RoleKind


def recipients(session: Session, rule: DutyRule, event: Event, day: date) -> list[Person]:
    """Whom the rule reminds of the event on the day; nobody twice, nobody who has left.

    Where nobody holds any of the places the office is reminded instead: a duty must never be silent.
    """
    wanted = (person for word in rule.recipients for person in _FINDERS[Recipient(word)](session, event, day))
    return _present(wanted, day) or _present(_office(session, event, day), day)


def _present(persons: Iterable[Person], day: date) -> list[Person]:
    found = {person.id: person for person in persons if person.left_on is None or person.left_on > day}
    return list(found.values())


def _office(session: Session, event: Event, day: date) -> list[Person]:
    return [person for kind in RoleKind for person in people.holders(session, event.association_id, kind, day)]


def _board_chair(session: Session, event: Event, day: date) -> list[Person]:
    boards = select(Body.id).where(Body.association_id == event.association_id, Body.kind == BodyKind.BOARD)
    return _chairs(session, session.scalars(boards), day)


def _chair(session: Session, event: Event, day: date) -> list[Person]:
    return _chairs(session, event.body_ids, day) if event.body_ids else _board_chair(session, event, day)


def _chairs(session: Session, body_ids: Iterable[int], day: date) -> list[Person]:
    chairs = (people.chair_of(session, body_id, day) for body_id in body_ids)
    return [chair for chair in chairs if chair is not None]


def _secretary(session: Session, event: Event, day: date) -> list[Person]:
    return people.holders(session, event.association_id, RoleKind.SECRETARY, day)


def _responsible(session: Session, event: Event, _day: date) -> list[Person]:
    own = select(Person).where(Person.association_id == event.association_id, Person.id.in_(event.responsible))
    return list(session.scalars(own.order_by(Person.id)))


def _members(session: Session, event: Event, day: date) -> list[Person]:
    return [mandate.person for body_id in event.body_ids for mandate in people.mandates(session, body_id, day)]


_FINDERS: dict[Recipient, Callable[[Session, Event, date], list[Person]]] = {
    Recipient.BOARD_CHAIR: _board_chair,
    Recipient.CHAIR: _chair,
    Recipient.SECRETARY: _secretary,
    Recipient.RESPONSIBLE: _responsible,
    Recipient.MEMBERS: _members,
}
