"""The meetings of a year: all of them as a list, and a whole year planned in one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from forms.year_plan import WishForm, YearForm
from paragraf.core.dates import local, local_date, utc_moment
from paragraf.core.errors import NotThere, RuleBroken, SeveralRulesBroken
from paragraf.meetings import queries, year_plan
from paragraf.meetings.models import Meeting, MeetingMode
from paragraf.meetings.scheduling import NewMeeting, plan_meetings
from paragraf.meetings.year_plan import Avoided
from paragraf.people import queries as people
from paragraf.people.models import Body, BodyKind
from webapp import access
from webapp.acting import actor
from webapp.edge import undo
from webapp.language import told
from webapp.meetings.base import blueprint

Page = str | tuple[str, int] | Response
YEARS = range(2000, 2101)


@dataclass(frozen=True)
class DayRemark:
    """What is worth knowing of a row's day: why it, or the wanted one, is no good day."""

    why: Avoided
    #: The day that is spoken of, and the one chosen or recommended in its place.
    day: date
    instead: date | None
    #: The day itself was typed so, against what is recommended.
    chosen: bool


@blueprint.get("/ar/<int:of_year>/")
@access.member
def year(of_year: int) -> str:
    """Every meeting of the year, of all bodies."""
    _check(of_year)
    found = queries.of_year(g.session, g.association.id, of_year)
    return render_template(
        "meetings/year.html",
        year=of_year,
        meetings=[(one, queries.state(g.session, one, g.now)) for one in found],
        lacks_budget=access.current_powers().office and _lacks_budget(found, of_year),
    )


def _lacks_budget(found: Sequence[Meeting], of_year: int) -> bool:
    if of_year < local_date(g.now).year:
        return False
    held = [one for one in found if one.body.kind is BodyKind.BOARD and one.cancelled_at is None]
    return year_plan.lacks_budget_meeting([local_date(one.starts_at) for one in held], of_year)


@blueprint.get("/ar/<int:of_year>/planera")
@access.office
def plan_year(of_year: int) -> Page:
    """Ask what is wanted of the year; asked with it, propose days."""
    _check(of_year)
    wish = _wish(of_year)
    if "body_id" not in request.args:
        return _wish_page(of_year, wish)
    if not wish.validate():
        return _wish_page(of_year, wish), 422
    body = people.body(g.session, g.association.id, wish.body_id.data)
    return _rows_page(of_year, body, _proposed(of_year, body, wish))


@blueprint.post("/ar/<int:of_year>/planera")
@access.office
def save_year(of_year: int) -> Page:
    """Add or take away a row, or plan all the meetings at once."""
    _check(of_year)
    form = YearForm()
    body = people.body(g.session, g.association.id, form.body_id.data or 0)
    action = request.form.get("action", "plan")
    if action != "plan":
        _edit_rows(form, action)
        return _rows_page(of_year, body, form)
    if not form.validate():
        return _rows_page(of_year, body, form), 422
    if _unseen(form, body, of_year):
        return _rows_page(of_year, body, form, ask=True)
    try:
        planned = plan_meetings(g.session, body=body, meetings=_meetings(form), now=g.now, actor=actor())
    except RuleBroken as broken:
        _tell_rows(form, broken)
        return _rows_page(of_year, body, form), 422
    flash(
        ngettext(
            "%(num)s sammanträde är planerat. Ingen har fått kallelse än.",
            "%(num)s sammanträden är planerade. Ingen har fått kallelse än.",
            len(planned),
        ),
        "success",
    )
    return redirect(url_for("meetings.year", of_year=of_year), 303)


def _check(of_year: int) -> None:
    if of_year not in YEARS:
        raise NotThere("Det året finns inte i kalendern.")


# --- what is wanted -------------------------------------------------------------------------------------------------


def _wish(of_year: int) -> WishForm:
    bodies = [one for one in people.bodies(g.session, g.association.id) if _exists_in(one, of_year)]
    given = request.args if "body_id" in request.args else None
    form = WishForm(formdata=given, data=_usual(bodies))
    form.body_id.choices = [SelectChoice(body.id, body.name) for body in bodies]
    return form


def _exists_in(body: Body, of_year: int) -> bool:
    return body.ended_on is None or body.ended_on.year >= of_year


def _usual(bodies: Sequence[Body]) -> dict[str, Any]:
    """Time, place and form as the first body's latest meeting had them."""
    earlier = [
        one
        for one in (
            *queries.coming(g.session, g.association.id, g.now)[::-1],
            *queries.held(g.session, g.association.id, g.now),
        )
        if bodies and one.body_id == bodies[0].id
    ]
    usual: dict[str, Any] = {"count": 6}
    if earlier:
        start, end = local(earlier[0].starts_at), local(earlier[0].ends_at)
        usual |= {"starts": start.time(), "ends": end.time(), "place": earlier[0].place, "mode": earlier[0].mode.value}
        usual |= {"weekday": str(min(start.weekday(), 4))}
    return usual


def _wish_page(of_year: int, form: WishForm) -> str:
    return render_template("meetings/year_wish.html", form=form, year=of_year)


