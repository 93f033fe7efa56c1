"""The duties that follow from a notice: to have it on every board, and to take it down when the time is out."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.core.errors import N_
from paragraf.core.printing import print_iso_date
from paragraf.duties import operations as duties
from paragraf.duties.models import Anchor
from paragraf.duties.rules import Event
from paragraf.duties.standard_rules import NOTICE_END, NOTICE_POSTING
from paragraf.minutes import acts, notice_queries
from paragraf.minutes.models import Notice
from paragraf.minutes.notice_rules import PostingState

#: What duties about a notice call it. Older ones name the minutes instead.
SUBJECT = "notice"


def plan_posting(session: Session, notice: Notice, *, now: datetime) -> None:
    """Have it on every board by the second day after the verification; anew, by the second day from today."""
    again = any(one.attempt > 1 for one in notice.postings)
    day = local_date(now) if again else notice_queries.verified_on(notice)
    duties.plan(session, _event(session, notice, Anchor.MINUTES_VERIFIED, day), now=now)


def follow_period(session: Session, notice: Notice, *, now: datetime, actor: str) -> None:
    """Bring the duties up to what the boards have: posted everywhere; the day to take it down; taken down."""
    _finish_posting(session, notice, now, actor)
    _plan_end(session, notice, now, actor)


def _finish_posting(session: Session, notice: Notice, now: datetime, actor: str) -> None:
    if notice_queries.period(notice).lacking:
        return
    subjects = [(SUBJECT, notice.id)]
    if notice.immediate_id is None:
        subjects.append((acts.SUBJECT, notice.minutes_id))
    for subject, subject_id in subjects:
        # Several may be open: of the first time, and of the time that it was put up anew.
        while duties.finish(
            session,
            association_id=notice.association_id,
            rule_key=NOTICE_POSTING,
            subject=subject,
            subject_id=subject_id,
            now=now,
            actor=actor,
        ):
            pass


def _plan_end(session: Session, notice: Notice, now: datetime, actor: str) -> None:
    """A duty to tell the other boards to take it down, on the first day that they may; none for the own board."""
    told = notice_queries.shown(session, notice, local_date(now))
    others = [one for one in told.boards if not one.is_own and not one.board.follows_own]
    still_up = [one for one in others if one.state is PostingState.UP]
    end = told.period.earliest_take_down
    if end is None:
        duties.cancel(
            session,
            association_id=notice.association_id,
            rule_key=NOTICE_END,
            subject=SUBJECT,
            subject_id=notice.id,
            reason=N_("Tiden för överklagande löper inte."),
            now=now,
            actor=actor,
        )
    elif still_up:
        valid_from = min(local_date(notice.created_at), end)
        duties.adopt_standard_rules(session, notice.association_id, valid_from=valid_from, only=(NOTICE_END,))
        event = _event(session, notice, Anchor.NOTICE_END, end)
        duties.move(session, event, reason=N_("Dagen har ändrats."), now=now, actor=actor)
    elif others:
        duties.finish(
            session,
            association_id=notice.association_id,
            rule_key=NOTICE_END,
            subject=SUBJECT,
            subject_id=notice.id,
            now=now,
            actor=actor,
        )


def _event(session: Session, notice: Notice, anchor: Anchor, day: date) -> Event:
    meeting = notice.minutes.meeting
    title = f"{meeting.body.name} {print_iso_date(local_date(meeting.starts_at))}"
    if notice.immediate_id is not None:
        title += f" {notice_queries.notice_range(session, notice)}"
    return Event(
        association_id=notice.association_id,
        anchor=anchor,
        subject=SUBJECT,
        subject_id=notice.id,
        on=day,
        title=title,
        matter_id=meeting.matter_id,
        body_ids=(meeting.body_id,),
    )
