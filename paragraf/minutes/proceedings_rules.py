"""What holds for motions, votes, reservations and notes. Pure.

Sources: kommunallagen (KL) 4:24–27, 5:53–56 and 5:67, by way of 6:33 and lag (2003:1210) 19 §. One member has one vote
and may abstain; the chair must vote where it decides (4:24–25). The majority of the votes decides; where they are even
the chair's casting vote does, in elections and employments lots (5:55–56). A decision to table a matter or to remit it
back needs no more than that (6:33). Only who took part in a decision may reserve, before the meeting is closed (4:27).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from paragraf.core.dates import local
from paragraf.core.errors import N_, RuleBroken
from paragraf.core.written_dates import parse_time
from paragraf.minutes.clauses import Clause
from paragraf.minutes.models import Verb
from paragraf.minutes.proceedings import Choice, Motion, MotionKind, Proceedings, Reservation, Vote, VoteMethod
from paragraf.minutes.voting import OPEN_METHODS, count_of, is_told, settled_by_lot, winner

#: A problem, and whether it hinders that the numbers are fixed.
Problem = tuple[RuleBroken, bool]


class Words(Protocol):
    """What a § says; ``rules.ItemWords`` has it."""

    @property
    def clauses(self) -> tuple[Clause, ...]: ...
    @property
    def proceedings(self) -> Proceedings: ...


class Deciding(Protocol):
    """Somebody who takes part in a decision."""

    @property
    def person_id(self) -> int: ...
    @property
    def name(self) -> str: ...


class TakingPart(Protocol):
    """Who decided the §; ``participation.Participation`` has it."""

    @property
    def deciding(self) -> Sequence[Deciding]: ...
    @property
    def unsure_ids(self) -> frozenset[int]: ...
    def may_have_taken_part(self, person_id: int) -> bool: ...


# --- findings ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Around:
    """What decides whether the proceedings of a § hold."""

    words: Words
    participation: TakingPart
    chair_id: int
    closed_at: datetime | None
    opened_at: datetime | None
    names: Mapping[int, str]

    @property
    def told(self) -> Proceedings:
        return self.words.proceedings

    def name(self, person_id: int) -> str:
        """The person by name, also one who did not take part."""
        known = {one.person_id: one.name for one in self.participation.deciding}
        return known.get(person_id) or self.names.get(person_id) or N_("Någon som inte är antecknad")

    def took_part(self, person_id: int) -> bool:
        # Of whom the clock does not tell is asked about elsewhere.
        return self.participation.may_have_taken_part(person_id)


def proceedings_findings(
    one: Words,
    participation: TakingPart,
    chair_id: int,
    closed_at: datetime | None,
    *,
    opened_at: datetime | None = None,
    names: Mapping[int, str] | None = None,
) -> list[Problem]:
    """What is wrong around a decision, and whether it hinders that the numbers are fixed.

    ``chair_id``: who led the §; ``closed_at``: when the meeting was closed, if it is noted; ``names``: of persons who
    did not take part, for the messages.
    """
    around = Around(one, participation, chair_id, closed_at, opened_at, names or {})
    checks: tuple[Callable[[Around], Iterable[Problem]], ...] = (
        _motions,
        _propositions,
        _votes,
        _reservations,
        _notes,
    )
    return [problem for check in checks for problem in check(around)]


def _motions(around: Around) -> Iterator[Problem]:
    for motion in around.told.motions:
        if not motion.by:
            yield RuleBroken("Skriv vem som yrkar.", field="motions"), True
        if not motion.text and motion.kind in (MotionKind.AMEND, MotionKind.OTHER):
            yield RuleBroken("Skriv vad som yrkas.", field="motions"), True
        for person_id in motion.by:
            if not around.took_part(person_id):
                told = N_("%(name)s deltar inte i beslutet och kan inte yrka. Ändra yrkandet eller närvaron.")
                yield RuleBroken(told, field="motions", name=around.name(person_id)), True


def standing(told: Proceedings) -> tuple[Motion, ...]:
    """The motions that were not withdrawn: those the minutes hold (KL 5:67)."""
    return tuple(one for one in told.motions if not one.withdrawn)


def _propositions(around: Around) -> Iterator[Problem]:
    told = around.told
    against = {(one.kind, one.text) for one in standing(told)}
    if len(against) > 1 and not told.propositions:
        missing = N_("Det finns flera yrkanden. Skriv i vilken ordning ordföranden ställde proposition (KL 5:67).")
        yield RuleBroken(missing, field="propositions"), False
    if told.votes and not told.propositions:
        missing = N_("Det har röstats. Skriv propositionsordningen före omröstningen (KL 5:67).")
        yield RuleBroken(missing, field="propositions"), False


def _votes(around: Around) -> Iterator[Problem]:
    for vote in around.told.votes:
        if not is_told(vote):
            yield RuleBroken("Omröstningen saknar röster. Fyll i dem eller ta bort omröstningen.", field="votes"), True
            continue
        yield from _voters(around, vote)
        yield from _adds_up(around, vote)
        yield from _even(around, vote)
        yield from _allowed(vote)
        yield from _against_clauses(around, vote)


def _voters(around: Around, vote: Vote) -> Iterator[Problem]:
    for person_id, _choice in vote.ballots if vote.method in OPEN_METHODS else ():
        if not around.took_part(person_id):
            told = N_("%(name)s har en röst men deltar inte i beslutet. Ta bort rösten eller ändra närvaron.")
            yield RuleBroken(told, field="votes", name=around.name(person_id)), True


def _adds_up(around: Around, vote: Vote) -> Iterator[Problem]:
    if vote.method is VoteMethod.LOTS:
        return
    try:
        count = count_of(vote)
    except RuleBroken as problem:
        yield RuleBroken(problem.message, field="votes", **problem.values), True
        return
    there = len(around.participation.deciding)
    most = there + len(around.participation.unsure_ids)
    values = {"votes": count.all, "there": there, "difference": abs(there - count.all)}
    if count.all < there:
        told = N_("Rösterna är %(votes)s men %(there)s deltar i beslutet: %(difference)s saknas. %(names)s")
        yield RuleBroken(told, field="votes", names=_missing(around, vote), **values), True
    if count.all > most:
        told = N_("Rösterna är %(votes)s men bara %(there)s deltar i beslutet: %(difference)s för många.")
        yield RuleBroken(told, field="votes", **values), True


def _missing(around: Around, vote: Vote) -> str:
    """Of whom there is no vote, where it is known who voted."""
    if vote.method is VoteMethod.SECRET:
        return ""
    voted = {person_id for person_id, _choice in vote.ballots}
    return ", ".join(one.name for one in around.participation.deciding if one.person_id not in voted)


def _even(around: Around, vote: Vote) -> Iterator[Problem]:
    if vote.method is VoteMethod.LOTS:
        if vote.casting is None:
            yield RuleBroken("Skriv på vilken sida lotten föll.", field="votes"), True
        return
    try:
        count = count_of(vote)
    except RuleBroken:
        return
    if not count.is_even:
        if vote.casting is not None:
            told = N_("Röstetalet är inte lika, så varken utslagsröst eller lott avgör. Ta bort valet.")
            yield RuleBroken(told, field="votes"), True
    elif settled_by_lot(vote):
        if vote.casting is None:
            told = N_("Röstetalet är lika i ett val. Skriv på vilken sida lotten föll (KL 5:56).")
            yield RuleBroken(told, field="votes"), True
    else:
        yield from _casting(around, vote)


def _casting(around: Around, vote: Vote) -> Iterator[Problem]:
    """The votes are even and the chair's vote decides, which the chair may not keep (KL 4:25)."""
    if vote.casting is None:
        told = N_("Röstetalet är lika. Skriv på vilken sida ordförandens utslagsröst föll (KL 5:56).")
        yield RuleBroken(told, field="votes"), True
    own = dict(vote.ballots).get(around.chair_id)
    if vote.method in OPEN_METHODS and own is Choice.ABSTAIN:
        told = N_("Ordföranden ska rösta när det behövs för att avgöra ärendet (KL 4:25), men har avstått.")
        yield RuleBroken(told, field="votes"), True
    elif vote.method in OPEN_METHODS and own is not None and vote.casting is not None and own is not vote.casting:
        told = N_("Ordförandens utslagsröst föll på en annan sida än ordförandens egen röst. Stämmer det?")
        yield RuleBroken(told, field="votes"), False


