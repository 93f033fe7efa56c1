"""What pages, letters, other rooms and ``paragraf verify`` read about signature rounds. Nothing here writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere
from paragraf.people.models import Association
from paragraf.register.models import Document
from paragraf.signing.models import (
    EventKind,
    RoundPurpose,
    Signatory,
    SignatureRound,
    SigningCapacity,
    SigningEvent,
)
from paragraf.signing.rules import Fact, Party, RoundState, SignatoryState, round_state, signatory_state


class Step(NamedTuple):
    """How far one signatory has come; ``answered_at`` and ``reason`` are set by a signature or a refusal.

    ``dissent``: what a minutes verifier noted as another opinion when signing; "" for none.
    """

    signatory: Signatory
    state: SignatoryState
    answered_at: datetime | None
    reason: str
    dissent: str = ""


class Progress(NamedTuple):
    """A round as a table: its state, and a line for each signatory in order."""

    round: SignatureRound
    state: RoundState
    steps: list[Step]

    @property
    def signed(self) -> int:
        return sum(step.state is SignatoryState.SIGNED for step in self.steps)


class Signature(NamedTuple):
    """Who signed, as what, when."""

    name: str
    capacity: SigningCapacity
    at: datetime
    organisation: str = ""


class SignedDocument(NamedTuple):
    """What is known of a file by its SHA-256: a document of the register and one round in which it was signed.

    ``is_copy``: the file is the PDF that was made from the signed document, not the signed bytes themselves.
    """

    association: str
    title: str
    filename: str
    sha256: str
    is_copy: bool
    round_title: str
    state: RoundState
    signatures: list[Signature]


def round_by_id(session: Session, association_id: int, round_id: int) -> SignatureRound:
    """The association's own round; raises NotThere."""
    found = session.scalar(
        select(SignatureRound).where(SignatureRound.association_id == association_id, SignatureRound.id == round_id)
    )
    if found is None:
        raise NotThere("Underskriftsomgången finns inte.")
    return found


def signatory(session: Session, association_id: int, signatory_id: int) -> Signatory:
    """The association's own signatory; raises NotThere."""
    found = session.scalar(
        select(Signatory).where(Signatory.association_id == association_id, Signatory.id == signatory_id)
    )
    if found is None:
        raise NotThere("Personen finns inte bland dem som ska skriva under.")
    return found


def with_round(session: Session, signatory_id: int) -> Signatory | None:
    """A signatory whom a link names, with the round, its document and the others who sign; None for nobody."""
    return session.scalars(_WITH_ROUND, {"signatory_id": signatory_id}).unique().one_or_none()


def rounds(session: Session, association_id: int) -> list[SignatureRound]:
    """The association's rounds, newest first."""
    wanted = select(SignatureRound).where(SignatureRound.association_id == association_id)
    return list(
        session.scalars(wanted.order_by(SignatureRound.id.desc()).options(selectinload(SignatureRound.signatories)))
    )


def rounds_about(session: Session, association_id: int, purpose: RoundPurpose, subject_id: int) -> list[SignatureRound]:
    """All rounds about one thing, such as the minutes with that id, newest first."""
    wanted = select(SignatureRound).where(
        SignatureRound.association_id == association_id,
        SignatureRound.purpose == purpose,
        SignatureRound.subject_id == subject_id,
    )
    return list(session.scalars(wanted.order_by(SignatureRound.id.desc())))


def progress(session: Session, signature_round: SignatureRound, *, now: datetime) -> Progress:
    """Who has signed when, and what the round is at the moment."""
    events = _events(session, [signature_round.id])
    steps = [_step(signatory, events[signatory.id], now) for signatory in signature_round.signatories]
    return Progress(signature_round, _state(signature_round, events, now), steps)


def state_of(session: Session, signature_round: SignatureRound, *, now: datetime) -> RoundState:
    """What the round is at the moment."""
    return _state(signature_round, _events(session, [signature_round.id]), now)


def state_and_facts(session: Session, signatory: Signatory, *, now: datetime) -> tuple[RoundState, list[Fact]]:
    """What the round is at the moment, and what has happened with one of its signatories, in one question."""
    events = _events(session, [signatory.round_id])
    return _state(signatory.round, events, now), facts(events[signatory.id])


def facts_about(session: Session, signatory: Signatory) -> list[Fact]:
    """What has happened with one signatory, read anew."""
    return facts(session.scalars(_EVENTS_ABOUT, {"signatory_id": signatory.id}))


def parties(session: Session, signature_round: SignatureRound) -> list[Party]:
    """The signatories as the rules see them, read anew."""
    return _parties(signature_round, _events(session, [signature_round.id]))


def waiting_for(session: Session, association_id: int, person_id: int, *, now: datetime) -> list[Signatory]:
    """What the person has yet to sign, in open rounds, the most urgent first: for Min sida."""
    mine = _unfinished(session, Signatory.association_id == association_id, Signatory.person_id == person_id)
    return _still_waiting(session, mine, now, {RoundState.OPEN})


