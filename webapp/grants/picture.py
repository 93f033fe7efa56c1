"""The board's picture: committed and free money by year, every grant, own capital against its cap."""

from __future__ import annotations

from flask import g, render_template
from werkzeug.wrappers import Response

from paragraf.core.dates import local_date
from paragraf.grants.overview import document
from paragraf.grants.overview.picture import picture
from webapp import access
from webapp.downloads import send_word
from webapp.grants.chart import WIDTH, funds_chart, spent_chart
from webapp.grants.door import blueprint


@blueprint.get("/<slug>/bidrag/")
@access.member
def overview() -> str:
    """The picture as it stands today, drawn and in tables."""
    shown = picture(g.session, g.association.id, local_date(g.now))
    return render_template(
        "grants/overview.html",
        picture=shown,
        funds=funds_chart(shown.years),
        spent=spent_chart(shown.years),
        width=WIDTH,
        today=local_date(g.now),
    )


@blueprint.get("/<slug>/bidrag/oversikt.docx")
@access.member
def as_word() -> Response:
    """The picture as a Word file, made for this answer; nothing is stored."""
    today = local_date(g.now)
    return send_word(document.render_overview(g.session, g.association, today=today), f"bidrag-{today}.docx")
