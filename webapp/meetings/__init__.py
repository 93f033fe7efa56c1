"""Meetings: their list, their agenda, their notice and their attendance."""

# They hang their pages on the blueprint.
from webapp.meetings import (  # noqa: F401
    agenda,
    attachments,
    attendance,
    carrying,
    drawing_in,
    notice,
    planning,
    showing,
    standing,
    year,
)
from webapp.meetings.base import blueprint

__all__ = ["blueprint"]
