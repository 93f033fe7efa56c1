"""Meetings: their list, their agenda, their notice and their attendance."""

from webapp.meetings import (  # noqa: F401 - they hang their pages on the blueprint
    agenda,
    attendance,
    attendance_items,
    carrying,
    excuses,
    notice,
    planning,
    year,
)
from webapp.meetings.base import blueprint

__all__ = ["blueprint"]
