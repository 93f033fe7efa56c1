"""Signing links: how they are made, and whom they lead to.

A link alone shows nothing and does nothing. It says whose turn it is; the code by mail says that it is they.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from paragraf.core import tokens
from paragraf.core.database import settings_of
from paragraf.core.dates import local_date
from paragraf.core.errors import LinkExpired, NotAllowed
from paragraf.core.settings import Settings
from paragraf.signing import queries
from paragraf.signing.models import EventKind, Signatory
from paragraf.signing.rules import RoundState, has_answered, is_identified, same, session_hash

#: The age of a link is counted from rows (Signatory.link_last_day); this is only the outermost limit.
_OLDEST_TOKEN = timedelta(days=3650)
_DIGEST = 16


def link_token(settings: Settings, signatory: Signatory) -> str:
    """The token of the link in force. It holds ids only, and dies when ``link_serial`` is raised."""
    digest = signatory.round.document.sha256[:_DIGEST]
    return tokens.issue(settings, tokens.Purpose.SIGNING, {"s": signatory.id, "n": signatory.link_serial, "d": digest})


def find_by_token(session: Session, token: str, *, now: datetime, session_key: str = "") -> Signatory:
    """Whom the link leads to.

    Raises LinkExpired when its time is out, and LinkRefused alike for wrong, foreign, tampered, replaced, used and
    withdrawn links. A browser in which the person is identified may come back by a used link, to read again.
    """
    payload = tokens.read(settings_of(session), tokens.Purpose.SIGNING, token, _OLDEST_TOKEN)
    signatory = _named_by(session, payload)
    state, facts = queries.state_and_facts(session, signatory, now=now)
    identified = is_identified(facts, now, session_hash(session_key), signatory.link_serial)
    if state is not RoundState.WITHDRAWN and identified:
        return signatory
    if state not in (RoundState.OPEN, RoundState.EXPIRED) or has_answered(facts):
        raise tokens.refused()
    if signatory.link_last_day < local_date(now):
        raise LinkExpired("Tiden för länken har gått ut. Be om en ny, så skickas den till din e-postadress.")
    return signatory


def find_identified(session: Session, signatory_id: int, *, session_key: str, now: datetime) -> Signatory:
    """The signatory who has shown who they are in this browser within the hour.

    Raises NotAllowed alike for all others, whether there is such a signatory or not.
    """
    signatory = session.get(Signatory, signatory_id)
    if signatory is None or not _identified(session, signatory, session_key, now):
        raise NotAllowed("Visa först vem du är: öppna länken i mejlet från oss och skriv koden som du får.")
    return signatory


def lapsed_link(session: Session, signatory_id: int, *, session_key: str) -> str | None:
    """A token for one whose hour in this browser has run out, so that they can begin again without the mail.

    None for everybody else, and for one who has answered.
    """
    signatory, hashed = session.get(Signatory, signatory_id), session_hash(session_key)
    if signatory is None or not hashed:
        return None
    facts = queries.facts_about(session, signatory)
    was_here = any(
        fact.kind is EventKind.IDENTIFIED and fact.session_hash == hashed and fact.link_serial == signatory.link_serial
        for fact in facts
    )
    return link_token(settings_of(session), signatory) if was_here and not has_answered(facts) else None


def _named_by(session: Session, payload: dict[str, Any]) -> Signatory:
    signatory_id, serial, digest = payload.get("s"), payload.get("n"), payload.get("d")
    if not (isinstance(signatory_id, int) and isinstance(serial, int) and isinstance(digest, str)):
        raise tokens.refused()
    signatory = queries.with_round(session, signatory_id)
    if signatory is None or signatory.link_serial != serial:
        raise tokens.refused()
    if not same(digest, signatory.round.document.sha256[:_DIGEST]):
        raise tokens.refused()
    return signatory


def _identified(session: Session, signatory: Signatory, session_key: str, now: datetime) -> bool:
    facts = queries.facts_about(session, signatory)
    return is_identified(facts, now, session_hash(session_key), signatory.link_serial)
