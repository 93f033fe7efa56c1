"""The number ledger: register numbers and §§ come from here and from nowhere else (law 3).

A number is taken in the transaction that uses it. The series' row is locked by the UPDATE that raises it, so two
takers queue; if the transaction fails, the number was never taken. Behind stands a unique constraint.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from paragraf.core.database import Base, OfAssociation, UtcDateTime
from paragraf.core.errors import RuleBroken


class Subject(StrEnum):
    """What a number was taken for."""

    MATTER = "matter"
    MINUTE_ITEM = "minute_item"
    DELEGATED_DECISION = "delegated_decision"


class NumberSeries(OfAssociation, Base):
    """A run of numbers, such as the §§ of one body or one year's register numbers."""

    __tablename__ = "number_series"
    __table_args__ = (
        UniqueConstraint("association_id", "key", "period"),
        CheckConstraint("next_number >= 1", name="next_number_positive"),
    )
    key: Mapped[str] = mapped_column(String(60))
    #: "" for a continuous series, "2026" for one that starts anew each year.
    period: Mapped[str] = mapped_column(String(10), default="")
    next_number: Mapped[int] = mapped_column(default=1)


class NumberAllocation(OfAssociation, Base):
    """One number taken: for what, when, by whom; and why, if it was made void. Rows are only added."""

    __tablename__ = "number_allocation"
    __table_args__ = (
        UniqueConstraint("series_id", "number"),
        CheckConstraint("(voided_at IS NULL) = (void_reason IS NULL)", name="void_has_reason"),
    )
    series_id: Mapped[int] = mapped_column(ForeignKey("number_series.id"))
    number: Mapped[int]
    subject: Mapped[str] = mapped_column(String(40))
    allocated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    allocated_by: Mapped[str] = mapped_column(String(120))
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    void_reason: Mapped[str | None] = mapped_column(String(400))


def open_series(session: Session, association_id: int, key: str, *, period: str = "", first: int = 1) -> NumberSeries:
    """Start a series whose first number is ``first``; raises RuleBroken if it is there already."""
    if find_series(session, association_id, key, period) is not None:
        raise RuleBroken("Nummerserien %(key)s finns redan.", key=key)
    series = NumberSeries(association_id=association_id, key=key, period=period, next_number=first)
    session.add(series)
    session.flush()
    return series


def find_series(session: Session, association_id: int, key: str, period: str = "") -> NumberSeries | None:
    """The series, or None."""
    return session.scalar(
        select(NumberSeries).where(
            NumberSeries.association_id == association_id, NumberSeries.key == key, NumberSeries.period == period
        )
    )


def next_number(session: Session, association_id: int, key: str, period: str = "") -> int:
    """The number that would be taken next: provisional, since someone else may take it first."""
    series = find_series(session, association_id, key, period)
    return series.next_number if series else 1


def allocate(
    session: Session, association_id: int, key: str, subject: Subject, *, now: datetime, by: str, period: str = ""
) -> NumberAllocation:
    """Take the next number of the series in the caller's transaction.

    A yearly period is opened at 1 when its first number is asked for. Raises RuleBroken for a continuous series that
    does not exist, since its start value is the association's to decide.
    """
    taken = _raise_series(session, association_id, key, period)
    if taken is None:
        if not period:
            raise RuleBroken("Nummerserien %(key)s är inte öppnad. Ange dess första nummer först.", key=key)
        _open_period(session, association_id, key, period)
        taken = _raise_series(session, association_id, key, period)
        assert taken is not None
    series_id, number = taken
    allocation = NumberAllocation(
        association_id=association_id,
        series_id=series_id,
        number=number,
        subject=subject.value,
        allocated_at=now,
        allocated_by=by,
    )
    session.add(allocation)
    session.flush()
    return allocation


def make_void(allocation: NumberAllocation, reason: str, *, now: datetime) -> None:
    """Say why a number is not used. The number stays taken for ever."""
    if not reason.strip():
        raise RuleBroken("Skriv varför numret utgår.", field="reason")
    if allocation.voided_at is not None:
        raise RuleBroken("Numret %(number)s har redan utgått.", number=allocation.number)
    allocation.voided_at = now
    allocation.void_reason = reason.strip()


def _raise_series(session: Session, association_id: int, key: str, period: str) -> tuple[int, int] | None:
    # One statement both locks the row and reads the number: a SELECT first would let two takers see the same value.
    row = session.execute(
        update(NumberSeries)
        .where(NumberSeries.association_id == association_id, NumberSeries.key == key, NumberSeries.period == period)
        .values(next_number=NumberSeries.next_number + 1)
        .returning(NumberSeries.id, NumberSeries.next_number - 1)
        .execution_options(synchronize_session=False)
    ).first()
    return (row[0], row[1]) if row else None


def _open_period(session: Session, association_id: int, key: str, period: str) -> None:
    # ON CONFLICT DO NOTHING: at the turn of the year two requests may open the new period at the same moment.
    if session.get_bind().dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert
    else:
        from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]
    session.execute(
        insert(NumberSeries)
        .values(association_id=association_id, key=key, period=period, next_number=1)
        .on_conflict_do_nothing()
    )
