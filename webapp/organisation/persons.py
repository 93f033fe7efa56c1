"""Persons and their roles in the office."""

from __future__ import annotations

from flask import g, render_template, url_for
from flask_babel import gettext as _

from forms.organisation import EndForm, PersonForm, RoleForm
from paragraf.core.identifiers import print_phone
from paragraf.people import persons as operations
from paragraf.people import queries
from paragraf.people.models import Person, RoleKind
from paragraf.people.persons import PersonFacts
from webapp import access
from webapp.organisation.base import Page, acting, blueprint, day, done_in, form_page, saved, today


@blueprint.get("/personer/")
@access.office
def all_persons() -> str:
    """Everyone whom the association knows by name."""
    return render_template("organisation/persons.html", persons=queries.everyone(g.session, g.association.id))


@blueprint.get("/personer/ny")
@access.office
def new_person() -> Page:
    """The form for a new person."""
    return _new_page(_new_form())


@blueprint.post("/personer/ny")
@access.office
def add_person() -> Page:
    """Take in a person."""
    form = _new_form()
    person = done_in(form, lambda: operations.add_person(g.session, g.association.id, _facts(form), **acting()))
    return saved("organisation.person", person_id=person.id) if person else _new_page(form, 422)


@blueprint.get("/personer/<int:person_id>/")
@access.office
def person(person_id: int) -> Page:
    """One person: what is written, roles and mandates."""
    return _page(queries.person(g.session, g.association.id, person_id))


@blueprint.post("/personer/<int:person_id>/")
@access.office
def change_person(person_id: int) -> Page:
    """Save what is written of the person."""
    found, form = queries.person(g.session, g.association.id, person_id), PersonForm()
    if not done_in(form, lambda: operations.change_person(g.session, found, _facts(form), **acting())):
        return _page(found, form=form), 422
    return saved("organisation.person", person_id=person_id)


@blueprint.post("/personer/<int:person_id>/roll")
@access.office
def give_role(person_id: int) -> Page:
    """Give the person a role in the office."""
    found, form = queries.person(g.session, g.association.id, person_id), RoleForm(prefix="roll")
    given = done_in(
        form,
        lambda: operations.give_role(
            g.session,
            found,
            kind=RoleKind(form.kind.data),
            starts_on=day(form.starts_on.data),
            ends_on=form.ends_on.data,
            **acting(),
        ),
    )
    if not given:
        return _page(found, role_form=form), 422
    return saved("organisation.person", "roller", person_id=person_id)


@blueprint.get("/personer/<int:person_id>/roll/<int:role_id>/avsluta")
@access.office
def ask_end_role(person_id: int, role_id: int) -> Page:
    """Ask for the role's last day."""
    queries.role(g.session, g.association.id, person_id, role_id)
    return _end_page(person_id, EndForm(ends_on=today()))


@blueprint.post("/personer/<int:person_id>/roll/<int:role_id>/avsluta")
@access.office
def end_role(person_id: int, role_id: int) -> Page:
    """Let the role end."""
    role, form = queries.role(g.session, g.association.id, person_id, role_id), EndForm()

    def act() -> bool:
        operations.end_role(g.session, role, ends_on=day(form.ends_on.data), **acting())
        return True

    if not done_in(form, act):
        return _end_page(person_id, form, 422)
    return saved("organisation.person", "roller", person_id=person_id)


def _new_form() -> PersonForm:
    form = PersonForm()
    del form.left_on
    return form


def _new_page(form: PersonForm, status: int = 200) -> Page:
    return form_page(form, _("Lägg in en person"), back=url_for("organisation.all_persons"), status=status)


def _end_page(person_id: int, form: EndForm, status: int = 200) -> Page:
    back = url_for("organisation.person", person_id=person_id)
    return form_page(form, _("Avsluta rollen"), back=back, button=_("Avsluta"), status=status)


def _page(found: Person, form: PersonForm | None = None, role_form: RoleForm | None = None) -> str:
    # A refused act has thrown the row away: it is read anew.
    found = queries.person(g.session, g.association.id, found.id)
    written = PersonForm(formdata=None, obj=found, phone=print_phone(found.phone) if found.phone else "")
    if found.phone:
        written.phone.data = print_phone(found.phone)
    return render_template(
        "organisation/person.html",
        person=found,
        form=form or written,
        role_form=role_form or RoleForm(formdata=None, prefix="roll", starts_on=today()),
        roles=queries.roles_of(g.session, found),
        mandates=queries.mandates_of(g.session, found),
        today=today(),
    )


def _facts(form: PersonForm) -> PersonFacts:
    return PersonFacts(
        name=form.name.data or "",
        email=form.email.data or "",
        title=form.title.data or "",
        phone=form.phone.data or "",
        language=form.language.data,
        left_on=form.left_on.data if "left_on" in form else None,
    )
