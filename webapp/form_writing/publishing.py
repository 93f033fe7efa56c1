"""What is new against the version in use, whom it concerns, and the button that publishes."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from forms.form_writing import PublishForm
from paragraf.applications.filled import form_of
from paragraf.applications.offered import form_drafts, form_list, publishing
from paragraf.core.errors import RuleBroken
from paragraf.questions.changes import compare
from paragraf.questions.models import FormDraft
from paragraf.questions.reading import DefinitionFaulty
from webapp import access
from webapp.acting import actor
from webapp.edge import undo
from webapp.form_writing.base import Page, blueprint, draft_at
from webapp.language import told


@blueprint.get("/<slug>/formular/utkast/<int:draft_id>/publicera")
@access.office
def review(draft_id: int) -> Page:
    """The changes, question by question, and the drafts that they concern."""
    draft = draft_at(draft_id)
    if draft.published_at or draft.discarded_at or draft.set_aside_of:
        return redirect(url_for("form_writing.write", draft_id=draft_id))
    return _page(draft)


@blueprint.post("/<slug>/formular/utkast/<int:draft_id>/publicera")
@access.office
def publish(draft_id: int) -> Page:
    """Publish what was looked through."""
    draft, form = draft_at(draft_id), PublishForm()
    if not form.validate():
        return redirect(url_for("form_writing.review", draft_id=draft_id), 303)
    try:
        version = publishing.publish_draft(
            g.session,
            draft,
            version=form.version.data or 0,
            seen_number=form.seen.data or 0,
            drafts_follow=bool(form.drafts_follow.data),
            now=g.now,
            actor=actor(),
        )
    except DefinitionFaulty:
        undo()
        return redirect(url_for("form_writing.write", draft_id=draft_id, _anchor="fel"), 303)
    except RuleBroken as broken:
        undo()
        return _page(draft_at(draft_id), told(broken))
    flash(
        _("Version %(number)s är publicerad. Den som börjar nu får den.", number=version.number),
        "success",
    )
    return redirect(url_for("form_writing.show", family_id=version.family_id), 303)


def _page(draft: FormDraft, error: str = "") -> Page:
    found = form_drafts.checked(g.session, draft)
    if found.form is None:
        flash(_("Formuläret har fel som måste rättas innan det går att publicera."), "error")
        return redirect(url_for("form_writing.write", draft_id=draft.id, _anchor="fel"))
    used = found.used
    page = render_template(
        "form_writing/publish.html",
        draft=draft,
        form=found.form,
        used=used,
        changes=compare(form_of(used), found.form) if used else None,
        concerned=form_list.concerned_drafts(g.session, used.family, found.form) if used else [],
        publish_form=PublishForm(formdata=None),
        error=error,
    )
    return (page, 422) if error else page
