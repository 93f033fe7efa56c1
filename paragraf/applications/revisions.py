"""Revisions of answers: the one place where their rows are made. They are only added."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.applications.models import Application, ApplicationRevision


def add_revision(
    session: Session,
    application: Application,
    answers: Mapping[str, Any],
    *,
    version: int | None,
    base: int,
    now: datetime,
    by: str = "",
    form_version_id: int | None = None,
) -> None:
    """Add answers that were written on version ``base``; ``version`` is None for what came too late and is set aside.

    ``by`` is the address of who saved, empty where the program did. ``form_version_id`` is the application's own when
    not given.
    """
    session.add(
        ApplicationRevision(
            association_id=application.association_id,
            application_id=application.id,
            form_version_id=form_version_id or application.form_version_id,
            version=version,
            base_version=base,
            answers=dict(answers),
            saved_at=now,
            saved_by=by,
        )
    )


def is_set_aside(session: Session, application: Application, base: int, answers: Mapping[str, Any]) -> bool:
    """Whether just these answers are kept already: a page that asks to compare sends them a second time."""
    kept = select(ApplicationRevision.answers).where(
        ApplicationRevision.application_id == application.id,
        ApplicationRevision.version.is_(None),
        ApplicationRevision.base_version == base,
    )
    return any(one == answers for one in session.scalars(kept))
