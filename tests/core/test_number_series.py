"""The ledger: 50 at once get 50 numbers in a row; a failed act takes none; a void number says why."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from paragraf.core.errors import RuleBroken
from paragraf.core.number_series import NumberAllocation, Subject, adopt, allocate, make_void, next_number, open_series
from tests.parts.world import NOW, World


def take(world: World, key: str, period: str = "") -> int:
    with world.database.writing() as session:
        made = allocate(session, world.north.id, key, Subject.MATTER, now=NOW, by="prov", period=period)
        return made.number


@pytest.mark.parametrize(("key", "period", "first"), [("board", "", 626), ("register", "2026", 1)])
def test_fifty_parallel_requests_get_fifty_numbers_in_a_row(world: World, key: str, period: str, first: int) -> None:
    with ThreadPoolExecutor(16) as pool:
        numbers = list(pool.map(lambda _n: take(world, key, period), range(50)))
    assert sorted(numbers) == list(range(first, first + 50))


def test_a_failed_act_takes_no_number(world: World) -> None:
    with pytest.raises(ZeroDivisionError), world.database.writing() as session:
        allocate(session, world.north.id, "board", Subject.MINUTE_ITEM, now=NOW, by="prov")
        raise ZeroDivisionError
    assert take(world, "board") == 626


def test_associations_count_apart(world: World) -> None:
    assert take(world, "board") == 626
    with world.database.writing() as session:
        assert allocate(session, world.south.id, "board", Subject.MATTER, now=NOW, by="x").number == 41
        assert next_number(session, world.north.id, "board") == 627


def test_a_continuous_series_must_be_opened_first(world: World) -> None:
    with pytest.raises(RuleBroken, match="inte öppnad"):
        take(world, "steering")


def test_a_series_is_opened_once(world: World) -> None:
    with pytest.raises(RuleBroken, match="finns redan"), world.database.writing() as session:
        open_series(session, world.north.id, "board", first=1)


def test_each_year_starts_at_one(world: World) -> None:
    assert [take(world, "register", "2026"), take(world, "register", "2026"), take(world, "register", "2027")] == [
        1,
        2,
        1,
    ]


def test_the_database_refuses_the_same_number_twice(world: World) -> None:
    with world.database.writing() as session:
        made = allocate(session, world.north.id, "board", Subject.MATTER, now=NOW, by="x")
        copy: dict[str, Any] = {"series_id": made.series_id, "number": made.number, "association_id": world.north.id}
    with pytest.raises(IntegrityError), world.database.writing() as session:
        session.add(NumberAllocation(**copy, subject="matter", allocated_at=NOW, allocated_by="y"))


def test_a_void_number_has_a_reason_and_is_not_reused(world: World) -> None:
    with world.database.writing() as session:
        made = allocate(session, world.north.id, "board", Subject.MINUTE_ITEM, now=NOW, by="x")
        with pytest.raises(RuleBroken, match="varför"):
            make_void(made, "  ", now=NOW)
        make_void(made, "Ärendet utgick", now=NOW)
        with pytest.raises(RuleBroken, match="redan utgått"):
            make_void(made, "igen", now=NOW)
    assert take(world, "board") == 627


def test_numbers_given_elsewhere_are_adopted_and_the_series_goes_on_after_them(world: World) -> None:
    with world.database.writing() as session:
        for numbers, following in (([630, 628, 629], 631), ([400, 401], 631), ([900], 901)):
            made = adopt(session, world.north.id, "board", numbers, Subject.MINUTE_ITEM, now=NOW, by="Test")
            assert sorted(made) == sorted(numbers)
            assert next_number(session, world.north.id, "board") == following
        assert allocate(session, world.north.id, "board", Subject.MINUTE_ITEM, now=NOW, by="Test").number == 901


def test_a_number_that_is_taken_is_not_adopted(world: World) -> None:
    with world.database.writing() as session:
        taken = allocate(session, world.north.id, "board", Subject.MINUTE_ITEM, now=NOW, by="Test")
        make_void(taken, "Utgick.", now=NOW)
        with pytest.raises(RuleBroken, match=r"Numret 626 är redan taget"):
            adopt(session, world.north.id, "board", [625, 626, 627], Subject.MINUTE_ITEM, now=NOW, by="Test")


def test_a_series_that_is_not_there_is_opened_by_what_is_adopted(world: World) -> None:
    with world.database.writing() as session:
        assert adopt(session, world.north.id, "group", [], Subject.MINUTE_ITEM, now=NOW, by="Test") == {}
        adopt(session, world.north.id, "group", [7, 9], Subject.MINUTE_ITEM, now=NOW, by="Test", period="2015")
        assert next_number(session, world.north.id, "group", "2015") == 10
