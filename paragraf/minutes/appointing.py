"""An appointment to a seat in a body: the mandate that follows. An election to a task, such as verifier, makes none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.errors import N_, RuleBroken
from paragraf.duties.rules import Words
from paragraf.meetings import body_changes
from paragraf.minutes.clauses import CAPACITIES
from paragraf.minutes.following import Case, Following
from paragraf.people import mandates, seats
from paragraf.people import queries as people
from paragraf.people.models import Body, Capacity, Mandate, MemberOrganisation, Person


@dataclass(frozen=True)
class Seat:
    """The seats that a clause gives, found among the association's rows."""

    body: Body
    persons: tuple[Person, ...]
    members: tuple[MemberOrganisation, ...]
    capacity: Capacity
    #: Who leaves the seat, if the clause names somebody.
    replaced: Mandate | None
    starts_on: date
    ends_on: date | None
    #: In which turn a substitute is called; None: after the others.
    turn: int | None


def follow_appointment(case: Case) -> Following | None:
    """Mandates for those who are appointed; whoever leaves the seat does so the day before.

    Raises RuleBroken where the body, a person, the party or the one who leaves is not found.
    """
    if not case.facts.get("body"):
        return None
    seat = _seat(case)
    told = Words(
        "%(names)s får plats i %(body)s som %(capacity)s från den %(day)s.",
        {
            "names": ", ".join(person.name for person in seat.persons),
            "body": seat.body.name,
            "capacity": next(told for told, word in CAPACITIES.items() if word == seat.capacity.value),
            "day": seat.starts_on,
        },
    )
    return Following(told, lambda now, actor: _take_seats(case.session, seat, now, actor))


# --- who and where -------------------------------------------------------------------------------------------------


