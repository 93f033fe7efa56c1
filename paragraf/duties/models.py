"""Rows of the duties room."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from paragraf.core.database import Base, Json, OfAssociation, UtcDateTime, choice
from paragraf.people.models import Person
from paragraf.post.models import Letter


class Anchor(StrEnum):
    """What a duty's day is counted from."""

    AGREEMENT_REVISION = "agreement_revision"
    MEETING = "meeting"
    MEETING_HELD = "meeting_held"
    MINUTES_VERIFIED = "minutes_verified"
    COMMISSION = "commission"
    COMPLETION = "completion"
    GRANT_REPORT = "grant_report"
    GRANT_END = "grant_end"
    #: The day from which a notice may come down from the boards.
    NOTICE_END = "notice_end"
    #: A decision made by delegation, which is to be told to the body (lag 2003:1210 10 §).
    DELEGATED_DECISION = "delegated_decision"
    #: A decision that somebody must carry out by hand.
    DECISION_FOLLOW_UP = "decision_follow_up"


class Unit(StrEnum):
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class CalendarRule(StrEnum):
    """A statutory day that is a holiday moves to the next weekday; a contract day never moves (law 6)."""

    STATUTE = "statute"
    CONTRACT = "contract"


class DutyRule(OfAssociation, Base):
    """A rule of law or agreement as dated data: which duty follows from which event (law 7)."""

    __tablename__ = "duty_rule"
    __table_args__ = (
        UniqueConstraint("association_id", "key", "valid_from"),
        CheckConstraint("calendar_rule <> 'statute' OR shift >= 0", name="statute_counts_forward"),
    )
    key: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    #: "KL 5:69", "lag 2003:1210 19 §" or "agreement, contract".
    source: Mapped[str] = mapped_column(String(200))
    anchor: Mapped[Anchor] = mapped_column(choice(Anchor, "anchor"))
    #: How far from the anchor the last day is; negative is before.
    shift: Mapped[int] = mapped_column(default=0)
    unit: Mapped[Unit] = mapped_column(choice(Unit, "unit"))
    calendar_rule: Mapped[CalendarRule] = mapped_column(choice(CalendarRule, "calendar_rule"))
    #: True: the event's own notice months, where it has any, take the place of ``shift``.
    event_sets_shift: Mapped[bool] = mapped_column(default=False)
    #: Who is reminded: words of duties.rules.Recipient.
    recipients: Mapped[list[str]] = mapped_column(Json)
    #: Days before the last day on which a reminder goes out, such as [60, 14, 0]; negative is after.
    remind_days: Mapped[list[int]] = mapped_column(Json)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Duty(OfAssociation, Base):
    """Something that must be done by a day. Whether it is overdue is computed, never stored (law 1)."""

    __tablename__ = "duty"
    __table_args__ = (
        # event_on too: two events may share a last day, when a weekend moves both to the same Monday.
        UniqueConstraint(
            "association_id", "rule_key", "subject", "subject_id", "event_on", "due_on", name="uq_duty_once"
        ),
        CheckConstraint("recommended_on <= due_on", name="recommended_before_due"),
    )
    rule_key: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(300))
    source: Mapped[str] = mapped_column(String(200))
    #: What it concerns: "agreement", "meeting", "minutes" or "decision", and that row's id.
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"), index=True)
    #: The day that the duty is about, such as the day a revision takes effect.
    event_on: Mapped[date]
    #: The legal last day.
    due_on: Mapped[date]
    #: The recommended day: the last working day on or before the last day.
    recommended_on: Mapped[date]
    #: The rest of the event (duties.rules.Event.facts), so that recipients and letters follow what holds today.
    event_facts: Mapped[dict[str, Any]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[str | None] = mapped_column(String(200))
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_reason: Mapped[str | None] = mapped_column(String(300))
    reminders: Mapped[list[Reminder]] = relationship(back_populates="duty", order_by="Reminder.send_on")


class Reminder(OfAssociation, Base):
    """One mail about a duty to one person on one day (law 9)."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("duty_id", "recipient_id", "send_on"),)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"), index=True)
    recipient_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    send_on: Mapped[date] = mapped_column(index=True)
    #: When its letter was queued: set by the conditional update with which a scheduler takes the row.
    queued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))
    #: Not sent, since its day had passed when the duty became known or the duty was done.
    skipped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    skip_reason: Mapped[str | None] = mapped_column(String(200))
    duty: Mapped[Duty] = relationship(back_populates="reminders")
    recipient: Mapped[Person] = relationship()
    letter: Mapped[Letter | None] = relationship()
