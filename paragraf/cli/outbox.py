"""paragraf outbox …"""

from __future__ import annotations

import click

from paragraf.cli.opening import opened
from paragraf.people import queries as people
from paragraf.post import queries
from paragraf.post.models import Letter


@click.group()
def outbox() -> None:
    """Letters that wait, went out or failed."""


@outbox.command("list")
@click.option("--association", "slug", required=False, help="Only this association (its address word).")
def list_letters(slug: str | None) -> None:
    """List letters, newest first: state, moment, address, subject. Never the text: it may hold a link or a code."""
    with opened() as database, database.reading() as session:
        for association in people.associations(session):
            if slug in (None, association.slug):
                for letter in queries.letters(session, association.id):
                    click.echo(_line(letter))


def _line(letter: Letter) -> str:
    moment = (letter.sent_at or letter.failed_at or letter.queued_at).isoformat(timespec="seconds")
    state = queries.state(letter).value
    return f"{letter.id:>6}  {state:<8} {moment}  {letter.to_address:<32}  {letter.subject}"
