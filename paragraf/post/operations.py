"""Verbs of the post room: write a letter in the act's transaction, try a failed one again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from paragraf.core import log
from paragraf.core.database import settings_of
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.post import neighbours, rules
from paragraf.post.letters import compose
from paragraf.post.models import Letter, LetterAttachment
from paragraf.post.rules import LetterState

_LONGEST_KEY = 120


@dataclass(frozen=True)
class Recipient:
    """Whom a letter goes to, and in which language (``sv`` or ``en``)."""

    name: str
    address: str
    language: str
    person_id: int | None = None


@dataclass(frozen=True)
class Attachment:
    """A file to go with a letter: bytes of its own, or a document of the same association."""

    filename: str
    media_type: str
    content: bytes | None = None
    document_id: int | None = None

    def __post_init__(self) -> None:
        if (self.content is None) == (self.document_id is None):
            raise ValueError("an attachment has either content or a document")


def write_letter(
    session: Session,
    *,
    association_id: int,
    room: str,
    kind: str,
    key: str,
    to: Recipient,
    fields: Mapping[str, object],
    now: datetime,
    matter_id: int | None = None,
    secret: bool = False,
    attachments: Sequence[Attachment] = (),
) -> Letter:
    """Queue the letter ``kind`` of ``room`` (see post.letters); it leaves after the act has been committed.

    ``key`` (at most 120 characters) names the letter within the association: written again, it gives the letter that
    is there, unchanged. ``secret``: the body holds a code or a sign-in link and is blanked when it has gone; the
    subject must not hold it. ``fields`` has ``name`` and ``association`` without being told. A letter to an address
    that cannot be used is kept as failed, so that no act stops at it and the secretary sees it.
    """
    if len(key) > _LONGEST_KEY:
        raise ValueError(f"letter key of {len(key)} characters: {key!r}")
    if (found := _by_key(session, association_id, key)) is not None:
        return found
    letter = _new_letter(session, association_id, key, to, secret=secret, now=now)
    association = neighbours.sender(session, association_id).name
    letter.kind, letter.matter_id = kind, matter_id
    letter.subject, letter.body = compose(
        room, kind, to.language, {"name": to.name, "association": association, **fields}
    )
    letter.attachments = [_row(session, association_id, attachment) for attachment in attachments]
    return _add_once(session, letter)


def retry_letter(
    session: Session, *, association_id: int, letter_id: int, now: datetime, actor: str, address: str | None = None
) -> Letter:
    """Send a failed letter again, to a corrected ``address`` if one is given. Raises NotThere or RuleBroken."""
    letter = session.scalar(
        select(Letter).where(Letter.association_id == association_id, Letter.id == letter_id).with_for_update()
    )
    if letter is None:
        raise NotThere("Mejlet finns inte.")
    _must_be_failed(letter)
    letter.to_address = _usable(address or letter.to_address)
    letter.failed_at, letter.attempts, letter.error, letter.next_attempt_at = None, 0, "", now
    session.flush()
    log.record(session, association_id, "retry", "letter", letter.id, now=now, actor=actor, matter_id=letter.matter_id)
    return letter


def _new_letter(
    session: Session, association_id: int, key: str, to: Recipient, *, secret: bool, now: datetime
) -> Letter:
    settings = settings_of(session)
    usable = rules.is_usable(to.address)
    return Letter(
        association_id=association_id,
        key=key,
        message_id=rules.message_id(settings.base_url, association_id, key, settings.mail_from),
        person_id=to.person_id,
        to_name=rules.shortened(rules.one_line(to.name), 200),
        to_address=to.address if usable else rules.shortened(rules.one_line(to.address), 254),
        secret=secret,
        queued_at=now,
        next_attempt_at=now if usable else None,
        failed_at=None if usable else now,
        error="" if usable else rules.ADDRESS_UNUSABLE,
    )


def _row(session: Session, association_id: int, attachment: Attachment) -> LetterAttachment:
    document_id = attachment.document_id
    if document_id is not None and not neighbours.has_document(session, association_id, document_id):
        raise NotThere("Handlingen som skulle bifogas finns inte.")
    return LetterAttachment(
        association_id=association_id,
        filename=rules.one_line(attachment.filename)[-200:],
        media_type=attachment.media_type,
        content=attachment.content,
        document_id=document_id,
    )


def _add_once(session: Session, letter: Letter) -> Letter:
    """Insert the letter; if another transaction wrote the same key meanwhile, that one holds."""
    association_id, key = letter.association_id, letter.key
    try:
        with session.begin_nested():
            session.add(letter)
    except IntegrityError:
        found = _by_key(session, association_id, key)
        if found is None:
            raise
        return found
    return letter


def _by_key(session: Session, association_id: int, key: str) -> Letter | None:
    return session.scalar(select(Letter).where(Letter.association_id == association_id, Letter.key == key))


def _must_be_failed(letter: Letter) -> None:
    match rules.state(letter.sent_at, letter.failed_at):
        case LetterState.SENT:
            raise RuleBroken("Mejlet har redan lämnats till mottagarens e-postserver.")
        case LetterState.WAITING:
            raise RuleBroken("Mejlet väntar redan på att skickas. Vänta på nästa försök.")
    if letter.secret and not letter.body:
        raise RuleBroken("Mejlet innehöll en kod eller länk som inte sparas. Be om en ny i stället.")


def _usable(address: str) -> str:
    if not rules.is_usable(address):
        raise RuleBroken("Adressen går inte att skicka till. Skriv den som namn@exempel.se.", field="address")
    return address
