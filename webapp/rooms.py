"""The list of blueprints: the table of contents of the web."""

from __future__ import annotations

from importlib import import_module

from flask import Flask

ROOMS = (
    "public",
    "signing_in",
    "own_page",
    "applications",
    "grants",
    "form_writing",
    "meetings",
    "calendar",
    "commissions",
    "delegation",
    "minutes",
    "register",
    "comparing",
    "agreements",
    "notice_board",
    "organisation",
    "word_templates",
    "mailbox",
    "signing",
    "health",
)


def register(app: Flask) -> None:
    """Open every room's door."""
    for name in ROOMS:
        app.register_blueprint(import_module(f"webapp.{name}").blueprint)
