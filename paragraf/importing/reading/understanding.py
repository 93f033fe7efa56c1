"""From bytes to what was understood: lines, then where minutes and their §§ begin and end, then each § by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from paragraf.core.errors import N_, RuleBroken
from paragraf.core.written_amounts import amounts_in
from paragraf.importing.reading import boundaries, doubting
from paragraf.importing.reading.boundaries import End
from paragraf.importing.reading.decisions import decisions
from paragraf.importing.reading.files import read_source
from paragraf.importing.reading.front import Front, days_in, range_on, read_front
from paragraf.importing.reading.furniture import without_furniture
from paragraf.importing.reading.heads import Head, candidate, find_heads, register_number
from paragraf.importing.reading.joining import glue, whole_lines
from paragraf.importing.reading.lines import Line, Source, one_line, shortened
from paragraf.importing.reading.minutes import ReadDoubt, ReadItem, ReadMinutes, Understood, Unplaced
from paragraf.importing.reading.phrases import is_att, opening

_LONGEST_HEADING, _LONG_LINE = 300, 160
#: So few lines above the first § are its first page, also where none of them says so.
_SHORT_FRONT = 25
_SEE = re.compile(r"[\s.,(–-]*\b((?:se|jfr)\s+bilag(?:a|an|or|orna)\b[\s\d,och&–-]*)[.)\s]*$", re.IGNORECASE)
_EARLIER = N_("text före protokollets första paragraf")


def read_minutes(content: bytes, filename: str = "") -> Understood:
    """What the file was understood to be. ``filename`` may tell the meeting's day, which is then told as a doubt.

    Raises RuleBroken for a file that cannot be read, and for one that holds no decided §§.
    """
    return understand(read_source(content), filename)


def understand(source: Source, filename: str = "") -> Understood:
    """As ``read_minutes``, from lines."""
    lines = without_furniture(source.lines)
    maybe = [place for place, line in enumerate(lines) if candidate(place, line.text) is not None]
    told = [found for line in lines if (found := range_on(line)) is not None]
    starts = boundaries.fronts(lines, [place for place in maybe if range_on(lines[place]) is None])
    heads = find_heads(lines, starts, told)
    if not heads.taken:
        raise _nothing_found(lines)
    parts = _parts(lines, heads.taken, starts)
    minutes, unplaced = [], []
    for part in parts:
        if boundaries.proposes_only(lines[part.heads[0].at : part.until]):
            unplaced.append(_unplaced(lines[part.start : part.until], boundaries.PAPER))
            continue
        one, left = _minutes(lines, part, source, filename)
        minutes.append(one)
        unplaced += left
    if not minutes:
        raise _nothing_decided()
    before = lines[: parts[0].start]
    unplaced = [*([_unplaced(before, _EARLIER)] if before else []), *unplaced]
    doubts = [*source.doubts, *doubting.about_refused(heads.refused, lines, minutes)]
    return Understood(tuple(minutes), tuple(unplaced), tuple(doubts), source.lines[-1].number, source.pages)


def _nothing_found(lines: Sequence[Line]) -> RuleBroken:
    if boundaries.is_notice(lines) or boundaries.proposes_only(lines):
        return _nothing_decided()
    return RuleBroken(
        "Filen har inga paragrafer som går att känna igen. Varje paragraf ska börja på en egen rad med §-tecken och "
        "nummer, till exempel § 12.",
        field="file",
    )


def _nothing_decided() -> RuleBroken:
    return RuleBroken(
        "Filen är en kallelse eller dagordning och inget protokoll: den har bara förslag till beslut, inga beslutade "
        "paragrafer.",
        field="file",
    )


# --- minutes by minutes ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Part:
    """Minutes by places of lines: their first page and their §§."""

    start: int
    heads: Sequence[Head]
    until: int


def _parts(lines: Sequence[Line], heads: Sequence[Head], starts: Sequence[int]) -> list[_Part]:
    groups: list[list[Head]] = []
    for place, head in enumerate(heads):
        before = heads[place - 1] if place else None
        if before is None or _begins_anew(lines, head, before, starts):
            groups.append([])
        groups[-1].append(head)
    beginnings = [
        _start(lines, group[0], groups[place - 1][-1].at if place else -1, starts) for place, group in enumerate(groups)
    ]
    ends = [*beginnings[1:], len(lines)]
    return [_Part(*each) for each in zip(beginnings, groups, ends, strict=True)]


def _begins_anew(lines: Sequence[Line], head: Head, before: Head, starts: Sequence[int]) -> bool:
    """Whether other minutes begin between two §§: a first page, or numbers from 1 again; a wrong number is no sign."""
    if any(before.at < start < head.at for start in starts):
        return True
    if head.number >= before.number:
        return False
    return head.number == 1 or boundaries.title_above(lines, head.at, before.at) is not None


def _start(lines: Sequence[Line], head: Head, before: int, starts: Sequence[int]) -> int:
    """Where the minutes of the head begin: at the first page between it and the § before, at a title, or at itself."""
    found = next((start for start in starts if before < start < head.at), None)
    if found is None:
        found = boundaries.title_above(lines, head.at, before)
    if found is None:
        return 0 if before < 0 and head.at <= _SHORT_FRONT else head.at
    return found


def _minutes(lines: Sequence[Line], part: _Part, source: Source, filename: str) -> tuple[ReadMinutes, list[Unplaced]]:
    items: list[ReadItem] = []
    doubts: list[ReadDoubt] = []
    unplaced: list[Unplaced] = []
    endings: list[Line] = []
    for place, head in enumerate(part.heads):
        is_last = place + 1 == len(part.heads)
        until = part.until if is_last else part.heads[place + 1].at
        end = boundaries.end_of(lines, head.at + 1, until, is_last=is_last)
        item, about = _item(head, lines[head.at : end.at if end else until], is_last=is_last)
        doubts += [ReadDoubt(each, place) for each in about]
        items.append(item)
        if end is not None:
            endings += lines[end.at : until] if end.why == boundaries.SIGNATURES else ()
            unplaced += _after(lines, end, until)
    front = _front(
        lines[part.start : part.heads[0].at], endings, source, first=not part.start or len(source.margins) > 0
    )
    front, by_name = doubting.with_day_of_name(front, filename)
    read = ReadMinutes(front, tuple(items), ())
    doubts = [*by_name, *doubting.about_front(read), *doubting.about_numbers(read, part.heads), *doubts]
    return replace(read, doubts=tuple(doubts)), unplaced


def _front(lines: Sequence[Line], endings: Sequence[Line], source: Source, *, first: bool) -> Front:
    """The first page, and what the signatures at the end tell of persons and of the verification."""
    front = read_front(lines, source.margins if first else ())
    last = read_front(endings)
    known = {one.name for one in front.persons if one.role}
    return replace(
        front,
        persons=(*front.persons, *(one for one in last.persons if one.name not in known)),
        verified_on=front.verified_on or last.verified_on,
    )


def _after(lines: Sequence[Line], end: End, until: int) -> list[Unplaced]:
    return [_unplaced(lines[end.at : until], end.why)]


def _unplaced(lines: Sequence[Line], why: str) -> Unplaced:
    return Unplaced(lines[0].number, lines[-1].number, why, shortened(lines[0].text, 80))


# --- § by § ---------------------------------------------------------------------------------------------------------


def _item(head: Head, lines: Sequence[Line], *, is_last: bool) -> tuple[ReadItem, list[RuleBroken]]:
    register = head.register_number
    heading, body = _heading(head, lines)
    while body and (found := register_number(body[0].text)):
        register, body = register or found, body[1:]
    whole = whole_lines(body)
    told = decisions(whole)
    text = "\n\n".join(line.text for line in whole)
    item = ReadItem(
        number=head.number,
        heading=heading,
        text=text,
        background="\n\n".join(told.others),
        clauses=told.clauses,
        line=lines[0].number,
        page=lines[0].page,
        year=head.year,
        register_number=register,
        amounts=tuple(amount for line in whole for amount in amounts_in(line.text)),
        days=tuple(dict.fromkeys(day for line in whole for day in days_in(line.text))),
    )
    return item, [*told.doubts, *doubting.about_item(item, head, whole, is_last=is_last)]


def _heading(head: Head, lines: Sequence[Line]) -> tuple[str, list[Line]]:
    """The heading, and the lines that are left; what the heading's line goes on with is left too."""
    body = list(lines[1:])
    if head.rest:
        own = replace(lines[0], text=head.rest, lead=_lead_of(lines[0], head.rest))
        return _from_line(own, body)
    while body and register_number(body[0].text):
        # The register number stands between the number and the heading: it comes back in its place.
        return _after_register(body)
    if not body or not _may_be_heading(body[0]):
        return "", body
    return _from_line(body[0], body[1:])


