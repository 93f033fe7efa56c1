"""paragraf import minutes FILE…"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from paragraf.importing.models import ImportedFile
    from paragraf.importing.reading.minutes import Understood
    from paragraf.people.models import Association

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
#: No file is read further than this; what is larger is refused by its size.
_READ_AT_MOST = 21 * 2**20


@click.group("import")
def importing() -> None:
    """Read minutes that were written elsewhere, and take them in."""


@importing.command("minutes")
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE…")
@click.option("--dry-run", is_flag=True, help="Only tell what is understood. Needs no database.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of {number, heading, clauses, text}.")
@click.option(
    "--association", "slug", help="Whose minutes they are: the name in the address. Needed if there are several."
)
@click.option("--body", "body_name", help="Which body's minutes they are; otherwise the board's.")
@click.option("--yes", is_flag=True, help="Take in also what is doubtful. The doubts are kept with the minutes.")
@click.option("--by", "actor", default="paragraf import", show_default=True, help="Who takes them in, for the log.")
def minutes(
    files: tuple[Path, ...],
    dry_run: bool,
    as_json: bool,
    slug: str | None,
    body_name: str | None,
    yes: bool,
    actor: str,
) -> None:
    """Read the minutes in FILE… (Word, PDF, text, Markdown) and take them in, all of them or none.

    The §§ keep their numbers, and the number series goes on after the last of them. Ends with 1 when a file cannot be
    read or taken in, and with 3, nothing taken in, when something is doubtful and --yes is not given.
    """
    read, faults = _read(files)
    _print(read, as_json=as_json)
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        sys.exit(1)
    if dry_run:
        return
    if not yes and any(_doubts(one) for _, one in read):
        click.echo("Nothing is taken in: look at the doubts above, and run again with --yes.", err=True)
        sys.exit(3)
    _take_in([file for file, _ in read], slug, body_name, actor, quiet=as_json)


def _read(files: Sequence[Path]) -> tuple[list[tuple[Path, Understood]], list[str]]:
    from paragraf.core.errors import RuleBroken
    from paragraf.importing.reading.understanding import read_minutes

    read, faults = [], []
    for file in files:
        try:
            read.append((file, read_minutes(_bytes(file), file.name)))
        except RuleBroken as problem:
            faults.append(f"{file.name}: {problem}")
        except OSError as error:
            faults.append(f"{file.name}: {error.strerror}")
    return read, faults


def _bytes(file: Path) -> bytes:
    with file.open("rb") as content:
        return content.read(_READ_AT_MOST)


# --- what is told ---------------------------------------------------------------------------------------------------


def _print(read: Sequence[tuple[Path, Understood]], *, as_json: bool) -> None:
    if as_json:
        several = len(read) > 1
        items = [_as_json(file if several else None, item) for file, one in read for item in one.items]
        click.echo(json.dumps(items, ensure_ascii=False, indent=2))
        # The list is for a program; what a person must look at goes beside it.
        for file, one in read:
            for doubt in _doubts(one):
                click.echo(f"{file.name}: {doubt}", err=True)
        return
    for file, one in read:
        _tell(file, one)


def _as_json(file: Path | None, item: Any) -> dict[str, Any]:
    told = {
        "number": item.number,
        "heading": item.heading,
        "clauses": [clause.text for clause in item.clauses],
        "text": item.text,
    }
    return told if file is None else {"file": file.name, **told}


def _tell(file: Path, one: Understood) -> None:
    click.echo(f"{file.name}:")
    for each in one.minutes:
        day = each.front.day.isoformat() if each.front.day else "day unknown"
        clauses = sum(len(item.clauses) for item in each.items)
        click.echo(f"  {day}, {len(each.items)} §§, {clauses} decision clauses")
        for item in each.items:
            amounts = ", ".join(amount.text for amount in item.amounts)
            click.echo(
                f"  § {item.number:<6} {len(item.clauses):>2}  {item.heading}" + (f"  [{amounts}]" if amounts else "")
            )
    for part in one.unplaced:
        click.echo(f"  rad {part.first}–{part.last} hör inte till någon paragraf: {part.why} (”{part.begins}”)")
    for doubt in _doubts(one):
        click.echo(f"  ? {doubt}")


def _doubts(one: Understood) -> list[str]:
    return [*map(str, one.doubts), *(str(doubt.problem) for each in one.minutes for doubt in each.doubts)]


# --- taking in ------------------------------------------------------------------------------------------------------


def _take_in(files: Sequence[Path], slug: str | None, body_name: str | None, actor: str, *, quiet: bool) -> None:
    from paragraf.cli.opening import opened
    from paragraf.core import clock
    from paragraf.core.errors import RuleBroken

    with opened() as database, database.writing() as session:
        association = _association(session, slug)
        now = clock.now()
        for file in files:
            try:
                row = _received(session, association, file, body_name, now, actor)
                _take(session, row, now, actor, quiet=quiet)
            except RuleBroken as problem:
                # Out of the block: nothing of any file is committed.
                raise click.ClickException(f"{file.name}: {_all_of(problem)} Nothing is taken in.") from problem


def _association(session: Session, slug: str | None) -> Association:
    from paragraf.people import queries as people

    if slug is not None:
        return people.association_by_slug(session, slug)
    every = people.associations(session)
    if len(every) != 1:
        raise click.ClickException(f"Say which association: --association {' | '.join(one.slug for one in every)}")
    return every[0]


def _received(
    session: Session, association: Association, file: Path, body_name: str | None, now: Any, actor: str
) -> ImportedFile:
    from paragraf.importing import operations
    from paragraf.people import queries as people

    row = operations.receive(session, association, filename=file.name, content=_bytes(file), now=now, actor=actor)
    if body_name is not None:
        bodies = {body.name.casefold(): body.id for body in people.bodies(session, association.id)}
        if body_name.casefold() not in bodies:
            raise click.ClickException(f"There is no body {body_name}; there are {', '.join(sorted(bodies))}.")
        wish = operations.wish_of(session, row)
        chosen = row.corrections | {f"{one.name}-body": str(bodies[body_name.casefold()]) for one in wish}
        operations.correct(session, row, chosen, base_version=row.version, now=now, actor=actor)
    return row


def _take(session: Session, row: ImportedFile, now: Any, actor: str, *, quiet: bool) -> None:
    from paragraf.core.printing import print_date
    from paragraf.importing import operations

    for made in operations.take_in(session, row, now=now, actor=actor):
        numbers = sorted(item.allocation.number for item in made.items if item.allocation)
        told = f"{row.filename}: § {numbers[0]}–{numbers[-1]} is taken in, {made.meeting.body.name}"
        click.echo(f"{told} {print_date(made.meeting.starts_at.date())}.", err=quiet)


def _all_of(problem: Any) -> str:
    return " ".join(str(each) for each in getattr(problem, "problems", [problem]))
