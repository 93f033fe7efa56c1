"""A person's own calendar of meetings: the page with the link, and the file that calendars fetch by it."""

from __future__ import annotations

from hashlib import sha256

from flask import Blueprint, Response, flash, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from paragraf.core import addresses
from paragraf.meetings import feed
from paragraf.people.persons import renew_calendar
from webapp import access
from webapp.acting import actor
from webapp.edge import database

blueprint = Blueprint("calendar", __name__, url_prefix="/<slug>/kalender")


@blueprint.get("/")
@access.signed_in
def show() -> str:
    """The link to one's own calendar, and how to use it."""
    settings = database().settings
    address = addresses.calendar(settings, g.association.slug, feed.link_token(settings, access.me()))
    return render_template("meetings/calendar.html", address=address, webcal=f"webcal:{address.partition(':')[2]}")


@blueprint.post("/ny-lank")
@access.signed_in
def renew() -> AnyResponse:
    """Make a new link; the old one is worthless from now on."""
    renew_calendar(g.session, access.me(), now=g.now, actor=actor())
    flash(_("Du har en ny länk. Den gamla visar inte längre några sammanträden."), "success")
    return redirect(url_for("calendar.show"), 303)


@blueprint.get("/<token>.ics")
@access.by_link
def file(token: str) -> AnyResponse:
    """The meetings, for whoever has the link; nothing but a short answer when nothing has changed."""
    person = feed.holder(g.session, g.association.id, token, g.now)
    found = feed.feed(g.session, g.association, person, now=g.now)
    answer: Response = make_response(found.content)
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = 'inline; filename="sammantraden.ics"'
    # It may be kept, but asked for anew each time: a renewed link must stop at once.
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.last_modified = found.changed_at
    answer.set_etag(sha256(found.content).hexdigest()[:32])
    return answer.make_conditional(request)
