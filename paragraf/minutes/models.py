"""Rows of the minutes room."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from paragraf.core.database import Base, Json, OfAssociation, UtcDateTime, choice
from paragraf.core.number_series import NumberAllocation
from paragraf.meetings.models import AgendaItem, Meeting, MeetingAttachment
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
    STATEMENT = "statement"
    DELEGATE = "delegate"
    CORRECT = "correct"
    CANCEL_MEETING = "cancel_meeting"
    OTHER = "other"


class Minutes(OfAssociation, Base):
    """The minutes of one meeting. Draft, fixed, sent, verified: computed from which moments are set."""

    __tablename__ = "minutes"
    __table_args__ = (
        CheckConstraint("document_id IS NULL OR fixed_at IS NOT NULL", name="fixed_before_sent"),
        CheckConstraint("verified_at IS NULL OR document_id IS NOT NULL", name="sent_before_verified"),
        CheckConstraint("imported_at IS NULL OR verified_at IS NOT NULL", name="imported_is_verified"),
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
    #: Minutes that were written elsewhere and taken in as they were; they count as verified.
    imported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Why the numbers were taken ahead of an earlier meeting's, where they were; printed in the minutes.
    overtaking_reason: Mapped[str | None] = mapped_column(String(300))
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
    #: Taken out of the minutes. A § that had its number by then is printed as void, with the ledger's reason.
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: When the meeting took the § up, if it was noted; who took part in it is computed from this (KL 5:66).
    begun_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Who led the meeting in the § where it follows neither from who was there nor from whom the minutes name.
    led_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: The § was verified at once, apart from the others.
    immediate_id: Mapped[int | None] = mapped_column(ForeignKey("immediate_verification.id"), index=True)
    #: Which freezing of its decisions holds; 0 before the first one. Raised when reopened minutes are fixed again.
    edition: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[Minutes] = relationship(back_populates="items")
    agenda_item: Mapped[AgendaItem | None] = relationship()
    matter: Mapped[Matter | None] = relationship()
    allocation: Mapped[NumberAllocation | None] = relationship()
    immediate: Mapped[ImmediateVerification | None] = relationship()
    led_by: Mapped[Person | None] = relationship()
    recusals: Mapped[list[Recusal]] = relationship(order_by="Recusal.id")
    basis: Mapped[ItemBasis | None] = relationship(back_populates="minute_item")
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
    #: Motions, the order of propositions, votes, reservations and notes: what minutes.proceedings reads.
    proceedings: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by: Mapped[str] = mapped_column(String(200))


class MinuteItemAttachment(OfAssociation, Base):
    """An attachment (bilaga) that a § has, of those that the meeting has."""

    __tablename__ = "minute_item_attachment"
    __table_args__ = (UniqueConstraint("minute_item_id", "attachment_id"),)
    minute_item_id: Mapped[int] = mapped_column(ForeignKey("minute_item.id"), index=True)
    position: Mapped[int]
    attachment_id: Mapped[int] = mapped_column(ForeignKey("meeting_attachment.id"))
    attachment: Mapped[MeetingAttachment] = relationship()


class RecusalGround(StrEnum):
    """Why somebody is disqualified (jäv, KL 6:28)."""

    #: The matter concerns the person or a close relative.
    OWN_INTEREST = "own_interest"
    #: Represents somebody whom the matter concerns, or whom its outcome benefits or harms.
    REPRESENTATIVE = "representative"
    #: Has been agent or assistant in the matter for somebody else, for pay.
    AGENT = "agent"
    #: The matter is supervision of what the person's own body or office does.
    SUPERVISION = "supervision"
    #: Some other circumstance that may shake trust in the person's impartiality.
    OTHER = "other"


class Recusal(OfAssociation, Base):
    """Somebody disqualified in one §, who is not in the room (KL 6:28–30), and who serves in that seat meanwhile."""

    __tablename__ = "recusal"
    __table_args__ = (UniqueConstraint("minute_item_id", "person_id"),)
    minute_item_id: Mapped[int] = mapped_column(ForeignKey("minute_item.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ground: Mapped[RecusalGround] = mapped_column(choice(RecusalGround, "recusal_ground"))
    note: Mapped[str] = mapped_column(String(500), default="")
    #: The substitute called to serve in the seat for this § only.
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str] = mapped_column(String(200))
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    substitute: Mapped[Person | None] = relationship(foreign_keys=[substitute_id])


class ImmediateVerification(OfAssociation, Base):
    """One or more §§ verified at once (omedelbar justering), with document, signatures and notice of their own."""

    __tablename__ = "immediate_verification"
    __table_args__ = (
        CheckConstraint("document_id IS NULL OR fixed_at IS NOT NULL", name="fixed_before_sent"),
        CheckConstraint("verified_at IS NULL OR document_id IS NOT NULL", name="sent_before_verified"),
    )
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"), index=True)
    fixed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Who took part in each § by its id, as the document says: what is noted later must not contradict it.
    took_part: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    minutes: Mapped[Minutes] = relationship()
    document: Mapped[Document | None] = relationship()
    items: Mapped[list[MinuteItem]] = relationship(order_by="MinuteItem.position", viewonly=True)


class ItemBasis(OfAssociation, Base):
    """What a decision rests on: the association's needs analysis, or the reason why not.

    The operating plan asks that so many of the substantive decisions are tied to the needs analysis, and that the rest
    say why (agreement, contract).
    """

    __tablename__ = "item_basis"
    minute_item_id: Mapped[int] = mapped_column(ForeignKey("minute_item.id"), unique=True)
    #: Whether the § counts at all: elections, approvals of agendas and the like do not.
    is_substantive: Mapped[bool]
    #: The matter of the needs analysis that it rests on.
    needs_analysis_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"))
    #: Why it rests on none.
    reason: Mapped[str] = mapped_column(String(500), default="")
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str] = mapped_column(String(200))
    minute_item: Mapped[MinuteItem] = relationship(back_populates="basis")
    needs_analysis: Mapped[Matter | None] = relationship()


class StandardPhrase(OfAssociation, Base):
    """Words that the secretary writes again and again, by a name to find them by."""

    __tablename__ = "standard_phrase"
    name: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    position: Mapped[int]
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Correction(OfAssociation, Base):
    """A verified § that a later § corrects: the new act stands beside the old one, which is not edited."""

    __tablename__ = "correction"
    __table_args__ = (UniqueConstraint("corrected_id", "by_id"),)
    corrected_id: Mapped[int] = mapped_column(ForeignKey("minute_item.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("minute_item.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    corrected: Mapped[MinuteItem] = relationship(foreign_keys=[corrected_id])
    by: Mapped[MinuteItem] = relationship(foreign_keys=[by_id])


class Decision(OfAssociation, Base):
    """One att-clause as it was when the numbers were fixed. The database refuses to change it.

    Those hold whose edition is the §'s own: reopened minutes that are fixed again freeze theirs anew.
    """

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("minute_item_id", "edition", "position"),)
    minute_item_id: Mapped[int] = mapped_column(ForeignKey("minute_item.id"), index=True)
    edition: Mapped[int] = mapped_column(default=1)
    position: Mapped[int]
    verb: Mapped[Verb] = mapped_column(choice(Verb, "verb"))
    text: Mapped[str] = mapped_column(Text)
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    minute_item: Mapped[MinuteItem] = relationship()


class Notice(OfAssociation, Base):
    """The announcement (anslag) that minutes are verified (KL 8:12)."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("immediate_id"),
        Index(
            "uq_notice_one_for_the_minutes",
            "minutes_id",
            unique=True,
            sqlite_where=text("immediate_id IS NULL"),
            postgresql_where=text("immediate_id IS NULL"),
        ),
    )
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"), index=True)
    #: None: it announces the minutes. Otherwise only the §§ that were verified at once.
    immediate_id: Mapped[int | None] = mapped_column(ForeignKey("immediate_verification.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[Minutes] = relationship()
    immediate: Mapped[ImmediateVerification | None] = relationship()
    postings: Mapped[list[NoticePosting]] = relationship(order_by="NoticePosting.id")


class NoticePosting(OfAssociation, Base):
    """A notice on one board. Without ``posted_on`` it is not up there yet."""

    __tablename__ = "notice_posting"
    __table_args__ = (
        UniqueConstraint("notice_id", "board_id", "attempt"),
        CheckConstraint("taken_down_on IS NULL OR taken_down_on >= posted_on", name="down_after_up"),
        CheckConstraint("refused_on IS NULL OR posted_on IS NULL", name="refused_or_posted"),
        CheckConstraint("(refused_on IS NULL) = (refuse_reason IS NULL)", name="refused_with_reason"),
    )
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("notice_board.id"))
    #: 1 first; the next one when the board took it down too early or refused it, and the notice goes up anew.
    attempt: Mapped[int] = mapped_column(default=1)
    refused_on: Mapped[date | None]
    refuse_reason: Mapped[str | None] = mapped_column(String(300))
    posted_on: Mapped[date | None]
    taken_down_on: Mapped[date | None]
    recorded_by: Mapped[str] = mapped_column(String(200), default="")
    board: Mapped[NoticeBoard] = relationship()


class CertifiedExtract(OfAssociation, Base):
    """An extract of one or more §§ that was certified, byte for byte. Rows are only added."""

    __tablename__ = "certified_extract"
    __table_args__ = (UniqueConstraint("minutes_id", "version"),)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"), index=True)
    #: Running number among the extracts of the minutes, 1 first.
    version: Mapped[int]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    certified_at: Mapped[datetime] = mapped_column(UtcDateTime)
    certified_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    document: Mapped[Document] = relationship()
    certified_by: Mapped[Person] = relationship()
    minutes: Mapped[Minutes] = relationship()
    items: Mapped[list[ExtractItem]] = relationship(order_by="ExtractItem.position")
    recipients: Mapped[list[ExtractRecipient]] = relationship(order_by="ExtractRecipient.id")


class ExtractItem(OfAssociation, Base):
    """A § of a certified extract. Rows are only added."""

    __tablename__ = "extract_item"
    __table_args__ = (UniqueConstraint("extract_id", "minute_item_id"),)
    extract_id: Mapped[int] = mapped_column(ForeignKey("certified_extract.id"), index=True)
    minute_item_id: Mapped[int] = mapped_column(ForeignKey("minute_item.id"), index=True)
    position: Mapped[int]
    minute_item: Mapped[MinuteItem] = relationship()


class ExtractRecipient(OfAssociation, Base):
    """To whom a certified extract was sent. Rows are only added."""

    __tablename__ = "extract_recipient"
    __table_args__ = (UniqueConstraint("extract_id", "email"),)
    extract_id: Mapped[int] = mapped_column(ForeignKey("certified_extract.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_by: Mapped[str] = mapped_column(String(200))


class PublicRendition(OfAssociation, Base):
    """Minutes as they are shown to everyone: a document of its own, with personal data screened away by choice."""

    __tablename__ = "public_rendition"
    __table_args__ = (
        CheckConstraint("withdrawn_at IS NULL OR published_at IS NOT NULL", name="published_before_withdrawn"),
    )
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"), index=True)
    immediate_id: Mapped[int | None] = mapped_column(ForeignKey("immediate_verification.id"))
    #: What is screened: a list of {"item_id", "words", "reason"}; without words the whole §.
    screenings: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(200))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdraw_reason: Mapped[str] = mapped_column(String(300), default="")
    #: It leaves the web with its notice.
    withdraw_with_notice: Mapped[bool] = mapped_column(default=True)
    document: Mapped[Document] = relationship()
    minutes: Mapped[Minutes] = relationship()
    immediate: Mapped[ImmediateVerification | None] = relationship()
