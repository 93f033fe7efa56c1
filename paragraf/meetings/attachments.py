"""Attachments (bilagor) of a meeting: one number each, the same in the notice and in the minutes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from paragraf.core.database import settings_of
from paragraf.meetings import queries
from paragraf.meetings.models import AgendaItem, Meeting, MeetingAttachment
from paragraf.register.models import Direction, DocumentKind, Matter
from paragraf.register.operations import file_document
from paragraf.register.uploads import check_upload


def add_attachment(
    session: Session,
    meeting: Meeting,
    *,
    item: AgendaItem | None,
    matter: Matter | None,
    title: str,
    filename: str,
    content: bytes,
    now: datetime,
    actor: str,
) -> MeetingAttachment:
    """Take a file in as the meeting's, to an agenda item or to none; the caller has locked the meeting or its minutes.

    It is filed in the matter, or else the meeting's. It is numbered by ``number_attachments``. Raises RuleBroken
    for a file that is not taken.
    """
    media_type = check_upload(filename, content, settings_of(session).upload_mb)
    told = " ".join(title.split())[:200] or filename
    document = file_document(
        session,
        association_id=meeting.association_id,
        matter=matter or meeting.matter,
        kind=DocumentKind.ATTACHMENT,
        direction=Direction.MADE,
        title=told,
        filename=filename,
        media_type=media_type,
        content=content,
        now=now,
        actor=actor,
    )
    row = MeetingAttachment(
        association_id=meeting.association_id,
        meeting_id=meeting.id,
        agenda_item_id=item.id if item else None,
        position=len(attachments(session, meeting)) + 1,
        title=told,
        document=document,
    )
    session.add(row)
    session.flush()
    return row


def attachments(session: Session, meeting: Meeting) -> list[MeetingAttachment]:
    """The meeting's attachments that are not taken away: numbered ones first, then in the order of the agenda."""
    wanted = (
        select(MeetingAttachment)
        .where(MeetingAttachment.meeting_id == meeting.id, MeetingAttachment.removed_at.is_(None))
        .options(joinedload(MeetingAttachment.document))
    )
    place = {item.id: item.position for item in queries.agenda(session, meeting)}
    last = len(place) + 1
    return sorted(
        session.scalars(wanted),
        key=lambda one: (
            one.number is None,
            one.number or 0,
            place.get(one.agenda_item_id or 0, last),
            one.position,
            one.id,
        ),
    )


def next_number(session: Session, meeting: Meeting) -> int:
    """The number that the next attachment to be numbered gets."""
    taken = session.scalar(select(func.max(MeetingAttachment.number)).where(MeetingAttachment.meeting_id == meeting.id))
    return (taken or 0) + 1


def number_attachments(session: Session, meeting: Meeting, order: Sequence[MeetingAttachment] | None = None) -> None:
    """Give those a number that have none, after the numbers that are taken: for good, since they are told now.

    ``order`` is that of the §§; otherwise the agenda's.
    """
    told = attachments(session, meeting) if order is None else order
    unnumbered = [one for one in told if one.number is None]
    for number, one in enumerate(unnumbered, start=next_number(session, meeting)):
        one.number = number
    session.flush()
