"""What happened around a decision besides the decision: motions, propositions, votes, reservations, notes (KL 5:67).

Everything is kept as typed, also what cannot be read yet, so that no save loses anything. Persons are known by id.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from paragraf.minutes.clauses import clean

T = TypeVar("T")


class MotionKind(StrEnum):
    """What a motion (yrkande) asks for."""

    APPROVE = "approve"
    REJECT = "reject"
    AMEND = "amend"
    TABLE = "table"
    REMIT_BACK = "remit_back"
    OTHER = "other"


class VoteMethod(StrEnum):
    """How it was voted (KL 5:54–56 by way of 6:33)."""

    OPEN = "open"
    ROLL_CALL = "roll_call"
    SECRET = "secret"  # noqa: S105  # a way to vote, no password
    LOTS = "lots"


class Choice(StrEnum):
    """What somebody voted."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


@dataclass(frozen=True)
class Motion:
    """A motion by one or more members. One that was withdrawn is kept here and not printed (KL 5:67)."""

    by: tuple[int, ...] = ()
    kind: MotionKind = MotionKind.APPROVE
    text: str = ""
    withdrawn: bool = False


@dataclass(frozen=True)
class Vote:
    """A vote (omröstning). ``ballots`` are who voted what, but in a secret vote, where only the counts are known."""

    method: VoteMethod = VoteMethod.OPEN
    #: What is voted on, and what each answer means: "Ja för styrelsens förslag".
    question: str = ""
    yes_means: str = ""
    no_means: str = ""
    ballots: tuple[tuple[int, Choice], ...] = ()
    #: Counts of a secret vote, as typed.
    yes: str = ""
    no: str = ""
    abstain: str = ""
    #: An election or employment: there a tie is settled by lots, not by the chair (KL 5:56).
    is_election: bool = False
    #: Which side the chair's casting vote or the lot fell on, if it was needed.
    casting: Choice | None = None


@dataclass(frozen=True)
class Reservation:
    """Somebody's recorded dissent (reservation), announced before the meeting was closed (KL 4:27)."""

    person_id: int = 0
    text: str = ""
    #: When it was announced, as typed: "13.20".
    announced: str = ""


@dataclass(frozen=True)
class NoteToMinutes:
    """A note (protokollsanteckning) that the chair allowed."""

    person_id: int = 0
    text: str = ""


@dataclass(frozen=True)
class Proceedings:
    """All of it, for one §."""

    motions: tuple[Motion, ...] = ()
    #: In which order the chair put the questions, and what was found to be decided.
    propositions: str = ""
    votes: tuple[Vote, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    notes: tuple[NoteToMinutes, ...] = ()


# --- from and to JSON ----------------------------------------------------------------------------------------------


def from_json(data: Any) -> Proceedings:
    """What a page or a row holds. Whatever is not understood is left out; nothing raises."""
    given = _mapping(data)
    return Proceedings(
        motions=_each(given.get("motions"), _motion, Motion()),
        propositions=clean(given.get("propositions")),
        votes=_each(given.get("votes"), _vote, Vote()),
        reservations=_each(given.get("reservations"), _reservation, Reservation()),
        notes=_each(given.get("notes"), _note, NoteToMinutes()),
    )


def to_json(told: Proceedings) -> dict[str, Any]:
    """What a row keeps: only what is filled in, so that nothing is ``{}``."""
    kept = {
        "motions": [
            {"by": [*one.by], "kind": one.kind.value, "text": one.text, "withdrawn": one.withdrawn}
            for one in told.motions
        ],
        "propositions": told.propositions,
        "votes": [_vote_json(one) for one in told.votes],
        "reservations": [
            {"person_id": one.person_id, "text": one.text, "announced": one.announced} for one in told.reservations
        ],
        "notes": [{"person_id": one.person_id, "text": one.text} for one in told.notes],
    }
    return {name: value for name, value in kept.items() if value}


def _each(value: Any, read: Callable[[Mapping[str, Any]], T], blank: T) -> tuple[T, ...]:
    found = (read(_mapping(one)) for one in (value if isinstance(value, list) else []))
    return tuple(one for one in found if one != blank)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _motion(given: Mapping[str, Any]) -> Motion:
    kind = given.get("kind")
    return Motion(
        by=_ids(given.get("by")),
        kind=MotionKind(kind) if kind in list(MotionKind) else MotionKind.APPROVE,
        text=clean(given.get("text")),
        withdrawn=given.get("withdrawn") is True,
    )


def _vote(given: Mapping[str, Any]) -> Vote:
    method = given.get("method")
    return Vote(
        method=VoteMethod(method) if method in list(VoteMethod) else VoteMethod.OPEN,
        ballots=_ballots(given.get("ballots")),
        is_election=given.get("is_election") is True,
        casting=_choice(given.get("casting")),
        **{name: clean(given.get(name)) for name in ("question", "yes_means", "no_means", "yes", "no", "abstain")},
    )


def _vote_json(one: Vote) -> dict[str, Any]:
    return {
        "method": one.method.value,
        "question": one.question,
        "yes_means": one.yes_means,
        "no_means": one.no_means,
        "ballots": {str(person_id): choice.value for person_id, choice in one.ballots},
        "yes": one.yes,
        "no": one.no,
        "abstain": one.abstain,
        "is_election": one.is_election,
        "casting": one.casting.value if one.casting else None,
    }


def _reservation(given: Mapping[str, Any]) -> Reservation:
    return Reservation(_id(given.get("person_id")), clean(given.get("text")), clean(given.get("announced")))


def _note(given: Mapping[str, Any]) -> NoteToMinutes:
    return NoteToMinutes(_id(given.get("person_id")), clean(given.get("text")))


def _ballots(value: Any) -> tuple[tuple[int, Choice], ...]:
    found = ((_id(person), _choice(word)) for person, word in _mapping(value).items())
    return tuple(sorted((person, choice) for person, choice in found if person and choice))


def _choice(word: Any) -> Choice | None:
    return Choice(word) if word in list(Choice) else None


def _ids(value: Any) -> tuple[int, ...]:
    return tuple(filter(None, map(_id, value if isinstance(value, list) else [])))


def _id(value: Any) -> int:
    """A person's id as sent, by number or digits; 0 for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return max(value, 0)
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 12 else 0
