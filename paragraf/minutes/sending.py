"""Minutes leave the desk: frozen as a document, sent to be signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken, SeveralRulesBroken
from paragraf.core.printing import print_iso_date
from paragraf.meetings.models import Meeting
from paragraf.meetings.operations import close_attendance
from paragraf.minutes import checks, document, queries
from paragraf.minutes.acts import lock, record
from paragraf.minutes.models import MinuteItem, Minutes
from paragraf.minutes.participation import participations
from paragraf.people import queries as people
from paragraf.people.models import Person
from paragraf.register import operations as register
from paragraf.register.models import Direction, Document, DocumentKind, Matter, MatterKind
from paragraf.register.uploads import WORD
from paragraf.signing import operations as signing
from paragraf.signing import queries as signatures
from paragraf.signing.models import RoundPurpose, SignatureRound, SigningCapacity
from paragraf.signing.operations import NewSignatory
from paragraf.signing.rules import RoundState

#: So many days signatories have at the least, also where the law's fourteen are out.
LEAST_DAYS = 3
#: A round that is over without being complete.
ENDED = frozenset({RoundState.DECLINED, RoundState.WITHDRAWN})


def send_for_signing(
    session: Session, minutes: Minutes, *, last_day: date | None = None, now: datetime, actor: str
) -> SignatureRound:
    """Send the minutes to chair, secretary and verifiers: rendered and frozen the first time, the same bytes after.

    ``last_day``: by when they are asked to sign; by default the law's last day. Raises RuleBroken before the numbers
    are fixed, when verified, while they are out to be signed already, while §§ that are verified at once are not, and
    where it shows that somebody decides or verifies against the law.
    """
    lock(session, minutes)
    _must_be_sendable(session, minutes, now)
    if minutes.document is None:
        _must_be_lawful(session, minutes, now)
        minutes.document = _freeze(session, minutes, now, actor)
    if minutes.meeting.attendance_closed_at is None:
        close_attendance(session, minutes.meeting, now=now, actor=actor)
    minutes.sent_at = now
    session.flush()
    record(session, minutes, "send_for_signing", now, actor, sha256=minutes.document.sha256)
    signers = signatories(session, minutes)
    return open_round(
        session, minutes, RoundPurpose.MINUTES, minutes.id, minutes.document, signers, last_day, now, actor
    )


def open_round(
    session: Session,
    minutes: Minutes,
    purpose: RoundPurpose,
    subject_id: int,
    document: Document,
    signers: Sequence[NewSignatory],
    last_day: date | None,
    now: datetime,
    actor: str,
) -> SignatureRound:
    """Send a frozen document of the minutes to those who sign them."""
    return signing.open_round(
        session,
        association_id=minutes.association_id,
        purpose=purpose,
        subject_id=subject_id,
        title=document.title,
        document=document,
        signatories=signers,
        last_day=last_day or default_last_day(minutes, local_date(now)),
        now=now,
        actor=actor,
    )


def signatories(session: Session, minutes: Minutes, rows: Sequence[MinuteItem] | None = None) -> list[NewSignatory]:
    """Who signs, and as what: all who led the meeting, the secretary, the verifiers.

    ``rows``: only these §§ are signed, so of those who led only who led them.
    """
    return [
        *(NewSignatory(person, SigningCapacity.CHAIR) for person in _led(session, minutes, rows)),
        NewSignatory(minutes.secretary, SigningCapacity.SECRETARY),
        *(NewSignatory(one.person, SigningCapacity.MINUTES_VERIFIER) for one in minutes.verifiers),
    ]


def _led(session: Session, minutes: Minutes, rows: Sequence[MinuteItem] | None) -> list[Person]:
    """Those who led the §§, in the order of the §§; the chair of the minutes where that is not known."""
    every = queries.item_rows(session, minutes)
    found = participations(session, minutes, every)
    asked = every if rows is None else rows
    leaders = [one.leader for row in asked if (one := found.get(row.id)) and one.leader]
    ids = list(dict.fromkeys(person_id for person_id, _name in leaders)) or [minutes.chair_id]
    return [people.person(session, minutes.association_id, person_id) for person_id in ids]


def default_last_day(minutes: Minutes, today: date) -> date:
    """The law's last day to verify (KL 5:69), but a few days from today at the least."""
    return max(queries.verification_deadline(minutes), today + timedelta(days=LEAST_DAYS))


