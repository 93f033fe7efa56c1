"""paragraf log …"""

from __future__ import annotations

import sys

import click

from paragraf.cli.opening import opened
from paragraf.core.log import broken_links
from paragraf.people import queries


@click.group()
def log() -> None:
    """Check the chain of the log."""


@log.command()
def verify() -> None:
    """Follow every association's chain from its first entry; ends with 1 when one is broken."""
    broken = False
    with opened() as database, database.reading() as session:
        for association in queries.associations(session):
            faults = list(broken_links(session, association.id))
            broken = broken or bool(faults)
            click.echo(f"{association.name}: {'; '.join(faults) or 'whole'}")
    sys.exit(1 if broken else 0)