def _after_register(body: list[Line]) -> tuple[str, list[Line]]:
    if len(body) < 2 or not _may_be_heading(body[1]):
        return "", body
    heading, rest = _from_line(body[1], body[2:])
    return heading, [body[0], *rest]


def _lead_of(line: Line, rest: str) -> str:
    """The bold words of the heading where the number stands before them on the same line."""
    lead = line.lead
    at = lead.find(rest[:3]) if lead and rest else -1
    return lead[at:].strip() if at > 0 and rest.startswith(lead[at:].strip()) else ""


def _may_be_heading(line: Line) -> bool:
    told = opening(line.text)
    if (
        is_att(line.text)
        or (told is not None and told.label)
        or (told is not None and told.rest == "" and not told.before and told.phrase.endswith(("beslutar", ":")))
    ):
        return False
    return line.stands_out or bool(line.lead) or len(line.text) <= _LONG_LINE


def _from_line(line: Line, body: list[Line]) -> tuple[str, list[Line]]:
    heading, rest = line.text, ""
    if line.lead and heading.startswith(line.lead) and len(line.lead) > 3:
        heading, rest = line.lead, heading[len(line.lead) :].strip(" .:–-")
    elif (told := opening(heading)) is not None and told.before and told.phrase:
        rest, heading = heading[len(told.before) :].strip(), told.before
    else:
        heading, body = _with_next(line, heading, body)
    if see := _SEE.search(heading):
        heading, rest = heading[: see.start()], f"{see[1].strip()}. {rest}".strip()
    if rest:
        body = [replace(line, text=rest, bold=False, heading=0, lead="", gap=True, wraps=False), *body]
    return one_line(heading).rstrip(" .:")[:_LONGEST_HEADING], body


def _with_next(line: Line, heading: str, body: list[Line]) -> tuple[str, list[Line]]:
    """A heading may run over several lines: those that look as it does, or go on with it, without room between."""
    while body and not body[0].gap and not body[0].crossed and len(heading) < 200:
        after = body[0]
        alike = line.stands_out and after.bold == line.bold and after.heading == line.heading
        runs_on = line.wraps or after.text[:1].islower()
        if not (alike or runs_on) or is_att(after.text) or opening(after.text) is not None or after.in_table:
            break
        if not alike and line.text[-1:] in ".:!?":
            break
        heading, line, body = glue(heading, after.text), after, body[1:]
    return heading, body
