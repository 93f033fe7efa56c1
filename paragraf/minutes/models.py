"""Rows of the minutes room."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from paragraf.core.database import Base, Json, OfAssociation, UtcDateTime, choice
from paragraf.core.number_series import NumberAllocation
from paragraf.meetings.models import AgendaItem, Meeting
from paragraf.people.models import NoticeBoard, Person
from paragraf.register.models import Document, Matter


class Verb(StrEnum):
    """What a decision clause does; each verb demands its own facts (minutes.rules)."""

    APPROVE = "approve"
    NOTE = "note"
    GRANT = "grant"
    REJECT = "reject"
    APPOINT = "appoint"
    COMMISSION = "commission"
    REMIT_BACK = "remit_back"
    TABLE = "table"
    ADOPT = "adopt"
    ENDORSE = "endorse"
    OTHER = "other"


class Minutes(OfAssociation, Base):
    """The minutes of one meeting. Draft, fixed, sent, verified: computed from which moments are set."""

    __tablename__ = "minutes"
    __table_args__ = (
        CheckConstraint("document_id IS NULL OR fixed_at IS NOT NULL", name="fixed_before_sent"),
        CheckConstraint("verified_at IS NULL OR document_id IS NOT NULL", name="sent_before_verified"),
    )
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    chair_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    secretary_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: When the numbers were fixed.
    fixed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The Word document that was frozen when the minutes were sent out.
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    meeting: Mapped[Meeting] = relationship()
    chair: Mapped[Person] = relationship(foreign_keys=[chair_id])
    secretary: Mapped[Person] = relationship(foreign_keys=[secretary_id])
    document: Mapped[Document | None] = relationship()
    items: Mapped[list[MinuteItem]] = relationship(back_populates="minutes", order_by="MinuteItem.position")
    verifiers: Mapped[list[MinutesVerifier]] = relationship(order_by="MinutesVerifier.position")


class MinutesVerifier(OfAssociation, Base):
    """Who was elected to verify the minutes (protokolljusterare)."""

    __tablename__ = "minutes_verifier"
    __table_args__ = (UniqueConstraint("minutes_id", "person_id"),)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    position: Mapped[int] = mapped_column(default=1)
    person: Mapped[Person] = relationship()


class MinuteItem(OfAssociation, Base):
    """A § of the minutes. Its text is the newest MinuteItemText; its number comes from the ledger when fixed."""

    __tablename__ = "minute_item"
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"), index=True)
    position: Mapped[int]
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"), index=True)
    #: Version of the newest text. A save names the one it changes (law 5).
    version: Mapped[int] = mapped_column(default=0)
    allocation_id: Mapped[int | None] = mapped_column(ForeignKey("number_allocation.id"), unique=True)
    #: Taken out of the minutes before the numbers were fixed.
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    minutes: Mapped[Minutes] = relationship(back_populates="items")
    agenda_item: Mapped[AgendaItem | None] = relationship()
    matter: Mapped[Matter | None] = relationship()
    allocation: Mapped[NumberAllocation | None] = relationship()
    attachments: Mapped[list[MinuteItemAttachment]] = relationship(order_by="MinuteItemAttachment.position")


class MinuteItemText(OfAssociation, Base):
    """Every save of a §. Rows are only added."""

    __tablename__ = "minute_item_text"
    __table_args__ = (UniqueConstraint("minute_item_id", "version"),)
    minute_item_id: Mapped[int] = mapped_column(ForeignKey("minute_item.id"), index=True)
    #: None for a stale text that was set aside, so that nobody's words are lost.
    version: Mapped[int | None]
    base_version: Mapped[int]
    heading: Mapped[str] = mapped_column(String(300))
    background: Mapped[str] = mapped_column(Text)
    #: Decision clauses: a list of {"verb": …, "text": …, and the facts that the verb demands}.
    clauses: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by: Mapped[str] = mapped_column(String(200))


class MinuteItemAttachment(OfAssociation, Base):
    """An attachment (bilaga) to a §."""

    __tablename__ = "minute_item_attachment"
    minute_item_id: Mapped[int] = mapped_column(ForeignKey("minute_item.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    document: Mapped[Document] = relationship()


class Decision(OfAssociation, Base):
    """One att-clause as it was when the numbers were fixed. The database refuses to change it."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("minute_item_id", "position"),)
    minute_item_id: Mapped[int] = mapped_column(ForeignKey("minute_item.id"), index=True)
    position: Mapped[int]
    verb: Mapped[Verb] = mapped_column(choice(Verb, "verb"))
    text: Mapped[str] = mapped_column(Text)
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    minute_item: Mapped[MinuteItem] = relationship()


class Notice(OfAssociation, Base):
    """The announcement (anslag) that minutes are verified (KL 8:12)."""

    __tablename__ = "notice"
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[Minutes] = relationship()
    postings: Mapped[list[NoticePosting]] = relationship(order_by="NoticePosting.id")


class NoticePosting(OfAssociation, Base):
    """A notice on one board. Without ``posted_on`` it is not up there yet."""

    __tablename__ = "notice_posting"
    __table_args__ = (
        UniqueConstraint("notice_id", "board_id"),
        CheckConstraint("taken_down_on IS NULL OR taken_down_on > posted_on", name="down_after_up"),
    )
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("notice_board.id"))
    posted_on: Mapped[date | None]
    taken_down_on: Mapped[date | None]
    recorded_by: Mapped[str] = mapped_column(String(200), default="")
    board: Mapped[NoticeBoard] = relationship()


class CertifiedExtract(OfAssociation, Base):
    """An extract of one § that was certified, byte for byte. Rows are only added."""

    __tablename__ = "certified_extract"
    minute_item_id: Mapped[int] = mapped_column(ForeignKey("minute_item.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    certified_at: Mapped[datetime] = mapped_column(UtcDateTime)
    certified_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    document: Mapped[Document] = relationship()
    certified_by: Mapped[Person] = relationship()
