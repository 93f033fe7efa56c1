"""The notice that minutes are verified: posted on every board, watched, taken down, certified (KL 8:12)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from paragraf.core.printing import print_iso_date
from paragraf.duties import operations as duties
from paragraf.duties.models import Anchor
from paragraf.duties.rules import Event
from paragraf.duties.standard_rules import NOTICE_POSTING
from paragraf.minutes import document, notice_queries, rules
from paragraf.minutes.acts import SUBJECT, lock, record
from paragraf.minutes.models import ImmediateVerification, Minutes, Notice, NoticePosting
from paragraf.people import queries as people
from paragraf.people.models import NoticeBoard, Person
from paragraf.register.models import Direction, Document, DocumentKind
from paragraf.register.operations import file_document, request_pdf
from paragraf.register.uploads import WORD


def announce(
    session: Session, minutes: Minutes, *, immediate: ImmediateVerification | None = None, now: datetime, actor: str
) -> Notice:
    """Put the notice up on the own board and those that follow it, today; the other boards wait to be recorded.

    ``immediate``: the notice is of the §§ that were verified at once, and they have a time for appeal of their own.
    """
    today = local_date(now)
    boards = people.notice_boards(session, minutes.association_id, today)
    notice = Notice(
        association_id=minutes.association_id,
        minutes=minutes,
        immediate=immediate,
        created_at=now,
        postings=[_posting(board, today, actor) for board in boards],
    )
    session.add(notice)
    session.flush()
    _plan_posting(session, minutes, now)
    _finish_when_everywhere(session, notice, now, actor)
    record(session, minutes, "announce", now, actor, boards=len(boards))
    return notice


def record_posting(
    session: Session, posting: NoticePosting, *, posted_on: date, now: datetime, actor: str
) -> NoticePosting:
    """Note on which day a member's board had the notice. Raises RuleBroken for a day that cannot be, and twice."""
    notice = _lock(session, posting)
    if posting.posted_on is not None:
        raise RuleBroken("Anslaget hos %(board)s är redan antecknat.", board=posting.board.name)
    verified_at = notice.minutes.verified_at or notice.created_at
    rules.check_posting(posted_on, verified_on=local_date(verified_at), today=local_date(now))
    posting.posted_on, posting.recorded_by = posted_on, actor
    session.flush()
    _finish_when_everywhere(session, notice, now, actor)
    record(session, notice.minutes, "record_posting", now, actor, board=posting.board.name, on=posted_on.isoformat())
    return posting


def take_down(session: Session, posting: NoticePosting, *, down_on: date, now: datetime, actor: str) -> NoticePosting:
    """Note on which day the notice was taken down. Raises RuleBroken before the time for appeal is out."""
    notice = _lock(session, posting)
    if posting.posted_on is None:
        raise RuleBroken("Anslaget hos %(board)s har inte satts upp.", board=posting.board.name)
    if posting.taken_down_on is not None:
        raise RuleBroken("Anslaget hos %(board)s är redan nedtaget.", board=posting.board.name)
    rules.check_take_down(notice_queries.period(notice), down_on, today=local_date(now))
    posting.taken_down_on, posting.recorded_by = down_on, actor
    session.flush()
    record(session, notice.minutes, "take_down", now, actor, board=posting.board.name, on=down_on.isoformat())
    return posting


def certify_notice(session: Session, notice: Notice, *, certifier: Person, now: datetime) -> Document:
    """Make and keep the certificate of notice. Raises RuleBroken while a board is missing."""
    missing = notice_queries.period(notice).missing
    if missing:
        raise RuleBroken("Anslaget saknas hos %(boards)s. Anteckna det först.", boards=", ".join(missing))
    minutes = notice.minutes
    day = print_iso_date(local_date(minutes.meeting.starts_at))
    frozen = file_document(
        session,
        association_id=notice.association_id,
        matter=minutes.meeting.matter,
        kind=DocumentKind.CERTIFICATE_OF_NOTICE,
        direction=Direction.MADE,
        title=f"Bevis om anslag {minutes.meeting.body.name} {day}",
        filename=f"bevis-om-anslag-{day}.docx",
        media_type=WORD,
        content=document.render_certificate(session, notice, certifier=certifier),
        now=now,
        actor=certifier.name,
    )
    request_pdf(session, frozen, now=now)
    record(session, minutes, "certify_notice", now, certifier.name, sha256=frozen.sha256)
    return frozen


def _posting(board: NoticeBoard, today: date, actor: str) -> NoticePosting:
    by_itself = board.member_organisation_id is None or board.follows_own
    return NoticePosting(
        association_id=board.association_id,
        board=board,
        posted_on=today if by_itself else None,
        recorded_by=actor if by_itself else "",
    )


def _lock(session: Session, posting: NoticePosting) -> Notice:
    """One act at a time on the notice, so that the last posting sees all the others."""
    notice = notice_queries.notice(session, posting.association_id, posting.notice_id)
    lock(session, notice.minutes)
    session.refresh(notice, ["postings"])
    session.refresh(posting)
    return notice


def _plan_posting(session: Session, minutes: Minutes, now: datetime) -> None:
    meeting = minutes.meeting
    event = Event(
        association_id=minutes.association_id,
        anchor=Anchor.MINUTES_VERIFIED,
        subject=SUBJECT,
        subject_id=minutes.id,
        on=local_date(now),
        title=f"{meeting.body.name} {print_iso_date(local_date(meeting.starts_at))}",
        matter_id=meeting.matter_id,
        body_ids=(meeting.body_id,),
    )
    duties.plan(session, event, now=now)


def _finish_when_everywhere(session: Session, notice: Notice, now: datetime, actor: str) -> None:
    if notice_queries.period(notice).missing:
        return
    duties.finish(
        session,
        association_id=notice.association_id,
        rule_key=NOTICE_POSTING,
        subject=SUBJECT,
        subject_id=notice.minutes_id,
        now=now,
        actor=actor,
    )
