"""How a vote went. Pure.

Sources: kommunallagen (KL) 5:55–56 by way of 6:33: the majority of the votes decides; where they are even the chair's
casting vote does, in elections and employments lots.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from paragraf.core.errors import RuleBroken
from paragraf.minutes.proceedings import Choice, Vote, VoteMethod

#: Votes of which it is known who voted what.
OPEN_METHODS = frozenset({VoteMethod.OPEN, VoteMethod.ROLL_CALL})


@dataclass(frozen=True)
class Count:
    """The votes of one vote."""

    yes: int = 0
    no: int = 0
    abstain: int = 0

    @property
    def all(self) -> int:
        """How many they are, abstentions too."""
        return self.yes + self.no + self.abstain

    @property
    def is_even(self) -> bool:
        return self.yes == self.no


def count_of(vote: Vote) -> Count:
    """The votes: of each voter's own, or of a secret vote as typed. Raises RuleBroken naming the number's field."""
    if vote.method is VoteMethod.SECRET:
        return Count(*(_number(getattr(vote, name), name) for name in ("yes", "no", "abstain")))
    cast = Counter(choice for _person, choice in vote.ballots)
    return Count(cast[Choice.YES], cast[Choice.NO], cast[Choice.ABSTAIN])


def _number(typed: str, field: str) -> int:
    if not typed:
        return 0
    if not (typed.isascii() and typed.isdigit() and len(typed) < 5):
        raise RuleBroken("Skriv antalet röster med siffror.", field=field)
    return int(typed)


def winner(vote: Vote) -> Choice | None:
    """Which side won: by majority, or by the casting vote or lot where the votes are even; None while it is open."""
    if vote.method is VoteMethod.LOTS:
        return vote.casting
    try:
        count = count_of(vote)
    except RuleBroken:
        return None
    if count.is_even:
        return vote.casting if count.all else None
    return Choice.YES if count.yes > count.no else Choice.NO


def settled_by_lot(vote: Vote) -> bool:
    """Whether lots decide where the votes are even (KL 5:56), and not the chair."""
    return vote.is_election or vote.method is VoteMethod.LOTS


def is_told(vote: Vote) -> bool:
    """Whether anybody voted: a vote of which only the question is written is not held yet."""
    return bool(vote.ballots or vote.yes or vote.no or vote.abstain or vote.casting)
