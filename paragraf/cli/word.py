"""paragraf word …"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from paragraf.core import clock
from paragraf.core.errors import RuleBroken
from paragraf.core.formatted import Formatted
from paragraf.core.light_markup import parse
from paragraf.word.filling.drawings import MAX_BYTES, Picture
from paragraf.word.filling.template import compile_template

OUT = click.Path(dir_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_PICTURE_KEYS = {"$picture", "alt", "width_mm"}


@click.group()
def word() -> None:
    """Fill Word templates, compare Word files, settle tracked changes."""


@word.command()
@click.argument("template", type=FILE)
@click.argument("data", type=FILE)
@click.argument("out", type=OUT)
def fill(template: Path, data: Path, out: Path) -> None:
    """Fill TEMPLATE with the JSON object in DATA and write the Word file OUT.

    A value may be {"$formatted": "text with *marks*"} for formatted text, printed by {{p field }}, or {"$picture":
    "file.png", "alt": "what it shows", "width_mm": 30} for a picture in the folder of DATA, printed by {{ field }}.
    """
    try:
        out.write_bytes(compile_template(template.read_bytes()).fill(_fields(data)))
    except RuleBroken as fault:
        raise click.ClickException(str(fault)) from fault
    except OSError as error:
        raise click.ClickException(f"{error.filename} cannot be used: {error.strerror}.") from error


def _fields(data: Path) -> dict[str, Any]:
    try:
        fields = json.loads(data.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise click.ClickException(f"{data.name} is not JSON: {error}") from error
    if not isinstance(fields, dict):
        raise click.ClickException(f"{data.name} must hold a JSON object with one key for each field.")
    return {name: _value(value, name, data.parent) for name, value in fields.items()}


def _value(value: Any, place: str, folder: Path) -> Any:
    """The value with formatted texts and pictures made of what stands for them. ``place``: its path, for messages."""
    if isinstance(value, list):
        return [_value(each, f"{place}[{number}]", folder) for number, each in enumerate(value)]
    if not isinstance(value, dict):
        return value
    if "$formatted" in value:
        return _formatted(value, place)
    if "$picture" in value:
        return _picture(value, place, folder)
    return {name: _value(each, f"{place}.{name}", folder) for name, each in value.items()}


def _formatted(value: dict[str, Any], place: str) -> Formatted:
    if value.keys() != {"$formatted"} or not isinstance(value["$formatted"], str):
        raise click.ClickException(f'{place}: formatted text is written {{"$formatted": "text"}} and nothing more.')
    return parse(value["$formatted"])


def _picture(value: dict[str, Any], place: str, folder: Path) -> Picture:
    name, alt, width = value["$picture"], value.get("alt", ""), value.get("width_mm")
    number = width is None or (isinstance(width, (int, float)) and not isinstance(width, bool))
    if not value.keys() <= _PICTURE_KEYS or not isinstance(name, str) or not isinstance(alt, str) or not number:
        raise click.ClickException(
            f'{place}: a picture is written {{"$picture": "file.png", "alt": "what it shows", "width_mm": 30}}.'
        )
    try:
        return Picture(_bytes(name, place, folder), width, alt)
    except RuleBroken as fault:
        raise click.ClickException(f"{place}: {name}: {fault}") from fault


def _bytes(name: str, place: str, folder: Path) -> bytes:
    """A file in the folder of the data. Whoever wrote the data need not be who runs the command, so no other file."""
    try:
        file = (folder / name).resolve()
        if not file.is_relative_to(folder.resolve()):
            raise click.ClickException(f"{place}: {name} lies outside the folder of the data.")
        if not file.is_file():
            raise click.ClickException(f"{place}: there is no file {name} in the folder of the data.")
        with file.open("rb") as content:
            return content.read(MAX_BYTES + 1)
    except (ValueError, OSError) as error:
        raise click.ClickException(f"{place}: {name!r} cannot be read: {error}") from error


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
