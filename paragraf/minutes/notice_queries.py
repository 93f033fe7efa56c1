"""What pages, letters and documents read about notices (anslag) and their time for appeal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere
from paragraf.core.number_series import NumberAllocation
from paragraf.meetings.models import Meeting
from paragraf.minutes import notice_rules, rules
from paragraf.minutes.models import ImmediateVerification, MinuteItem, Minutes, Notice, NoticePosting
from paragraf.minutes.notice_rules import AppealPeriod, Posting, PostingState
from paragraf.people import queries as people
from paragraf.people.models import MemberOrganisation, NoticeBoard, Principal


@dataclass(frozen=True)
class OnBoard:
    """A notice on one board: how it stands now, and how it went the times before."""

    posting: NoticePosting
    state: PostingState
    #: Earlier times that it was put up there, the first one first.
    earlier: tuple[NoticePosting, ...] = ()

    @property
    def board(self) -> NoticeBoard:
        return self.posting.board

    @property
    def is_own(self) -> bool:
        """Whether it is the association's own board, which is this program's page."""
        return self.board.member_organisation_id is None


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
    boards: tuple[OnBoard, ...] = ()
    today: date = date.min

    @property
    def meeting(self) -> Meeting:
        return self.notice.minutes.meeting

    @property
    def verified_on(self) -> date:
        """The day on which what it announces was verified."""
        return verified_on(self.notice)

    @property
    def alarming(self) -> tuple[OnBoard, ...]:
        """The boards that somebody must see to now: refused, taken down too early, or missing after the last day."""
        return tuple(one for one in self.boards if self._alarms(one))

    @property
    def to_take_down(self) -> tuple[OnBoard, ...]:
        """The other boards that have it still, though the time for appeal is out."""
        up = (one for one in self.boards if not one.is_own and one.state is PostingState.UP)
        return tuple(up) if self.period.is_over(self.today) else ()

    @property
    def down_since(self) -> date | None:
        """The first day on which it was no longer up on the own board."""
        return None if self.is_up else self.period.earliest_take_down

    def _alarms(self, one: OnBoard) -> bool:
        late = one.state is PostingState.MISSING and self.today > self.post_by
        return late or one.state in (PostingState.REFUSED, PostingState.TOO_EARLY)


def notices(session: Session, association_id: int, today: date) -> list[Shown]:
    """All notices, the latest meeting first."""
    found = session.scalars(_notices(association_id).order_by(Meeting.starts_at.desc(), Notice.id.desc()))
    return [shown(session, notice, today) for notice in found.unique()]


def current(session: Session, association_id: int, today: date) -> list[Shown]:
    """The notices that are up on the association's own board on the day."""
    return [one for one in notices(session, association_id, today) if one.is_up]


def past(session: Session, association_id: int, today: date) -> list[Shown]:
    """The notices that have been up on the association's own board and are down, the latest meeting first."""
    return [one for one in notices(session, association_id, today) if not one.is_up]


def boards_missing(session: Session, association_id: int, today: date) -> list[Shown]:
    """Notices that some board lacks, has refused or took down too early, the most urgent first."""
    lacking = [one for one in notices(session, association_id, today) if one.period.lacking]
    return sorted(lacking, key=lambda one: one.post_by)


def members_without_board(session: Session, association_id: int, day: date) -> list[MemberOrganisation]:
    """Municipalities and regions that are members and whose board is not known: no notice can be watched there.

    Lag (2003:1210) 19 § asks for a notice on the board of each of them.
    """
    has = {board.member_organisation_id for board in people.notice_boards(session, association_id, day)}
    members = people.member_organisations(session, association_id, day)
    return [one for one in members if one.principal is not Principal.STATE and one.id not in has]


def notice(session: Session, association_id: int, notice_id: int) -> Notice:
    """The association's own notice; raises NotThere."""
    found = session.scalar(_notices(association_id).where(Notice.id == notice_id))
    if found is None:
        raise NotThere("Anslaget finns inte.")
    return found


def notice_of(session: Session, minutes: Minutes, immediate_id: int | None = None) -> Notice | None:
    """The notice of the §§ that were verified at once together, or of those that waited for the minutes, once made."""
    wanted = _notices(minutes.association_id).where(Notice.minutes_id == minutes.id)
    return session.scalar(wanted.where(Notice.immediate_id == immediate_id))


def notices_of(session: Session, minutes: Minutes, today: date) -> list[Shown]:
    """All notices of the minutes: those of §§ that were verified at once too, in the order that they were made."""
    wanted = _notices(minutes.association_id).where(Notice.minutes_id == minutes.id).order_by(Notice.id)
    return [shown(session, notice, today) for notice in session.scalars(wanted).unique()]


def posting(session: Session, association_id: int, posting_id: int) -> NoticePosting:
    """A posting of the association's own notice; raises NotThere."""
    found = session.scalar(
        select(NoticePosting).where(NoticePosting.association_id == association_id, NoticePosting.id == posting_id)
    )
    if found is None:
        raise NotThere("Anslaget finns inte på den tavlan.")
    return found


