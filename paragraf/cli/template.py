"""paragraf template …"""

from __future__ import annotations

import sys
from pathlib import Path

import click

import document_templates
from paragraf.word.template import check_template


@click.group()
def template() -> None:
    """Check a Word template."""


@template.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", type=click.Choice(document_templates.KINDS), required=True, help="What it is a template for.")
def check(file: Path, kind: str) -> None:
    """Tell what is wrong with FILE as a template; ends with 1 when something is."""
    faults = check_template(file.read_bytes(), document_templates.known_fields(kind))
    for fault in faults:
        click.echo(str(fault))
    if faults:
        sys.exit(1)
    click.echo(f"{file.name} kan användas som mall för {kind}.")
