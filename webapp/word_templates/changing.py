"""Upload a template, switch to a version or back."""

from __future__ import annotations

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.templates import SwitchForm, UploadForm
from paragraf.core.errors import RuleBroken
from paragraf.templates import operations, queries
from paragraf.templates.models import TemplateVersion
from paragraf.templates.operations import TemplateUnusable
from webapp import access
from webapp.acting import actor, tell_in
from webapp.edge import undo
from webapp.language import told
from webapp.word_templates.base import Page, blueprint, version_at
from webapp.word_templates.listing import kind_page


@blueprint.post("/<kind>/")
@access.office
def upload(kind: str) -> Page:
    """Check the file; keep it as the next version, not used yet, or tell everything that is wrong with it."""
    form = UploadForm()
    if not form.validate():
        return kind_page(queries.known_kind(kind), form), 422
    try:
        version = _add(kind, form)
    except TemplateUnusable as unusable:
        tell_in(form, unusable)
        return kind_page(kind, form, unusable.findings), 422
    except RuleBroken as broken:
        tell_in(form, broken)
        return kind_page(kind, form), 422
    flash(
        _(
            "Mallen är godkänd och sparad som version %(number)s. Den används inte än: se hur den blir och byt sedan.",
            number=version.number,
        ),
        "success",
    )
    return redirect(url_for("word_templates.preview", kind=kind, version_id=version.id), 303)


@blueprint.post("/<kind>/anvand")
@access.office
def use(kind: str) -> Response:
    """Make documents from another version from now on, a newer or an older one."""
    form = SwitchForm()
    if form.validate():
        _switch(kind, version_at(kind, form.version_id.data or 0))
    return redirect(url_for("word_templates.show", kind=kind), 303)


def _add(kind: str, form: UploadForm) -> TemplateVersion:
    version, _assessment = operations.add_version(
        g.session,
        association_id=g.association.id,
        kind=kind,
        filename=form.file.data.filename or "",
        content=form.file.data.read(),
        remark=form.remark.data or "",
        now=g.now,
        actor=actor(),
    )
    # Both, so that they can be compared by eye.
    for each in {version, queries.in_use(g.session, g.association.id, kind).version}:
        operations.request_preview(g.session, association_id=g.association.id, kind=kind, version=each, now=g.now)
    return version


def _switch(kind: str, version: TemplateVersion | None) -> None:
    try:
        operations.use_version(
            g.session, association_id=g.association.id, kind=kind, version=version, now=g.now, actor=actor()
        )
    except TemplateUnusable as unusable:
        undo()
        flash(
            _("Den versionen går inte att använda längre: %(fault)s", fault=told(unusable.findings[0].fault)), "error"
        )
        return
    if version is None:
        flash(_("Klart. Dokumenten görs nu från den mall som följer med programmet."), "success")
    else:
        flash(_("Klart. Dokumenten görs nu från version %(number)s.", number=version.number), "success")
