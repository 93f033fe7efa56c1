"""The public page: choose a form and get a link by mail, or get the link once more."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, render_template
from flask_babel import gettext as _

from forms.applications import AgainForm, StartForm
from paragraf.applications import operations
from paragraf.applications.filled import form_of
from paragraf.applications.offered import calls
from paragraf.applications.offered.calls import Offer
from paragraf.core.errors import RuleBroken
from paragraf.questions.definition import Form, Purpose
from webapp import access
from webapp.applications.door import blueprint
from webapp.edge import undo
from webapp.language import current, told


@dataclass(frozen=True)
class Choice:
    """One way to begin: a form, and the call when it is in one."""

    form: Form
    offer: Offer

    @property
    def value(self) -> str:
        return self.offer.choice

    def name(self, language: str) -> str:
        """What the choice is called: the call's title, or the form's."""
        return self.offer.call.title if self.offer.call else self.form.title.in_language(language)


#: What can be begun here, in the order that it is shown.
PURPOSES = (Purpose.APPLICATION, Purpose.ANALYSIS, Purpose.APPENDIX, Purpose.REGISTRATION)
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
            family_key=(form.family.data or "").partition(".")[0],
            call_id=_call_id(form.family.data or ""),
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
        groups=_grouped(offered),
        coming=calls.coming(g.session, g.association.id, g.now),
        start=start or _start_form(offered),
        again=again or AgainForm(prefix=_AGAIN),
    )


def _offered() -> list[Choice]:
    """Forms without calls, and the others once for each open call; reports are begun from their grant."""
    found = [Choice(form_of(one.version), one) for one in calls.offers(g.session, g.association.id, g.now)]
    return [one for one in found if one.form.purpose in PURPOSES]


def _grouped(offered: list[Choice]) -> list[tuple[str, list[Choice]]]:
    """What is offered under what it is for, applications first."""
    names = {
        Purpose.APPLICATION: _("Söka bidrag"),
        Purpose.ANALYSIS: _("Anmäla ett behov"),
        Purpose.APPENDIX: _("Lämna årets bilaga till en överenskommelse"),
        Purpose.REGISTRATION: _("Anmäla sig"),
    }
    groups = ((names[purpose], [one for one in offered if one.form.purpose is purpose]) for purpose in PURPOSES)
    return [(name, choices) for name, choices in groups if choices]


def _call_id(choice: str) -> int | None:
    """The call that ``key.id`` names."""
    number = choice.partition(".")[2]
    return int(number) if number.isdigit() else None


def _start_form(offered: list[Choice]) -> StartForm:
    form = StartForm(language=current(), family=offered[0].value if len(offered) == 1 else None)
    form.offer((one.value, one.name(current())) for one in offered)
    return form
