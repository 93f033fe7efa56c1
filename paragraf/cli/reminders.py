"""paragraf reminders …"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

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


@reminders.command("list")
@click.option("--from", "first", type=DAY, required=True, help="First day, YYYY-MM-DD.")
@click.option("--to", "last", type=DAY, required=True, help="Last day, YYYY-MM-DD; included.")
@click.option("--association", "slug", required=True, help="Whose (its address word).")
@click.argument("out", type=click.Path(dir_okay=False, writable=True, path_type=Path))
def list_duties(first: datetime, last: datetime, slug: str, out: Path) -> None:
    """Write what an association is to do in a period to OUT, a Word file; what is overdue comes first."""
    from paragraf.core import clock
    from paragraf.duties import document
    from paragraf.people import queries as people

    with opened() as database, database.reading() as session:
        association = people.association_by_slug(session, slug)
        wanted = document.Wanted(first.date(), last.date())
        content = document.render_list(session, association.id, wanted, now=clock.now())
    out.write_bytes(content)
    click.echo(f"{out} is written.")
