"""Saving a §: by the button, or by the page itself while typing; and choosing between two texts."""

from __future__ import annotations

from typing import Any

from flask import flash, g, jsonify, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from paragraf.core.dates import local
from paragraf.core.errors import RuleBroken
from paragraf.core.printing import print_time
from paragraf.minutes import lines, operations, queries
from paragraf.minutes.clauses import clean
from paragraf.minutes.lines import Line
from paragraf.minutes.models import MinuteItem
from paragraf.minutes.proceedings import Proceedings
from paragraf.minutes.proceedings import from_json as read_proceedings
from paragraf.minutes.rules import ItemWords, StaleText
from paragraf.minutes.versions import differences
from webapp import access
from webapp.edge import undo
from webapp.language import current, told
from webapp.minutes import proceedings_form
from webapp.minutes.base import Page, actor, blueprint, item_at, meeting_at, to_item
from webapp.minutes.desk import desk_page, item_paper
from webapp.minutes.item_forms import base_version_in, changed_by, new_clause, words_in, words_of_json


@blueprint.post("/paragraf/<int:item_id>/spara")
@access.office
def save(meeting_id: int, item_id: int) -> Page:
    """Save the §, sent as a form or, by the page's script, as JSON."""
    row = item_at(meeting_id, item_id)
    return _save_json(row) if request.is_json else _save_form(row)


@blueprint.post("/paragraf/<int:item_id>/valj")
@access.office
def keep_mine(meeting_id: int, item_id: int) -> Page:
    """Of two texts, put the one that was set aside in the place of the other."""
    row = item_at(meeting_id, item_id)
    aside = queries.set_aside_text(g.session, row, request.form.get("aside_id", 0, int))
    try:
        _save(row, queries.words_of(aside), request.form.get("base_version", -1, int))
    except StaleText as stale:
        return both(row, stale)
    flash(_("Sparat. Den andra texten finns kvar bland de tidigare."), "success")
    return to_item(meeting_id, item_id)


def _save(row: MinuteItem, words: ItemWords, base_version: int) -> None:
    operations.save_text(
        g.session,
        row,
        base_version=base_version,
        heading=words.heading,
        background=words.background,
        clauses=words.clauses,
        proceedings=words.proceedings,
        now=g.now,
        actor=actor(),
    )


def _save_form(row: MinuteItem) -> Page:
    base_version = base_version_in(request.form)
    if base_version is None:
        raise RuleBroken("Sidan gick inte att läsa. Öppna paragrafen igen och klistra in det du skrev.")
    button = request.form.get("do", "save")
    around = proceedings_form.told(request.form) if proceedings_form.was_shown(request.form) else _kept_proceedings(row)
    words = words_in(request.form, around)
    changed = changed_by(words, button, _new_clause(row)) if button != "save" else words
    meeting_id = row.minutes.meeting_id
    try:
        _save(row, changed, base_version)
    except StaleText as stale:
        return both(row, stale)
    except RuleBroken as broken:
        undo()
        flash(told(broken), "error")
        return desk_page(row.minutes, row.id, typed=(words, base_version)), 422
    if button == "save":
        flash(_("Sparat %(time)s.", time=_clock()), "success")
    return to_item(meeting_id, row.id, f"att-sats-{len(changed.clauses)}" if button == "add" else "paragrafen")


def _kept_proceedings(row: MinuteItem) -> Proceedings:
    """What was told around the decision, as it stands: a page that does not send it must not lose it."""
    return queries.words_of(queries.newest_text(g.session, row)).proceedings


def _new_clause(row: MinuteItem) -> Any:
    counterpart = row.matter.counterpart if row.matter else ""
    has_application = queries.application_of(g.session, row) is not None
    is_first = not queries.newest_text(g.session, row).clauses
    return new_clause(counterpart, has_application=has_application, is_first=is_first)


def both(row: MinuteItem, stale: StaleText) -> str:
    """Both texts side by side. An answer of 200: what was set aside must be committed (the edge undoes the rest)."""
    return render_template("minutes/conflict.html", row=row, minutes=row.minutes, **_compared(stale))


def _compared(stale: StaleText) -> dict[str, Any]:
    return {"stale": stale, "differences": differences(stale.theirs, stale.mine)}


# --- for the script ------------------------------------------------------------------------------------------------


@blueprint.get("/nyckel")
@access.public
def signed_in_again(meeting_id: int) -> Response:
    """A token for a page whose writer may have signed in again in another tab, and whether somebody has.

    Public, though it tells nothing: a page that demands a sign-in would lead there after the next one.
    """
    meeting_at(meeting_id)
    return jsonify(token=generate_csrf(), signed_in=access.current_person() is not None)


def _save_json(row: MinuteItem) -> Response:
    sent = request.get_json()
    given: dict[str, Any] = sent if isinstance(sent, dict) else {}
    base_version = given.get("base_version")
    if not isinstance(base_version, int) or not isinstance(given.get("clauses"), list):
        raise RuleBroken("Det gick inte att läsa det som skickades.")
    told_around = read_proceedings(given["proceedings"]) if "proceedings" in given else _kept_proceedings(row)
    try:
        _save(row, words_of_json(given, told_around), base_version)
    except StaleText as stale:
        panel = render_template("minutes/_both.html", row=row, minutes=row.minutes, **_compared(stale))
        return jsonify(state="stale", version=stale.version, message=told(stale), panel=panel)
    return jsonify(_saved(row, clean(given.get("label"))[:20]))


def _saved(row: MinuteItem, label: str) -> dict[str, Any]:
    """What has changed on the page: the § as it prints, what it lacks, its line in the list.

    ``label``: the number that the page shows. No save changes it, and to work it out asks about other meetings.
    """
    minutes = row.minutes
    item = lines.item(g.session, minutes, row.id)
    findings = lines.findings(g.session, minutes, item)
    hinders = sum(one.hinders for one in findings)
    line = Line(row.id, label, item.words.heading, hinders, is_numbered=item.is_fixed)
    return {
        "state": "saved",
        "version": row.version,
        "message": _("Sparat %(time)s", time=_clock()),
        "paper": render_template("minutes/_paper_item.html", item=item_paper(minutes, item, label)),
        "findings": render_template("minutes/_findings.html", findings=findings),
        "line": render_template("minutes/_saved_line.html", line=line, minutes=minutes),
    }


def _clock() -> str:
    return print_time(local(g.now).time(), current())
