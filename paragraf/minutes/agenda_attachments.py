"""Attachments of the agenda once minutes are being written: new ones come along to their §, used ones stay."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken
from paragraf.meetings.models import MeetingAttachment
from paragraf.minutes.acts import record
from paragraf.minutes.models import MinuteItem, MinuteItemAttachment, Minutes


def follow_agenda(session: Session, attachment: MeetingAttachment, *, now: datetime, actor: str) -> None:
    """Let an attachment that an agenda item got after the minutes were begun stand in the item's § too.

    Nothing happens where there is no such §, and where its number is fixed: then it is as it was decided.
    """
    row = session.scalar(
        select(MinuteItem)
        .join(Minutes, Minutes.id == MinuteItem.minutes_id)
        .where(
            MinuteItem.association_id == attachment.association_id,
            MinuteItem.agenda_item_id == attachment.agenda_item_id,
            MinuteItem.removed_at.is_(None),
            MinuteItem.allocation_id.is_(None),
            Minutes.fixed_at.is_(None),
        )
        .with_for_update(of=MinuteItem)
    )
    if row is None:
        return
    link = MinuteItemAttachment(
        association_id=row.association_id,
        minute_item_id=row.id,
        position=len(row.attachments) + 1,
        attachment=attachment,
    )
    row.attachments.append(link)
    session.flush()
    record(session, row.minutes, "attach", now, actor, item_id=row.id, document_id=attachment.document_id)


def must_not_be_in_minutes(session: Session, attachment: MeetingAttachment) -> None:
    """Raises RuleBroken for an attachment that a § of the minutes has: it is taken away there."""
    used = (
        select(MinuteItemAttachment.id)
        .join(MinuteItem, MinuteItem.id == MinuteItemAttachment.minute_item_id)
        .where(MinuteItemAttachment.attachment_id == attachment.id, MinuteItem.removed_at.is_(None))
    )
    if session.scalar(used.limit(1)) is not None:
        raise RuleBroken(
            "Bilagan ”%(title)s” finns i protokollet. Ta bort den ur paragrafen först.", title=attachment.title
        )
