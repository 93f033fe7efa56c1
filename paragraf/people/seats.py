"""What a body's rules allow: seats by member, chair and vice chairs, substitutes in their turn. Pure.

Sources: lag (2003:1210) 10 § (each member's seats, as many substitutes), 12 § (the turn of substitutes is fixed at
the election), 15 § (a substitute of the same member takes a vacant seat), 17 § (chair and one or two vice chairs).
Days are whole; a term reaches from its first day to its last, both included.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from paragraf.core.errors import RuleBroken, SeveralRulesBroken
from paragraf.people.models import BodyKind, Capacity, Numbering, SubstituteOrder
from paragraf.people.rules import holds_on

#: In a board the chair has one or two vice chairs (lag 2003:1210 17 §).
VICE_CHAIRS_OF_BOARD = range(1, 3)
#: More is a slip of the finger: no body of the law's kind is so large, and no notice goes out so early.
MOST_SEATS, MOST_NOTICE_DAYS, MOST_VERIFIERS = 200, 120, 10


@dataclass(frozen=True)
class Share:
    """How many seats a member organisation has."""

    member_organisation_id: int
    members: int
    substitutes: int


@dataclass(frozen=True)
class BodyRules:
    """What is said when rules are written: all that holds for a body from a day on."""

    valid_from: date
    seats: int
    notice_days: int
    verifiers: int
    source: str
    vice_chairs: int = 1
    numbering: Numbering = Numbering.CONTINUOUS
    first_number: int = 1
    substitute_order: SubstituteOrder = SubstituteOrder.SAME_MEMBER
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True)
class Term:
    """A mandate as the rules see it."""

    person_id: int
    name: str
    member_organisation_id: int
    capacity: Capacity
    starts_on: date
    ends_on: date | None = None
    calling_order: int | None = None

    @property
    def substitute(self) -> bool:
        return self.capacity is Capacity.SUBSTITUTE

    def overlaps(self, other: Term) -> bool:
        """Whether the two hold on some day together."""
        return (other.ends_on is None or self.starts_on <= other.ends_on) and (
            self.ends_on is None or other.starts_on <= self.ends_on
        )


@dataclass(frozen=True)
class Vacancy:
    """Seats that nobody holds: so many of a member's, or of nobody in particular where no shares are written."""

    member_organisation_id: int | None
    count: int
    substitute: bool = field(default=False)


# --- the rules themselves -------------------------------------------------------------------------------------------


def check_rules(rules: BodyRules, kind: BodyKind) -> None:
    """Raise what is wrong with the rules as they are written, all of it at once."""
    faults = [fault for fault in (*_number_faults(rules, kind), _share_fault(rules, kind)) if fault is not None]
    if faults:
        raise SeveralRulesBroken(faults)


def _number_faults(rules: BodyRules, kind: BodyKind) -> Iterable[RuleBroken | None]:
    yield _outside("Ange antalet platser, mellan 1 och 200.", "seats", rules.seats, range(1, MOST_SEATS + 1))
    yield _outside(
        "Ange antalet dagar, mellan 0 och 120.", "notice_days", rules.notice_days, range(MOST_NOTICE_DAYS + 1)
    )
    yield _outside(
        "Ange antalet justerare, mellan 1 och 10.", "verifiers", rules.verifiers, range(1, MOST_VERIFIERS + 1)
    )
    if kind is BodyKind.BOARD:
        yield _outside(
            "Styrelsen ska ha en eller två vice ordförande (lag 2003:1210 17 §).",
            "vice_chairs",
            rules.vice_chairs,
            VICE_CHAIRS_OF_BOARD,
        )
    else:
        yield _outside("Ange antalet vice ordförande, mellan 0 och 5.", "vice_chairs", rules.vice_chairs, range(6))
    yield _outside("Ange det första numret, minst 1.", "first_number", rules.first_number, range(1, 1_000_000))
    if not rules.source.strip():
        yield RuleBroken("Skriv varifrån reglerna kommer, till exempel förbundsordningen 8 §.", field="source")


def _outside(message: str, name: str, value: int, allowed: range) -> RuleBroken | None:
    return None if value in allowed else RuleBroken(message, field=name)


def _share_fault(rules: BodyRules, kind: BodyKind) -> RuleBroken | None:
    if not rules.shares:
        return None
    if any(min(share.members, share.substitutes) < 0 for share in rules.shares):
        return RuleBroken("Antalet platser kan inte vara mindre än noll.", field="shares")
    total = sum(share.members for share in rules.shares)
    if total != rules.seats:
        return RuleBroken(
            "Platserna per medlem är tillsammans %(total)s, men organet har %(seats)s. Rätta det ena eller det andra.",
            field="shares",
            total=total,
            seats=rules.seats,
        )
    if kind is BodyKind.BOARD and any(share.members != share.substitutes for share in rules.shares):
        return RuleBroken(
            "Varje medlem ska ha lika många ersättare som ledamöter i styrelsen (lag 2003:1210 10 §).", field="shares"
        )
    return None


def rules_on(day: date, rules: Iterable[BodyRules]) -> BodyRules | None:
    """The rules that hold on the day: the newest that are not in the future."""
    return max((one for one in rules if one.valid_from <= day), key=lambda one: one.valid_from, default=None)


# --- mandates -------------------------------------------------------------------------------------------------------


