"""Rows of the applications room."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from paragraf.core.database import Base, Json, OfAssociation, UtcDateTime, choice
from paragraf.questions.models import FormVersion
from paragraf.register.models import Document, Matter


class ConditionOutcome(StrEnum):
    MET = "met"
    FAILED = "failed"


class Application(OfAssociation, Base):
    """A funding application from its first line to its matter. A draft has no register number."""

    __tablename__ = "application"
    __table_args__ = (
        CheckConstraint("(submitted_at IS NULL) = (matter_id IS NULL)", name="registered_when_submitted"),
    )
    form_version_id: Mapped[int] = mapped_column(ForeignKey("form_version.id"))
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2), default="sv")
    #: Part of the link; raising it kills the links sent before.
    link_serial: Mapped[int] = mapped_column(default=1)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Number of the newest revision; 0 before the first save. A save names the one it changes (law 5).
    version: Mapped[int] = mapped_column(default=0)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"), unique=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    form_version: Mapped[FormVersion] = relationship()
    matter: Mapped[Matter | None] = relationship()
    document: Mapped[Document | None] = relationship()


class ApplicationRevision(OfAssociation, Base):
    """Every save of the answers. Rows are only added."""

    __tablename__ = "application_revision"
    __table_args__ = (UniqueConstraint("application_id", "version"),)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    #: None for answers that came too late and were set aside, so that nobody's words are lost.
    version: Mapped[int | None]
    base_version: Mapped[int]
    answers: Mapped[dict[str, Any]] = mapped_column(Json)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ApplicationAttachment(OfAssociation, Base):
    """A file that the applicant added to a question."""

    __tablename__ = "application_attachment"
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    question_id: Mapped[str] = mapped_column(String(60))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    document: Mapped[Document] = relationship()


class Grant(OfAssociation, Base):
    """What a § granted an application: an amount for each year, perhaps on conditions."""

    __tablename__ = "grant"
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    #: The decision it follows from; one decision gives one grant, whatever is retried.
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), unique=True)
    decided_on: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    application: Mapped[Application] = relationship()
    years: Mapped[list[GrantYear]] = relationship(order_by="GrantYear.year")
    conditions: Mapped[list[GrantCondition]] = relationship(order_by="GrantCondition.position")


class GrantYear(OfAssociation, Base):
    """The amount granted for one year, in öre."""

    __tablename__ = "grant_year"
    __table_args__ = (
        UniqueConstraint("grant_id", "year"),
        CheckConstraint("amount_ore >= 0", name="amount_not_negative"),
    )
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    year: Mapped[int]
    amount_ore: Mapped[int] = mapped_column(BigInteger)


class GrantCondition(OfAssociation, Base):
    """A condition of a grant; nothing is paid while one is open."""

    __tablename__ = "grant_condition"
    __table_args__ = (
        UniqueConstraint("grant_id", "position"),
        CheckConstraint("(outcome IS NULL) = (settled_on IS NULL)", name="outcome_has_day"),
    )
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(1000))
    outcome: Mapped[ConditionOutcome | None] = mapped_column(choice(ConditionOutcome, "condition_outcome"))
    settled_on: Mapped[date | None]