def _proposed(of_year: int, body: Body, wish: WishForm) -> YearForm:
    months = [int(month) for month in wish.months.data or []] or year_plan.spread(wish.count.data or 6)
    wanted = year_plan.wanted_days(of_year, months, int(wish.weekday.data), int(wish.week.data))
    proposals = year_plan.propose(wanted, taken=_taken(body, of_year), after=local_date(g.now))
    same = {"starts": wish.starts.data, "ends": wish.ends.data, "place": wish.place.data, "mode": wish.mode.data}
    rows = [{**same, "day": one.day, "wanted": one.wanted.isoformat(), "accepted": ""} for one in proposals]
    return YearForm(formdata=None, data={"body_id": body.id, "rows": rows})


def _taken(body: Body, of_year: int) -> list[date]:
    return [
        local_date(one.starts_at)
        for one in queries.of_year(g.session, g.association.id, of_year)
        if one.body_id == body.id and one.cancelled_at is None
    ]


# --- the rows -------------------------------------------------------------------------------------------------------


def _edit_rows(form: YearForm, action: str) -> None:
    """Take away the row that the button names, or add one like the last, on no day yet."""
    kept = [row.data for row in form.rows]
    verb, _dash, place = action.partition("-")
    if verb == "remove" and place.isdigit() and int(place) < len(kept):
        del kept[int(place)]
    elif verb == "add":
        last = kept[-1] if kept else {"mode": "in_person", "place": "", "starts": None, "ends": None}
        kept.append({**last, "day": None, "wanted": "", "accepted": ""})
    while form.rows.entries:
        form.rows.pop_entry()
    form.rows.last_index = -1
    for row in kept:
        form.rows.append_entry(row)


def _unseen(form: YearForm, body: Body, of_year: int) -> bool:
    """Whether a day is typed that is no good day, and nobody has been told so yet."""
    remarks = _remarks(form, body, of_year)
    unseen = [
        row for row, remark in zip(form.rows, remarks, strict=True) if remark and remark.chosen and not _accepted(row)
    ]
    return bool(unseen)


def _accepted(row: Any) -> bool:
    return bool(row.form.day.data and row.form.accepted.data == row.form.day.data.isoformat())


def _remarks(form: YearForm, body: Body, of_year: int) -> list[DayRemark | None]:
    taken = _taken(body, of_year)
    return [_remark(row.form.day.data, row.form.wanted.data or "", taken) for row in form.rows]


def _remark(day: date | None, wanted: str, taken: Sequence[date]) -> DayRemark | None:
    if day is None:
        return None
    today = local_date(g.now)
    why = year_plan.why_avoided(day, taken=taken, after=today)
    # What cannot be planned at all is told as a fault when it is tried.
    if why is not None and why not in {Avoided.PAST, Avoided.TAKEN}:
        better = year_plan.propose([day], taken=taken, after=today)
        return DayRemark(why, day, better[0].day if better else None, chosen=True)
    asked = date.fromisoformat(wanted) if _is_day(wanted) else day
    avoided = year_plan.why_avoided(asked, taken=taken, after=today)
    if why is None and asked != day and avoided is not None:
        return DayRemark(avoided, asked, day, chosen=False)
    return None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _meetings(form: YearForm) -> list[NewMeeting]:
    made, faults = [], []
    for place, row in enumerate(form.rows):
        try:
            made.append(_meeting(row.form))
        except RuleBroken as broken:
            faults.append(RuleBroken(broken.message, field=f"{place}-starts", **broken.values))
    if faults:
        raise SeveralRulesBroken(faults)
    return made


def _meeting(row: Any) -> NewMeeting:
    return NewMeeting(
        utc_moment(row.day.data, row.starts.data),
        utc_moment(row.day.data, row.ends.data),
        row.place.data or "",
        MeetingMode(row.mode.data),
    )


def _tell_rows(form: YearForm, broken: RuleBroken) -> None:
    """Say each fault at its row; what was planned before it is taken back."""
    undo()
    for fault in broken.problems if isinstance(broken, SeveralRulesBroken) else [broken]:
        place, _dash, name = (fault.field or "").partition("-")
        row = form.rows[int(place)].form if place.isdigit() else None
        if row is not None and name in row:
            row[name].errors = [*row[name].errors, told(fault)]
        else:
            form.form_errors.append(told(fault))


def _rows_page(of_year: int, body: Body, form: YearForm, *, ask: bool = False) -> str:
    body = people.body(g.session, g.association.id, body.id)
    for row in form.rows:
        row.form.accepted.data = row.form.day.data.isoformat() if row.form.day.data else ""
    taken = _taken(body, of_year)
    days = [row.form.day.data for row in form.rows if row.form.day.data]
    return render_template(
        "meetings/year_rows.html",
        form=form,
        body=body,
        year=of_year,
        remarks=_remarks(form, body, of_year),
        taken=taken,
        ask=ask,
        lacks_budget=body.kind is BodyKind.BOARD and year_plan.lacks_budget_meeting([*taken, *days], of_year),
    )
