"""paragraf word …"""

from __future__ import annotations

import json
from pathlib import Path

import click

from paragraf.core.errors import RuleBroken
from paragraf.word.template import compile_template

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def word() -> None:
    """Fill a Word template with data."""


@word.command()
@click.argument("template", type=FILE)
@click.argument("data", type=FILE)
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
def fill(template: Path, data: Path, out: Path) -> None:
    """Fill TEMPLATE with the JSON object in DATA and write the Word file OUT."""
    try:
        fields = json.loads(data.read_text(encoding="utf-8"))
    except ValueError as error:
        raise click.ClickException(f"{data.name} is not JSON: {error}") from error
    if not isinstance(fields, dict):
        raise click.ClickException(f"{data.name} must hold a JSON object with one key for each field.")
    try:
        out.write_bytes(compile_template(template.read_bytes()).fill(fields))
    except RuleBroken as fault:
        raise click.ClickException(str(fault)) from fault
