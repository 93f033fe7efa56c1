"""The entries of a repeated section: added and taken away from its page and from the overview."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from paragraf.applications import operations
from paragraf.applications.links import Opened
from paragraf.core.errors import RuleBroken
from webapp import access
from webapp.applications.door import blueprint, written
from webapp.language import told

#: Buttons of a section's page, each ending with ``.`` and what it acts on: ``annex``, ``annex-2``.
ADD_ENTRY, REMOVE_ENTRY = "add-entry", "remove-entry"


def entry_changed(token: str, link: Opened, step: str, target: str, **own: Any) -> str:
    """Add an entry or take it away, once the page is saved; return where to go. What is refused is told there."""
    try:
        with g.session.begin_nested():
            if step == ADD_ENTRY:
                section_id = operations.add_entry(g.session, link.application, target, **own)
                return url_for("applications.section", token=token, section_id=section_id)
            repeated, _hyphen, entry = target.rpartition("-")
            operations.remove_entry(g.session, link.application, repeated, entry, **own)
            return url_for("applications.overview", token=token, borttaget=target)
    except RuleBroken as broken:
        flash(told(broken), "error")
        return url_for("applications.overview", token=token)


@blueprint.post("/ansokan/<token>/avsnitt/<section_id>")
@access.by_link
def add_entry(token: str, section_id: str) -> Response:
    """Add an entry from the overview, or take back the one that was taken away (the field ``entry``)."""
    link = written(token)
    entry = request.form.get("entry", "")
    anyway = request.values.get("during-signing") == "1"
    own: dict[str, Any] = {"now": g.now, "by": link.address, "during_signing": anyway}
    added = operations.add_entry(g.session, link.application, section_id, entry=entry, **own)
    if entry:
        flash(_("Avsnittet är tillbaka, med allt som stod i det."), "success")
    return redirect(url_for("applications.section", token=token, section_id=added), 303)
