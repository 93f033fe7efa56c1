"""The applicant's page about a completion: what is asked, the answers before and now, the button that hands it in."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from paragraf.applications.completing import completions
from paragraf.applications.completing.received import completions as all_completions
from paragraf.applications.completing.received import open_completion
from paragraf.applications.filled import Filled
from paragraf.applications.models import Application, Completion
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.questions.definition import Section
from webapp import access
from webapp.applications.asking import pairs_of
from webapp.applications.door import blueprint, opened, written
from webapp.edge import undo
from webapp.language import told


@blueprint.get("/ansokan/<token>/komplettering")
@access.by_link
def completion(token: str) -> str | Response:
    """What is asked for; the latest that came in when nothing is."""
    return _page(token, opened(token).application)


def _page(token: str, application: Application, message: str = "") -> str:
    found = open_completion(g.session, application) or _latest(application)
    standing = completions.remaining(g.session, found, local_date(g.now))
    return render_template(
        "applications/complete.html",
        token=token,
        application=application,
        completion=found,
        pairs=list(zip(found.questions, pairs_of(found, half_written=True), strict=True)),
        sections=_sections(found, standing.after),
        standing=standing,
        today=local_date(g.now),
        message=message,
    )


def _latest(application: Application) -> Completion:
    for one in all_completions(g.session, application):
        return one
    raise NotThere("Ingen komplettering är begärd.")


def _sections(found: Completion, shown: Filled) -> dict[str, Section]:
    """Where each question is answered."""
    places = {question.id: section for section in shown.form.sections for question in section.questions}
    return {one.question_id: places[one.question_id] for one in found.questions if one.question_id in places}


@blueprint.post("/ansokan/<token>/komplettering")
@access.by_link
def hand_in(token: str) -> Response | tuple[str, int]:
    """Hand the completion in, as it was read through."""
    application = written(token).application
    version = request.form.get("version", type=int) or 0
    try:
        completions.answer(g.session, application, version=version, now=g.now)
    except RuleBroken as broken:
        undo()
        return _page(token, opened(token).application, told(broken)), 422
    return redirect(url_for("applications.completion", token=token), 303)
