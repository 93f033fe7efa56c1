"""Which substitute is called to serve for an absent member, on values.

The order is fixed at the election (lag 2003:1210 12 §); the body's rule tells whether the member organisation goes
before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from paragraf.core.errors import RuleBroken
from paragraf.meetings.rules import Attending, Seat, present_at, vacant_seats
from paragraf.people.models import SubstituteOrder


def propose_substitute(
    member: Seat,
    substitutes: Iterable[Seat],
    attending: Sequence[Attending],
    moment: datetime,
    order: SubstituteOrder = SubstituteOrder.SAME_MEMBER,
) -> Seat | None:
    """Which substitute in the room, not yet serving, should take an absent member's seat; None when nobody can."""
    if member not in vacant_seats([member], attending, moment):
        return None
    free = {one.person_id for one in present_at(attending, moment) if one.seat is None}
    return next((one for one in called_in_order(substitutes, member, order) if one.person_id in free), None)


def called_in_order(
    substitutes: Iterable[Seat], member: Seat, order: SubstituteOrder = SubstituteOrder.SAME_MEMBER
) -> list[Seat]:
    """The substitutes in the order in which they are called to serve for the member, by the body's rule."""
    return sorted(substitutes, key=lambda substitute: _nearness(substitute, member, order))


def nearest_seat(
    substitute: Seat, vacant: Iterable[Seat], order: SubstituteOrder = SubstituteOrder.SAME_MEMBER
) -> Seat | None:
    """Which of the vacant seats a substitute should serve for; of equally near ones the first."""
    return min(vacant, key=lambda member: _nearness(substitute, member, order), default=None)


class Reason(StrEnum):
    """Why a substitute is called for a member before the others."""

    SAME_MEMBER = "same_member"
    SAME_PRINCIPAL = "same_principal"
    CALLING_ORDER = "calling_order"


def why_called(substitute: Seat, member: Seat, order: SubstituteOrder = SubstituteOrder.SAME_MEMBER) -> Reason:
    """Why the substitute is the one to serve for the member, by the body's rule."""
    if order is SubstituteOrder.CALLING_ORDER:
        return Reason.CALLING_ORDER
    if substitute.member_organisation_id == member.member_organisation_id:
        return Reason.SAME_MEMBER
    return Reason.SAME_PRINCIPAL if substitute.principal is member.principal else Reason.CALLING_ORDER


def _nearness(substitute: Seat, member: Seat, order: SubstituteOrder) -> tuple[bool, bool, int]:
    if order is SubstituteOrder.CALLING_ORDER:
        return (False, False, substitute.calling_order or 0)
    return (
        substitute.member_organisation_id != member.member_organisation_id,
        substitute.principal != member.principal,
        substitute.calling_order or 0,
    )


def why_not_serve_again(
    substitute: Seat, member: Seat, attending: Sequence[Attending], moment: datetime
) -> RuleBroken | None:
    """What forbids a substitute to serve once more for a member who took the seat back: they may not take turns.

    Växeltjänstgöring, which boards' own rules forbid but after jäv; for jäv a substitute is called for the § only
    (minutes.recusing) and no seat changes hands.
    """
    ended = [
        one.during.until_at
        for one in attending
        if one.person_id == substitute.person_id and one.seat == member.mandate_id and one.during.until_at is not None
    ]
    before = [until for until in ended if until < moment]
    back = (one for one in attending if one.person_id == member.person_id and one.seat == member.mandate_id)
    if not before or not any(min(before) <= one.during.from_at < moment for one in back):
        return None
    return RuleBroken(
        "%(substitute)s har redan tjänstgjort för %(member)s, som sedan kom tillbaka. De får inte turas om "
        "(växeltjänstgöring). Välj en annan ersättare, eller lämna platsen tom.",
        substitute=substitute.name,
        member=member.name,
    )
