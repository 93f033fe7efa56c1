"""Rows of the post room: the outbox."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from paragraf.core.database import Base, OfAssociation, UtcDateTime
from paragraf.core.leases import AwaitsWork


class Letter(AwaitsWork, Base):
    """One mail to one address."""

    __tablename__ = "letter"
    __table_args__ = (UniqueConstraint("association_id", "key"), UniqueConstraint("message_id"))
    #: What it is about, such as "sign_in" or "minutes_to_sign".
    kind: Mapped[str] = mapped_column(String(60))
    #: Makes queueing idempotent: the same key never gives a second letter.
    key: Mapped[str] = mapped_column(String(120))
    #: Stable, so that a mail sent twice after a crash is seen as one by the recipient's program.
    message_id: Mapped[str] = mapped_column(String(200))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"), index=True)
    to_name: Mapped[str] = mapped_column(String(200))
    to_address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    #: True for letters with a code or a sign-in link: the body is blanked once it has gone out.
    secret: Mapped[bool] = mapped_column(default=False)
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attachments: Mapped[list[LetterAttachment]] = relationship(order_by="LetterAttachment.id")


class LetterAttachment(OfAssociation, Base):
    """A file that goes with a letter: bytes of its own (a calendar invitation) or a document of the register."""

    __tablename__ = "letter_attachment"
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    filename: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
