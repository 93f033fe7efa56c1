"""The number series of a body's §§, before and between its numbers: opened, shared, its start raised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken
from paragraf.core.number_series import NumberAllocation, NumberSeries, find_series, open_series
from paragraf.people import queries
from paragraf.people.acts import lock, record
from paragraf.people.models import Body, BodyKind


@dataclass(frozen=True)
class SeriesNow:
    """Where a body's continuous series stands."""

    #: None: it is not opened, so that no § can be fixed.
    next_number: int | None
    #: Whether a number has been taken, so that the start can be changed no more.
    begun: bool
    shared_with: tuple[str, ...]


def series_now(session: Session, body: Body) -> SeriesNow:
    """Where the body's continuous series stands now; the next number is provisional."""
    series = find_series(session, body.association_id, body.series_key)
    names = tuple(other.name for other in queries.sharing(session, body))
    if series is None:
        return SeriesNow(None, False, names)
    taken = session.scalar(select(NumberAllocation.id).where(NumberAllocation.series_id == series.id).limit(1))
    return SeriesNow(series.next_number, taken is not None, names)


def free_key(session: Session, association_id: int, kind: BodyKind) -> str:
    """A key that no series of the association has: the body's kind, with a number from the second on."""
    taken = set(session.scalars(select(Body.series_key).where(Body.association_id == association_id)))
    taken |= set(session.scalars(select(NumberSeries.key).where(NumberSeries.association_id == association_id)))
    names = (kind.value if number == 1 else f"{kind.value}_{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def set_start(session: Session, body: Body, *, first: int, now: datetime, actor: str) -> None:
    """Let the body's continuous series begin with ``first``; it is opened if need be.

    Raises RuleBroken when a number has been taken, and for a start that is lower than the one it has: numbers that
    minutes elsewhere may have had are never given anew (law 3).
    """
    lock(session, body)
    if first < 1:
        raise RuleBroken("Ange det första numret, minst 1.", field="first")
    series = find_series(session, body.association_id, body.series_key)
    if series is None:
        open_series(session, body.association_id, body.series_key, first=first)
    else:
        _raise(session, series, first)
    record(session, "set_first_number", body, now=now, actor=actor, number=first)


def _raise(session: Session, series: NumberSeries, first: int) -> None:
    begun = select(NumberAllocation.id).where(NumberAllocation.series_id == series.id).exists()
    # One statement: whoever fixes a § meanwhile has taken the row, and then this changes nothing.
    raised = session.execute(
        update(NumberSeries)
        .where(NumberSeries.id == series.id, NumberSeries.next_number <= first, ~begun)
        .values(next_number=first)
        .returning(NumberSeries.id)
        .execution_options(synchronize_session=False)
    ).first()
    session.refresh(series)
    if raised is not None:
        return
    if series.next_number > first:
        raise RuleBroken(
            "Serien står på %(next)s. Den kan höjas men aldrig sänkas, så att inget nummer används två gånger.",
            field="first",
            next=series.next_number,
        )
    raise RuleBroken("Serien har börjat användas. Då kan det första numret inte ändras.", field="first")
