"""A template with demonstration data before it is used: pictures, Word, PDF, text; beside the one in use."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from forms.templates import ButtonForm
from paragraf.templates import operations, queries
from paragraf.templates.checking import remarks_on
from paragraf.templates.models import TemplatePreview, TemplateVersion
from paragraf.templates.queries import InUse
from paragraf.word.faults import TemplateFault
from paragraf.word.reading_copy import reading_copy
from webapp import access
from webapp.downloads import send_bytes, send_word
from webapp.language import told
from webapp.word_templates.base import blueprint, version_at


@dataclass(frozen=True)
class Side:
    """One of the two templates that are compared; ``preview`` is None until one is asked for."""

    version: TemplateVersion | None
    word: bytes
    preview: TemplatePreview | None
    in_use: bool

    @property
    def waits(self) -> bool:
        """Whether the scheduler has it before itself, so that looking again is worth while."""
        return self.preview is not None and self.preview.done_at is None and not self.preview.error

    @property
    def page_count(self) -> int:
        return self.preview.page_count if self.preview else 0


@blueprint.get("/<kind>/<int:version_id>/")
@access.office
def preview(kind: str, version_id: int) -> str | Response:
    """How documents come out of a version, beside the one in use; ``?mot=`` another version's id."""
    version = version_at(kind, version_id)
    used = queries.in_use(g.session, g.association.id, kind)
    try:
        sides = [_side(kind, each, used) for each in compared(kind, version, used)]
    except TemplateFault as fault:
        flash(told(fault), "error")
        return redirect(url_for("word_templates.show", kind=kind))
    return render_template(
        "word_templates/preview.html",
        kind=kind,
        version=version,
        sides=sides,
        this=sides[-1],
        pages=max(side.page_count for side in sides),
        remarks=remarks_on(kind, version.content) if version else [],
        # nh3 has cleaned it.
        reading=Markup(reading_copy(sides[-1].word)),  # noqa: S704
        versions=queries.versions(g.session, g.association.id, kind),
    )


@blueprint.post("/<kind>/<int:version_id>/")
@access.office
def request_preview(kind: str, version_id: int) -> Response:
    """Have pictures and PDF made, of both that are compared."""
    version = version_at(kind, version_id)
    used = queries.in_use(g.session, g.association.id, kind)
    if ButtonForm().validate():
        for each in compared(kind, version, used):
            operations.request_preview(g.session, association_id=g.association.id, kind=kind, version=each, now=g.now)
    return redirect(
        url_for("word_templates.preview", kind=kind, version_id=version_id, mot=request.args.get("mot", type=int)), 303
    )


@blueprint.get("/<kind>/<int:version_id>/exempel.docx")
@access.office
def example_word(kind: str, version_id: int) -> Response:
    """The version filled with demonstration data, as Word."""
    content = operations.preview_word(g.session, g.association.id, kind, version_at(kind, version_id))
    return send_word(content, f"{_('exempel')}-{kind}.docx")


@blueprint.get("/forhandsvisningar/<int:preview_id>.pdf")
@access.office
def example_pdf(preview_id: int) -> Response:
    """The same as PDF, when it is made."""
    found = queries.preview(g.session, g.association.id, preview_id)
    if found.pdf is None:
        return redirect(url_for("word_templates.show", kind=found.kind))
    return send_bytes(found.pdf, "application/pdf", f"{_('exempel')}-{found.kind}.pdf", inline=True)


@blueprint.get("/forhandsvisningar/<int:preview_id>/<int:page>.png")
@access.office
def page_picture(preview_id: int, page: int) -> Response:
    """A page of it as a picture, when it is made."""
    found = queries.preview(g.session, g.association.id, preview_id)
    picture = queries.preview_page(g.session, found, page)
    if picture is None:
        return redirect(url_for("word_templates.show", kind=found.kind))
    answer = send_bytes(picture, "image/png", f"{page}.png", inline=True)
    # What a preview's id shows never changes.
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


def compared(kind: str, version: TemplateVersion | None, used: InUse) -> list[TemplateVersion | None]:
    """The version, after the one it is compared with: the one asked for, else the one in use, else the shipped one."""
    wanted = request.args.get("mot", type=int)
    for other in (version_at(kind, wanted) if wanted is not None else version, used.version, None):
        if other != version:
            return [other, version]
    return [version]


def _side(kind: str, version: TemplateVersion | None, used: InUse) -> Side:
    word = operations.preview_word(g.session, g.association.id, kind, version)
    found = queries.preview_of(g.session, g.association.id, sha256(word).hexdigest())
    return Side(version, word, found, in_use=version == used.version)
