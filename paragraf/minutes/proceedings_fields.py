"""What a § prints of motions, votes, reservations and notes: text only, made for print already (KL 5:67)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from paragraf.word.fields import Says


@dataclass(frozen=True, slots=True)
class BallotLine:
    """One voter's row in the list of an open vote: a cross in one of three columns, and the sums last."""

    name: Annotated[str, Says("Den som röstade; Summa på sista raden", "Maj Ek")]
    yes: Annotated[str, Says("Kryss för ja", "X")] = ""
    no: Annotated[str, Says("Kryss för nej", "X")] = ""
    abstain: Annotated[str, Says("Kryss för avstår", "X")] = ""
    is_sum: Annotated[str, Says("”ja” för raden med summorna")] = ""


@dataclass(frozen=True, slots=True)
class VoteFields:
    """One vote. A secret one and lots have no list of who voted what."""

    order: Annotated[str, Says("Vad det röstas om, på vilket sätt och vad svaren betyder", "Omröstningen är öppen.")]
    result: Annotated[str, Says("Hur det gick", "Omröstningen utfaller med 3 ja-röster mot 2 nej-röster.")]
    ballots: Annotated[tuple[BallotLine, ...], Says("Vem som röstade vad")] = ()
