"""Verbs of the signing room: rounds, links, signatures and refusals.

Who may sign is settled by ``identify``; here every act asks again, under a lock on the round, so that a signature, a
refusal and a withdrawal in the same second come one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from paragraf.core import log
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.people.models import Person
from paragraf.register.models import Document
from paragraf.signing import correspondence, queries, rules
from paragraf.signing.evidence import METHOD, NOWHERE, Origin, record_act, record_event
from paragraf.signing.identification import identify, require_identified, send_code
from paragraf.signing.links import find_by_token, find_identified, lapsed_link, link_token
from paragraf.signing.models import (
    EventKind,
    IdentificationCode,
    RoundPurpose,
    Signatory,
    SignatureRound,
    SigningCapacity,
)
from paragraf.signing.wording import declaration as usual_declaration

__all__ = [
    "NewSignatory",
    "Origin",
    "decline",
    "find_by_token",
    "find_identified",
    "identify",
    "lapsed_link",
    "link_token",
    "lock_round",
    "open_round",
    "remind",
    "request_new_link",
    "resend_link",
    "send_code",
    "show",
    "sign",
    "withdraw_round",
]

#: What happens to the thing that was signed when all have signed it.
Completed = Mapping[RoundPurpose, Callable[[Session, SignatureRound, datetime], None]]
#: Who else is told, and what follows, when somebody has declined; the signing room has told the signatories.
Declined = Mapping[RoundPurpose, Callable[[Session, Signatory, str, datetime], None]]


class NewSignatory(NamedTuple):
    """Who is to sign, and as what.

    ``person`` is None for someone from outside, who is known only by name, address and organisation.
    """

    person: Person | None
    capacity: SigningCapacity
    name: str = ""
    email: str = ""
    organisation: str = ""
    language: str = "sv"

    @property
    def address(self) -> str:
        """Where the link and the code go."""
        return self.person.email if self.person else self.email.strip().lower()


# --- the sender ----------------------------------------------------------------------------------------------------


def open_round(
    session: Session,
    *,
    association_id: int,
    purpose: RoundPurpose,
    subject_id: int,
    title: str,
    document: Document,
    signatories: Sequence[NewSignatory],
    last_day: date,
    now: datetime,
    actor: str,
    subject_version: int | None = None,
) -> SignatureRound:
    """Send a frozen document to be signed: a letter with a link goes to each, all at once.

    ``subject_version`` is which version of the subject the document shows. Raises RuleBroken without signatories,
    with somebody or an address twice, or with a last day that has passed.
    """
    rules.require_distinct([one.person.id for one in signatories if one.person], [one.address for one in signatories])
    if last_day < local_date(now):
        raise RuleBroken("Sista dag för underskrift har redan varit. Välj en senare dag.", field="last_day")
    _require_own(association_id, document, signatories)
    signature_round = SignatureRound(
        association_id=association_id,
        purpose=purpose,
        subject_id=subject_id,
        subject_version=subject_version,
        title=rules.printable(title)[:300],
        document=document,
        opened_at=now,
        opened_by=actor,
        last_day=last_day,
        signatories=[
            _signatory(association_id, one, position, last_day) for position, one in enumerate(signatories, start=1)
        ],
    )
    session.add(signature_round)
    session.flush()
    for signatory in signature_round.signatories:
        _send_link(session, signatory, f"{purpose.value}_to_sign", now=now)
    _record(session, signature_round, "open", now, actor, sha256=document.sha256, signatories=len(signatories))
    return signature_round


def lock_round(session: Session, signature_round: SignatureRound) -> None:
    """Let one act at a time change the round, and see what the one before it did.

    For rooms whose own rows a completed round changes: take this lock first and theirs second, as a signature does.
    """
    _lock(session, signature_round)


def withdraw_round(
    session: Session, signature_round: SignatureRound, *, reason: str, now: datetime, actor: str
) -> None:
    """Take the document back: links die, signatures so far do not count, and all signatories are told why."""
    kept = rules.reason(reason)[:400]
    _lock(session, signature_round)
    _require_running(session, signature_round, now)
    signature_round.withdrawn_at, signature_round.withdraw_reason = now, kept
    session.flush()
    _record(session, signature_round, "withdraw", now, actor)
    correspondence.tell_withdrawn(session, signature_round, kept, now=now)


def resend_link(session: Session, signatory: Signatory, *, now: datetime, actor: str) -> None:
    """Send a new link to one who has yet to sign. The old one dies, and with it what its browser was let in to."""
    _lock(session, signatory.round)
    _require_running(session, signatory.round, now)
    rules.require_unanswered(rules.signatory_state(queries.facts_about(session, signatory), now))
    _renew(session, signatory, now)
    _record(session, signatory.round, "resend_link", now, actor, signatory_id=signatory.id)


def remind(session: Session, signature_round: SignatureRound, *, now: datetime, actor: str) -> int:
    """Remind those who have yet to sign, at most once a day each; the link stays. Returns how many are reminded."""
    rules.require_open(queries.state_of(session, signature_round, now=now))
    today = local_date(now)
    waiting = [
        step.signatory
        for step in queries.progress(session, signature_round, now=now).steps
        if step.answered_at is None and step.signatory.link_last_day >= today
    ]
    for signatory in waiting:
        correspondence.send_link(session, signatory, "sign_reminder", key=f"reminder-{today}", now=now)
    _record(session, signature_round, "remind", now, actor, reminded=len(waiting))
    return len(waiting)


# --- the signatory -------------------------------------------------------------------------------------------------


def request_new_link(session: Session, *, address: str, now: datetime) -> int:
    """Mail new links to what waits for the holder of ``address``; the old ones die. Returns how many were queued.

    The page must say the same whatever the answer. Three a day for each document, ten minutes apart.
    """
    sent = 0
    for signatory in queries.renewable_for(session, address, now=now):
        _lock(session, signatory.round)
        facts = queries.facts_about(session, signatory)
        links = [fact.at for fact in facts if fact.kind is EventKind.LINK_SENT]
        if rules.may_send_link(links, now) and not rules.has_answered(facts):
            _renew(session, signatory, now)
            record_act(session, signatory, "request_new_link", now=now)
            sent += 1
    return sent


def show(
    session: Session,
    signatory: Signatory,
    *,
    shown_sha256: str,
    session_key: str,
    now: datetime,
    origin: Origin = NOWHERE,
) -> None:
    """Note that the identified person has had the document before them, once for each browser session.

    ``shown_sha256`` is what the page says that it showed. Raises NotAllowed, or RuleBroken if it was another document.
    """
    require_identified(session, signatory, session_key=session_key, now=now)
    rules.require_same_document(shown_sha256, signatory.round.document.sha256)
    hashed = rules.session_hash(session_key)
    if any(
        fact.kind is EventKind.SHOWN and fact.session_hash == hashed for fact in queries.facts_about(session, signatory)
    ):
        return
    record_event(
        session,
        signatory,
        EventKind.SHOWN,
        now=now,
        session_key=session_key,
        origin=origin,
        document_sha256=shown_sha256,
    )
    record_act(session, signatory, "read", now=now, document_sha256=shown_sha256)


def sign(
    session: Session,
    signatory: Signatory,
    *,
    shown_sha256: str,
    session_key: str,
    now: datetime,
    completed: Completed,
    declaration: str = "",
    dissent: str = "",
    origin: Origin = NOWHERE,
) -> bool:
    """Sign the very document that the page showed. Returns whether this signature was the last one.

    The last signature completes the round exactly once and calls ``completed[purpose]`` in the same transaction.
    ``declaration`` is the sentence the person agreed to, by default the usual one in Swedish. ``dissent``: a note by a
    minutes verifier who signs with another opinion of what happened; the senders and the chair are told at once.
    Raises NotAllowed without identification; RuleBroken if the round is over, the person has answered already, or the
    document was replaced.
    """
    signature_round = signatory.round
    _require_may_answer(session, signatory, session_key, now)
    noted = rules.dissent(dissent, signature_round.purpose, signatory.capacity)
    show(session, signatory, shown_sha256=shown_sha256, session_key=session_key, now=now, origin=origin)
    evidence: dict[str, Any] = {"method": METHOD, "document_sha256": signature_round.document.sha256}
    record_event(
        session,
        signatory,
        EventKind.SIGNED,
        now=now,
        session_key=session_key,
        origin=origin,
        declaration=declaration or usual_declaration(signature_round.purpose, signatory),
        **_as_whom(signatory),
        **evidence,
        **({"dissent": noted} if noted else {}),
    )
    record_act(session, signatory, "sign", now=now, **_as_whom(signatory), **evidence)
    if noted:
        # What the note says stays out of the log, which cannot forget: it may speak of people.
        record_act(session, signatory, "dissent", now=now)
        correspondence.tell_dissent(session, signatory, noted, now=now)
    return _complete_if_last(session, signature_round, completed, now)


def decline(
    session: Session,
    signatory: Signatory,
    *,
    reason: str,
    session_key: str,
    now: datetime,
    declined: Declined | None = None,
    origin: Origin = NOWHERE,
) -> None:
    """Decline to sign. That ends the round; the senders and the other signatories are told why.

    ``declined[purpose]`` is called in the same transaction, where the purpose has one.
    """
    _require_may_answer(session, signatory, session_key, now)
    kept = rules.reason(reason)
    record_event(session, signatory, EventKind.DECLINED, now=now, session_key=session_key, origin=origin, reason=kept)
    # The reason stays out of the log, which cannot forget: it may speak of people.
    record_act(session, signatory, "decline", now=now, **_as_whom(signatory))
    correspondence.tell_declined(session, signatory, kept, now=now)
    follow = (declined or {}).get(signatory.round.purpose)
    if follow is not None:
        follow(session, signatory, kept, now)


# --- steps on the way ----------------------------------------------------------------------------------------------


def _require_own(association_id: int, document: Document, signatories: Sequence[NewSignatory]) -> None:
    owners = {document.association_id, *(one.person.association_id for one in signatories if one.person)}
    if owners != {association_id}:
        raise NotThere("Dokumentet eller personen finns inte i förbundet.")


def _signatory(association_id: int, one: NewSignatory, position: int, last_day: date) -> Signatory:
    person = one.person
    return Signatory(
        association_id=association_id,
        person_id=person.id if person else None,
        position=position,
        name=person.name if person else rules.printable(one.name)[:200],
        email=one.address,
        language=person.language if person else one.language,
        organisation=rules.printable(one.organisation)[:200],
        capacity=one.capacity,
        link_serial=1,
        link_last_day=last_day,
    )


def _as_whom(signatory: Signatory) -> dict[str, str]:
    """Capacity and organisation, as the log keeps them."""
    told = {"capacity": signatory.capacity.value}
    return told | ({"organisation": signatory.organisation} if signatory.organisation else {})


def _require_may_answer(session: Session, signatory: Signatory, session_key: str, now: datetime) -> None:
    _lock(session, signatory.round)
    # Read again: a link that was renewed a moment ago ends what the old one let in.
    session.refresh(signatory, ["link_serial"])
    require_identified(session, signatory, session_key=session_key, now=now)
    rules.require_unanswered(rules.signatory_state(queries.facts_about(session, signatory), now))
    rules.require_open(queries.state_of(session, signatory.round, now=now))


def _complete_if_last(session: Session, signature_round: SignatureRound, completed: Completed, now: datetime) -> bool:
    if not rules.all_have_signed(queries.parties(session, signature_round)):
        return False
    # Conditional: whatever happens to the lock, the database lets the round be completed once.
    won = session.execute(
        update(SignatureRound)
        .where(
            SignatureRound.id == signature_round.id,
            SignatureRound.completed_at.is_(None),
            SignatureRound.withdrawn_at.is_(None),
        )
        .values(completed_at=now)
        .returning(SignatureRound.id)
    ).first()
    if won is None:
        return False
    session.refresh(signature_round, ["completed_at"])
    _record(session, signature_round, "complete", now, "Paragraf", sha256=signature_round.document.sha256)
    correspondence.tell_completed(session, signature_round, now=now)
    completed[signature_round.purpose](session, signature_round, now)
    return True


def _require_running(session: Session, signature_round: SignatureRound, now: datetime) -> None:
    """Open, or late: the sender may still withdraw, and give more time."""
    state = queries.state_of(session, signature_round, now=now)
    if state is not rules.RoundState.EXPIRED:
        rules.require_open(state)


def _renew(session: Session, signatory: Signatory, now: datetime) -> None:
    signatory.link_serial += 1
    signatory.link_last_day = rules.renewed_last_day(signatory.round.last_day, local_date(now))
    # A code that was asked for by the old link ends with it.
    session.execute(
        update(IdentificationCode)
        .where(IdentificationCode.signatory_id == signatory.id, IdentificationCode.superseded_at.is_(None))
        .values(superseded_at=now)
    )
    session.flush()
    _send_link(session, signatory, "link_again", now=now)


def _send_link(session: Session, signatory: Signatory, kind: str, *, now: datetime) -> None:
    serial = signatory.link_serial
    record_event(session, signatory, EventKind.LINK_SENT, now=now, link_serial=serial)
    correspondence.send_link(session, signatory, kind, key=f"link-{serial}", now=now)


def _lock(session: Session, signature_round: SignatureRound) -> None:
    """Let one act at a time change the round, and see what the one before it did."""
    # one(): the row on hand is brought up to date only when the answer is read.
    session.scalars(
        select(SignatureRound).where(SignatureRound.id == signature_round.id).with_for_update(key_share=True),
        execution_options={"populate_existing": True},
    ).one()


def _record(
    session: Session, signature_round: SignatureRound, verb: str, now: datetime, actor: str, **details: Any
) -> None:
    log.record(
        session,
        signature_round.association_id,
        verb,
        "signature_round",
        signature_round.id,
        now=now,
        actor=actor,
        matter_id=signature_round.document.matter_id,
        **details,
    )
