"""What every act on minutes begins and ends with: a lock, the question whether it may, a line in the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from paragraf.core import log
from paragraf.core.errors import RuleBroken
from paragraf.minutes.models import MinuteItem, Minutes

#: What duties, signature rounds and log entries call minutes.
SUBJECT = "minutes"


def lock(session: Session, minutes: Minutes) -> None:
    """One act at a time on the minutes, and each sees what the one before it did."""
    session.refresh(minutes, with_for_update={"of": Minutes})


def require_draft(minutes: Minutes) -> None:
    """Raises RuleBroken once the numbers are fixed: what was decided is corrected by a new decision, not an edit."""
    if minutes.fixed_at is not None:
        raise RuleBroken(
            "Numren är fastställda och texten kan inte ändras. Är något fel: ta upp en rättelse som en ny paragraf vid "
            "nästa sammanträde."
        )


def require_writable(row: MinuteItem) -> None:
    """Raises RuleBroken for a § whose text is frozen: with all the others, or because it was verified at once."""
    require_draft(row.minutes)
    if row.immediate_id is not None:
        raise RuleBroken(
            "Paragrafen är omedelbart justerad och texten kan inte ändras. Är något fel: ta upp en rättelse som en ny "
            "paragraf."
        )


def record(session: Session, minutes: Minutes, verb: str, now: datetime, actor: str, **details: Any) -> None:
    """Log the act under the meeting's matter."""
    log.record(
        session,
        minutes.association_id,
        verb,
        SUBJECT,
        minutes.id,
        now=now,
        actor=actor,
        matter_id=minutes.meeting.matter_id,
        **details,
    )
