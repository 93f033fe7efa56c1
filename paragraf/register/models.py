"""Rows of the register room."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from paragraf.core.database import Base, OfAssociation, UtcDateTime, choice
from paragraf.core.leases import AwaitsWork


class MatterKind(StrEnum):
    APPLICATION = "application"
    MEETING = "meeting"
    AGREEMENT = "agreement"
    OTHER = "other"


class Direction(StrEnum):
    """Whether a document came in, went out or was made here (OSL 5:2)."""

    IN = "in"
    OUT = "out"
    MADE = "made"


class DocumentKind(StrEnum):
    APPLICATION = "application"
    NOTICE_OF_MEETING = "notice_of_meeting"
    MINUTES = "minutes"
    CERTIFICATE_OF_NOTICE = "certificate_of_notice"
    CERTIFIED_EXTRACT = "certified_extract"
    DECISION_LETTER = "decision_letter"
    COMPLETION_REQUEST = "completion_request"
    REPORT = "report"
    DRAWDOWN_CLAIM = "drawdown_claim"
    FUNDING_OVERVIEW = "funding_overview"
    AGREEMENT = "agreement"
    ATTACHMENT = "attachment"
    DELEGATED_DECISION = "delegated_decision"
    EARLIER_MINUTES = "earlier_minutes"
    PUBLIC_RENDITION = "public_rendition"


class Matter(OfAssociation, Base):
    """A matter (ärende) in the register, under its register number such as 2026/14."""

    __tablename__ = "matter"
    __table_args__ = (UniqueConstraint("association_id", "year", "number"),)
    year: Mapped[int]
    number: Mapped[int]
    kind: Mapped[MatterKind] = mapped_column(choice(MatterKind, "matter_kind"))
    title: Mapped[str] = mapped_column(String(300))
    #: Who sent it in or whom it concerns (OSL 5:2).
    counterpart: Mapped[str] = mapped_column(String(200), default="")
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]

    @property
    def register_number(self) -> str:
        """Printed designation, such as ``2026/14``."""
        return f"{self.year}/{self.number}"


class Document(OfAssociation, Base):
    """Bytes that will never be rendered again (law 4). The database refuses to change ``content`` or ``sha256``."""

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("matter_id", "number"),
        CheckConstraint("size > 0", name="not_empty"),
    )
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"), index=True)
    #: Running number within the matter.
    number: Mapped[int | None]
    kind: Mapped[DocumentKind] = mapped_column(choice(DocumentKind, "document_kind"))
    direction: Mapped[Direction] = mapped_column(choice(Direction, "direction"))
    title: Mapped[str] = mapped_column(String(300))
    filename: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    #: Bytes.
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    #: Deferred: lists of documents must not drag the files along.
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(String(200))
    #: The Word document that this PDF was made from.
    rendered_from_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), unique=True)
    matter: Mapped[Matter | None] = relationship()


class Conversion(AwaitsWork, Base):
    """A wish for a PDF of a Word document, queued in the act's transaction and done after it (law 2)."""

    __tablename__ = "conversion"
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), unique=True)
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
