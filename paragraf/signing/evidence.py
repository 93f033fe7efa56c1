"""The trail of a signature: each event with where it came from. Rows are only added."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from paragraf.core import log
from paragraf.signing import rules
from paragraf.signing.models import EventKind, Signatory, SigningEvent

#: How a signatory was identified, as it is kept with the signature.
METHOD = "email_code"

_IP_LENGTH = 45
_AGENT_LENGTH = 300


class Origin(NamedTuple):
    """From where a request came. Kept with the event, never in the log, which cannot forget."""

    ip_address: str = ""
    user_agent: str = ""


NOWHERE = Origin()


def record_event(
    session: Session,
    signatory: Signatory,
    kind: EventKind,
    *,
    now: datetime,
    session_key: str = "",
    origin: Origin = NOWHERE,
    **details: Any,
) -> SigningEvent:
    """Add a fact about the signatory. ``session_key`` is kept as its hash only."""
    event = SigningEvent(
        association_id=signatory.association_id,
        signatory_id=signatory.id,
        kind=kind,
        at=now,
        session_hash=rules.session_hash(session_key),
        ip_address=rules.printable(origin.ip_address)[:_IP_LENGTH],
        user_agent=rules.printable(origin.user_agent)[:_AGENT_LENGTH],
        details=details,
    )
    session.add(event)
    session.flush()
    return event


def record_act(session: Session, signatory: Signatory, verb: str, *, now: datetime, **details: Any) -> None:
    """Log what a signatory did. Neither address nor browser: log entries are never erased."""
    log.record(
        session,
        signatory.association_id,
        verb,
        "signatory",
        signatory.id,
        now=now,
        actor=signatory.name,
        matter_id=signatory.round.document.matter_id,
        **details,
    )
