"""The notice that minutes are verified: posted on every board, watched, taken down, put up anew (KL 8:12)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from paragraf.minutes import notice_duties, notice_queries, notice_rules, renditions
from paragraf.minutes.acts import lock, record
from paragraf.minutes.models import ImmediateVerification, Minutes, Notice, NoticePosting
from paragraf.minutes.notice_certificates import certify_notice
from paragraf.minutes.notice_letters import tell_alarm
from paragraf.minutes.notice_rules import PostingState
from paragraf.people import queries as people
from paragraf.people.models import NoticeBoard

__all__ = ["announce", "certify_notice", "put_up_anew", "record_posting", "refuse", "take_down"]

#: Who acts when the clock does.
PROGRAM = "Paragraf"


def announce(
    session: Session, minutes: Minutes, *, immediate: ImmediateVerification | None = None, now: datetime, actor: str
) -> Notice:
    """Put the notice up on the own board and those that follow it, today; the other boards wait to be recorded.

    ``immediate``: the notice is of the §§ that were verified at once, and they have a time for appeal of their own.
    Announced already, the notice is given back unchanged.
    """
    found = notice_queries.notice_of(session, minutes, immediate.id if immediate is not None else None)
    if found is not None:
        return found
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
    notice_duties.plan_posting(session, notice, now=now)
    notice_duties.follow_period(session, notice, now=now, actor=actor)
    record(session, minutes, "announce", now, actor, boards=len(boards))
    return notice


def record_posting(
    session: Session, posting: NoticePosting, *, posted_on: date, now: datetime, actor: str
) -> NoticePosting:
    """Note on which day a member's board had the notice; the same day once more changes nothing.

    Raises RuleBroken for a day that cannot be, and for another day than the one that is noted.
    """
    notice = _lock(session, posting)
    if posting.posted_on == posted_on:
        return posting
    _must_be_latest(notice, posting)
    if posting.posted_on is not None:
        raise RuleBroken(
            "Anslaget hos %(board)s är redan antecknat, %(day)s.", board=posting.board.name, day=posting.posted_on
        )
    if posting.refused_on is not None:
        raise RuleBroken(
            "%(board)s har vägrat. Välj ”Sätt upp på nytt” när tavlan tar emot anslaget.", board=posting.board.name
        )
    notice_rules.check_posting(
        posted_on,
        verified_on=notice_queries.verified_on(notice),
        today=local_date(now),
        not_before=_gone_on(notice, posting),
    )
    posting.posted_on, posting.recorded_by = posted_on, actor
    session.flush()
    notice_duties.follow_period(session, notice, now=now, actor=actor)
    record(session, notice.minutes, "record_posting", now, actor, board=posting.board.name, on=posted_on.isoformat())
    return posting


def refuse(
    session: Session, posting: NoticePosting, *, refused_on: date, reason: str, now: datetime, actor: str
) -> NoticePosting:
    """Note that a board will not put the notice up: the office and the chair are told, and the time does not run.

    Raises RuleBroken without a reason, for a day to come, and where the notice is up.
    """
    notice = _lock(session, posting)
    if posting.refused_on == refused_on and posting.refuse_reason == reason.strip():
        return posting
    _must_be_latest(notice, posting)
    if posting.posted_on is not None or posting.refused_on is not None:
        raise RuleBroken("Det är redan antecknat hur det gick hos %(board)s.", board=posting.board.name)
    if not reason.strip():
        raise RuleBroken("Skriv vilket skäl tavlan gav.", field="reason")
    notice_rules.check_posting(
        refused_on, verified_on=notice_queries.verified_on(notice), today=local_date(now), not_before=None
    )
    posting.refused_on, posting.refuse_reason, posting.recorded_by = refused_on, reason.strip()[:300], actor
    session.flush()
    record(session, notice.minutes, "refuse_posting", now, actor, board=posting.board.name, on=refused_on.isoformat())
    tell_alarm(session, notice, posting, PostingState.REFUSED, now=now)
    return posting


def take_down(
    session: Session, posting: NoticePosting, *, down_on: date, too_early: bool = False, now: datetime, actor: str
) -> NoticePosting:
    """Note on which day the notice was taken down; the same day once more changes nothing.

    ``too_early``: whoever notes it has seen that the time for appeal was not out. Then it is noted as it is, the
    period no longer runs, and the office and the chair are told; without it that raises RuleBroken.
    """
    notice = _lock(session, posting)
    if posting.taken_down_on == down_on:
        return posting
    _must_be_latest(notice, posting)
    if posting.posted_on is None:
        raise RuleBroken("Anslaget hos %(board)s har inte satts upp.", board=posting.board.name)
    if posting.taken_down_on is not None:
        raise RuleBroken("Anslaget hos %(board)s är redan nedtaget.", board=posting.board.name)
    if too_early and posting.board.member_organisation_id is not None:
        notice_rules.check_early_take_down(posting.posted_on, down_on, today=local_date(now))
    else:
        notice_rules.check_take_down(notice_queries.period(notice), down_on, today=local_date(now))
    posting.taken_down_on, posting.recorded_by = down_on, actor
    session.flush()
    record(session, notice.minutes, "take_down", now, actor, board=posting.board.name, on=down_on.isoformat())
    notice_duties.follow_period(session, notice, now=now, actor=actor)
    if posting.board.name in notice_queries.period(notice).early:
        tell_alarm(session, notice, posting, PostingState.TOO_EARLY, now=now)
    return posting


def put_up_anew(session: Session, posting: NoticePosting, *, now: datetime, actor: str) -> NoticePosting:
    """The board that refused, or took the notice down too early, is to have it again: a new attempt that waits for
    its day. The own board has it again today, where it had come down.

    Twice gives the same attempt. Raises RuleBroken where the notice is up or came down in time.
    """
    notice = _lock(session, posting)
    newest = _latest_on(notice, posting)
    if newest.id != posting.id and newest.posted_on is None and newest.refused_on is None:
        return newest
    state = notice_queries.period(notice).state_of(notice_queries.value_of(newest))
    if state not in (PostingState.REFUSED, PostingState.TOO_EARLY):
        raise RuleBroken("Anslaget hos %(board)s behöver inte sättas upp på nytt.", board=posting.board.name)
    anew = _again(session, notice, newest, now, actor)
    for one in notice_queries.latest(notice):
        is_down = one.board.member_organisation_id is None and one.taken_down_on is not None
        if is_down and one.board_id != anew.board_id:
            _again(session, notice, one, now, actor)
    session.flush()
    notice_duties.plan_posting(session, notice, now=now)
    notice_duties.follow_period(session, notice, now=now, actor=actor)
    return anew


def to_look_at(session: Session, *, now: datetime) -> list[tuple[int, int]]:
    """Association and id of the notices that ``come_down`` or ``watch`` has something to do with at the moment."""
    today = local_date(now)
    found = []
    for association_id, notice_id in notice_queries.up_on_own_board(session):
        told = notice_queries.shown(session, notice_queries.notice(session, association_id, notice_id), today)
        if told.alarming or told.period.is_over(today):
            found.append((association_id, notice_id))
    return found


def come_down(session: Session, association_id: int, notice_id: int, *, now: datetime) -> bool:
    """Note that the notice has come down from the own board, on the first day after the time for appeal (KL 8:12).

    The page has not shown it since that day, whenever this is run; run again it changes nothing. Whether it did.
    """
    notice = notice_queries.notice(session, association_id, notice_id)
    _refresh(session, notice)
    period = notice_queries.period(notice)
    own = [one for one in notice_queries.latest(notice) if _comes_down_by_itself(one) and one.taken_down_on is None]
    if not own or not period.is_over(local_date(now)) or period.earliest_take_down is None:
        return False
    for posting in own:
        posting.taken_down_on, posting.recorded_by = period.earliest_take_down, PROGRAM
        day = period.earliest_take_down.isoformat()
        record(session, notice.minutes, "take_down", now, PROGRAM, board=posting.board.name, on=day)
    session.flush()
    renditions.withdraw_with(session, notice, now=now)
    notice_duties.follow_period(session, notice, now=now, actor=PROGRAM)
    return True


def watch(session: Session, association_id: int, notice_id: int, *, now: datetime) -> int:
    """Tell the office and the chair, once, of boards that lack the notice after the law's last day; how many do."""
    notice = notice_queries.notice(session, association_id, notice_id)
    told = notice_queries.shown(session, notice, local_date(now))
    late = [one for one in told.alarming if one.state is PostingState.MISSING]
    for one in late:
        tell_alarm(session, notice, one.posting, PostingState.MISSING, now=now)
    return len(late)


