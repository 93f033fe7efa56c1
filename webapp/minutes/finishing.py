"""From draft to fixed numbers: who signs, what hinders, and the button that cannot be taken back."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from forms.minutes import SignersForm
from paragraf.core.errors import RuleBroken
from paragraf.minutes import operations, queries
from paragraf.minutes.models import Minutes
from paragraf.minutes.rules import Finding, Place, elected_in_text, print_range
from paragraf.people import queries as people
from webapp import access
from webapp.minutes.base import Page, actor, blueprint, minutes_at, refused, to_item


@blueprint.get("/fardigstall")
@access.office
def finish(meeting_id: int) -> Page:
    """What must be mended before the numbers are fixed, each with a link to its place."""
    minutes = minutes_at(meeting_id)
    if minutes.fixed_at is not None:
        return to_item(meeting_id, None)
    items = queries.items(g.session, minutes)
    found = queries.findings(g.session, minutes, items, g.now)
    return render_template(
        "minutes/finish.html",
        minutes=minutes,
        meeting=minutes.meeting,
        numbers=print_range([one.number for one in items]),
        by_id={one.row.id: one for one in items},
        hindrances=[(one, _where(minutes, one)) for one in found if one.hinders],
        warnings=[(one, _where(minutes, one)) for one in found if not one.hinders],
        signers=_signers_form(minutes, SignersForm(formdata=None)),
    )


@blueprint.post("/undertecknare")
@access.office
def set_signers(meeting_id: int) -> Page:
    """Note who led the meeting and who was elected to verify."""
    minutes = minutes_at(meeting_id)
    form = _signers_form(minutes, SignersForm())
    back = redirect(url_for("minutes.finish", meeting_id=meeting_id), 303)
    if not form.validate():
        flash(_("Välj bland dem som står i listan."), "error")
        return back
    chosen = [people.person(g.session, g.association.id, person_id) for person_id in form.verifier_ids.data or []]
    chair = people.person(g.session, g.association.id, form.chair_id.data)
    operations.set_chair(g.session, minutes, chair, now=g.now, actor=actor())
    operations.set_verifiers(g.session, minutes, chosen, now=g.now, actor=actor())
    flash(_("Sparat."), "success")
    return back


@blueprint.post("/faststall")
@access.office
def fix(meeting_id: int) -> Page:
    """Fix the numbers."""
    minutes = minutes_at(meeting_id)
    try:
        operations.fix_numbers(g.session, minutes, now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(broken, redirect(url_for("minutes.finish", meeting_id=meeting_id), 303))
    flash(_("Numren är fastställda. Nu kan protokollet skickas för underskrift."), "success")
    return to_item(meeting_id, None)


def _signers_form(minutes: Minutes, form: SignersForm) -> SignersForm:
    """The form with its choices and, where nothing is posted, what is noted or elected."""
    noted = [one.person for one in minutes.verifiers]
    form.chair_id.choices = [SelectChoice(one.id, one.name) for one in queries.could_chair(g.session, minutes)]
    choice = dict.fromkeys([*noted, *queries.could_verify(g.session, minutes)])
    form.verifier_ids.choices = [SelectChoice(person.id, person.name) for person in choice]
    if not form.is_submitted():
        elected = elected_in_text(one.words for one in queries.items(g.session, minutes))
        chosen = noted or [person for person in choice if person.name in elected]
        form.chair_id.data, form.verifier_ids.data = minutes.chair_id, [person.id for person in chosen]
    return form


def _where(minutes: Minutes, found: Finding) -> str:
    """The address of the place where the finding is mended."""
    if found.place is Place.ITEM:
        anchor = "paragrafen" if found.clause is None else f"att-sats-{found.clause + 1}"
        return url_for("minutes.desk", meeting_id=minutes.meeting_id, paragraf=found.item_id, _anchor=anchor)
    if found.place is Place.ATTENDANCE:
        return url_for("meetings.attending", meeting_id=minutes.meeting_id)
    if found.place is Place.EARLIER:
        return url_for("own_page.show")
    if found.place is Place.PEOPLE:
        return "#undertecknare"
    return url_for("meetings.show", meeting_id=minutes.meeting_id)
