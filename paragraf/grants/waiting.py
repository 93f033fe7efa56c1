"""What waits for the office: claims to answer or to pay, reports to read."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from paragraf.applications.models import Application
from paragraf.grants.models import DrawdownClaim, Grant, GrantReport


def claims_waiting(session: Session, association_id: int) -> Sequence[DrawdownClaim]:
    """Claims that are neither refused nor paid, the oldest first, with their grants and matters."""
    wanted = select(DrawdownClaim).where(
        DrawdownClaim.association_id == association_id,
        DrawdownClaim.refused_at.is_(None),
        DrawdownClaim.paid_on.is_(None),
    )
    loaded = wanted.options(
        joinedload(DrawdownClaim.grant).joinedload(Grant.application).joinedload(Application.matter)
    )
    return session.scalars(loaded.order_by(DrawdownClaim.claimed_at, DrawdownClaim.id)).all()


def reports_waiting(session: Session, association_id: int) -> Sequence[GrantReport]:
    """Reports that have come in and are not accepted, by the day they were due, with their grants and matters."""
    wanted = (
        select(GrantReport)
        .join(Application, Application.id == GrantReport.application_id)
        .where(
            GrantReport.association_id == association_id,
            Application.submitted_at.is_not(None),
            GrantReport.accepted_at.is_(None),
            GrantReport.cancelled_at.is_(None),
        )
    )
    of_grant = joinedload(GrantReport.grant).joinedload(Grant.application).joinedload(Application.matter)
    loaded = wanted.options(of_grant)
    return session.scalars(loaded.order_by(GrantReport.due_on, GrantReport.id)).all()
