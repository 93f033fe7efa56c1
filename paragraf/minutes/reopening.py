"""Minutes that were fixed, or came back unsigned, are opened again: the numbers stay, the text may change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken
from paragraf.meetings.attending import open_attendance
from paragraf.minutes.acts import lock, record
from paragraf.minutes.models import Minutes
from paragraf.minutes.sending import ENDED, current_round
from paragraf.signing import operations as signing
from paragraf.signing import queries as signatures
from paragraf.signing.models import SignatureRound
from paragraf.signing.rules import RoundState

LONGEST_REASON = 400


def reopen(session: Session, minutes: Minutes, *, reason: str, now: datetime, actor: str) -> Minutes:
    """Let fixed minutes be written in again, with the numbers that their §§ have.

    They are frozen anew, as the next edition, when they are fixed again; a document that had been sent stays in the
    register and is followed by a new one. Raises RuleBroken without a reason, for drafts and verified minutes, and
    while they are out to be signed: then they are withdrawn first, so that nobody signs what is being changed.
    """
    if not reason.strip():
        raise RuleBroken("Skriv varför protokollet öppnas igen.", field="reason")
    if len(reason.strip()) > LONGEST_REASON:
        raise RuleBroken("Skriv högst %(most)s tecken.", field="reason", most=LONGEST_REASON)
    found = current_round(session, minutes)
    if found is not None:
        # A signature takes the round first and the minutes after; so must this.
        signing.lock_round(session, found)
    lock(session, minutes)
    _must_be_reopenable(session, minutes, found, now)
    if found is not None and signatures.state_of(session, found, now=now) is RoundState.EXPIRED:
        # Its links could be renewed otherwise.
        signing.withdraw_round(session, found, reason=reason, now=now, actor=actor)
    replaced = {"replaced_sha256": minutes.document.sha256} if minutes.document else {}
    minutes.fixed_at, minutes.sent_at, minutes.document = None, None, None
    session.flush()
    open_attendance(session, minutes.meeting, now=now, actor=actor)
    record(session, minutes, "reopen", now, actor, reason=reason.strip(), **replaced)
    return minutes


def why_not_reopen(session: Session, minutes: Minutes, now: datetime) -> RuleBroken | None:
    """Why minutes cannot be reopened, for a page to say before anybody tries; None where they can."""
    try:
        _must_be_reopenable(session, minutes, current_round(session, minutes), now)
    except RuleBroken as broken:
        return broken
    return None


def _must_be_reopenable(session: Session, minutes: Minutes, found: SignatureRound | None, now: datetime) -> None:
    if minutes.verified_at is not None:
        raise RuleBroken("Protokollet är justerat. Rättelser tas upp som en ny paragraf vid nästa sammanträde.")
    if minutes.fixed_at is None:
        raise RuleBroken("Protokollet är redan öppet.")
    if found is None:
        return
    if signatures.state_of(session, found, now=now) not in {*ENDED, RoundState.EXPIRED}:
        raise RuleBroken("Protokollet är ute för underskrift. Dra tillbaka det först.")
