"""paragraf forms …"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from paragraf.questions.definition import Form


@click.group()
def forms() -> None:
    """Check a form definition; show those that come with the program."""


@forms.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Tell every fault of FILE with its line and column, as the page does; ends with 1 when there is one."""
    from paragraf.questions.nodes import LONGEST_FILE
    from paragraf.questions.reading import DefinitionFaulty, read_definition

    with file.open("rb") as opened:
        content = opened.read(4 * LONGEST_FILE + 1)
    try:
        form = read_definition(content.decode("utf-8-sig"))
    except UnicodeDecodeError as broken:
        line = content.count(b"\n", 0, broken.start) + 1
        click.echo(f"rad {line}, kolumn 1: Filen är ingen text i UTF-8. Spara den som UTF-8 i ordbehandlaren.")
        sys.exit(1)
    except DefinitionFaulty as faulty:
        for fault in faulty.faults:
            click.echo(str(fault))
        sys.exit(1)
    click.echo(f"{file.name} är ett formulär utan fel: {_told(form)}.")


@forms.command("list")
def list_forms() -> None:
    """List the forms that come with the program: key, purpose, title and size."""
    from paragraf.questions.reading import read_definition
    from paragraf.questions.shipped import keys, shipped

    for key in keys():
        form = read_definition(shipped(key))
        click.echo(f"{key:<26}  {form.purpose:<12}  {_told(form)}")


@forms.command()
@click.argument("key")
def show(key: str) -> None:
    """Print the definition of the shipped form KEY, to be the beginning of one's own."""
    from paragraf.questions.nodes import nearest
    from paragraf.questions.shipped import keys, shipped

    if key not in keys():
        click.echo(f"Det finns inget formulär som heter {key}. {nearest(key, keys())}", err=True)
        sys.exit(1)
    click.echo(shipped(key), nl=False)


def _told(form: Form) -> str:
    return f"{form.title.sv} ({len(form.sections)} avsnitt, {len(list(form.questions()))} frågor)"
