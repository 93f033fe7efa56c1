"""What was handed in, apart from what is being written in a completion that has not come in yet.

The office and the board read only what was handed in: an answer half written is its writer's own.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from paragraf.applications.filled import Filled, filled
from paragraf.applications.models import Application, Completion


def handed_in_version(session: Session, application: Application) -> int:
    """The version that came in: at submission, or with the newest completion that was answered.

    When no completion is open the newest version is that one, since an ended completion leaves nothing half written.
    """
    wanted = select(Completion).where(Completion.application_id == application.id, *OPEN)
    found = session.scalar(wanted)
    return application.version if found is None else found.base_version


def received(session: Session, application: Application, today: date) -> Filled:
    """The application as it was last handed in; a draft as it stands."""
    return filled(session, application, today, version=handed_in_version(session, application))


def open_completion(session: Session, application: Application) -> Completion | None:
    """The completion that is asked for and has neither come in nor been taken back."""
    return session.scalar(select(Completion).where(Completion.application_id == application.id, *OPEN))


def completions(session: Session, application: Application) -> list[Completion]:
    """Everything that has been asked for, the latest first."""
    wanted = select(Completion).where(Completion.application_id == application.id)
    return list(session.scalars(wanted.order_by(Completion.id.desc())))


def answered_count(session: Session, application: Application) -> int:
    """How many completions have come in."""
    wanted = select(func.count(Completion.id)).where(
        Completion.application_id == application.id, Completion.answered_at.is_not(None)
    )
    return session.scalar(wanted) or 0


OPEN = (Completion.answered_at.is_(None), Completion.withdrawn_at.is_(None))
