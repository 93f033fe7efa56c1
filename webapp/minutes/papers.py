"""Signed minutes drawn as a page once: what was signed does not change, so neither does its picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from flask import current_app, g, render_template
from flask.blueprints import BlueprintSetupState
from markupsafe import Markup

from paragraf.minutes import document, queries
from paragraf.minutes.models import Minutes
from webapp.language import current
from webapp.minutes.base import blueprint

_KEPT = 32


@dataclass(frozen=True)
class Line:
    """One § as the list of extracts names it."""

    item_id: int
    number: str
    heading: str


@dataclass(frozen=True)
class Paper:
    """The minutes as HTML, and what else the page around tells of them."""

    html: Markup
    item_range: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class _Signed:
    """Signed minutes by what cannot change; ``minutes`` is at hand to draw from, but is not what they are known by."""

    minutes_id: int
    sha256: str
    language: str
    minutes: Minutes = field(compare=False)


def paper_of(minutes: Minutes) -> Paper:
    """The paper of minutes that have been frozen as a document, in the page's language."""
    assert minutes.document is not None
    drawn: Callable[[_Signed], Paper] = current_app.extensions["paragraf_papers"]
    return drawn(_Signed(minutes.id, minutes.document.sha256, current(), minutes))


def _draw(signed: _Signed) -> Paper:
    fields = document.minutes_fields(g.session, signed.minutes)
    # Numbers without a § print in their place, but nothing can be taken out of them.
    lines = [Line(one.row.id, f"§ {one.label}", one.words.heading) for one in queries.items(g.session, signed.minutes)]
    places = {line.number: line.item_id for line in lines}
    # The template escapes; what it gives is a page's part.
    html = Markup(render_template("minutes/_paper.html", paper=fields, places=places))  # noqa: S704
    return Paper(html, fields.item_range, tuple(lines))


@blueprint.record_once
def _prepare(state: BlueprintSetupState) -> None:
    """One memory for each application, since each has a database of its own."""
    state.app.extensions["paragraf_papers"] = lru_cache(maxsize=_KEPT)(_draw)
