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
        CheckConstraint("closed_at IS NULL OR opened_at IS NULL OR closed_at > opened_at", name="closes_after_opening"),
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
    #: When the chair declared the meeting open and closed; no reservation comes after the close (KL 4:27).
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: How far members took part at a distance, as the minutes must tell (lag 2003:1210 19 a §).
    distance_note: Mapped[str] = mapped_column(String(500), default="")
    body: Mapped[Body] = relationship()
    matter: Mapped[Matter | None] = relationship()
    items: Mapped[list[AgendaItem]] = relationship(back_populates="meeting", order_by="AgendaItem.position")


class AgendaItem(OfAssociation, Base):
    """A point on the agenda. Its position is not its §: numbers come when the minutes are fixed."""

    __tablename__ = "agenda_item"
    #: A standing item comes once on each agenda, whoever puts it there.
    __table_args__ = (UniqueConstraint("meeting_id", "standing_item_id"),)
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
    #: The item of an earlier meeting that this one goes on with: tabled, remitted back, cancelled or moved.
    continues_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    #: It came after the notice was sent.
    is_late: Mapped[bool] = mapped_column(default=False)
    standing_item_id: Mapped[int | None] = mapped_column(ForeignKey("standing_item.id"))
    #: What it was drawn in from, such as "commission" or "delegated_decision", and that row's id.
    source: Mapped[str] = mapped_column(String(40), default="")
    source_id: Mapped[int | None]
    meeting: Mapped[Meeting] = relationship(back_populates="items")
    matter: Mapped[Matter | None] = relationship()
    continues: Mapped[AgendaItem | None] = relationship(remote_side="AgendaItem.id")
    standing: Mapped[StandingItem | None] = relationship()
    attachments: Mapped[list[MeetingAttachment]] = relationship(order_by="MeetingAttachment.position")


class StandingItem(OfAssociation, Base):
    """A point that every agenda of the body has (stående punkt), such as the election of verifiers."""

    __tablename__ = "standing_item"
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    #: Negative places come first on the agenda, positive ones last; nearest zero is nearest the matters.
    place: Mapped[int]
    kind: Mapped[ItemKind] = mapped_column(choice(ItemKind, "item_kind"))
    heading: Mapped[str] = mapped_column(String(300))
    background: Mapped[str] = mapped_column(Text, default="")
    proposal: Mapped[str] = mapped_column(Text, default="")
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    body: Mapped[Body] = relationship()

    @property
    def is_last(self) -> bool:
        """Whether it comes after the meeting's own items."""
        return self.place > 0


class MeetingAttachment(OfAssociation, Base):
    """An attachment (bilaga) of a meeting, with one number through notice and minutes.

    The number is given when it is told: by the notice, in the order of the agenda, or else when the numbers of the §§
    are fixed. What comes later gets the next one. It never changes and is never given anew.
    """

    __tablename__ = "meeting_attachment"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        CheckConstraint("number IS NULL OR number > 0", name="numbered_from_one"),
    )
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    #: None for what was added to a § that is on no agenda.
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    position: Mapped[int]
    #: None: not told to anybody yet, so that the order may still change.
    number: Mapped[int | None]
    title: Mapped[str] = mapped_column(String(200))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    #: Taken away again; the number stays taken.
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    document: Mapped[Document] = relationship()


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


class NoticeOpened(OfAssociation, Base):
    """Somebody who was called has opened the notice. Rows are only added."""

    __tablename__ = "notice_opened"
    __table_args__ = (UniqueConstraint("notice_id", "person_id"),)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice_of_meeting.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    person: Mapped[Person] = relationship()


class Excuse(OfAssociation, Base):
    """A member or substitute who has told that he or she cannot come (anmält förhinder)."""

    __tablename__ = "excuse"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(String(300), default="")
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str] = mapped_column(String(200))
    person: Mapped[Person] = relationship()


class Presence(OfAssociation, Base):
    """A person in the room from a moment to a moment. A substitute who serves names the seat served for.

    Where it is known by the § and not only by the clock, the § decides: ``from_item_id`` is the first § and
    ``until_item_id`` the last one that the person takes part in. The §§ belong to a room above, so only the id is known
    here.
    """

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
    from_item_id: Mapped[int | None] = mapped_column(ForeignKey("minute_item.id"))
    until_item_id: Mapped[int | None] = mapped_column(ForeignKey("minute_item.id"))
    #: False: only the § is known, and the moment was reckoned from it; then the clock is not printed.
    from_timed: Mapped[bool] = mapped_column(default=True)
    until_timed: Mapped[bool] = mapped_column(default=True)
    #: Takes part by sound and picture (lag 2003:1210 19 a §).
    by_distance: Mapped[bool] = mapped_column(default=False)
    person: Mapped[Person] = relationship()
    mandate: Mapped[Mandate | None] = relationship(foreign_keys=[mandate_id])
    serves_for: Mapped[Mandate | None] = relationship(foreign_keys=[serves_for_id])
