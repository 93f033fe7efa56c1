"""Rows of the signing room."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from paragraf.core.database import Base, Json, OfAssociation, UtcDateTime, choice
from paragraf.register.models import Document


class RoundPurpose(StrEnum):
    """What is signed; one table in webapp and scheduler maps it to what happens when all have signed."""

    MINUTES = "minutes"
    APPLICATION = "application"
    IMMEDIATE_VERIFICATION = "immediate_verification"


class SigningCapacity(StrEnum):
    CHAIR = "chair"
    SECRETARY = "secretary"
    MINUTES_VERIFIER = "minutes_verifier"
    #: Signs for an organisation by its signature right (firmatecknare), or by delegation of it.
    AUTHORISED_SIGNATORY = "authorised_signatory"
    DELEGATE = "delegate"


class EventKind(StrEnum):
    LINK_SENT = "link_sent"
    CODE_SENT = "code_sent"
    CODE_REFUSED = "code_refused"
    IDENTIFIED = "identified"
    SHOWN = "shown"
    SIGNED = "signed"
    DECLINED = "declined"


class SignatureRound(OfAssociation, Base):
    """One frozen document and those who are to sign it."""

    __tablename__ = "signature_round"
    purpose: Mapped[RoundPurpose] = mapped_column(choice(RoundPurpose, "round_purpose"))
    #: The row that is signed, such as minutes.id.
    subject_id: Mapped[int]
    #: Which version of it was frozen, where it has versions.
    subject_version: Mapped[int | None]
    title: Mapped[str] = mapped_column(String(300))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by: Mapped[str] = mapped_column(String(200))
    #: The day by which all are asked to have signed.
    last_day: Mapped[date]
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdraw_reason: Mapped[str | None] = mapped_column(String(400))
    #: Set once, by the conditional update that decides which of two last signers completes the round.
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    document: Mapped[Document] = relationship()
    signatories: Mapped[list[Signatory]] = relationship(back_populates="round", order_by="Signatory.position")


class Signatory(OfAssociation, Base):
    """One who is to sign, with the name and address as they were when the round opened."""

    __tablename__ = "signatory"
    __table_args__ = (
        UniqueConstraint("round_id", "person_id"),
        UniqueConstraint("round_id", "position"),
        UniqueConstraint("round_id", "email"),
    )
    round_id: Mapped[int] = mapped_column(ForeignKey("signature_round.id"), index=True)
    #: None for someone outside whom the association does not keep, such as an applicant's signatory.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2), default="sv")
    #: Whom they sign for; empty for the association's own people.
    organisation: Mapped[str] = mapped_column(String(200), default="")
    capacity: Mapped[SigningCapacity] = mapped_column(choice(SigningCapacity, "signing_capacity"))
    #: Part of the link; raising it kills the links sent before.
    link_serial: Mapped[int] = mapped_column(default=1)
    #: The link stops working after this day; a renewed link may live past the round's last day.
    link_last_day: Mapped[date]
    round: Mapped[SignatureRound] = relationship(back_populates="signatories")
    events: Mapped[list[SigningEvent]] = relationship(order_by="SigningEvent.id", viewonly=True)


class SigningEvent(OfAssociation, Base):
    """A fact about a signatory. Rows are only added; the state is computed from them."""

    __tablename__ = "signing_event"
    __table_args__ = (
        # The database itself allows one signature a signatory, however many requests race.
        Index(
            "uq_signing_event_one_signature",
            "signatory_id",
            unique=True,
            sqlite_where=text("kind = 'signed'"),
            postgresql_where=text("kind = 'signed'"),
        ),
    )
    signatory_id: Mapped[int] = mapped_column(ForeignKey("signatory.id"), index=True)
    kind: Mapped[EventKind] = mapped_column(choice(EventKind, "event_kind"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: SHA-256 of the browser session's random key: identification holds only in the browser that typed the code.
    session_hash: Mapped[str] = mapped_column(String(64), default="")
    ip_address: Mapped[str] = mapped_column(String(45), default="")
    user_agent: Mapped[str] = mapped_column(String(300), default="")
    #: For a signature: document SHA-256, method and declaration text.
    details: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class IdentificationCode(OfAssociation, Base):
    """A six-digit code, kept only as a keyed hash, bound to signatory, document and browser session."""

    __tablename__ = "identification_code"
    signatory_id: Mapped[int] = mapped_column(ForeignKey("signatory.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    session_hash: Mapped[str] = mapped_column(String(64))
    document_sha256: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Set when a newer code is asked for.
    superseded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
