"""Mandates: given, ended, taken over, and taken back when they were written by mistake."""

from __future__ import annotations

from flask import flash, g, render_template, request, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from forms.organisation import EndForm, MandateForm, TakeOverForm
from paragraf.core.errors import RuleBroken
from paragraf.meetings import body_changes
from paragraf.people import mandates as operations
from paragraf.people import queries, seats
from paragraf.people.models import Body, Capacity, Mandate
from webapp import access
from webapp.language import told
from webapp.organisation.base import Page, acting, blueprint, day, done_in, form_page, saved, today
from webapp.organisation.bodies import body_at


def mandate_at(body_id: int, mandate_id: int) -> Mandate:
    """A mandate in the association's own body; raises NotThere."""
    return queries.mandate(g.session, g.association.id, body_id, mandate_id)


@blueprint.get("/organ/<int:body_id>/uppdrag/nytt")
@access.office
def new_mandate(body_id: int) -> Page:
    """The form for a seat; the page of the body may say of which member."""
    body = body_at(body_id)
    held = [operations.as_term(one) for one in queries.mandates(g.session, body.id, today())]
    form = _form(starts_on=today())
    asked = request.args.get("medlem", "")
    if asked.isdigit():
        form.member_id.data = int(asked)
    if request.args.get("ersattare"):
        form.capacity.data, form.calling_order.data = Capacity.SUBSTITUTE.value, seats.next_turn(held)
    return _new_page(body, form)


@blueprint.post("/organ/<int:body_id>/uppdrag/nytt")
@access.office
def give_mandate(body_id: int) -> Page:
    """Seat somebody in the body."""
    body, form = body_at(body_id), _form()
    own = g.association.id
    given = done_in(
        form,
        lambda: operations.give_mandate(
            g.session,
            body=body,
            person=queries.person(g.session, own, form.person_id.data),
            member=queries.member_organisation(g.session, own, form.member_id.data),
            capacity=Capacity(form.capacity.data),
            calling_order=form.calling_order.data,
            starts_on=day(form.starts_on.data),
            ends_on=form.ends_on.data,
            **acting(),
        ),
    )
    if given is None:
        return _new_page(body_at(body_id), form, 422)
    _warn(given)
    return saved("organisation.body", body_id=body_id)


@blueprint.get("/organ/<int:body_id>/uppdrag/<int:mandate_id>/")
@access.office
def mandate(body_id: int, mandate_id: int) -> str:
    """One mandate: end it, let its holder go on in another capacity, or take it back."""
    return _page(mandate_at(body_id, mandate_id))


@blueprint.post("/organ/<int:body_id>/uppdrag/<int:mandate_id>/avsluta")
@access.office
def end_mandate(body_id: int, mandate_id: int) -> Page:
    """Let the mandate end."""
    found, form = mandate_at(body_id, mandate_id), EndForm(prefix="slut")

    def act() -> bool:
        body_changes.end_mandate(g.session, found, ends_on=day(form.ends_on.data), **acting())
        return True

    if not done_in(form, act):
        return _page(mandate_at(body_id, mandate_id), end_form=form), 422
    return saved("organisation.body", body_id=body_id)


@blueprint.post("/organ/<int:body_id>/uppdrag/<int:mandate_id>/byt")
@access.office
def take_over(body_id: int, mandate_id: int) -> Page:
    """Let whoever holds the mandate go on in another capacity."""
    found, form = mandate_at(body_id, mandate_id), TakeOverForm(prefix="byt")
    given = done_in(
        form,
        lambda: body_changes.take_over(
            g.session,
            found,
            capacity=Capacity(form.capacity.data),
            from_day=day(form.from_day.data),
            calling_order=form.calling_order.data,
            **acting(),
        ),
    )
    if given is None:
        return _page(mandate_at(body_id, mandate_id), over_form=form), 422
    _warn(given)
    return saved("organisation.body", body_id=body_id)


@blueprint.post("/organ/<int:body_id>/uppdrag/<int:mandate_id>/ta-bort")
@access.office
def remove_mandate(body_id: int, mandate_id: int) -> Page:
    """Take back what was written by mistake."""
    body_changes.remove_mandate(g.session, mandate_at(body_id, mandate_id), **acting())
    return saved("organisation.body", body_id=body_id)


def _form(**given: object) -> MandateForm:
    form = MandateForm(**given)
    own = g.association.id
    form.person_id.choices = [SelectChoice(one.id, one.name) for one in queries.persons(g.session, own)]
    members = [*queries.member_organisations(g.session, own, today()), *queries.former_members(g.session, own, today())]
    form.member_id.choices = [SelectChoice(one.id, one.name) for one in members]
    return form


def _new_page(body: Body, form: MandateForm, status: int = 200) -> Page:
    return form_page(
        form,
        _("Nytt uppdrag i %(body)s", body=body.name),
        back=url_for("organisation.body", body_id=body.id),
        intro=_("Saknas personen i listan? Lägg in personen först."),
        status=status,
    )


def _page(found: Mandate, end_form: EndForm | None = None, over_form: TakeOverForm | None = None) -> str:
    return render_template(
        "organisation/mandate.html",
        mandate=found,
        end_form=end_form or EndForm(formdata=None, prefix="slut", ends_on=found.ends_on),
        over_form=over_form or TakeOverForm(formdata=None, prefix="byt", from_day=today()),
        used=body_changes.last_attended_on(g.session, found),
    )


def _warn(given: Mandate) -> None:
    """Say that a member has more seats than the rules give it: allowed, since elections overlap, but worth a look."""
    extra = operations.too_many(g.session, given)
    if extra is not None:
        broken = RuleBroken(
            "%(name)s har nu fler i organet än reglerna säger. Avsluta det uppdrag som har gått ut.",
            name=given.member_organisation.name,
        )
        flash(told(broken), "warning")
