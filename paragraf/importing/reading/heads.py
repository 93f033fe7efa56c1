"""The lines that begin a §, told from those that only mention one: each by its evidence, all of them by their order.

A line with a § sign is a candidate. What speaks for it and against it is weighed (``_weigh``), and of all candidates
the chain is chosen whose weights and steps from number to number are worth the most (``_best_chain``). Nothing is
thrown away in silence: a candidate that looks like a § and is not in the chain is told (``Heads.refused``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from paragraf.importing.reading.lines import Line
from paragraf.importing.reading.phrases import Opens, opening, unmarked

_SIGN = r"(?:§{1,2}|&sect;|[Pp]aragraf(?:en)?\b|PARAGRAF\b)"
_HEAD = re.compile(
    rf"^(?:(?:[A-ZÅÄÖ]{{1,5}}|Au|Ks|Sf|Bg|Fs|Styrelsen)\s)?{_SIGN}\s?(?P<n>\d{{1,4}})"
    r"(?:\s?(?P<mark>[/:])\s?(?P<y>\d{1,4}))?(?:\s?[-–—]\s?(?P<to>\d{1,4})(?!\d))?(?P<letter>\s?[a-h](?=[\s.,]|$))?"
    r"(?P<after>\s?[.:)]?)(?=\s|$|[-–—])\s*(?:[-–—:.]\s+)?(?P<rest>.*)$"
)
_NUMBER_FIRST = re.compile(r"^(?P<n>\d{1,4})\s?§\s*[.:]?\s*(?P<rest>.*)$")
#: A scanned number with room between its digits: only where it stands alone.
_SPACED = re.compile(r"^§\s?(?P<n>\d(?: \d){1,3})$")
_MORE = re.compile(r"\(?\b(?:forts(?:ättning|\.)?|fortsatt)\b\.?\)?", re.IGNORECASE)
_MORE_FIRST = re.compile(r"^(?:forts(?:ättning|\.)?|fortsatt)\s*(?:av\s+|från\s+)?(?=§)", re.IGNORECASE)
#: How a reference to an act or an agreement goes on.
_LEGAL = re.compile(
    r"^(?:\d+\s?(?:kap|st|p)\b|kap\b|st\.?\s|stycket|första|andra|tredje|fjärde|lag(?:en)?\b|kommunallag|förvaltningslag"
    r"|offentlighets|KL\b|FL\b|OSL\b|LOU\b|TF\b|RF\b|[,;)])",
    re.IGNORECASE,
)
_REGISTER = re.compile(
    r"(?:\b(?:dnr|diarienr|diarienummer|ärendenr|ärendenummer|beteckning|diariebeteckning)\b\.?\s*:?\s*"
    r"[A-ZÅÄÖa-zåäö\-]{0,8}\s?\d[\w./:\-]*)|\bärende:?\s+[A-ZÅÄÖ]{0,5}\s?\d{1,5}[/:\-]\d{1,5}\b"
    r"|\([A-ZÅÄÖ]{1,5}\s?(?:19|20)\d\d[/:]\d{1,5}\)"
    r"|^(?:[A-ZÅÄÖ]{1,5}[ /\-]?)?(?:19|20)\d\d[/:\-]\d{1,5}$"
    r"|^[A-ZÅÄÖ]{1,5}[ /]\d{1,5}[/:]\d{2,4}$",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"(?:[.…_]\s?){3,}\s*\d{1,3}$|\t\d{1,3}$")
_YEARS = range(1900, 2100)
_BACK = 60


@dataclass(slots=True)
class Head:
    """A line that may begin a §: where it stands, its number, what follows on the line, what it is worth."""

    at: int
    number: int
    rest: str
    year: int | None = None
    #: The last number, where one head is for several §§.
    until: int | None = None
    is_alone: bool = False
    goes_on: bool = False
    weight: float = 0
    register_number: str = ""


@dataclass(frozen=True)
class Heads:
    """The §§ in order, and the candidates that were not taken though they look like §§."""

    taken: Sequence[Head]
    refused: Sequence[Head] = field(default=())


def candidate(at: int, text: str) -> Head | None:
    """The head that the line may be, by its words alone."""
    goes_on = False
    if found := _MORE_FIRST.match(text):
        text, goes_on = text[found.end() :], True
    if "§" not in text and not text[:9].lower().startswith("paragraf"):
        return None
    if spaced := _SPACED.match(text):
        return Head(at, int(spaced["n"].replace(" ", "")), "", is_alone=True)
    if found := _HEAD.match(text):
        return _from(at, found, goes_on)
    if found := _NUMBER_FIRST.match(text):
        rest, register = _without_register(found["rest"])
        return Head(at, int(found["n"]), rest, is_alone=not rest, weight=-2, register_number=register)
    return None


def _from(at: int, found: re.Match[str], goes_on: bool) -> Head:
    number, year = int(found["n"]), None
    if found["y"]:
        other = int(found["y"])
        if number in _YEARS and other not in _YEARS:
            number, year = other, number
        elif found["mark"] == "/":
            year = other if other in _YEARS else 2000 + other if other < 100 else None
    rest, register = _without_register(found["rest"].strip())
    more = _MORE.search(rest)
    if more and len(rest) - len(more.group()) < 60 and (more.start() == 0 or more.end() == len(rest)):
        rest, goes_on = _MORE.sub("", rest).strip(" .:,–-"), True
    weight = -4 if found["letter"] else 0
    # "Paragrafer 626–636" and "§§ 626–636" alone are the range on a first page, not a §.
    until = int(found["to"]) if found["to"] else None
    return Head(at, number, rest, year, until, not rest, goes_on, weight - (6 if until and not rest else 0), register)


def _without_register(rest: str) -> tuple[str, str]:
    """The heading without the register number beside it."""
    found = _REGISTER.search(rest) if rest else None
    if found is None or (found.start() > 0 and not re.search(r"[\s(]$", rest[: found.start()])):
        return rest, ""
    return " ".join(f"{rest[: found.start()]} {rest[found.end() :]}".split()).strip(" ,;()–-\t"), found.group()


def register_number(text: str) -> str:
    """The register number that the line is, if it is nothing else."""
    rest, found = _without_register(text)
    return found if found and not rest else ""


def find_heads(lines: Sequence[Line], fronts: Sequence[int], told: Sequence[range] = ()) -> Heads:
    """The §§ in the lines. ``fronts``: places where minutes begin; ``told``: the ranges that first pages tell."""
    found = [one for place, line in enumerate(lines) if (one := candidate(place, line.text)) is not None]
    _weigh_all(found, lines, told)
    chain = _best_chain(found, fronts)
    chosen = {id(one) for one in chain}
    taken = [one for one in chain if not one.goes_on]
    return Heads(taken, [one for one in found if id(one) not in chosen and _looks_like_one(one)])


def _looks_like_one(head: Head) -> bool:
    return head.weight >= 3 and not head.goes_on


def _weigh_all(heads: Sequence[Head], lines: Sequence[Line], told: Sequence[range]) -> None:
    decided = [
        place
        for place, line in enumerate(lines)
        if (each := opening(unmarked(line.text)[0])) is not None and each.what is Opens.DECISION
    ]
    last_of = {head.number: place for place, head in enumerate(heads)}
    for place, head in enumerate(heads):
        until = heads[place + 1].at if place + 1 < len(heads) else len(lines)
        decides = bisect_right(decided, until - 1) > bisect_right(decided, head.at - 1)
        head.weight += _weigh(head, lines[head.at], lines[head.at - 1] if head.at else None)
        head.weight += 2 * decides
        listed = until == head.at + 1 and place + 1 < len(heads) and last_of[head.number] > place and not decides
        head.weight -= 7 * bool(listed)
        if head.is_alone and until > head.at + 1:
            head.weight += 2 * _may_be_headed(lines[head.at], lines[head.at + 1])
        # The first page may be wrong about its range, but not about what is only mentioned.
        if told:
            head.weight += 2 if any(head.number in each for each in told) else -3 * (not head.is_alone)


def _may_be_headed(line: Line, after: Line) -> bool:
    """Whether a number alone on its line has a heading under it."""
    return line.gap and (after.stands_out or bool(after.lead) or (after.text[:1].isupper() and len(after.text) < 90))


def _weigh(head: Head, line: Line, before: Line | None) -> float:
    """What a line is worth as the beginning of a §, by itself and by the line above it."""
    weight = 5.0 if head.is_alone else _weigh_rest(head.rest, line)
    marked = line.stands_out or candidate(0, line.lead) is not None
    weight += 3 * marked
    weight += 1 if before is None or line.gap or line.crossed or line.in_table else 0
    if before is not None and not line.gap and before.wraps and before.text[-1:] not in ".:!?":
        weight -= 7
    if (
        before is not None
        and not marked
        and before.text.casefold().endswith((" enligt", " se", " i", " av", " jfr", ","))
    ):
        weight -= 5
    return weight


def _weigh_rest(rest: str, line: Line) -> float:
    first = rest.lstrip("”\"'(*_")[:1]
    weight = 3.0 if first.isupper() or first.isdigit() else -1.0 if line.stands_out else -5.0
    if _LEGAL.match(rest):
        weight -= 6
    if _CONTENTS.search(line.text):
        weight -= 8
    return weight - (len(rest) > 160)


# --- the chain ------------------------------------------------------------------------------------------------------


def _best_chain(heads: Sequence[Head], fronts: Sequence[int]) -> list[Head]:
    """The candidates that together are worth the most, in order."""
    worth: list[float] = []
    came_from: list[int | None] = []
    for place, head in enumerate(heads):
        best, origin = 0.0, None
        for earlier in range(max(0, place - _BACK), place):
            value = worth[earlier] + _step(heads[earlier], head, fronts)
            if value > best:
                best, origin = value, earlier
        worth.append(best + head.weight)
        came_from.append(origin)
    chain: list[Head] = []
    at = max(range(len(heads)), key=worth.__getitem__) if heads else None
    if at is not None and worth[at] <= 0:
        return []
    while at is not None:
        chain.append(heads[at])
        at = came_from[at]
    return chain[::-1]


def _step(head: Head, after: Head, fronts: Sequence[int]) -> float:
    """What it is worth that one § follows another."""
    step = after.number - (head.until or head.number)
    anew = bisect_right(fronts, after.at) > bisect_right(fronts, head.at)
    if step == 1:
        return 2
    if anew:
        return 0.5 if step > 0 or after.number == 1 else -0.5
    if step == 0:
        return 0 if after.goes_on else -1
    if step > 1:
        return -min(1 + 0.2 * step, 4)
    return -1 if after.number == 1 else -4
