"""What pages, letters and the command read about duties and reminders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from paragraf.core.errors import NotThere
from paragraf.duties.models import Anchor, Duty, DutyRule, Reminder
from paragraf.duties.recipients import recipients
from paragraf.duties.rules import ReminderState, event_of, in_force, reason_to_skip, reminder_state
from paragraf.duties.wording import letter_fields, letter_kind
from paragraf.people.models import Association, Person
from paragraf.post.letters import compose


@dataclass(frozen=True)
class ListedReminder:
    """One reminder as the listing tells it. ``subject`` is the letter's subject line in the recipient's language."""

    date: date
    kind: str
    subject: str
    name: str
    address: str
    association: str
    state: ReminderState
    #: Why it was not or will not be sent.
    reason: str | None
    duty: Duty
    #: The recipient's, in which the subject is written.
    language: str


def duty(session: Session, association_id: int, duty_id: int) -> Duty:
    """The association's own duty; raises NotThere."""
    found = session.scalar(select(Duty).where(Duty.association_id == association_id, Duty.id == duty_id))
    if found is None:
        raise NotThere("Uppgiften finns inte.")
    return found


def open_duties(session: Session, association_id: int) -> list[Duty]:
    """Duties neither done nor cancelled, the most pressing first; ``rules.state`` and ``rules.words`` say how each
    stands."""
    return list(session.scalars(_open(association_id)))


def own_duties(session: Session, association_id: int, person_id: int, *, today: date) -> list[Duty]:
    """The open duties of which the person is reminded by what holds today, the most pressing first."""
    known = Known(session, today)
    return [each for each in open_duties(session, association_id) if person_id in known.recipient_ids(each)]


def duties_of(session: Session, association_id: int, subject: str, subject_id: int) -> list[Duty]:
    """All duties about the subject, done and cancelled ones too, in the order of their last days."""
    wanted = select(Duty).where(
        Duty.association_id == association_id, Duty.subject == subject, Duty.subject_id == subject_id
    )
    return list(session.scalars(wanted.order_by(Duty.due_on, Duty.id)))


def open_duties_of(session: Session, association_id: int, subject: str, subject_id: int) -> list[Duty]:
    """The open duties about the subject, in the order of their last days."""
    return list(session.scalars(_open(association_id).where(Duty.subject == subject, Duty.subject_id == subject_id)))


def _open(association_id: int) -> Select[Duty]:
    return (
        select(Duty)
        .where(Duty.association_id == association_id, Duty.done_at.is_(None), Duty.cancelled_at.is_(None))
        .order_by(Duty.due_on, Duty.id)
    )


def rules_for(session: Session, association_id: int, anchor: Anchor, day: date) -> list[DutyRule]:
    """The association's rules for the anchor that hold on the day."""
    wanted = select(DutyRule).where(DutyRule.association_id == association_id, DutyRule.anchor == anchor)
    return in_force(session.scalars(wanted.order_by(DutyRule.id)), day)


class Known:
    """Rules and recipients as of a day. Asked about many duties, it asks the database about each question once."""

    def __init__(self, session: Session, day: date) -> None:
        self._session, self._day = session, day
        self._rules: dict[tuple[int, Anchor, date], list[DutyRule]] = {}
        self._persons: dict[tuple[object, ...], list[Person]] = {}

    def rule(self, duty: Duty) -> DutyRule | None:
        """The rule that holds for the duty; None if it was ended."""
        asked = duty.association_id, event_of(duty).anchor, duty.event_on
        if asked not in self._rules:
            self._rules[asked] = rules_for(self._session, *asked)
        return next((rule for rule in self._rules[asked] if rule.key == duty.rule_key), None)

    def recipients(self, duty: Duty) -> list[Person]:
        """Whom the duty's rule reminds on the day; nobody if the rule was ended."""
        rule, event = self.rule(duty), event_of(duty)
        if rule is None:
            return []
        asked = duty.association_id, *rule.recipients, event.body_ids, event.responsible
        if asked not in self._persons:
            self._persons[asked] = recipients(self._session, rule, event, self._day)
        return self._persons[asked]

    def recipient_ids(self, duty: Duty) -> set[int]:
        return {person.id for person in self.recipients(duty)}

    def reason_to_skip(self, reminder: Reminder) -> str | None:
        """Why a waiting reminder should not go out on the day; None if it should."""
        about = reminder.duty
        return reason_to_skip(about, reminder, self.rule(about), self.recipient_ids(about))


def reminders_between(
    session: Session, association_id: int | None, first: date, last: date, *, today: date
) -> list[ListedReminder]:
    """The reminders of the days ``first`` to ``last``, both included: sent, skipped and to come; nothing is changed.

    Those of cancelled duties are left out. ``association_id`` None means all associations.
    """
    wanted = (
        select(Reminder)
        .join(Reminder.duty)
        .where(Reminder.send_on >= first, Reminder.send_on <= last, Duty.cancelled_at.is_(None))
        .options(contains_eager(Reminder.duty), joinedload(Reminder.recipient), joinedload(Reminder.letter))
        .order_by(Reminder.send_on, Reminder.association_id, Reminder.id)
    )
    if association_id is not None:
        wanted = wanted.where(Reminder.association_id == association_id)
    return _listed(session, list(session.scalars(wanted)), today)


def reminders_of(session: Session, duty: Duty, *, today: date) -> list[ListedReminder]:
    """The duty's reminders, first day first."""
    return _listed(session, duty.reminders, today)


def _listed(session: Session, reminders: list[Reminder], today: date) -> list[ListedReminder]:
    names = {each.id: each.name for each in session.scalars(select(Association))}
    known = Known(session, today)
    return [_listed_one(session, each, names[each.association_id], known) for each in reminders]


def _listed_one(session: Session, reminder: Reminder, association: str, known: Known) -> ListedReminder:
    waits = reminder.queued_at is None and reminder.skipped_at is None
    reason = known.reason_to_skip(reminder) if waits else reminder.skip_reason
    return ListedReminder(
        date=reminder.send_on,
        kind=reminder.duty.rule_key,
        subject=_subject(session, reminder),
        name=reminder.recipient.name,
        address=reminder.recipient.email,
        association=association,
        state=reminder_state(reminder, reason),
        reason=reason,
        duty=reminder.duty,
        language=reminder.recipient.language,
    )


def _subject(session: Session, reminder: Reminder) -> str:
    """The subject line: what the letter said, or what it will say."""
    if reminder.letter is not None:
        return reminder.letter.subject
    language = reminder.recipient.language
    return compose("duties", letter_kind(reminder.duty), language, letter_fields(session, reminder)).subject
