"""The chain holds; altering, deleting, reordering or cutting it is found; the database refuses all of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from paragraf.core import log
from tests.parts.world import NOW, World


def write(world: World, count: int) -> None:
    for number in range(count):
        with world.database.writing() as session:
            log.record(session, world.north.id, "try", "thing", number, now=NOW, actor="Prov", note=f"nr {number} åäö")


def faults(world: World) -> list[str]:
    with world.database.reading() as session:
        return list(log.broken_links(session, world.north.id))


def force(world: World, statement: str) -> None:
    """Do what only someone with the database's own key could: switch the guards off first."""
    with world.database.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE log_entry DISABLE TRIGGER USER"))
        else:
            connection.execute(text("DROP TRIGGER log_entry_not_changed"))
            connection.execute(text("DROP TRIGGER log_entry_not_deleted"))
        connection.execute(text(statement))


def test_an_untouched_chain_holds(world: World) -> None:
    write(world, 4)
    assert faults(world) == []


def test_no_entries_is_a_whole_chain(world: World) -> None:
    assert faults(world) == []


def test_parallel_acts_link_one_after_the_other(world: World) -> None:
    write(world, 1)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _n: write(world, 3), range(8)))
    assert faults(world) == []


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE log_entry SET actor = 'Någon annan' WHERE sequence = 2", "entry 2 does not match"),
        ("UPDATE log_entry SET details = '{}' WHERE sequence = 3", "entry 3 does not match"),
        ("DELETE FROM log_entry WHERE sequence = 2", "entry 2 is missing"),
        ("DELETE FROM log_entry WHERE sequence = 4", "ends at entry 3"),
        ("DELETE FROM log_head", "the head says nothing"),
    ],
)
def test_tampering_is_found(world: World, statement: str, fault: str) -> None:
    write(world, 4)
    force(world, statement)
    assert [fault in found for found in faults(world)] == [True]


@pytest.mark.parametrize("statement", ["UPDATE log_entry SET actor = 'x'", "DELETE FROM log_entry"])
def test_the_database_refuses_to_change_the_log(world: World, statement: str) -> None:
    write(world, 1)
    with pytest.raises(DBAPIError, match="only added"), world.database.engine.begin() as connection:
        connection.execute(text(statement))
