"""Persons, roles, members, units and notice boards: what is taken in and what is told back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from paragraf.people import boards, members, persons, queries
from paragraf.people.boards import BoardFacts, lacking
from paragraf.people.members import MemberFacts
from paragraf.people.models import NoticeBoard, Person, Principal, RoleKind
from paragraf.people.persons import PersonFacts
from paragraf.people.queries import MemberPrincipal
from tests.parts.world import NOW, SINCE, Home

TODAY = local_date(NOW)
DAY = timedelta(days=1)
WHO = {"now": NOW, "actor": "Sonja Ekvall"}
NEW = PersonFacts("  Ny   Person ", "Ny.Person@Norrdal.example", "controller", "070-174 06 05")
MEMBER = MemberFacts("Nya kommun", "", Principal.MUNICIPALITIES, "212000–9143", SINCE)


def add(session: Session, home: Home, facts: PersonFacts = NEW) -> Person:
    return persons.add_person(session, home.id, facts, **WHO)  # type: ignore[arg-type]


def test_a_person_is_written_in_one_form(session: Session, home: Home) -> None:
    person = add(session, home)
    assert (person.name, person.email, person.phone) == ("Ny Person", "ny.person@norrdal.example", "+46701740605")
    assert person in queries.everyone(session, home.id)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"email": "ingen adress"}, "email"),
        ({"email": "OLLE@norrdal.example"}, "email"),
        ({"phone": "123"}, "phone"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(session: Session, home: Home, change: dict[str, str], field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        add(session, home, replace(NEW, **change))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_the_only_one_in_the_office_neither_leaves_nor_gives_up_the_role(session: Session, home: Home) -> None:
    secretary = session.get_one(Person, home.secretary.id)
    (role,) = queries.roles_of(session, secretary)
    facts = PersonFacts(secretary.name, secretary.email, left_on=TODAY)
    with pytest.raises(RuleBroken, match="ensam i kansliet"):
        persons.change_person(session, secretary, facts, **WHO)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken, match="Ingen skulle vara kvar"):
        persons.end_role(session, role, ends_on=TODAY, **WHO)  # type: ignore[arg-type]
    person = add(session, home)
    persons.give_role(session, person, kind=RoleKind.DIRECTOR, starts_on=TODAY, ends_on=None, **WHO)  # type: ignore[arg-type]
    persons.end_role(session, role, ends_on=TODAY, **WHO)  # type: ignore[arg-type]
    persons.change_person(session, secretary, facts, **WHO)  # type: ignore[arg-type]
    assert not queries.powers(session, home.id, secretary.id, TODAY + DAY).office


def test_nobody_leaves_in_the_future_and_no_role_is_held_twice(session: Session, home: Home) -> None:
    person = add(session, home)
    with pytest.raises(RuleBroken) as refused:
        persons.change_person(session, person, replace(NEW, left_on=TODAY + DAY), **WHO)  # type: ignore[arg-type]
    assert refused.value.field == "left_on"
    for first, ends in ((TODAY, TODAY + DAY), (TODAY + 2 * DAY, None)):
        persons.give_role(session, person, kind=RoleKind.DIRECTOR, starts_on=first, ends_on=ends, **WHO)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken, match="redan den rollen"):
        persons.give_role(session, person, kind=RoleKind.DIRECTOR, starts_on=TODAY, ends_on=None, **WHO)  # type: ignore[arg-type]


def test_a_member_is_written_with_its_number_checked(session: Session, home: Home) -> None:
    member = members.add_member(session, home.id, MEMBER, **WHO)  # type: ignore[arg-type]
    assert (member.organisation_number, member.short_name) == ("2120009143", "Nya kommun")
    members.add_unit(session, member, name="Vuxenutbildningen", **WHO)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken, match="redan en enhet"):
        members.add_unit(session, member, name=" Vuxenutbildningen", **WHO)  # type: ignore[arg-type]
    assert [unit.name for unit in member.units] == ["Vuxenutbildningen"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"organisation_number": "212000-9144"}, "organisation_number"),
        ({"organisation_number": "121212-1212"}, "organisation_number"),
        ({"organisation_number": "212000-9119"}, "organisation_number"),
        ({"left_on": SINCE - DAY}, "left_on"),
        ({"email": "fel"}, "email"),
    ],
)
def test_a_wrong_member_is_told_at_its_field(
    session: Session, home: Home, change: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        members.add_member(session, home.id, replace(MEMBER, **change), **WHO)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_member_that_leaves_is_a_former_one(session: Session, home: Home) -> None:
    member = members.add_member(session, home.id, MEMBER, **WHO)  # type: ignore[arg-type]
    members.change_member(session, member, replace(MEMBER, left_on=TODAY - DAY), **WHO)  # type: ignore[arg-type]
    assert member in queries.former_members(session, home.id, TODAY)
    assert member not in queries.member_organisations(session, home.id, TODAY)


# --- notice boards --------------------------------------------------------------------------------------------------


def test_every_municipality_and_region_needs_a_board_and_so_does_the_association() -> None:
    found = [
        MemberPrincipal(number, name, principal, "")
        for number, name, principal in (
            (1, "Kommunen", Principal.MUNICIPALITIES),
            (2, "Regionen", Principal.REGION),
            (3, "Kassan", Principal.STATE),
        )
    ]
    assert [one.id for one in lacking(found, {None}).members] == [1, 2]
    assert lacking(found, {1, 2}).own
    assert not lacking(found, {None, 1, 2})


def test_boards_are_written_and_taken_out_of_use(session: Session, home: Home) -> None:
    assert len(boards.missing_boards(session, home.id, TODAY).members) == 3
    facts = BoardFacts("Norrdals tavla", "https://norrdal.example/anslag", follows_own=True, valid_from=SINCE)
    board = boards.add_board(session, home.id, facts, member=home.municipality, **WHO)  # type: ignore[arg-type]
    assert len(boards.missing_boards(session, home.id, TODAY).members) == 2
    boards.change_board(session, board, replace(facts, valid_to=TODAY - DAY), **WHO)  # type: ignore[arg-type]
    assert len(boards.missing_boards(session, home.id, TODAY).members) == 3


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (BoardFacts(" "), "name"),
        (BoardFacts("Förbundets anslagstavla"), "name"),
        (BoardFacts("Tavlan", "norrdal.example"), "url"),
        (BoardFacts("Tavlan", "javascript:alert(1)"), "url"),
        (BoardFacts("Tavlan", valid_from=TODAY, valid_to=date(2020, 1, 1)), "valid_to"),
    ],
)
def test_a_wrong_board_is_told_at_its_field(session: Session, home: Home, facts: BoardFacts, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        boards.add_board(session, home.id, facts, member=None, **WHO)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_the_own_board_does_not_follow_itself(session: Session, home: Home) -> None:
    facts = BoardFacts("Webben", follows_own=True, valid_from=SINCE)
    board: NoticeBoard = boards.add_board(session, home.id, facts, member=None, **WHO)  # type: ignore[arg-type]
    assert not board.follows_own
