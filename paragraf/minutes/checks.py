"""What is wrong with minutes before they are fixed and sent, and what is worth a thought: on values.

A finding hinders where the law or the program's own truth would be broken; all else is a warning. Sources:
kommunallagen (KL) 5:69 (verification) and 6:27–30 (quorum, disqualification), by way of lag (2003:1210).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from paragraf.core.dates import local_date
from paragraf.core.errors import N_, RuleBroken
from paragraf.meetings import rules as meetings
from paragraf.meetings.rules import Attending, Interval
from paragraf.minutes import text_checks
from paragraf.minutes.clauses import Clause, bare
from paragraf.minutes.demands import clause_problems
from paragraf.minutes.models import Verb
from paragraf.minutes.participation import Participation
from paragraf.minutes.proceedings_rules import proceedings_findings
from paragraf.minutes.rules import Finding, ItemFacts, MinutesToFix, Named, Place, elected_in_text

#: What is looked at once more before frozen minutes go out: the law about who decides and who verifies.
BEFORE_SENDING = frozenset({Place.PEOPLE, Place.ATTENDANCE})


def findings(minutes: MinutesToFix) -> list[Finding]:
    """Everything to mend, and everything to think about, in the order of the page."""
    quorum = list(_quorum_findings(minutes))
    # A meeting that never could decide is told once, not at each §.
    each = not any(one.hinders for one in quorum)
    return [
        *_meeting_findings(minutes),
        *(finding for item in minutes.items for finding in _all_about(item, minutes, quorum=each)),
        *_people_findings(minutes),
        *quorum,
    ]


def hindrances_before_sending(found: Iterable[Finding]) -> list[RuleBroken]:
    """What must not be sent to be signed, though it was fixed: attendance may have been put right since."""
    return [one.problem for one in found if one.hinders and one.place in BEFORE_SENDING]


# --- a § by itself -------------------------------------------------------------------------------------------------


def item_findings(item: ItemFacts, next_meeting: date | None = None) -> list[Finding]:
    """What the words of one § lack."""
    return [
        *(Finding(problem, Place.ITEM, hinders, item.item_id) for problem, hinders in _text_problems(item)),
        *(
            Finding(problem, Place.ITEM, hinders, item.item_id, place)
            for place, clause in enumerate(item.words.clauses)
            for problem, hinders in _clause_problems(item, clause, next_meeting)
        ),
        *(
            Finding(problem, Place.ITEM, hinders=False, item_id=item.item_id, clause=place)
            for problem, place in text_checks.sum_problems(item)
        ),
    ]


def _all_about(item: ItemFacts, minutes: MinutesToFix, *, quorum: bool) -> Iterator[Finding]:
    yield from item_findings(item, minutes.next_meeting)
    for problem, hinders in text_checks.attachment_problems(item, minutes.attachments):
        yield Finding(problem, Place.ITEM, hinders, item.item_id)
    for place, clause in enumerate(item.words.clauses):
        late = text_checks.day_problem(clause, local_date(minutes.planned.from_at))
        if late is not None:
            yield Finding(late, Place.ITEM, item_id=item.item_id, clause=place)
    took_part = minutes.participations.get(item.item_id)
    if took_part is not None and minutes.attending:
        yield from _proceedings_findings(item, took_part, minutes)
        yield from _participation_findings(item, took_part, minutes, quorum=quorum)


def _proceedings_findings(item: ItemFacts, took_part: Participation, minutes: MinutesToFix) -> Iterator[Finding]:
    """Votes that do not add up, reservations that came too late, motions by somebody who was not there."""
    led = took_part.leader[0] if took_part.leader else minutes.chair.person_id
    found = proceedings_findings(
        item.words,
        took_part,
        led,
        minutes.closed_at,
        opened_at=minutes.opened_at,
        names={one.person_id: one.name for one in minutes.attending},
    )
    for problem, hinders in found:
        yield Finding(problem, Place.ITEM, hinders, item.item_id)


def _text_problems(item: ItemFacts) -> Iterator[tuple[RuleBroken, bool]]:
    if not item.words.heading:
        yield RuleBroken("Paragrafen saknar rubrik.", field="heading"), True
    if item.for_decision and not item.decides:
        told = N_("Ärendet är ett beslutsärende men har inget beslut. Skriv en att-sats.")
        yield RuleBroken(told, field="clauses"), True
    elif item.words.heading and not item.decides and not item.words.background:
        yield RuleBroken("Paragrafen har varken text eller beslut.", field="background"), False
    if item.has_application and sum(clause.verb is Verb.GRANT for clause in item.words.clauses) > 1:
        told = N_("Ansökan beviljas två gånger. Skriv alla år och villkor i en att-sats.")
        yield RuleBroken(told, field="clauses"), True


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


# --- who decided it ------------------------------------------------------------------------------------------------


def _participation_findings(
    item: ItemFacts, took_part: Participation, minutes: MinutesToFix, *, quorum: bool
) -> Iterator[Finding]:
    if quorum and item.decides and not took_part.may_be_quorate:
        yield _of_attendance(
            item,
            RuleBroken(
                "Organet var inte beslutsfört: %(there)s av %(seats)s deltog och det krävs %(needed)s (KL 6:27).",
                there=len(took_part.deciding),
                seats=took_part.seats,
                needed=meetings.votes_needed(took_part.seats),
            ),
        )
    elif took_part.unsure:
        problem = RuleBroken(
            "Det går inte att se om %(names)s deltog. Anteckna från eller till vilken paragraf.",
            names=", ".join(took_part.unsure),
        )
        yield _of_attendance(item, problem, hinders=item.decides)
    elif took_part.leader is None:
        yield _of_attendance(item, RuleBroken("Det framgår inte vem som ledde sammanträdet här."), hinders=False)
    if item.decides and minutes.verifiers and not any(_may_verify(one, took_part) for one in minutes.verifiers):
        problem = RuleBroken("Ingen av justerarna deltog i beslutet, så ingen kan justera paragrafen.")
        yield Finding(problem, Place.PEOPLE, item_id=item.item_id)


def _may_verify(verifier: Named, took_part: Participation) -> bool:
    # One of whom the clock does not tell is asked about elsewhere.
    return took_part.may_have_taken_part(verifier.person_id)


def _of_attendance(item: ItemFacts, problem: RuleBroken, *, hinders: bool = True) -> Finding:
    return Finding(problem, Place.ATTENDANCE, hinders, item.item_id)


# --- the meeting ---------------------------------------------------------------------------------------------------


def _meeting_findings(minutes: MinutesToFix) -> Iterator[Finding]:
    if not minutes.begun:
        # A meeting may be held before its hour, and the clock cannot know: so a warning and not a hindrance.
        told = "Sammanträdet är kallat till %(day)s. Är det redan hållet? Numren kan inte ändras när de är fastställda."
        called_to = local_date(minutes.planned.from_at)
        yield Finding(RuleBroken(told, day=called_to), Place.MEETING, hinders=False)
    if minutes.held_by is not None:
        body, day = minutes.held_by
        told = "%(body)s den %(day)s har börjat ta nummer och kommer först. Fastställ numren i det protokollet."
        yield Finding(RuleBroken(told, body=body, day=day), Place.EARLIER)
    for body, day in minutes.earlier_open:
        told = "Numren är inte fastställda för %(body)s den %(day)s. Det protokollet kommer först i nummerserien."
        yield Finding(RuleBroken(told, body=body, day=day), Place.OVERTAKING)
    if not minutes.items and not minutes.has_void_numbers:
        yield Finding(RuleBroken("Protokollet har inga paragrafer. Skriv minst en."), Place.MEETING)
    yield from _order_findings(minutes.items)


def _order_findings(items: Iterable[ItemFacts]) -> Iterator[Finding]:
    latest: datetime | None = None
    for item in items:
        if item.begun_at is not None and latest is not None and item.begun_at < latest:
            problem = RuleBroken("Enligt klockslagen togs paragrafen upp före den som står ovanför.")
            yield _of_attendance(item, problem, hinders=False)
        latest = item.begun_at or latest


# --- who signs -----------------------------------------------------------------------------------------------------


def _people_findings(minutes: MinutesToFix) -> Iterator[Finding]:
    if len(minutes.verifiers) < minutes.verifiers_needed:
        yield _of_people("Utse %(count)s justerare.", count=minutes.verifiers_needed)
    for verifier in minutes.verifiers:
        yield from _verifier_findings(verifier, minutes)
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


def _verifier_findings(verifier: Named, minutes: MinutesToFix) -> Iterator[Finding]:
    held = meetings.held_during(minutes.planned, minutes.attending)
    missed = _missed(verifier, minutes)
    led = {one.leader[0] for one in minutes.participations.values() if one.leader}
    if verifier.person_id in {minutes.chair.person_id, minutes.secretary.person_id, *led}:
        yield _of_people("%(name)s skriver redan under. Välj en annan justerare.", name=verifier.name)
    elif not (served := _served(minutes.attending, verifier.person_id)):
        yield _of_people("%(name)s deltog inte i besluten och kan inte justera. Välj en annan.", name=verifier.name)
    elif missed:
        yield _of_people(
            "%(name)s deltog inte i %(items)s och kan inte justera det som beslutades där.",
            hinders=False,
            name=verifier.name,
            items=", ".join(f"§ {item.label}" for item in missed),
        )
    elif not any(_whole(during, held) for during in served):
        yield _of_people(
            "%(name)s deltog bara i en del av sammanträdet och kan bara justera de paragraferna.",
            hinders=False,
            name=verifier.name,
        )


def _missed(verifier: Named, minutes: MinutesToFix) -> list[ItemFacts]:
    """The §§ that decide something without the verifier."""
    return [
        item
        for item in minutes.items
        if item.decides
        and (took_part := minutes.participations.get(item.item_id))
        and not _may_verify(verifier, took_part)
    ]


def _of_people(message: str, *, hinders: bool = True, **values: Any) -> Finding:
    return Finding(RuleBroken(message, **values), Place.PEOPLE, hinders=hinders)


def _served(attending: Iterable[Attending], person_id: int) -> list[Interval]:
    return [one.during for one in attending if one.person_id == person_id and one.seat is not None]


def _whole(during: Interval, held: Interval) -> bool:
    ends = during.until_at is None or (held.until_at is not None and during.until_at >= held.until_at)
    return during.from_at <= held.from_at and ends


# --- quorum of the whole meeting -----------------------------------------------------------------------------------


def _quorum_findings(minutes: MinutesToFix) -> Iterator[Finding]:
    decides = any(item.decides for item in minutes.items)
    if not minutes.attending:
        problem = RuleBroken("Ingen närvaro är antecknad. Anteckna vilka som deltog.")
        yield Finding(problem, Place.ATTENDANCE, hinders=decides)
        return
    held = meetings.held_during(minutes.planned, minutes.attending)
    voting = [step.voting for step in meetings.voting_over_time(minutes.attending) if _within(step.from_at, held)]
    needed = meetings.votes_needed(minutes.seats)
    values: dict[str, Any] = {"there": max(voting, default=0), "seats": minutes.seats, "needed": needed}
    if values["there"] < needed:
        problem = RuleBroken(
            "Organet var inte beslutsfört: %(there)s av %(seats)s deltog och det krävs %(needed)s (KL 6:27).", **values
        )
        yield Finding(problem, Place.ATTENDANCE, hinders=decides)
    elif decides and min(voting) < needed and not _timed(minutes):
        problem = RuleBroken(
            "En del av tiden deltog färre än %(needed)s. Se efter att inget beslut fattades då (KL 6:27).", **values
        )
        yield Finding(problem, Place.ATTENDANCE, hinders=False)


def _timed(minutes: MinutesToFix) -> bool:
    """Whether it is known when each § that decides something was taken up, so that the clock needs no thought."""
    return all(item.begun_at is not None for item in minutes.items if item.decides)


def _within(moment: datetime, held: Interval) -> bool:
    """Whether the step came before the meeting's end: that all leave then is no loss of quorum."""
    return held.until_at is None or moment < held.until_at
