"""From draft to fixed numbers: who signs, what hinders, and the button that cannot be taken back."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from forms.finishing import AtOnceForm, FixForm, ReasonForm, VoidForm
from forms.minutes import SignersForm
from paragraf.core.errors import RuleBroken
from paragraf.minutes import document, numbering, operations, outcomes, queries
from paragraf.minutes.models import Minutes
from paragraf.minutes.queries import Item
from paragraf.minutes.rules import Finding, Place, elected_in_text
from paragraf.people import queries as people
from webapp import access
from webapp.minutes import at_once, words
from webapp.minutes.base import Page, actor, blueprint, item_at, minutes_at, refused, to_item


@blueprint.get("/fardigstall")
@access.office
def finish(meeting_id: int) -> Page:
    """What must be mended before the numbers are fixed, each with a link to its place."""
    minutes = minutes_at(meeting_id)
    if minutes.fixed_at is not None:
        return to_item(meeting_id, None)
    return page(minutes)


def page(minutes: Minutes, *, fix_form: FixForm | None = None, void: VoidForm | None = None) -> str:
    """The page where minutes are finished, with what was typed where it was refused."""
    items = queries.items(g.session, minutes)
    found = queries.findings(g.session, minutes, items, g.now)
    # What an earlier meeting hinders can be gone past with a reason, so it is told at the button.
    waits = [one for one in found if one.place is Place.OVERTAKING]
    return render_template(
        "minutes/finish.html",
        minutes=minutes,
        meeting=minutes.meeting,
        numbers=document.minutes_fields(g.session, minutes).item_range.removesuffix(document.PROVISIONAL).strip(),
        by_id={one.row.id: one for one in items},
        hindrances=[(one, _where(minutes, one)) for one in found if one.hinders and one not in waits],
        warnings=[(one, _where(minutes, one)) for one in found if not one.hinders],
        waits=[(one, _where(minutes, one)) for one in waits],
        signers=_signers_form(minutes, SignersForm(formdata=None)),
        fix_form=fix_form or FixForm(formdata=None),
        numbered=[one for one in items if one.is_fixed],
        void_numbers=numbering.void_numbers(g.session, minutes),
        void_form=_void_form(items, void or VoidForm(formdata=None)),
        at_once=at_once.shown(minutes, items),
        at_once_form=at_once.form_of(items, AtOnceForm(formdata=None, prefix="")),
        words=words,
        foretold=outcomes.foretold(g.session, minutes, items, g.now),
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
    minutes, form = minutes_at(meeting_id), FixForm()
    if not form.validate():
        return page(minutes, fix_form=form), 422
    try:
        operations.fix_numbers(g.session, minutes, overtaking=form.overtaking.data or "", now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(broken, redirect(url_for("minutes.finish", meeting_id=meeting_id), 303))
    flash(_("Numren är fastställda. Nu kan protokollet skickas för underskrift."), "success")
    return to_item(meeting_id, None)


@blueprint.post("/utga")
@access.office
def make_void(meeting_id: int) -> Page:
    """Withdraw a § that has its number: the number is printed as void, with the reason."""
    minutes = minutes_at(meeting_id)
    form = _void_form(queries.items(g.session, minutes), VoidForm())
    if not form.validate():
        return page(minutes, void=form), 422
    row = item_at(meeting_id, form.item_id.data)
    back = redirect(url_for("minutes.finish", meeting_id=meeting_id, _anchor="utgar"), 303)
    try:
        operations.remove_item(g.session, row, reason=form.reason.data or "", now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(broken, back)
    flash(_("Paragrafen utgår. Numret och skälet skrivs ut i protokollet."), "success")
    return back


@blueprint.post("/oppna-igen")
@access.office
def reopen(meeting_id: int) -> Page:
    """Let fixed minutes be written in again."""
    minutes, form = minutes_at(meeting_id), ReasonForm()
    if not form.validate():
        flash(_("Skriv varför protokollet öppnas igen."), "error")
        return to_item(meeting_id, None)
    try:
        operations.reopen(g.session, minutes, reason=form.reason.data or "", now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(broken, to_item(meeting_id, None))
    flash(_("Protokollet är öppet igen. Paragraferna har kvar sina nummer."), "success")
    return to_item(meeting_id, None)


def _void_form(items: Sequence[Item], form: VoidForm) -> VoidForm:
    """The form with the §§ that have a number and whose text is open."""
    choices = [one for one in items if one.is_fixed and not one.is_frozen]
    form.item_id.choices = [SelectChoice(one.row.id, f"§ {one.label} {one.words.heading}") for one in choices]
    return form


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
    if found.place in (Place.EARLIER, Place.OVERTAKING):
        return url_for("own_page.show")
    if found.place is Place.PEOPLE:
        return "#undertecknare"
    return url_for("meetings.show", meeting_id=minutes.meeting_id)
