"""What pages and agendas read about delegation. Every question starts from an association (law 11)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from paragraf.core.errors import NotThere
from paragraf.delegation.models import DelegatedDecision, DelegationPoint
from paragraf.people.models import Body


def points(session: Session, association_id: int) -> Sequence[DelegationPoint]:
    """All points of the association's orders, ended ones too, by body, number and day."""
    wanted = select(DelegationPoint).where(DelegationPoint.association_id == association_id)
    found = session.scalars(wanted.options(joinedload(DelegationPoint.body))).all()
    return sorted(found, key=lambda one: (one.body_id, _in_order(one.number), one.valid_from))


def point(session: Session, association_id: int, point_id: int) -> DelegationPoint:
    """The association's own point; raises NotThere."""
    found = session.scalar(
        select(DelegationPoint).where(DelegationPoint.association_id == association_id, DelegationPoint.id == point_id)
    )
    if found is None:
        raise NotThere("Punkten finns inte i delegationsordningen.")
    return found


def decisions(session: Session, association_id: int, *, year: int | None = None) -> list[DelegatedDecision]:
    """Decisions made by delegation, the latest first."""
    wanted = _loaded(association_id)
    if year is not None:
        wanted = wanted.where(DelegatedDecision.year == year)
    return list(session.scalars(wanted.order_by(DelegatedDecision.year.desc(), DelegatedDecision.number.desc())))


def decisions_of(session: Session, body: Body) -> list[DelegatedDecision]:
    """Decisions made for the body, by number: what it is to be told of."""
    wanted = _loaded(body.association_id).join(DelegatedDecision.point).where(DelegationPoint.body_id == body.id)
    return list(session.scalars(wanted.order_by(DelegatedDecision.year, DelegatedDecision.number)))


def decision(session: Session, association_id: int, decision_id: int) -> DelegatedDecision:
    """The association's own decision; raises NotThere."""
    found = session.scalar(_loaded(association_id).where(DelegatedDecision.id == decision_id))
    if found is None:
        raise NotThere("Delegationsbeslutet finns inte.")
    return found


def _loaded(association_id: int) -> Select[DelegatedDecision]:
    return (
        select(DelegatedDecision)
        .where(DelegatedDecision.association_id == association_id)
        .options(
            joinedload(DelegatedDecision.point).joinedload(DelegationPoint.body),
            joinedload(DelegatedDecision.decided_by),
            joinedload(DelegatedDecision.matter),
            joinedload(DelegatedDecision.document),
        )
    )


def _in_order(number: str) -> tuple[tuple[int, int, str], ...]:
    """``3.10`` after ``3.9``, whatever letters stand among the figures."""
    parts = number.replace(" ", ".").split(".")
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
