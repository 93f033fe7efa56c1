"""The public version of verified minutes: choose what is screened, see it, publish it, take it back."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from forms.renditions import EVERYWHERE, RenditionForm, ScreeningForm, WithdrawRenditionForm
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.minutes import notice_queries, renditions, screening
from paragraf.minutes.document_fields import MinutesFields
from paragraf.minutes.models import ImmediateVerification, Minutes
from paragraf.minutes.renditions import Paper
from paragraf.minutes.screening import Screening
from webapp import access
from webapp.acting import tell_in
from webapp.minutes.base import Page, actor, blueprint, minutes_at, refused

KIND_WORDS = {
    "personal_number": _l("personnummer, maskeras alltid"),
    "email": _l("e-postadress"),
    "phone": _l("telefonnummer"),
    "name": _l("namn på någon som inte är förtroendevald eller anställd"),
}
USUAL_REASON = _l("Personuppgift som inte behövs på webben (dataskyddsförordningen artikel 5.1 c)")


@blueprint.get("/offentligt")
@access.office
def rendition(meeting_id: int) -> str:
    """What may be screened, with what was chosen the last time; ``?omedelbar=4`` for §§ verified at once."""
    minutes = minutes_at(meeting_id)
    immediate = _immediate(minutes, request.args.get("omedelbar", ""))
    return _page(minutes, immediate, _form_of_last(minutes, immediate))


@blueprint.post("/offentligt")
@access.office
def make_rendition(meeting_id: int) -> Page:
    """Show how it will look, or make it; nothing is public yet."""
    minutes, form = minutes_at(meeting_id), RenditionForm()
    immediate = _immediate(minutes, form.immediate.data or "")
    if "more" in request.form:
        return _page(minutes, immediate, form)
    if not form.validate():
        return _page(minutes, immediate, form), 422
    try:
        if "preview" in request.form:
            return _preview(minutes, immediate, form)
        renditions.make_rendition(
            g.session,
            minutes,
            _chosen(form),
            immediate=immediate,
            withdraw_with_notice=bool(form.withdraw_with_notice.data),
            now=g.now,
            actor=actor(),
        )
    except RuleBroken as broken:
        tell_in(form, broken)
        return _page(minutes_at(meeting_id), immediate, form), 422
    flash(_("Den offentliga versionen är gjord. Läs igenom den och publicera den sedan."), "success")
    return _back(meeting_id, immediate)


@blueprint.post("/offentligt/<int:rendition_id>/publicera")
@access.office
def publish_rendition(meeting_id: int, rendition_id: int) -> Response:
    """Show it on the public notice board."""
    found = renditions.rendition(g.session, minutes_at(meeting_id), rendition_id)
    back = _back(meeting_id, found.immediate)
    try:
        renditions.publish(g.session, found, now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(broken, back)
    flash(_("Protokollet är publicerat på anslagstavlan."), "success")
    return back


@blueprint.post("/offentligt/<int:rendition_id>/dra-tillbaka")
@access.office
def withdraw_rendition(meeting_id: int, rendition_id: int) -> Page:
    """Take it off the web, with the reason."""
    found = renditions.rendition(g.session, minutes_at(meeting_id), rendition_id)
    form, immediate = WithdrawRenditionForm(), found.immediate
    if not form.validate():
        minutes = found.minutes
        return _page(minutes, immediate, _form_of_last(minutes, immediate), withdraw=(rendition_id, form)), 422
    back = _back(meeting_id, immediate)
    try:
        renditions.withdraw(g.session, found, reason=form.reason.data or "", now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(broken, back)
    flash(_("Protokollet är borttaget från webben."), "success")
    return back


def _preview(minutes: Minutes, immediate: ImmediateVerification | None, form: RenditionForm) -> str:
    paper, chosen = renditions.paper_of(g.session, minutes, immediate), _chosen(form)
    paper.check(chosen)
    return _page(minutes, immediate, form, preview=paper.screened(chosen))


def _chosen(form: RenditionForm) -> list[Screening]:
    """What the form says is to be screened, those that were ticked first."""
    reason = (form.picked_reason.data or "").strip() or str(USUAL_REASON)
    ticked = [Screening(reason, words) for words in form.picked.data or []]
    typed = [_typed(row.form) for row in form.rows if not row.form.is_blank]
    return [*ticked, *typed]


def _typed(row: ScreeningForm) -> Screening:
    return Screening((row.reason.data or "").strip(), (row.words.data or "").strip(), row.item_id.data or None)


def _form_of_last(minutes: Minutes, immediate: ImmediateVerification | None) -> RenditionForm:
    wanted = immediate.id if immediate is not None else None
    made = [one for one in renditions.of_minutes(g.session, minutes) if one.immediate_id == wanted]
    kept = screening.from_json(made[0].screenings) if made else ()
    rows = [{"item_id": one.item_id or EVERYWHERE, "words": one.words, "reason": one.reason} for one in kept]
    return RenditionForm(
        formdata=None,
        data={
            "immediate": str(wanted or ""),
            "rows": rows,
            "picked_reason": str(USUAL_REASON),
            "withdraw_with_notice": made[0].withdraw_with_notice if made else True,
        },
    )


def _page(
    minutes: Minutes,
    immediate: ImmediateVerification | None,
    form: RenditionForm,
    *,
    preview: MinutesFields | None = None,
    withdraw: tuple[int, WithdrawRenditionForm] | None = None,
) -> str:
    verified = (minutes if immediate is None else immediate).verified_at is not None
    paper = renditions.paper_of(g.session, minutes, immediate) if verified else None
    if paper is not None:
        _offer(form, minutes, paper)
    wanted = immediate.id if immediate is not None else None
    return render_template(
        "minutes/rendition.html",
        minutes=minutes,
        meeting=minutes.meeting,
        immediate=immediate,
        form=form,
        paper=preview,
        verified=verified,
        made=[one for one in renditions.of_minutes(g.session, minutes) if one.immediate_id == wanted],
        notice=notice_queries.notice_of(g.session, minutes, wanted),
        withdraw=withdraw,
        new_withdraw=lambda: WithdrawRenditionForm(formdata=None),
        today=local_date(g.now),
    )


def _offer(form: RenditionForm, minutes: Minutes, paper: Paper) -> None:
    places = [(EVERYWHERE, _("hela protokollet"))]
    pairs = zip(paper.item_ids, paper.fields.items, strict=True)
    places += [(each, one.number) for each, one in pairs if each != renditions.VOID]
    form.offer(places)
    noted = {(row.form.words.data or "").casefold() for row in form.rows}
    form.picked.choices = [
        (one.words, f"{one.words} – {KIND_WORDS[one.kind]}")
        for one in renditions.suggested(g.session, minutes, paper)
        if one.words.casefold() not in noted
    ]


def _immediate(minutes: Minutes, asked: str) -> ImmediateVerification | None:
    if not asked:
        return None
    found = g.session.get(ImmediateVerification, int(asked)) if asked.isdecimal() and len(asked) < 10 else None
    if not isinstance(found, ImmediateVerification) or found.minutes_id != minutes.id:
        raise NotThere("Paragraferna finns inte i protokollet.")
    return found


def _back(meeting_id: int, immediate: ImmediateVerification | None) -> Response:
    asked = immediate.id if immediate is not None else None
    return redirect(url_for("minutes.rendition", meeting_id=meeting_id, omedelbar=asked, _anchor="gjorda"), 303)
