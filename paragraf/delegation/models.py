"""Rows of the delegation room."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from paragraf.core.database import Base, OfAssociation, UtcDateTime
from paragraf.people.models import Body, Person
from paragraf.register.models import Document, Matter


class DelegationPoint(OfAssociation, Base):
    """A group of matters that somebody may decide for a body, as dated data (lag 2003:1210 10 §)."""

    __tablename__ = "delegation_point"
    __table_args__ = (
        UniqueConstraint("body_id", "number", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="ends_after_start"),
    )
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    #: As the delegation order numbers it, such as "3.2".
    number: Mapped[str] = mapped_column(String(20))
    matters: Mapped[str] = mapped_column(String(500))
    #: Who may decide: an office or a person, as the order says it.
    delegate: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    #: The § or other decision by which the body delegated.
    source: Mapped[str] = mapped_column(String(200))
    body: Mapped[Body] = relationship()


class DelegatedDecision(OfAssociation, Base):
    """One decision made by delegation. It is to be told to the body; the agenda item that tells it says that it was."""

    __tablename__ = "delegated_decision"
    __table_args__ = (UniqueConstraint("association_id", "year", "number"),)
    #: The year's running number from the ledger, such as D 2026:3.
    year: Mapped[int]
    number: Mapped[int]
    point_id: Mapped[int] = mapped_column(ForeignKey("delegation_point.id"), index=True)
    decided_on: Mapped[date]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    heading: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    #: The agenda item that tells the body of it. Items belong to a room above, so only the id is known here.
    told_in_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str] = mapped_column(String(200))
    point: Mapped[DelegationPoint] = relationship()
    decided_by: Mapped[Person] = relationship()
    matter: Mapped[Matter | None] = relationship()
    document: Mapped[Document | None] = relationship()

    @property
    def designation(self) -> str:
        """As it is printed, such as ``D 2026:3``."""
        return f"D {self.year}:{self.number}"
