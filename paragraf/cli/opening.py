"""How a command opens the database: settings read, faults told in a line, never a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy.exc import OperationalError

from paragraf.core import migrating
from paragraf.core.database import Database
from paragraf.core.errors import RuleBroken
from paragraf.core.settings import Settings, SettingsFault, load


def settings_or_fault() -> Settings:
    """The settings; a fault in them ends the command with its message."""
    try:
        return load()
    except SettingsFault as fault:
        raise click.ClickException(str(fault)) from fault


@contextmanager
def opened(*, must_be_newest: bool = True) -> Iterator[Database]:
    """The database, by default at the newest migration; anything wrong with it becomes a plain message."""
    # Rows of all rooms: relationships between them resolve only when every room's models are loaded.
    from paragraf import all_models  # noqa: F401

    database = Database(settings_or_fault())
    try:
        _must_be_there(database)
        if must_be_newest:
            _must_be_newest(database)
        yield database
    except OperationalError as error:
        raise click.ClickException(
            f"The database {database.settings.database} does not answer: {error.orig}"
        ) from error
    except (RuleBroken, SettingsFault) as error:
        raise click.ClickException(str(error)) from error
    finally:
        database.dispose()


def _must_be_there(database: Database) -> None:
    url = database.engine.url
    # SQLite would make an empty file of any name that is asked for.
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).exists():
        raise SettingsFault(f"There is no database at {url.database}. Run: paragraf db upgrade")


def _must_be_newest(database: Database) -> None:
    found, expected = migrating.current(database.engine), migrating.newest()
    if found != expected:
        raise SettingsFault(f"The database is at migration {found}, not {expected}. Run: paragraf db upgrade")
