"""The notice board as an Atom feed (RFC 4287): what is announced, and lately has been. The feed is Swedish.

An entry keeps its id for good. The answer has an ETag, so that a reader that asks each hour fetches nothing new.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from flask import current_app, g, make_response, request, url_for
from werkzeug.wrappers import Response

from paragraf.core.dates import local_date
from paragraf.core.printing import print_date
from paragraf.minutes import notice_queries
from paragraf.minutes.notice_queries import Shown
from paragraf.minutes.notice_wording import summary
from webapp import access
from webapp.notice_board.base import blueprint

_ATOM = "http://www.w3.org/2005/Atom"
#: So many entries; older ones are in the archive.
_KEPT = 50


@blueprint.get("/flode.atom")
@access.public
def feed() -> Response:
    """The feed; 304 where the reader has it already."""
    shown = notice_queries.notices(g.session, g.association.id, local_date(g.now))[:_KEPT]
    answer = make_response(_feed(shown))
    answer.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    answer.headers["Cache-Control"] = "no-cache"
    answer.set_etag(sha256(answer.get_data()).hexdigest()[:32])
    return answer.make_conditional(request)


def _feed(notices: list[Shown]) -> bytes:
    association, address = g.association, _address("notice_board.show")
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": "sv"})
    _add(root, "id", _id(association.slug, "anslagstavla"))
    _add(root, "title", f"Anslagstavla, {association.name}")
    _add(root, "updated", max(map(_updated, notices), default=datetime(2000, 1, 1, tzinfo=UTC)).isoformat())
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": _address("notice_board.feed")})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": address})
    _add(SubElement(root, "author"), "name", association.name)
    for one in notices:
        _entry(root, one)
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: Element, one: Shown) -> None:
    entry = SubElement(root, "entry")
    day = print_date(local_date(one.meeting.starts_at))
    page = _address("notice_board.show") + f"#anslag-{one.notice.id}" if one.is_up else _address("notice_board.archive")
    _add(entry, "id", _id(g.association.slug, f"anslag/{one.notice.id}"))
    _add(entry, "title", f"Justerat protokoll: {one.meeting.body.name} {day}, {one.item_range}")
    _add(entry, "published", one.notice.created_at.isoformat())
    _add(entry, "updated", _updated(one).isoformat())
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": page})
    _add(entry, "summary", summary(one, g.association.minutes_kept_at))


def _updated(one: Shown) -> datetime:
    """When something about the notice last changed: a fact of its rows, not of the moment of asking."""
    days = [
        day
        for posting in one.notice.postings
        for day in (posting.posted_on, posting.taken_down_on, posting.refused_on)
        if day is not None
    ]
    if one.down_since is not None:
        days.append(one.down_since)
    return max([one.notice.created_at, *map(_morning, days)])


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


def _id(slug: str, thing: str) -> str:
    """An id that stays whatever address the program is reached by."""
    return uuid5(NAMESPACE_URL, f"urn:paragraf:{slug}:{thing}").urn


def _address(endpoint: str) -> str:
    base: str = current_app.extensions["paragraf"].settings.base_url
    return base + url_for(endpoint)


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text
