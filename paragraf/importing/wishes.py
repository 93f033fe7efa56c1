"""Minutes as they are to be taken in: what was read, with what the secretary has corrected of it. Pure.

Corrections are kept by the names that the page's fields have (``m0-day``, ``m0-i3-number``), as typed, so that nothing
is lost that cannot be read yet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from paragraf.core.errors import RuleBroken, SeveralRulesBroken
from paragraf.core.printing import print_date
from paragraf.core.written_dates import parse_day, parse_time
from paragraf.importing.reading.minutes import ReadItem, ReadMinutes, Understood
from paragraf.minutes.clauses import clean

LARGEST_NUMBER = 99_999
LONGEST_HEADING = 300
_LONGEST = {"where": 200, "chair": 200, "secretary": 200, "gap_reason": 300}
#: What a page leaves out when a box is not ticked; its hidden companion tells that the box was there.
SKIP = "skip"


@dataclass(frozen=True)
class ItemWish:
    """A § as typed. ``clauses``: one decision a line."""

    name: str
    number: str
    heading: str
    clauses: str
    skip: bool
    read: ReadItem


@dataclass(frozen=True)
class MinutesWish:
    """The minutes of a meeting as typed. ``name`` begins the names of its fields."""

    name: str
    body: str
    day: str
    starts: str
    ends: str
    where: str
    chair: str
    secretary: str
    gap_reason: str
    skip: bool
    items: tuple[ItemWish, ...]
    read: ReadMinutes

    @property
    def missing(self) -> list[int]:
        """Numbers that no § has, as typed; what is no number is left out."""
        numbers = {int(item.number) for item in self.items if not item.skip and item.number.isdecimal()}
        whole = range(min(numbers), max(numbers) + 1) if numbers else range(0)
        return sorted(set(whole) - numbers) if len(whole) < 1000 else []


@dataclass(frozen=True)
class ReadyItem:
    """A § to take in."""

    number: int
    heading: str
    background: str
    clauses: tuple[str, ...]
    read: ReadItem


@dataclass(frozen=True)
class ReadyMinutes:
    """Minutes to take in: everything is checked but what only the rows know."""

    place: int
    name: str
    body_id: int
    day: date
    starts: time | None
    ends: time | None
    where: str
    chair: str
    secretary: str
    gap_reason: str
    missing: tuple[int, ...]
    items: tuple[ReadyItem, ...]
    read: ReadMinutes


def wishes(understood: Understood, corrections: Mapping[str, str], *, body_id: int | None) -> list[MinutesWish]:
    """What was read, corrected. ``body_id``: the body whose minutes they are taken to be."""
    return [_wish(f"m{place}", one, corrections, body_id) for place, one in enumerate(understood.minutes)]


def _wish(name: str, read: ReadMinutes, corrections: Mapping[str, str], body_id: int | None) -> MinutesWish:
    def typed(field: str, as_read: str) -> str:
        return corrections.get(f"{name}-{field}", as_read)

    front = read.front
    return MinutesWish(
        name=name,
        body=typed("body", str(body_id or "")),
        day=typed("day", print_date(front.day) if front.day else ""),
        starts=typed("starts", _clock(front.starts)),
        ends=typed("ends", _clock(front.ends)),
        where=typed("where", front.place),
        chair=typed("chair", front.named("chair")),
        secretary=typed("secretary", front.named("secretary")),
        gap_reason=typed("gap_reason", ""),
        skip=typed(SKIP, "") == "1",
        items=tuple(_item(f"{name}-i{place}", item, corrections) for place, item in enumerate(read.items)),
        read=read,
    )


def _clock(moment: time | None) -> str:
    return f"{moment:%H.%M}" if moment else ""


def _item(name: str, read: ReadItem, corrections: Mapping[str, str]) -> ItemWish:
    return ItemWish(
        name=name,
        number=corrections.get(f"{name}-number", str(read.number)),
        heading=corrections.get(f"{name}-heading", read.heading),
        clauses=corrections.get(f"{name}-clauses", "\n".join(clause.text for clause in read.clauses)),
        skip=corrections.get(f"{name}-{SKIP}", "") == "1",
        read=read,
    )


def corrected(wish: Sequence[MinutesWish], typed: Mapping[str, str]) -> dict[str, str]:
    """Of what a page sent, what belongs to these minutes, cleaned."""
    known = {f"{one.name}-{field}" for one in wish for field in ("body", "day", "starts", "ends", *_LONGEST, SKIP)}
    known |= {f"{item.name}-{field}" for one in wish for item in one.items for field in _OF_ITEM}
    return {name: clean(text) for name, text in typed.items() if name in known}


_OF_ITEM = ("number", "heading", "clauses", SKIP)


# --- checked --------------------------------------------------------------------------------------------------------


def ready(wish: Sequence[MinutesWish], bodies: Sequence[int], *, today: date) -> list[ReadyMinutes]:
    """The minutes to take in. Raises SeveralRulesBroken with all that hinders, each at its field."""
    wanted = [(place, one) for place, one in enumerate(wish) if not one.skip]
    problems = [problem for _, one in wanted for problem in _problems(one, bodies, today)]
    if not wanted:
        problems = [RuleBroken("Du har tagit bort alla protokoll. Behåll minst ett, eller ta bort filen.")]
    if problems:
        raise SeveralRulesBroken(problems)
    return [_ready(place, one) for place, one in wanted]


def _problems(wish: MinutesWish, bodies: Sequence[int], today: date) -> Iterator[RuleBroken]:
    if wish.body not in map(str, bodies):
        yield RuleBroken("Välj vilket organ protokollet är från.", field=f"{wish.name}-body")
    yield from _of_day(wish, today)
    yield from _of_times(wish)
    for field, most in _LONGEST.items():
        if len(getattr(wish, field)) > most:
            yield RuleBroken("Skriv högst %(most)s tecken.", field=f"{wish.name}-{field}", most=most)
    yield from _of_items([item for item in wish.items if not item.skip], wish.name)


def _of_day(wish: MinutesWish, today: date) -> Iterator[RuleBroken]:
    if not wish.day:
        yield RuleBroken("Skriv vilken dag sammanträdet hölls.", field=f"{wish.name}-day")
        return
    try:
        day = parse_day(wish.day)
    except RuleBroken as problem:
        yield RuleBroken(problem.message, field=f"{wish.name}-day", **problem.values)
        return
    if day > today:
        yield RuleBroken("Dagen har inte varit än. Bara hållna sammanträden tas in.", field=f"{wish.name}-day")


def _of_times(wish: MinutesWish) -> Iterator[RuleBroken]:
    read = {}
    for field in ("starts", "ends"):
        try:
            read[field] = _time(getattr(wish, field))
        except RuleBroken as problem:
            yield RuleBroken(problem.message, field=f"{wish.name}-{field}", **problem.values)
    first, last = read.get("starts"), read.get("ends")
    if first and last and last <= first:
        yield RuleBroken("Sammanträdet slutar innan det börjar.", field=f"{wish.name}-ends")
    if last and not wish.starts:
        yield RuleBroken("Skriv också när sammanträdet började.", field=f"{wish.name}-starts")


def _time(text: str) -> time | None:
    return parse_time(text) if text else None


def _of_items(items: Sequence[ItemWish], name: str) -> Iterator[RuleBroken]:
    if not items:
        yield RuleBroken("Protokollet har inga paragrafer kvar. Behåll minst en.", field=f"{name}-{SKIP}")
    counted = Counter(item.number.strip() for item in items)
    for item in items:
        number = item.number.strip()
        if not (number.isascii() and number.isdecimal() and 0 < int(number[:9]) <= LARGEST_NUMBER):
            yield RuleBroken("Skriv paragrafens nummer med siffror.", field=f"{item.name}-number")
        elif counted[number] > 1:
            yield RuleBroken("Flera paragrafer har samma nummer.", field=f"{item.name}-number")
        if not item.heading:
            yield RuleBroken("Skriv en rubrik.", field=f"{item.name}-heading")
        elif len(item.heading) > LONGEST_HEADING:
            yield RuleBroken("Skriv högst %(most)s tecken.", field=f"{item.name}-heading", most=LONGEST_HEADING)


def _ready(place: int, wish: MinutesWish) -> ReadyMinutes:
    return ReadyMinutes(
        place=place,
        name=wish.name,
        body_id=int(wish.body),
        day=parse_day(wish.day),
        starts=_time(wish.starts),
        ends=_time(wish.ends),
        where=wish.where,
        chair=wish.chair,
        secretary=wish.secretary,
        gap_reason=wish.gap_reason,
        missing=tuple(wish.missing),
        items=tuple(_ready_item(item) for item in wish.items if not item.skip),
        read=wish.read,
    )


def _ready_item(item: ItemWish) -> ReadyItem:
    lines = [" ".join(line.split()) for line in item.clauses.split("\n")]
    clauses = tuple(line for line in lines if line)
    return ReadyItem(int(item.number), " ".join(item.heading.split()), item.read.background, clauses, item.read)
