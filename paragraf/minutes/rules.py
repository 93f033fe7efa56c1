"""What holds for minutes, on values: their states, provisional numbers, what hinders fixing, notice and appeal.

Sources: kommunallagen (KL) 5:65–69, 8:12 and 13:5, by way of lag (2003:1210) 19 and 28 §§.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from paragraf.core.dates import local_date, statutory_deadline
from paragraf.core.errors import N_, RuleBroken
from paragraf.meetings import rules as meetings
from paragraf.meetings.rules import Attending, Interval
from paragraf.minutes.clauses import Clause, bare
from paragraf.minutes.demands import clause_problems
from paragraf.minutes.models import Verb
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


def provisional_numbers(next_number: int, waiting_before: int, count: int) -> range:
    """The numbers that ``count`` §§ would get, when ``waiting_before`` §§ of earlier meetings take theirs first."""
    first = next_number + waiting_before
    return range(first, first + count)


def print_range(numbers: Sequence[int]) -> str:
    """``§ 626`` or ``§§ 626–636`` from first to last; ``""`` for none."""
    if not numbers:
        return ""
    return f"§ {numbers[0]}" if len(numbers) == 1 else f"§§ {numbers[0]}–{numbers[-1]}"


# --- what hinders fixing the numbers -------------------------------------------------------------------------------


class Place(StrEnum):
    """Where on the pages a finding is mended."""

    ITEM = "item"
    PEOPLE = "people"
    ATTENDANCE = "attendance"
    EARLIER = "earlier"
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
class ItemFacts:
    """A § as the checks see it."""

    item_id: int
    words: ItemWords
    #: The agenda had it as a matter for decision.
    for_decision: bool = False
    #: Its matter is an application, so that a grant can follow.
    has_application: bool = False


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
    #: Earlier meetings of the same number series whose numbers are open: body and day.
    earlier_open: Sequence[tuple[str, date]] = field(default=())


def findings(minutes: MinutesToFix) -> list[Finding]:
    """Everything to mend, and everything to think about, in the order of the page."""
    return [
        *_meeting_findings(minutes),
        *(finding for item in minutes.items for finding in item_findings(item, minutes.next_meeting)),
        *_people_findings(minutes),
        *_quorum_findings(minutes),
    ]


def item_findings(item: ItemFacts, next_meeting: date | None = None) -> list[Finding]:
    """What one § lacks."""
    return [
        *(Finding(problem, Place.ITEM, item_id=item.item_id) for problem in _text_problems(item)),
        *(
            Finding(problem, Place.ITEM, hinders, item.item_id, place)
            for place, clause in enumerate(item.words.clauses)
            for problem, hinders in _clause_problems(item, clause, next_meeting)
        ),
    ]


def _text_problems(item: ItemFacts) -> Iterator[RuleBroken]:
    if not item.words.heading:
        yield RuleBroken("Paragrafen saknar rubrik.", field="heading")
    if item.for_decision and not item.words.clauses:
        yield RuleBroken("Ärendet är ett beslutsärende men har inget beslut. Skriv en att-sats.", field="clauses")
    if item.has_application and sum(clause.verb is Verb.GRANT for clause in item.words.clauses) > 1:
        yield RuleBroken("Ansökan beviljas två gånger. Skriv alla år och villkor i en att-sats.", field="clauses")


def _clause_problems(item: ItemFacts, clause: Clause, next_meeting: date | None) -> Iterator[tuple[RuleBroken, bool]]:
    """Each problem, and whether it hinders."""
    for problem in clause_problems(clause):
        yield problem, True
    if clause.verb is Verb.COMMISSION and clause.next_meeting and next_meeting is None:
        told = N_("Nästa sammanträde är inte planerat. Planera det, eller skriv en dag att redovisa uppdraget.")
        yield RuleBroken(told, field="due_on"), True
    if clause.verb is Verb.GRANT and not item.has_application:
        told = N_("Paragrafen hör inte till någon ansökan. Beslutet skrivs ut, men ingen sökande får besked.")
        yield RuleBroken(told, field="verb"), False
    if clause.verb is Verb.OTHER and item.has_application and bare(clause.text).lower().startswith("bevilja"):
        told = N_("Välj beslutsordet Bevilja, så att beloppen följer med till den sökande.")
        yield RuleBroken(told, field="verb"), True


def _meeting_findings(minutes: MinutesToFix) -> Iterator[Finding]:
    if not minutes.begun:
        # A meeting may be held before its hour, and the clock cannot know: so a warning and not a hindrance.
        told = "Sammanträdet är kallat till %(day)s. Är det redan hållet? Numren kan inte ändras när de är fastställda."
        called_to = local_date(minutes.planned.from_at)
        yield Finding(RuleBroken(told, day=called_to), Place.MEETING, hinders=False)
    for body, day in minutes.earlier_open:
        yield Finding(
            RuleBroken(
                "Numren är inte fastställda för %(body)s den %(day)s. Det protokollet kommer först i nummerserien.",
                body=body,
                day=day,
            ),
            Place.EARLIER,
        )
    if not minutes.items:
        yield Finding(RuleBroken("Protokollet har inga paragrafer. Skriv minst en."), Place.MEETING)


def _people_findings(minutes: MinutesToFix) -> Iterator[Finding]:
    held = meetings.held_during(minutes.planned, minutes.attending)
    if len(minutes.verifiers) < minutes.verifiers_needed:
        yield _of_people("Utse %(count)s justerare.", count=minutes.verifiers_needed)
    for verifier in minutes.verifiers:
        if verifier.person_id in (minutes.chair.person_id, minutes.secretary.person_id):
            yield _of_people("%(name)s skriver redan under. Välj en annan justerare.", name=verifier.name)
        elif not (served := _served(minutes.attending, verifier.person_id)):
            yield _of_people("%(name)s deltog inte i besluten och kan inte justera. Välj en annan.", name=verifier.name)
        elif not any(_whole(during, held) for during in served):
            yield _of_people(
                "%(name)s deltog bara i en del av sammanträdet och kan bara justera de paragraferna.",
                hinders=False,
                name=verifier.name,
            )
    elected = elected_in_text(item.words for item in minutes.items)
    if elected and minutes.verifiers and {one.name for one in minutes.verifiers} != set(elected):
        yield _of_people(
            "Enligt protokollet utsågs %(elected)s att justera. Antecknade är %(noted)s.",
            hinders=False,
            elected=", ".join(elected),
            noted=", ".join(one.name for one in minutes.verifiers),
        )
    if minutes.attending and not _served(minutes.attending, minutes.chair.person_id):
        yield _of_people("%(name)s var inte med och kan inte ha lett sammanträdet.", name=minutes.chair.name)


def elected_in_text(words: Iterable[ItemWords]) -> list[str]:
    """The names that the §§ elect to verify the minutes, so that they need not be typed once more."""
    clauses = (clause for item in words for clause in item.clauses if clause.verb is Verb.APPOINT)
    return [name for clause in clauses if "juster" in clause.role.lower() for name in clause.persons]


def _of_people(message: str, *, hinders: bool = True, **values: Any) -> Finding:
    return Finding(RuleBroken(message, **values), Place.PEOPLE, hinders=hinders)


def _served(attending: Iterable[Attending], person_id: int) -> list[Interval]:
    return [one.during for one in attending if one.person_id == person_id and one.seat is not None]


def _whole(during: Interval, held: Interval) -> bool:
    ends = during.until_at is None or (held.until_at is not None and during.until_at >= held.until_at)
    return during.from_at <= held.from_at and ends


def _quorum_findings(minutes: MinutesToFix) -> Iterator[Finding]:
    decides = any(item.words.clauses for item in minutes.items)
    if not minutes.attending:
        problem = RuleBroken("Ingen närvaro är antecknad. Anteckna vilka som deltog.")
        yield Finding(problem, Place.ATTENDANCE, hinders=decides)
        return
    held = meetings.held_during(minutes.planned, minutes.attending)
    voting = [step.voting for step in meetings.voting_over_time(minutes.attending) if _within(step.from_at, held)]
    needed = meetings.votes_needed(minutes.seats)
    values: dict[str, Any] = {"most": max(voting, default=0), "seats": minutes.seats, "needed": needed}
    if values["most"] < needed:
        problem = RuleBroken(
            "Organet var inte beslutsfört: %(most)s av %(seats)s deltog och det krävs %(needed)s (KL 6:27).", **values
        )
        yield Finding(problem, Place.ATTENDANCE, hinders=decides)
    elif decides and min(voting) < needed:
        problem = RuleBroken(
            "En del av tiden deltog färre än %(needed)s. Se efter att inget beslut fattades då (KL 6:27).", **values
        )
        yield Finding(problem, Place.ATTENDANCE, hinders=False)


def _within(moment: datetime, held: Interval) -> bool:
    """Whether the step came before the meeting's end: that all leave then is no loss of quorum."""
    return held.until_at is None or moment < held.until_at


# --- days of verification and notice -------------------------------------------------------------------------------


def verification_deadline(meeting_day: date) -> date:
    """The last day to verify the minutes (KL 5:69), a statutory day."""
    return statutory_deadline(meeting_day, days=VERIFY_DAYS)


def notice_deadline(verified_on: date) -> date:
    """The last day to announce that the minutes are verified (KL 8:12), a statutory day."""
    return statutory_deadline(verified_on, days=NOTICE_DAYS)
