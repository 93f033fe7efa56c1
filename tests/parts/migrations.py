"""Migrations tried with rows in the tables: what a database holds, and a walk down and up again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table, inspect, text

from paragraf import all_models
from paragraf.core import migrating
from paragraf.core.database import Database


def down(database: Database, revision: str) -> None:
    """Back to the shape of the revision, which is then the current one."""
    migrating.downgrade(database.engine, all_models.metadata, revision)
    assert migrating.current(database.engine) == (None if revision == "base" else revision)


def up(database: Database) -> None:
    """To the newest shape, which then agrees with the rows of the program."""
    migrating.upgrade(database.engine, all_models.metadata)
    assert migrating.differences(database.engine, all_models.metadata) == []


def pointing_at(table: str) -> list[str]:
    """The tables with a foreign key to the table."""
    tables: Iterable[Table] = all_models.metadata.sorted_tables
    return [each.name for each in tables if any(key.column.table.name == table for key in each.foreign_keys)]


def held(database: Database, *tables: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the tables."""
    with database.engine.connect() as connection:
        return {
            name: [tuple(row) for row in connection.execute(text(f"SELECT * FROM {name} ORDER BY id"))]
            for name in tables
        }


def shape(database: Database, table: str) -> dict[str, list[str]]:
    """The names of what belongs to the table: columns, indexes, constraints, triggers."""
    of, triggers = (
        inspect(database.engine),
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table",
    )
    if database.engine.dialect.name == "postgresql":
        triggers = "SELECT DISTINCT trigger_name FROM information_schema.triggers WHERE event_object_table = :table"
    with database.engine.connect() as connection:
        found = sorted(connection.execute(text(triggers), {"table": table}).scalars())
    return {
        "triggers": found,
        "columns": sorted(f"{one['name']} {one['type']} {one['nullable']}" for one in of.get_columns(table)),
        "indexes": sorted(str(one["name"]) for one in of.get_indexes(table)),
        "foreign keys": sorted(str(one["name"]) for one in of.get_foreign_keys(table)),
        "unique": sorted(str(one["name"]) for one in of.get_unique_constraints(table)),
        "checks": sorted(str(one["name"]) for one in of.get_check_constraints(table)),
    }