def _allowed(vote: Vote) -> Iterator[Problem]:
    if vote.method is VoteMethod.SECRET and not vote.is_election:
        told = N_(
            "Sluten omröstning används bara vid val och anställning (KL 5:54). Ändra sättet eller kryssa för val."
        )
        yield RuleBroken(told, field="votes"), False
    if vote.method is VoteMethod.LOTS and not vote.is_election:
        told = N_("Lottning avgör bara val och anställning (KL 5:56). Ändra sättet eller kryssa för val.")
        yield RuleBroken(told, field="votes"), False


# --- does the vote say what the clauses say? -----------------------------------------------------------------------

_SIGNS: dict[Verb, tuple[str, ...]] = {
    Verb.REJECT: ("avslag", "avslå", "avslås"),
    Verb.TABLE: ("bordlägg",),
    Verb.REMIT_BACK: ("återremi",),
}


def meant(words: str) -> frozenset[Verb]:
    """The verbs that the words of a side mean: "Nej för avslag"."""
    said = words.lower()
    return frozenset(verb for verb, signs in _SIGNS.items() if any(sign in said for sign in signs))


def _against_clauses(around: Around, vote: Vote) -> Iterator[Problem]:
    won = winner(vote)
    if won is None or not around.words.clauses:
        return
    yes, no = meant(vote.yes_means), meant(vote.no_means)
    winning, losing = (yes, no) if won is Choice.YES else (no, yes)
    decided = {clause.verb for clause in around.words.clauses}
    if (winning and not winning & decided) or (losing - winning) & decided:
        told = N_("Beslutet stämmer inte med omröstningen, som %(side)s vann. Se efter vilket som är rätt.")
        side = (vote.yes_means if won is Choice.YES else vote.no_means) or ""
        yield RuleBroken(told, field="votes", side=side), False