def current_round(session: Session, minutes: Minutes) -> SignatureRound | None:
    """The latest round about the document that the minutes have now, if they were sent out as it."""
    rounds = signatures.rounds_about(session, minutes.association_id, RoundPurpose.MINUTES, minutes.id)
    # Minutes that were reopened have another document, or none: what became of the old one is history.
    return rounds[0] if rounds and rounds[0].document_id == minutes.document_id else None


def can_be_sent_again(session: Session, minutes: Minutes, now: datetime) -> bool:
    """Whether the latest round ended without being complete: somebody declined, or it was withdrawn."""
    found = current_round(session, minutes)
    if minutes.verified_at is not None or found is None:
        return False
    return signatures.state_of(session, found, now=now) in ENDED


def _must_be_sendable(session: Session, minutes: Minutes, now: datetime) -> None:
    if minutes.fixed_at is None:
        raise RuleBroken("Fastställ numren först. Sedan kan protokollet skickas för justering.")
    if minutes.verified_at is not None:
        raise RuleBroken("Protokollet är redan justerat.")
    if minutes.sent_at is not None and not can_be_sent_again(session, minutes, now):
        raise RuleBroken("Protokollet är redan ute för underskrift. Dra tillbaka det först om det ska skickas på nytt.")
    if any(row.immediate and row.immediate.verified_at is None for row in queries.item_rows(session, minutes)):
        raise RuleBroken(
            "De paragrafer som ska justeras omedelbart är inte underskrivna av alla än. Vänta, eller ta tillbaka dem."
        )


def _must_be_lawful(session: Session, minutes: Minutes, now: datetime) -> None:
    found = queries.findings(session, minutes, queries.items(session, minutes), now)
    hindrances = checks.hindrances_before_sending(found)
    if hindrances:
        raise SeveralRulesBroken(
            [*hindrances, RuleBroken("Öppna protokollet igen för att ändra vilka som skriver under.")]
        )


def _freeze(session: Session, minutes: Minutes, now: datetime, actor: str) -> Document:
    meeting = minutes.meeting
    day = print_iso_date(local_date(meeting.starts_at))
    range_, earlier = document.minutes_fields(session, minutes).item_range, _documents_before(session, minutes)
    return file_minutes(
        session,
        minutes,
        title=f"Protokoll {meeting.body.name} {day}, {range_}" + (f" (version {earlier + 1})" if earlier else ""),
        filename=f"protokoll-{day}.docx",
        content=document.render_minutes(session, minutes),
        now=now,
        actor=actor,
    )


def _documents_before(session: Session, minutes: Minutes) -> int:
    """How many documents of the minutes went out before they were reopened."""
    rounds = signatures.rounds_about(session, minutes.association_id, RoundPurpose.MINUTES, minutes.id)
    return len({one.document_id for one in rounds})


def file_minutes(
    session: Session, minutes: Minutes, *, title: str, filename: str, content: bytes, now: datetime, actor: str
) -> Document:
    """Keep a rendering of the minutes, or of some of their §§, in the meeting's matter, for good (law 4)."""
    matter = open_matter(session, minutes.meeting, now, actor)
    _file_attachments(session, minutes, matter)
    frozen = register.file_document(
        session,
        association_id=minutes.association_id,
        matter=matter,
        kind=DocumentKind.MINUTES,
        direction=Direction.MADE,
        title=title,
        filename=filename,
        media_type=WORD,
        content=content,
        now=now,
        actor=actor,
    )
    register.request_pdf(session, frozen, now=now)
    return frozen


def open_matter(session: Session, meeting: Meeting, now: datetime, actor: str) -> Matter:
    """The meeting's matter; opened now for a meeting that was held without a notice."""
    if meeting.matter is None:
        meeting.matter = register.open_matter(
            session,
            association_id=meeting.association_id,
            kind=MatterKind.MEETING,
            title=f"{meeting.body.name}, sammanträde {print_iso_date(local_date(meeting.starts_at))}",
            counterpart=meeting.body.name,
            now=now,
            actor=actor,
        )
        session.flush()
    return meeting.matter


def _file_attachments(session: Session, minutes: Minutes, matter: Matter) -> None:
    """Attachments from before the meeting had a matter get their place in it."""
    for row in queries.item_rows(session, minutes):
        for link in row.attachments:
            document = link.attachment.document
            if document.matter_id is None:
                register.file_under(session, document, matter)
