"""What templates call ``_`` and ``ngettext``.

They do as Jinja's own, which look up language and catalogue anew for each of a page's fifty texts; these remember.
"""

from __future__ import annotations

from functools import lru_cache

from flask import Flask, current_app
from flask_babel import get_domain, gettext
from markupsafe import Markup

from webapp.language import current

_NAME = "paragraf_phrases"


class Phrases:
    """The texts of one application's catalogue that pages have asked for, by language.

    The texts themselves are HTML and patterns, as the templates' writers wrote them; values are escaped.
    """

    def __init__(self) -> None:
        # Bounded, though the texts stand in templates and come to no more than there are.
        self._pattern = lru_cache(maxsize=4096)(_pattern)
        self._plain = lru_cache(maxsize=4096)(_plain)
        self._counted = lru_cache(maxsize=1024)(_counted)

    def phrase(self, text: str, /, **values: object) -> Markup:
        """The text in the page's language with the values filled in."""
        return self._pattern(current(), text) % values if values else self._plain(current(), text)

    def counted(self, singular: str, plural: str, num: int, /, **values: object) -> Markup:
        """The text for so many, with ``num`` and the values filled in."""
        return self._counted(current(), singular, plural, num) % {"num": num, **values}


def prepare(app: Flask) -> None:
    """Give templates the application's phrases."""
    known = app.extensions[_NAME] = Phrases()
    app.jinja_env.globals.update(_=known.phrase, gettext=known.phrase, ngettext=known.counted)


def counted(singular: str, plural: str, num: int) -> str:
    """``ngettext`` for views that put together many short texts."""
    known: Phrases = current_app.extensions[_NAME]
    return known.counted(singular, plural, num)


# The language is what Flask-Babel finds out by itself: here it only tells the answers apart.


def _pattern(_language: str, text: str) -> Markup:
    return Markup(gettext(text))  # noqa: S704 - from templates and catalogue


def _plain(_language: str, text: str) -> Markup:
    return Markup(gettext(text)) % {}  # noqa: S704 - from templates and catalogue


def _counted(_language: str, singular: str, plural: str, num: int) -> Markup:
    return Markup(get_domain().get_translations().ungettext(singular, plural, num))  # noqa: S704 - as above
