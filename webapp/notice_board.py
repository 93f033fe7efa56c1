"""The notice board (anslagstavla), open to everyone; and the office's pages for what other boards have."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.minutes import DayForm
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.minutes import notice_queries, operations
from paragraf.minutes.models import Notice, NoticePosting
from webapp import access
from webapp.edge import undo
from webapp.language import told

blueprint = Blueprint("notice_board", __name__, url_prefix="/<slug>/anslagstavla")

Page = str | tuple[str, int] | Response


@blueprint.get("/")
@access.public
def show() -> str:
    """The notices that are up today. They come down by themselves when the time for appeal is out."""
    current = notice_queries.current(g.session, g.association.id, local_date(g.now))
    return render_template("notice_board/show.html", notices=current)


@blueprint.get("/alla")
@access.office
def all_notices() -> str:
    """All notices, also those that have come down."""
    found = notice_queries.notices(g.session, g.association.id, local_date(g.now))
    return render_template("notice_board/all.html", notices=found)


@blueprint.get("/<int:notice_id>/")
@access.office
def notice(notice_id: int) -> str:
    """One notice: which boards have it since when, and its certificate."""
    return _page(notice_queries.notice(g.session, g.association.id, notice_id))


@blueprint.post("/uppsatt/<int:posting_id>")
@access.office
def record_posting(posting_id: int) -> Page:
    """Note since when a board has the notice."""
    posting, form = notice_queries.posting(g.session, g.association.id, posting_id), DayForm()
    if not form.validate():
        return _page_of(posting, form), 422
    try:
        operations.record_posting(g.session, posting, posted_on=_day(form), now=g.now, actor=access.me().name)
    except RuleBroken as broken:
        return _told_in(posting, form, broken)
    return _back(posting.notice_id, _("Antecknat."))


@blueprint.post("/nedtaget/<int:posting_id>")
@access.office
def take_down(posting_id: int) -> Page:
    """Note when a board took the notice down."""
    posting, form = notice_queries.posting(g.session, g.association.id, posting_id), DayForm()
    if not form.validate():
        return _page_of(posting, form), 422
    try:
        operations.take_down(g.session, posting, down_on=_day(form), now=g.now, actor=access.me().name)
    except RuleBroken as broken:
        return _told_in(posting, form, broken)
    return _back(posting.notice_id, _("Antecknat."))


@blueprint.post("/<int:notice_id>/bevis")
@access.office
def certify(notice_id: int) -> Response:
    """Make the certificate of notice."""
    found = notice_queries.notice(g.session, g.association.id, notice_id)
    document = operations.certify_notice(g.session, found, certifier=access.me(), now=g.now)
    return _back(notice_id, _("Beviset är lagt i ärendet: %(title)s.", title=document.title))


def _day(form: DayForm) -> date:
    """The day of a form that was found valid."""
    assert form.day.data is not None
    return form.day.data


def _page(found: Notice, wrong: tuple[int, DayForm] | None = None) -> str:
    today = local_date(g.now)
    forms = {one.id: DayForm(formdata=None, prefix="", data={"day": today}) for one in found.postings}
    if wrong is not None:
        forms[wrong[0]] = wrong[1]
    return render_template(
        "notice_board/notice.html", shown=notice_queries.shown(g.session, found, today), forms=forms, today=today
    )


def _page_of(posting: NoticePosting, form: DayForm) -> str:
    found = notice_queries.notice(g.session, g.association.id, posting.notice_id)
    return _page(found, (posting.id, form))


def _told_in(posting: NoticePosting, form: DayForm, broken: RuleBroken) -> Page:
    if isinstance(broken, NotThere):
        raise broken
    undo()
    form.day.errors = [told(broken)]
    return _page_of(posting, form), 422


def _back(notice_id: int, message: str) -> Response:
    flash(message, "success")
    return redirect(url_for("notice_board.notice", notice_id=notice_id), 303)
