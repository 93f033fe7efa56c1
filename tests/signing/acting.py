"""A document sent to be signed by chair, secretary and verifier, and what each of them does with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.post.models import Letter
from paragraf.register.models import Direction, Document, DocumentKind
from paragraf.register.operations import file_document
from paragraf.signing import operations, queries
from paragraf.signing.models import (
    EventKind,
    RoundPurpose,
    Signatory,
    SignatureRound,
    SigningCapacity,
    SigningEvent,
)
from paragraf.signing.rules import RoundState
from tests.parts.world import NOW, Home, World

LAST_DAY = date(2026, 3, 16)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CHAIR, SECRETARY, VERIFIER = 0, 1, 2
PHONE, LAPTOP = "key of the phone", "key of the laptop"
SOON = NOW + timedelta(minutes=1)
AGENT = operations.Origin("192.0.2.7", "Telefon/1.0")


class Completions:
    """Counts how often the purpose of a round was told that all have signed."""

    def __init__(self) -> None:
        self.rounds: list[int] = []

    def __call__(self, session: Session, done: SignatureRound, now: datetime) -> None:
        self.rounds.append(done.id)

    @property
    def table(self) -> operations.Completed:
        return {RoundPurpose.MINUTES: self}


def freeze(session: Session, home: Home, content: bytes = b"the frozen minutes", media_type: str = WORD) -> Document:
    return file_document(
        session,
        association_id=home.id,
        matter=None,
        kind=DocumentKind.MINUTES,
        direction=Direction.MADE,
        title="Protokoll 2026-02-26",
        filename="protokoll.docx",
        media_type=media_type,
        content=content,
        now=NOW,
        actor=home.secretary.name,
    )


def usual_signatories(home: Home) -> list[operations.NewSignatory]:
    return [
        operations.NewSignatory(home.chair, SigningCapacity.CHAIR),
        operations.NewSignatory(home.secretary, SigningCapacity.SECRETARY),
        operations.NewSignatory(home.member, SigningCapacity.MINUTES_VERIFIER),
    ]


def send_out(
    session: Session,
    home: Home,
    signatories: Sequence[operations.NewSignatory] | None = None,
    *,
    title: str = "Protokoll 2026-02-26, Styrelsen",
    document: Document | None = None,
    last_day: date = LAST_DAY,
    now: datetime = NOW,
) -> SignatureRound:
    return operations.open_round(
        session,
        association_id=home.id,
        purpose=RoundPurpose.MINUTES,
        subject_id=7,
        title=title,
        document=document or freeze(session, home),
        signatories=usual_signatories(home) if signatories is None else signatories,
        last_day=last_day,
        now=now,
        actor=home.secretary.name,
    )


def letters(session: Session, kind: str) -> list[Letter]:
    return list(session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def mailed_code(session: Session, signatory: Signatory) -> str:
    """The code in the newest letter to the signatory."""
    found = re.search(r"^\d{6}$", _mine(session, signatory, "signing_code")[-1].body, re.MULTILINE)
    assert found is not None
    return found[0]


def mailed_token(session: Session, signatory: Signatory) -> str:
    """The token in the newest letter with a link to the signatory."""
    found = [re.search(r"/signera/([^/\s]+)/", letter.body) for letter in _mine(session, signatory)]
    return [match[1] for match in found if match is not None][-1]


def _mine(session: Session, signatory: Signatory, kind: str | None = None) -> list[Letter]:
    """Letters about this round to this signatory."""
    about = Letter.key.startswith(f"signing-{signatory.round_id}-{signatory.id}-")
    found = session.scalars(select(Letter).where(about).order_by(Letter.id))
    return [letter for letter in found if kind in (None, letter.kind)]


def ask_for_code(session: Session, signatory: Signatory, key: str = PHONE, now: datetime = NOW) -> bool:
    return operations.send_code(session, signatory, address=signatory.email, session_key=key, now=now)


def let_in(session: Session, signatory: Signatory, key: str = PHONE, now: datetime = NOW) -> None:
    assert ask_for_code(session, signatory, key, now)
    code = mailed_code(session, signatory)
    assert operations.identify(session, signatory, code=code, session_key=key, now=now, origin=AGENT)


def sign(session: Session, signatory: Signatory, done: Completions, key: str = PHONE, now: datetime = SOON) -> bool:
    return operations.sign(
        session,
        signatory,
        shown_sha256=signatory.round.document.sha256,
        session_key=key,
        now=now,
        completed=done.table,
        origin=AGENT,
    )


def events(session: Session, signatory: Signatory) -> list[SigningEvent]:
    return list(
        session.scalars(select(SigningEvent).where(SigningEvent.signatory_id == signatory.id).order_by(SigningEvent.id))
    )


def kinds(session: Session, signatory: Signatory) -> list[EventKind]:
    return [event.kind for event in events(session, signatory)]


class Round:
    """A round in the database, seen from outside: each look and each change in a session of its own."""

    def __init__(self, world: World, content: bytes) -> None:
        self.world = world
        with world.database.writing() as session:
            made = send_out(session, world.north, document=freeze(session, world.north, content))
            self.id, self.ids = made.id, [one.id for one in made.signatories]
            self.sha256 = made.document.sha256

    def reading(self, ask: Callable[[Session, SignatureRound], Any]) -> Any:
        with self.world.database.reading() as session:
            return ask(session, session.get_one(SignatureRound, self.id))

    def token(self, who: int = CHAIR) -> str:
        return str(self.reading(lambda session, made: mailed_token(session, made.signatories[who])))

    def code(self, who: int = CHAIR) -> str:
        return str(self.reading(lambda session, made: mailed_code(session, made.signatories[who])))

    def kinds(self, who: int = CHAIR) -> list[EventKind]:
        found: list[EventKind] = self.reading(lambda session, made: kinds(session, made.signatories[who]))
        return found

    def state(self, now: datetime = NOW) -> RoundState:
        found: RoundState = self.reading(lambda session, made: queries.state_of(session, made, now=now))
        return found

    def change(self, act: Callable[[Session, SignatureRound], object]) -> None:
        with self.world.database.writing() as session:
            act(session, session.get_one(SignatureRound, self.id))
