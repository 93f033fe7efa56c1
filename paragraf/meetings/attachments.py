"""Attachments (bilagor) of a meeting: one number each, the same in the notice and in the minutes.

``add_attachment`` and ``number_attachments`` are for rooms that have locked what they change; the verbs of the agenda
page are ``attach_file``, ``attach_document``, ``move_attachment`` and ``remove_attachment``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from paragraf.core.database import settings_of
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.meetings import queries
from paragraf.meetings.acts import agenda_must_be_open, lock, record
from paragraf.meetings.models import AgendaItem, Meeting, MeetingAttachment
from paragraf.meetings.rules import moved
from paragraf.questions.scalars import clean
from paragraf.register import queries as register
from paragraf.register.models import Direction, Document, DocumentKind, Matter
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
    return add_reference(session, meeting, item, told, document)


def add_reference(
    session: Session, meeting: Meeting, item: AgendaItem | None, title: str, document: Document
) -> MeetingAttachment:
    """Let a document of the register be an attachment; the caller has locked the meeting or its minutes."""
    last = session.scalar(
        select(func.max(MeetingAttachment.position)).where(MeetingAttachment.meeting_id == meeting.id)
    )
    row = MeetingAttachment(
        association_id=meeting.association_id,
        meeting_id=meeting.id,
        agenda_item_id=item.id if item else None,
        position=(last or 0) + 1,
        title=title,
        document=document,
    )
    session.add(row)
    session.flush()
    if item is not None:
        session.expire(item, ["attachments"])
    return row


# --- reading --------------------------------------------------------------------------------------------------------


def attachments(session: Session, meeting: Meeting) -> list[MeetingAttachment]:
    """The meeting's attachments: numbered ones first, then in the order of the agenda.

    Those that were taken away are left out, and those of items that are withdrawn.
    """
    wanted = (
        select(MeetingAttachment)
        .where(MeetingAttachment.meeting_id == meeting.id, MeetingAttachment.removed_at.is_(None))
        .options(joinedload(MeetingAttachment.document))
    )
    place = {item.id: item.position for item in queries.agenda(session, meeting)}
    last = len(place) + 1
    return sorted(
        (one for one in session.scalars(wanted) if one.agenda_item_id is None or one.agenda_item_id in place),
        key=lambda one: (
            one.number is None,
            one.number or 0,
            place.get(one.agenda_item_id or 0, last),
            one.position,
            one.id,
        ),
    )


@dataclass(frozen=True)
class Labelled:
    """An attachment with the number that it has, or would have if it were told now."""

    row: MeetingAttachment
    number: int

    @property
    def is_told(self) -> bool:
        """Whether the number is given for good."""
        return self.row.number is not None

    @property
    def label(self) -> str:
        """As it is printed: ``Bilaga 2. Ansökan``."""
        return f"Bilaga {self.number}. {self.row.title}"


def labelled(session: Session, meeting: Meeting) -> list[Labelled]:
    """The meeting's attachments as they print now, by number; those not told yet get the numbers that follow."""
    following = count(next_number(session, meeting))
    return [Labelled(one, one.number or next(following)) for one in attachments(session, meeting)]


def by_item(told: Iterable[Labelled]) -> dict[int, list[Labelled]]:
    """The attachments of each agenda item, by the item's id."""
    sorted_out: dict[int, list[Labelled]] = defaultdict(list)
    for one in told:
        if one.row.agenda_item_id is not None:
            sorted_out[one.row.agenda_item_id].append(one)
    return sorted_out


def attachment(session: Session, association_id: int, meeting_id: int, attachment_id: int) -> MeetingAttachment:
    """An attachment of the association's own meeting, taken away or not; raises NotThere."""
    found = session.scalar(
        select(MeetingAttachment).where(
            MeetingAttachment.association_id == association_id,
            MeetingAttachment.meeting_id == meeting_id,
            MeetingAttachment.id == attachment_id,
        )
    )
    if found is None:
        raise NotThere("Bilagan finns inte.")
    return found


