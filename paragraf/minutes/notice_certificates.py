"""The certificate of notice (bevis om anslag): who had the notice up, where and when, kept in the meeting's matter."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from paragraf.core.printing import print_date, print_iso_date
from paragraf.meetings.document import register_number
from paragraf.minutes import notice_queries
from paragraf.minutes.acts import record
from paragraf.minutes.document import title_of
from paragraf.minutes.document_fields import BoardLine, NoticeCertificateFields
from paragraf.minutes.models import Notice, NoticePosting
from paragraf.minutes.notice_queries import OnBoard
from paragraf.people import queries as people
from paragraf.people.models import Person
from paragraf.register.models import Direction, Document, DocumentKind
from paragraf.register.operations import file_document, request_pdf
from paragraf.register.uploads import WORD
from paragraf.templates.rendering import render


def certify_notice(session: Session, notice: Notice, *, certifier: Person, now: datetime) -> Document:
    """Make and keep the certificate. Raises RuleBroken while a board lacks the notice, or had it too short a time."""
    lacking = notice_queries.period(notice).lacking
    if lacking:
        raise RuleBroken("Anslaget saknas hos %(boards)s. Anteckna det först.", boards=", ".join(lacking))
    minutes = notice.minutes
    day = print_iso_date(local_date(minutes.meeting.starts_at))
    of_some = f" {notice_queries.notice_range(session, notice)}" if notice.immediate_id is not None else ""
    frozen = file_document(
        session,
        association_id=notice.association_id,
        matter=minutes.meeting.matter,
        kind=DocumentKind.CERTIFICATE_OF_NOTICE,
        direction=Direction.MADE,
        title=f"Bevis om anslag {minutes.meeting.body.name} {day}{of_some}",
        filename=f"bevis-om-anslag-{day}.docx",
        media_type=WORD,
        content=render_certificate(session, notice, certifier=certifier, now=now),
        now=now,
        actor=certifier.name,
    )
    request_pdf(session, frozen, now=now)
    record(session, minutes, "certify_notice", now, certifier.name, sha256=frozen.sha256)
    return frozen


def render_certificate(session: Session, notice: Notice, *, certifier: Person, now: datetime) -> bytes:
    """The certificate as a Word file, from the template ``certificate_of_notice``."""
    fields = certificate_fields(session, notice, certifier=certifier, now=now)
    return render(session, notice.association_id, "certificate_of_notice", fields)


def certificate_fields(
    session: Session, notice: Notice, *, certifier: Person, now: datetime
) -> NoticeCertificateFields:
    """What the certificate prints, of a notice that is up on every board; earlier attempts with how they ended."""
    minutes, today = notice.minutes, local_date(now)
    association = people.association(session, notice.association_id)
    told = notice_queries.shown(session, notice, today)
    period = told.period
    return NoticeCertificateFields(
        association=association.name,
        body=minutes.meeting.body.name,
        meeting_date=print_date(local_date(minutes.meeting.starts_at)),
        item_range=told.item_range,
        posted_on=print_date(period.posted_on) if period.posted_on else "",
        last_day_of_appeal=print_date(period.last_day) if period.last_day else "",
        earliest_take_down=print_date(period.earliest_take_down) if period.earliest_take_down else "",
        kept_at=association.minutes_kept_at,
        boards=tuple(line for one in told.boards for line in _lines(one)),
        signer_name=certifier.name,
        signer_title=title_of(minutes, certifier),
        register_number=register_number(minutes.meeting),
        verified_on=print_date(told.verified_on),
        certified_on=print_date(today),
    )


def _lines(one: OnBoard) -> list[BoardLine]:
    """The board's earlier attempts, then the one that holds."""
    return [*(_line(each, _ended(each)) for each in one.earlier), _line(one.posting, "")]


def _line(posting: NoticePosting, remark: str) -> BoardLine:
    return BoardLine(
        name=posting.board.name,
        posted_on=print_date(posting.posted_on) if posting.posted_on else "",
        taken_down_on=print_date(posting.taken_down_on) if posting.taken_down_on else "",
        recorded_by=posting.recorded_by,
        remark=remark,
    )


def _ended(posting: NoticePosting) -> str:
    """How an attempt that does not count came to its end."""
    if posting.refused_on is not None:
        return f"Vägrade {print_date(posting.refused_on)}: {posting.refuse_reason}"
    return "Togs ner innan tiden var ute" if posting.taken_down_on else ""