def check_term(new: Term, others: Sequence[Term], rules: Sequence[BodyRules]) -> None:
    """Raise what forbids the mandate beside the body's others: the first thing that does.

    Too many of one member's are no such thing (``excess``): elections overlap in practice. More members than seats are,
    since the quorum and each vote are counted from the seats (KL 6:27, 4:24).
    """
    _check_period(new)
    beside = [other for other in others if other.overlaps(new)]
    for fault in (_twice(new, beside), _turn_fault(new, beside)):
        if fault is not None:
            raise fault
    for day in _days_of_change(new, beside, rules):
        fault = _crowded(
            new, [one for one in beside if holds_on(one.starts_on, one.ends_on, day)], rules_on(day, rules)
        )
        if fault is not None:
            raise fault


def _check_period(new: Term) -> None:
    if new.ends_on is not None and new.ends_on < new.starts_on:
        raise RuleBroken("Uppdraget kan inte sluta innan det börjar.", field="ends_on")


def _twice(new: Term, beside: Iterable[Term]) -> RuleBroken | None:
    held = next((other for other in beside if other.person_id == new.person_id), None)
    if held is None:
        return None
    if held.ends_on is None:
        return RuleBroken(
            "%(name)s har redan ett uppdrag i organet från %(since)s. Avsluta det först.",
            field="person_id",
            name=held.name,
            since=held.starts_on,
        )
    return RuleBroken(
        "%(name)s har redan ett uppdrag i organet, %(since)s till %(until)s. Låt det nya börja dagen efter.",
        field="person_id",
        name=held.name,
        since=held.starts_on,
        until=held.ends_on,
    )


def _turn_fault(new: Term, beside: Iterable[Term]) -> RuleBroken | None:
    if not new.substitute:
        if new.calling_order is None:
            return None
        return RuleBroken("Bara ersättare har en turordning. Lämna den tom.", field="calling_order")
    if new.calling_order is None or new.calling_order < 1:
        return RuleBroken(
            "Ange i vilken tur ersättaren kallas in, 1 är först (lag 2003:1210 12 §).", field="calling_order"
        )
    taken = next((one for one in beside if _same_turn(one, new)), None)
    if taken is None:
        return None
    return RuleBroken(
        "%(name)s har redan turen %(order)s för samma medlem. Välj en annan.",
        field="calling_order",
        name=taken.name,
        order=new.calling_order,
    )


def _same_turn(one: Term, new: Term) -> bool:
    return (
        one.substitute
        and one.calling_order == new.calling_order
        and one.member_organisation_id == new.member_organisation_id
    )


def _days_of_change(new: Term, beside: Iterable[Term], rules: Iterable[BodyRules]) -> list[date]:
    """The days of the new term on which something begins: only then can there become too many."""
    begins = {one.starts_on for one in beside} | {one.valid_from for one in rules}
    return sorted({new.starts_on} | {day for day in begins if holds_on(new.starts_on, new.ends_on, day)})


def _crowded(new: Term, held: Sequence[Term], rules: BodyRules | None) -> RuleBroken | None:
    chairs = [one for one in held if one.capacity is Capacity.CHAIR]
    if new.capacity is Capacity.CHAIR and chairs:
        return RuleBroken(
            "%(name)s är ordförande. Avsluta det uppdraget dagen innan det nya börjar.",
            field="capacity",
            name=chairs[0].name,
        )
    if rules is None or new.substitute:
        return None
    vice = sum(one.capacity is Capacity.VICE_CHAIR for one in held)
    if new.capacity is Capacity.VICE_CHAIR and vice >= rules.vice_chairs:
        return RuleBroken(
            "Organet har enligt reglerna %(most)s vice ordförande, och så många finns redan.",
            field="capacity",
            most=rules.vice_chairs,
        )
    if sum(not one.substitute for one in held) >= rules.seats:
        return RuleBroken(
            "Alla %(seats)s platser är besatta den %(day)s. Avsluta ett uppdrag först.",
            field="starts_on",
            seats=rules.seats,
            day=max([new.starts_on, *(one.starts_on for one in held)]),
        )
    return None


def excess(held: Sequence[Term], rules: BodyRules) -> list[Vacancy]:
    """Of which members more sit in the body than the rules give them, and how many too many: a warning, no fault."""
    return [
        Vacancy(share.member_organisation_id, -free, substitute)
        for share, substitute, free in _balance(held, rules)
        if free < 0
    ]


def vacancies(held: Sequence[Term], rules: BodyRules) -> list[Vacancy]:
    """The seats that nobody holds among those in ``held``, members' first."""
    if not rules.shares:
        free = rules.seats - sum(not one.substitute for one in held)
        return [Vacancy(None, free)] if free > 0 else []
    found = [
        Vacancy(share.member_organisation_id, free, substitute)
        for share, substitute, free in _balance(held, rules)
        if free > 0
    ]
    return sorted(found, key=lambda one: one.substitute)


def _balance(held: Sequence[Term], rules: BodyRules) -> Iterable[tuple[Share, bool, int]]:
    for share in rules.shares:
        for substitute, has in ((False, share.members), (True, share.substitutes)):
            taken = sum(
                one.member_organisation_id == share.member_organisation_id and one.substitute is substitute
                for one in held
            )
            yield share, substitute, has - taken


def successors(member_organisation_id: int, held: Iterable[Term]) -> list[Term]:
    """The substitutes who may take a vacant seat of the member, in their turn (lag 2003:1210 15 §)."""
    own = [one for one in held if one.substitute and one.member_organisation_id == member_organisation_id]
    return sorted(own, key=lambda one: (one.calling_order or 0, one.starts_on))


def next_turn(held: Iterable[Term]) -> int:
    """The turn to suggest for one more substitute: after those of all members, so that none is shared."""
    return max((one.calling_order or 0 for one in held), default=0) + 1
