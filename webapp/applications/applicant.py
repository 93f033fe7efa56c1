"""The applicant's pages around the sections: the overview, the review with submission, the documents, the decision."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from paragraf.applications import carrying, operations
from paragraf.applications.filled import attachments, filled
from paragraf.applications.models import Application
from paragraf.applications.rules import NotComplete
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from webapp import access
from webapp.applications.door import blueprint, opened
from webapp.applications.standing import decisions_of, standing_of
from webapp.edge import undo
from webapp.language import current, told
from webapp.register import answer_with


@blueprint.get("/ansokan/<token>/")
@access.by_link
def overview(token: str) -> str:
    """The sections with what is missing in each; once submitted, where the matter stands."""
    application = opened(token)
    shown = filled(g.session, application, local_date(g.now))
    if application.submitted_at is not None:
        return render_template(
            "applications/submitted.html",
            token=token,
            application=application,
            filled=shown,
            blocks=shown.blocks(current()),
            standing=standing_of(g.session, application, g.now),
            letters=decisions_of(g.session, application),
            files=attachments(g.session, application),
        )
    return render_template(
        "applications/overview.html",
        token=token,
        application=application,
        filled=shown,
        sections=list(zip(shown.form.sections, shown.states, strict=True)),
        has_newer=carrying.has_newer(g.session, application),
        has_left=carrying.left_behind(g.session, application) is not None,
    )


@blueprint.get("/ansokan/<token>/granska")
@access.by_link
def review(token: str) -> str | Response:
    """Everything as it will be read, and the button that submits it."""
    application = opened(token)
    if application.submitted_at is not None:
        return redirect(url_for("applications.overview", token=token))
    return _review(token, application)


def _review(token: str, application: Application, message: str = "") -> str:
    shown = filled(g.session, application, local_date(g.now))
    try:
        shown.must_be_complete()
    except NotComplete as broken:
        problems = broken.problems
    else:
        problems = ()
    sections = [
        (section, [problem for problem in problems if problem.section_id == section.id])
        for section in shown.form.sections
    ]
    return render_template(
        "applications/review.html",
        token=token,
        application=application,
        filled=shown,
        blocks=shown.blocks(current()),
        missing=[(section, found) for section, found in sections if found],
        message=message,
    )


@blueprint.post("/ansokan/<token>/granska")
@access.by_link
def submit(token: str) -> Response | tuple[str, int]:
    """Submit the version that was reviewed."""
    application = opened(token)
    if application.is_test:
        return redirect(url_for("form_writing.outcome", token=token), 303)
    version = request.form.get("version", type=int) or 0
    try:
        operations.submit(g.session, application, version=version, now=g.now)
    except RuleBroken as broken:
        undo()
        return _review(token, opened(token), told(broken)), 422
    return redirect(url_for("applications.overview", token=token), 303)


@blueprint.get("/ansokan/<token>/handling")
@access.by_link
def document(token: str) -> Response:
    """The submitted application as the Word document that was filed."""
    application = opened(token)
    if application.document is None:
        raise NotThere("Ansökan är inte inskickad än, så den finns inte som Word-dokument.")
    return answer_with(application.document)


@blueprint.get("/ansokan/<token>/bilaga/<int:document_id>")
@access.by_link
def attachment(token: str, document_id: int) -> Response:
    """One of the application's own files."""
    for row in attachments(g.session, opened(token)):
        if row.document_id == document_id:
            return answer_with(row.document)
    raise NotThere("Bilagan finns inte.")


@blueprint.get("/ansokan/<token>/beslut/<int:document_id>")
@access.by_link
def decision(token: str, document_id: int) -> Response:
    """A decision letter of the application, as Word or as the PDF that was made from it."""
    for letter in decisions_of(g.session, opened(token)):
        for file in (letter.word, letter.pdf):
            if file is not None and file.id == document_id:
                return answer_with(file)
    raise NotThere("Beslutet finns inte.")


@blueprint.post("/ansokan/<token>/lank")
@access.by_link
def replace_link(token: str) -> str:
    """Shut the links that were sent, and mail a new one."""
    application = opened(token)
    operations.replace_link(g.session, application, now=g.now)
    flash(_("De gamla länkarna är stängda."), "success")
    return render_template("applications/link_sent.html", email=application.email, begun=True)
