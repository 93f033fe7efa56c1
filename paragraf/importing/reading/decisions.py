"""The decisions of a §: which of its lines decide, and each att-clause by itself.

What was only proposed decides nothing, nor does what the text tells of earlier decisions, where the § has decisions
printed as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from paragraf.core.errors import RuleBroken
from paragraf.importing.reading.lines import Line, shortened
from paragraf.importing.reading.phrases import VERBS, Opening, Opens, is_att, opening, unmarked

#: In a sentence that runs on, where the next clause begins.
_NEXT = re.compile(
    rf"(?:,\s*(?:samt|och)?|\s+samt|\s+och)\s+(?=att\s+(?:inte\s+)?{VERBS}\b)"
    r"|(?<!förutsättning)(?<!villkor)(?<!motivering)(?<!innebär)(?<!anser),\s*(?=att\s)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[\s,;]*(?:,|\s)(?:samt|och)$|[\s,;]+$", re.IGNORECASE)
#: A sentence that decides without att, under a heading that says so.
_DECIDING = re.compile(
    r"\b(?:godkänn(?:s|er|des|de)|lägg(?:s|er)|lades|utse[sr]?|utsågs|utsåg|välj(?:s|er)|valdes|bevilja(?:s|r|des|de)|avslå(?:s|r)"
    r"|avslogs|anta(?:s|r)|antogs|fastställ(?:s|er|des|de)|bordlägg(?:s|er)|bordlades|återremittera(?:s|r|des)|uppdra(?:s|r|gs)"
    r"|notera(?:s|r|des)|tillstyrk(?:s|er|tes)|delegera(?:s|r|des)|ställs in|flyttas)\b",
    re.IGNORECASE,
)
_NAMES_NOBODY = re.compile(r"^att\s+(?:utse|välja)[\s._…]*$", re.IGNORECASE)
_BARE = re.compile(r"^att[\s:._…]*$", re.IGNORECASE)


@dataclass(frozen=True)
class ReadClause:
    """A decision as printed, without bullet; the line it begins on; the heading of its own within the §."""

    text: str
    line: int
    matter: str = ""


@dataclass(frozen=True)
class Decided:
    """The decisions of a §, what else it says, and what is doubtful about it."""

    clauses: tuple[ReadClause, ...]
    #: The lines without those that hold phrases and clauses.
    others: tuple[str, ...]
    doubts: tuple[RuleBroken, ...]


def decisions(lines: Sequence[Line]) -> Decided:
    """What the lines of a § (paragraphs whole, heading left out) decide."""
    parts = list(_parted(lines))
    openings = [opening(unmarked(line.text)[0] if not is_att(line.text) else "") for line in parts]
    if not any(each and each.what is Opens.DECISION for each in openings):
        openings = [
            replace(each, what=Opens.DECISION) if each and each.what is Opens.TOLD else each for each in openings
        ]
    walk = _Walk()
    for place, (line, each) in enumerate(zip(parts, openings, strict=True)):
        walk.step(line, each, parts[place + 1] if place + 1 < len(parts) else None)
    return Decided(tuple(walk.clauses), tuple(walk.others), tuple(walk.all_doubts()))


def _parted(lines: Iterable[Line]) -> Iterable[Line]:
    """Lines that begin with a heading of their own in bold and go on with a decision, as two."""
    for line in lines:
        rest = line.text[len(line.lead) :].strip() if line.lead and line.text.startswith(line.lead) else ""
        told = opening(rest.lstrip(" :.–-")) if rest else None
        if rest and told and told.what is Opens.DECISION and not told.before and not opening(line.lead):
            yield replace(line, text=line.lead, bold=True, lead="")
            yield replace(line, text=rest.lstrip(" :.–-"), lead="", gap=False)
        elif (
            line.stands_out
            and not rest
            and (told := opening(line.text))
            and told.before
            and told.what is Opens.DECISION
        ):
            yield replace(line, text=told.before)
            yield replace(line, text=line.text[len(told.before) :].strip(), bold=False, gap=False)
        else:
            yield line


class _Walk:
    """Goes through a §, knowing whether the line before was part of a decision or of a proposal."""

    def __init__(self) -> None:
        self.clauses: list[ReadClause] = []
        self.others: list[str] = []
        self._doubts: list[RuleBroken] = []
        self._zone: Opening | None = None
        self._in_zone = 0
        self._plain = False
        self._matter = ""
        self._blank: int | None = None
        self._proposals = 0

    def step(self, line: Line, found: Opening | None, after: Line | None) -> None:
        """Take the next line."""
        if found is not None and not (found.what is Opens.PROPOSAL and self._decides_to_propose()):
            self._open(line, found, after)
        elif self._zone is not None and self._zone.what is Opens.DECISION:
            self._within(line)
        elif self._zone is not None and self._zone.what is Opens.PROPOSAL and is_att(line.text):
            self._proposals += 1
            self.others.append(line.text)
        else:
            self._close(line)

    def all_doubts(self) -> list[RuleBroken]:
        """What is doubtful about the § as a whole too."""
        if self._blank is not None:
            self._doubt_blank(self._blank)
        if self._proposals and not self.clauses:
            self._doubts.append(RuleBroken("Här finns bara ett förslag till beslut. Det räknas inte som beslut."))
        return self._doubts

    def _decides_to_propose(self) -> bool:
        """``Beslut: Utskottet föreslår styrelsen besluta`` is a decision."""
        return self._zone is not None and self._zone.label and not self._in_zone

    def _open(self, line: Line, found: Opening, after: Line | None) -> None:
        if found.what is Opens.TOLD:
            self._close(line)
            return
        if found.what is Opens.DECISION and not found.label and self._zone and self._zone.label and not self._in_zone:
            # "Beslut" and then "Styrelsen beslutar att …": one decision, and the label stays open.
            found = replace(found, label=True)
        self._zone, self._in_zone, self._plain = found, 0, False
        if found.what is not Opens.DECISION:
            self.others.append(line.text)
            return
        if found.before:
            self.others.append(found.before)
        if found.rest:
            self._inline(line, found, after)

    def _inline(self, line: Line, found: Opening, after: Line | None) -> None:
        """What stands on the same line as the phrase."""
        told = opening(found.rest) if found.label else None
        if told and told.what in (Opens.DECISION, Opens.TOLD) and told.rest and not told.before:
            self._inline(line, replace(told, label=True), after)
            return
        if is_att(found.rest):
            is_list = after is not None and is_att(after.text)
            for clause in [found.rest] if is_list else _NEXT.split(_first_sentence(found.rest)):
                self._add(clause, line)
            if not is_list and (rest := found.rest[len(_first_sentence(found.rest)) :].strip()):
                self.others.append(rest)
                self._zone = None
            return
        self._plain = True
        self._add(found.rest, line)

    def _within(self, line: Line) -> None:
        text, marked = unmarked(line.text)
        if self._blank is not None and not is_att(text) and text[:1].islower():
            self._add(f"att {text}", line)
        elif is_att(text) and not self._plain:
            self._att(text, line)
        elif self._in_zone == 0 and not line.stands_out:
            self._plain = True
            self._add(text, line)
        elif self._plain and not line.stands_out and (marked or is_att(text) or _DECIDING.search(text)):
            self._add(text, line)
        elif self._in_zone and self._continues(text, marked):
            last = self.clauses[-1]
            self.clauses[-1] = replace(last, text=f"{last.text} {'– ' if marked else ''}{text}")
        else:
            self._close(line)

    def _continues(self, text: str, marked: bool) -> bool:
        before = self.clauses[-1].text
        return (marked and (before.endswith(":") or " – " in before)) or (
            text[:1].islower() and before[-1] not in ".:!?"
        )

    def _att(self, text: str, line: Line) -> None:
        self._in_zone += 1
        if self._blank is not None:
            self._doubt_blank(self._blank)
        if _BARE.match(text):
            self._blank = line.number
        else:
            self._add(text, line)

    def _add(self, text: str, line: Line) -> None:
        clause = _TAIL.sub("", " ".join(unmarked(text)[0].split()))
        self._blank = None
        self._in_zone += 1
        if not clause or _BARE.match(clause):
            self._doubt_blank(line.number)
            return
        if _NAMES_NOBODY.match(clause):
            self._doubts.append(RuleBroken("Rad %(line)s: att-satsen nämner ingen.", line=line.number))
        self.clauses.append(ReadClause(clause, line.number, self._matter))

    def _doubt_blank(self, number: int) -> None:
        self._blank = None
        self._doubts.append(RuleBroken("Rad %(line)s: att-satsen är tom.", line=number))

    def _close(self, line: Line) -> None:
        self._zone, self._in_zone, self._plain = None, 0, False
        self.others.append(line.text)
        if line.stands_out or line.lead:
            self._matter = shortened(line.lead or line.text, 200)


def _first_sentence(text: str) -> str:
    """The sentence that decides, where others follow it on the same line."""
    found = re.search(r"(?<=[a-zåäö0-9)”\"]{2})\.\s+(?=[A-ZÅÄÖ])", text)
    return text[: found.start() + 1] if found else text
