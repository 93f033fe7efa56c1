"""One section a page: shown, saved by its buttons, and saved by itself while one writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.questions import Drawing, QuestionView, questions_of
from paragraf.applications import operations
from paragraf.applications.filled import Filled, filled, form_of
from paragraf.applications.models import Application
from paragraf.applications.operations import Saved
from paragraf.core.dates import local, local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.core.printing import print_time
from paragraf.questions.completeness import Problem
from paragraf.questions.conditions import asked
from paragraf.questions.definition import Form, Kind, Section
from paragraf.questions.fields import collect, field_texts
from paragraf.questions.presenting import Block
from webapp import access
from webapp.applications.carrying import kept_from_old_page
from webapp.applications.door import blueprint, opened, problem_text, state_text
from webapp.language import current, told

#: The buttons of a section, as their field ``next-step`` tells them apart; some end with ``.`` and what they act on.
STAY, GO_ON, GO_BACK, MORE, LESS, UPLOAD, TAKE_AWAY, COMPARE = (
    "stay",
    "go-on",
    "go-back",
    "more",
    "less",
    "upload",
    "take-away",
    "compare",
)
#: ``?visa=allt``: point out what is missing too, not only what is wrong.
ALL = "allt"


@blueprint.get("/ansokan/<token>/<section_id>")
@access.by_link
def section(token: str, section_id: str) -> str | Response:
    """The section's questions with what is answered; ``?visa=allt`` points out what is missing too."""
    application = opened(token)
    if application.submitted_at is not None:
        return redirect(url_for("applications.overview", token=token))
    return _page(token, application, section_id, everything=request.args.get("visa") == ALL)


@blueprint.post("/ansokan/<token>/<section_id>")
@access.by_link
def save_section(token: str, section_id: str) -> str | Response:
    """Save what was typed, whatever it is, and go where the button says."""
    application = opened(token)
    if (kept := kept_from_old_page(token, application, section_id)) is not None:
        return kept
    step, _dot, target = request.form.get("next-step", STAY).partition(".")
    asked_section = _section(form_of(application.form_version), section_id)
    raw = collect(asked_section, dict(request.form.lists()))
    if step == LESS:
        _take_out(raw, target)
    saved = operations.save_section(
        g.session,
        application,
        section_id=section_id,
        raw=raw,
        base_version=request.form.get("base-version", type=int) or 0,
        now=g.now,
    )
    if request.accept_mimetypes.best == "application/json":
        return _told_to_script(application, asked_section, saved)
    if saved.conflicts:
        return _page(token, application, section_id, saved=saved)
    _handle_file(application, step, target)
    return redirect(_next(token, application, asked_section, step, target), 303)


def _section(form: Form, section_id: str) -> Section:
    try:
        return form.section(section_id)
    except KeyError:
        raise NotThere("Avsnittet finns inte i formuläret.") from None


def _take_out(raw: dict[str, Any], target: str) -> None:
    """Leave one entry of a list out of what was typed: ``signatories.2``."""
    question_id, _dot, place = target.partition(".")
    entries = raw.get(question_id)
    if isinstance(entries, list) and place.isdigit() and int(place) < len(entries):
        del entries[int(place)]


def _handle_file(application: Application, step: str, target: str) -> None:
    """Add or take away a file. What was typed is saved already; a file that is refused must not undo that."""
    try:
        with g.session.begin_nested():
            if step == TAKE_AWAY and target.isdigit():
                operations.remove_attachment(g.session, application, int(target), now=g.now)
            file = request.files.get(f"file.{target}") if step == UPLOAD else None
            if file is not None:
                operations.attach(
                    g.session,
                    application,
                    question_id=target,
                    filename=file.filename or "",
                    content=file.read(),
                    now=g.now,
                )
    except RuleBroken as broken:
        flash(told(broken), "error")


def _next(token: str, application: Application, here: Section, step: str, target: str) -> str:
    sections = form_of(application.form_version).sections
    place = sections.index(here)
    page = "applications.section"
    if step == GO_BACK and place > 0:
        return url_for(page, token=token, section_id=sections[place - 1].id)
    if step == GO_ON:
        if any(not problem.is_missing for problem in _problems_in(application, here)):
            return url_for(page, token=token, section_id=here.id, visa=ALL, _anchor="fel")
        if place + 1 < len(sections):
            return url_for(page, token=token, section_id=sections[place + 1].id)
        return url_for("applications.review", token=token)
    if step == MORE:
        return url_for(page, token=token, section_id=here.id, fler=target, _anchor=f"{target}-fler")
    everything = None if step in (LESS, UPLOAD, TAKE_AWAY) else ALL
    return url_for(page, token=token, section_id=here.id, visa=everything, _anchor=target.partition(".")[0] or None)


