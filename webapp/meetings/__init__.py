"""Meetings: their list, their agenda, their notice and their attendance."""

# They hang their pages on the blueprint.
from webapp.meetings import agenda, attendance, carrying, notice, planning, year  # noqa: F401
from webapp.meetings.base import blueprint

__all__ = ["blueprint"]
