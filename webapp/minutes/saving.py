"""Saving a §: by the button, or by the page itself while typing; and choosing between two texts."""

from __future__ import annotations

from typing import Any

from flask import flash, g, jsonify, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.minutes import ItemForm
from paragraf.core.dates import local
from paragraf.core.errors import RuleBroken
from paragraf.core.printing import print_time
from paragraf.minutes import operations, queries
from paragraf.minutes.clauses import clean, from_json
from paragraf.minutes.models import MinuteItem
from paragraf.minutes.rules import ItemWords, StaleText
from webapp import access
from webapp.edge import undo
from webapp.language import current, told
from webapp.minutes.base import Page, actor, blueprint, item_at, to_item
from webapp.minutes.desk import Desk, desk_at, desk_page
from webapp.minutes.item_forms import changed_by, without_idle_years, words_in


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
        return _both(row, stale)
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
        now=g.now,
        actor=actor(),
    )


def _save_form(row: MinuteItem) -> Page:
    form = ItemForm()
    button = request.form.get("do", "save")
    meeting_id = row.minutes.meeting_id
    if form.base_version.data is None:
        raise RuleBroken("Sidan gick inte att läsa. Öppna paragrafen igen och klistra in det du skrev.")
    words = changed_by(words_in(form), button, _item(row))
    try:
        _save(row, words, form.base_version.data)
    except StaleText as stale:
        return _both(row, stale)
    except RuleBroken as broken:
        undo()
        flash(told(broken), "error")
        return desk_page(row.minutes, row.id, form=form), 422
    if button == "save":
        flash(_("Sparat %(time)s.", time=_clock()), "success")
    anchor = f"att-sats-{len(words.clauses)}" if button == "add" else "paragrafen"
    return to_item(meeting_id, row.id, anchor)


def _item(row: MinuteItem) -> queries.Item:
    return next(one for one in queries.items(g.session, row.minutes) if one.row.id == row.id)


def _both(row: MinuteItem, stale: StaleText) -> str:
    """Both texts side by side. An answer of 200: what was set aside must be committed (the edge undoes the rest)."""
    return render_template("minutes/conflict.html", row=row, minutes=row.minutes, stale=stale)


# --- for the script ------------------------------------------------------------------------------------------------


def _save_json(row: MinuteItem) -> Response:
    sent = request.get_json()
    given: dict[str, Any] = sent if isinstance(sent, dict) else {}
    base_version = given.get("base_version")
    if not isinstance(base_version, int) or not isinstance(given.get("clauses"), list):
        raise RuleBroken("Det gick inte att läsa det som skickades.")
    clauses = tuple(without_idle_years(from_json(clause)) for clause in given["clauses"])
    try:
        _save(row, ItemWords(clean(given.get("heading")), clean(given.get("background")), clauses), base_version)
    except StaleText as stale:
        panel = render_template("minutes/_both.html", row=row, minutes=row.minutes, stale=stale)
        return jsonify(state="stale", version=stale.version, message=told(stale), panel=panel)
    return jsonify(_saved(row))


def _saved(row: MinuteItem) -> dict[str, Any]:
    found = desk_at(row.minutes, row.id)
    assert found is not None
    return {
        "state": "saved",
        "version": row.version,
        "message": _("Sparat %(time)s", time=_clock()),
        "paper": render_template("minutes/_paper_item.html", item=found.paper),
        "findings": render_template("minutes/_findings.html", desk=found),
        "line": _line(found),
    }


def _line(found: Desk) -> str:
    return render_template("minutes/_line.html", line=found.current, minutes=found.minutes)


def _clock() -> str:
    return print_time(local(g.now).time(), current())