def _problems_in(application: Application, here: Section) -> list[Problem]:
    shown = filled(g.session, application, local_date(g.now))
    return [problem for problem in shown.problems if problem.section_id == here.id]


# --- the page --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Compared:
    """A question that two have answered: what the other one wrote, as it reads, for the page to show beside mine."""

    question: QuestionView
    theirs: Block


def _page(
    token: str, application: Application, section_id: str, *, everything: bool = False, saved: Saved | None = None
) -> str:
    shown = filled(g.session, application, local_date(g.now))
    here = _section(shown.form, section_id)
    mine = _with_mine(shown, saved)
    problems = [problem for problem in mine.problems if problem.section_id == here.id]
    told_now = [problem for problem in problems if everything or not problem.is_missing]
    questions = questions_of(_drawing(mine, told_now), here)
    place = shown.form.sections.index(here)
    return render_template(
        "applications/section.html",
        token=token,
        application=application,
        filled=shown,
        section=here,
        place=place,
        sections=list(zip(shown.form.sections, shown.states, strict=True)),
        questions=questions,
        shows=ALL if everything else "",
        problems=told_now,
        labels=_cell_labels(questions),
        compared=_compared(shown, questions, saved),
        has_files=any(question.kind is Kind.ATTACHMENTS for question in here.questions),
        saved_at=shown.saved_at,
        now=g.now,
    )


def _cell_labels(questions: tuple[QuestionView, ...]) -> dict[str, str]:
    """What a budget's cells are called, by field: "Budget" would not say which of thirty is meant."""
    budgets = [question.budget for question in questions if question.budget]
    return {cell.name: cell.label for budget in budgets for row in budget.rows for cell in row.cells}


def _with_mine(shown: Filled, saved: Saved | None) -> Filled:
    """The answers with what came too late in its place, so that the writer goes on from their own words."""
    if saved is None or not saved.conflicts:
        return shown
    late = {conflict.question_id: conflict.mine for conflict in saved.conflicts}
    answers = {name: value for name, value in {**shown.answers, **late}.items() if value is not None}
    return Filled(shown.form, answers, shown.context, shown.saved_at)


def _drawing(shown: Filled, problems: list[Problem]) -> Drawing:
    return Drawing(
        shown.form,
        shown.answers,
        shown.computed,
        shown.context,
        problems,
        current(),
        _,
        more=request.args.get("fler", ""),
    )


def _compared(shown: Filled, questions: tuple[QuestionView, ...], saved: Saved | None) -> list[Compared]:
    """Both texts of every conflict; nothing in the usual case."""
    if saved is None or not saved.conflicts:
        return []
    late = {conflict.question_id for conflict in saved.conflicts}
    blocks = {block.question_id: block for block in shown.blocks(current()) if block.kind != "heading"}
    return [Compared(one, blocks[one.id]) for one in questions if one.id in late]


# --- the answer to the script --------------------------------------------------------------------------------


def _told_to_script(application: Application, here: Section, saved: Saved) -> Response:
    """What a page needs to know after it saved itself. Without conflicts it goes on from the new version."""
    shown = filled(g.session, application, local_date(g.now))
    problems = [problem for problem in shown.problems if problem.section_id == here.id]
    wrong = [problem for problem in problems if not problem.is_missing]
    told_now = problems if request.form.get("visa") == ALL else wrong
    state = next(state for state in shown.states if state.section_id == here.id)
    return jsonify(
        version=saved.version,
        saved=_("Sparat %(time)s", time=print_time(local(g.now).time(), current())),
        conflicts=[conflict.question_id for conflict in saved.conflicts],
        others=_texts(shown.answers, here, saved),
        state=state_text(state),
        complete=state.is_complete,
        asked=[question.id for question in asked(shown.form, shown.answers, here)],
        problems=[{"field": problem.field, "message": problem_text(problem)} for problem in told_now],
        wrong=bool(wrong),
        budgets={name: sums.as_json() for name, sums in shown.computed.items() if _asks(here, name)},
    )


def _texts(answers: Mapping[str, Any], here: Section, saved: Saved) -> dict[str, dict[str, list[str]]]:
    """What stands in the fields of the questions that someone else has answered, by question."""
    return {
        question.id: field_texts(question, answers.get(question.id))
        for question in here.questions
        if question.id in saved.others
    }


def _asks(here: Section, question_id: str) -> bool:
    return any(question.id == question_id for question in here.questions)
