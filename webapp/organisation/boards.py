"""Notice boards: each member municipality's and region's, and the association's own."""

from __future__ import annotations

from datetime import date

from flask import g, request, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from forms.organisation import BoardForm
from paragraf.people import boards as operations
from paragraf.people import queries
from paragraf.people.boards import WITH_BOARD, BoardFacts
from paragraf.people.models import NoticeBoard
from webapp import access
from webapp.organisation.base import Page, acting, blueprint, day, done_in, form_page, saved, today


@blueprint.get("/anslagstavlor/ny")
@access.office
def new_board() -> Page:
    """The form for a new board; the page may say whose."""
    form = _new_form(valid_from=today())
    asked = request.args.get("medlem", "")
    if asked.isdigit():
        form.owner.data = int(asked)
    return _new_page(form)


@blueprint.post("/anslagstavlor/ny")
@access.office
def add_board() -> Page:
    """Write down a board."""
    form, own = _new_form(), g.association.id

    def act() -> NoticeBoard:
        member = queries.member_organisation(g.session, own, form.owner.data) if form.owner.data else None
        return operations.add_board(g.session, own, _facts(form), member=member, **acting())

    if not done_in(form, act):
        return _new_page(form, 422)
    return saved("organisation.show", "anslagstavlor")


@blueprint.get("/anslagstavlor/<int:board_id>/")
@access.office
def board(board_id: int) -> Page:
    """The form for a board that is there."""
    found = queries.notice_board(g.session, g.association.id, board_id)
    form = BoardForm(formdata=None, obj=found)
    del form.owner
    return _edit_page(form)


@blueprint.post("/anslagstavlor/<int:board_id>/")
@access.office
def change_board(board_id: int) -> Page:
    """Save what is written of the board."""
    found, form = queries.notice_board(g.session, g.association.id, board_id), BoardForm()
    del form.owner
    if not done_in(form, lambda: operations.change_board(g.session, found, _facts(form), **acting())):
        return _edit_page(form, 422)
    return saved("organisation.show", "anslagstavlor")


def _new_form(valid_from: date | None = None) -> BoardForm:
    form = BoardForm(valid_from=valid_from)
    del form.valid_to
    members = [
        SelectChoice(one.id, one.name)
        for one in queries.member_principals(g.session, g.association.id, today())
        if one.principal in WITH_BOARD
    ]
    form.owner.choices = [SelectChoice(0, _("Förbundets egen")), *members]
    return form


def _new_page(form: BoardForm, status: int = 200) -> Page:
    return form_page(form, _("Lägg in en anslagstavla"), back=_back(), intro=_law(), status=status)


def _edit_page(form: BoardForm, status: int = 200) -> Page:
    return form_page(form, _("Ändra anslagstavlan"), back=_back(), intro=_law(), status=status)


def _back() -> str:
    return url_for("organisation.show", _anchor="anslagstavlor")


def _law() -> str:
    return str(
        _(
            "Justeringen anslås hos varje kommun och region som är medlem (lag 2003:1210 19 §), "
            "och på förbundets egen tavla."
        )
    )


def _facts(form: BoardForm) -> BoardFacts:
    return BoardFacts(
        name=form.name.data or "",
        url=form.url.data or "",
        follows_own=bool(form.follows_own.data),
        valid_from=day(form.valid_from.data),
        valid_to=form.valid_to.data if "valid_to" in form else None,
    )
