"""One section a page: shown, saved by its buttons, and saved by itself while one writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.questions import Drawing, QuestionView, questions_of
from forms.tables import sums_as_json
from paragraf.applications import operations
from paragraf.applications.changing import Openness, Phase, openness
from paragraf.applications.filled import Filled, filled, form_at
from paragraf.applications.links import Opened
from paragraf.applications.operations import Saved
from paragraf.core.dates import local, local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.core.printing import print_time
from paragraf.questions.completeness import Problem, SectionState
from paragraf.questions.conditions import asked
from paragraf.questions.definition import Form, Kind, Section
from paragraf.questions.fields import collect, field_name, field_texts
from paragraf.questions.kinds import parts_of
from paragraf.questions.presenting import Block
from webapp import access
from webapp.applications.applicant import last_saved
from webapp.applications.carrying import kept_from_old_page
from webapp.applications.door import blueprint, opened, problem_text, state_text, written
from webapp.applications.entries import ADD_ENTRY, REMOVE_ENTRY, entry_changed
from webapp.edge import database
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
#: ``?andra=1`` and the field ``during-signing``: change although a round of signatures becomes void by it.
ANYWAY = "1"


@blueprint.get("/ansokan/<token>/<section_id>")
@access.by_link
def section(token: str, section_id: str) -> str | Response:
    """The section's questions with what is answered; ``?visa=allt`` points out what is missing too."""
    link = opened(token)
    if openness(g.session, link.application, now=g.now).phase in (Phase.RECEIVED, Phase.WITHDRAWN):
        return redirect(url_for("applications.overview", token=token))
    return _page(token, link, section_id, everything=request.args.get("visa") == ALL)


@blueprint.post("/ansokan/<token>/<section_id>")
@access.by_link
def save_section(token: str, section_id: str) -> str | Response:
    """Save what was typed, whatever it is, and go where the button says."""
    link = written(token)
    if (kept := kept_from_old_page(token, link, section_id)) is not None:
        return kept
    step, _dot, target = request.form.get("next-step", STAY).partition(".")
    asked_form = form_at(g.session, link.application, local_date(g.now), section_id=section_id)
    asked_section = _section(asked_form, section_id)
    raw = collect(asked_section, dict(request.form.lists()))
    if step == LESS:
        _take_out(raw, target)
    saved = operations.save_section(
        g.session,
        link.application,
        section_id=section_id,
        raw=raw,
        base_version=request.form.get("base-version", type=int) or 0,
        **_by(link),
    )
    if request.accept_mimetypes.best == "application/json":
        return _told_to_script(link, asked_section, saved)
    if saved.voided:
        flash(_("Ansökan är ändrad. Underskrifterna räknas inte längre, och alla har fått veta det."), "warning")
    if saved.conflicts:
        return _page(token, link, section_id, saved=saved)
    _handle_file(link, step, target)
    if step in (ADD_ENTRY, REMOVE_ENTRY):
        return redirect(entry_changed(token, link, step, target, **_by(link)), 303)
    return redirect(_next(token, link, asked_section, step, target), 303)


def _by(link: Opened) -> dict[str, Any]:
    """Who changes what is saved, when, and whether signatures may become void by it."""
    return {"now": g.now, "by": link.address, "during_signing": _anyway()}


def _anyway() -> bool:
    return request.values.get("during-signing") == ANYWAY or request.args.get("andra") == ANYWAY


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


def _handle_file(link: Opened, step: str, target: str) -> None:
    """Add or take away a file. What was typed is saved already; a file that is refused must not undo that."""
    own = _by(link)
    try:
        with g.session.begin_nested():
            document_id, _dot, question_id = target.partition(".")
            if step == TAKE_AWAY and document_id.isdigit():
                operations.remove_attachment(
                    g.session, link.application, int(document_id), question_id=question_id, **own
                )
            file = request.files.get(f"file.{target}") if step == UPLOAD else None
            if file is not None:
                operations.attach(
                    g.session,
                    link.application,
                    question_id=target,
                    filename=file.filename or "",
                    content=file.read(),
                    **own,
                )
    except RuleBroken as broken:
        flash(told(broken), "error")


def _next(token: str, link: Opened, here: Section, step: str, target: str) -> str:
    shown = filled(g.session, link.application, local_date(g.now))
    # By id: an answer may have renamed the section of an entry.
    sections = _changeable(shown, openness(g.session, link.application, now=g.now))
    place = next((place for place, one in enumerate(sections) if one.id == here.id), None)
    page = "applications.section"
    if place is None:
        # The entry was taken away, or the section is no longer asked for: what was typed is saved, but not shown.
        return url_for("applications.overview", token=token)
    if step == GO_BACK and place > 0:
        return url_for(page, token=token, section_id=sections[place - 1].id)
    if step == GO_ON:
        if any(not (one.is_missing or one.is_warning) for one in shown.problems if one.section_id == here.id):
            return url_for(page, token=token, section_id=here.id, visa=ALL, _anchor="fel")
        if place + 1 < len(sections):
            # Nothing may be changed yet, so what the person agreed to still has to be remembered.
            return url_for(page, token=token, section_id=sections[place + 1].id, andra=ANYWAY if _anyway() else None)
        received = link.application.submitted_at is not None
        return url_for("applications.completion" if received else "applications.review", token=token)
    if step == MORE:
        return url_for(page, token=token, section_id=here.id, fler=target, _anchor=_added(shown, target))
    everything = None if step in (LESS, UPLOAD, TAKE_AWAY) else ALL
    return url_for(page, token=token, section_id=here.id, visa=everything, _anchor=target.partition(".")[0] or None)


