"""§§ that are verified at once: choose, send, remind, send again, take back."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from forms.finishing import AtOnceForm, ReasonForm
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.minutes import immediate, operations, queries
from paragraf.minutes.models import ImmediateVerification, Minutes
from paragraf.minutes.queries import Item
from paragraf.signing import operations as signing
from paragraf.signing import queries as signatures
from paragraf.signing.queries import Progress
from webapp import access
from webapp.minutes.base import Page, actor, blueprint, item_at, minutes_at, refused


@dataclass(frozen=True)
class AtOnce:
    """An immediate verification as pages show it."""

    row: ImmediateVerification
    items: tuple[Item, ...]
    progress: Progress | None

    @property
    def may_send(self) -> bool:
        """Whether it may go out again as it is."""
        return self.progress is None or self.progress.state in ("declined", "withdrawn")


def shown(minutes: Minutes, items: list[Item]) -> list[AtOnce]:
    """The immediate verifications of the minutes, with who has signed."""
    found = []
    for row in immediate.of_minutes(g.session, minutes):
        signature_round = immediate.current_round(g.session, row)
        progress = signatures.progress(g.session, signature_round, now=g.now) if signature_round else None
        found.append(AtOnce(row, tuple(one for one in items if one.row.immediate_id == row.id), progress))
    return found


def form_of(items: list[Item], form: AtOnceForm) -> AtOnceForm:
    """The form with the §§ that may be chosen: those whose text is open and that decide something first of all."""
    choices = [one for one in items if not one.is_frozen]
    form.items.choices = [SelectChoice(one.row.id, f"§ {one.label} {one.words.heading}") for one in choices]
    return form


@blueprint.post("/omedelbar-justering")
@access.office
def verify_at_once(meeting_id: int) -> Page:
    """Freeze the chosen §§ and send them to be signed."""
    minutes = minutes_at(meeting_id)
    form = form_of(queries.items(g.session, minutes), AtOnceForm())
    back = _back(meeting_id)
    if not form.validate():
        flash(_("Välj minst en paragraf."), "error")
        return back
    rows = [item_at(meeting_id, item_id) for item_id in form.items.data or []]
    try:
        operations.verify_at_once(
            g.session, minutes, rows, overtaking=form.overtaking.data or "", now=g.now, actor=actor()
        )
    except RuleBroken as broken:
        return refused(broken, back)
    flash(_("Paragraferna är skickade. Var och en får en länk med e-post."), "success")
    return back


@blueprint.post("/omedelbar-justering/<int:immediate_id>/skicka")
@access.office
def send_at_once_again(meeting_id: int, immediate_id: int) -> Response:
    """Send the same document once more."""
    found = _at(meeting_id, immediate_id)
    try:
        operations.send_again(g.session, found, now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(broken, _back(meeting_id))
    flash(_("Paragraferna är skickade. Var och en får en länk med e-post."), "success")
    return _back(meeting_id)


@blueprint.post("/omedelbar-justering/<int:immediate_id>/paminn")
@access.office
def remind_at_once(meeting_id: int, immediate_id: int) -> Response:
    """Remind those who have yet to sign."""
    found = immediate.current_round(g.session, _at(meeting_id, immediate_id))
    if found is None:
        raise NotThere("Paragraferna är inte skickade för underskrift.")
    try:
        count = signing.remind(g.session, found, now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(broken, _back(meeting_id))
    flash(ngettext("%(num)s person får en påminnelse.", "%(num)s personer får en påminnelse.", count), "success")
    return _back(meeting_id)


@blueprint.post("/omedelbar-justering/<int:immediate_id>/ta-tillbaka")
@access.office
def take_back_at_once(meeting_id: int, immediate_id: int) -> Response:
    """Open the text of the §§ again."""
    found, form = _at(meeting_id, immediate_id), ReasonForm()
    if not form.validate():
        flash(_("Skriv varför paragraferna tas tillbaka."), "error")
        return _back(meeting_id)
    try:
        operations.take_back(g.session, found, reason=form.reason.data or "", now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(broken, _back(meeting_id))
    flash(_("Paragraferna kan ändras igen. De har kvar sina nummer."), "success")
    return _back(meeting_id)


def _at(meeting_id: int, immediate_id: int) -> ImmediateVerification:
    found = immediate.by_id(g.session, g.association.id, immediate_id)
    if found.minutes_id != minutes_at(meeting_id).id:
        raise NotThere("Den omedelbara justeringen finns inte.")
    return found


def _back(meeting_id: int) -> Response:
    return redirect(url_for("minutes.finish", meeting_id=meeting_id, _anchor="omedelbart"), 303)
