"""The first page of the minutes as the attendance tells it: who decided, in which §§, who else was there, who was not.

All texts are Swedish, for print.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from paragraf.core.dates import local
from paragraf.core.printing import print_time
from paragraf.meetings.document import CAPACITIES
from paragraf.meetings.models import Excuse
from paragraf.minutes.document_fields import PersonLine
from paragraf.minutes.participation import Participation, Room
from paragraf.minutes.taking_part import Answer, Stay
from paragraf.people.models import Capacity, Mandate, Person


def print_items(numbers: Sequence[int]) -> str:
    """``§ 626`` · ``§§ 626–628`` · ``§§ 626–628, 631``: runs of numbers made short; "" for none."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] + 1 == number:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
    return told and f"{'§' if len(numbers) == 1 else '§§'} {told}"


@dataclass(frozen=True)
class FirstPage:
    """What the first page says of people. ``numbers``: the § numbers by the § ids, in order."""

    room: Room
    participations: Mapping[int, Participation]
    numbers: Mapping[int, int]
    excuses: Sequence[Excuse] = field(default=())

    # --- who ---

    def deciding(self, only: Collection[int] | None = None) -> tuple[PersonLine, ...]:
        """Those who decided, with role, party and remark. ``only``: who decided any of these §§, by id, and which.

        Before there is a §, and while nobody knows whether somebody was there, those who had a seat in the room.
        """
        return tuple(self._deciding_line(one, only) for one in self._present() if self._decided(one, only))

    def non_serving(self, only: Collection[int] | None = None) -> tuple[PersonLine, ...]:
        """Substitutes who were there and did not serve."""
        return tuple(
            self._line(one)
            for one in self._present()
            if one.id in self._mandate and not self._decided(one, only) and self._seen(one, only)
        )

    def others(self, only: Collection[int] | None = None) -> tuple[PersonLine, ...]:
        """Others who were there."""
        present = [one for one in self._present() if one.id not in self._mandate and self._seen(one, only)]
        return tuple(self._line(one) for one in present)

    def excused(self) -> tuple[PersonLine, ...]:
        """Members and substitutes who told that they could not come, and did not."""
        told = {one.person_id for one in self.excuses} - self._there.keys()
        return tuple(self._absent_line(one) for one in self.room.mandates if one.person_id in told)

    def absent(self) -> tuple[PersonLine, ...]:
        """Members who were not there and had not told it."""
        if not self.room.presences:
            return ()
        known = self._there.keys() | {one.person_id for one in self.excuses}
        return tuple(self._absent_line(one) for one in self.room.members.values() if one.person_id not in known)

    def course(self) -> str:
        """When the meeting was opened and closed, as far as it is noted."""
        meeting = self.room.minutes.meeting
        opened = f"öppnades kl. {print_time(local(meeting.opened_at).time())}" if meeting.opened_at else ""
        closed = f"avslutades kl. {print_time(local(meeting.closed_at).time())}" if meeting.closed_at else ""
        told = " och ".join(filter(None, (opened, closed)))
        return told and f"Sammanträdet {told}."

    def distance(self) -> str:
        """Who took part at a distance and how far (lag 2003:1210 19 a §)."""
        names = dict.fromkeys(one.name for one in self.room.stays if one.by_distance)
        note = self.room.minutes.meeting.distance_note
        if not names:
            return note
        return f"{', '.join(names)} deltog på distans med ljud och bild.{' ' if note else ''}{note}"

    def leaders(self, only: Collection[int] | None = None) -> dict[tuple[int, str], list[int]]:
        """Who led the meeting, by id and name, and the §§ by number, in the order of the §§."""
        led: dict[tuple[int, str], list[int]] = {}
        for item_id, one in self.participations.items():
            if one.leader is not None and (only is None or item_id in only):
                led.setdefault(one.leader, []).append(self.numbers[item_id])
        return led

    # --- lines ---

    @cached_property
    def _mandate(self) -> dict[int, Mandate]:
        return {one.person_id: one for one in reversed(self.room.mandates)}

    @cached_property
    def _there(self) -> dict[int, Person]:
        return {one.person_id: one.person for one in self.room.presences}

    def _present(self) -> list[Person]:
        """Members in the order of their seats, substitutes in calling order, others as they came."""
        place = {one.person_id: number for number, one in enumerate(self.room.mandates)}
        return sorted(self._there.values(), key=lambda person: place.get(person.id, len(place)))

    def _decided(self, person: Person, only: Collection[int] | None) -> bool:
        told = [one for item_id, one in self.participations.items() if only is None or item_id in only]
        if any(one.may_have_taken_part(person.id) for one in told):
            return True
        seated = any(one.person_id == person.id and one.seat is not None for one in self.room.stays)
        return only is None and seated

    def _seen(self, person: Person, only: Collection[int] | None) -> bool:
        """Whether the person was in the room in any of the §§, and not sent out of it by jäv."""
        if only is None:
            return True
        return any(
            self.room.there(person.id, self.room.course.place[item_id]) is not Answer.NO
            and person.id not in self.participations[item_id].recused
            for item_id in only
        )

    def _line(self, person: Person) -> PersonLine:
        mandate = self._mandate.get(person.id)
        party = mandate.member_organisation.short_name if mandate else ""
        return PersonLine(person.name, self._role(person, mandate), party, self.remark(person.id))

    def _deciding_line(self, person: Person, only: Collection[int] | None) -> PersonLine:
        """With the §§ where somebody decided only some of those that are printed."""
        line = self._line(person)
        decided = [of for of, one in self.participations.items() if of in (only or ()) and one.took_part(person.id)]
        if only is None or len(decided) == len(only):
            return line
        part = f"deltog i {print_items([self.numbers[of] for of in decided])}"
        return replace(line, remark=", ".join(filter(None, (line.remark, part))))

    def _absent_line(self, mandate: Mandate) -> PersonLine:
        return PersonLine(mandate.person.name, CAPACITIES[mandate.capacity], mandate.member_organisation.short_name)

    def _role(self, person: Person, mandate: Mandate | None) -> str:
        if mandate is not None:
            return CAPACITIES[mandate.capacity]
        return "sekreterare" if person.id == self.room.minutes.secretary_id else person.title

    # --- remarks ---

    def remark(self, person_id: int) -> str:
        """What stands after the name; "" when nothing needs saying.

        ``fr.o.m. kl. 11.30, § 630`` · ``t.o.m. § 628`` · ``tjänstgörande ersättare för Eva Lind §§ 630–636`` ·
        ``ej § 629 (jäv)`` · ``på distans``.
        """
        parts = [
            *self._times(person_id),
            *self._serving(person_id),
            *self._recused(person_id),
            *self._led(person_id),
            *self._at_distance(person_id),
        ]
        return ", ".join(parts)

    def _times(self, person_id: int) -> Iterator[str]:
        """When the person came and left, unless the serving tells it already."""
        serving = [one for one in self.room.stays if one.person_id == person_id and one.serves]
        for stay in self.room.in_room:
            if stay.person_id != person_id or any(_same_time(stay, one) for one in serving):
                continue
            if told := self._bounds(stay):
                yield told

    def _bounds(self, stay: Stay) -> str:
        timed = self._timed(stay)
        came = self._came(stay, timed[0])
        left = self._left(stay, timed[1])
        return " ".join(filter(None, (came, left)))

    def _came(self, stay: Stay, timed: bool) -> str:
        late = stay.during.from_at > self.room.held.from_at if timed else self._place(stay.first) > 0
        if not late:
            return ""
        clock = f"kl. {print_time(local(stay.during.from_at).time())}" if timed else ""
        whole = self._whole(stay)
        return f"fr.o.m. {_and_item(clock, print_items(whole[:1]))}" if whole or clock else ""

    def _left(self, stay: Stay, timed: bool) -> str:
        until, end = stay.during.until_at, self.room.held.until_at
        if until is None:
            return ""
        last = len(self.room.rows) - 1
        early = (end is None or until < end) if timed else self._place(stay.last) < last
        if not early:
            return ""
        clock = f"kl. {print_time(local(until).time())}" if timed else ""
        whole = self._whole(stay)
        return f"t.o.m. {_and_item(clock, print_items(whole[-1:]))}" if whole or clock else ""

    def _place(self, item_id: int | None) -> int:
        return self.room.course.place.get(item_id or 0, 0)

    def _timed(self, stay: Stay) -> tuple[bool, bool]:
        """Whether the clock is known for the stay's beginning and end."""
        own = [row for row in self.room.presences if row.person_id == stay.person_id]
        first = next((row.from_timed for row in own if row.from_at == stay.during.from_at), True)
        last = next((row.until_timed for row in own if row.until_at == stay.during.until_at), True)
        return first, last

    def _whole(self, stay: Stay) -> list[int]:
        """The numbers of the §§ for which the person was there all the time; none while some are not known."""
        answers = [self.room.course.whole(stay, place) for place in range(len(self.room.rows))]
        if Answer.UNSURE in answers:
            return []
        return [
            self.numbers[row.id] for row, answer in zip(self.room.rows, answers, strict=True) if answer is Answer.YES
        ]

    def _serving(self, person_id: int) -> Iterator[str]:
        for stay in self.room.stays:
            if stay.person_id != person_id or not stay.serves:
                continue
            told = f"tjänstgörande ersättare för {self.room.names.get(stay.seat or 0, '')}"
            # Who came in order to serve is told with the clock; who sat there already with the §§ alone.
            alone = any(_same_time(one, stay) for one in self.room.in_room)
            whole, bounds = self._whole(stay), self._bounds(stay)
            when = bounds if alone or len(whole) in (0, len(self.numbers)) else print_items(whole)
            yield " ".join(filter(None, (told, when)))
        yield from self._called(person_id)

    def _called(self, person_id: int) -> Iterator[str]:
        """Served in the seat of somebody disqualified, for those §§ only."""
        served = [
            (one, self.numbers[item_id])
            for item_id, each in self.participations.items()
            for one in each.deciding
            if one.person_id == person_id and one.for_recusal
        ]
        for name in dict.fromkeys(one.serves_for for one, _number in served):
            numbers = [number for one, number in served if one.serves_for == name]
            yield f"tjänstgörande ersättare för {name} {print_items(numbers)} (jäv)"

    def _recused(self, person_id: int) -> Iterator[str]:
        numbers = self._numbers_where(lambda one: person_id in one.recused)
        if numbers:
            yield f"ej {print_items(numbers)} (jäv)"

    def _led(self, person_id: int) -> Iterator[str]:
        """Which §§ the person led, where more than one did, or where it was not the chair."""
        numbers = self._numbers_where(lambda one: one.leader is not None and one.leader[0] == person_id)
        if not numbers or any(person_id in one.unsure_ids for one in self.participations.values()):
            return
        mandate = self._mandate.get(person_id)
        if len(numbers) < len(self.numbers):
            yield f"ordförande {print_items(numbers)}"
        elif mandate is None or mandate.capacity is not Capacity.CHAIR:
            yield "ordförande vid sammanträdet"

    def _numbers_where(self, holds: Callable[[Participation], bool]) -> list[int]:
        return [self.numbers[item_id] for item_id, one in self.participations.items() if holds(one)]

    def _at_distance(self, person_id: int) -> Iterator[str]:
        own = [row for row in self.room.presences if row.person_id == person_id]
        if any(row.by_distance for row in own):
            yield "på distans" if all(row.by_distance for row in own) else "delvis på distans"


def _same_time(one: Stay, other: Stay) -> bool:
    return one.person_id == other.person_id and one.during == other.during


def _and_item(clock: str, item: str) -> str:
    return ", ".join(filter(None, (clock, item)))
