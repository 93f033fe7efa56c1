"""paragraf db …"""

from __future__ import annotations

import click

from paragraf.cli.opening import opened, settings_or_fault
from paragraf.core import migrating
from paragraf.core.database import open_engine
from paragraf.core.settings import SettingsFault


@click.group()
def db() -> None:
    """Create and upgrade the database."""


@db.command()
def upgrade() -> None:
    """Bring the database to the newest shape; creates it when it is not there."""
    from paragraf import all_models

    settings = settings_or_fault()
    engine = open_engine(settings.database)
    try:
        migrating.upgrade(engine, all_models.metadata)
    except SettingsFault as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo(f"The database is at migration {migrating.newest()}.")


@db.command()
def current() -> None:
    """Tell which migration the database is at."""
    with opened(must_be_newest=False) as database:
        click.echo(f"{migrating.current(database.engine) or 'empty'} (newest: {migrating.newest()})")
