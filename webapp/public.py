"""Pages for everyone: the list of associations, an association's own page, its colour, the choice of language."""

from __future__ import annotations

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from paragraf.core.dates import local_date
from paragraf.people import queries as people
from webapp import access
from webapp.language import LANGUAGES

blueprint = Blueprint("public", __name__)


@blueprint.get("/")
@access.public
def front() -> str | AnyResponse:
    """The associations; with only one, its own page."""
    found = people.associations(g.session)
    if len(found) == 1:
        return redirect(url_for("public.association", slug=found[0].slug))
    return render_template("public/front.html", associations=found)


@blueprint.get("/<slug>/")
@access.public
def association() -> str:
    """What the association is, and the ways in."""
    members = people.member_principals(g.session, g.association.id, local_date(g.now))
    return render_template("public/association.html", members=members)


@blueprint.get("/<slug>/tema.css")
@access.public
def theme() -> Response:
    """The association's colour as a style sheet of its own, since inline style is forbidden."""
    answer = make_response(f":root {{ --deep: {g.association.colour}; }}\n")
    answer.headers["Content-Type"] = "text/css; charset=utf-8"
    answer.headers["Cache-Control"] = "max-age=3600"
    return answer


@blueprint.post("/sprak")
@access.public
def choose_language() -> AnyResponse:
    """Remember the language and go back to the page."""
    wanted = request.form.get("language", "sv")
    session["language"] = wanted if wanted in LANGUAGES else "sv"
    return redirect(local_path(request.form.get("back", "/")))


def local_path(wanted: str) -> str:
    """``wanted`` if it is a path of this site, else the front page: a form must not send people elsewhere."""
    safe = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and "\n" not in wanted and "\r" not in wanted
    return wanted if safe else "/"