def _posting(board: NoticeBoard, today: date, actor: str) -> NoticePosting:
    by_itself = board.member_organisation_id is None or board.follows_own
    return NoticePosting(
        association_id=board.association_id,
        board=board,
        posted_on=today if by_itself else None,
        recorded_by=actor if by_itself else "",
    )


def _again(session: Session, notice: Notice, before: NoticePosting, now: datetime, actor: str) -> NoticePosting:
    # A board that went wrong once is not taken to follow by itself: somebody sees that it is up and notes the day.
    is_own = before.board.member_organisation_id is None
    anew = NoticePosting(
        association_id=before.association_id,
        board=before.board,
        attempt=before.attempt + 1,
        posted_on=local_date(now) if is_own else None,
        recorded_by=actor if is_own else "",
    )
    notice.postings.append(anew)
    session.flush()
    record(session, notice.minutes, "put_up_anew", now, actor, board=before.board.name, attempt=anew.attempt)
    return anew


def _comes_down_by_itself(posting: NoticePosting) -> bool:
    up = posting.posted_on is not None
    return up and (posting.board.member_organisation_id is None or posting.board.follows_own)


def _lock(session: Session, posting: NoticePosting) -> Notice:
    """One act at a time on the notice, so that the last posting sees all the others."""
    notice = notice_queries.notice(session, posting.association_id, posting.notice_id)
    _refresh(session, notice)
    session.refresh(posting)
    return notice


def _refresh(session: Session, notice: Notice) -> None:
    lock(session, notice.minutes)
    session.refresh(notice, ["postings"])
    for one in notice.postings:
        session.refresh(one)


def _latest_on(notice: Notice, posting: NoticePosting) -> NoticePosting:
    return next(one for one in notice_queries.latest(notice) if one.board_id == posting.board_id)


def _must_be_latest(notice: Notice, posting: NoticePosting) -> None:
    if _latest_on(notice, posting).id != posting.id:
        raise RuleBroken("Anslaget har satts upp på nytt hos %(board)s. Anteckna på det.", board=posting.board.name)


def _gone_on(notice: Notice, posting: NoticePosting) -> date | None:
    """When the board's attempt before this one came to nothing."""
    before = [one for one in notice.postings if one.board_id == posting.board_id and one.attempt < posting.attempt]
    days = [day for one in before for day in (one.taken_down_on, one.refused_on) if day is not None]
    return max(days, default=None)