def _seat(case: Case) -> Seat:
    facts = case.facts
    body = _body(case, facts["body"])
    # Without a day it holds from the day after: those who decided sat the whole meeting.
    starts_on = _day(facts.get("from_on")) or case.decided_on + timedelta(days=1)
    persons = tuple(_person(case, name) for name in facts["persons"])
    replaced = _replaced(case, body, starts_on) if facts.get("replaces") else None
    members = tuple(_member(case, body, person, replaced, starts_on) for person in persons)
    return Seat(
        body,
        persons,
        members,
        Capacity(facts["capacity"]),
        replaced,
        starts_on,
        _day(facts.get("to_on")),
        int(facts["turn"]) if facts.get("turn") else None,
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _same(written: str, name: str) -> bool:
    return " ".join(written.casefold().split()) == " ".join(name.casefold().split())


def _body(case: Case, written: str) -> Body:
    for body in people.bodies(case.session, case.minutes.association_id):
        if _same(written, body.name):
            return body
    raise RuleBroken(
        "%(body)s är inget av förbundets organ. Rätta namnet, eller töm fältet om platsen är någon annanstans.",
        body=written,
    )


def _person(case: Case, written: str) -> Person:
    found = [one for one in people.persons(case.session, case.minutes.association_id) if _same(written, one.name)]
    if len(found) != 1:
        told = N_("Det finns ingen %(name)s bland personerna. Lägg in personen, så kan uppdraget läggas till.")
        if found:
            told = N_("Det finns flera som heter %(name)s. Lägg in uppdraget för den som avses.")
        raise RuleBroken(told, name=written)
    return found[0]


def _replaced(case: Case, body: Body, starts_on: date) -> Mandate:
    """The mandate that ends, or that ended the day before already."""
    held = people.mandates(case.session, body.id, starts_on - timedelta(days=1))
    written = case.facts["replaces"]
    found = next((one for one in held if _same(written, one.person.name)), None)
    if found is None:
        raise RuleBroken(
            "%(name)s har ingen plats i %(body)s den %(day)s.", name=written, body=body.name, day=starts_on
        )
    return found


def _member(case: Case, body: Body, person: Person, replaced: Mandate | None, starts_on: date) -> MemberOrganisation:
    """The party that the clause names, else that of the one who leaves, else the one the person has a seat for."""
    written = case.facts.get("party")
    if written:
        for member in people.member_organisations(case.session, case.minutes.association_id, starts_on):
            if _same(written, member.name) or _same(written, member.short_name):
                return member
        raise RuleBroken("%(party)s är inte medlem i förbundet den dagen.", party=written)
    found = replaced or _own(case.session, person, body) or _own(case.session, person)
    if found is None:
        raise RuleBroken("Skriv vilken part %(name)s får platsen för.", name=person.name)
    return found.member_organisation


def _own(session: Session, person: Person, body: Body | None = None) -> Mandate | None:
    """The person's newest mandate, in the body or in any."""
    wanted = select(Mandate).where(Mandate.association_id == person.association_id, Mandate.person_id == person.id)
    if body is not None:
        wanted = wanted.where(Mandate.body_id == body.id)
    return session.scalar(wanted.order_by(Mandate.starts_on.desc(), Mandate.id.desc()).limit(1))


# --- the mandates --------------------------------------------------------------------------------------------------


def _take_seats(session: Session, seat: Seat, now: datetime, actor: str) -> None:
    for person, member in zip(seat.persons, seat.members, strict=True):
        if not _is_seated(session, seat, person):
            _make_room(session, seat, person, now, actor)
            _give(session, seat, person, member, now, actor)


def _is_seated(session: Session, seat: Seat, person: Person) -> bool:
    held = people.mandates(session, seat.body.id, seat.starts_on)
    return any(one.person_id == person.id and one.capacity is seat.capacity for one in held)


def _make_room(session: Session, seat: Seat, person: Person, now: datetime, actor: str) -> None:
    """End the person's own seat in the body, that of the one who leaves, and a chair's: there is one chair."""
    held = people.mandates(session, seat.body.id, seat.starts_on)
    own = next((one for one in held if one.person_id == person.id), None)
    if own is not None:
        _end(session, own, seat, now, actor)
    if seat.replaced is not None and (own is None or own.id != seat.replaced.id) and seat.replaced in held:
        _end(session, seat.replaced, seat, now, actor)
    chair = next((one for one in held if one.capacity is Capacity.CHAIR), None)
    if seat.capacity is Capacity.CHAIR and chair is not None and chair is not seat.replaced:
        _leave_the_chair(session, seat, chair, keeps_seat=own is not None, now=now, actor=actor)


def _end(session: Session, mandate: Mandate, seat: Seat, now: datetime, actor: str) -> None:
    last = seat.starts_on - timedelta(days=1)
    body_changes.end_mandate(session, mandate, ends_on=last, now=now, actor=actor)


def _leave_the_chair(
    session: Session, seat: Seat, chair: Mandate, *, keeps_seat: bool, now: datetime, actor: str
) -> None:
    """Where one who has a seat is elected, the former chair keeps a seat as a member; otherwise it is handed over."""
    if not keeps_seat:
        _end(session, chair, seat, now, actor)
        return
    body_changes.take_over(
        session, chair, capacity=Capacity.BOARD_MEMBER, from_day=seat.starts_on, now=now, actor=actor
    )


def _give(session: Session, seat: Seat, person: Person, member: MemberOrganisation, now: datetime, actor: str) -> None:
    mandates.give_mandate(
        session,
        body=seat.body,
        person=person,
        member=member,
        capacity=seat.capacity,
        starts_on=seat.starts_on,
        ends_on=seat.ends_on,
        calling_order=_turn(session, seat),
        now=now,
        actor=actor,
    )


def _turn(session: Session, seat: Seat) -> int | None:
    if seat.capacity is not Capacity.SUBSTITUTE:
        return None
    held = people.mandates(session, seat.body.id, seat.starts_on)
    return seat.turn or seats.next_turn(mandates.as_term(one) for one in held)
