"""The office asks for a completion, gives more time or takes it back; and both sides' answers before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.handling import AskForm, ExtendForm
from paragraf.applications.completing import completions
from paragraf.applications.completing.completions import Asked, Remaining
from paragraf.applications.completing.received import completions as all_completions
from paragraf.applications.completing.received import open_completion, received
from paragraf.applications.filled import Filled
from paragraf.applications.models import Application, Completion
from paragraf.applications.rules import must_be_open
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken, SeveralRulesBroken
from paragraf.questions.conditions import asked
from paragraf.questions.definition import Kind, Question, Section
from paragraf.questions.presenting import Block, Heading
from webapp import access
from webapp.applications.door import blueprint
from webapp.applications.office import back_to, page_of, the_application
from webapp.applications.standing import standing_of
from webapp.edge import undo
from webapp.language import current, told

#: Nothing to complete in these: they are promises, made anew when the whole is handed in.
_NOT_ASKED = frozenset({Kind.DECLARATION})


@dataclass(frozen=True)
class Choice:
    """A question that can be asked about, its answer, and what was typed about it."""

    question: Question
    block: Block
    chosen: bool = False
    text: str = ""
    error: str = ""


@blueprint.get("/<slug>/ansokningar/<int:year>/<int:number>/komplettering")
@access.office
def ask_page(year: int, number: int) -> str | Response:
    """Choose questions and write what is missing in each, with the answers beside."""
    application = the_application(year, number)
    if open_completion(g.session, application) is not None:
        return redirect(url_for("applications.completions_page", year=year, number=number))
    return _ask_page(application, AskForm(formdata=None))


def _ask_page(application: Application, form: AskForm, errors: dict[str, str] | None = None, general: str = "") -> str:
    shown = received(g.session, application, local_date(g.now))
    return render_template(
        "applications/ask.html",
        application=application,
        filled=shown,
        sections=list(_choices(shown, errors or {})),
        form=form,
        errors=errors or {},
        general=general,
        today=local_date(g.now),
    )


def _choices(shown: Filled, errors: dict[str, str]) -> Iterator[tuple[Section, list[Choice]]]:
    blocks = {one.question_id: one for one in shown.blocks(current()) if not isinstance(one, Heading)}
    for section in shown.form.sections:
        choices = [
            Choice(
                question,
                blocks[question.id],
                chosen=f"fraga.{question.id}" in request.form,
                text=request.form.get(f"begaran.{question.id}", ""),
                error=errors.get(question.id, ""),
            )
            for question in asked(shown.form, shown.answers, section)
            if question.kind not in _NOT_ASKED and question.id in blocks
        ]
        if choices:
            yield section, choices


@blueprint.post("/<slug>/ansokningar/<int:year>/<int:number>/komplettering")
@access.office
def ask(year: int, number: int) -> Response | tuple[str, int]:
    """Send the request."""
    application, form = the_application(year, number), AskForm()
    if not form.validate() or form.due_on.data is None:
        return _ask_page(application, form), 422
    try:
        must_be_open(standing_of(g.session, application, g.now).state)
        completions.ask(
            g.session,
            application,
            questions=_asked(),
            message=form.message.data or "",
            due_on=form.due_on.data,
            now=g.now,
            actor=access.me().name,
        )
    except RuleBroken as broken:
        undo()
        return _not_asked(the_application(year, number), form, broken), 422
    flash(_("Begäran är skickad till de sökande och finns som Word-dokument i ärendet."), "success")
    return redirect(url_for("applications.completions_page", year=year, number=number), 303)


def _asked() -> list[Asked]:
    """What is ticked; a wish that is written without a tick is meant too."""
    ticked = [name.removeprefix("fraga.") for name in request.form if name.startswith("fraga.")]
    written = [
        name.removeprefix("begaran.")
        for name, text in request.form.items()
        if name.startswith("begaran.") and text.strip()
    ]
    return [Asked(name, request.form.get(f"begaran.{name}", "")) for name in dict.fromkeys([*ticked, *written])]


def _not_asked(application: Application, form: AskForm, broken: RuleBroken) -> str:
    problems = broken.problems if isinstance(broken, SeveralRulesBroken) else [broken]
    errors, general = {}, ""
    for problem in problems:
        if problem.field in form:
            form[problem.field].errors = [told(problem)]
        elif problem.field in (None, "questions"):
            general = told(problem)
        else:
            errors[str(problem.field)] = told(problem)
    return _ask_page(application, form, errors, general)


@blueprint.post("/<slug>/ansokningar/<int:year>/<int:number>/komplettering/forlang")
@access.office
def extend(year: int, number: int) -> Response | tuple[str, int]:
    """Give more time."""
    application, form = the_application(year, number), ExtendForm()
    if not form.validate() or form.due_on.data is None:
        return page_of(application, extend_form=form), 422
    try:
        completion = _open(application)
        completions.extend(g.session, completion, due_on=form.due_on.data, now=g.now, actor=access.me().name)
    except RuleBroken as broken:
        if broken.field != "due_on":
            raise
        undo()
        form.due_on.errors = [told(broken)]
        return page_of(the_application(year, number), extend_form=form), 422
    flash(_("De sökande har fått mer tid och ett mejl om det."), "success")
    return back_to(application, "komplettering")


@blueprint.post("/<slug>/ansokningar/<int:year>/<int:number>/komplettering/dra-tillbaka")
@access.office
def take_back(year: int, number: int) -> Response:
    """Take the application up as it was handed in."""
    application = the_application(year, number)
    completions.withdraw(g.session, _open(application), now=g.now, actor=access.me().name)
    flash(_("Begäran är tillbakadragen. Ansökan tas upp som den kom in."), "success")
    return back_to(application, "komplettering")


def _open(application: Application) -> Completion:
    found = open_completion(g.session, application)
    if found is None:
        raise NotThere("Ingen komplettering är begärd nu. Den kan just ha kommit in.")
    return found


# --- before and after ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pair:
    """A question with its answer before and after; None where it was not asked then."""

    label: str
    asked: str
    before: Block | None
    after: Block | None
    is_changed: bool


@dataclass(frozen=True)
class Compared:
    """One completion with its questions; ``pairs`` show no new answers before they are handed in."""

    completion: Completion
    pairs: list[Pair]


@blueprint.get("/<slug>/ansokningar/<int:year>/<int:number>/kompletteringar/")
@access.member
def completions_page(year: int, number: int) -> str:
    """Everything that was asked for, with the answers before and after, for the office and those with a seat."""
    application = the_application(year, number)
    return render_template(
        "applications/completions.html",
        application=application,
        compared=[Compared(one, pairs_of(one)) for one in all_completions(g.session, application)],
        today=local_date(g.now),
    )


def pairs_of(completion: Completion, *, half_written: bool = False) -> list[Pair]:
    """The questions of a completion with both answers; what is being written is its writers' own until it came in."""
    standing = completions.remaining(g.session, completion, local_date(g.now))
    before = _blocks(standing.before)
    after = _blocks(standing.after) if half_written or completion.answered_at else before
    shown = half_written or completion.answered_at is not None
    return [
        Pair(
            _label(standing, one.question_id),
            one.asked,
            before.get(one.question_id),
            after.get(one.question_id),
            shown and one.question_id in standing.changed,
        )
        for one in completion.questions
    ]


def _label(standing: Remaining, question_id: str) -> str:
    return standing.before.form.question(question_id).label.in_language(current())


def _blocks(shown: Filled) -> dict[str, Block]:
    return {one.question_id: one for one in shown.blocks(current()) if not isinstance(one, Heading)}
