"""What follows from an event: which last day, which reminders; and how a duty stands at a moment. Pure functions.

A *statutory* day moves to the next working day (lag 1930:173, 2 §); a *contract* day never moves (law 6).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from paragraf.core.dates import (
    add_months,
    latest_notice,
    local,
    local_date,
    statutory_deadline,
    working_day_on_or_before,
)
from paragraf.core.errors import N_
from paragraf.duties.models import Anchor, CalendarRule, Duty, DutyRule, Reminder, Unit

#: From so many days before the recommended day a duty counts as soon.
SOON_DAYS = 14
#: Reminders go out from this hour on, Swedish time.
FIRST_HOUR = 7


class Recipient(StrEnum):
    """Who is reminded; duties.recipients finds the persons."""

    BOARD_CHAIR = "board_chair"
    #: The chair of each body that the event names, of the board where it names none.
    CHAIR = "chair"
    SECRETARY = "secretary"
    #: The persons that the event names, such as those who got a commission.
    RESPONSIBLE = "responsible"
    #: All members and substitutes of the bodies that the event names.
    MEMBERS = "members"


class DutyState(StrEnum):
    OPEN = "open"
    SOON = "soon"
    OVERDUE = "overdue"
    DONE = "done"
    CANCELLED = "cancelled"


class ReminderState(StrEnum):
    PLANNED = "planned"
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Event:
    """Something that duties follow from. ``title`` is its name in letters, such as the agreement's title."""

    association_id: int
    anchor: Anchor
    subject: str
    subject_id: int
    on: date
    title: str
    matter_id: int | None = None
    #: The agreement's own "at least so many months before"; 0: it asks for no notice; None: it does not say.
    notice_months: int | None = None
    #: Persons who are responsible (ids).
    responsible: tuple[int, ...] = ()
    #: Bodies that it concerns (ids).
    body_ids: tuple[int, ...] = ()

    @property
    def facts(self) -> dict[str, Any]:
        """What a duty must remember of its event, as JSON."""
        return {
            "anchor": self.anchor.value,
            "title": self.title,
            "notice_months": self.notice_months,
            "responsible": list(self.responsible),
            "body_ids": list(self.body_ids),
        }


@dataclass(frozen=True)
class Words:
    """A state said in words: a Swedish source for translation with ``%(name)s`` places, as in core.errors."""

    message: str
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message


def event_of(duty: Duty) -> Event:
    """The event that the duty was made from."""
    facts = duty.event_facts
    return Event(
        association_id=duty.association_id,
        anchor=Anchor(facts["anchor"]),
        subject=duty.subject,
        subject_id=duty.subject_id,
        on=duty.event_on,
        title=facts["title"],
        matter_id=duty.matter_id,
        notice_months=facts["notice_months"],
        responsible=tuple(facts["responsible"]),
        body_ids=tuple(facts["body_ids"]),
    )


class DutyFacts(Protocol):
    """The facts a duty's state is computed from; rows of models.Duty have them."""

    @property
    def due_on(self) -> date: ...
    @property
    def recommended_on(self) -> date: ...
    @property
    def done_at(self) -> datetime | None: ...
    @property
    def cancelled_at(self) -> datetime | None: ...


# --- from the event to its days ------------------------------------------------------------------------------------


def in_force(rules: Iterable[DutyRule], day: date) -> list[DutyRule]:
    """Of each key the rule that holds on the day: the newest that has begun, unless it has ended."""
    newest: dict[str, DutyRule] = {}
    for rule in sorted(rules, key=lambda each: each.valid_from):
        if rule.valid_from <= day:
            newest[rule.key] = rule
    return [rule for rule in newest.values() if rule.valid_to is None or day <= rule.valid_to]


def follows(rule: DutyRule, event: Event) -> bool:
    """Whether the event gives a duty by the rule; an agreement that asks for no notice gives no notice window."""
    return rule.anchor == event.anchor and not (rule.event_sets_shift and event.notice_months == 0)


