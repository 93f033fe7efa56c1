"""Where a request meets the program: its session, its association, its one commit, its errors, its headers."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, g, jsonify, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge

from paragraf.core import clock
from paragraf.core.database import Database
from paragraf.core.errors import LinkExpired, LinkRefused, NotAllowed, NotThere, RuleBroken
from paragraf.people import queries as people
from webapp.language import told

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
#: Posted fields that an error page must not show again.
UNSPOKEN = frozenset({"csrf_token", "code"})


def prepare(app: Flask) -> None:
    """Hook the edge into the application."""
    app.url_value_preprocessor(_take_association)
    app.url_defaults(_give_association)
    app.after_request(_commit)
    app.after_request(_add_headers)
    app.teardown_request(_close)
    app.register_error_handler(RuleBroken, show_rule_broken)
    app.register_error_handler(CSRFError, show_csrf_error)
    app.register_error_handler(RequestEntityTooLarge, _show_too_large)
    app.register_error_handler(HTTPException, _show_http_error)
    app.register_error_handler(OperationalError, _show_database_error)
    app.register_error_handler(IntegrityError, _show_conflict)
    app.register_error_handler(InternalServerError, _show_internal_error)


def database() -> Database:
    """The application's database."""
    found: Database = current_app.extensions["paragraf"]
    return found


def undo() -> None:
    """Take back what the request changed, to show the form again after a RuleBroken."""
    g.session.rollback()
    g.undone = True


def _take_association(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Open the request's session and, where the address names an association, load it.

    This hook runs before all others, so that also the sign-in check and the error pages have a session. A GET gets
    a session that the database itself keeps from writing (law 10).
    """
    g.now = clock.now()
    if request.endpoint in {"static", "bootstrap.static"}:
        return
    g.session = database().new_session(writes=request.method not in SAFE)
    slug = values.pop("slug", None) if values else None
    if slug is not None:
        g.slug = slug
        g.association = people.association_by_slug(g.session, slug)


def _give_association(endpoint: str, values: dict[str, Any]) -> None:
    if "slug" not in values and "slug" in g and current_app.url_map.is_endpoint_expecting(endpoint, "slug"):
        values["slug"] = g.slug


def _commit(response: Response) -> Response:
    """The one commit of an act: after the view has answered well, before the answer leaves."""
    session: Session | None = g.get("session")
    if session is not None and request.method not in SAFE:
        if response.status_code < HTTPStatus.BAD_REQUEST and not g.get("undone"):
            session.commit()
        else:
            session.rollback()
    return response


def _close(_error: BaseException | None) -> None:
    session: Session | None = g.pop("session", None)
    if session is not None:
        session.close()


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if request.endpoint not in {"static", "bootstrap.static"}:
        headers.setdefault("Cache-Control", "no-store")
    if database().settings.secure_cookies:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def show_rule_broken(error: RuleBroken) -> tuple[str | Response, int]:
    """A broken rule that the view did not answer itself: say it, and give back what was typed."""
    if isinstance(error, LinkRefused):
        return render_template("link_refused.html", expired=isinstance(error, LinkExpired), message=told(error)), 410
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if isinstance(error, NotAllowed):
        status = HTTPStatus.FORBIDDEN
    elif isinstance(error, NotThere):
        status = HTTPStatus.NOT_FOUND
    return _error(status, told(error))


def show_csrf_error(_error_raised: CSRFError) -> tuple[str | Response, int]:
    """A form whose token is not the session's: say it, and give back what was typed."""
    return _error(
        HTTPStatus.BAD_REQUEST,
        _(
            "Sidan var för gammal för att sparas, kanske för att du har loggats ut. "
            "Öppna sidan igen i en ny flik och klistra in det du skrev."
        ),
    )


def _show_too_large(_error_raised: RequestEntityTooLarge) -> tuple[str | Response, int]:
    limit = database().settings.upload_mb
    return _error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("Filen är större än %(limit)s MB.", limit=limit), typed=False)


def _show_http_error(error: HTTPException) -> tuple[str | Response, int] | HTTPException:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error
    if error.code == HTTPStatus.NOT_FOUND:
        return _error(HTTPStatus.NOT_FOUND, _("Sidan finns inte."))
    if error.code == HTTPStatus.METHOD_NOT_ALLOWED:
        return _error(HTTPStatus.METHOD_NOT_ALLOWED, _("Det går inte att göra så på den här sidan."))
    return _error(HTTPStatus(error.code), _("Det gick inte att läsa det som skickades."))


def _show_database_error(error: OperationalError) -> tuple[str | Response, int]:
    current_app.logger.error("database: %s", error.orig)
    if "readonly" in str(error.orig) or "read-only" in str(error.orig):
        message = _("Databasen går inte att skriva i just nu. Ingenting har sparats. Säg till den som sköter driften.")
    else:
        message = _("Databasen svarar inte just nu. Ingenting har sparats. Vänta en stund och försök igen.")
    return _error(HTTPStatus.SERVICE_UNAVAILABLE, message)


def _show_conflict(error: IntegrityError) -> tuple[str | Response, int]:
    current_app.logger.warning("conflict: %s", type(error.orig).__name__)
    return _error(HTTPStatus.CONFLICT, _("Någon annan hann före. Öppna sidan igen och se vad som har ändrats."))


def _show_internal_error(error: InternalServerError) -> tuple[str | Response, int]:
    original = error.original_exception
    if isinstance(original, OperationalError):
        return _show_database_error(original)
    if isinstance(original, IntegrityError):
        return _show_conflict(original)
    return _error(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        _("Något gick fel hos oss. Felet är antecknat. Försök igen, eller hör av dig om det upprepas."),
    )


def _error(status: HTTPStatus, message: str, *, typed: bool = True) -> tuple[str | Response, int]:
    session: Session | None = g.get("session")
    if session is not None:
        session.rollback()
    g.undone = True
    if request.accept_mimetypes.best == "application/json":
        return jsonify(message=message), status
    given = (
        [(name, text) for name, text in request.form.items(multi=True) if _worth_showing(name, text)] if typed else []
    )
    return render_template("error.html", status=status, message=message, typed=given), status


def _worth_showing(name: str, text: str) -> bool:
    return name not in UNSPOKEN and len(text.strip()) > 3 and not text.isdigit()
