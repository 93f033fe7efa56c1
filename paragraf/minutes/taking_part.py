"""Who takes part in a §, on values: there from its beginning to its end, by the § where that is noted, else by clock.

A § lasts from when it was taken up until the next one was, the last one until the meeting was closed. Whoever came or
left in the middle of it does not decide it. The moments of some §§ may not be noted: then a time of coming or leaving
lies among several §§, and the answer for just those is that nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum

from paragraf.meetings.rules import Interval


class Answer(IntEnum):
    """Whether somebody was there for the whole §. The lowest of several answers is the answer to all of them."""

    NO = 0
    UNSURE = 1
    YES = 2


@dataclass(frozen=True)
class Taken:
    """A § in the order of the minutes, and when it was taken up, where that is noted."""

    item_id: int
    begun_at: datetime | None = None


@dataclass(frozen=True)
class Stay:
    """A person in the room, and the seat (a member's mandate) whose vote the person casts; None: no vote.

    ``first`` and ``last`` are the first and last § taken part in, by id, where noted; they go before the clock.
    """

    person_id: int
    name: str
    during: Interval
    seat: int | None = None
    first: int | None = None
    last: int | None = None
    serves: bool = False
    by_distance: bool = False

    def unseated(self) -> Stay:
        """The same time in the room, whatever the vote."""
        return replace(self, seat=None, serves=False, by_distance=False)


@dataclass(frozen=True)
class _Span:
    """Between which moments something happened; both the same: then. ``high`` None: not known."""

    low: datetime
    high: datetime | None


class Course:
    """The course of a meeting: its §§ in order, within the time it took."""

    def __init__(self, items: Sequence[Taken], held: Interval) -> None:
        self.held = held
        self.place = {item.item_id: place for place, item in enumerate(items)}
        self._noted = [item.begun_at for item in items]
        self._lows = self._running(self._noted, held.from_at)
        self._highs = self._running_back(self._noted, held.until_at)

    def __len__(self) -> int:
        return len(self._noted)

    def from_beginning(self, stay: Stay, place: int) -> Answer:
        """Whether the person was there when the § at ``place`` (0 first) was taken up."""
        if stay.first in self.place:
            return Answer.YES if place >= self.place[stay.first] else Answer.NO
        begun = self._beginning(place)
        if stay.during.from_at <= begun.low:
            return Answer.YES
        return Answer.NO if begun.high is not None and stay.during.from_at >= begun.high else Answer.UNSURE

    def to_end(self, stay: Stay, place: int) -> Answer:
        """Whether the person was there until the § at ``place`` was done."""
        if stay.last in self.place:
            return Answer.YES if place <= self.place[stay.last] else Answer.NO
        until = stay.during.until_at
        if until is None:
            return Answer.YES
        ended = self._end(place)
        if ended.high is not None and until >= ended.high:
            return Answer.YES
        return Answer.NO if until <= ended.low or ended.low == ended.high else Answer.UNSURE

    def whole(self, stay: Stay, place: int) -> Answer:
        """Whether the person was there for the whole § at ``place``."""
        return min(self.from_beginning(stay, place), self.to_end(stay, place))

    def reckoned(self, place: int) -> datetime:
        """A moment for the beginning of the § at ``place``, or (one past the last) for the meeting's end.

        Where it is not noted, the §§ share the time between those that are: a stand-in, never printed.
        """
        span = self._beginning(place) if place < len(self) else _Span(self._lows[-1], self.held.until_at)
        if span.high is None or span.low == span.high:
            return span.low
        before = max((at for at in range(place) if self._noted[at] is not None), default=-1)
        after = next((at for at in range(place + 1, len(self)) if self._noted[at] is not None), len(self))
        return span.low + (span.high - span.low) * (place - max(before, 0)) / (after - max(before, 0))

    def _beginning(self, place: int) -> _Span:
        noted = self._noted[place]
        return _Span(noted, noted) if noted is not None else _Span(self._lows[place], self._highs[place])

    def _end(self, place: int) -> _Span:
        if place + 1 < len(self):
            after = self._noted[place + 1]
            own = self._noted[place]
            if after is not None and (own is None or after >= own):
                return _Span(after, after)
            return _Span(self._lows[place + 1], self._highs[place + 1])
        closed = self.held.until_at
        return _Span(self._lows[place + 1], closed) if closed is None else _Span(closed, closed)

    @staticmethod
    def _running(noted: Sequence[datetime | None], start: datetime) -> list[datetime]:
        """For each place the latest moment noted before it; one more for what comes after the last."""
        lows = [start]
        for moment in noted:
            lows.append(lows[-1] if moment is None else max(lows[-1], moment))
        return lows

    @staticmethod
    def _running_back(noted: Sequence[datetime | None], end: datetime | None) -> list[datetime | None]:
        """For each place the earliest moment noted after it, else the meeting's end."""
        highs: list[datetime | None] = [end]
        for moment in reversed(noted[1:]):
            known = highs[-1]
            highs.append(known if moment is None else moment if known is None else min(known, moment))
        return highs[::-1]


def joined(stays: Iterable[Stay], course: Course) -> list[Stay]:
    """The stays with those made one that go on where the person's one before ended, in the same seat."""
    made: list[Stay] = []
    for stay in sorted(stays, key=lambda one: (one.person_id, one.during.from_at)):
        if made and _goes_on(made[-1], stay, course):
            until = stay.during.until_at
            made[-1] = replace(made[-1], during=replace(made[-1].during, until_at=until), last=stay.last)
        else:
            made.append(stay)
    return made


def _goes_on(before: Stay, after: Stay, course: Course) -> bool:
    if (before.person_id, before.seat) != (after.person_id, after.seat):
        return False
    if before.last in course.place and after.first in course.place:
        return course.place[after.first] == course.place[before.last] + 1
    return before.during.until_at == after.during.from_at


def twice(stays: Sequence[Stay], course: Course) -> tuple[Stay, Stay] | None:
    """Two stays that count one person or one seat twice in some § by the §§ noted, or None."""
    for number, one in enumerate(stays):
        for other in stays[number + 1 :]:
            same = one.person_id == other.person_id or (one.seat is not None and one.seat == other.seat)
            if same and any(_both(one, other, place, course) for place in range(len(course))):
                return one, other
    return None


def _both(one: Stay, other: Stay, place: int, course: Course) -> bool:
    return course.whole(one, place) is Answer.YES and course.whole(other, place) is Answer.YES


def deciding_at(stays: Iterable[Stay], place: int, course: Course, recused: Iterable[int] = ()) -> Iterator[Stay]:
    """The stays that decide the § at ``place``: whole, with a seat, not disqualified; no person and no seat twice."""
    persons, seats = set(recused), set[int | None]()
    for stay in sorted(stays, key=lambda one: one.serves):
        if stay.seat is None or stay.person_id in persons or stay.seat in seats:
            continue
        if course.whole(stay, place) is Answer.YES:
            persons.add(stay.person_id)
            seats.add(stay.seat)
            yield stay