def documents_to_attach(session: Session, item: AgendaItem) -> list[Document]:
    """What lies in the item's matter and is not attached to it yet."""
    if item.matter is None:
        return []
    has = {one.document_id for one in item.attachments if one.removed_at is None}
    return [one for one in register.documents(session, item.matter) if one.id not in has]


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


# --- the agenda page's verbs ----------------------------------------------------------------------------------------


def attach_file(
    session: Session, item: AgendaItem, *, title: str, filename: str, content: bytes, now: datetime, actor: str
) -> MeetingAttachment:
    """Add a file to the agenda item. Raises RuleBroken for a file that is not taken, and when the item is gone."""
    _lock_item(session, item, now)
    row = add_attachment(
        session,
        item.meeting,
        item=item,
        matter=item.matter,
        title=clean(title),
        filename=filename,
        content=content,
        now=now,
        actor=actor,
    )
    record(session, item.meeting, "attach", now, actor, item_id=item.id, title=row.title)
    return row


def attach_document(
    session: Session, item: AgendaItem, document: Document, *, now: datetime, actor: str
) -> MeetingAttachment:
    """Let a document of the register be the item's attachment; its bytes are not copied.

    Raises NotThere for another association's document, RuleBroken for one that the item has already.
    """
    _lock_item(session, item, now)
    if document.association_id != item.association_id:
        raise NotThere("Handlingen finns inte.")
    if any(one.document_id == document.id for one in item.attachments if one.removed_at is None):
        raise RuleBroken("Handlingen är redan bilaga till punkten.")
    row = add_reference(session, item.meeting, item, document.title[:200], document)
    record(session, item.meeting, "attach", now, actor, item_id=item.id, title=row.title)
    return row


def move_attachment(session: Session, row: MeetingAttachment, *, step: int, now: datetime, actor: str) -> None:
    """Let it come so many places later (earlier if negative) among those of its item that have no number yet.

    Raises RuleBroken when it is taken away, and when its number is told: the number says its place.
    """
    meeting = _lock_attachment(session, row, now)
    if row.number is not None:
        raise RuleBroken("Bilaga %(number)s har redan sitt nummer i kallelsen och kan inte flyttas.", number=row.number)
    likes = {
        one.id: one
        for one in attachments(session, meeting)
        if one.agenda_item_id == row.agenda_item_id and one.number is None
    }
    places = [one.position for one in likes.values()]
    order = moved(list(likes), row.id, list(likes).index(row.id) + 1 + step)
    for place, attachment_id in zip(places, order, strict=True):
        likes[attachment_id].position = place
    session.flush()
    record(session, meeting, "move_attachment", now, actor, attachment_id=row.id)


def remove_attachment(session: Session, row: MeetingAttachment, *, now: datetime, actor: str) -> None:
    """Take the attachment away; the document stays in the register, and a number that was told stays taken.

    Raises RuleBroken when a colleague has taken it away already, or the meeting is over.
    """
    meeting = _lock_attachment(session, row, now)
    row.removed_at = now
    session.flush()
    record(session, meeting, "detach", now, actor, title=row.title, number=row.number)


def _lock_item(session: Session, item: AgendaItem, now: datetime) -> None:
    lock(session, item.meeting)
    session.refresh(item)
    if item.withdrawn_at is not None:
        raise RuleBroken("Punkten har tagits bort från dagordningen.")
    agenda_must_be_open(session, item.meeting, now)


def _lock_attachment(session: Session, row: MeetingAttachment, now: datetime) -> Meeting:
    meeting = queries.meeting(session, row.association_id, row.meeting_id)
    lock(session, meeting)
    session.refresh(row)
    if row.removed_at is not None:
        raise RuleBroken("Bilagan ”%(title)s” har redan tagits bort av någon annan.", title=row.title)
    agenda_must_be_open(session, meeting, now)
    return meeting
