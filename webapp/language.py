"""Swedish first, English second, chosen on every page."""

from __future__ import annotations

from datetime import date

from flask import Flask, g, request, session
from flask_babel import Babel, get_locale, gettext, refresh
from flask_login import current_user

from paragraf.core.errors import RuleBroken
from paragraf.core.printing import print_date

LANGUAGES = {"sv": "Svenska", "en": "English"}


def prepare(app: Flask) -> None:
    """Let Flask-Babel ask ``chosen`` for the language."""
    app.config["BABEL_DEFAULT_LOCALE"] = "sv"
    Babel(app, locale_selector=chosen)
    app.jinja_env.globals.update(languages=LANGUAGES, language=current, told=told, stored=stored)


def chosen() -> str:
    """What the visitor chose, else the person's own language, else Swedish.

    The browser's wish is not asked: many Swedish browsers are set to English, and the texts of law are Swedish.
    """
    picked: str | None = session.get("language")
    if picked in LANGUAGES:
        return picked
    if "applicant_language" in g:
        return str(g.applicant_language)
    if request and current_user and current_user.is_authenticated:
        return str(current_user.person.language)
    return "sv"


def current() -> str:
    """The language of the page: "sv" or "en". Settled once for a request: a page asks for it fifty times."""
    found: str | None = g.get("language")
    if found is None:
        locale = get_locale()
        found = g.language = str(locale.language) if locale else "sv"
    return found


def choose_again() -> None:
    """Ask anew: the page has turned out to be somebody's who wants another language."""
    g.pop("language", None)
    refresh()


def stored(text: str) -> str:
    """A text out of a row in the page's language, where the program wrote it; any other is given back as it is.

    Not the templates' ``_``, which takes its text for HTML and for a pattern: a mail server's words may hold < and %.
    """
    return str(gettext(text)) if text else ""


def told(error: RuleBroken) -> str:
    """The error's message in the page's language, with its values filled in; days as the language writes them."""
    translated: str = gettext(error.message)
    values = {name: print_date(one, current()) if type(one) is date else one for name, one in error.values.items()}
    return translated % values if values else translated
