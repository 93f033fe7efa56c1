"""What all verbs of the meetings room do: lock the meeting, and tell the log."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.core import log
from paragraf.core.errors import RuleBroken
from paragraf.meetings import queries
from paragraf.meetings.models import Meeting
from paragraf.meetings.rules import State

#: What duties and log entries call a meeting.
SUBJECT = "meeting"


def lock(session: Session, meeting: Meeting) -> None:
    """One act at a time on a meeting: two who move, add or send at once must not see the same agenda."""
    session.refresh(meeting, with_for_update={"of": Meeting})


def agenda_must_be_open(session: Session, meeting: Meeting, now: datetime) -> None:
    """Raises RuleBroken for a meeting that is cancelled or over."""
    state = queries.state(session, meeting, now)
    if state is State.CANCELLED:
        raise RuleBroken("Sammanträdet är inställt. Lägg punkten på ett annat sammanträde.")
    if state is State.HELD:
        raise RuleBroken("Sammanträdet är hållet, så dagordningen kan inte ändras. Lägg punkten på nästa.")


def record(session: Session, meeting: Meeting, verb: str, now: datetime, actor: str, **details: object) -> None:
    """Tell the log what was done to the meeting."""
    log.record(
        session,
        meeting.association_id,
        verb,
        SUBJECT,
        meeting.id,
        now=now,
        actor=actor,
        matter_id=meeting.matter_id,
        **details,
    )
