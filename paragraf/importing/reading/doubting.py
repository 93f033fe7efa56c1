"""What is doubtful about minutes as read, in words that tell where to look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from paragraf.core.errors import RuleBroken
from paragraf.importing.reading.front import Front, days_in
from paragraf.importing.reading.heads import Head
from paragraf.importing.reading.lines import Line, shortened
from paragraf.importing.reading.minutes import ReadDoubt, ReadItem, ReadMinutes

#: So much text after the last decision of the last § may be a paper of another kind.
_MUCH = 3_000
_SHORT_DAY = re.compile(r"(?<!\d)(\d\d)(\d\d)(\d\d)(?!\d)")
_LONG_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_. ]?(\d\d)[-_. ]?(\d\d)(?!\d)")


def with_day_of_name(front: Front, filename: str) -> tuple[Front, list[ReadDoubt]]:
    """The day by the file's name, where the first page tells none; that is told."""
    if front.day is not None or not filename:
        return front, []
    for pattern in (_LONG_DAY, _SHORT_DAY):
        for found in pattern.finditer(filename):
            year = found[1] if len(found[1]) == 4 else f"20{found[1]}"
            if days := days_in(f"{year}-{found[2]}-{found[3]}"):
                told = RuleBroken("Dagen %(day)s är läst ur filens namn. Se efter att den stämmer.", day=days[0])
                return replace(front, day=days[0]), [ReadDoubt(told)]
    return front, []


def about_front(minutes: ReadMinutes) -> list[ReadDoubt]:
    """What the first page does not tell, or tells otherwise than the §§."""
    front, doubts = minutes.front, []
    if front.day is None:
        several = [f"{day:%Y-%m-%d}" for day in front.days]
        told = (
            RuleBroken("Vilken dag hölls sammanträdet? Protokollet nämner %(days)s.", days=", ".join(several))
            if several
            else RuleBroken("Sammanträdets dag hittades inte. Skriv den.")
        )
        doubts.append(ReadDoubt(told, hinders=True))
    if front.starts is None:
        doubts.append(
            ReadDoubt(RuleBroken("Klockslag hittades inte. Hela dagen antecknas om du inte skriver något annat."))
        )
    if front.numbers and minutes.numbers:
        first, last = front.numbers[0], front.numbers[-1]
        if (first, last) != (minutes.numbers[0], minutes.numbers[-1]):
            doubts.append(
                ReadDoubt(
                    RuleBroken(
                        "Rad %(line)s: första sidan säger § %(first)s–%(last)s, men paragraferna som hittades är "
                        "§ %(found_first)s–%(found_last)s.",
                        line=front.numbers_line,
                        first=first,
                        last=last,
                        found_first=minutes.numbers[0],
                        found_last=minutes.numbers[-1],
                    )
                )
            )
    return doubts


def about_numbers(minutes: ReadMinutes, heads: Sequence[Head]) -> list[ReadDoubt]:
    """Numbers that are missing, come twice, or come in another order."""
    doubts = [ReadDoubt(each) for each in _missing(minutes.missing)]
    counted = Counter(minutes.numbers)
    seen: set[int] = set()
    for place, (item, head) in enumerate(zip(minutes.items, heads, strict=True)):
        if counted[item.number] > 1 and item.number in seen:
            told = RuleBroken("Rad %(line)s: § %(number)s står två gånger.", line=item.line, number=item.number)
            doubts.append(ReadDoubt(told, place, hinders=True))
        elif place and item.number < minutes.items[place - 1].number:
            told = RuleBroken("Rad %(line)s: § %(number)s kommer i fel ordning.", line=item.line, number=item.number)
            doubts.append(ReadDoubt(told, place))
        seen.add(item.number)
        if head.until and head.until != head.number:
            told = RuleBroken(
                "Rad %(line)s: rubriken gäller § %(first)s–%(last)s. Texten delades inte.",
                line=item.line,
                first=head.number,
                last=head.until,
            )
            doubts.append(ReadDoubt(told, place))
    return doubts


def _missing(numbers: Sequence[int]) -> list[RuleBroken]:
    """Each number that is missing; several in a row together."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [
        RuleBroken("§ %(number)s saknas.", number=run[0])
        if len(run) == 1
        else RuleBroken("§ %(first)s–%(last)s saknas.", first=run[0], last=run[-1])
        for run in runs
    ]


def about_item(item: ReadItem, head: Head, lines: Sequence[Line], *, is_last: bool) -> list[RuleBroken]:
    """What is doubtful about one §."""
    doubts = []
    if not item.heading:
        doubts.append(RuleBroken("Rad %(line)s: § %(number)s har ingen rubrik.", line=item.line, number=item.number))
    if head.weight < 4:
        doubts.append(RuleBroken("Rad %(line)s: är det här en paragraf, eller nämns den bara?", line=item.line))
    if is_last and item.clauses:
        after = [line for line in lines if line.number > item.clauses[-1].line]
        if sum(len(line.text) for line in after) > _MUCH:
            doubts.append(
                RuleBroken(
                    "Rad %(first)s–%(last)s: mycket text följer efter det sista beslutet. Hör den till § %(number)s?",
                    first=after[0].number,
                    last=after[-1].number,
                    number=item.number,
                )
            )
    return doubts


def about_refused(heads: Iterable[Head], lines: Sequence[Line], minutes: Sequence[ReadMinutes]) -> list[RuleBroken]:
    """Lines that look like a § and were not taken for one."""
    taken = {(item.line, item.number) for one in minutes for item in one.items}
    return [
        RuleBroken(
            "Rad %(line)s: ”%(text)s” togs inte som en paragraf, för numret passar inte in.",
            line=lines[head.at].number,
            text=shortened(lines[head.at].text),
        )
        for head in heads
        if (lines[head.at].number, head.number) not in taken
    ]
