"""What every act on a grant begins and ends with: the grant is locked, the act is logged."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.core import log
from paragraf.grants.models import Grant
from paragraf.register.models import Matter


def lock(session: Session, grant: Grant) -> None:
    """Let one act at a time change the grant, from the state it has in the database now.

    Every act on money takes this lock first: two claims at once can then not exceed what is granted together.
    """
    session.flush()
    session.refresh(grant, ["closed_at", "starts_on", "ends_on"], with_for_update=True)
    # What was read before the lock may be old: conditions, claims and amounts are read anew after it.
    session.expire(grant, ["conditions", "years"])


def matter_of(grant: Grant) -> Matter:
    """The matter of the application that was granted; only applications that came in are."""
    matter = grant.application.matter
    if matter is None:
        raise ValueError("a grant of an application that never came in")
    return matter


def record(session: Session, grant: Grant, verb: str, now: datetime, actor: str, **details: object) -> None:
    """Log an act on the grant under its matter."""
    log.record(
        session,
        grant.association_id,
        verb,
        "grant",
        grant.id,
        now=now,
        actor=actor,
        matter_id=matter_of(grant).id,
        **details,
    )
