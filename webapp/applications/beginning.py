"""The public page: choose a form and get a link by mail, or get the link once more."""

from __future__ import annotations

from flask import g, render_template

from forms.applications import AgainForm, StartForm
from paragraf.applications import operations
from paragraf.applications.filled import form_of
from paragraf.applications.publishing import open_forms
from paragraf.core.errors import RuleBroken
from paragraf.questions.definition import Form
from webapp import access
from webapp.applications.door import blueprint
from webapp.edge import undo
from webapp.language import current, told

#: The two forms of the page have fields of the same name.
_AGAIN = "igen"


@blueprint.get("/<slug>/ansok/")
@access.public
def choose_form() -> str:
    """What can be applied for, and how one begins."""
    return _page()


@blueprint.post("/<slug>/ansok/")
@access.public
def start() -> str | tuple[str, int]:
    """Begin an application and mail the link to it."""
    form = _start_form(_offered())
    if not form.validate():
        return _page(start=form), 422
    try:
        operations.start(
            g.session,
            association=g.association,
            family_key=form.family.data,
            email=form.email.data or "",
            language=form.language.data,
            now=g.now,
        )
    except RuleBroken as broken:
        undo()
        form.email.errors = [told(broken)]
        return _page(start=form), 422
    return render_template("applications/link_sent.html", email=form.email.data, begun=True)


@blueprint.post("/<slug>/ansok/lank")
@access.public
def send_link() -> str | tuple[str, int]:
    """Mail the links of an address. The answer is the same whether it has any applications or not."""
    form = AgainForm(prefix=_AGAIN)
    if not form.validate():
        return _page(again=form), 422
    operations.request_new_link(g.session, association=g.association, email=form.email.data or "", now=g.now)
    return render_template("applications/link_sent.html", email=form.email.data, begun=False)


def _page(start: StartForm | None = None, again: AgainForm | None = None) -> str:
    offered = _offered()
    return render_template(
        "applications/choose.html",
        offered=offered,
        start=start or _start_form(offered),
        again=again or AgainForm(prefix=_AGAIN),
    )


def _offered() -> list[Form]:
    return [form_of(version) for version in open_forms(g.session, g.association.id)]


def _start_form(offered: list[Form]) -> StartForm:
    form = StartForm(language=current(), family=offered[0].key if len(offered) == 1 else None)
    form.offer((one.key, one.title.in_language(current())) for one in offered)
    return form
