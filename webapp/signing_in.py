"""Sign in by a link in a mail; sign out."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_login import login_user, logout_user
from werkzeug.wrappers import Response

from forms.signing_in import ConfirmForm, SignInForm
from paragraf.core.dates import local_date
from paragraf.people import operations, queries
from webapp import access
from webapp.public import local_path

blueprint = Blueprint("signing_in", __name__, url_prefix="/<slug>")


@blueprint.get("/logga-in")
@access.public
def ask() -> str:
    """Ask for the address to mail a link to."""
    return render_template("signing_in/ask.html", form=SignInForm(), why=access.sign_in_first())


@blueprint.post("/logga-in")
@access.public
def send_link() -> str | tuple[str, int]:
    """Mail a link. The answer is the same whether the address is known or not."""
    form = SignInForm()
    if not form.validate():
        return render_template("signing_in/ask.html", form=form, why=""), 422
    operations.request_sign_in(g.session, association=g.association, email=form.email.data or "", now=g.now)
    return render_template("signing_in/sent.html", email=form.email.data)


@blueprint.get("/logga-in/<token>")
@access.by_link
def confirm(token: str) -> str:
    """Show a button. Opening the link does nothing: mail scanners open links too (law 10)."""
    link = operations.read_sign_in(g.session, association_id=g.association.id, token=token)
    return render_template("signing_in/confirm.html", form=ConfirmForm(), person=link.person, token=token)


@blueprint.post("/logga-in/<token>")
@access.by_link
def use_link(token: str) -> Response:
    """Sign in."""
    person = operations.sign_in(g.session, association_id=g.association.id, token=token, now=g.now)
    wanted, chosen = session.get("next"), session.get("language")
    # A new session: nothing that a stranger may have put in the cookie before signing in lives on.
    session.clear()
    if chosen:
        session["language"] = chosen
    powers = queries.powers(g.session, person.association_id, person.id, local_date(g.now))
    login_user(access.SignedIn(person, powers))
    session.permanent = True
    return redirect(local_path(wanted) if wanted else url_for("own_page.show"))


@blueprint.post("/logga-ut")
@access.public
def sign_out() -> Response:
    """Forget who it was."""
    logout_user()
    session.clear()
    flash(_("Du är utloggad."), "info")
    return redirect(url_for("public.association"))
