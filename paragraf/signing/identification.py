"""Who you are: a six-digit code to the address that the office has registered."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from paragraf.core.database import settings_of
from paragraf.core.errors import NotAllowed
from paragraf.signing import correspondence, queries, rules
from paragraf.signing.evidence import METHOD, NOWHERE, Origin, record_act, record_event
from paragraf.signing.models import EventKind, IdentificationCode, Signatory


def send_code(session: Session, signatory: Signatory, *, address: str, session_key: str, now: datetime) -> bool:
    """Mail a code to the registered address, if ``address`` is that address. Returns whether one was queued.

    The page must say the same in all cases, so that it cannot be asked who the signatory is. A new code ends the
    earlier ones. Nothing is sent when too many have been (rules.may_send_code) or when the round is over.
    """
    if not session_key:
        raise ValueError("a code is bound to a browser: give it a key first")
    _lock(session, signatory)
    if not (rules.same_address(address, signatory.email) and _takes_codes(session, signatory, now)):
        return False
    session.execute(
        update(IdentificationCode)
        .where(IdentificationCode.signatory_id == signatory.id, IdentificationCode.superseded_at.is_(None))
        .values(superseded_at=now)
    )
    code = f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}}"
    kept = _keep(session, signatory, code, rules.session_hash(session_key), now)
    record_event(session, signatory, EventKind.CODE_SENT, now=now, session_key=session_key)
    correspondence.send_code(session, signatory, code, code_id=kept.id, now=now)
    return True


def identify(
    session: Session, signatory: Signatory, *, code: str, session_key: str, now: datetime, origin: Origin = NOWHERE
) -> bool:
    """Whether ``code`` is the one mailed last, in the browser that asked for it; if so the person is identified there.

    A wrong code is counted, so the caller must commit also when the answer is False. What can be no code (empty,
    letters) is not counted.
    """
    typed = rules.typed_code(code)
    kept = _newest_code(session, signatory, rules.session_hash(session_key)) if typed else None
    if kept is None or not rules.is_live(_facts(kept), now):
        return False
    kept.tries += 1
    if not _is_right(session, signatory, kept, typed):
        record_event(session, signatory, EventKind.CODE_REFUSED, now=now, session_key=session_key, origin=origin)
        return False
    kept.used_at = now
    record_event(
        session,
        signatory,
        EventKind.IDENTIFIED,
        now=now,
        session_key=session_key,
        origin=origin,
        method=METHOD,
        link_serial=signatory.link_serial,
        document_sha256=kept.document_sha256,
    )
    record_act(session, signatory, "identify", now=now, method=METHOD)
    return True


def require_identified(session: Session, signatory: Signatory, *, session_key: str, now: datetime) -> None:
    """Raises NotAllowed unless the person has shown who they are in this browser within the hour."""
    facts = queries.facts_about(session, signatory)
    if not rules.is_identified(facts, now, rules.session_hash(session_key), signatory.link_serial):
        raise NotAllowed("Visa först vem du är: öppna länken i mejlet från oss och skriv koden som du får.")


def _takes_codes(session: Session, signatory: Signatory, now: datetime) -> bool:
    sent = session.scalars(
        select(IdentificationCode.created_at).where(
            IdentificationCode.signatory_id == signatory.id, IdentificationCode.created_at > now - timedelta(days=1)
        )
    ).all()
    return (
        rules.may_send_code(sent, now)
        and queries.state_of(session, signatory.round, now=now) is rules.RoundState.OPEN
        and not rules.has_answered(queries.facts_about(session, signatory))
    )


def _keep(session: Session, signatory: Signatory, code: str, session_hash: str, now: datetime) -> IdentificationCode:
    document_sha256 = signatory.round.document.sha256
    key = settings_of(session).secret_keys[-1]
    kept = IdentificationCode(
        association_id=signatory.association_id,
        signatory_id=signatory.id,
        code_hash=rules.code_hash(key, code, signatory.id, session_hash, document_sha256),
        session_hash=session_hash,
        document_sha256=document_sha256,
        created_at=now,
    )
    session.add(kept)
    session.flush()
    return kept


def _newest_code(session: Session, signatory: Signatory, session_hash: str) -> IdentificationCode | None:
    # FOR UPDATE: of two requests with the same code, the second sees that it is used and finds nothing.
    return session.scalar(
        select(IdentificationCode)
        .where(
            IdentificationCode.signatory_id == signatory.id,
            IdentificationCode.session_hash == session_hash,
            IdentificationCode.used_at.is_(None),
            IdentificationCode.superseded_at.is_(None),
        )
        .order_by(IdentificationCode.id.desc())
        .limit(1)
        .with_for_update(key_share=True),
        execution_options={"populate_existing": True},
    )


def _is_right(session: Session, signatory: Signatory, kept: IdentificationCode, typed: str) -> bool:
    keys = settings_of(session).secret_keys
    same_document = rules.same(kept.document_sha256, signatory.round.document.sha256)
    return same_document and rules.is_right(
        _facts(kept), typed, keys, signatory.id, kept.session_hash, kept.document_sha256
    )


def _facts(kept: IdentificationCode) -> rules.CodeFacts:
    ended = kept.used_at is not None or kept.superseded_at is not None
    return rules.CodeFacts(kept.code_hash, kept.session_hash, kept.document_sha256, kept.created_at, kept.tries, ended)


def _lock(session: Session, signatory: Signatory) -> None:
    # Two requests at once must not both find that one more code may go out. Not a full FOR UPDATE: that would hold up
    # every event about the signatory, which refers to the row.
    session.execute(select(Signatory.id).where(Signatory.id == signatory.id).with_for_update(key_share=True))