# --- reservations and notes ----------------------------------------------------------------------------------------


def _reservations(around: Around) -> Iterator[Problem]:
    seen: set[int] = set()
    for one in around.told.reservations:
        if not one.person_id:
            yield RuleBroken("Skriv vem som reserverar sig.", field="reservations"), True
            continue
        name = around.name(one.person_id)
        if one.person_id in seen:
            told = N_("%(name)s reserverar sig två gånger. Skriv allt i en reservation.")
            yield RuleBroken(told, field="reservations", name=name), False
        seen.add(one.person_id)
        if not around.took_part(one.person_id):
            told = N_("%(name)s deltog inte i beslutet och kan inte reservera sig mot det (KL 4:27).")
            yield RuleBroken(told, field="reservations", name=name), True
        elif _voted_with_the_winners(around, one):
            told = N_("%(name)s reserverar sig men röstade för det som beslutades. Stämmer det?")
            yield RuleBroken(told, field="reservations", name=name), False
        yield from _announced(around, one, name)


def _voted_with_the_winners(around: Around, one: Reservation) -> bool:
    last = next((vote for vote in reversed(around.told.votes) if vote.method in OPEN_METHODS), None)
    return last is not None and dict(last.ballots).get(one.person_id, Choice.ABSTAIN) is winner(last)


def _announced(around: Around, one: Reservation, name: str) -> Iterator[Problem]:
    if not one.announced:
        if around.closed_at is not None:
            told = N_("Skriv när %(name)s anmälde reservationen. Det ska vara före sammanträdets slut (KL 4:27).")
            yield RuleBroken(told, field="reservations", name=name), False
        return
    try:
        in_time = announced_in_time(one.announced, around.closed_at, around.opened_at)
    except RuleBroken as problem:
        yield RuleBroken(problem.message, field="reservations", **problem.values), True
        return
    if not in_time:
        told = N_(
            "%(name)s anmälde reservationen efter att sammanträdet avslutades. Den ska anmälas dessförinnan (KL 4:27). "
            "Ta bort den, eller rätta tiden."
        )
        yield RuleBroken(told, field="reservations", name=name), True


def announced_in_time(typed: str, closed_at: datetime | None, opened_at: datetime | None = None) -> bool:
    """Whether a clock time as typed came before the meeting was closed; always while that is not noted.

    A meeting may go on past midnight: then the hour may be the evening before.
    Raises RuleBroken for a time that cannot be read.
    """
    clock = parse_time(typed)
    if closed_at is None:
        return True
    closed = local(closed_at)
    announced = closed.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
    if announced <= closed:
        return True
    evening_before = announced - timedelta(days=1)
    return opened_at is not None and evening_before >= local(opened_at)


def _notes(around: Around) -> Iterator[Problem]:
    for one in around.told.notes:
        if not one.person_id:
            yield RuleBroken("Skriv vem anteckningen är från.", field="notes"), True
        if not one.text:
            yield RuleBroken("Protokollsanteckningen är tom. Skriv vad den säger.", field="notes"), True


def reservation_text(told: Proceedings, one: Reservation) -> str:
    """What is reserved: as written, else the person's own motion; "" where there is neither."""
    if one.text:
        return one.text
    own = (motion.text for motion in standing(told) if one.person_id in motion.by and motion.text)
    return next(own, "")


def persons_in(told: Proceedings) -> frozenset[int]:
    """Everybody who is named by id, so that pages and papers can ask for their names at once."""
    return frozenset(
        {
            *(person_id for motion in told.motions for person_id in motion.by),
            *(person_id for vote in told.votes for person_id, _choice in vote.ballots),
            *(one.person_id for one in told.reservations if one.person_id),
            *(one.person_id for one in told.notes if one.person_id),
        }
    )