def last_day(rule: DutyRule, event_on: date, notice_months: int | None = None) -> date:
    """The last day by the rule for an event on ``event_on``; ``notice_months`` are the agreement's own, if any.

    Raises ValueError for a statutory rule that counts backwards: the law on time (1930:173) knows no such thing.
    """
    if rule.event_sets_shift and notice_months is not None:
        return latest_notice(event_on, notice_months)
    if rule.calendar_rule is CalendarRule.STATUTE:
        return statutory_deadline(event_on, **{rule.unit.value: rule.shift})
    if rule.unit is Unit.MONTHS:
        return add_months(event_on, rule.shift)
    return event_on + timedelta(**{rule.unit.value: rule.shift})


def recommended_day(due_on: date) -> date:
    """The last working day on or before the last day: the day to plan for."""
    return working_day_on_or_before(due_on)


def remind_dates(rule: DutyRule, due_on: date) -> list[date]:
    """The days on which reminders go out, first day first, none twice."""
    return sorted({due_on - timedelta(days=days) for days in rule.remind_days})


def duty_title(rule: DutyRule, event: Event) -> str:
    """The duty's name: what and about which."""
    return f"{rule.title}: {event.title}"[:300]


# --- how things stand -----------------------------------------------------------------------------------------------


def state(duty: DutyFacts, moment: datetime) -> DutyState:
    """How the duty stands at the moment. The last day itself is not overdue."""
    if duty.cancelled_at is not None:
        return DutyState.CANCELLED
    if duty.done_at is not None:
        return DutyState.DONE
    today = local_date(moment)
    if today > duty.due_on:
        return DutyState.OVERDUE
    return DutyState.SOON if today >= duty.recommended_on - timedelta(days=SOON_DAYS) else DutyState.OPEN


def is_over(duty: Duty, today: date) -> bool:
    """Whether the duty ends by itself: what was to be prepared for an event cannot be done when it has been."""
    return event_of(duty).anchor is Anchor.MEETING and duty.event_on < today


def words(duty: DutyFacts, moment: datetime) -> Words:
    """The state in words, for pages that must not say it by colour alone."""
    now = state(duty, moment)
    if now is DutyState.CANCELLED:
        return Words("Inställd")
    if now is DutyState.DONE:
        return Words("Klar")
    return _days_left((duty.due_on - local_date(moment)).days)


def _days_left(days: int) -> Words:
    nearby = {
        -1: Words("Försenad, sista dagen var i går"),
        0: Words("Sista dagen är i dag"),
        1: Words("Sista dagen är i morgon"),
    }
    if days in nearby:
        return nearby[days]
    if days < 0:
        return Words("Försenad sedan %(days)s dagar", {"days": -days})
    return Words("%(days)s dagar kvar", {"days": days})


def send_from(moment: datetime) -> date:
    """Reminders for this day and earlier ones may go out: today from seven in the morning, Swedish time."""
    here = local(moment)
    return here.date() if here.hour >= FIRST_HOUR else here.date() - timedelta(days=1)


def reminder_state(reminder: Reminder, why_not: str | None) -> ReminderState:
    """How the reminder stands; ``why_not`` is what ``reason_to_skip`` says of it today."""
    letter = reminder.letter
    if letter is not None and letter.sent_at is not None:
        return ReminderState.SENT
    if letter is not None and letter.failed_at is not None:
        return ReminderState.FAILED
    if reminder.queued_at is not None:
        return ReminderState.QUEUED
    return ReminderState.SKIPPED if reminder.skipped_at is not None or why_not else ReminderState.PLANNED


def reason_to_skip(duty: Duty, reminder: Reminder, rule: DutyRule | None, recipient_ids: Collection[int]) -> str | None:
    """Why a reminder that waits should not go out, asked again when its day has come (law 9); None: it should.

    ``rule`` is the rule that holds for the duty now, ``recipient_ids`` those whom it reminds today.
    """
    if duty.cancelled_at is not None:
        return (duty.cancel_reason or N_("Inställd"))[:200]
    if duty.done_at is not None:
        return N_("Redan klar")
    if rule is None or reminder.send_on not in remind_dates(rule, duty.due_on):
        return N_("Regeln har ändrats")
    return None if reminder.recipient_id in recipient_ids else N_("Mottagaren har inte längre uppdraget")
