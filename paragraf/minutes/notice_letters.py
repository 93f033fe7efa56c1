"""Letters about a notice: to whoever keeps a board that is to have it, and, where it is not where it must be, to the
office and the chair, once for each board and cause."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.core import addresses
from paragraf.core.database import settings_of
from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from paragraf.minutes import notice_queries
from paragraf.minutes.acts import record
from paragraf.minutes.models import Notice, NoticePosting
from paragraf.minutes.notice_rules import PostingState
from paragraf.people import queries as people
from paragraf.people.models import Person, RoleKind
from paragraf.people.operations import recipient
from paragraf.post.operations import Recipient, write_letter
from paragraf.post.rules import is_usable

ROOM = "minutes"
_KINDS = {
    PostingState.MISSING: "notice_missing",
    PostingState.REFUSED: "notice_refused",
    PostingState.TOO_EARLY: "notice_too_early",
}


def tell_alarm(session: Session, notice: Notice, posting: NoticePosting, state: PostingState, *, now: datetime) -> None:
    """Write that the board lacks the notice, refuses it or took it down too early; told once, however often asked."""
    association = people.association(session, notice.association_id)
    minutes, kind = notice.minutes, _KINDS[state]
    fields = {
        "board": posting.board.name,
        "title": f"{minutes.meeting.body.name} {local_date(minutes.meeting.starts_at).isoformat()}",
        "item_range": notice_queries.notice_range(session, notice),
        "posted_on": posting.posted_on,
        "taken_down_on": posting.taken_down_on,
        "refused_on": posting.refused_on,
        "reason": posting.refuse_reason or "",
        "post_by": notice_queries.shown(session, notice, local_date(now)).post_by,
        "address": addresses.notice(settings_of(session), association.slug, notice.id),
    }
    for person in _told(session, notice, now):
        write_letter(
            session,
            association_id=association.id,
            room=ROOM,
            kind=kind,
            key=f"{kind}-{posting.id}-{person.id}",
            to=recipient(person),
            fields=fields,
            now=now,
            matter_id=minutes.meeting.matter_id,
        )


def _told(session: Session, notice: Notice, now: datetime) -> list[Person]:
    """The secretaries of the day and the body's chair; nobody twice."""
    today = local_date(now)
    secretaries = people.holders(session, notice.association_id, RoleKind.SECRETARY, today)
    chair = people.chair_of(session, notice.minutes.meeting.body_id, today) or notice.minutes.chair
    found = {person.id: person for person in (*(secretaries or [notice.minutes.secretary]), chair)}
    return list(found.values())


def ask_board(
    session: Session, notice: Notice, posting: NoticePosting, *, address: str, now: datetime, actor: str
) -> None:
    """Write to whoever keeps the board, with a link to the notice; once a day, however often asked.

    Raises RuleBroken for an address that cannot be used, and where the board has the notice already.
    """
    if posting.posted_on is not None:
        raise RuleBroken("Anslaget hos %(board)s är redan antecknat.", board=posting.board.name)
    if not is_usable(address):
        raise RuleBroken("Adressen går inte att skicka till. Skriv den som namn@exempel.se.", field="address")
    association = people.association(session, notice.association_id)
    told = notice_queries.shown(session, notice, local_date(now))
    meeting = notice.minutes.meeting
    write_letter(
        session,
        association_id=association.id,
        room=ROOM,
        kind="notice_to_board",
        key=f"notice-to-board-{posting.id}-{local_date(now)}",
        to=Recipient(posting.board.name, address, "sv"),
        fields={
            "board": posting.board.name,
            "body": meeting.body.name,
            "day": local_date(meeting.starts_at),
            "item_range": told.item_range,
            "verified_on": told.verified_on,
            "post_by": told.post_by,
            "kept_at": association.minutes_kept_at,
            "address": f"{addresses.notice_board(settings_of(session), association.slug)}#anslag-{notice.id}",
            "contact": association.email,
        },
        now=now,
        matter_id=meeting.matter_id,
    )
    record(session, notice.minutes, "ask_board", now, actor, board=posting.board.name)
