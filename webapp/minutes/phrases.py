"""The association's standard phrases: written here, picked at the desk."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from forms.minutes import PhraseForm
from paragraf.core.errors import RuleBroken
from paragraf.minutes import phrases
from webapp import access
from webapp.edge import undo
from webapp.language import told

blueprint = Blueprint("standard_phrases", __name__, url_prefix="/<slug>/standardfraser")

Page = str | tuple[str, int] | Response


@blueprint.get("/")
@access.office
def show() -> str:
    """All phrases, and a form for a new one."""
    return _page(PhraseForm(formdata=None))


@blueprint.post("/")
@access.office
def add() -> Page:
    """Write a new phrase."""
    form = PhraseForm()
    try:
        phrases.add_phrase(
            g.session,
            g.association.id,
            name=form.name.data or "",
            text=form.text.data or "",
            now=g.now,
            actor=access.me().name,
        )
    except RuleBroken as broken:
        return _refused(form, broken), 422
    flash(_("Frasen är sparad."), "success")
    return _back()


@blueprint.post("/vanliga")
@access.office
def adopt() -> Response:
    """Take in the shipped phrases that are not there yet."""
    count = phrases.adopt_shipped(g.session, g.association.id, now=g.now, actor=access.me().name)
    flash(ngettext("%(num)s fras är tillagd.", "%(num)s fraser är tillagda.", count), "success")
    return _back()


@blueprint.get("/<int:phrase_id>")
@access.office
def edit(phrase_id: int) -> str:
    """One phrase, to write anew."""
    row = phrases.phrase(g.session, g.association.id, phrase_id)
    return _edit_page(phrase_id, PhraseForm(formdata=None, obj=row))


@blueprint.post("/<int:phrase_id>")
@access.office
def change(phrase_id: int) -> Page:
    """Save the phrase."""
    form, row = PhraseForm(), phrases.phrase(g.session, g.association.id, phrase_id)
    try:
        phrases.change_phrase(
            g.session, row, name=form.name.data or "", text=form.text.data or "", now=g.now, actor=access.me().name
        )
    except RuleBroken as broken:
        undo()
        _tell_in(form, broken)
        return _edit_page(phrase_id, form), 422
    flash(_("Frasen är sparad."), "success")
    return _back()


@blueprint.post("/<int:phrase_id>/ta-bort")
@access.office
def remove(phrase_id: int) -> Response:
    """Take the phrase from the list."""
    row = phrases.phrase(g.session, g.association.id, phrase_id)
    phrases.remove_phrase(g.session, row, now=g.now, actor=access.me().name)
    flash(_("Frasen är borttagen. Protokoll där den står ändras inte."), "success")
    return _back()


def _page(form: PhraseForm) -> str:
    known = phrases.phrases(g.session, g.association.id)
    names = {one.name.casefold() for one in known}
    missing = [name for name, _text in phrases.SHIPPED if name.casefold() not in names]
    return render_template("minutes/phrases.html", phrases=known, form=form, missing=missing)


def _edit_page(phrase_id: int, form: PhraseForm) -> str:
    return render_template("minutes/phrase.html", phrase_id=phrase_id, form=form)


def _refused(form: PhraseForm, broken: RuleBroken) -> str:
    undo()
    _tell_in(form, broken)
    return _page(form)


def _tell_in(form: PhraseForm, broken: RuleBroken) -> None:
    form[broken.field or "text"].errors = [told(broken)]


def _back() -> Response:
    return redirect(url_for("standard_phrases.show"), 303)
