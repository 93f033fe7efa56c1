"""Verbs of the duties room: take up rules, make duties of events, finish and cancel them, queue their reminders."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core import log
from paragraf.core.dates import local_date
from paragraf.core.errors import N_
from paragraf.duties import queries, rules
from paragraf.duties.models import Anchor, Duty, DutyRule, Reminder
from paragraf.duties.recipients import recipients
from paragraf.duties.rules import Event
from paragraf.duties.standard_rules import rows_at_need, standard_rows
from paragraf.duties.taking import take_due
from paragraf.duties.wording import letter_fields, letter_kind
from paragraf.people.models import Person
from paragraf.people.operations import recipient as addressee
from paragraf.post.operations import write_letter

#: Who acts when nobody does.
PROGRAM = "Paragraf"


def adopt_standard_rules(
    session: Session, association_id: int, *, valid_from: date, only: Collection[str] | None = None
) -> list[DutyRule]:
    """Give the association the standard rules that it lacks; what it has of its own under the same key stands.

    ``only``: just these keys, for rules that are younger than the association.
    """
    has = set(session.scalars(select(DutyRule.key).where(DutyRule.association_id == association_id)))
    standard = standard_rows(association_id, valid_from=valid_from)
    added = [rule for rule in standard if rule.key not in has and (only is None or rule.key in only)]
    session.add_all(added)
    session.flush()
    return added


def adopt_at_need(session: Session, association_id: int, key: str, *, valid_from: date) -> None:
    """Give the association the rule of this key (standard_rules.RULES_AT_NEED), unless it has one under it already."""
    has = select(DutyRule.id).where(DutyRule.association_id == association_id, DutyRule.key == key)
    if session.scalar(has.limit(1)) is None:
        session.add_all(one for one in rows_at_need(association_id, valid_from=valid_from) if one.key == key)
        session.flush()


# --- from events to duties -----------------------------------------------------------------------------------------


def plan(session: Session, event: Event, *, now: datetime) -> list[Duty]:
    """Make the duties that follow from the event by the rules that hold on its day, with their reminders.

    Planning the same event again changes nothing. If the rules now give another last day, the open duty is
    cancelled and a new one made; a duty of the event that is done stays done. Reminders whose day had passed when
    the duty became known are rows too, marked as skipped. The caller holds the event's subject locked, so that two
    do not plan it at once (a constraint stands behind).
    """
    known = queries.rules_for(session, event.association_id, event.anchor, event.on)
    return [_duty_by(session, rule, event, now) for rule in known if rules.follows(rule, event)]


def replan(
    session: Session,
    events: Iterable[Event],
    *,
    association_id: int,
    anchor: Anchor,
    subject: str,
    subject_id: int,
    reason: str,
    now: datetime,
    actor: str,
    since: date | None = None,
) -> list[Duty]:
    """Make the subject's open duties those that follow from ``events``: plan these, cancel the others with ``reason``.

    Only duties of the same anchor are touched, and only of events after ``since`` where it is given: what was to be
    done before a day that has come is not made undone by planning ahead.
    """
    wanted = [duty for event in events for duty in plan(session, event, now=now)]
    for duty in queries.open_duties_of(session, association_id, subject, subject_id):
        touched = rules.event_of(duty).anchor is anchor and (since is None or duty.event_on > since)
        if touched and duty not in wanted:
            _cancel(session, duty, reason, now, actor)
    return wanted


def move(session: Session, event: Event, *, reason: str, now: datetime, actor: str) -> list[Duty]:
    """The event has moved to ``event.on``: cancel the open duties of its former day and plan anew."""
    return replan(
        session,
        [event],
        association_id=event.association_id,
        anchor=event.anchor,
        subject=event.subject,
        subject_id=event.subject_id,
        reason=reason,
        now=now,
        actor=actor,
    )


def _duty_by(session: Session, rule: DutyRule, event: Event, now: datetime) -> Duty:
    earlier = _duties_of_event(session, rule, event)
    done = [duty for duty in earlier if duty.done_at is not None]
    if done:
        return done[-1]
    due_on = rules.last_day(rule, event.on, event.notice_months)
    for duty in earlier:
        if duty.cancelled_at is None and duty.due_on != due_on:
            _cancel(session, duty, N_("Sista dagen har ändrats"), now, PROGRAM)
    same = next((duty for duty in earlier if duty.due_on == due_on), None)
    if same is None:
        return _new_duty(session, rule, event, due_on, now)
    _renew(session, same, rule, event, now)
    return same


def _duties_of_event(session: Session, rule: DutyRule, event: Event) -> Sequence[Duty]:
    about = queries.duties_of(session, event.association_id, event.subject, event.subject_id)
    return [duty for duty in about if duty.rule_key == rule.key and duty.event_on == event.on]


def _new_duty(session: Session, rule: DutyRule, event: Event, due_on: date, now: datetime) -> Duty:
    duty = Duty(
        association_id=event.association_id,
        rule_key=rule.key,
        subject=event.subject,
        subject_id=event.subject_id,
        event_on=event.on,
        due_on=due_on,
        recommended_on=rules.recommended_day(due_on),
        created_at=now,
        **_told_by(rule, event),
    )
    session.add(duty)
    persons = recipients(session, rule, event, local_date(now))
    _add_reminders(duty, persons, rules.remind_dates(rule, due_on), now)
    session.flush()
    _log(session, "plan_duty", duty, now, PROGRAM)
    return duty


def _told_by(rule: DutyRule, event: Event) -> dict[str, object]:
    """What a duty says of its rule and its event; it follows them as long as the duty is open."""
    return {
        "title": rules.duty_title(rule, event),
        "source": rule.source,
        "matter_id": event.matter_id,
        "event_facts": event.facts,
    }


def _renew(session: Session, duty: Duty, rule: DutyRule, event: Event, now: datetime) -> None:
    for name, value in _told_by(rule, event).items():
        # Only what differs: assigning JSON marks the row as changed even when the value is the same.
        if getattr(duty, name) != value:
            setattr(duty, name, value)
    if duty.cancelled_at is not None:
        duty.cancelled_at = duty.cancel_reason = None
        _log(session, "revive_duty", duty, now, PROGRAM)
    _follow(session, duty, rule, recipients(session, rule, event, local_date(now)), now)


def _add_reminders(duty: Duty, persons: Iterable[Person], days: Iterable[date], now: datetime) -> None:
    today = local_date(now)
    for person in persons:
        for day in days:
            reminder = Reminder(association_id=duty.association_id, recipient_id=person.id, send_on=day)
            if day < today:
                reminder.skipped_at, reminder.skip_reason = now, N_("Dagen hade passerat när uppgiften blev känd")
            duty.reminders.append(reminder)


def keep_up(session: Session, *, now: datetime) -> int:
    """Bring the open duties up to the day; how many changed. Run each day, as often as one likes.

    A new chair gets the reminders to come of what was planned under the old one, whose waiting reminders are passed
    over when their day comes. What was to be prepared for a meeting is over when the meeting's day is.
    """
    today = local_date(now)
    known = queries.Known(session, today)
    open_now = select(Duty).where(Duty.done_at.is_(None), Duty.cancelled_at.is_(None))
    changed = 0
    # By association: two schedulers then lock the heads of the logs in the same order, never crosswise.
    for duty in session.scalars(open_now.order_by(Duty.association_id, Duty.id)).all():
        if rules.is_over(duty, today):
            _finish(session, duty, now, PROGRAM)
            changed += 1
        elif _follow(session, duty, known.rule(duty), known.recipients(duty), now):
            changed += 1
    return changed


def _follow(session: Session, duty: Duty, rule: DutyRule | None, persons: Iterable[Person], now: datetime) -> int:
    """Add the reminders from today on that the duty lacks."""
    has = {(reminder.recipient_id, reminder.send_on) for reminder in duty.reminders}
    today = local_date(now)
    lacking = [
        (person, day)
        for person in persons
        for day in (rules.remind_dates(rule, duty.due_on) if rule else [])
        if day >= today and (person.id, day) not in has
    ]
    for person, day in lacking:
        _add_reminders(duty, [person], [day], now)
    session.flush()
    return len(lacking)


# --- done and cancelled ---------------------------------------------------------------------------------------------


def finish(
    session: Session,
    *,
    association_id: int,
    rule_key: str,
    subject: str,
    subject_id: int,
    now: datetime,
    actor: str,
    event_on: date | None = None,
) -> Duty | None:
    """The duty is done. Of several open ones (a revision each year) the one of ``event_on``, or the most pressing.

    None when none is open: an association may have ended the rule, and what is done twice is done.
    """
    for duty in queries.open_duties_of(session, association_id, subject, subject_id):
        if duty.rule_key == rule_key and event_on in {None, duty.event_on}:
            _finish(session, duty, now, actor)
            return duty
    return None


def _finish(session: Session, duty: Duty, now: datetime, actor: str) -> None:
    duty.done_at, duty.done_by = now, actor
    _log(session, "finish_duty", duty, now, actor)


def cancel(
    session: Session,
    *,
    association_id: int,
    subject: str,
    subject_id: int,
    reason: str,
    now: datetime,
    actor: str,
    rule_key: str | None = None,
) -> list[Duty]:
    """The subject's open duties, or those of one rule, are no longer to be done: a meeting was called off.

    Their waiting reminders are passed over when their day comes.
    """
    open_now = queries.open_duties_of(session, association_id, subject, subject_id)
    cancelled = [duty for duty in open_now if rule_key in {None, duty.rule_key}]
    for duty in cancelled:
        _cancel(session, duty, reason, now, actor)
    return cancelled


def _cancel(session: Session, duty: Duty, reason: str, now: datetime, actor: str) -> None:
    duty.cancelled_at, duty.cancel_reason = now, reason[:300]
    _log(session, "cancel_duty", duty, now, actor, reason=reason)


def _log(session: Session, verb: str, duty: Duty, now: datetime, actor: str, **details: object) -> None:
    log.record(
        session,
        duty.association_id,
        verb,
        duty.subject,
        duty.subject_id,
        now=now,
        actor=actor,
        matter_id=duty.matter_id,
        duty=duty.id,
        title=duty.title,
        last_day=duty.due_on.isoformat(),
        **details,
    )


# --- reminders ------------------------------------------------------------------------------------------------------


def queue_due_reminders(session: Session, *, now: datetime, limit: int) -> int:
    """Queue the letters of up to ``limit`` reminders whose day has come, and pass over those no longer wanted.

    Returns how many were taken, so that the caller goes on, in a new transaction, as long as it is ``limit``.
    Marking a reminder and queueing its letter happen in one transaction: after a crash neither has happened, and
    what a missed night left is taken the next time. The outbox then delivers (law 2).
    """
    taken = take_due(session, Reminder, Reminder.duty, Reminder.recipient, now=now, limit=limit)
    known = queries.Known(session, local_date(now))
    for reminder in taken:
        reason = known.reason_to_skip(reminder)
        if reason:
            reminder.queued_at, reminder.skipped_at, reminder.skip_reason = None, now, reason
        else:
            _write(session, reminder, now)
    session.flush()
    return len(taken)


def _write(session: Session, reminder: Reminder, now: datetime) -> None:
    duty = reminder.duty
    letter = write_letter(
        session,
        association_id=duty.association_id,
        room="duties",
        kind=letter_kind(duty),
        key=f"reminder-{reminder.id}",
        to=addressee(reminder.recipient),
        fields=letter_fields(session, reminder),
        now=now,
        matter_id=duty.matter_id,
    )
    reminder.letter_id = letter.id
    _log(session, "remind", duty, now, PROGRAM, reminder=reminder.id, to=reminder.recipient.name)
