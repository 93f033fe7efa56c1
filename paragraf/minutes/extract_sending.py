"""Sending certified extracts to those concerned: a mailed link that opens that one document, for a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from paragraf.applications.filled import filled
from paragraf.applications.submitting import applicants
from paragraf.core import addresses, tokens
from paragraf.core.database import settings_of
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.core.settings import Settings
from paragraf.minutes import queries
from paragraf.minutes.acts import record
from paragraf.minutes.correcting import correction_lines
from paragraf.minutes.models import CertifiedExtract, ExtractRecipient, Minutes
from paragraf.people import queries as people
from paragraf.post import rules as post
from paragraf.post.operations import Recipient, write_letter

ROOM = "minutes"
#: How long the mailed link opens the extract.
LINK_AGE = timedelta(days=60)


@dataclass(frozen=True)
class Opened:
    """An extract as the one to whom it was sent sees it."""

    extract: CertifiedExtract
    recipient: ExtractRecipient
    #: What has been said of its §§ since it was certified.
    corrections: tuple[str, ...]


def send_extract(
    session: Session, extract: CertifiedExtract, recipients: Iterable[Recipient], *, now: datetime, actor: str
) -> list[ExtractRecipient]:
    """Mail each a link to the extract and note that it was sent. Sent again on another day, the link is a new one.

    Raises RuleBroken where nobody is named, and for an address that cannot be used, before anything is sent.
    """
    wanted = {one.address.strip().lower(): one for one in recipients}
    if not wanted:
        raise RuleBroken("Ange minst en mottagare.", field="recipients")
    for address in wanted:
        if not post.is_usable(address):
            raise RuleBroken(
                "%(address)s är ingen adress som går att skicka till. Skriv den som namn@exempel.se.",
                field="recipients",
                address=address,
            )
    session.refresh(extract, with_for_update={"of": CertifiedExtract})
    return [_send(session, extract, address, one, now, actor) for address, one in wanted.items()]


def proposed(session: Session, extract: CertifiedExtract, now: datetime) -> list[Recipient]:
    """Those whom the §§ concern: the applicants of their matters."""
    found: dict[str, Recipient] = {}
    for item in extract.items:
        application = queries.application_of(session, item.minute_item)
        if application is not None:
            for one in applicants(application, filled(session, application, local_date(now))):
                found.setdefault(one.address.lower(), one)
    return list(found.values())


def link_token(settings: Settings, recipient: ExtractRecipient) -> str:
    """The token of the link that goes to the recipient."""
    return tokens.issue(settings, tokens.Purpose.EXTRACT, {"recipient": recipient.id})


def opened(session: Session, settings: Settings, token: str) -> Opened:
    """What a link opens. Raises LinkExpired and LinkRefused; looking changes nothing."""
    payload = tokens.read(settings, tokens.Purpose.EXTRACT, token, LINK_AGE)
    recipient_id = payload.get("recipient")
    found = session.get(ExtractRecipient, recipient_id) if isinstance(recipient_id, int) else None
    if found is None:
        raise tokens.refused()
    extract = session.get_one(CertifiedExtract, found.extract_id)
    rows = [each.minute_item for each in extract.items]
    return Opened(extract, found, tuple(correction_lines(session, rows)))


def extract(session: Session, minutes: Minutes, extract_id: int) -> CertifiedExtract:
    """An extract of the minutes; raises NotThere."""
    found = session.get(CertifiedExtract, extract_id)
    if found is None or found.association_id != minutes.association_id or found.minutes_id != minutes.id:
        raise NotThere("Utdraget finns inte.")
    return found


def _send(
    session: Session, extract: CertifiedExtract, address: str, to: Recipient, now: datetime, actor: str
) -> ExtractRecipient:
    row = next((one for one in extract.recipients if one.email == address), None)
    if row is None:
        row = ExtractRecipient(
            association_id=extract.association_id, name=to.name[:200], email=address, sent_at=now, sent_by=actor
        )
        extract.recipients.append(row)
        session.flush()
    _write(session, extract, row, to, now)
    record(session, extract.minutes, "send_extract", now, actor, extract=extract.version, to=row.name)
    return row


def _write(session: Session, extract: CertifiedExtract, row: ExtractRecipient, to: Recipient, now: datetime) -> None:
    association, settings = people.association(session, extract.association_id), settings_of(session)
    meeting = extract.minutes.meeting
    write_letter(
        session,
        association_id=association.id,
        room=ROOM,
        kind="extract",
        # A day's letter once, however often the button is pressed; on a later day the link is a new one.
        key=f"extract-{extract.id}-{row.id}-{local_date(now)}",
        to=Recipient(row.name, row.email, to.language, to.person_id),
        fields={
            "title": extract.document.title,
            "body": meeting.body.name,
            "day": local_date(meeting.starts_at),
            "until": local_date(now + LINK_AGE),
            "address": addresses.extract(settings, link_token(settings, row)),
            "contact": association.email,
        },
        now=now,
        matter_id=extract.document.matter_id,
    )
