"""Notices leave the house: frozen as a document, told by letter, put into calendars; and taken back."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core import addresses, log
from paragraf.core.database import settings_of
from paragraf.core.dates import local, local_date
from paragraf.core.errors import RuleBroken, SeveralRulesBroken
from paragraf.core.printing import print_iso_date, print_time_span, print_weekday_and_date
from paragraf.meetings import calendar, document, notice_changes, package, queries, rules
from paragraf.meetings.attachments import labelled, number_attachments
from paragraf.meetings.calendar import Invitation
from paragraf.meetings.models import Meeting, NoticeOfMeeting
from paragraf.meetings.notice_changes import Told, ToldAttachment, ToldItem
from paragraf.meetings.queries import Invited
from paragraf.meetings.rules import State
from paragraf.people import queries as people
from paragraf.people.models import Association, Person
from paragraf.people.operations import recipient
from paragraf.post.operations import Attachment, write_letter
from paragraf.register import operations as register
from paragraf.register import queries as registered
from paragraf.register.models import Direction, Document, DocumentKind, MatterKind
from paragraf.register.uploads import WORD

#: Bytes of files in one mail; many servers take no more than ten megabytes as it is sent, a third larger.
LARGEST_MAIL = 7_000_000


def send_notice(
    session: Session,
    meeting: Meeting,
    *,
    now: datetime,
    actor: Person | str,
    sequence: int | None = None,
    with_files: bool = True,
) -> NoticeOfMeeting:
    """Call those who have a seat that day, and the office: a letter each, with invitation and agenda.

    ``with_files``: the letters carry the notice and its attachments, as far as mail bears them (``LARGEST_MAIL``).
    Otherwise they carry nothing of what the meeting is about, only when and where, and a link to sign in by.
    Attachments get their numbers now, for good.

    The notice is rendered once and kept in the meeting's matter, which is opened now if need be. ``sequence`` is the
    meeting's ``calendar_sequence`` as the sender saw it: asked twice for the same, the notice that was sent is given
    back and nobody gets two letters. Sending again tells what has changed.

    Raises RuleBroken when the meeting has begun or is cancelled, when it was changed since the sender looked, and for
    an agenda with faults (``rules.agenda_faults``).
    """
    session.refresh(meeting, with_for_update={"of": Meeting})
    earlier = queries.last_notice(session, meeting)
    if sequence is not None and sequence != meeting.calendar_sequence:
        return _sent_already(session, meeting, sequence)
    _check_sendable(session, meeting, now)
    _open_matter(session, meeting, now, actor)
    number_attachments(session, meeting)
    told = replace(told_now(session, meeting), with_files=with_files)
    notice = NoticeOfMeeting(
        association_id=meeting.association_id,
        meeting_id=meeting.id,
        sequence=meeting.calendar_sequence,
        sent_at=now,
        sent_by=_name(actor),
        document=_freeze(session, meeting, now, actor),
        told=notice_changes.to_json(told),
    )
    session.add(notice)
    meeting.calendar_sequence += 1
    session.flush()
    _ask_for_pdfs(session, notice, now)
    _write_letters(session, meeting, notice, earlier, now)
    log.record(
        session,
        meeting.association_id,
        "send_notice",
        "meeting",
        meeting.id,
        now=now,
        actor=_name(actor),
        matter_id=meeting.matter_id,
        sequence=notice.sequence,
        recipients=len(told.invited),
    )
    return notice


def tell_cancelled(session: Session, meeting: Meeting, *, now: datetime, matters_to: Meeting | None = None) -> int:
    """Tell everyone who ever got a notice of the meeting that it is cancelled; how many letters were queued."""
    invited_ids = {
        person_id
        for notice in queries.notices(session, meeting)
        for person_id in notice_changes.from_json(notice.told).invited
    }
    if not invited_ids:
        return 0
    sequence = meeting.calendar_sequence
    meeting.calendar_sequence += 1
    for person in session.scalars(select(Person).where(Person.id.in_(invited_ids)).order_by(Person.id)):
        invitation = _invitation(session, meeting, Invited(person), sequence, now)
        _write(
            session,
            meeting,
            person,
            "meeting_cancelled",
            key=f"meeting-{meeting.id}-cancelled-{person.id}",
            now=now,
            attachments=[Attachment("kallelse.ics", calendar.CANCEL_TYPE, content=calendar.cancel(invitation))],
            reason=meeting.cancel_reason,
            matters_to=_day_of(matters_to, person.language),
        )
    session.flush()
    return len(invited_ids)


def _day_of(meeting: Meeting | None, language: str) -> str:
    return print_weekday_and_date(local_date(meeting.starts_at), language) if meeting else ""


def told_now(session: Session, meeting: Meeting) -> Told:
    """What a notice sent now would tell."""
    return Told(
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        mode=meeting.mode.value,
        items=tuple(ToldItem(item.id, item.heading, item.version) for item in queries.agenda(session, meeting)),
        invited=tuple(one.person.id for one in queries.invited(session, meeting)),
        attachments=tuple(
            ToldAttachment(one.row.id, one.number, one.row.title, one.row.document_id)
            for one in labelled(session, meeting)
        ),
    )


def unsent_changes(session: Session, meeting: Meeting) -> notice_changes.Changes | None:
    """What has changed since the latest notice, to say that it should be sent again; None before the first one."""
    last = queries.last_notice(session, meeting)
    return notice_changes.changes(notice_changes.from_json(last.told), told_now(session, meeting)) if last else None


def _sent_already(session: Session, meeting: Meeting, sequence: int) -> NoticeOfMeeting:
    for notice in queries.notices(session, meeting):
        if notice.sequence == sequence:
            return notice
    raise RuleBroken("Sammanträdet har ändrats sedan du öppnade sidan. Läs igenom kallelsen och skicka den igen.")


def _check_sendable(session: Session, meeting: Meeting, now: datetime) -> None:
    state = queries.state(session, meeting, now)
    if state is State.CANCELLED:
        raise RuleBroken("Sammanträdet är inställt, så ingen kallelse kan skickas.")
    if state not in (State.PLANNED, State.NOTICE_SENT):
        raise RuleBroken("Sammanträdet har redan börjat, så ingen kallelse kan skickas.")
    if not queries.mandates(session, meeting):
        raise RuleBroken("Ingen har uppdrag i %(body)s den dagen. Lägg in ledamöterna först.", body=meeting.body.name)
    faults = rules.agenda_faults([queries.item_text(item) for item in queries.agenda(session, meeting)])
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise SeveralRulesBroken(faults)


def _open_matter(session: Session, meeting: Meeting, now: datetime, actor: Person | str) -> None:
    if meeting.matter is None:
        meeting.matter = register.open_matter(
            session,
            association_id=meeting.association_id,
            kind=MatterKind.MEETING,
            title=f"{meeting.body.name}, sammanträde {print_iso_date(local_date(meeting.starts_at))}",
            counterpart=meeting.body.name,
            now=now,
            actor=_name(actor),
        )
        session.flush()


def _freeze(session: Session, meeting: Meeting, now: datetime, actor: Person | str) -> Document:
    day = print_iso_date(local_date(meeting.starts_at))
    return register.file_document(
        session,
        association_id=meeting.association_id,
        matter=meeting.matter,
        kind=DocumentKind.NOTICE_OF_MEETING,
        direction=Direction.OUT,
        title=f"Kallelse till {meeting.body.name} {day}",
        filename=f"kallelse-{day}.docx",
        media_type=WORD,
        content=document.render_notice(session, meeting, sender=actor, now=now),
        now=now,
        actor=_name(actor),
    )


def _ask_for_pdfs(session: Session, notice: NoticeOfMeeting, now: datetime) -> None:
    """Have the notice and its Word attachments made into PDFs after the act, for ``package``."""
    for one in (notice.document, *package.attached(session, notice)):
        if one.media_type == WORD and registered.pdf_of(session, one) is None:
            register.request_pdf(session, one, now=now)


def _write_letters(
    session: Session, meeting: Meeting, notice: NoticeOfMeeting, earlier: NoticeOfMeeting | None, now: datetime
) -> None:
    told = notice_changes.from_json(notice.told)
    before = notice_changes.from_json(earlier.told) if earlier else None
    changed = notice_changes.changes(before, told) if before else None
    files = _files(session, notice) if told.with_files else []
    for one in queries.invited(session, meeting):
        invitation = _invitation(session, meeting, one, notice.sequence, now)
        # Someone who got a seat after the first notice has nothing to compare with.
        again = before is not None and one.person.id in before.invited
        _write(
            session,
            meeting,
            one.person,
            "notice_again" if again else "notice_of_meeting",
            key=f"meeting-{meeting.id}-notice-{notice.sequence}-{one.person.id}",
            now=now,
            attachments=[
                Attachment("kallelse.ics", calendar.REQUEST_TYPE, content=calendar.request(invitation)),
                *files,
            ],
            headings=[item.heading for item in told.items] if told.with_files else [],
            substitute=one.optional,
            changed=asdict(changed) if changed else {},
            with_files=told.with_files,
            attached=len(told.attachments),
            attached_here=len(files) > 1,
        )


def _files(session: Session, notice: NoticeOfMeeting) -> list[Attachment]:
    """What a mail carries: the notice, and its attachments where all of them together are no larger than mail bears."""
    attached = package.attached(session, notice)
    fits = sum(one.size for one in (notice.document, *attached)) <= LARGEST_MAIL
    told = notice_changes.from_json(notice.told).attachments
    names = [
        package.filename(one.number, one.title, document.filename) for one, document in zip(told, attached, strict=True)
    ]
    return [
        Attachment(notice.document.filename, notice.document.media_type, document_id=notice.document.id),
        *(
            Attachment(name, document.media_type, document_id=document.id)
            for name, document in zip(names, attached, strict=True)
            if fits
        ),
    ]


def _write(
    session: Session,
    meeting: Meeting,
    person: Person,
    kind: str,
    *,
    key: str,
    now: datetime,
    attachments: list[Attachment],
    **fields: object,
) -> None:
    association = people.association(session, meeting.association_id)
    start, end = local(meeting.starts_at), local(meeting.ends_at)
    write_letter(
        session,
        association_id=meeting.association_id,
        room="meetings",
        kind=kind,
        key=key,
        to=recipient(person),
        fields={
            "name": person.name,
            "association": association.name,
            "contact": association.email,
            "body": meeting.body.name,
            "day": print_weekday_and_date(start.date(), person.language),
            "time": print_time_span(start.time(), end.time(), person.language),
            "place": meeting.place,
            "mode": meeting.mode.value,
            "address": _page(session, meeting, association),
            **fields,
        },
        now=now,
        matter_id=meeting.matter_id,
        attachments=attachments,
    )


def _invitation(session: Session, meeting: Meeting, to: Invited, sequence: int, now: datetime) -> Invitation:
    association = people.association(session, meeting.association_id)
    english = to.person.language.startswith("en")
    page = _page(session, meeting, association)
    return Invitation(
        uid=meeting.calendar_uid,
        sequence=sequence,
        stamped_at=now,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        summary=f"{meeting.body.name}: {'meeting' if english else 'sammanträde'}",
        description=f"{'Agenda' if english else 'Dagordning'}: {page}",
        place=meeting.place,
        url=page,
        organiser=(association.name, association.email),
        attendee=(to.person.name, to.person.email),
        optional=to.optional,
    )


def _page(session: Session, meeting: Meeting, association: Association) -> str:
    return addresses.meeting(settings_of(session), association.slug, meeting.id)


def _name(actor: Person | str) -> str:
    return actor if isinstance(actor, str) else actor.name
