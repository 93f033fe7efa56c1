"""What holds in a meeting, on values: who has which seat at a moment, quorum, the meeting's state, its agenda.

A *seat* is known by the id of the member's mandate that fills it. A substitute has no seat of his or her own, but may
serve for the seat of a member who is absent (KL 6:17; the calling order is fixed at the election, lag 2003:1210 12 §).
Moments are aware; an interval reaches from its first moment up to, not including, its last.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from paragraf.core.dates import local, local_date, utc_moment
from paragraf.core.errors import RuleBroken
from paragraf.core.printing import print_time
from paragraf.meetings.models import ItemKind
from paragraf.people.models import Principal

# --- time -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Interval:
    """From a moment, included, to a moment, not included; ``until_at`` None: open."""

    from_at: datetime
    until_at: datetime | None = None

    def covers(self, moment: datetime) -> bool:
        return self.from_at <= moment and (self.until_at is None or moment < self.until_at)

    def overlaps(self, other: Interval) -> bool:
        return (other.until_at is None or self.from_at < other.until_at) and (
            self.until_at is None or other.from_at < self.until_at
        )


class State(StrEnum):
    """Where a meeting stands. Computed, never stored (law 1)."""

    PLANNED = "planned"
    NOTICE_SENT = "notice_sent"
    UNDER_WAY = "under_way"
    HELD = "held"
    CANCELLED = "cancelled"


def state_at(moment: datetime, *, planned: Interval, notice_sent: bool, cancelled: bool) -> State:
    """The meeting's state at the moment, from its planned time and whether it was noticed and cancelled."""
    if cancelled:
        return State.CANCELLED
    if planned.covers(moment):
        return State.UNDER_WAY
    if moment >= planned.from_at:
        return State.HELD
    return State.NOTICE_SENT if notice_sent else State.PLANNED


def notice_last_day(meeting_day: date, notice_days: int) -> date:
    """The last day to send the notice, so many days before the meeting.

    A rule of the charter or the body's own, not of statute (KL 5:13 is not applied): it never moves.
    """
    return meeting_day - timedelta(days=notice_days)


def moment_in_meeting(planned: Interval, clock: time, after: datetime | None = None) -> datetime:
    """The moment that is meant when someone says ``clock`` (Swedish time) about the meeting.

    On the day the meeting starts; on the next day if the meeting goes on past midnight and the time is before its
    start. A time that comes twice when summer time ends is the first one, or the second one if only that is later than
    ``after``. Raises RuleBroken for a time that is skipped when summer time begins.
    """
    day = local_date(planned.from_at)
    past_midnight = planned.until_at is not None and local_date(planned.until_at) > day
    if past_midnight and clock < local(planned.from_at).time():
        day += timedelta(days=1)
    moment = utc_moment(day, clock)
    again = moment + timedelta(hours=1)
    if after is not None and moment <= after < again and local(again).time() == clock:
        return again
    return moment


def suggested_clock(planned: Interval, moment: datetime, noted: Iterable[datetime] = ()) -> time:
    """The Swedish time of day to suggest for someone who comes or leaves.

    Now; or, if the meeting is not under way, the latest of its start and of what is ``noted``: who notes the attendance
    afterwards goes through the meeting in its order, and who left at 10.30 is served for from 10.30.
    """
    suggested = moment if planned.covers(moment) else max([planned.from_at, *noted])
    return local(suggested).time().replace(second=0, microsecond=0)


# --- seats ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Seat:
    """A mandate that holds on the meeting's day: a member's seat, or a substitute's place in the calling order."""

    mandate_id: int
    person_id: int
    name: str
    member_organisation_id: int
    principal: Principal
    #: None for members.
    calling_order: int | None = None


@dataclass(frozen=True)
class Attending:
    """A person in the room during an interval.

    ``seat`` is the member's mandate whose vote the person casts: the own one, or the one served for; None: no vote.
    """

    person_id: int
    name: str
    during: Interval
    mandate_id: int | None = None
    seat: int | None = None

    @property
    def serves(self) -> bool:
        """Whether a substitute serves for a member."""
        return self.seat is not None and self.seat != self.mandate_id


def present_at(attending: Iterable[Attending], moment: datetime) -> list[Attending]:
    """Those in the room at the moment."""
    return [one for one in attending if one.during.covers(moment)]


