"""The applicant's pages around the sections: the overview, the review with submission, the documents, the decision."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from paragraf.applications import operations, participants, rounds
from paragraf.applications.changing import openness
from paragraf.applications.filled import Filled, attachments, filled
from paragraf.applications.links import Opened
from paragraf.applications.offered import carrying
from paragraf.applications.rules import NotComplete
from paragraf.chain import RECEIVERS
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.questions.completeness import Problem
from paragraf.questions.definition import Receipt
from paragraf.signing.operations import NewSignatory
from webapp import access
from webapp.applications.ahead import ahead_of, sent_documents
from webapp.applications.door import blueprint, managed, opened
from webapp.applications.standing import decisions_of, standing_of
from webapp.edge import undo
from webapp.language import current, told
from webapp.register import answer_with


@blueprint.get("/ansokan/<token>/")
@access.by_link
def overview(token: str) -> str:
    """The sections with what is missing in each; once it has come in, where the matter stands."""
    link = opened(token)
    application = link.application
    shown = filled(g.session, application, local_date(g.now))
    shared = {
        "token": token,
        "link": link,
        "application": application,
        "filled": shown,
        "progress": rounds.newest(g.session, application, now=g.now),
        "openness": openness(g.session, application, now=g.now),
    }
    if application.submitted_at is not None or application.withdrawn_at is not None:
        return render_template("applications/submitted.html", **shared, **_standing(link, shown))
    return render_template(
        "applications/overview.html",
        sections=shown.sections,
        has_newer=carrying.has_newer(g.session, application),
        has_left=carrying.left_behind(g.session, application) is not None,
        people=participants.participants(g.session, application),
        **shared,
        **last_saved(link),
    )


def _standing(link: Opened, shown: Filled) -> dict[str, object]:
    application = link.application
    standing = standing_of(g.session, application, g.now)
    return {
        "blocks": shown.blocks(current()),
        "standing": standing,
        "letters": decisions_of(g.session, application),
        "ahead": ahead_of(g.session, application, standing, g.now),
        "sent": sent_documents(g.session, application),
        "files": attachments(g.session, application),
    }


def last_saved(link: Opened) -> dict[str, object]:
    """Who saved last, for the page to say; nothing where it was the holder of the link or nobody."""
    saved_by = participants.last_saved_by(g.session, link.application)
    if saved_by in ("", link.address):
        return {"saved_by": ""}
    return {"saved_by": participants.names(g.session, link.application).get(saved_by, saved_by)}


# --- review and hand in ----------------------------------------------------------------------------------------------


@blueprint.get("/ansokan/<token>/granska")
@access.by_link
def review(token: str) -> str | Response:
    """Everything as it will be read, and the button that submits it or sends it to be signed."""
    link = opened(token)
    if link.application.submitted_at is not None or link.application.withdrawn_at is not None:
        return redirect(url_for("applications.overview", token=token))
    return _review(token, link)


def _review(token: str, link: Opened, message: str = "") -> str:
    application = link.application
    shown = filled(g.session, application, local_date(g.now))
    problems = _problems(shown)
    sections = [
        (section, [problem for problem in problems if problem.section_id == section.id])
        for section in shown.form.sections
    ]
    signs = shown.form.receipt is Receipt.ON_SIGNATURES
    signatories, same_address = _signatories(shown) if signs and not problems else ((), "")
    return render_template(
        "applications/review.html",
        token=token,
        link=link,
        application=application,
        filled=shown,
        blocks=shown.blocks(current()),
        warnings=[problem for problem in shown.problems if problem.is_warning],
        missing=[(section, found) for section, found in sections if found],
        message=message or same_address,
        signs=signs,
        signatories=signatories,
        openness=openness(g.session, application, now=g.now),
    )


def _problems(shown: Filled) -> tuple[Problem, ...]:
    try:
        shown.must_be_complete()
    except NotComplete as broken:
        return broken.problems
    return ()


def _signatories(shown: Filled) -> tuple[list[NewSignatory], str]:
    """Who will be asked to sign; or why they cannot be."""
    try:
        return rounds.signatories_of(shown), ""
    except RuleBroken as broken:
        return [], told(broken)


@blueprint.post("/ansokan/<token>/granska")
@access.by_link
def submit(token: str) -> Response | tuple[str, int]:
    """Hand in the version that was reviewed, or send it to be signed when that is how the form is received."""
    link = managed(token)
    if link.application.is_test:
        return redirect(url_for("form_writing.outcome", token=token), 303)
    version = request.form.get("version", type=int) or 0
    shown = filled(g.session, link.application, local_date(g.now))
    own = {"version": version, "now": g.now, "by": link.address}
    try:
        if shown.form.receipt is Receipt.ON_SIGNATURES:
            operations.send_for_signing(g.session, link.application, **own)
            return redirect(url_for("applications.signing", token=token), 303)
        operations.hand_in(g.session, link.application, receivers=RECEIVERS, **own)
    except RuleBroken as broken:
        undo()
        return _review(token, opened(token), told(broken)), 422
    return redirect(url_for("applications.overview", token=token), 303)


# --- documents -------------------------------------------------------------------------------------------------------


@blueprint.get("/ansokan/<token>/handling")
@access.by_link
def document(token: str) -> Response:
    """The application as the Word document that was filed, or that is out to be signed."""
    application = opened(token).application
    if application.document is None:
        raise NotThere("Ansökan är inte inskickad än, så den finns inte som Word-dokument.")
    return answer_with(application.document)


@blueprint.get("/ansokan/<token>/handlingar/<int:document_id>")
@access.by_link
def sent_document(token: str, document_id: int) -> Response:
    """A document that has been sent to the applicant."""
    for sent in sent_documents(g.session, opened(token).application):
        if sent.document.id == document_id:
            return answer_with(sent.document)
    raise NotThere("Handlingen finns inte.")


@blueprint.get("/ansokan/<token>/bilaga/<int:document_id>")
@access.by_link
def attachment(token: str, document_id: int) -> Response:
    """One of the application's own files."""
    for row in attachments(g.session, opened(token).application):
        if row.document_id == document_id:
            return answer_with(row.document)
    raise NotThere("Bilagan finns inte.")


@blueprint.get("/ansokan/<token>/beslut/<int:document_id>")
@access.by_link
def decision(token: str, document_id: int) -> Response:
    """A decision letter of the application, as Word or as the PDF that was made from it."""
    for letter in decisions_of(g.session, opened(token).application):
        for file in (letter.word, letter.pdf):
            if file is not None and file.id == document_id:
                return answer_with(file)
    raise NotThere("Beslutet finns inte.")


@blueprint.post("/ansokan/<token>/lank")
@access.by_link
def replace_link(token: str) -> str:
    """Shut the owner's links that were sent, and mail a new one."""
    application = managed(token).application
    operations.replace_link(g.session, application, now=g.now)
    flash(_("De gamla länkarna är stängda."), "success")
    return render_template("applications/link_sent.html", email=application.email, begun=True)
