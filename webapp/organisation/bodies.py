"""Bodies: what they are called, how their §§ are numbered, and their rules from a day."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from forms.organisation import BodyForm, FirstNumberForm, RulesForm
from paragraf.meetings import body_changes
from paragraf.people import bodies as operations
from paragraf.people import mandates, queries, series
from paragraf.people.bodies import BodyFacts
from paragraf.people.models import Body, BodyKind, BodyRule, Numbering, SubstituteOrder
from paragraf.people.seats import BodyRules, Share
from webapp import access
from webapp.organisation.base import Page, acting, blueprint, day, done_in, form_page, saved, today


def body_at(body_id: int) -> Body:
    """The association's own body; raises NotThere."""
    return queries.body(g.session, g.association.id, body_id)


@blueprint.get("/organ/<int:body_id>/")
@access.member
def body(body_id: int) -> str:
    """One body: who sits in it, what is vacant, its rules through time."""
    return _page(body_at(body_id))


def _page(found: Body, first_form: FirstNumberForm | None = None) -> str:
    found = body_at(found.id)
    last = body_changes.last_begun_on(g.session, found, g.now)
    series_now = series.series_now(g.session, found)
    return render_template(
        "organisation/body.html",
        body=found,
        standing=mandates.standing(g.session, found, today()),
        others=[one for one in queries.all_mandates(g.session, found.id) if not _holds(one)],
        rules=queries.rules_of(g.session, found.id),
        rule=queries.rule_on(g.session, found.id, today()),
        is_used=lambda row: operations.is_used(row, last),
        series=series_now,
        first_form=first_form or FirstNumberForm(formdata=None, first=series_now.next_number or 1),
        names={one.id: one.name for one in _all_members()},
        today=today(),
    )


def _holds(mandate: Any) -> bool:
    return bool(mandate.starts_on <= today() and (mandate.ends_on is None or mandate.ends_on >= today()))


def _all_members() -> list[Any]:
    own = g.association.id
    return [
        *queries.member_organisations(g.session, own, today()),
        *queries.former_members(g.session, own, today()),
    ]


# --- the body itself ------------------------------------------------------------------------------------------------


@blueprint.get("/organ/nytt")
@access.office
def new_body() -> Page:
    """The form for a new body."""
    return _new_page(_new_form())


@blueprint.post("/organ/nytt")
@access.office
def add_body() -> Page:
    """Make a body."""
    form = _new_form()

    def act() -> Body:
        shared = body_at(form.series.data) if form.series.data else None
        return operations.add_body(
            g.session, g.association.id, _facts(form), first=form.first.data or 1, shares_with=shared, **acting()
        )

    made = done_in(form, act)
    return saved("organisation.new_rules", body_id=made.id) if made else _new_page(form, 422)


@blueprint.get("/organ/<int:body_id>/andra")
@access.office
def edit_body(body_id: int) -> Page:
    """The form for the body's name, phrase and end."""
    found = body_at(body_id)
    form = _edit_form(formdata=None, obj=found, phrase=found.decision_phrase)
    form.kind.data = found.kind.value
    return _edit_page(found, form)


@blueprint.post("/organ/<int:body_id>/andra")
@access.office
def change_body(body_id: int) -> Page:
    """Save what is written of the body."""
    found, form = body_at(body_id), _edit_form()
    if not done_in(form, lambda: body_changes.change_body(g.session, found, _facts(form), **acting())):
        return _edit_page(body_at(body_id), form, 422)
    return saved("organisation.body", body_id=body_id)


@blueprint.post("/organ/<int:body_id>/nummerserie")
@access.office
def set_first_number(body_id: int) -> Page:
    """Say where the body's series begins."""
    found, form = body_at(body_id), FirstNumberForm()

    def act() -> bool:
        series.set_start(g.session, found, first=form.first.data or 0, **acting())
        return True

    if not done_in(form, act):
        return _page(found, form), 422
    return saved("organisation.body", "nummer", body_id=body_id)


def _new_form() -> BodyForm:
    form = BodyForm()
    del form.ended_on
    others = [
        SelectChoice(body.id, _("samma serie som %(body)s", body=body.name))
        for body in queries.bodies(g.session, g.association.id)
    ]
    form.series.choices = [SelectChoice(0, _("en egen serie")), *others]
    return form


def _edit_form(**given: Any) -> BodyForm:
    form = BodyForm(**given)
    del form.series, form.first
    return form