def voters_at(
    attending: Iterable[Attending], moment: datetime, recused: Collection[int] = frozenset()
) -> dict[int, Attending]:
    """Who votes for which seat at the moment. ``recused``: persons disqualified in the matter (jäv, KL 6:30)."""
    return {
        one.seat: one for one in present_at(attending, moment) if one.seat is not None and one.person_id not in recused
    }


def is_quorate(voting: int, seats: int) -> bool:
    """Whether a body of so many seats may decide: more than half of the members present (KL 6:27)."""
    return 2 * voting > seats


def votes_needed(seats: int) -> int:
    """The least number of voters with which the body may decide (KL 6:27)."""
    return seats // 2 + 1


@dataclass(frozen=True)
class Step:
    """From a moment on so many vote, until the next step."""

    from_at: datetime
    voting: int


def voting_over_time(attending: Sequence[Attending]) -> list[Step]:
    """How the number of voters changes through the meeting, first moment first."""
    moments = {one.during.from_at for one in attending} | {
        one.during.until_at for one in attending if one.during.until_at is not None
    }
    steps: list[Step] = []
    for moment in sorted(moments):
        voting = len(voters_at(attending, moment))
        if not steps or steps[-1].voting != voting:
            steps.append(Step(moment, voting))
    return steps


def vacant_seats(members: Iterable[Seat], attending: Sequence[Attending], moment: datetime) -> list[Seat]:
    """Members' seats that nobody votes for at the moment, in the members' order."""
    taken = voters_at(attending, moment)
    return [member for member in members if member.mandate_id not in taken]


def why_not_serve(
    substitute: Seat, member: Seat, attending: Sequence[Attending], moment: datetime
) -> RuleBroken | None:
    """What stands in the way of serving for the member at the moment; None when nothing does."""
    if substitute.calling_order is None:
        return RuleBroken("%(name)s är ledamot och kan inte tjänstgöra för någon annan.", name=substitute.name)
    if member.calling_order is not None:
        return RuleBroken("%(name)s är ersättare. Välj den ledamot som är frånvarande.", name=member.name)
    holder = voters_at(attending, moment).get(member.mandate_id)
    if holder is None or holder.person_id == substitute.person_id:
        return None
    if holder.serves:
        return RuleBroken(
            "%(holder)s tjänstgör redan för %(name)s. Välj en annan ledamot.", holder=holder.name, name=member.name
        )
    return RuleBroken(
        "%(name)s är närvarande. En ersättare kan bara tjänstgöra för den som är frånvarande.", name=member.name
    )


def why_not_attend(new: Attending, others: Iterable[Attending]) -> RuleBroken | None:
    """What forbids a presence beside the others: a person or a seat would be counted twice. None when nothing does."""
    if new.during.until_at is not None and new.during.until_at <= new.during.from_at:
        return RuleBroken("Sluttiden ska vara senare än starttiden.", field="until")
    for other in others:
        if other.during.overlaps(new.during) and (clash := _clash(new, other)):
            return clash
    return None


def _clash(new: Attending, other: Attending) -> RuleBroken | None:
    since = print_time(local(other.during.from_at).time())
    if other.person_id == new.person_id:
        return RuleBroken(
            "%(name)s är redan antecknad som närvarande från kl. %(since)s. Ändra den raden i stället.",
            name=other.name,
            since=since,
        )
    if new.seat is not None and other.seat == new.seat:
        return RuleBroken(
            "%(name)s har redan den platsen från kl. %(since)s. Avsluta det först.", name=other.name, since=since
        )
    return None


# --- remarks --------------------------------------------------------------------------------------------------------


def held_during(
    planned: Interval,
    attending: Sequence[Attending],
    *,
    opened_at: datetime | None = None,
    closed_at: datetime | None = None,
) -> Interval:
    """The time the meeting took: as the chair opened and closed it, else as the attendance shows it.

    It cannot have begun before the first one came, and it lasted as long as someone who is known to have left later
    than planned; if others stayed or came even later, its end is not known.
    """
    start = opened_at or max([planned.from_at, *([min(one.during.from_at for one in attending)] if attending else [])])
    return Interval(start, closed_at or _end_shown(planned, attending))


