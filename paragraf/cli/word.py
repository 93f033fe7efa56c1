"""paragraf word …"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click

from paragraf.core import clock
from paragraf.core.errors import RuleBroken
from paragraf.word.template import compile_template

OUT = click.Path(dir_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def word() -> None:
    """Fill Word templates, compare Word files, settle tracked changes."""


@word.command()
@click.argument("template", type=FILE)
@click.argument("data", type=FILE)
@click.argument("out", type=OUT)
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


@word.command()
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.argument("out", type=OUT)
@click.option("--author", default="Paragraf", show_default=True, help="Who the tracked changes are by.")
def compare(old: Path, new: Path, out: Path, author: str) -> None:
    """Write OUT: the Word file NEW with tracked changes that lead to it from OLD."""
    from paragraf.word.comparing import redline

    try:
        result = redline(old.read_bytes(), new.read_bytes(), author=author, moment=clock.now())
    except RuleBroken as fault:
        raise click.ClickException(str(fault)) from fault
    out.write_bytes(result.content)
    for told in result.not_compared:
        click.echo(told, err=True)


@word.command()
@click.argument("file", type=FILE)
@click.argument("out", type=OUT)
def accept(file: Path, out: Path) -> None:
    """Write OUT: the Word file with all its tracked changes accepted."""
    from paragraf.word.comparing import accept_all

    _settle(accept_all, file, out)


@word.command()
@click.argument("file", type=FILE)
@click.argument("out", type=OUT)
def reject(file: Path, out: Path) -> None:
    """Write OUT: the Word file as it was before its tracked changes."""
    from paragraf.word.comparing import reject_all

    _settle(reject_all, file, out)


def _settle(settle: Callable[[bytes], bytes], file: Path, out: Path) -> None:
    try:
        out.write_bytes(settle(file.read_bytes()))
    except RuleBroken as fault:
        raise click.ClickException(str(fault)) from fault
