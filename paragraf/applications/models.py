"""Rows of the applications room."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from paragraf.core.database import Base, Json, OfAssociation, UtcDateTime
from paragraf.questions.models import FormVersion
from paragraf.register.models import Document, Matter


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