def _new_page(form: BodyForm, status: int = 200) -> Page:
    return form_page(form, _("Lägg in ett organ"), back=url_for("organisation.show"), status=status)


def _edit_page(found: Body, form: BodyForm, status: int = 200) -> Page:
    back = url_for("organisation.body", body_id=found.id)
    return form_page(form, _("Ändra %(body)s", body=found.name), back=back, status=status)


def _facts(form: BodyForm) -> BodyFacts:
    return BodyFacts(
        kind=BodyKind(form.kind.data),
        name=form.name.data or "",
        decision_phrase=form.phrase.data or "",
        ended_on=form.ended_on.data if "ended_on" in form else None,
    )


# --- its rules ------------------------------------------------------------------------------------------------------


@blueprint.get("/organ/<int:body_id>/regler/nya")
@access.office
def new_rules(body_id: int) -> Page:
    """The form for rules from a day, filled in with those that hold now."""
    found = body_at(body_id)
    held = queries.rule_on(g.session, found.id, today())
    form = _rules_form(found, held)
    form.valid_from.data, form.source.data = (today(), form.source.data or "") if not held else (None, "")
    return _rules_page(found, form)


@blueprint.post("/organ/<int:body_id>/regler/nya")
@access.office
def add_rules(body_id: int) -> Page:
    """Let the rules hold from the day."""
    found, form = body_at(body_id), RulesForm()
    if not done_in(form, lambda: body_changes.add_rules(g.session, found, _rules(form), **acting())):
        return _rules_page(body_at(body_id), form, 422)
    return saved("organisation.body", "regler", body_id=body_id)


@blueprint.get("/organ/<int:body_id>/regler/<int:rule_id>")
@access.office
def edit_rules(body_id: int, rule_id: int) -> Page:
    """The form to mend rules that no meeting has used."""
    found = body_at(body_id)
    return _rules_page(found, _rules_form(found, queries.own_rule(g.session, found.id, rule_id)))


@blueprint.post("/organ/<int:body_id>/regler/<int:rule_id>")
@access.office
def change_rules(body_id: int, rule_id: int) -> Page:
    """Save the mended rules."""
    found, form = body_at(body_id), RulesForm()
    row = queries.own_rule(g.session, found.id, rule_id)
    if not done_in(form, lambda: body_changes.change_rules(g.session, found, row, _rules(form), **acting())):
        return _rules_page(body_at(body_id), form, 422)
    return saved("organisation.body", "regler", body_id=body_id)


def _rules_form(found: Body, row: BodyRule | None) -> RulesForm:
    shares = {one.member_organisation_id: one for one in row.party_seats} if row else {}
    data: dict[str, Any] = {
        "shares": [
            {
                "member_id": str(one.id),
                "members": shares[one.id].members if one.id in shares else None,
                "substitutes": shares[one.id].substitutes if one.id in shares else None,
            }
            for one in _all_members()
            if one.left_on is None or one.id in shares
        ]
    }
    if row is not None:
        names = ("valid_from", "seats", "notice_days", "verifiers", "vice_chairs", "first_number", "source")
        data |= {name: getattr(row, name) for name in names}
        data |= {"numbering": row.numbering.value, "substitute_order": row.substitute_order.value}
    elif found.kind is not BodyKind.BOARD:
        data["vice_chairs"] = 0
    return RulesForm(formdata=None, data=data)


def _rules_page(found: Body, form: RulesForm, status: int = 200) -> Page:
    names = {str(one.id): one.name for one in _all_members()}
    page = render_template("organisation/rules.html", form=form, body=found, names=names)
    return page if status == 200 else (page, status)


def _rules(form: RulesForm) -> BodyRules:
    return BodyRules(
        valid_from=day(form.valid_from.data),
        seats=form.seats.data or 0,
        notice_days=form.notice_days.data if form.notice_days.data is not None else -1,
        verifiers=form.verifiers.data or 0,
        source=form.source.data or "",
        vice_chairs=form.vice_chairs.data if form.vice_chairs.data is not None else -1,
        numbering=Numbering(form.numbering.data),
        first_number=form.first_number.data or 0,
        substitute_order=SubstituteOrder(form.substitute_order.data),
        shares=tuple(_shares(form)),
    )


def _shares(form: RulesForm) -> list[Share]:
    written = [row.data for row in form.shares]
    return [
        Share(int(one["member_id"]), one["members"] or 0, one["substitutes"] or 0)
        for one in written
        if str(one["member_id"]).isdigit() and (one["members"] or one["substitutes"])
    ]
