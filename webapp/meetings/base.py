"""What the meeting pages share: the blueprint, and the meeting of an address."""

from __future__ import annotations

from flask import Blueprint, g

from paragraf.meetings import queries
from paragraf.meetings.models import Meeting

blueprint = Blueprint("meetings", __name__, url_prefix="/<slug>/moten")


def meeting_at(meeting_id: int) -> Meeting:
    """The association's own meeting; raises NotThere."""
    return queries.meeting(g.session, g.association.id, meeting_id)
