"""What a withdrawn application means for agendas; ``paragraf.chain`` says that it follows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.applications.models import Application
from paragraf.core.errors import RuleBroken
from paragraf.grants import queries as grants
from paragraf.meetings.models import AgendaItem, Meeting
from paragraf.meetings.operations import withdraw_item


def follow_withdrawal(session: Session, application: Application, now: datetime, actor: str) -> None:
    """Take the application off coming agendas; what a meeting has treated stays as it was.

    Raises RuleBroken when it is granted: then there is an obligation, and nothing to take back.
    """
    if grants.grants_of(session, application):
        raise RuleBroken(
            "Ansökan är beviljad och kan inte tas tillbaka. Hör av er till kansliet om insatsen inte blir av."
        )
    if application.matter_id is None:
        return
    coming = (
        select(AgendaItem)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            AgendaItem.association_id == application.association_id,
            AgendaItem.matter_id == application.matter_id,
            AgendaItem.withdrawn_at.is_(None),
            Meeting.cancelled_at.is_(None),
            # A meeting that has begun notes the withdrawal in its minutes instead.
            Meeting.starts_at > now,
        )
    )
    for item in session.scalars(coming.order_by(AgendaItem.id)).all():
        withdraw_item(session, item, now=now, actor=actor)
