"""Rows of the meetings room."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from paragraf.core.database import Base, Json, OfAssociation, UtcDateTime, choice
from paragraf.people.models import Body, Mandate, Person
from paragraf.register.models import Document, Matter


class MeetingMode(StrEnum):
    IN_PERSON = "in_person"
    DISTANCE = "distance"
    MIXED = "mixed"


class ItemKind(StrEnum):
    DECISION = "decision"
    INFORMATION = "information"
    REPORT = "report"
    QUESTION = "question"


class Meeting(OfAssociation, Base):
    """A meeting (sammanträde) of a body."""

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("calendar_uid"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("(cancelled_at IS NULL) = (cancel_reason IS NULL)", name="cancelled_has_reason"),
    )
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    place: Mapped[str] = mapped_column(String(200))
    mode: Mapped[MeetingMode] = mapped_column(choice(MeetingMode, "meeting_mode"))
    #: The meeting's own matter in the register, where its notice and minutes are filed; made with the notice.
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"))
    calendar_uid: Mapped[str] = mapped_column(String(120))
    #: SEQUENCE of the next calendar invitation; raised by each notice.
    calendar_sequence: Mapped[int] = mapped_column(default=0)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_reason: Mapped[str | None] = mapped_column(String(300))
    #: From when the attendance may not change, since minutes that state it were sent out (law 4).
    attendance_closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    body: Mapped[Body] = relationship()
    matter: Mapped[Matter | None] = relationship()
    items: Mapped[list[AgendaItem]] = relationship(back_populates="meeting", order_by="AgendaItem.position")


class AgendaItem(OfAssociation, Base):
    """A point on the agenda. Its position is not its §: numbers come when the minutes are fixed."""

    __tablename__ = "agenda_item"
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    position: Mapped[int]
    kind: Mapped[ItemKind] = mapped_column(choice(ItemKind, "item_kind"))
    heading: Mapped[str] = mapped_column(String(300))
    background: Mapped[str] = mapped_column(Text, default="")
    #: Proposal for decision, kept apart from the decision.
    proposal: Mapped[str] = mapped_column(Text, default="")
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"), index=True)
    #: A save names the version it changes (law 5).
    version: Mapped[int] = mapped_column(default=1)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The body tabled the matter or remitted it back: it waits for an agenda again.
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    meeting: Mapped[Meeting] = relationship(back_populates="items")
    matter: Mapped[Matter | None] = relationship()


class NoticeOfMeeting(OfAssociation, Base):
    """A notice (kallelse) that was sent. Rows are only added."""

    __tablename__ = "notice_of_meeting"
    __table_args__ = (UniqueConstraint("meeting_id", "sequence"),)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    #: SEQUENCE of the calendar invitation that went with it.
    sequence: Mapped[int]
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_by: Mapped[str] = mapped_column(String(200))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    #: Time, place, agenda and recipients as they were told (notice_changes.Told), to tell next time what changed.
    told: Mapped[dict[str, Any]] = mapped_column(Json)
    document: Mapped[Document] = relationship()


class Presence(OfAssociation, Base):
    """A person in the room from a moment to a moment. A substitute who serves names the seat served for."""

    __tablename__ = "presence"
    __table_args__ = (
        CheckConstraint("until_at IS NULL OR until_at > from_at", name="leaves_after_arriving"),
        CheckConstraint("serves_for_id IS NULL OR mandate_id IS NOT NULL", name="server_has_mandate"),
    )
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    #: None for others present (director, secretary, guests).
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    #: The absent member's mandate that a substitute serves for.
    serves_for_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    from_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: None until the meeting ends.
    until_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    person: Mapped[Person] = relationship()
    mandate: Mapped[Mandate | None] = relationship(foreign_keys=[mandate_id])
    serves_for: Mapped[Mandate | None] = relationship(foreign_keys=[serves_for_id])
