"""Motions, votes, reservations and notes of a § as they print, in Swedish and in the order of KL 5:67."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import object_session

from paragraf.core.errors import RuleBroken
from paragraf.minutes.clauses import bare
from paragraf.minutes.models import Minutes
from paragraf.minutes.proceedings import (
    Choice,
    Motion,
    MotionKind,
    NoteToMinutes,
    Proceedings,
    Reservation,
    Vote,
    VoteMethod,
)
from paragraf.minutes.proceedings_fields import BallotLine, VoteFields
from paragraf.minutes.proceedings_rules import persons_in, reservation_text, standing
from paragraf.minutes.voting import OPEN_METHODS, Count, count_of, settled_by_lot, winner
from paragraf.minutes.wording import GAP, series
from paragraf.people.models import Person

Names = Mapping[int, str]
_CHOICES = {Choice.YES: "ja", Choice.NO: "nej", Choice.ABSTAIN: "avstår"}
_METHODS = {
    VoteMethod.OPEN: "Omröstningen är öppen.",
    VoteMethod.ROLL_CALL: "Omröstningen sker öppet med upprop.",
    VoteMethod.SECRET: "Omröstningen är sluten.",
    VoteMethod.LOTS: "Ärendet avgörs genom lottning.",
}


@dataclass(frozen=True)
class Printed:
    """All of it for one §, to be put among the §'s fields."""

    motions: tuple[str, ...] = ()
    propositions: tuple[str, ...] = ()
    votes: tuple[VoteFields, ...] = ()
    reservations: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


NOTHING = Printed()


def printed(minutes: Minutes, told: Proceedings) -> Printed:
    """What the § prints. Persons are named as they are called today; what was sent out is bytes."""
    return NOTHING if told == Proceedings() else in_words(told, names_in(minutes, told))


def names_in(minutes: Minutes, told: Proceedings) -> Names:
    """The names of everybody in it, by id; only persons of the minutes' own association."""
    session = object_session(minutes)
    if session is None:
        return {}
    wanted = select(Person.id, Person.name).where(
        Person.association_id == minutes.association_id, Person.id.in_(persons_in(told))
    )
    return {one.id: one.name for one in session.execute(wanted)}


def in_words(told: Proceedings, names: Names) -> Printed:
    """What is printed, of values. A motion that was withdrawn is not (KL 5:67); a secret vote names nobody."""
    return Printed(
        motions=tuple(_motion(one, names) for one in standing(told)),
        propositions=_paragraphs(told.propositions),
        votes=tuple(_vote(one, names) for one in told.votes),
        reservations=tuple(line for one in told.reservations for line in _reservation(told, one, names)),
        notes=tuple(line for one in told.notes for line in _note(one, names)),
    )


def _name(person_id: int, names: Names) -> str:
    return names.get(person_id, GAP)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(line.split()) for line in text.split("\n") if line.strip())


def _lines(first: str, text: str) -> Iterator[str]:
    """The text after its first words, each paragraph a line of its own."""
    head, *rest = _paragraphs(text) or ("",)
    yield f"{first} {head}".rstrip()
    yield from rest


# --- motions -------------------------------------------------------------------------------------------------------


def _motion(one: Motion, names: Names) -> str:
    by = series(_name(person_id, names) for person_id in one.by) if one.by else GAP
    return f"{by} yrkar {_wish(one)}."


def _wish(one: Motion) -> str:
    text = bare(one.text)
    if one.kind is MotionKind.APPROVE:
        return f"bifall till {text or 'förslaget'}"
    if one.kind is MotionKind.REJECT:
        return f"avslag på {text or 'förslaget'}"
    if one.kind is MotionKind.TABLE:
        return f"att ärendet bordläggs {text}".rstrip()
    if one.kind is MotionKind.REMIT_BACK:
        return f"att ärendet återremitteras {text}".rstrip()
    return f"att {text or GAP}"


# --- votes ---------------------------------------------------------------------------------------------------------


def _vote(one: Vote, names: Names) -> VoteFields:
    ballots = tuple(_ballots(one, names)) if one.method in OPEN_METHODS else ()
    return VoteFields(" ".join(_order(one)), " ".join(_result(one)), ballots)


def _order(one: Vote) -> Iterator[str]:
    if one.question:
        yield f"{bare(one.question)}."
    yield _METHODS[one.method]
    for word, means in (("Ja", one.yes_means), ("Nej", one.no_means)):
        if means:
            yield f"{word} för {_after_for(means)}."


def _after_for(means: str) -> str:
    """What a side means, however it was begun: ``Ja för bifall`` and ``för bifall`` are ``bifall``."""
    text = bare(means)
    for opening in ("ja för ", "nej för ", "för "):
        if text.lower().startswith(opening):
            return text[len(opening) :]
    return text


def _result(one: Vote) -> Iterator[str]:
    won = winner(one)
    if one.method is VoteMethod.LOTS:
        yield f"Lotten faller på {_CHOICES[won]}." if won else f"Lotten faller på {GAP}"
        return
    try:
        count = count_of(one)
    except RuleBroken:
        yield f"Omröstningen utfaller med {GAP}"
        return
    yield f"Omröstningen utfaller med {_votes(count.yes, 'ja')} mot {_votes(count.no, 'nej')}."
    if count.abstain:
        yield f"{count.abstain} avstår från att rösta."
    if count.is_even:
        who = "Lotten" if settled_by_lot(one) else "Ordförandens utslagsröst"
        yield f"Röstetalet är lika. {who} faller på {f'{_CHOICES[won]}.' if won else GAP}"


def _votes(count: int, side: str) -> str:
    return f"{count} {side}-röst" if count == 1 else f"{count} {side}-röster"


def _ballots(one: Vote, names: Names) -> Iterator[BallotLine]:
    by_name = sorted(((_name(person_id, names), choice) for person_id, choice in one.ballots), key=lambda pair: pair[0])
    for name, choice in by_name:
        yield BallotLine(name, **{choice.value: "X"})
    if by_name:
        yield _sums(count_of(one))


def _sums(count: Count) -> BallotLine:
    return BallotLine("Summa", str(count.yes), str(count.no), str(count.abstain), is_sum="ja")


# --- reservations and notes ----------------------------------------------------------------------------------------


def _reservation(told: Proceedings, one: Reservation, names: Names) -> Iterable[str]:
    name, text = _name(one.person_id, names), reservation_text(told, one)
    if not text:
        return (f"{name} reserverar sig mot beslutet.",)
    if not one.text:
        return (f"{name} reserverar sig mot beslutet till förmån för sitt yrkande: {bare(text)}.",)
    return _lines(f"{name} reserverar sig mot beslutet:", text)


def _note(one: NoteToMinutes, names: Names) -> Sequence[str]:
    return tuple(_lines(f"{_name(one.person_id, names)} lämnar följande anteckning:", one.text or GAP))
