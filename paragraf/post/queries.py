"""What pages, the command and /healthz read from the post room."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, selectinload

from paragraf.core.errors import NotThere
from paragraf.post import rules
from paragraf.post.models import Letter, LetterAttachment
from paragraf.post.parcels import Enclosure, enclosure
from paragraf.post.rules import LetterState, Outbox

_WAITING = and_(Letter.sent_at.is_(None), Letter.failed_at.is_(None))
_IN_STATE: dict[LetterState, ColumnElement[bool]] = {
    LetterState.WAITING: _WAITING,
    LetterState.SENT: and_(Letter.sent_at.is_not(None), Letter.failed_at.is_(None)),
    LetterState.FAILED: Letter.failed_at.is_not(None),
}


def letters(session: Session, association_id: int, *, limit: int = 200) -> list[Letter]:
    """The association's letters with their attachments' names, newest first: the page Brevlåda."""
    wanted = select(Letter).where(Letter.association_id == association_id).options(selectinload(Letter.attachments))
    return list(session.scalars(wanted.order_by(Letter.queued_at.desc(), Letter.id.desc()).limit(limit)))


def outbox(session: Session, association_id: int, state: LetterState, *, limit: int = 200) -> list[Letter]:
    """The association's letters in one state, newest first."""
    wanted = select(Letter).where(Letter.association_id == association_id, _IN_STATE[state])
    return list(session.scalars(wanted.order_by(Letter.queued_at.desc(), Letter.id.desc()).limit(limit)))


def failed_letters(session: Session, association_id: int, *, since: datetime) -> list[Letter]:
    """Letters that did not arrive, given up after ``since``, newest first: Min sida tells of them."""
    wanted = select(Letter).where(Letter.association_id == association_id, Letter.failed_at >= since)
    return list(session.scalars(wanted.order_by(Letter.failed_at.desc(), Letter.id.desc())))


def letter(session: Session, association_id: int, letter_id: int) -> Letter:
    """The association's own letter with its attachments' names; raises NotThere."""
    found = session.scalar(
        select(Letter)
        .where(Letter.association_id == association_id, Letter.id == letter_id)
        .options(selectinload(Letter.attachments))
    )
    if found is None:
        raise NotThere("Mejlet finns inte.")
    return found


def attachment(session: Session, association_id: int, attachment_id: int) -> Enclosure:
    """A file that went with one of the association's letters; raises NotThere."""
    found = session.scalar(
        select(LetterAttachment).where(
            LetterAttachment.association_id == association_id, LetterAttachment.id == attachment_id
        )
    )
    if found is None:
        raise NotThere("Bilagan finns inte.")
    return enclosure(session, found)


def state(letter: Letter) -> LetterState:
    """What has become of the letter."""
    return rules.state(letter.sent_at, letter.failed_at)


def outbox_numbers(session: Session, now: datetime) -> Outbox:
    """The whole installation's outbox in numbers, for /healthz; see rules.ailment for what they mean."""
    waiting, oldest, silent = session.execute(
        select(
            func.count(),
            func.min(Letter.queued_at, type_=Letter.queued_at.type),
            func.count().filter(Letter.error == rules.SERVER_SILENT),
        ).where(_WAITING)
    ).one()
    failed = session.scalar(select(func.count()).select_from(Letter).where(Letter.failed_at.is_not(None)))
    due_since = session.scalar(select(func.min(Letter.next_attempt_at)).where(Letter.next_attempt_at <= now))
    return Outbox(waiting, failed or 0, oldest, due_since, bool(silent))
