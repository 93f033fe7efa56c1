"""Verbs on member organisations (förbundsmedlemmar) and their units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken
from paragraf.core.identifiers import parse_email, parse_organisation_number
from paragraf.people.acts import lock, read, record, required
from paragraf.people.models import MemberOrganisation, Principal, Unit


@dataclass(frozen=True)
class MemberFacts:
    """What is written of a member."""

    name: str
    short_name: str
    principal: Principal
    #: As it is typed; see core.identifiers.
    organisation_number: str
    joined_on: date
    email: str = ""
    #: The last day of the membership.
    left_on: date | None = None


def add_member(
    session: Session, association_id: int, facts: MemberFacts, *, now: datetime, actor: str
) -> MemberOrganisation:
    """Take in a member. Raises RuleBroken for a missing name, a wrong or taken number, and days in the wrong order."""
    member = MemberOrganisation(association_id=association_id)
    _write(session, member, facts)
    session.add(member)
    session.flush()
    record(session, "add", member, now=now, actor=actor, name=member.name)
    return member


def change_member(
    session: Session, member: MemberOrganisation, facts: MemberFacts, *, now: datetime, actor: str
) -> MemberOrganisation:
    """Save what is written of the member. Raises RuleBroken as ``add_member``."""
    lock(session, member)
    _write(session, member, facts)
    if session.is_modified(member):
        session.flush()
        record(session, "change", member, now=now, actor=actor, name=member.name)
    return member


def add_unit(session: Session, member: MemberOrganisation, *, name: str, now: datetime, actor: str) -> Unit:
    """Take in a part of the member that takes part by itself. Raises RuleBroken without a name or with a taken one."""
    lock(session, member)
    written = required(name, "Skriv enhetens namn.", "name")
    taken = select(Unit.id).where(Unit.member_organisation_id == member.id, Unit.name == written)
    if session.scalar(taken) is not None:
        raise RuleBroken("Medlemmen har redan en enhet med det namnet.", field="name")
    unit = Unit(association_id=member.association_id, member_organisation_id=member.id, name=written)
    session.add(unit)
    session.flush()
    session.expire(member, ["units"])
    record(session, "add_unit", member, now=now, actor=actor, name=written)
    return unit


def _write(session: Session, member: MemberOrganisation, facts: MemberFacts) -> None:
    name = required(facts.name, "Skriv medlemmens namn.", "name")
    number = read(parse_organisation_number, facts.organisation_number, "organisation_number")
    _must_be_free(session, member, number)
    if facts.left_on is not None and facts.left_on < facts.joined_on:
        raise RuleBroken("Den sista dagen kan inte vara före den första.", field="left_on")
    email = facts.email.strip()
    with session.no_autoflush:
        member.name, member.short_name = name, " ".join(facts.short_name.split()) or name[:60]
        member.principal, member.organisation_number = facts.principal, number
        member.email = read(parse_email, email, "email") if email else ""
        member.joined_on, member.left_on = facts.joined_on, facts.left_on


def _must_be_free(session: Session, member: MemberOrganisation, number: str) -> None:
    with session.no_autoflush:
        other = session.scalar(
            select(MemberOrganisation).where(
                MemberOrganisation.association_id == member.association_id,
                MemberOrganisation.organisation_number == number,
                MemberOrganisation.id != (member.id or 0),
            )
        )
    if other is not None:
        raise RuleBroken("%(name)s har redan det organisationsnumret.", field="organisation_number", name=other.name)
