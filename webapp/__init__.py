"""The browser's door: a Flask factory, one blueprint a subject. Reads queries, writes only through operations."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from paragraf.core.database import Database
from paragraf.core.settings import Settings, load
from paragraf.core.traces import trace_of
from webapp import access, addresses, edge, language, phrases, printing, rooms, words
from webapp.uploading import UploadRequest

__all__ = ["create_app"]

csrf = CSRFProtect()


class Web(Flask):
    """Flask, but its log holds neither addresses (they may be links) nor what rows or forms held."""

    request_class = UploadRequest

    def log_exception(self, exc_info: Any) -> None:
        self.logger.error("%s %s failed\n%s", request.method, request.endpoint, trace_of(exc_info[1]))


def create_app(settings: Settings | None = None, database: Database | None = None) -> Flask:
    """The web application. Tests hand in their own settings and database; a server reads the environment."""
    settings = settings or load()
    app = Web(__name__)
    app.config.update(configuration(settings))
    app.extensions["paragraf"] = database or Database(settings)
    csrf.init_app(app)
    Bootstrap5(app)
    language.prepare(app)
    phrases.prepare(app)
    access.prepare(app)
    edge.prepare(app)
    addresses.prepare(app)
    printing.prepare(app)
    words.prepare(app)
    rooms.register(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def configuration(settings: Settings) -> dict[str, object]:
    """Flask's configuration from our settings."""
    keys = settings.secret_keys
    return {
        "SECRET_KEY": keys[-1],
        # Flask verifies with older keys too, so that a change of key signs nobody out.
        "SECRET_KEY_FALLBACKS": keys[:-1],
        "SESSION_COOKIE_NAME": "paragraf",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        # Lax, not Strict: a signed-in secretary who follows a link in a mail must still be signed in.
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": settings.session_hours * 3600,
        "MAX_CONTENT_LENGTH": (settings.upload_mb + 1) * 1_000_000,
        "MAX_FORM_MEMORY_SIZE": 4_000_000,
        "BOOTSTRAP_SERVE_LOCAL": True,
        "WTF_CSRF_TIME_LIMIT": None,
        # The signing pages send no Referer (Referrer-Policy: no-referrer), which the strict check would demand.
        "WTF_CSRF_SSL_STRICT": False,
        "SEND_FILE_MAX_AGE_DEFAULT": 3600,
    }
