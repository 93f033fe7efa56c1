"""The office's pages: which boards have a notice since when, what went wrong on them, and the certificate."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from forms.notices import AskBoardForm, DayForm, RefuseForm, TakeDownForm
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.minutes import notice_letters, notice_queries, notices
from paragraf.minutes.models import Notice, NoticePosting
from webapp import access
from webapp.edge import undo
from webapp.language import told
from webapp.notice_board.base import Page, blueprint

#: The forms of a board; each is sent by itself.
KINDS: dict[str, type[FlaskForm]] = {
    "uppsatt": DayForm,
    "nedtaget": TakeDownForm,
    "nej": RefuseForm,
    "be": AskBoardForm,
}


@blueprint.get("/alla")
@access.office
def all_notices() -> str:
    """All notices, also those that have come down."""
    today = local_date(g.now)
    return render_template(
        "notice_board/all.html",
        notices=notice_queries.notices(g.session, g.association.id, today),
        without_board=notice_queries.members_without_board(g.session, g.association.id, today),
    )


@blueprint.get("/<int:notice_id>/")
@access.office
def notice(notice_id: int) -> str:
    """One notice: which boards have it since when, and its certificate."""
    return _page(notice_queries.notice(g.session, g.association.id, notice_id))


@blueprint.post("/uppsatt/<int:posting_id>")
@access.office
def record_posting(posting_id: int) -> Page:
    """Note since when a board has the notice."""
    form = DayForm()

    def act(posting: NoticePosting) -> None:
        notices.record_posting(g.session, posting, posted_on=form.chosen, now=g.now, actor=access.me().name)

    return _noted(posting_id, "uppsatt", form, act, _("Antecknat."))


@blueprint.post("/nedtaget/<int:posting_id>")
@access.office
def take_down(posting_id: int) -> Page:
    """Note when a board took the notice down, too early perhaps."""
    form = TakeDownForm()

    def act(posting: NoticePosting) -> None:
        early = bool(form.too_early.data)
        me = access.me().name
        notices.take_down(g.session, posting, down_on=form.chosen, too_early=early, now=g.now, actor=me)

    return _noted(posting_id, "nedtaget", form, act, _("Antecknat."))


@blueprint.post("/nej/<int:posting_id>")
@access.office
def refuse(posting_id: int) -> Page:
    """Note that a board will not put the notice up."""
    form = RefuseForm()

    def act(posting: NoticePosting) -> None:
        reason, me = form.reason.data or "", access.me().name
        notices.refuse(g.session, posting, refused_on=form.chosen, reason=reason, now=g.now, actor=me)

    return _noted(posting_id, "nej", form, act, _("Antecknat. Sekreterare och ordförande får ett mejl."))


@blueprint.post("/be/<int:posting_id>")
@access.office
def ask_board(posting_id: int) -> Page:
    """Ask whoever keeps a board to put the notice up."""
    form = AskBoardForm()

    def act(posting: NoticePosting) -> None:
        found = notice_queries.notice(g.session, g.association.id, posting.notice_id)
        address, me = (form.address.data or "").strip(), access.me().name
        notice_letters.ask_board(g.session, found, posting, address=address, now=g.now, actor=me)

    return _noted(posting_id, "be", form, act, _("Skickat. Anteckna dagen när tavlan svarar."))


@blueprint.post("/igen/<int:posting_id>")
@access.office
def put_up_anew(posting_id: int) -> Response:
    """The board is to have the notice again."""
    posting = notice_queries.posting(g.session, g.association.id, posting_id)
    notices.put_up_anew(g.session, posting, now=g.now, actor=access.me().name)
    return _back(posting.notice_id, _("Anslaget ska upp på nytt. Anteckna dagen när det sitter uppe."))


@blueprint.post("/<int:notice_id>/bevis")
@access.office
def certify(notice_id: int) -> Response:
    """Make the certificate of notice."""
    found = notice_queries.notice(g.session, g.association.id, notice_id)
    document = notices.certify_notice(g.session, found, certifier=access.me(), now=g.now)
    return _back(notice_id, _("Beviset är lagt i ärendet: %(title)s.", title=document.title))


def _noted(posting_id: int, kind: str, form: FlaskForm, act: Callable[[NoticePosting], None], message: str) -> Page:
    posting = notice_queries.posting(g.session, g.association.id, posting_id)
    if form.validate():
        try:
            act(posting)
            return _back(posting.notice_id, message)
        except NotThere:
            raise
        except RuleBroken as broken:
            undo()
            place = broken.field if broken.field in form else next(iter(form)).name
            form[place].errors = [told(broken)]
    found = notice_queries.notice(g.session, g.association.id, posting.notice_id)
    return _page(found, (posting.id, kind, form)), 422


def _page(found: Notice, wrong: tuple[int, str, FlaskForm] | None = None) -> str:
    today = local_date(g.now)
    addresses = notice_queries.addresses_of_boards(g.session, found)

    def form_of(posting_id: int, kind: str) -> FlaskForm:
        if wrong is not None and wrong[:2] == (posting_id, kind):
            return wrong[2]
        return KINDS[kind](formdata=None, data={"day": today, "address": addresses.get(posting_id, "")})

    return render_template(
        "notice_board/notice.html",
        shown=notice_queries.shown(g.session, found, today),
        form_of=form_of,
        opened=wrong[:2] if wrong else None,
        without_board=notice_queries.members_without_board(g.session, g.association.id, today),
        today=today,
    )


def _back(notice_id: int, message: str) -> Response:
    flash(message, "success")
    return redirect(url_for("notice_board.notice", notice_id=notice_id), 303)
