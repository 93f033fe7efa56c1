"""paragraf template …"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

import document_templates

if TYPE_CHECKING:
    from paragraf.templates.queries import InUse


@click.group()
def template() -> None:
    """Check a Word template; list those in use."""


@template.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", type=click.Choice(document_templates.KINDS), required=True, help="What it is a template for.")
def check(file: Path, kind: str) -> None:
    """Tell what is wrong with FILE as a template, as the page does; ends with 1 when something is."""
    from paragraf.templates.checking import assess

    assessment = assess(kind, file.read_bytes())
    for finding in assessment.findings:
        told = f"{finding.fault} Skriv: {finding.correction}" if finding.correction else str(finding.fault)
        click.echo(f"{told} [{finding.size.value}]" if finding.size else told)
    for remark in assessment.remarks:
        click.echo(f"Se över: {remark}")
    if not assessment.usable:
        sys.exit(1)
    click.echo(f"{file.name} kan användas som mall för {kind}.")


@template.command("list")
@click.option("--association", "slug", required=False, help="Only this association (its address word).")
def list_templates(slug: str | None) -> None:
    """List the template in use for each kind of document: version, since when, by whom; 0 is the shipped one."""
    from paragraf.cli.opening import opened
    from paragraf.people import queries as people
    from paragraf.templates import queries

    with opened() as database, database.reading() as session:
        for association in people.associations(session):
            if slug in (None, association.slug):
                for used in queries.all_in_use(session, association.id):
                    click.echo(f"{association.slug:<20}  {_line(used)}")


def _line(used: InUse) -> str:
    if used.switch is None:
        return f"{used.kind:<24}  0"
    number = used.version.number if used.version else 0
    since = used.switch.used_from.isoformat(timespec="seconds")
    return f"{used.kind:<24}  {number}  since {since} by {used.switch.switched_by}"
