"""The logo: how it looks, another one, none."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.templates import ButtonForm, LogoForm
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.templates import operations, queries
from webapp import access
from webapp.acting import actor, tell_in
from webapp.downloads import send_bytes
from webapp.word_templates.base import Page, blueprint


@blueprint.get("/logotyp/")
@access.office
def logo() -> str:
    """The logo and the form for another one."""
    form = LogoForm()
    form.alt.data = g.association.name
    return _page(form)


@blueprint.post("/logotyp/")
@access.office
def set_logo() -> Page:
    """Print this picture from now on."""
    form = LogoForm()
    if not form.validate():
        return _page(form), 422
    try:
        operations.set_logo(
            g.session,
            association_id=g.association.id,
            content=form.file.data.read(),
            alt=form.alt.data or "",
            now=g.now,
            actor=actor(),
        )
    except RuleBroken as broken:
        tell_in(form, broken)
        return _page(form), 422
    flash(_("Logotypen är sparad. Den står på de dokument som görs från och med nu."), "success")
    return redirect(url_for("word_templates.logo"), 303)


@blueprint.post("/logotyp/ta-bort")
@access.office
def remove_logo() -> Response:
    """Print none from now on."""
    if ButtonForm().validate() and operations.remove_logo(
        g.session, association_id=g.association.id, now=g.now, actor=actor()
    ):
        flash(_("Logotypen är borttagen. Dokument som redan är gjorda ändras inte."), "success")
    return redirect(url_for("word_templates.logo"), 303)


@blueprint.get("/logotyp/bild")
@access.office
def logo_picture() -> Response:
    """The picture itself."""
    row = queries.logo_row(g.session, g.association.id)
    if row is None or row.content is None:
        raise NotThere("Ingen logotyp är inlagd.")
    return send_bytes(row.content, row.media_type, "logo", inline=True)


def _page(form: LogoForm) -> str:
    row = queries.logo_row(g.session, g.association.id)
    return render_template("word_templates/logo.html", form=form, logo=row)
