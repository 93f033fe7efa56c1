"""Calls for applications as applicants meet them: what is open, what may be begun, what is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from paragraf.applications import reminding
from paragraf.applications.models import Application, FundingCall, LatePolicy, ReminderKind
from paragraf.applications.offered.call_rules import CallState, last_moment, reminder_days, state_of_call
from paragraf.applications.offered.publishing import open_forms
from paragraf.core.dates import local
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.people import queries as people
from paragraf.questions.models import FormFamily, FormVersion


class CallClosed(RuleBroken):
    """The application comes too late for its call, or the call is cancelled. What is written stays."""


@dataclass(frozen=True)
class Offer:
    """One way to begin: a form, in a call when the form has calls."""

    version: FormVersion
    call: FundingCall | None

    @property
    def choice(self) -> str:
        """What the page to begin sends: ``key``, or ``key.id`` with the call's id."""
        return f"{self.version.family.key}.{self.call.id}" if self.call else self.version.family.key


def offers(session: Session, association_id: int, now: datetime) -> list[Offer]:
    """What can be begun at the moment: forms without calls always, the others once for each open call."""
    found = []
    by_family = _by_family(_uncancelled(session, association_id))
    for version in open_forms(session, association_id):
        calls = by_family.get(version.family_id)
        if calls is None:
            found.append(Offer(version, None))
        else:
            found.extend(Offer(version, call) for call in calls if state(call, now) is CallState.OPEN)
    return found


def coming(session: Session, association_id: int, now: datetime) -> list[FundingCall]:
    """Calls that have not opened yet, of forms that are open to applicants; the first to open first."""
    rows = _uncancelled(session, association_id)
    found = [call for call in rows if call.family.is_open and state(call, now) is CallState.COMING]
    return sorted(found, key=lambda call: call.opens_at)


def call_to_begin(session: Session, family: FormFamily, call_id: int | None, now: datetime) -> FundingCall | None:
    """The call that an application on the form is begun in; None for a form without calls.

    ``call_id`` may be left out where only one call is open. Raises RuleBroken when none is, and NotThere for a call
    that is not the form's.
    """
    calls = [call for call in _uncancelled(session, family.association_id) if call.family_id == family.id]
    if call_id is not None:
        calls = [call for call in calls if call.id == call_id]
        if not calls:
            raise NotThere("Utlysningen finns inte.")
    if not calls:
        return None
    is_open = [call for call in calls if state(call, now) is CallState.OPEN]
    if not is_open:
        raise RuleBroken("Utlysningen är inte öppen. På sidan står när det går att söka.")
    if len(is_open) > 1:
        raise RuleBroken("Flera utlysningar är öppna. Välj vilken ansökan gäller.")
    return is_open[0]


def plan_reminders(session: Session, application: Application, now: datetime) -> None:
    """Plan the reminders before closing; planned again after the closing has moved, they move with it."""
    call = application.call
    if call is not None and not application.is_test:
        days = reminder_days(call.closes_at, call.remind_days)
        reminding.plan(session, application, kind=ReminderKind.CALL_CLOSING, subject_id=call.id, days=days, now=now)


def must_be_in_time(session: Session, application: Application, now: datetime) -> None:
    """Raise CallClosed for an application that its call does not take in at the moment; nothing written is lost."""
    call = application.call
    if call is None or not is_refused(application, now):
        return
    email = people.association(session, application.association_id).email
    if call.cancelled_at is not None:
        raise CallClosed(
            "Utlysningen är inställd, så ansökan går inte att skicka in. Allt ni har skrivit finns kvar. Kontakta "
            "kansliet om ni undrar: %(email)s.",
            email=email,
        )
    moment = local(last_moment(call.closes_at))
    raise CallClosed(
        "Utlysningen stängde %(day)s kl. %(time)s, och ansökningar som kommer senare tas inte emot. Allt ni har "
        "skrivit finns kvar. Kontakta kansliet om något hindrade er: %(email)s.",
        day=moment.date(),
        time=f"{moment:%H.%M}",
        email=email,
    )


def is_refused(application: Application, now: datetime) -> bool:
    """Whether the call does not take the application in at the moment: it is cancelled, or closed to late ones."""
    call = application.call
    if call is None or application.is_test:
        return False
    return call.cancelled_at is not None or (now >= call.closes_at and call.late_policy is LatePolicy.REFUSE)


def is_late(application: Application) -> bool:
    """Whether the application was received after its call had closed. The moment of receipt counts, whichever way."""
    call, received = application.call, application.submitted_at
    return call is not None and received is not None and received >= call.closes_at


def state(call: FundingCall, now: datetime) -> CallState:
    """Where the call stands at the moment."""
    return state_of_call(call.opens_at, call.closes_at, call.cancelled_at, now)


def find_call(session: Session, association_id: int, call_id: int) -> FundingCall:
    """The association's own call; raises NotThere."""
    found = session.get(FundingCall, call_id)
    if found is None or found.association_id != association_id:
        raise NotThere("Utlysningen finns inte.")
    return found


def all_calls(session: Session, association_id: int) -> list[FundingCall]:
    """Every call, cancelled ones too, the last to close first."""
    return list(session.scalars(_of(association_id).order_by(FundingCall.closes_at.desc(), FundingCall.id.desc())))


def _uncancelled(session: Session, association_id: int) -> Sequence[FundingCall]:
    wanted = _of(association_id).where(FundingCall.cancelled_at.is_(None))
    return session.scalars(wanted.order_by(FundingCall.closes_at, FundingCall.id)).all()


def _of(association_id: int) -> Select[FundingCall]:
    return (
        select(FundingCall).where(FundingCall.association_id == association_id).options(joinedload(FundingCall.family))
    )


def _by_family(calls: Sequence[FundingCall]) -> dict[int, list[FundingCall]]:
    found: dict[int, list[FundingCall]] = {}
    for call in calls:
        found.setdefault(call.family_id, []).append(call)
    return found
