"""The desk as it was drawn, remembered for as long as nothing has happened that it shows.

Whoever steps among the §§ of a meeting asks for the same pages again and again. Every act leaves a line in the log and
every save adds a text (``lines.stamp``), so a page drawn for the same person at the same stamp is the same page. What
the person may do is asked anew each time, before.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from secrets import token_hex
from threading import Lock
from typing import NamedTuple

from flask import current_app, g, request, session
from flask.blueprints import BlueprintSetupState
from flask_wtf.csrf import generate_csrf

from paragraf.minutes import lines
from paragraf.minutes.lines import Stamp
from paragraf.people.rules import Powers
from webapp import access
from webapp.language import current
from webapp.minutes.base import blueprint

#: Desks that are kept, some 60 kB each.
_KEPT = 64
#: Stands where each browser's own token is to stand; nobody can guess it and write it into a §.
_TOKEN = token_hex(24)


class Asked(NamedTuple):
    """What decides how the page looks."""

    association_id: int
    meeting_id: int
    item_id: int | None
    person_id: int
    powers: Powers
    language: str
    root: str
    stamp: Stamp


class _Desks:
    """Drawn pages of one application, those that were asked for last."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Asked, str] = OrderedDict()
        self._lock = Lock()

    def get(self, asked: Asked) -> str | None:
        with self._lock:
            if asked in self._pages:
                self._pages.move_to_end(asked)
            return self._pages.get(asked)

    def keep(self, asked: Asked, page: str) -> None:
        with self._lock:
            self._pages[asked] = page
            if len(self._pages) > _KEPT:
                self._pages.popitem(last=False)


def asked(meeting_id: int, item_id: int | None) -> Asked | None:
    """What the request asks for; None where the page also shows a message that is told once."""
    if session.get("_flashes"):
        return None
    return Asked(
        g.association.id,
        meeting_id,
        item_id,
        access.me().id,
        access.current_powers(),
        current(),
        request.root_path,
        lines.stamp(g.session, g.association.id, meeting_id),
    )


def remembered(question: Asked | None) -> str | None:
    """The page as it was drawn, with the browser's own token in its forms."""
    found = _desks().get(question) if question else None
    return found.replace(_TOKEN, generate_csrf()) if found else None


def drawn(question: Asked | None, draw: Callable[[], str]) -> str:
    """The page, drawn now and remembered."""
    if question is None:
        return draw()
    # Flask-WTF keeps the token of a request in ``g``: here one that stands for every browser's own.
    g.csrf_token = _TOKEN
    try:
        page = draw()
    finally:
        g.pop("csrf_token")
    _desks().keep(question, page)
    return page.replace(_TOKEN, generate_csrf())


def _desks() -> _Desks:
    found: _Desks = current_app.extensions["paragraf_desks"]
    return found


@blueprint.record_once
def _prepare(state: BlueprintSetupState) -> None:
    """One memory for each application, since each has a database of its own."""
    state.app.extensions["paragraf_desks"] = _Desks()
