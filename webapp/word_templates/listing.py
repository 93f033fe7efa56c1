"""The list of kinds, the page of one kind, and the templates as files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from flask import g, render_template
from flask_babel import gettext as _
from markdown_it import MarkdownIt
from markupsafe import Markup
from werkzeug.wrappers import Response

from document_templates.readme import hints, ways_to_write
from forms.templates import UploadForm
from paragraf.templates import queries
from paragraf.templates.checking import Finding, outdated
from paragraf.templates.field_guide import guide
from paragraf.templates.queries import InUse
from paragraf.word.faults import TemplateFault
from webapp import access
from webapp.downloads import send_word
from webapp.word_templates.base import blueprint, version_at


@blueprint.get("/")
@access.office
def all_kinds() -> str:
    """Every kind of document with the template that is used for it."""
    used = [(each, _outgrown(each)) for each in queries.all_in_use(g.session, g.association.id)]
    logo = queries.logo_row(g.session, g.association.id)
    return render_template("word_templates/list.html", used=used, logo=logo)


@blueprint.get("/<kind>/")
@access.office
def show(kind: str) -> str:
    """One kind: the template in use, how to change it, all versions, all fields."""
    return kind_page(queries.known_kind(kind), UploadForm())


@blueprint.get("/<kind>/<int:version_id>/mall.docx")
@access.office
def download(kind: str, version_id: int) -> Response:
    """A version of the template, exactly as it was uploaded; 0 is the one that comes with the program."""
    version = version_at(kind, version_id)
    ending = _("version-%(number)s", number=version.number) if version else _("medföljande")
    return send_word(queries.content_of(kind, version), f"{kind}-{ending}.docx")


def kind_page(kind: str, form: UploadForm, findings: Sequence[Finding] = ()) -> str:
    """The page of a kind, with what was wrong with a file that was just uploaded."""
    used = queries.in_use(g.session, g.association.id, kind)
    return render_template(
        "word_templates/kind.html",
        kind=kind,
        form=form,
        findings=findings,
        used=used,
        outgrown=_outgrown(used),
        versions=queries.versions(g.session, g.association.id, kind),
        switches=queries.switches(g.session, g.association.id, kind),
        guide=guide(kind),
        ways=ways_to_write(),
        hints=_hints(),
    )


@cache
def _hints() -> Markup:
    """The hints of our own README as HTML."""
    return Markup(MarkdownIt("commonmark", {"html": False}).render(hints()))  # noqa: S704


def _outgrown(used: InUse) -> list[TemplateFault]:
    return outdated(used.kind, used.version.content) if used.version else []
