"""Rows of the questions room: forms and their frozen versions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from paragraf.core.database import Base, OfAssociation, UtcDateTime


class FormFamily(OfAssociation, Base):
    """A form that the association offers, through all its versions."""

    __tablename__ = "form_family"
    __table_args__ = (UniqueConstraint("association_id", "key"),)
    key: Mapped[str] = mapped_column(String(60))
    #: Shown to applicants while True.
    is_open: Mapped[bool] = mapped_column(default=True)


class FormVersion(OfAssociation, Base):
    """A published definition. The database refuses to change it: old applications show as they were for ever.

    A copy of a draft that the office tries out has the number 0: test applications answer it, nobody else ever does.
    """

    __tablename__ = "form_version"
    __table_args__ = (
        Index(
            "uq_form_version_number",
            "family_id",
            "number",
            unique=True,
            sqlite_where=text("number > 0"),
            postgresql_where=text("number > 0"),
        ),
    )
    family_id: Mapped[int] = mapped_column(ForeignKey("form_family.id"))
    number: Mapped[int]
    source: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Drafts on the versions before must go over to this one before they can be submitted.
    drafts_follow: Mapped[bool] = mapped_column(default=False)
    family: Mapped[FormFamily] = relationship()


class FormDraft(OfAssociation, Base):
    """A definition that the office is writing. Nobody outside sees it before it is published."""

    __tablename__ = "form_draft"
    #: The form it will be a new version of; None for a new form.
    family_id: Mapped[int | None] = mapped_column(ForeignKey("form_family.id"), index=True)
    source: Mapped[str] = mapped_column(Text)
    #: A save names the version it changes (law 5).
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by: Mapped[str] = mapped_column(String(200))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    discarded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: A text that came too late is kept as a row of its own beside the draft it was meant for (law 5).
    set_aside_of: Mapped[int | None] = mapped_column(ForeignKey("form_draft.id"), index=True)
    family: Mapped[FormFamily | None] = relationship()
