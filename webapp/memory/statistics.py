"""How the meetings of a year went against the plan's goals: who was there, and what the decisions rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.memory import GoalForm
from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from paragraf.meetings import goals
from paragraf.meetings.models import GoalKey, MeetingGoal
from paragraf.meetings.party_attendance import PartyAttendance, by_party
from paragraf.minutes import basis, decision_index
from paragraf.minutes.basis import Fulfilment
from paragraf.people import queries as people
from paragraf.people.models import Body
from webapp import access
from webapp.acting import actor, tell_in
from webapp.memory.door import asked_year, blueprint, bodies

Page = str | tuple[str, int] | Response
#: Units across a bar; the page stretches it to its own width.
WIDTH = 1000


@dataclass(frozen=True)
class Line:
    """One party's bar: the share of the meetings at which it was there."""

    party: PartyAttendance
    reaches: bool | None

    @property
    def width(self) -> int:
        """How far the bar reaches."""
        return WIDTH * self.party.meetings_there // len(self.party.meetings) if self.party.meetings else 0


@blueprint.get("/narvaro-och-mal/")
@access.member
def statistics() -> str:
    """The year and the body that are asked for: ``?ar=2026&organ=1``; else this year and the board."""
    return _page()


@blueprint.post("/narvaro-och-mal/mal/<key>")
@access.office
def set_goal(key: str) -> Page:
    """Set one of the goals from a day."""
    known = GoalKey(key) if key in list(GoalKey) else None
    if known is None:
        raise RuleBroken("Det målet finns inte.")
    form = GoalForm(prefix=known.value)
    if not form.validate() or not _set(known, form):
        return _page({known: form}), 422
    flash(_("Sparat."), "success")
    return redirect(url_for("memory.statistics"), 303)


def _set(key: GoalKey, form: GoalForm) -> bool:
    assert form.valid_from.data is not None
    assert form.percent.data is not None
    try:
        goals.set_goal(
            g.session,
            g.association.id,
            key,
            valid_from=form.valid_from.data,
            percent=form.percent.data,
            source=form.source.data or "",
            now=g.now,
            actor=actor(),
        )
    except RuleBroken as broken:
        tell_in(form, broken)
        return False
    return True


def _page(posted: dict[GoalKey, GoalForm] | None = None) -> str:
    today = local_date(g.now)
    year = asked_year() or today.year
    # The goals that held at the end of the year that is shown, or hold today.
    day = min(today, date(year, 12, 31))
    body = _body(request.args.get("organ", type=int))
    attendance, analysis = (goals.goal(g.session, g.association.id, key, day) for key in GoalKey)
    return render_template(
        "memory/statistics.html",
        year=year,
        years=sorted({*decision_index.years(g.session, g.association.id), today.year}, reverse=True),
        bodies=bodies(),
        body=body,
        lines=_lines(body, year, attendance),
        measure=_measure(body, year, analysis),
        attendance=attendance,
        goal=analysis,
        width=WIDTH,
        forms=_forms(posted or {}),
    )


def _forms(posted: dict[GoalKey, GoalForm]) -> list[tuple[GoalKey, GoalForm]]:
    today = local_date(g.now)
    return [
        (key, posted.get(key) or GoalForm(formdata=None, prefix=key.value, data={"valid_from": today}))
        for key in GoalKey
    ]


def _body(body_id: int | None) -> Body:
    if body_id is None:
        return people.board(g.session, g.association.id)
    return people.body(g.session, g.association.id, body_id)


def _lines(body: Body, year: int, goal: MeetingGoal | None) -> list[Line]:
    parties = by_party(g.session, g.association.id, body.id, year)
    return [Line(one, one.reaches(goal.percent) if goal else None) for one in parties]


def _measure(body: Body, year: int, goal: MeetingGoal | None) -> Fulfilment:
    noted = basis.of_year(g.session, g.association.id, body.id, year)
    return basis.fulfilment(noted, goal.percent if goal else None)
