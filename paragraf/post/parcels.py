"""A letter as it leaves: read whole from the rows, then built into a mail without the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage

from sqlalchemy.orm import Session

from paragraf.core.dates import local
from paragraf.post import neighbours, rules
from paragraf.post.models import Letter, LetterAttachment

# 7bit: servers without 8BITMIME are still met, and long lines must not be.
_POLICY = policy.SMTP.clone(cte_type="7bit")


@dataclass(frozen=True)
class Enclosure:
    """A file with its bytes. ``media_type`` may have parameters: ``text/calendar; method=REQUEST``."""

    filename: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Parcel:
    """Everything a transport needs; no row, no session."""

    message_id: str
    sender_name: str
    sender_address: str
    reply_to: str
    to_name: str
    to_address: str
    subject: str
    body: str
    queued_at: datetime
    enclosures: tuple[Enclosure, ...] = ()


def load(session: Session, letter_id: int, mail_from: str) -> Parcel:
    """The letter with its attachments' bytes, to be sent from the address ``mail_from``."""
    letter = session.get_one(Letter, letter_id)
    sender = neighbours.sender(session, letter.association_id)
    return Parcel(
        message_id=letter.message_id,
        sender_name=rules.one_line(sender.name),
        sender_address=mail_from,
        reply_to=sender.email,
        to_name=letter.to_name,
        to_address=rules.wire_address(letter.to_address),
        subject=letter.subject,
        body=letter.body,
        queued_at=letter.queued_at,
        enclosures=tuple(enclosure(session, attachment) for attachment in letter.attachments),
    )


def enclosure(session: Session, attachment: LetterAttachment) -> Enclosure:
    """The attachment with its bytes, its own or the document's."""
    content = attachment.content
    if attachment.document_id is not None:
        content = neighbours.document_content(session, attachment.association_id, attachment.document_id)
    return Enclosure(attachment.filename, attachment.media_type, content or b"")


def build_mail(parcel: Parcel) -> EmailMessage:
    """The parcel as a mail by RFC 5322. Raises ValueError for a header that would break out of its line."""
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = _address(parcel.sender_name, parcel.sender_address)
    mail["To"] = _address(parcel.to_name, parcel.to_address)
    if parcel.reply_to:
        mail["Reply-To"] = _address("", rules.wire_address(parcel.reply_to))
    mail["Subject"] = parcel.subject
    # The moment of writing: a copy sent again after a crash is the same to the letter.
    mail["Date"] = local(parcel.queued_at)
    mail["Message-ID"] = parcel.message_id
    # RFC 3834: asks programs at the other end not to answer that their owner is on holiday.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(parcel.body, cte="quoted-printable")
    for enclosed in parcel.enclosures:
        _enclose(mail, enclosed)
    return mail


def _address(name: str, address: str) -> Address:
    local_part, _, host = address.rpartition("@")
    # In parts: a whole address with letters beyond ASCII before the @ would be refused here, not by the server.
    return Address(name, local_part, host)


def _enclose(mail: EmailMessage, enclosed: Enclosure) -> None:
    kind = EmailMessage(policy=_POLICY)
    kind["Content-Type"] = enclosed.media_type
    header = kind["Content-Type"]
    mail.add_attachment(
        enclosed.content,
        maintype=header.maintype,
        subtype=header.subtype,
        filename=enclosed.filename,
        params=_with_charset(header.maintype, dict(header.params)),
    )


def _with_charset(maintype: str, params: dict[str, str]) -> dict[str, str]:
    return {"charset": "utf-8", **params} if maintype == "text" else params