def _added(shown: Filled, question_id: str) -> str:
    """The first field of the entry that is added, so that one who writes by keyboard goes on in it."""
    parts = parts_of(shown.form.question(question_id)) if shown.form.has(question_id) else ()
    if not parts:
        return question_id
    return field_name(question_id, len(shown.answers.get(question_id) or ()), parts[0].name)


def _changeable(shown: Filled, found: Openness) -> tuple[Section, ...]:
    """The sections that have something to change: all of a draft, those that a completion asks about."""
    names = found.questions(shown.form)
    sections = (section for section, _state in shown.sections)
    return tuple(one for one in sections if any(question.id in names for question in one.questions))


# --- the page --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Compared:
    """A question that two have answered: what the other one wrote, as it reads, for the page to show beside mine."""

    question: QuestionView
    theirs: Block


def _page(token: str, link: Opened, section_id: str, *, everything: bool = False, saved: Saved | None = None) -> str:
    application = link.application
    shown = filled(g.session, application, local_date(g.now))
    here = _section(shown.form, section_id)
    mine = _with_mine(shown, saved)
    found = openness(g.session, application, now=g.now)
    names = _open_to(link, found, shown)
    problems = [one for one in mine.problems if one.section_id == here.id and one.question_id in names]
    told_now = [problem for problem in problems if everything or not problem.is_missing]
    questions = questions_of(_drawing(mine, told_now), here)
    place = next((place for place, (section, _state) in enumerate(shown.sections) if section is here), None)
    if place is None:
        raise NotThere("Avsnittet behövs inte som ansökan är ifylld nu. Gå tillbaka till ansökans avsnitt.")
    return render_template(
        "applications/section.html",
        token=token,
        link=link,
        application=application,
        openness=found,
        open_questions=names,
        anyway=_anyway(),
        blocks=_to_read(shown, here, names),
        **last_saved(link),
        filled=shown,
        section=here,
        place=place,
        sections=shown.sections,
        repeats=shown.repeated,
        repeat=next((one for one in shown.repeated if one.section_id == here.repeated), None),
        questions=questions,
        shows=ALL if everything else "",
        problems=told_now,
        labels={name: label for question in questions for name, label in question.labels().items()},
        compared=_compared(shown, questions, saved),
        has_files=any(question.kind is Kind.ATTACHMENTS for question in here.questions),
        has_formatted=any(question.options.formatted for question in here.questions),
        upload_mb=database().settings.upload_mb,
        saved_at=shown.saved_at,
        now=g.now,
    )


def _open_to(link: Opened, found: Openness, shown: Filled) -> frozenset[str]:
    """The questions that the holder of the link may change on the page; the others are shown to be read."""
    if not link.may_write or (found.round is not None and not _anyway()):
        return frozenset()
    return found.questions(shown.form)


def _to_read(shown: Filled, here: Section, names: frozenset[str]) -> dict[str, Block]:
    """The answers of the section that cannot be changed now, as they read, by question."""
    own = {question.id for question in here.questions} - names
    if not own:
        return {}
    return {one.question_id: one for one in shown.blocks(current()) if one.kind != "heading" and one.question_id in own}


def _with_mine(shown: Filled, saved: Saved | None) -> Filled:
    """The answers with what came too late in its place, so that the writer goes on from their own words."""
    if saved is None or not saved.conflicts:
        return shown
    late = {conflict.question_id: conflict.mine for conflict in saved.conflicts}
    answers = {name: value for name, value in {**shown.answers, **late}.items() if value is not None}
    return Filled(shown.written, answers, shown.context, shown.saved_at)


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


def _told_to_script(link: Opened, here: Section, saved: Saved) -> Response:
    """What a page needs to know after it saved itself. Without conflicts it goes on from the new version."""
    shown = saved.after or filled(g.session, link.application, local_date(g.now))
    # An entry that someone has taken away meanwhile is saved, and there is nothing left to do in it.
    is_there = any(section.id == here.id for section in shown.form.sections)
    state = shown.state_of(here) if is_there else SectionState(here.id, (), 0, 0, True)
    problems = state.problems
    wrong = [problem for problem in problems if not (problem.is_missing or problem.is_warning)]
    told_now = [one for one in problems if request.form.get("visa") == ALL or not one.is_missing]
    drawing = _drawing(shown, [])
    return jsonify(
        version=saved.version,
        saved=_saved_text(saved),
        conflicts=[conflict.question_id for conflict in saved.conflicts],
        others=_texts(shown.answers, here, saved),
        state=state_text(state),
        complete=state.is_complete,
        asked=[question.id for question in asked(shown.form, shown.answers, here)],
        problems=[{"field": problem.field, "message": problem_text(problem)} for problem in told_now],
        wrong=bool(wrong),
        budgets={name: sums.as_json() for name, sums in shown.computed.items() if _asks(here, name)},
        tables={
            question.id: sums_as_json(drawing, question, shown.answers.get(question.id))
            for question in here.questions
            if question.kind is Kind.TABLE
        },
    )


def _saved_text(saved: Saved) -> str:
    time = print_time(local(g.now).time(), current())
    if saved.voided:
        return str(_("Sparat %(time)s. Underskrifterna räknas inte längre, och alla har fått veta det.", time=time))
    return str(_("Sparat %(time)s", time=time))


def _texts(answers: Mapping[str, Any], here: Section, saved: Saved) -> dict[str, dict[str, list[str]]]:
    """What stands in the fields of the questions that someone else has answered, by question."""
    return {
        question.id: field_texts(question, answers.get(question.id))
        for question in here.questions
        if question.id in saved.others
    }


def _asks(here: Section, question_id: str) -> bool:
    return any(question.id == question_id for question in here.questions)
