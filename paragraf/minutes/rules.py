"""What holds for minutes, on values: their states, what checks see of them, notice and appeal.

Sources: kommunallagen (KL) 5:65–69, 8:12 and 13:5, by way of lag (2003:1210) 19 and 28 §§.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from paragraf.core.dates import statutory_deadline
from paragraf.core.errors import RuleBroken
from paragraf.meetings.rules import Attending, Interval
from paragraf.minutes.clauses import Clause
from paragraf.minutes.models import Verb
from paragraf.minutes.participation import Participation
from paragraf.minutes.proceedings import Proceedings

#: Within so many days after the meeting the minutes are to be verified (KL 5:69).
VERIFY_DAYS = 14
#: On the second day after the verification at the latest it is announced (KL 8:12).
NOTICE_DAYS = 2
#: So many weeks after the announcement an appeal must have come in (KL 13:5).
APPEAL_WEEKS = 3
LONGEST_HEADING = 300
LONGEST_BACKGROUND = 500_000


class State(StrEnum):
    """Where minutes stand. Computed, never stored (law 1)."""

    DRAFT = "draft"
    FIXED = "fixed"
    SENT = "sent"
    VERIFIED = "verified"


class MinutesFacts(Protocol):
    """The facts a state is computed from; rows of models.Minutes have them."""

    @property
    def fixed_at(self) -> datetime | None: ...
    @property
    def sent_at(self) -> datetime | None: ...
    @property
    def verified_at(self) -> datetime | None: ...


def state_of(minutes: MinutesFacts) -> State:
    """How far the minutes have come."""
    if minutes.verified_at is not None:
        return State.VERIFIED
    if minutes.sent_at is not None:
        return State.SENT
    return State.DRAFT if minutes.fixed_at is None else State.FIXED


# --- the text of a § -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ItemWords:
    """What a § says."""

    heading: str = ""
    background: str = ""
    clauses: tuple[Clause, ...] = ()
    proceedings: Proceedings = Proceedings()


class StaleText(RuleBroken):
    """Someone else saved the § meanwhile. Both texts are carried, so that nobody's words are lost (law 5)."""

    def __init__(
        self, mine: ItemWords, theirs: ItemWords, *, version: int, by: str, at: datetime, aside_id: int
    ) -> None:
        super().__init__("%(by)s har sparat paragrafen medan du skrev. Jämför texterna och välj.", by=by)
        self.mine = mine
        self.theirs = theirs
        #: The version that their text has, which the next save must name.
        self.version = version
        self.by = by
        self.at = at
        #: The row in which my text was set aside.
        self.aside_id = aside_id


def check_words(words: ItemWords) -> None:
    """Raises RuleBroken for a text that no § can hold. A text that is not ready yet may be saved."""
    if len(words.heading) > LONGEST_HEADING:
        raise RuleBroken("Rubriken får vara högst 300 tecken. Flytta resten till bakgrunden.", field="heading")
    if len(words.background) > LONGEST_BACKGROUND:
        raise RuleBroken("Texten är för lång för en paragraf. Lägg den som bilaga i stället.", field="background")


# --- numbers -------------------------------------------------------------------------------------------------------


def label(number: int, period: str = "") -> str:
    """The number as it prints after the § sign: ``626``, or ``12/2027`` in a series that begins anew each year."""
    return f"{number}/{period}" if period else str(number)


def print_range(taken: Iterable[int], period: str = "") -> str:
    """``§ 626``, or ``§§ 626–636`` from first to last, ``§§ 8–12/2027`` in a yearly series; "" for none."""
    ordered = sorted(taken)
    if not ordered:
        return ""
    last = label(ordered[-1], period)
    return f"§ {last}" if len(ordered) == 1 else f"§§ {ordered[0]}–{last}"


# --- what hinders fixing the numbers -------------------------------------------------------------------------------


class Place(StrEnum):
    """Where on the pages a finding is mended."""

    ITEM = "item"
    PEOPLE = "people"
    ATTENDANCE = "attendance"
    #: An earlier meeting, or one that has begun to take its numbers, comes first in the series.
    EARLIER = "earlier"
    #: As EARLIER, but where the office may go ahead if it says why.
    OVERTAKING = "overtaking"
    MEETING = "meeting"


@dataclass(frozen=True)
class Finding:
    """Something to mend before the numbers are fixed, or (``hinders`` False) to think about."""

    problem: RuleBroken
    place: Place
    hinders: bool = True
    item_id: int | None = None
    #: Which clause of the §, 0 first.
    clause: int | None = None


@dataclass(frozen=True)
class AttachmentFacts:
    """An attachment of a §: its number, its name, and whether somebody has taken it away from the meeting."""

    number: int
    title: str
    is_removed: bool = False


@dataclass(frozen=True)
class ItemFacts:
    """A § as the checks see it."""

    item_id: int
    words: ItemWords
    #: The agenda had it as a matter for decision.
    for_decision: bool = False
    #: Its matter is an application, so that a grant can follow.
    has_application: bool = False
    #: The number as it prints after the § sign.
    label: str = ""
    attachments: tuple[AttachmentFacts, ...] = ()
    begun_at: datetime | None = None

    @property
    def decides(self) -> bool:
        """Whether anything is decided in it."""
        return bool(self.words.clauses)


@dataclass(frozen=True)
class Named:
    """A person by id and name."""

    person_id: int
    name: str


@dataclass(frozen=True)
class MinutesToFix:
    """All that decides whether the numbers may be fixed."""

    begun: bool
    planned: Interval
    attending: Sequence[Attending]
    seats: int
    chair: Named
    secretary: Named
    verifiers: Sequence[Named]
    verifiers_needed: int
    items: Sequence[ItemFacts]
    #: The day of the body's next meeting, if one is planned.
    next_meeting: date | None = None
    #: When the chair opened and closed the meeting, if it was noted.
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    #: Who decided each §, by its id; a § that is not here is not checked.
    participations: Mapping[int, Participation] = field(default_factory=dict)
    #: The numbers of the meeting's attachments.
    attachments: frozenset[int] = frozenset()
    #: Whether a § was withdrawn after it had its number.
    has_void_numbers: bool = False
    #: Earlier meetings of the same number series whose numbers are open: body and day.
    earlier_open: Sequence[tuple[str, date]] = field(default=())
    #: The meeting that has begun to take numbers and comes first, if there is one: body and day.
    held_by: tuple[str, date] | None = None


def elected_in_text(words: Iterable[ItemWords]) -> list[str]:
    """The names that the §§ elect to verify the minutes, so that they need not be typed once more."""
    clauses = (clause for item in words for clause in item.clauses if clause.verb is Verb.APPOINT)
    return [name for clause in clauses if "juster" in clause.role.lower() for name in clause.persons]


# --- days of verification and notice -------------------------------------------------------------------------------


def verification_deadline(meeting_day: date) -> date:
    """The last day to verify the minutes (KL 5:69), a statutory day."""
    return statutory_deadline(meeting_day, days=VERIFY_DAYS)


def notice_deadline(verified_on: date) -> date:
    """The last day to announce that the minutes are verified (KL 8:12), a statutory day."""
    return statutory_deadline(verified_on, days=NOTICE_DAYS)
