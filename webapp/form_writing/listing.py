"""All forms, one form with its versions, the shipped ones to take over, and every version as a file."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.definitions import keys, load
from forms.form_writing import UploadForm
from forms.templates import ButtonForm
from paragraf.applications.offered import form_drafts, form_list, publishing, trying
from paragraf.applications.offered.form_list import Offered
from paragraf.core.errors import RuleBroken
from paragraf.questions.definition import Form
from paragraf.questions.models import FormDraft
from paragraf.questions.reading import read_definition
from webapp import access
from webapp.acting import actor, tell_in
from webapp.downloads import send_bytes
from webapp.edge import undo
from webapp.form_writing.base import Page, blueprint
from webapp.language import current, told


@dataclass(frozen=True)
class Shipped:
    """A form that comes with the program; ``offered`` is the association's own with the same key."""

    form: Form
    offered: Offered | None
    is_taken: bool


@blueprint.get("/<slug>/formular/")
@access.office
def all_forms() -> str:
    """Every form of the association, what is being written, and the shipped ones."""
    return _page(UploadForm())


@blueprint.post("/<slug>/formular/")
@access.office
def upload() -> Page:
    """Keep an uploaded file as a draft, however faulty: its faults are shown where it can be mended."""
    form = UploadForm()
    if not form.validate():
        return _page(form), 422
    try:
        source = form_drafts.text_of(form.file.data.read())
    except RuleBroken as broken:
        tell_in(form, broken)
        return _page(form), 422
    return _to(_begin(source))


@blueprint.post("/<slug>/formular/nytt")
@access.office
def begin() -> Response:
    """Begin a form of one's own."""
    if not ButtonForm().validate():
        return redirect(url_for("form_writing.all_forms"), 303)
    # Short, without faults, and showing how the language is written.
    return _to(_begin(render_template("form_writing/new_form.yaml")))


@blueprint.get("/<slug>/formular/<int:family_id>/")
@access.office
def show(family_id: int) -> str:
    """One form: its versions, who writes on which, and what can be done with it."""
    offered = form_list.one_form(g.session, g.association.id, family_id)
    drafts = [row for row in form_drafts.drafts(g.session, g.association.id) if row.family_id == family_id]
    return render_template("form_writing/show.html", offered=offered, drafts=drafts)


@blueprint.post("/<slug>/formular/<int:family_id>/oppna")
@access.office
def set_open(family_id: int) -> Response:
    """Open the form to applicants, or close it."""
    family = publishing.find_family(g.session, g.association.id, family_id)
    is_open = request.form.get("open") == "yes"
    try:
        publishing.set_open(g.session, family, is_open=is_open, now=g.now, actor=actor())
    except RuleBroken as broken:
        undo()
        flash(told(broken), "error")
        return redirect(url_for("form_writing.all_forms"), 303)
    flash(
        _("Formuläret är öppet.") if is_open else _("Formuläret är stängt. Det som är påbörjat går att göra klart."),
        "success",
    )
    return redirect(url_for("form_writing.show", family_id=family_id), 303)


@blueprint.post("/<slug>/formular/<int:family_id>/andra")
@access.office
def change(family_id: int) -> Response:
    """Begin a draft from the version in use."""
    return _to(_begin(form_list.one_form(g.session, g.association.id, family_id).newest.source))


@blueprint.get("/<slug>/formular/versioner/<int:version_id>.yaml")
@access.office
def download(version_id: int) -> Response:
    """A published version as the text it was written in."""
    version = form_list.find_version(g.session, g.association.id, version_id)
    return send_bytes(version.source.encode(), "text/yaml", f"{version.family.key}-{version.number}.yaml")


@blueprint.get("/<slug>/formular/medfoljande.yaml")
@access.office
def download_shipped() -> Response:
    """A shipped form as the text it was written in: ``?key=``."""
    key = request.args.get("key", "")
    if key not in keys():
        return redirect(url_for("form_writing.all_forms"))
    return send_bytes(load(key).encode(), "text/yaml", f"{key}.yaml")


@blueprint.post("/<slug>/formular/medfoljande")
@access.office
def take_over() -> Response:
    """Take a shipped form into use as it is, or begin a draft from it."""
    source = load(request.form.get("key", ""))
    if request.form.get("do") != "use":
        return _to(_begin(source))
    try:
        version = publishing.publish_form(
            g.session, association_id=g.association.id, source_text=source, now=g.now, actor=actor()
        )
    except RuleBroken as broken:
        undo()
        flash(told(broken), "error")
        return redirect(url_for("form_writing.all_forms"), 303)
    flash(_("Formuläret är taget i bruk och öppet. Ni kan ändra det när ni vill."), "success")
    return redirect(url_for("form_writing.show", family_id=version.family_id), 303)


def _page(form: UploadForm) -> str:
    offered = form_list.all_forms(g.session, g.association.id)
    tests = trying.tests(g.session, g.association.id)
    return render_template(
        "form_writing/list.html",
        form=form,
        offered=offered,
        titles={one.family.id: one.form.title.in_language(current()) for one in offered},
        drafts=form_drafts.drafts(g.session, g.association.id),
        shipped=_shipped(offered),
        tests=tests,
        old_tests=len(trying.removable(tests, g.now)),
    )


def _shipped(offered: list[Offered]) -> list[Shipped]:
    own = {one.family.key: one for one in offered}
    found = []
    for key in keys():
        source = load(key)
        one = own.get(key)
        taken = one is not None and sha256(source.encode()).hexdigest() in {use.version.sha256 for use in one.uses}
        found.append(Shipped(read_definition(source), one, taken))
    return found


def _begin(source: str) -> FormDraft:
    return form_drafts.begin_draft(g.session, association_id=g.association.id, source=source, now=g.now, actor=actor())


def _to(draft: FormDraft) -> Response:
    return redirect(url_for("form_writing.write", draft_id=draft.id), 303)
