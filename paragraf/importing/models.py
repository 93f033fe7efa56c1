"""Rows of the importing room."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from paragraf.core.database import Base, Json, OfAssociation, UtcDateTime
from paragraf.minutes.models import Minutes
from paragraf.register.models import Document


class ImportedFile(OfAssociation, Base):
    """A file of earlier minutes: waiting with what somebody has corrected of its reading, or taken in."""

    __tablename__ = "imported_file"
    __table_args__ = (
        # The same bytes come in once, whatever they are called.
        UniqueConstraint("association_id", "sha256"),
        CheckConstraint("(taken_at IS NULL) = (document_id IS NULL)", name="taken_with_document"),
        CheckConstraint("(content IS NULL) = (document_id IS NOT NULL)", name="bytes_kept_once"),
    )
    filename: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    #: The bytes while it waits; the register has them once it is taken in.
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    uploaded_by: Mapped[str] = mapped_column(String(200))
    #: What was corrected of the reading, by the names of the page's fields (importing.wishes).
    corrections: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    #: A save names the version it changes (law 5).
    version: Mapped[int] = mapped_column(default=0)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    taken_by: Mapped[str] = mapped_column(String(200), default="")
    document: Mapped[Document | None] = relationship()
    minutes: Mapped[list[ImportedMinutes]] = relationship(back_populates="file", order_by="ImportedMinutes.place")


class ImportedMinutes(OfAssociation, Base):
    """Minutes that were taken in from a file: which of its meetings they are, and what was told about them then."""

    __tablename__ = "imported_minutes"
    file_id: Mapped[int] = mapped_column(ForeignKey("imported_file.id"), index=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"), unique=True)
    #: Which of the file's minutes, 0 first.
    place: Mapped[int]
    #: Persons, verifiers, numbers that are missing and why, doubts: what the rows of minutes have no place for.
    report: Mapped[dict[str, Any]] = mapped_column(Json)
    file: Mapped[ImportedFile] = relationship(back_populates="minutes")
    minutes: Mapped[Minutes] = relationship()
