"""Meetings: their list, their agenda, their notice and their attendance."""

from webapp.meetings import agenda, attendance, notice, planning  # noqa: F401 - they hang their pages on the blueprint
from webapp.meetings.base import blueprint

__all__ = ["blueprint"]
