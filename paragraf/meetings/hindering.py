"""Why a meeting can no longer be called off: rooms above this one know, and say so here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken
from paragraf.meetings.models import Meeting

#: What hinders that the meeting is called off, or None.
Hindrance = Callable[[Session, Meeting], RuleBroken | None]
_asked: list[Hindrance] = []


def hindered_by(hindrances: Sequence[Hindrance]) -> None:
    """Let these be asked before a meeting is called off (paragraf.chain)."""
    _asked[:] = hindrances


def must_be_free(session: Session, meeting: Meeting) -> None:
    """Raises RuleBroken where some room says that the meeting has been held."""
    for hindrance in _asked:
        found = hindrance(session, meeting)
        if found is not None:
            raise found
