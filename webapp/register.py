"""The register (diarium): matters, their documents and their history; the only door through which documents leave."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request
from werkzeug.wrappers import Response

from paragraf.register import queries
from paragraf.register.models import Document
from webapp import access
from webapp.comparing import word_documents
from webapp.downloads import send_bytes

blueprint = Blueprint("register", __name__, url_prefix="/<slug>")


@blueprint.get("/arenden/")
@access.member
def all_matters() -> str:
    """The association's matters, newest first; ``?ar=2026`` for one year."""
    found = queries.matters(g.session, g.association.id)
    years = sorted({matter.year for matter in found}, reverse=True)
    year = request.args.get("ar", type=int)
    shown = [matter for matter in found if year in (None, matter.year)]
    return render_template("register/list.html", matters=shown, years=years, year=year)


@blueprint.get("/arenden/<int:year>/<int:number>/")
@access.member
def matter(year: int, number: int) -> str:
    """One matter: its way through the house, its documents, its history."""
    found = queries.matter(g.session, g.association.id, year, number)
    documents = queries.documents(g.session, found)
    return render_template(
        "register/matter.html",
        matter=found,
        documents=documents,
        comparable=word_documents(documents),
        history=queries.history(g.session, found),
    )


@blueprint.get("/handlingar/<int:document_id>")
@access.member
def document(document_id: int) -> Response:
    """A document's bytes, exactly as they were frozen."""
    return answer_with(queries.document(g.session, g.association.id, document_id))


def answer_with(document: Document, *, inline: bool = False) -> Response:
    """The frozen bytes as a download, or for reading in the browser (PDF only: nothing else is safe to open inline)."""
    shown = inline and document.media_type == "application/pdf"
    return send_bytes(document.content, document.media_type, document.filename, inline=shown)
