"""Rows of the grants room."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from paragraf.applications.models import Application
from paragraf.core.database import Base, OfAssociation, UtcDateTime, choice


class ConditionOutcome(StrEnum):
    MET = "met"
    FAILED = "failed"


class Grant(OfAssociation, Base):
    """What a § granted an application: an amount for each year, perhaps on conditions."""

    __tablename__ = "grant"
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    #: The decision it follows from; one decision gives one grant, whatever is retried.
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), unique=True)
    decided_on: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    application: Mapped[Application] = relationship()
    years: Mapped[list[GrantYear]] = relationship(order_by="GrantYear.year")
    conditions: Mapped[list[GrantCondition]] = relationship(order_by="GrantCondition.position")


class GrantYear(OfAssociation, Base):
    """The amount granted for one year, in öre."""

    __tablename__ = "grant_year"
    __table_args__ = (
        UniqueConstraint("grant_id", "year"),
        CheckConstraint("amount_ore >= 0", name="amount_not_negative"),
    )
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    year: Mapped[int]
    amount_ore: Mapped[int] = mapped_column(BigInteger)


class GrantCondition(OfAssociation, Base):
    """A condition of a grant; nothing is paid while one is open."""

    __tablename__ = "grant_condition"
    __table_args__ = (
        UniqueConstraint("grant_id", "position"),
        CheckConstraint("(outcome IS NULL) = (settled_on IS NULL)", name="outcome_has_day"),
    )
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(1000))
    outcome: Mapped[ConditionOutcome | None] = mapped_column(choice(ConditionOutcome, "condition_outcome"))
    settled_on: Mapped[date | None]
