"""Agreements: what they say, when they are revised, until when a change can be told, who is reminded of it."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.agreements import AgreementForm, DoneForm, EndForm
from paragraf.agreements import document, operations, queries
from paragraf.agreements.models import Agreement, AgreementParty
from paragraf.agreements.rules import AgreementState, NewParty
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.duties import operations as duties
from paragraf.duties import queries as duty_queries
from paragraf.duties import rules as duty_rules
from paragraf.duties.models import Duty
from paragraf.duties.queries import ListedReminder
from paragraf.people import queries as people
from webapp import access
from webapp.acting import actor, tell_in
from webapp.downloads import send_word

blueprint = Blueprint("agreements", __name__, url_prefix="/<slug>/overenskommelser")

Page = str | tuple[str, int] | Response


@blueprint.get("/")
@access.member
def all_agreements() -> str:
    """All agreements, each with its next revision and the notice window before it."""
    found = queries.agreements(g.session, g.association.id, today=local_date(g.now))
    return render_template("agreements/list.html", agreements=found)


@blueprint.get("/<int:agreement_id>/")
@access.member
def show(agreement_id: int) -> str:
    """One agreement: what it says, what is to be done by when, which reminders go out, what has happened."""
    agreement = _agreement(agreement_id)
    standing = queries.at(agreement, local_date(g.now))
    to_do = duty_queries.open_duties_of(g.session, agreement.association_id, queries.SUBJECT, agreement.id)
    later = [duty for duty in to_do if standing.next_revision and duty.event_on > standing.next_revision]
    return render_template(
        "agreements/show.html",
        agreement=agreement,
        standing=standing,
        party_name=queries.party_name,
        soon=_told([duty for duty in to_do if duty not in later]),
        later=_told(later),
        history=queries.history(g.session, agreement),
        may_change=access.current_powers().office and standing.state is not AgreementState.ENDED,
    )


def _told(to_do: list[Duty]) -> dict[str, Any]:
    """Duties with their states, and their reminders with one row for those who get the same letter the same day."""
    reminders = [each for duty in to_do for each in duty_queries.reminders_of(g.session, duty, today=local_date(g.now))]
    same = attrgetter("date", "subject", "state", "reason")
    return {
        "duties": [(duty, duty_rules.state(duty, g.now), duty_rules.words(duty, g.now)) for duty in to_do],
        "reminders": [list(alike) for _same, alike in groupby(sorted(reminders, key=_in_order), same)],
    }


def _in_order(reminder: ListedReminder) -> tuple[date, str, str, str]:
    return reminder.date, reminder.subject, reminder.state.value, reminder.reason or ""


@blueprint.get("/<int:agreement_id>/word")
@access.member
def as_word(agreement_id: int) -> Response:
    """The agreement as a Word file, made of what is entered now; nothing is stored."""
    agreement = _agreement(agreement_id)
    content = document.render_agreement(g.session, agreement, today=local_date(g.now))
    return send_word(content, f"overenskommelse-{agreement.id}.docx")


@blueprint.get("/ny")
@access.office
def new() -> str:
    """The form for an agreement that is to be entered."""
    form = _form()
    form.revised_yearly.data = True
    return render_template("agreements/edit.html", form=form, agreement=None)


@blueprint.post("/ny")
@access.office
def register() -> Page:
    """Enter the agreement."""
    form = _form()
    if not form.validate():
        return render_template("agreements/edit.html", form=form, agreement=None), 422
    try:
        agreement = operations.register_agreement(
            g.session, association_id=g.association.id, **_terms(form), now=g.now, actor=actor()
        )
    except RuleBroken as broken:
        tell_in(form, broken)
        return render_template("agreements/edit.html", form=form, agreement=None), 422
    flash(_("Överenskommelsen är inlagd, och påminnelserna är planerade."), "success")
    return redirect(url_for("agreements.show", agreement_id=agreement.id))


@blueprint.get("/<int:agreement_id>/andra")
@access.office
def edit(agreement_id: int) -> str:
    """The form with what the agreement says now."""
    agreement = _agreement(agreement_id)
    form = _form(agreement)
    for name in ("title", "summary", "in_force_from", "in_force_until", "revised_yearly", "notice_months"):
        form[name].data = getattr(agreement, name)
    form.parties.data = [_key(party.member_organisation_id, party.unit_id) for party in agreement.parties]
    form.informed_bodies.data = [informed.body_id for informed in agreement.informed_bodies]
    return render_template("agreements/edit.html", form=form, agreement=agreement)


@blueprint.post("/<int:agreement_id>/andra")
@access.office
def amend(agreement_id: int) -> Page:
    """Save what the agreement says from now on."""
    agreement = _agreement(agreement_id)
    form = _form(agreement)
    if not form.validate():
        return render_template("agreements/edit.html", form=form, agreement=agreement), 422
    try:
        operations.amend_terms(g.session, agreement, **_terms(form), now=g.now, actor=actor())
    except RuleBroken as broken:
        tell_in(form, broken)
        return render_template("agreements/edit.html", form=form, agreement=agreement), 422
    flash(_("Ändringen är sparad, och påminnelserna är planerade efter den."), "success")
    return redirect(url_for("agreements.show", agreement_id=agreement.id))


@blueprint.get("/<int:agreement_id>/upphor")
@access.office
def ask_to_end(agreement_id: int) -> str:
    """Ask why it ends."""
    return render_template("agreements/end.html", form=EndForm(), agreement=_agreement(agreement_id))


@blueprint.post("/<int:agreement_id>/upphor")
@access.office
def end(agreement_id: int) -> Page:
    """The agreement holds no longer."""
    agreement, form = _agreement(agreement_id), EndForm()
    if not form.validate():
        return render_template("agreements/end.html", form=form, agreement=agreement), 422
    try:
        operations.end_agreement(g.session, agreement, reason=form.reason.data or "", now=g.now, actor=actor())
    except RuleBroken as broken:
        tell_in(form, broken)
        return render_template("agreements/end.html", form=form, agreement=agreement), 422
    flash(_("Överenskommelsen har upphört. Inga fler påminnelser skickas."), "success")
    return redirect(url_for("agreements.show", agreement_id=agreement.id))


@blueprint.post("/<int:agreement_id>/uppgifter/<int:duty_id>/klar")
@access.office
def finish(agreement_id: int, duty_id: int) -> Response:
    """What was to be done is done; a second click finds it done already."""
    agreement = _agreement(agreement_id)
    duty = duty_queries.duty(g.session, agreement.association_id, duty_id)
    if (duty.subject, duty.subject_id) != (queries.SUBJECT, agreement.id):
        raise NotThere("Uppgiften finns inte.")
    if DoneForm().validate():
        duties.finish(
            g.session,
            association_id=agreement.association_id,
            rule_key=duty.rule_key,
            subject=duty.subject,
            subject_id=duty.subject_id,
            event_on=duty.event_on,
            now=g.now,
            actor=actor(),
        )
        flash(_("Klart. Inga fler påminnelser skickas om det."), "success")
    return redirect(url_for("agreements.show", agreement_id=agreement.id))


def _agreement(agreement_id: int) -> Agreement:
    return queries.agreement(g.session, g.association.id, agreement_id)


def _form(agreement: Agreement | None = None) -> AgreementForm:
    form = AgreementForm()
    form.parties.choices = _party_choices(agreement.parties if agreement else [])
    form.informed_bodies.choices = [(body.id, body.name) for body in people.bodies(g.session, g.association.id)]
    return form


def _party_choices(parties: list[AgreementParty]) -> list[tuple[str, str]]:
    """Today's members and their units; and the agreement's own parties, also those that have left since."""
    choices = {}
    for organisation in people.member_organisations(g.session, g.association.id, local_date(g.now)):
        choices[_key(organisation.id, None)] = organisation.name
        choices |= {_key(organisation.id, unit.id): f"{organisation.name}, {unit.name}" for unit in organisation.units}
    for party in parties:
        choices.setdefault(_key(party.member_organisation_id, party.unit_id), queries.party_name(party))
    return list(choices.items())


def _key(organisation_id: int, unit_id: int | None) -> str:
    """A party as the value of its box in the form."""
    return f"{organisation_id}" if unit_id is None else f"{organisation_id}-{unit_id}"


def _new_party(key: str) -> NewParty:
    organisation_id, _dash, unit_id = key.partition("-")
    return NewParty(int(organisation_id), int(unit_id) if unit_id else None)


def _terms(form: AgreementForm) -> dict[str, Any]:
    return {
        "title": form.title.data or "",
        "summary": form.summary.data or "",
        "parties": [_new_party(key) for key in form.parties.data or []],
        "in_force_from": form.in_force_from.data,
        "in_force_until": form.in_force_until.data,
        "revised_yearly": form.revised_yearly.data,
        "notice_months": form.notice_months.data,
        "informed_bodies": form.informed_bodies.data or [],
    }
