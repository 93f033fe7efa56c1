"""Member organisations and their units."""

from __future__ import annotations

from flask import g, render_template, url_for
from flask_babel import gettext as _

from forms.organisation import MemberForm, UnitForm
from paragraf.core.identifiers import print_organisation_number
from paragraf.people import members as operations
from paragraf.people import queries
from paragraf.people.members import MemberFacts
from paragraf.people.models import MemberOrganisation, Principal
from webapp import access
from webapp.organisation.base import Page, acting, blueprint, day, done_in, form_page, saved


@blueprint.get("/medlemmar/ny")
@access.office
def new_member() -> Page:
    """The form for a new member."""
    return _new_page(_new_form())


@blueprint.post("/medlemmar/ny")
@access.office
def add_member() -> Page:
    """Take in a member."""
    form = _new_form()
    member = done_in(form, lambda: operations.add_member(g.session, g.association.id, _facts(form), **acting()))
    return saved("organisation.member", member_id=member.id) if member else _new_page(form, 422)


@blueprint.get("/medlemmar/<int:member_id>/")
@access.office
def member(member_id: int) -> Page:
    """One member: what is written, and its units."""
    return _page(queries.member_organisation(g.session, g.association.id, member_id))


@blueprint.post("/medlemmar/<int:member_id>/")
@access.office
def change_member(member_id: int) -> Page:
    """Save what is written of the member."""
    found, form = queries.member_organisation(g.session, g.association.id, member_id), MemberForm()
    if not done_in(form, lambda: operations.change_member(g.session, found, _facts(form), **acting())):
        return _page(found, form=form), 422
    return saved("organisation.member", member_id=member_id)


@blueprint.post("/medlemmar/<int:member_id>/enhet")
@access.office
def add_unit(member_id: int) -> Page:
    """Take in a unit of the member."""
    found, form = queries.member_organisation(g.session, g.association.id, member_id), UnitForm(prefix="enhet")
    if not done_in(form, lambda: operations.add_unit(g.session, found, name=form.name.data or "", **acting())):
        return _page(found, unit_form=form), 422
    return saved("organisation.member", "enheter", member_id=member_id)


def _new_form() -> MemberForm:
    form = MemberForm()
    del form.left_on
    return form


def _new_page(form: MemberForm, status: int = 200) -> Page:
    return form_page(form, _("Lägg in en medlem"), back=url_for("organisation.show"), status=status)


def _page(found: MemberOrganisation, form: MemberForm | None = None, unit_form: UnitForm | None = None) -> str:
    found = queries.member_organisation(g.session, g.association.id, found.id)
    written = MemberForm(formdata=None, obj=found)
    written.organisation_number.data = print_organisation_number(found.organisation_number)
    written.principal.data = found.principal.value
    return render_template(
        "organisation/member.html",
        member=found,
        form=form or written,
        unit_form=unit_form or UnitForm(formdata=None, prefix="enhet"),
    )


def _facts(form: MemberForm) -> MemberFacts:
    return MemberFacts(
        name=form.name.data or "",
        short_name=form.short_name.data or "",
        principal=Principal(form.principal.data),
        organisation_number=form.organisation_number.data or "",
        joined_on=day(form.joined_on.data),
        email=form.email.data or "",
        left_on=form.left_on.data if "left_on" in form else None,
    )
