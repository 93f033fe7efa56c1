"""paragraf reminders …"""

from __future__ import annotations

from datetime import datetime

import click

from paragraf.cli.opening import opened

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def reminders() -> None:
    """What the program will remind of."""


@reminders.command()
@click.option("--from", "first", type=DAY, required=True, help="First day, YYYY-MM-DD.")
@click.option("--to", "last", type=DAY, required=True, help="Last day, YYYY-MM-DD; included.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list: date, kind, subject, recipient and more.")
def due(first: datetime, last: datetime, as_json: bool) -> None:
    """List the reminders of a period, date by date, without sending any."""
    from paragraf.core import clock
    from paragraf.core.dates import local_date
    from paragraf.duties import listing

    with opened() as database, database.reading() as session:
        rows = listing.listing(session, first.date(), last.date(), today=local_date(clock.now()))
    click.echo(listing.as_json(rows) if as_json else listing.as_text(rows))
