"""Who may open a page. Every view carries exactly one of these marks; a test walks all routes as each kind of
person."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, g, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_login import LoginManager, UserMixin, current_user
from werkzeug.wrappers import Response

from paragraf.core.dates import local_date
from paragraf.core.errors import NotAllowed, NotThere
from paragraf.people import queries as people
from paragraf.people.models import Association, Person
from paragraf.people.rules import Powers

View = TypeVar("View", bound=Callable[..., Any])
NO_POWERS = Powers(frozenset(), frozenset())


class SignedIn(UserMixin):  # type: ignore[misc]
    """The person behind the session cookie, with what they may do today."""

    def __init__(self, person: Person, powers: Powers) -> None:
        self.person = person
        self.powers = powers

    def get_id(self) -> str:
        return f"{self.person.association_id}:{self.person.id}"


def prepare(app: Flask) -> None:
    """Hook Flask-Login in and give templates ``me`` and ``powers``."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(_load)
    app.context_processor(_given_to_templates)


def _given_to_templates() -> dict[str, object]:
    signed_in = _signed_in_here()
    return {
        "me": signed_in.person if signed_in else None,
        "powers": signed_in.powers if signed_in else NO_POWERS,
        "association": g.get("association"),
    }


def _load(identity: str) -> SignedIn | None:
    association_id, _colon, person_id = identity.partition(":")
    if "session" not in g or not (association_id.isdigit() and person_id.isdigit()):
        return None
    today = local_date(g.now)
    try:
        person, powers = people.person_with_powers(g.session, int(association_id), int(person_id), today)
    except NotThere:
        return None
    left = person.left_on is not None and person.left_on <= today
    return None if left else SignedIn(person, powers)


def current_person() -> Person | None:
    """Who is signed in at this association; None for a visitor and for another association's people."""
    signed_in = _signed_in_here()
    return signed_in.person if signed_in else None


def current_powers() -> Powers:
    """What the visitor may do at this association."""
    signed_in = _signed_in_here()
    return signed_in.powers if signed_in else NO_POWERS


def _signed_in_here() -> SignedIn | None:
    here: Association | None = g.get("association")
    if here is None or "session" not in g:
        return None
    # The user itself: each look through the proxy asks Flask-Login anew.
    user = current_user._get_current_object()
    return user if isinstance(user, SignedIn) and user.person.association_id == here.id else None


def me() -> Person:
    """The signed-in person, in views that demand one."""
    person = current_person()
    if person is None:
        raise NotAllowed("Logga in för att fortsätta.")
    return person


def public(view: View) -> View:
    """Anyone may open it."""
    view.audience = "public"  # type: ignore[attr-defined]
    return view


def by_link(view: View) -> View:
    """Whoever holds the link in the address; the view itself checks the token."""
    view.audience = "by_link"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Anyone whom the association knows by name."""
    return _guarded(view, "signed_in", lambda _powers: True)


def member(view: View) -> View:
    """Those with a seat in one of the bodies, and the office."""
    return _guarded(view, "member", lambda powers: powers.member)


def office(view: View) -> View:
    """The office: secretary, director, administrator."""
    return _guarded(view, "office", lambda powers: powers.office)


def _guarded(view: View, audience: str, allowed: Callable[[Powers], bool]) -> View:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if current_person() is None:
            return _ask_to_sign_in()
        if not allowed(current_powers()):
            raise NotAllowed("Du har inte behörighet till den här sidan.")
        return view(*args, **kwargs)

    guarded.audience = audience  # type: ignore[attr-defined]
    return cast(View, guarded)


def _ask_to_sign_in() -> Response:
    if current_user.is_authenticated:
        raise NotAllowed("Du är inloggad hos ett annat förbund. Logga ut där först.")
    if request.method not in {"GET", "HEAD"}:
        raise NotAllowed(
            "Du är inte längre inloggad. Logga in i en annan flik, gå tillbaka hit och spara igen: "
            "det du skrev finns kvar."
        )
    session["next"] = request.full_path.rstrip("?")
    return redirect(url_for("signing_in.ask"))


def sign_in_first() -> str:
    """The notice shown above the sign-in form when a page asked for it."""
    return _("Logga in för att öppna sidan.") if session.get("next") else ""