def renewable_for(session: Session, address: str, *, now: datetime) -> list[Signatory]:
    """What waits for the holder of an e-mail address, also where the time is out.

    Asked across associations: who has lost a link does not know whose it was, and the answer goes by mail only.
    """
    mine = _unfinished(session, Signatory.email == address.strip().lower())
    return _still_waiting(session, mine, now, {RoundState.OPEN, RoundState.EXPIRED})


def signed_documents(session: Session, sha256: str, *, now: datetime) -> list[SignedDocument]:
    """The rounds in which exactly these bytes, or the document they are the PDF of, were signed. All associations.

    For ``paragraf verify`` on the server itself: the answer holds names, which a public page must leave out.
    """
    files = session.scalars(select(Document).where(Document.sha256 == sha256)).all()
    originals = {file.rendered_from_id or file.id: file for file in files}
    about = session.scalars(
        select(SignatureRound).where(
            or_(SignatureRound.document_id.in_(originals), SignatureRound.document_id.in_([file.id for file in files]))
        )
    ).all()
    return [_signed_document(session, found, sha256, now) for found in about]


def facts(events: Iterable[SigningEvent]) -> list[Fact]:
    """Rows as the rules read them."""
    return [
        Fact(event.kind, event.at, event.session_hash, int(event.details.get("link_serial", 0))) for event in events
    ]


def _signed_document(session: Session, about: SignatureRound, sha256: str, now: datetime) -> SignedDocument:
    table = progress(session, about, now=now)
    association = session.get_one(Association, about.association_id)
    return SignedDocument(
        association=association.name,
        title=about.document.title,
        filename=about.document.filename,
        sha256=about.document.sha256,
        is_copy=about.document.sha256 != sha256,
        round_title=about.title,
        state=table.state,
        signatures=[
            Signature(step.signatory.name, step.signatory.capacity, step.answered_at, step.signatory.organisation)
            for step in table.steps
            if step.state is SignatoryState.SIGNED and step.answered_at
        ],
    )


def _unfinished(session: Session, *conditions: object) -> Sequence[Signatory]:
    wanted = (
        select(Signatory)
        .join(Signatory.round)
        .where(SignatureRound.completed_at.is_(None), SignatureRound.withdrawn_at.is_(None), *conditions)  # type: ignore[arg-type]
        .order_by(SignatureRound.last_day, Signatory.id)
        .options(selectinload(Signatory.round).selectinload(SignatureRound.signatories))
    )
    return session.scalars(wanted).all()


def _still_waiting(
    session: Session, candidates: Sequence[Signatory], now: datetime, states: set[RoundState]
) -> list[Signatory]:
    events = _events(session, [candidate.round_id for candidate in candidates])
    return [
        candidate
        for candidate in candidates
        if signatory_state(facts(events[candidate.id]), now) in (SignatoryState.WAITING, SignatoryState.IDENTIFIED)
        and _state(candidate.round, events, now) in states
    ]


def _events(session: Session, round_ids: Sequence[int]) -> dict[int, list[SigningEvent]]:
    """The events of these rounds by signatory, oldest first; nobody is missing from the answer."""
    found: dict[int, list[SigningEvent]] = defaultdict(list)
    for event in session.scalars(_EVENTS_OF, {"round_ids": list(round_ids)}):
        found[event.signatory_id].append(event)
    return found


def _parties(signature_round: SignatureRound, events: dict[int, list[SigningEvent]]) -> list[Party]:
    return [Party(facts(events[one.id]), one.link_last_day) for one in signature_round.signatories]


def _state(signature_round: SignatureRound, events: dict[int, list[SigningEvent]], now: datetime) -> RoundState:
    return round_state(
        _parties(signature_round, events),
        now,
        local_date(now),
        completed_at=signature_round.completed_at,
        withdrawn_at=signature_round.withdrawn_at,
    )


def _step(signatory: Signatory, events: Sequence[SigningEvent], now: datetime) -> Step:
    answer = next((one for one in events if one.kind in (EventKind.SIGNED, EventKind.DECLINED)), None)
    return Step(
        signatory,
        signatory_state(facts(events), now),
        answer.at if answer else None,
        str(answer.details.get("reason", "")) if answer else "",
        str(answer.details.get("dissent", "")) if answer else "",
    )


# --- asked by every page of a link, so built once: that is half of what a small question costs --------------------

_WITH_ROUND = (
    select(Signatory)
    .where(Signatory.id == bindparam("signatory_id"))
    .options(
        joinedload(Signatory.round).options(joinedload(SignatureRound.document), joinedload(SignatureRound.signatories))
    )
)
_EVENTS_ABOUT = (
    select(SigningEvent).where(SigningEvent.signatory_id == bindparam("signatory_id")).order_by(SigningEvent.id)
)
_EVENTS_OF = (
    select(SigningEvent)
    .join(Signatory, Signatory.id == SigningEvent.signatory_id)
    .where(Signatory.round_id.in_(bindparam("round_ids", expanding=True)))
    .order_by(SigningEvent.id)
)
