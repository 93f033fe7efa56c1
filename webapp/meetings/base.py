"""What the meeting pages share: the blueprint, the meeting of an address, and refusals of what a button does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, flash, g

from paragraf.core.errors import NotThere, RuleBroken
from paragraf.meetings import queries
from paragraf.meetings.models import Meeting
from webapp.edge import undo
from webapp.language import told

blueprint = Blueprint("meetings", __name__, url_prefix="/<slug>/moten")


def meeting_at(meeting_id: int) -> Meeting:
    """The association's own meeting; raises NotThere."""
    return queries.meeting(g.session, g.association.id, meeting_id)


@contextmanager
def refusals_told() -> Iterator[None]:
    """For buttons without a form: a rule that refuses is told on the page that comes after, and nothing is changed."""
    try:
        yield
    except NotThere:
        raise
    except RuleBroken as broken:
        undo()
        flash(told(broken), "error")
