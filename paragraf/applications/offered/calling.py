"""The office makes, changes and cancels calls, and those who are writing in one are told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from paragraf.applications import reminding
from paragraf.applications.filled import form_of
from paragraf.applications.links import link_to
from paragraf.applications.models import ApplicantReminder, Application, FundingCall, LatePolicy, ReminderKind
from paragraf.applications.offered.call_rules import CallState, NewCall, check_call, last_moment
from paragraf.applications.offered.calls import plan_reminders, state
from paragraf.applications.offered.publishing import newest_version
from paragraf.core import log
from paragraf.core.database import settings_of
from paragraf.core.dates import local
from paragraf.core.errors import N_, RuleBroken
from paragraf.core.printing import print_time
from paragraf.people import queries as people
from paragraf.post.operations import Recipient, write_letter
from paragraf.questions.definition import Purpose
from paragraf.questions.models import FormFamily

#: What decides whether a call may be changed.
_STANDING = ("opens_at", "closes_at", "cancelled_at")
_CANCELLED = N_("Utlysningen är inställd.")


def make_call(session: Session, family: FormFamily, new: NewCall, *, now: datetime, actor: str) -> FundingCall:
    """Make a call on a published form. From then on the form can be begun only while one of its calls is open.

    Raises SeveralRulesBroken with all that is wrong.
    """
    version = newest_version(session, family)
    if version is None:
        raise RuleBroken("Formuläret är inte publicerat än. Publicera det först.", field="family")
    if form_of(version).purpose is Purpose.REPORT:
        raise RuleBroken("En redovisning begärs av var och en som fått bidrag. Den utlyses inte.", field="family")
    check_call(new, now=now)
    call = FundingCall(association_id=family.association_id, family=family, created_at=now, created_by=actor)
    _take(call, new)
    session.add(call)
    session.flush()
    log.record(session, call.association_id, "make", "funding_call", call.id, now=now, actor=actor, title=call.title)
    return call


def change_call(session: Session, call: FundingCall, new: NewCall, *, now: datetime, actor: str) -> None:
    """Change a call. A closing that moves takes the reminders with it, and those who are writing are told of it.

    Raises SeveralRulesBroken with all that is wrong, and RuleBroken for a call that is closed or cancelled.
    """
    session.refresh(call, _STANDING, with_for_update=True)
    now_is = _must_not_be_over(call, now)
    check_call(new, now=now, opened_at=call.opens_at if now_is is CallState.OPEN else None)
    before = call.closes_at
    _take(call, new)
    session.flush()
    for application in writing_in(session, call):
        plan_reminders(session, application, now)
        if call.closes_at != before:
            _tell(session, application, call, "call_moved", f"{call.closes_at:%Y%m%d%H%M}", now)
    log.record(session, call.association_id, "change", "funding_call", call.id, now=now, actor=actor, title=call.title)


def cancel_call(session: Session, call: FundingCall, *, now: datetime, actor: str) -> None:
    """Cancel a call that has not closed. Those who are writing are told; what they have written stays."""
    session.refresh(call, _STANDING, with_for_update=True)
    if call.cancelled_at is not None:
        return
    _must_not_be_over(call, now)
    call.cancelled_at = now
    session.flush()
    for application in writing_in(session, call):
        reminding.cancel(
            session, application, kind=ReminderKind.CALL_CLOSING, subject_id=call.id, reason=_CANCELLED, now=now
        )
        _tell(session, application, call, "call_cancelled", "", now)
    log.record(session, call.association_id, "cancel", "funding_call", call.id, now=now, actor=actor, title=call.title)


def write_closing_reminder(session: Session, reminder: ApplicantReminder, now: datetime) -> str | None:
    """Remind the writer that the call closes; or why not, in Swedish. The call may have moved since it was planned."""
    application = reminder.application
    call = session.get(FundingCall, reminder.subject_id)
    if application.submitted_at is not None:
        return "Ansökan är redan inskickad."
    if application.withdrawn_at is not None:
        return "Ansökan är återtagen."
    if call is None or call.cancelled_at is not None:
        return _CANCELLED
    if now >= call.closes_at:
        return "Utlysningen har stängt."
    _tell(session, application, call, "call_closing", f"{reminder.send_on:%Y%m%d}", now)
    return None


def tell_missed(session: Session, application: Application, now: datetime) -> None:
    """Tell the owner that the last signature came after the call had closed, and that it refuses late ones."""
    if application.call is not None:
        _tell(session, application, application.call, "call_missed", f"{application.version}", now)


def writing_in(session: Session, call: FundingCall) -> list[Application]:
    """The applications in the call that are begun and not handed in."""
    wanted = select(Application).where(
        Application.association_id == call.association_id,
        Application.call_id == call.id,
        Application.submitted_at.is_(None),
        Application.withdrawn_at.is_(None),
        Application.is_test.is_(False),
    )
    return list(session.scalars(wanted.order_by(Application.id)))


def counts(session: Session, association_id: int) -> Mapping[int, tuple[int, int]]:
    """How many applications in each call are begun and not handed in, and how many are received; by the call's id."""
    wanted = (
        select(Application.call_id, func.count(Application.id), func.count(Application.submitted_at))
        .where(
            Application.association_id == association_id,
            Application.call_id.is_not(None),
            Application.is_test.is_(False),
        )
        .group_by(Application.call_id)
    )
    rows = session.execute(wanted)
    return {call_id: (count - received, received) for call_id, count, received in rows if call_id is not None}


def _take(call: FundingCall, new: NewCall) -> None:
    call.title, call.information = new.title, new.information
    call.opens_at, call.closes_at, call.late_policy = new.opens_at, new.closes_at, new.late_policy
    call.earliest, call.latest = new.earliest, new.latest
    call.remind_days = sorted(set(new.remind_days), reverse=True)


def _must_not_be_over(call: FundingCall, now: datetime) -> CallState:
    found = state(call, now)
    if found is CallState.CLOSED:
        raise RuleBroken("Utlysningen har stängt och går inte att ändra. Gör en ny om det ska gå att söka igen.")
    if found is CallState.CANCELLED:
        raise RuleBroken("Utlysningen är inställd och går inte att ändra. Gör en ny om det ska gå att söka igen.")
    return found


def _tell(
    session: Session, application: Application, call: FundingCall, kind: str, occasion: str, now: datetime
) -> None:
    association = people.association(session, application.association_id)
    last = local(last_moment(call.closes_at))
    write_letter(
        session,
        association_id=association.id,
        room="applications",
        kind=kind,
        key=f"{kind.replace('_', '-')}-{call.id}-{application.id}-{occasion}",
        to=Recipient("", application.email, application.language),
        fields={
            "call": call.title,
            "last_day": last.date(),
            "last_time": print_time(last.time(), application.language),
            "refuses_late": call.late_policy is LatePolicy.REFUSE,
            "address": link_to(settings_of(session), application),
            "contact_email": association.email,
        },
        now=now,
        secret=True,
    )
