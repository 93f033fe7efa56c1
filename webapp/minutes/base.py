"""What the minutes pages share: the blueprint, the minutes of an address, the way back to a §."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, url_for
from werkzeug.wrappers import Response

from paragraf.core.errors import NotThere, RuleBroken
from paragraf.meetings import queries as meetings
from paragraf.meetings.models import Meeting
from paragraf.minutes import queries, wording
from paragraf.minutes.models import MinuteItem, Minutes
from paragraf.minutes.proceedings_document import printed
from webapp import access
from webapp.edge import undo
from webapp.language import told

blueprint = Blueprint("minutes", __name__, url_prefix="/<slug>/moten/<int:meeting_id>/protokoll")

# What templates show of a clause and of a saved text.
blueprint.add_app_template_global(wording.compose, "composed")
blueprint.add_app_template_global(queries.words_of, "words_of")
blueprint.add_app_template_global(printed, "printed_around")

Page = str | tuple[str, int] | Response


def meeting_at(meeting_id: int) -> Meeting:
    """The association's own meeting; raises NotThere."""
    return meetings.meeting(g.session, g.association.id, meeting_id)


def minutes_at(meeting_id: int) -> Minutes:
    """The minutes of the association's own meeting; raises NotThere."""
    return queries.minutes(g.session, g.association.id, meeting_id)


def item_at(meeting_id: int, item_id: int) -> MinuteItem:
    """A § of those minutes; raises NotThere."""
    return queries.item(g.session, g.association.id, meeting_id, item_id)


def actor() -> str:
    """The printed name of whoever acts."""
    return access.me().name


def to_item(meeting_id: int, item_id: int | None, anchor: str | None = None) -> Response:
    """Back to the desk, at the §."""
    return redirect(url_for("minutes.desk", meeting_id=meeting_id, paragraf=item_id, _anchor=anchor), 303)


def refused(broken: RuleBroken, back: Response) -> Response:
    """Take the act back, say why above the page and go there again."""
    if isinstance(broken, NotThere):
        raise broken
    undo()
    flash(told(broken), "error")
    return back
