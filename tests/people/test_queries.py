from __future__ import annotations

from datetime import date, timedelta

import pytest

from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere
from paragraf.people import queries
from paragraf.people.models import MemberOrganisation, Role, RoleKind
from tests.parts.world import NOW, SINCE, World

TODAY = local_date(NOW)


def seen(world: World, person_id: int, day: date = TODAY) -> tuple[str, set[RoleKind], set[int]]:
    with world.database.reading() as session:
        person, powers = queries.person_with_powers(session, world.north.id, person_id, day)
        assert powers == queries.powers(session, world.north.id, person_id, day)
        return person.name, set(powers.roles), set(powers.body_ids)


def test_a_person_comes_with_every_role_and_seat_of_the_day(world: World) -> None:
    north = world.north
    with world.database.writing() as session:
        for kind, starts, ends in (
            (RoleKind.DIRECTOR, SINCE, None),
            (RoleKind.ADMINISTRATOR, SINCE, TODAY),
            (RoleKind.SECRETARY, SINCE, TODAY - timedelta(days=1)),
        ):
            session.add(
                Role(association_id=north.id, person_id=north.chair.id, kind=kind, starts_on=starts, ends_on=ends)
            )
    assert seen(world, north.chair.id) == (
        north.chair.name,
        {RoleKind.DIRECTOR, RoleKind.ADMINISTRATOR},
        {north.board.id},
    )
    assert seen(world, north.chair.id, TODAY + timedelta(days=1))[1] == {RoleKind.DIRECTOR}
    assert seen(world, north.secretary.id)[1:] == ({RoleKind.SECRETARY}, set())
    assert seen(world, north.chair.id, SINCE - timedelta(days=1))[1:] == (set(), set())


def test_a_person_of_another_association_is_not_there(world: World) -> None:
    with world.database.reading() as session, pytest.raises(NotThere):
        queries.person_with_powers(session, world.north.id, world.south.chair.id, TODAY)


def test_members_come_by_name_from_the_day_they_joined_to_the_day_they_left(world: World) -> None:
    left = TODAY - timedelta(days=10)
    with world.database.writing() as session:
        session.get_one(MemberOrganisation, world.north.region.id).left_on = left

    def names(day: date) -> list[str]:
        with world.database.reading() as session:
            found = queries.member_principals(session, world.north.id, day)
            assert [one.id for one in found] == [
                one.id for one in queries.member_organisations(session, world.north.id, day)
            ]
            return [one.name for one in found]

    assert names(left) == ["Försäkringskassan", "Norrdals kommun", "Region Norrdal", "Västerviks kommun"]
    assert "Region Norrdal" not in names(left + timedelta(days=1))
    assert names(SINCE - timedelta(days=1)) == []


def test_an_association_that_changes_its_name_is_read_anew(world: World) -> None:
    with world.database.reading() as session:
        assert queries.association_by_slug(session, world.north.slug).name == world.north.association.name
    with world.database.writing() as session:
        queries.association_by_slug(session, world.north.slug).name = "Nytt namn"
    with world.database.reading() as session:
        assert queries.association_by_slug(session, world.north.slug).name == "Nytt namn"
