"""What each § of the minutes rests on: noted by the office while the minutes are written, or afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from forms.memory import BasisForm
from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from paragraf.meetings import goals
from paragraf.meetings.models import GoalKey
from paragraf.minutes import basis, queries
from paragraf.minutes.models import Minutes, Verb
from paragraf.minutes.queries import Item
from paragraf.register.models import Matter
from webapp import access
from webapp.acting import actor, tell_in
from webapp.memory.door import blueprint

Page = str | tuple[str, int] | Response


@dataclass(frozen=True)
class Line:
    """One § with its form."""

    item: Item
    form: BasisForm
    is_noted: bool


@blueprint.get("/moten/<int:meeting_id>/protokoll/underlag")
@access.office
def bases(meeting_id: int) -> str:
    """Every §, whether it counts, and what it rests on."""
    return _page(_minutes(meeting_id))


@blueprint.post("/moten/<int:meeting_id>/protokoll/underlag")
@access.office
def save_bases(meeting_id: int) -> Page:
    """Note them all at once; none if something is wrong."""
    minutes = _minutes(meeting_id)
    analyses = basis.needs_analyses(g.session, g.association.id)
    items = queries.items(g.session, minutes)
    forms = {one.row.id: _form(one, analyses, posted=True) for one in items}
    # All of them are asked, so that every fault is told at once.
    wrong = [form for form in forms.values() if not form.validate()]
    if wrong or not _save(items, forms, analyses):
        return _page(minutes, forms), 422
    flash(_("Sparat."), "success")
    return redirect(url_for("memory.bases", meeting_id=meeting_id), 303)


def _minutes(meeting_id: int) -> Minutes:
    return queries.minutes(g.session, g.association.id, meeting_id)


def _save(items: Sequence[Item], forms: Mapping[int, BasisForm], analyses: Sequence[Matter]) -> bool:
    by_id = {str(matter.id): matter for matter in analyses}
    for one in items:
        form = forms[one.row.id]
        try:
            basis.set_basis(
                g.session,
                one.row,
                is_substantive=form.is_substantive.data,
                needs_analysis=by_id.get(form.needs_analysis.data or ""),
                reason=form.reason.data or "",
                now=g.now,
                actor=actor(),
            )
        except RuleBroken as broken:
            tell_in(form, broken)
            return False
    return True


def _page(minutes: Minutes, forms: Mapping[int, BasisForm] | None = None) -> str:
    analyses = basis.needs_analyses(g.session, g.association.id)
    items = queries.items(g.session, minutes)
    held_on = local_date(minutes.meeting.starts_at)
    goal = goals.goal(g.session, g.association.id, GoalKey.NEEDS_ANALYSIS, held_on)
    noted = [basis.basis_of(one.row, _verbs(one)) for one in items]
    return render_template(
        "memory/bases.html",
        minutes=minutes,
        meeting=minutes.meeting,
        lines=[
            Line(one, forms[one.row.id] if forms else _form(one, analyses), one.row.basis is not None) for one in items
        ],
        analyses=analyses,
        measure=basis.fulfilment(noted, goal.percent if goal else None),
        goal=goal,
    )


def _form(one: Item, analyses: Sequence[Matter], *, posted: bool = False) -> BasisForm:
    noted = one.row.basis
    proposed = basis.basis_of(one.row, _verbs(one))
    values = {
        "is_substantive": proposed.is_substantive,
        "needs_analysis": str(noted.needs_analysis_id or "") if noted else "",
        "reason": noted.reason if noted else "",
    }
    prefix = f"p{one.row.id}"
    form = BasisForm(prefix=prefix) if posted else BasisForm(formdata=None, prefix=prefix, data=values)
    form.needs_analysis.choices = [
        SelectChoice("", _("Ingen")),
        *(SelectChoice(str(each.id), f"{each.register_number} {each.title}") for each in analyses),
    ]
    return form


def _verbs(one: Item) -> list[Verb]:
    return [clause.verb for clause in one.words.clauses]
