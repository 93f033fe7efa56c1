"""paragraf demo"""

from __future__ import annotations

import click

from paragraf.cli.opening import opened


@click.command()
def demo() -> None:
    """Fill an empty database with the demonstration: two associations, their people, meetings and agreements."""
    from paragraf.core import clock
    from paragraf.demonstration import fill, is_empty

    with opened() as database:
        if not is_empty(database):
            raise click.ClickException("The database is not empty: the demonstration is only put into an empty one.")
        fill(database, now=clock.now())
    click.echo("The demonstration is in place.")
