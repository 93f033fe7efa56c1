"""Two Word documents of the register side by side, and as one Word file with tracked changes."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from paragraf.core.printing import print_date
from paragraf.register import queries
from paragraf.register.models import Document
from paragraf.register.uploads import WORD
from paragraf.word.comparing import compare, differences
from webapp import access
from webapp.comparison_page import Labels, page_of
from webapp.downloads import send_word
from webapp.language import current

blueprint = Blueprint("comparing", __name__, url_prefix="/<slug>/handlingar")


@blueprint.get("/jamfor")
@access.member
def show() -> str | Response:
    """Both documents side by side, ``?fran=ID&till=ID``."""
    chosen = _chosen()
    if chosen is None:
        return redirect(url_for("register.all_matters"))
    old, new = chosen
    page = page_of(differences(old.content, new.content), Labels(_label(old), _label(new)))
    return render_template("comparing/show.html", old=old, new=new, **page)


@blueprint.get("/jamfor.docx")
@access.member
def download() -> Response:
    """The newer document with tracked changes, ``?fran=ID&till=ID``."""
    chosen = _chosen()
    if chosen is None:
        return redirect(url_for("register.all_matters"))
    old, new = chosen
    content = compare(old.content, new.content, author=_("Paragraf (jämförelse)"), moment=g.now)
    return send_word(content, _("Jämförelse – %(name)s", name=new.filename))


def _chosen() -> tuple[Document, Document] | None:
    """The two documents of the address; None where it names no two. NotThere for what this association has not."""
    ids = [request.args.get(name, type=int) for name in ("fran", "till")]
    if None in ids:
        return None
    old, new = (queries.document(g.session, g.association.id, each or 0) for each in ids)
    if len(word_documents([old, new])) < 2:
        raise RuleBroken("Bara Word-dokument kan jämföras. Välj två handlingar som slutar på .docx.")
    return old, new


def _label(document: Document) -> str:
    matter = document.matter
    number = f"{matter.register_number}-{document.number}, " if matter else ""
    return f"{document.title} ({number}{print_date(local_date(document.created_at), current())})"


def word_documents(documents: list[Document]) -> list[Document]:
    """Those of the documents that can be compared."""
    return [each for each in documents if each.media_type == WORD]
