"""Rows of the templates room. Versions, switches and logos are facts: only added, and which is in use is computed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from paragraf.core.database import Base, OfAssociation, UtcDateTime
from paragraf.core.leases import AwaitsWork


class TemplateVersion(OfAssociation, Base):
    """A Word template that the association has uploaded and that passed the check. The shipped one is never stored."""

    __tablename__ = "template_version"
    __table_args__ = (
        UniqueConstraint("association_id", "kind", "number"),
        CheckConstraint("number > 0 AND size > 0", name="real"),
    )
    #: A kind of document, see document_templates.KINDS.
    kind: Mapped[str] = mapped_column(String(40))
    #: Running number within the association's kind; 0 is what pages call the shipped one.
    number: Mapped[int]
    filename: Mapped[str] = mapped_column(String(200))
    #: Bytes.
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    #: Deferred: lists of versions must not drag the files along.
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    #: What the one who uploaded it wanted to remember.
    remark: Mapped[str] = mapped_column(String(300), default="")
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    uploaded_by: Mapped[str] = mapped_column(String(200))


class TemplateSwitch(OfAssociation, Base):
    """From a moment on, documents of a kind are made from a version; None for the shipped one. The newest counts."""

    __tablename__ = "template_switch"
    kind: Mapped[str] = mapped_column(String(40))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("template_version.id"))
    used_from: Mapped[datetime] = mapped_column(UtcDateTime)
    switched_by: Mapped[str] = mapped_column(String(200))
    version: Mapped[TemplateVersion | None] = relationship()


class AssociationLogo(OfAssociation, Base):
    """The association's logo from a moment on, or, without content, that it has none. The newest counts."""

    __tablename__ = "association_logo"
    __table_args__ = (CheckConstraint("(content IS NULL) = (sha256 = '')", name="whole_or_removed"),)
    #: Deferred: pages that only tell of the logo must not drag it along.
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    sha256: Mapped[str] = mapped_column(String(64), default="")
    media_type: Mapped[str] = mapped_column(String(100), default="")
    width_px: Mapped[int] = mapped_column(default=0)
    height_px: Mapped[int] = mapped_column(default=0)
    #: What the picture says, for those who do not see it.
    alt: Mapped[str] = mapped_column(String(200), default="")
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    uploaded_by: Mapped[str] = mapped_column(String(200))


class TemplatePreview(AwaitsWork, Base):
    """A template filled with demonstration data: Word at once, PDF and pictures when the scheduler has made them.

    Known by what the Word file is, so that the same template with the same logo is drawn once. No fact: old ones go.
    """

    __tablename__ = "template_preview"
    __table_args__ = (UniqueConstraint("association_id", "word_sha256"),)
    kind: Mapped[str] = mapped_column(String(40))
    word_sha256: Mapped[str] = mapped_column(String(64))
    word: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    pdf: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    page_count: Mapped[int] = mapped_column(default=0)
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class TemplatePreviewPage(OfAssociation, Base):
    """One page of a preview as a PNG picture; the first is number 1."""

    __tablename__ = "template_preview_page"
    __table_args__ = (UniqueConstraint("preview_id", "number"),)
    preview_id: Mapped[int] = mapped_column(ForeignKey("template_preview.id", ondelete="CASCADE"))
    number: Mapped[int]
    picture: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