def _end_shown(planned: Interval, attending: Sequence[Attending]) -> datetime | None:
    leavings = [one.during.until_at for one in attending if one.during.until_at is not None]
    latest = max([*leavings, *(one.during.from_at for one in attending)], default=planned.from_at)
    if planned.until_at is None or latest <= planned.until_at:
        return planned.until_at
    return latest if len(leavings) == len(attending) else None


def remark(own: Iterable[Attending], held: Interval, names: Mapping[int, str]) -> str:
    """What the minutes say after a person's name, in Swedish; "" when nothing needs saying.

    ``own`` are the person's intervals, ``held`` the meeting's (``held_during``), ``names`` the members' names by seat:
    ``från kl. 11.30`` · ``till kl. 12.00`` · ``tjänstgörande ersättare för Eva Lind från kl. 11.30``.
    """
    rows = sorted(own, key=lambda one: one.during.from_at)
    in_room = [_times(during, held) for during in _joined(rows, lambda _one: None)]
    serving = [
        " ".join(filter(None, [f"tjänstgörande ersättare för {names[seat]}", _times(during, held)]))
        for seat in dict.fromkeys(one.seat for one in rows if one.seat is not None and one.serves)
        for during in _joined([one for one in rows if one.seat == seat], lambda one: one.seat)
    ]
    # Whoever came in order to serve, and left when it was over, is described by the serving alone.
    said_by_serving = [part for part in in_room if not any(text.endswith(part) for text in serving)]
    return ", ".join(filter(None, [*(said_by_serving if serving else in_room), *serving]))


def _joined(rows: Sequence[Attending], kind: Callable[[Attending], int | None]) -> list[Interval]:
    """The intervals of the rows, those that meet end to end and are of one kind made one."""
    result: list[tuple[int | None, Interval]] = []
    for one in rows:
        if result and result[-1][0] == kind(one) and result[-1][1].until_at == one.during.from_at:
            result[-1] = (kind(one), replace(result[-1][1], until_at=one.during.until_at))
        else:
            result.append((kind(one), one.during))
    return [during for _kind, during in result]


def _times(during: Interval, held: Interval) -> str:
    late = during.from_at > held.from_at
    early = during.until_at is not None and (held.until_at is None or during.until_at < held.until_at)
    parts = [f"från kl. {print_time(local(during.from_at).time())}"] if late else []
    if early and during.until_at is not None:
        parts.append(f"till kl. {print_time(local(during.until_at).time())}")
    return " ".join(parts)


# --- agenda ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ItemText:
    """What an agenda item says."""

    kind: ItemKind
    heading: str
    background: str = ""
    proposal: str = ""


class StaleItem(RuleBroken):
    """Someone else saved the item meanwhile. Both texts are carried, so that nobody's words are lost (law 5)."""

    def __init__(self, mine: ItemText, theirs: ItemText, version: int) -> None:
        super().__init__("Någon annan har ändrat punkten medan du skrev. Jämför texterna och spara igen.")
        self.mine = mine
        self.theirs = theirs
        #: The version that their text has, which the next save must name.
        self.version = version


def moved(order: Sequence[int], item_id: int, place: int) -> list[int]:
    """The ids in their new order, with the item at ``place`` (1 first; beyond the ends: first or last)."""
    rest = [other for other in order if other != item_id]
    rest.insert(max(place, 1) - 1, item_id)
    return rest


def agenda_faults(items: Sequence[ItemText]) -> list[RuleBroken]:
    """What must be mended before the agenda may be sent out; each fault names the item's place on the agenda."""
    if not items:
        return [RuleBroken("Dagordningen är tom. Lägg till minst en punkt innan kallelsen skickas.")]
    faults = [_item_fault(place, item) for place, item in enumerate(items, start=1)]
    return [fault for fault in faults if fault is not None]


def _item_fault(place: int, item: ItemText) -> RuleBroken | None:
    if not item.heading.strip():
        return RuleBroken("Punkt %(place)s saknar rubrik.", place=place)
    if item.kind is ItemKind.DECISION and not (item.background.strip() or item.proposal.strip()):
        return RuleBroken(
            "Punkt %(place)s, ”%(heading)s”, saknar text. Skriv bakgrund eller förslag till beslut.",
            place=place,
            heading=item.heading,
        )
    return None
