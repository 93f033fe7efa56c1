"""Reading sessions cannot write, moments come back aware, frozen rows stay frozen, migrations match the rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, StatementError

from paragraf import all_models
from paragraf.core import migrating
from paragraf.core.database import Database, open_engine
from paragraf.core.settings import SettingsFault
from paragraf.people.models import Person
from paragraf.register.models import Direction, DocumentKind, MatterKind
from paragraf.register.operations import file_document, open_matter
from tests.parts.migrations import down, up
from tests.parts.world import NOW, World, settle


def test_a_reading_session_is_refused_by_the_database_itself(world: World) -> None:
    with pytest.raises(DBAPIError, match=r"readonly|read-only"), world.database.reading() as session:
        session.add(Person(association_id=world.north.id, name="X", email="x@y.example"))
        session.commit()


def test_a_writing_session_after_a_reading_one_may_write(world: World) -> None:
    with world.database.reading() as session:
        assert session.get(Person, world.north.chair.id) is not None
    with world.database.writing() as session:
        session.add(Person(association_id=world.north.id, name="X", email="x@y.example", title=""))


def test_a_reading_session_on_a_connection_that_has_written_is_refused_too(world: World) -> None:
    for turn in ("first", "second"):
        with world.database.writing() as session:
            session.add(Person(association_id=world.north.id, name="X", email=f"{turn}@y.example", title=""))
        with pytest.raises(DBAPIError, match=r"readonly|read-only"), world.database.reading() as session:
            session.execute(text("UPDATE person SET name = 'Y'"))


def test_moments_come_back_in_utc_whatever_zone_they_came_in(world: World) -> None:
    summer = datetime(2026, 7, 1, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    with world.database.writing() as session:
        world.north.association.created_at = summer
        session.merge(world.north.association)
    with world.database.reading() as session:
        again = session.get_one(type(world.north.association), world.north.id).created_at
    assert again == summer
    assert again.tzinfo is UTC


def test_a_naive_moment_is_refused(world: World) -> None:
    with pytest.raises(StatementError, match="naive"), world.database.writing() as session:
        world.north.association.created_at = datetime(2026, 1, 1)  # noqa: DTZ001
        session.merge(world.north.association)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE document SET sha256 = 'x'", "UPDATE document SET filename = 'x'", "DELETE FROM document"],
)
def test_a_document_is_frozen(world: World, statement: str) -> None:
    with world.database.writing() as session:
        file_document(
            session,
            association_id=world.north.id,
            matter=None,
            kind=DocumentKind.ATTACHMENT,
            direction=Direction.IN,
            title="Bilaga",
            filename="b.pdf",
            media_type="application/pdf",
            content=b"%PDF-1.7",
            now=NOW,
            actor="Prov",
        )
    with pytest.raises(DBAPIError, match="only added"), world.database.engine.begin() as connection:
        connection.execute(text(statement))


def test_foreign_keys_are_on(world: World) -> None:
    with pytest.raises(DBAPIError), world.database.writing() as session:
        session.add(Person(association_id=999_999, name="X", email="x@y.example"))


def test_migrations_and_rows_agree(database: Database) -> None:
    assert migrating.differences(database.engine, all_models.metadata) == []
    assert migrating.current(database.engine) == migrating.newest()


def test_migrations_go_down_and_up_again_with_data_in_them(database: Database) -> None:
    with database.writing() as session:
        home = settle(session, "norrdal", "Norrdal", "2220000018", first_item=1)
        open_matter(
            session,
            association_id=home.id,
            kind=MatterKind.OTHER,
            title="Prov",
            counterpart="",
            now=NOW,
            actor="Prov",
        )
    down(database, "base")
    up(database)
    with database.writing() as session:
        settle(session, "norrdal", "Norrdal", "2220000018", first_item=1)


def test_a_database_that_cannot_be_written_is_told_at_upgrade(tmp_path: Path) -> None:
    (tmp_path / "folder-not-file").mkdir()
    engine = open_engine(f"sqlite:///{tmp_path}/folder-not-file")
    with pytest.raises(SettingsFault, match="cannot be written"):
        migrating.upgrade(engine, all_models.metadata)
