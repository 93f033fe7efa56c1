"""Verbs on mandates: given, ended, taken over, and taken back when they were written by mistake.

``last_attended_on`` is the last day on which the mandate was used at a meeting, which the room above knows
(``meetings.body_changes``): a mandate that somebody decided by cannot end before that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from paragraf.core.errors import NotThere, RuleBroken
from paragraf.people import queries, seats
from paragraf.people.acts import lock, record
from paragraf.people.bodies import as_rules
from paragraf.people.models import Body, Capacity, Mandate, MemberOrganisation, Person
from paragraf.people.rules import holds_on
from paragraf.people.seats import Term, Vacancy


def give_mandate(
    session: Session,
    *,
    body: Body,
    person: Person,
    member: MemberOrganisation,
    capacity: Capacity,
    starts_on: date,
    ends_on: date | None = None,
    calling_order: int | None = None,
    now: datetime,
    actor: str,
) -> Mandate:
    """Seat the person in the body for the member organisation. ``calling_order`` is a substitute's turn, 1 first.

    Raises RuleBroken for a person who has left, an organisation that is no member then, a body that has ended, and
    what ``seats.check_term`` forbids. Too many of one member's are let through: see ``too_many``.
    """
    lock(session, body)
    mandate = Mandate(
        association_id=body.association_id,
        body_id=body.id,
        person_id=person.id,
        member_organisation_id=member.id,
        capacity=capacity,
        calling_order=calling_order,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    _check_who(body, person, member, starts_on)
    term = Term(person.id, person.name, member.id, capacity, starts_on, ends_on, calling_order)
    _check_beside(session, body, term, queries.all_mandates(session, body.id))
    session.add(mandate)
    session.flush()
    told = {"name": person.name, "starts_on": starts_on.isoformat(), "mandate": mandate.id}
    record(session, "give_mandate", body, now=now, actor=actor, **told)
    return mandate


def end_mandate(
    session: Session, mandate: Mandate, *, ends_on: date, last_attended_on: date | None, now: datetime, actor: str
) -> None:
    """Let the day be the mandate's last; a later day than before prolongs it.

    Raises RuleBroken for a day before its first one or before it was used, and for what ``seats.check_term`` forbids.
    """
    lock(session, mandate.body)
    session.refresh(mandate)
    if last_attended_on is not None and ends_on < last_attended_on:
        raise RuleBroken(
            "%(name)s deltog i sammanträdet den %(day)s. Uppdraget kan sluta tidigast den dagen.",
            field="ends_on",
            name=mandate.person.name,
            day=last_attended_on,
        )
    others = [one for one in queries.all_mandates(session, mandate.body_id) if one.id != mandate.id]
    _check_beside(session, mandate.body, replace(as_term(mandate), ends_on=ends_on), others)
    mandate.ends_on = ends_on
    session.flush()
    told = {"name": mandate.person.name, "ends_on": ends_on.isoformat(), "mandate": mandate.id}
    record(session, "end_mandate", mandate.body, now=now, actor=actor, **told)


def take_over(
    session: Session,
    mandate: Mandate,
    *,
    capacity: Capacity,
    from_day: date,
    calling_order: int | None = None,
    last_attended_on: date | None,
    now: datetime,
    actor: str,
) -> Mandate:
    """Let whoever has the mandate go on in another capacity from the day: a substitute who takes a vacant seat
    (lag 2003:1210 15 §), a member whom the body elects to be its chair (17 §). The new mandate ends when the old would.
    """
    if from_day <= mandate.starts_on:
        raise RuleBroken("Välj en dag efter den då uppdraget började.", field="from_day")
    ends_on = mandate.ends_on
    if ends_on is not None and ends_on < from_day:
        raise RuleBroken("Uppdraget har slutat då. Ge ett nytt uppdrag i stället.", field="from_day")
    end_mandate(
        session,
        mandate,
        ends_on=from_day - timedelta(days=1),
        last_attended_on=last_attended_on,
        now=now,
        actor=actor,
    )
    return give_mandate(
        session,
        body=mandate.body,
        person=mandate.person,
        member=mandate.member_organisation,
        capacity=capacity,
        starts_on=from_day,
        ends_on=ends_on,
        calling_order=calling_order,
        now=now,
        actor=actor,
    )


def remove_mandate(
    session: Session, mandate: Mandate, *, last_attended_on: date | None, now: datetime, actor: str
) -> None:
    """Take back a mandate that was written by mistake. Raises RuleBroken when it was used: then it is ended."""
    lock(session, mandate.body)
    if last_attended_on is not None:
        raise RuleBroken(
            "%(name)s har deltagit med uppdraget, så det kan inte tas bort. Avsluta det i stället.",
            name=mandate.person.name,
        )
    told = {"name": mandate.person.name, "mandate": mandate.id}
    body = mandate.body
    session.delete(mandate)
    session.flush()
    record(session, "remove_mandate", body, now=now, actor=actor, **told)


# --- what the rules say of those who sit ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """How a body is manned on a day, against the rules that hold then."""

    held: tuple[Mandate, ...]
    vacancies: tuple[Vacancy, ...]
    #: Of which members more sit than the rules give them.
    excess: tuple[Vacancy, ...]

    def successor(self, vacancy: Vacancy) -> Mandate | None:
        """The substitute whose turn it is to take the vacant seat (lag 2003:1210 15 §)."""
        if vacancy.substitute or vacancy.member_organisation_id is None:
            return None
        found = seats.successors(vacancy.member_organisation_id, [as_term(one) for one in self.held])
        return next((one for one in self.held if found and one.person_id == found[0].person_id), None)


def standing(session: Session, body: Body, day: date) -> Standing:
    """How the body is manned on the day."""
    held = queries.mandates(session, body.id, day)
    rule = queries.rule_on(session, body.id, day)
    if rule is None:
        return Standing(tuple(held), (), ())
    terms, rules = [as_term(one) for one in held], as_rules(rule)
    return Standing(tuple(held), tuple(seats.vacancies(terms, rules)), tuple(seats.excess(terms, rules)))


def too_many(session: Session, mandate: Mandate) -> Vacancy | None:
    """A warning for a mandate just given: its member has more seats than the rules say on the mandate's first day."""
    found = standing(session, mandate.body, mandate.starts_on).excess
    substitute = mandate.capacity is Capacity.SUBSTITUTE
    return next(
        (
            one
            for one in found
            if one.member_organisation_id == mandate.member_organisation_id and one.substitute is substitute
        ),
        None,
    )


def as_term(mandate: Mandate) -> Term:
    """The mandate as a value of the rules."""
    return Term(
        mandate.person_id,
        mandate.person.name,
        mandate.member_organisation_id,
        mandate.capacity,
        mandate.starts_on,
        mandate.ends_on,
        mandate.calling_order,
    )


def _check_who(body: Body, person: Person, member: MemberOrganisation, day: date) -> None:
    if {person.association_id, member.association_id} != {body.association_id}:
        raise NotThere("Personen finns inte.")
    if person.left_on is not None:
        raise RuleBroken("%(name)s har slutat.", field="person_id", name=person.name)
    if not holds_on(member.joined_on, member.left_on, day):
        raise RuleBroken("%(name)s är inte medlem den dagen.", field="member_id", name=member.name)
    if body.ended_on is not None and day > body.ended_on:
        raise RuleBroken("%(name)s finns inte längre den dagen.", field="starts_on", name=body.name)


def _check_beside(session: Session, body: Body, term: Term, others: Sequence[Mandate]) -> None:
    rules = [as_rules(row) for row in queries.rules_of(session, body.id)]
    seats.check_term(term, [as_term(one) for one in others], rules)
