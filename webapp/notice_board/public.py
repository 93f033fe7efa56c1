"""What everyone reads without signing in: what is announced, what has been, and minutes that were published with it.

Nothing here names a person, but what the secretary has chosen to publish.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import g, render_template, request
from werkzeug.wrappers import Response

from paragraf.core.dates import local, local_date
from paragraf.core.errors import NotThere
from paragraf.minutes import notice_queries, renditions
from paragraf.minutes.models import PublicRendition
from paragraf.minutes.notice_queries import Shown
from paragraf.people.models import Body
from paragraf.register import queries as register
from paragraf.register.models import Document
from webapp import access
from webapp.downloads import send_bytes
from webapp.notice_board.base import blueprint


@dataclass(frozen=True)
class Year:
    """The notices of one year's meetings."""

    year: int
    notices: tuple[Shown, ...]


@dataclass(frozen=True)
class Archive:
    """What has been announced, by body and year, and what it can be narrowed to."""

    bodies: tuple[Body, ...]
    years: tuple[int, ...]
    found: tuple[tuple[Body, tuple[Year, ...]], ...]


@blueprint.get("/")
@access.public
def show() -> str:
    """The notices that are up today. They come down by themselves when the time for appeal is out."""
    current = notice_queries.current(g.session, g.association.id, local_date(g.now))
    return render_template("notice_board/show.html", notices=current, published=published(current))


@blueprint.get("/arkiv/")
@access.public
def archive() -> str:
    """What has been announced and is down; ``?organ=3&ar=2026`` for one body and one year."""
    past = notice_queries.past(g.session, g.association.id, local_date(g.now))
    body_id, year = request.args.get("organ", type=int), request.args.get("ar", type=int)
    return render_template(
        "notice_board/archive.html",
        archive=sorted_out(past, body_id, year),
        body_id=body_id,
        year=year,
        published=published(past),
    )


@blueprint.get("/<int:notice_id>/protokoll/")
@access.public
def minutes(notice_id: int) -> str:
    """The minutes as everyone may read them, with personal data screened."""
    shown, rendition = _published(notice_id)
    return render_template(
        "notice_board/minutes.html",
        shown=shown,
        paper=renditions.fields_of(g.session, rendition),
        pdf=register.pdf_of(g.session, rendition.document),
    )


@blueprint.get("/<int:notice_id>/protokoll.docx")
@access.public
def minutes_word(notice_id: int) -> Response:
    """The same as a Word file."""
    return _file(_published(notice_id)[1].document)


@blueprint.get("/<int:notice_id>/protokoll.pdf")
@access.public
def minutes_pdf(notice_id: int) -> Response:
    """The same as PDF, or as Word while the PDF is being made."""
    document = _published(notice_id)[1].document
    return _file(register.pdf_of(g.session, document) or document)


def published(notices: Sequence[Shown]) -> dict[int, PublicRendition]:
    """What everyone may read of the minutes, by the id of their notice."""
    today = local_date(g.now)
    found = {one.notice.id: renditions.public_of(g.session, one.notice, today) for one in notices}
    return {notice_id: rendition for notice_id, rendition in found.items() if rendition is not None}


def sorted_out(notices: Sequence[Shown], body_id: int | None = None, year: int | None = None) -> Archive:
    """The notices by body and year, the newest year first; narrowed where body or year is given."""
    bodies = {one.meeting.body.id: one.meeting.body for one in notices}
    wanted = [one for one in notices if body_id in (None, one.meeting.body_id) and year in (None, _year(one))]
    by_body = sorted({one.meeting.body_id for one in wanted}, key=lambda each: bodies[each].name)
    return Archive(
        tuple(sorted(bodies.values(), key=lambda body: body.name)),
        tuple(sorted({_year(one) for one in notices}, reverse=True)),
        tuple((bodies[each], _years([one for one in wanted if one.meeting.body_id == each])) for each in by_body),
    )


def _years(notices: Sequence[Shown]) -> tuple[Year, ...]:
    years = sorted({_year(one) for one in notices}, reverse=True)
    return tuple(Year(year, tuple(one for one in notices if _year(one) == year)) for year in years)


def _year(one: Shown) -> int:
    return local(one.meeting.starts_at).year


def _published(notice_id: int) -> tuple[Shown, PublicRendition]:
    today: date = local_date(g.now)
    notice = notice_queries.notice(g.session, g.association.id, notice_id)
    rendition = renditions.public_of(g.session, notice, today)
    if rendition is None:
        raise NotThere("Protokollet är inte publicerat här. Kansliet lämnar ut det till den som frågar.")
    return notice_queries.shown(g.session, notice, today), rendition


def _file(document: Document) -> Response:
    is_pdf = document.media_type == "application/pdf"
    return send_bytes(document.content, document.media_type, document.filename, inline=is_pdf)
