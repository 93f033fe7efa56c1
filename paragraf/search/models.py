"""Rows of the search room."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Dialect, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from paragraf.core.database import Base, OfAssociation, UtcDateTime, choice


class EntryKind(StrEnum):
    """What is found."""

    ITEM = "item"
    DECISION = "decision"
    ATTACHMENT = "attachment"


class Terms(TypeDecorator[str]):
    """The stems of an entry: a tsvector in PostgreSQL, text that FTS5 reads in SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name != "postgresql":
            return super().load_dialect_impl(dialect)
        from sqlalchemy.dialects.postgresql import TSVECTOR

        return dialect.type_descriptor(TSVECTOR())


class SearchEntry(OfAssociation, Base):
    """Something that can be found: a §, one of its decisions, or an attachment.

    The id begins with the day (``queries.first_id_of``), so that the newest are first by the key alone, however late
    older minutes were taken in.
    """

    __tablename__ = "search_entry"
    __table_args__ = (UniqueConstraint("kind", "subject_id"),)
    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)
    kind: Mapped[EntryKind] = mapped_column(choice(EntryKind, "entry_kind"))
    #: The row of that kind: minute_item, decision or minute_item_attachment.
    subject_id: Mapped[int]
    meeting_id: Mapped[int]
    #: The § in whose minutes it stands.
    item_id: Mapped[int] = mapped_column(index=True)
    body_id: Mapped[int]
    day: Mapped[date]
    #: As it prints: "§ 626", "Bilaga 2 till § 626".
    label: Mapped[str] = mapped_column(String(80))
    heading: Mapped[str] = mapped_column(String(300))
    #: What it says, to show around what was found.
    text: Mapped[str] = deferred(mapped_column(Text, nullable=False))
    terms: Mapped[str | None] = deferred(mapped_column(Terms()))
    indexed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: The document whose text has yet to be read into the entry.
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SearchAmount(OfAssociation, Base):
    """An amount that an entry tells of, in öre."""

    __tablename__ = "search_amount"
    __table_args__ = (Index("ix_search_amount_association_id_ore", "association_id", "ore"),)
    entry_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), ForeignKey("search_entry.id", ondelete="CASCADE"), index=True
    )
    ore: Mapped[int] = mapped_column(BigInteger)