def latest(notice: Notice) -> list[NoticePosting]:
    """The latest time that the notice was put up on each board, the boards in the order that they were noted."""
    found: dict[int, NoticePosting] = {}
    for one in sorted(notice.postings, key=lambda each: each.attempt):
        found[one.board_id] = one
    order = {one.board_id: place for place, one in reversed(list(enumerate(notice.postings)))}
    return sorted(found.values(), key=lambda one: order[one.board_id])


def period(notice: Notice) -> AppealPeriod:
    """The time for appeal, from what the boards have."""
    return notice_rules.appeal_period([value_of(one) for one in latest(notice)])


def value_of(posting: NoticePosting) -> Posting:
    """The row as a value of the rules."""
    return Posting(posting.board.name, posting.posted_on, posting.taken_down_on, posting.refused_on)


def verified_on(notice: Notice) -> date:
    """The day on which what the notice announces was verified, in Swedish time."""
    return local_date(verified_at(notice))


def verified_at(notice: Notice) -> datetime:
    """The moment at which what the notice announces was verified."""
    facts = notice.minutes if notice.immediate is None else notice.immediate
    return facts.verified_at or notice.created_at


def shown(session: Session, notice: Notice, today: date) -> Shown:
    """One notice as pages show it."""
    told = period(notice)
    boards = tuple(_on_board(notice, told, one) for one in latest(notice))
    return Shown(
        notice,
        told,
        notice_range(session, notice),
        rules.notice_deadline(verified_on(notice)),
        is_up=_is_up(boards, told, today),
        boards=boards,
        today=today,
    )


def is_up(notice: Notice, today: date) -> bool:
    """Whether the notice is up on the association's own board on the day."""
    told = period(notice)
    return _is_up([_on_board(notice, told, one) for one in latest(notice)], told, today)


def item_range(session: Session, minutes: Minutes) -> str:
    """``§§ 626–636``, from the numbers in the ledger; "" while they are not fixed."""
    numbers, period = _numbers(session, minutes)
    return rules.print_range(numbers, period)


def notice_range(session: Session, notice: Notice) -> str:
    """The §§ that the notice announces: those verified at once, or those that were not.

    Minutes of which all §§ were verified at once are announced whole.
    """
    numbers, period = _numbers(session, notice.minutes, MinuteItem.immediate_id == notice.immediate_id)
    return notice_rules.print_numbers(numbers, period) or item_range(session, notice.minutes)


def addresses_of_boards(session: Session, notice: Notice) -> dict[int, str]:
    """Where the members whose boards these are can be written to, by the id of the posting."""
    wanted = (
        select(NoticePosting.id, MemberOrganisation.email)
        .join(NoticeBoard, NoticeBoard.id == NoticePosting.board_id)
        .join(MemberOrganisation, MemberOrganisation.id == NoticeBoard.member_organisation_id)
        .where(NoticePosting.association_id == notice.association_id, NoticePosting.notice_id == notice.id)
    )
    return {row.id: row.email for row in session.execute(wanted)}


def up_on_own_board(session: Session) -> list[tuple[int, int]]:
    """Association and id of all notices that are noted as up on an own board: what the clock looks through."""
    wanted = (
        select(Notice.association_id, Notice.id)
        .join(NoticePosting, NoticePosting.notice_id == Notice.id)
        .join(NoticeBoard, NoticeBoard.id == NoticePosting.board_id)
        .where(
            NoticeBoard.member_organisation_id.is_(None),
            NoticePosting.posted_on.is_not(None),
            NoticePosting.taken_down_on.is_(None),
        )
        .distinct()
        .order_by(Notice.association_id, Notice.id)
    )
    return [(association_id, notice_id) for association_id, notice_id in session.execute(wanted)]


def _on_board(notice: Notice, told: AppealPeriod, one: NoticePosting) -> OnBoard:
    before = [each for each in notice.postings if each.board_id == one.board_id and each.attempt < one.attempt]
    return OnBoard(one, told.state_of(value_of(one)), tuple(sorted(before, key=lambda each: each.attempt)))


def _is_up(boards: Iterable[OnBoard], told: AppealPeriod, today: date) -> bool:
    """The own board is this program's page: there it comes down by itself when the time is out."""
    own = [one for one in boards if one.is_own and one.state is PostingState.UP]
    return bool(own) and not told.is_over(today)


def _numbers(session: Session, minutes: Minutes, *which: ColumnElement[bool]) -> tuple[list[int], str]:
    """The numbers of the §§ in order, and the period of their series."""
    wanted = (
        select(NumberAllocation)
        .join(MinuteItem, MinuteItem.allocation_id == NumberAllocation.id)
        .where(MinuteItem.minutes_id == minutes.id, *which)
        .options(joinedload(NumberAllocation.series))
        .order_by(NumberAllocation.number)
    )
    found = list(session.scalars(wanted))
    return [one.number for one in found], found[0].series.period if found else ""


def _notices(association_id: int) -> Select[Notice]:
    return (
        select(Notice)
        .where(Notice.association_id == association_id)
        .join(Notice.minutes)
        .join(Minutes.meeting)
        .options(
            joinedload(Notice.minutes).joinedload(Minutes.meeting).joinedload(Meeting.body),
            joinedload(Notice.immediate).joinedload(ImmediateVerification.minutes),
            selectinload(Notice.postings).joinedload(NoticePosting.board),
        )
    )
