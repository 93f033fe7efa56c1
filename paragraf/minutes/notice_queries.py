"""What pages, letters and documents read about notices (anslag) and their time for appeal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, joinedload, selectinload

from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere
from paragraf.core.number_series import NumberAllocation
from paragraf.meetings.models import Meeting
from paragraf.minutes import rules
from paragraf.minutes.models import MinuteItem, Minutes, Notice, NoticePosting
from paragraf.minutes.rules import AppealPeriod, Posting


@dataclass(frozen=True)
class Shown:
    """A notice as pages show it."""

    notice: Notice
    period: AppealPeriod
    item_range: str
    #: The last day to have it posted on every board (KL 8:12).
    post_by: date
    #: Whether it is up on the association's own board.
    is_up: bool

    @property
    def meeting(self) -> Meeting:
        return self.notice.minutes.meeting


def notices(session: Session, association_id: int, today: date) -> list[Shown]:
    """All notices, the latest meeting first."""
    found = session.scalars(_notices(association_id).order_by(Meeting.starts_at.desc()))
    return [shown(session, notice, today) for notice in found]


def current(session: Session, association_id: int, today: date) -> list[Shown]:
    """The notices that are up on the association's own board on the day."""
    return [one for one in notices(session, association_id, today) if one.is_up]


def boards_missing(session: Session, association_id: int, today: date) -> list[Shown]:
    """Notices that some board still lacks, the most urgent first."""
    lacking = [one for one in notices(session, association_id, today) if one.period.missing]
    return sorted(lacking, key=lambda one: one.post_by)


def notice(session: Session, association_id: int, notice_id: int) -> Notice:
    """The association's own notice; raises NotThere."""
    found = session.scalar(_notices(association_id).where(Notice.id == notice_id))
    if found is None:
        raise NotThere("Anslaget finns inte.")
    return found


def notice_of(session: Session, minutes: Minutes) -> Notice | None:
    """The notice of the minutes, once they are verified."""
    return session.scalars(_OF_MINUTES, {"minutes_id": minutes.id}).unique().one_or_none()


def posting(session: Session, association_id: int, posting_id: int) -> NoticePosting:
    """A posting of the association's own notice; raises NotThere."""
    found = session.scalar(
        select(NoticePosting).where(NoticePosting.association_id == association_id, NoticePosting.id == posting_id)
    )
    if found is None:
        raise NotThere("Anslaget finns inte på den tavlan.")
    return found


def period(notice: Notice) -> AppealPeriod:
    """The time for appeal, from what the boards have."""
    return rules.appeal_period([Posting(one.board.name, one.posted_on) for one in notice.postings])


def shown(session: Session, notice: Notice, today: date) -> Shown:
    """One notice as pages show it."""
    told = period(notice)
    verified_at = notice.minutes.verified_at or notice.created_at
    return Shown(
        notice,
        told,
        item_range(session, notice.minutes),
        rules.notice_deadline(local_date(verified_at)),
        is_up=_is_up(notice, told, today),
    )


def item_range(session: Session, minutes: Minutes) -> str:
    """``§§ 626–636``, from the numbers in the ledger; "" while they are not fixed."""
    numbers = session.scalars(
        select(NumberAllocation.number)
        .join(MinuteItem, MinuteItem.allocation_id == NumberAllocation.id)
        .where(MinuteItem.minutes_id == minutes.id)
        .order_by(NumberAllocation.number)
    )
    return rules.print_range(list(numbers))


def _is_up(notice: Notice, told: AppealPeriod, today: date) -> bool:
    """The own board is this program's page: there it comes down by itself when the time is out."""
    own = [one for one in notice.postings if one.board.member_organisation_id is None]
    posted = [one for one in own if one.posted_on is not None and one.taken_down_on is None]
    return bool(posted) and not told.is_over(today)


def _notices(association_id: int) -> Select[Notice]:
    return (
        select(Notice)
        .where(Notice.association_id == association_id)
        .join(Notice.minutes)
        .join(Minutes.meeting)
        .options(
            joinedload(Notice.minutes).joinedload(Minutes.meeting).joinedload(Meeting.body),
            selectinload(Notice.postings).joinedload(NoticePosting.board),
        )
    )


# Built once: whoever reads minutes asks it, and the minutes themselves are at hand by then.
_OF_MINUTES = (
    select(Notice)
    .where(Notice.minutes_id == bindparam("minutes_id"), Notice.immediate_id.is_(None))
    .options(joinedload(Notice.postings).joinedload(NoticePosting.board))
)
