"""The history of a §: its saved versions, what differs between two, and taking one back."""

from __future__ import annotations

from flask import flash, g, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from paragraf.core.errors import RuleBroken
from paragraf.minutes import queries
from paragraf.minutes import versions as history
from paragraf.minutes.models import MinuteItem
from paragraf.minutes.rules import StaleText
from paragraf.minutes.versions import Section
from webapp import access
from webapp.minutes.base import Page, actor, blueprint, item_at, minutes_at, refused, to_item
from webapp.minutes.saving import both

SECTIONS = {
    Section.HEADING: _l("Rubrik"),
    Section.BACKGROUND: _l("Bakgrund"),
    Section.DECISION: _l("Beslut"),
    Section.PROCEEDINGS: _l("Yrkanden, omröstning, reservationer och anteckningar"),
}
#: Versions on a page: a § that was written for an hour has hundreds.
SHOWN = 100


@blueprint.get("/paragraf/<int:item_id>/versioner")
@access.office
def versions(meeting_id: int, item_id: int) -> str:
    """All versions of the §; one of them compared with another, by default with the one before it."""
    row = item_at(meeting_id, item_id)
    every = history.versions(g.session, row)
    chosen = request.args.get("version", row.version, int)
    against = request.args.get("mot", max(chosen - 1, 1), int)
    first = max(request.args.get("fran", 0, int), 0)
    old, new = (queries.words_of(history.text_of_version(g.session, row, each)) for each in (against, chosen))
    return render_template(
        "minutes/versions.html",
        row=row,
        minutes=row.minutes,
        meeting=row.minutes.meeting,
        versions=every[first : first + SHOWN],
        later=first + SHOWN if len(every) > first + SHOWN else None,
        chosen=chosen,
        against=against,
        words=new,
        differences=history.differences(old, new),
        sections=SECTIONS,
        by_number={one.number: one for one in every},
    )


@blueprint.post("/paragraf/<int:item_id>/versioner/ta-tillbaka")
@access.office
def restore_version(meeting_id: int, item_id: int) -> Page:
    """Let the § say what it said in a version."""
    row = item_at(meeting_id, item_id)
    version, base = (request.form.get(name, -1, int) for name in ("version", "base_version"))
    try:
        history.restore_version(g.session, row, version, base_version=base, now=g.now, actor=actor())
    except StaleText as stale:
        return both(row, stale)
    except RuleBroken as broken:
        return refused(broken, to_item(meeting_id, item_id))
    return _taken_back(row, version)


@blueprint.post("/paragraf/<int:item_id>/angra")
@access.office
def take_back(meeting_id: int, item_id: int) -> Page:
    """Take the newest saved change back."""
    row = item_at(meeting_id, item_id)
    base = request.form.get("base_version", -1, int)
    try:
        number = history.take_back(g.session, row, base_version=base, now=g.now, actor=actor())
    except StaleText as stale:
        return both(row, stale)
    except RuleBroken as broken:
        return refused(broken, to_item(meeting_id, item_id))
    return _taken_back(row, number)


@blueprint.post("/paragraf/<int:item_id>/aterta")
@access.office
def restore(meeting_id: int, item_id: int) -> Page:
    """Put a § that was taken out back into the minutes."""
    row = history.removed_item(g.session, minutes_at(meeting_id), item_id)
    try:
        history.restore_item(g.session, row, now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(broken, to_item(meeting_id, None))
    flash(_("Paragrafen är tillbaka i protokollet."), "success")
    return to_item(meeting_id, item_id)


def _taken_back(row: MinuteItem, number: int) -> Page:
    flash(
        _("Texten från version %(number)s gäller igen. Den andra finns kvar bland versionerna.", number=number),
        "success",
    )
    return to_item(row.minutes.meeting_id, row.id, "paragrafen")
