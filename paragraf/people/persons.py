"""Verbs on persons: taken in, changed, given a role in the office, given a new link to their calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from paragraf.core.identifiers import parse_email, parse_phone
from paragraf.people import queries
from paragraf.people.acts import lock, read, record, required
from paragraf.people.models import Person, Role, RoleKind
from paragraf.people.rules import holds_on


@dataclass(frozen=True)
class PersonFacts:
    """What is written of a person."""

    name: str
    email: str
    title: str = ""
    phone: str = ""
    language: str = "sv"
    #: The first day on which the person no longer takes part; the way to sign in is closed from then on.
    left_on: date | None = None


def add_person(session: Session, association_id: int, facts: PersonFacts, *, now: datetime, actor: str) -> Person:
    """Take in a person. Raises RuleBroken without a name, and for an address that is wrong or somebody else's."""
    person = Person(association_id=association_id)
    _write(session, person, facts)
    session.add(person)
    session.flush()
    record(session, "add", person, now=now, actor=actor, name=person.name)
    return person


def change_person(session: Session, person: Person, facts: PersonFacts, *, now: datetime, actor: str) -> Person:
    """Save what is written of the person. Raises RuleBroken as ``add_person``, and if the office would be empty."""
    lock(session, person)
    if facts.left_on is not None and facts.left_on != person.left_on:
        _check_leaving(session, person, facts.left_on, local_date(now))
    before = _facts(person)
    _write(session, person, facts)
    if _facts(person) != before:
        session.flush()
        record(session, "change", person, now=now, actor=actor, name=person.name)
    return person


def renew_calendar(session: Session, person: Person, *, now: datetime, actor: str) -> None:
    """Make every earlier link to the person's calendar worthless."""
    lock(session, person)
    person.calendar_serial += 1
    session.flush()
    record(session, "renew_calendar", person, now=now, actor=actor)


def give_role(
    session: Session,
    person: Person,
    *,
    kind: RoleKind,
    starts_on: date,
    ends_on: date | None,
    now: datetime,
    actor: str,
) -> Role:
    """Give the person a role in the office. Raises RuleBroken for one that is held already, or that ends first."""
    lock(session, person)
    _check_order(starts_on, ends_on)
    for held in queries.roles_of(session, person):
        if held.kind is kind and (ends_on is None or held.starts_on <= ends_on) and _reaches(held.ends_on, starts_on):
            raise RuleBroken("%(name)s har redan den rollen då.", field="kind", name=person.name)
    role = Role(
        association_id=person.association_id, person_id=person.id, kind=kind, starts_on=starts_on, ends_on=ends_on
    )
    session.add(role)
    session.flush()
    record(session, "give_role", person, now=now, actor=actor, role=kind.value, starts_on=starts_on.isoformat())
    return role


def end_role(session: Session, role: Role, *, ends_on: date, now: datetime, actor: str) -> None:
    """Let the day be the role's last. Raises RuleBroken when nobody would be left in the office."""
    lock(session, role.person)
    session.refresh(role)
    _check_order(role.starts_on, ends_on)
    if not _is_manned(session, role.association_id, ends_on + timedelta(days=1), Role.id != role.id):
        raise RuleBroken(
            "Ingen skulle vara kvar i kansliet efter den dagen. Ge någon annan en roll först.", field="ends_on"
        )
    role.ends_on = ends_on
    session.flush()
    record(session, "end_role", role.person, now=now, actor=actor, role=role.kind.value, ends_on=ends_on.isoformat())


def _write(session: Session, person: Person, facts: PersonFacts) -> None:
    name = required(facts.name, "Skriv personens namn.", "name")
    email = read(parse_email, facts.email, "email").lower()
    _must_be_free(session, person, email)
    person.name, person.email, person.title = name, email, " ".join(facts.title.split())
    person.phone = read(parse_phone, facts.phone, "phone") if facts.phone.strip() else ""
    person.language, person.left_on = facts.language, facts.left_on


def _must_be_free(session: Session, person: Person, email: str) -> None:
    with session.no_autoflush:
        other = session.scalar(
            select(Person).where(
                Person.association_id == person.association_id, Person.email == email, Person.id != (person.id or 0)
            )
        )
    if other is not None:
        raise RuleBroken(
            "%(name)s har redan den e-postadressen. Två personer kan inte ha samma.", field="email", name=other.name
        )


def _check_leaving(session: Session, person: Person, left_on: date, today: date) -> None:
    if left_on > today:
        raise RuleBroken(
            "Ange den dag personen slutade, inte en dag längre fram. Uppdrag och roller har egna slutdagar.",
            field="left_on",
        )
    roles = queries.roles_of(session, person)
    in_office = any(holds_on(role.starts_on, role.ends_on, today) for role in roles)
    if in_office and not _is_manned(session, person.association_id, today, Role.person_id != person.id):
        raise RuleBroken(
            "%(name)s är ensam i kansliet. Ge någon annan en roll där först.", field="left_on", name=person.name
        )


def _is_manned(session: Session, association_id: int, day: date, but: ColumnElement[bool]) -> bool:
    """Whether somebody has a role in the office on the day, apart from the roles that ``but`` leaves out."""
    wanted = (
        select(Role.id)
        .join(Person, Person.id == Role.person_id)
        .where(
            Role.association_id == association_id,
            Role.starts_on <= day,
            or_(Role.ends_on.is_(None), Role.ends_on >= day),
            Person.left_on.is_(None),
            but,
        )
    )
    return session.scalar(wanted.limit(1)) is not None


def _check_order(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise RuleBroken("Den sista dagen kan inte vara före den första.", field="ends_on")


def _reaches(ends_on: date | None, day: date) -> bool:
    return ends_on is None or ends_on >= day


def _facts(person: Person) -> PersonFacts:
    return PersonFacts(person.name, person.email, person.title, person.phone, person.language, person.left_on)
