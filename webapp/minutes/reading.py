"""Verified minutes: to read, with their notice and their certified extracts."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from paragraf.core.dates import local_date
from paragraf.minutes import decision_letters, notice_queries, operations, queries, renditions
from paragraf.minutes.correcting import correction_lines
from paragraf.minutes.extract_document import dissent_lines
from paragraf.minutes.models import Minutes
from paragraf.register import queries as register
from webapp import access
from webapp.minutes import earlier
from webapp.minutes.base import blueprint, item_at
from webapp.minutes.papers import paper_of


def page(minutes: Minutes) -> str:
    """The minutes as they were signed."""
    if minutes.imported_at is not None:
        return earlier.page(minutes)
    assert minutes.document is not None
    today, rows = local_date(g.now), queries.item_rows(g.session, minutes)
    return render_template(
        "minutes/read.html",
        minutes=minutes,
        meeting=minutes.meeting,
        paper=paper_of(minutes),
        pdf=register.pdf_of(g.session, minutes.document),
        notices=notice_queries.notices_of(g.session, minutes, today),
        letters=decision_letters.of_minutes(g.session, minutes),
        extracts=queries.extracts(g.session, minutes),
        corrections=correction_lines(g.session, rows),
        dissents=dissent_lines(g.session, minutes, rows),
        public=[one for one in renditions.of_minutes(g.session, minutes) if one.published_at and not one.withdrawn_at],
    )


@blueprint.post("/paragraf/<int:item_id>/utdrag")
@access.office
def certify(meeting_id: int, item_id: int) -> Response:
    """Certify an extract of the §."""
    row = item_at(meeting_id, item_id)
    extract = operations.certify_extract(g.session, row, certifier=access.me(), now=g.now)
    flash(_("Utdraget är bestyrkt: %(title)s.", title=extract.document.title), "success")
    return redirect(url_for("minutes.desk", meeting_id=meeting_id, _anchor="utdrag"), 303)
