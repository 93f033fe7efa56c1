"""What holds for an application and its grant, decided on values only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from paragraf.core.errors import RuleBroken
from paragraf.people.models import Principal
from paragraf.questions.completeness import Problem
from paragraf.questions.context import Member

#: How long a mailed link to an application lives. A new one can be asked for at any time.
LINK_LIFE = timedelta(days=180)
#: Of each sort of letter with links, so many go to one address within ``LETTER_SPAN``: nobody can flood a mailbox.
LETTERS_IN_SPAN = 5
LETTER_SPAN = timedelta(hours=1)


class State(StrEnum):
    """Where an application stands: computed from facts, never stored (law 1)."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    #: The office has asked for a completion that has not come in.
    COMPLETION = "completion"
    ON_AGENDA = "on_agenda"
    TREATED = "treated"
    TABLED = "tabled"
    REMITTED = "remitted"
    DECIDED = "decided"
    REJECTED = "rejected"
    GRANTED = "granted"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What verified minutes say of an application, apart from a grant; the newest meeting's word counts."""

    REJECTED = "rejected"
    TABLED = "tabled"
    REMITTED = "remitted"
    #: Something that settles it in another way, or settles nothing.
    OTHER = "other"


#: In these the matter is in nobody's hands any more: nothing can be asked, withdrawn or put on an agenda.
SETTLED = frozenset({State.GRANTED, State.REJECTED, State.WITHDRAWN})
_BY_OUTCOME = {
    Outcome.REJECTED: State.REJECTED,
    Outcome.TABLED: State.TABLED,
    Outcome.REMITTED: State.REMITTED,
    Outcome.OTHER: State.DECIDED,
}


def state_of(
    *,
    submitted: bool,
    granted: bool,
    withdrawn: bool = False,
    completing: bool = False,
    on_agenda: bool = False,
    treated: bool = False,
    outcome: Outcome | None = None,
) -> State:
    """The state that the facts give.

    ``completing``: a completion is asked for and has not come in. ``on_agenda``: a coming meeting has the matter.
    ``treated``: a meeting that has been held had it. ``outcome``: what verified minutes of that meeting say. What is to
    come is told before what has been, except a grant and that it was withdrawn.
    """
    if not submitted:
        return State.DRAFT
    if granted:
        return State.GRANTED
    if withdrawn:
        return State.WITHDRAWN
    if completing:
        return State.COMPLETION
    if on_agenda:
        return State.ON_AGENDA
    if outcome is not None:
        return _BY_OUTCOME[outcome]
    return State.TREATED if treated else State.SUBMITTED


def must_be_open(state: State) -> None:
    """Raise RuleBroken, saying why, when the application is settled: nothing more can be done in preparing it."""
    if state is State.GRANTED:
        raise RuleBroken("Ansökan är beviljad. Det går inte att ändra beredningen efter beslutet.")
    if state is State.REJECTED:
        raise RuleBroken("Ansökan har fått avslag, så ärendet är avslutat.")
    if state is State.WITHDRAWN:
        raise RuleBroken("Ansökan är återtagen, så ärendet är avslutat.")


class NotComplete(RuleBroken):
    """The application cannot be submitted; ``problems`` holds every one of the reasons, in the order of the form."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(
            "Ansökan kan inte skickas in än: %(count)s saker återstår. Det som är skrivet finns kvar.",
            count=len(problems),
        )
        self.problems = tuple(problems)


def principal_of(principal: Principal, member_id: int) -> str:
    """The party (huvudman) that a member counts as.

    State agencies are parties of their own; the municipalities together are one, and so is the region
    (lag 2003:1210 1 § and 5 §).
    """
    return f"{principal.value}:{member_id}" if principal is Principal.STATE else principal.value


def too_few_principals(parties: Iterable[str], members: Mapping[str, Member]) -> bool:
    """Whether the chosen members are fewer than two parties: then the application cannot be examined."""
    return len({members[party].principal for party in parties if party in members}) < 2


def may_write_again(written_at: Iterable[datetime], now: datetime) -> bool:
    """Whether one more letter with links may go to an address, given when the earlier ones were written."""
    return sum(1 for moment in written_at if now - moment < LETTER_SPAN) < LETTERS_IN_SPAN
