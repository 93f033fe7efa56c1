"""Bring a database to the newest shape, or back; tell whether rows and migrations agree.

Alembic is imported where it is used: the web server asks this module only for /healthz, and would else start a quarter
slower.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, MetaData

from paragraf.core.settings import SettingsFault

if TYPE_CHECKING:
    from alembic.config import Config


def upgrade(engine: Engine, metadata: MetaData, revision: str = "head") -> None:
    """Run the migrations up to ``revision`` in one transaction."""
    from alembic import command

    _prepare(engine)
    with _one_transaction(engine) as connection:
        command.upgrade(_config(connection, metadata), revision)


def downgrade(engine: Engine, metadata: MetaData, revision: str) -> None:
    """Run the migrations back to ``revision`` ("base" empties the database).

    Raises RowsInTheWay, and changes nothing, where rows would not fit the older shape.
    """
    from alembic import command

    with _one_transaction(engine) as connection:
        command.downgrade(_config(connection, metadata), revision)


def current(engine: Engine) -> str | None:
    """The revision the database is at, or None for an empty one."""
    with engine.connect() as connection:
        return current_of(connection)


def current_of(connection: Connection) -> str | None:
    """The same, asked through an open connection."""
    from alembic.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """The revision the program expects."""
    from alembic.script import ScriptDirectory

    head = ScriptDirectory(str(_place())).get_current_head()
    assert head is not None
    return head


def _is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    # The full-text indexes are made by a migration, each engine's in its own way; SQLite's keeps tables of its own.
    return not (kind in ("table", "index") and (name or "").startswith(("search_index", "ix_search_entry_terms")))


def differences(engine: Engine, metadata: MetaData) -> list[Any]:
    """What autogenerate would still change; empty when rows and migrations agree."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with engine.connect() as connection:
        options = {"compare_type": True, "include_name": _is_ours}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def draft(engine: Engine, metadata: MetaData, message: str, revision: str) -> None:
    """Write a new migration from the difference between rows and database, for the developer to finish."""
    from alembic import command

    with engine.begin() as connection:
        command.revision(_config(connection, metadata), message=message, autogenerate=True, rev_id=revision)


class RowsInTheWay(Exception):
    """A migration that goes back met rows which the older shape cannot hold, and which no migration may delete."""


@contextmanager
def _one_transaction(engine: Engine) -> Iterator[Connection]:
    """The transaction of all the migrations of one command.

    SQLite changes a table by making a new one and dropping the old, which its foreign keys would take for the loss of
    every row. They are switched off before the transaction begins, for within one the switch does nothing, and the
    whole database is looked through before it ends.
    """
    with engine.connect() as connection:
        _watch_foreign_keys(connection, watch=False)
        try:
            with connection.begin():
                yield connection
                _all_must_point_at_rows(connection)
        finally:
            _watch_foreign_keys(connection, watch=True)


def _watch_foreign_keys(connection: Connection, *, watch: bool) -> None:
    raw = connection.connection.dbapi_connection
    # Straight to the driver: SQLAlchemy would begin the transaction first.
    if connection.dialect.name == "sqlite" and raw is not None:
        raw.cursor().execute(f"PRAGMA foreign_keys = {'ON' if watch else 'OFF'}")


def _all_must_point_at_rows(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    astray = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if astray:
        raise RuntimeError(f"the migration would leave rows that point at nothing: {astray[:5]}")


def _prepare(engine: Engine) -> None:
    """SQLite: make the folder and turn on WAL, which stays with the file."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return
    try:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA journal_mode = WAL")
        finally:
            raw.close()
    except Exception as error:
        raise SettingsFault(f"The database {engine.url.database} cannot be written: {error}") from error


def _place() -> Path:
    return Path(__file__).parent / "migrations"


def _config(connection: Connection, metadata: MetaData) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_place()))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes.update(connection=connection, metadata=metadata)
    return config
