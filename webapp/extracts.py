"""Certified extracts outside their minutes: the association's register of them, and what a mailed link opens."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request
from werkzeug.wrappers import Response

from paragraf.core.database import settings_of
from paragraf.minutes import extract_queries, extract_sending
from paragraf.minutes.extract_queries import Wanted
from paragraf.minutes.extract_sending import Opened
from paragraf.people import queries as people
from paragraf.register import queries as documents
from webapp import access
from webapp.register import answer_with

blueprint = Blueprint("extracts", __name__)


@blueprint.get("/<slug>/utdrag/")
@access.office
def register() -> str:
    """All certified extracts; ``?organ=3&ar=2026&sok=Stegvis`` narrows them."""
    asked = Wanted(
        request.args.get("organ", type=int), request.args.get("ar", type=int), request.args.get("sok", "")[:100]
    )
    return render_template(
        "extracts/register.html",
        extracts=extract_queries.register(g.session, g.association.id, asked),
        wanted=asked,
        bodies=people.bodies(g.session, g.association.id),
        years=extract_queries.years(g.session, g.association.id),
        range_of=extract_queries.range_of,
        most=extract_queries.MOST,
    )


@blueprint.get("/utdrag/<token>/")
@access.by_link
def open_link(token: str) -> str:
    """What a link opens: one extract, to read and to save. A look changes nothing, whoever looks."""
    found = _opened(token)
    document = found.extract.document
    return render_template(
        "extracts/link.html", opened=found, token=token, pdf=documents.pdf_of(g.session, document), document=document
    )


@blueprint.get("/utdrag/<token>/utdrag.pdf")
@access.by_link
def link_pdf(token: str) -> Response:
    """The extract as PDF, or as Word while the PDF is being made."""
    document = _opened(token).extract.document
    return answer_with(documents.pdf_of(g.session, document) or document, inline=True)


@blueprint.get("/utdrag/<token>/utdrag.docx")
@access.by_link
def link_word(token: str) -> Response:
    """The extract as it was certified."""
    return answer_with(_opened(token).extract.document)


def _opened(token: str) -> Opened:
    found = extract_sending.opened(g.session, settings_of(g.session), token)
    g.association = people.association(g.session, found.extract.association_id)
    g.slug = g.association.slug
    return found
