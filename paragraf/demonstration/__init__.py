"""The demonstration: two invented associations, brought to where a newcomer can go on by the same operations that real
ones use, one act after another with the moments they would have had."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from paragraf.core.database import Database
from paragraf.demonstration.people import NORRALVEN, SODERVIKEN, address_of
from paragraf.demonstration.story import tell
from paragraf.people.models import Association

__all__ = ["fill", "is_empty", "sign_in_help"]


def is_empty(database: Database) -> bool:
    """Whether no association is there yet."""
    with database.reading() as session:
        return session.scalar(select(Association.id).limit(1)) is None


def fill(database: Database, *, now: datetime) -> None:
    """Put the demonstration into an empty database; its history leads up to ``now``."""
    tell(database, now)


def sign_in_help(base_url: str) -> str:
    """What ``make run`` prints: where to go, and how to sign in as each role."""
    north, south = NORRALVEN, SODERVIKEN
    lines = (
        ("Secretary (sekreterare)", address_of(north.office[0].name, north.slug)),
        ("Chair (ordförande)", address_of(north.presidium[0], north.slug)),
        ("Member, to verify minutes (justerare)", address_of(north.presidium[1], north.slug)),
        ("The other association's secretary", address_of(south.office[0].name, south.slug)),
    )
    rows = "\n".join(f"  {role:<40} {address}" for role, address in lines)
    start = f"{base_url}/{north.slug}"
    return f"""
Paragraf is running: {base_url}

  Applicant (no account)                   {start}/ansok/
{rows}

To sign in: open {start}/logga-in, type the address, and open the link
in the letter on {start}/brevlada/ (all mail of the demonstration lands there;
the other association's pages begin with {base_url}/{south.slug}/).

Stop with Ctrl-C.
"""
