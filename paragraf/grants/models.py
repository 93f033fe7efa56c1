"""Rows of the grants room."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from paragraf.applications.models import Application
from paragraf.core.database import Base, OfAssociation, UtcDateTime, choice
from paragraf.register.models import Document


class ConditionOutcome(StrEnum):
    MET = "met"
    FAILED = "failed"


class RowAmountKind(StrEnum):
    """What an amount in a row of the budget is: what was granted for it, or what it came to."""

    GRANTED = "granted"
    OUTCOME = "outcome"


class ReportKind(StrEnum):
    STATUS = "status"
    TERTIAL = "tertial"
    YEAR = "year"
    FINAL = "final"


class RemainderKind(StrEnum):
    """What became of granted money that is not used."""

    RETURNED = "returned"
    CARRIED_OVER = "carried_over"
    #: Set free since a condition failed or the measure was ended before it was paid.
    RELEASED = "released"


class Grant(OfAssociation, Base):
    """What a § granted an application: an amount for each year, perhaps on conditions."""

    __tablename__ = "grant"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="period_in_order"),
        CheckConstraint("post_share IS NULL OR post_share > 0", name="share_of_something"),
    )
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    #: The decision it follows from; one decision gives one grant, whatever is retried.
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), unique=True)
    decided_on: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: The grant period; None where neither the decision nor the application says one.
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    #: A part of a post that is financed without an amount being said, in hundredths of a per cent: flagged, not summed.
    post_share: Mapped[int | None]
    #: When the final report was accepted and the matter closed.
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    application: Mapped[Application] = relationship()
    years: Mapped[list[GrantYear]] = relationship(order_by="GrantYear.year")
    conditions: Mapped[list[GrantCondition]] = relationship(order_by="GrantCondition.position")


class GrantYear(OfAssociation, Base):
    """The amount granted for one year, in öre."""

    __tablename__ = "grant_year"
    __table_args__ = (
        UniqueConstraint("grant_id", "year"),
        CheckConstraint("amount_ore >= 0", name="amount_not_negative"),
    )
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    year: Mapped[int]
    amount_ore: Mapped[int] = mapped_column(BigInteger)


class GrantCondition(OfAssociation, Base):
    """A condition of a grant; nothing is paid while one is open."""

    __tablename__ = "grant_condition"
    __table_args__ = (
        UniqueConstraint("grant_id", "position"),
        CheckConstraint("(outcome IS NULL) = (settled_on IS NULL)", name="outcome_has_day"),
    )
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(1000))
    outcome: Mapped[ConditionOutcome | None] = mapped_column(choice(ConditionOutcome, "condition_outcome"))
    settled_on: Mapped[date | None]


class GrantRowAmount(OfAssociation, Base):
    """An amount for one row of the budget and one year. Rows are only added; the newest of a cell holds."""

    __tablename__ = "grant_row_amount"
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    kind: Mapped[RowAmountKind] = mapped_column(choice(RowAmountKind, "row_amount_kind"))
    #: The row's id in the budget of the form that was applied with.
    row_id: Mapped[str] = mapped_column(String(200))
    year: Mapped[int]
    #: Öre; None takes an amount back without saying zero.
    amount_ore: Mapped[int | None] = mapped_column(BigInteger)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str] = mapped_column(String(200))
    #: Where the figure is from, such as the register number of a report.
    source: Mapped[str] = mapped_column(String(200), default="")


class PlannedPayment(OfAssociation, Base):
    """One payment of a grant's plan. A plan that is changed keeps what was planned before."""

    __tablename__ = "planned_payment"
    __table_args__ = (CheckConstraint("amount_ore > 0", name="something_is_paid"),)
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    due_on: Mapped[date]
    amount_ore: Mapped[int] = mapped_column(BigInteger)
    text: Mapped[str] = mapped_column(String(200), default="")
    planned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    planned_by: Mapped[str] = mapped_column(String(200))
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DrawdownClaim(OfAssociation, Base):
    """A grantee's claim of granted money (rekvirering): approved or refused by the office, then paid."""

    __tablename__ = "drawdown_claim"
    __table_args__ = (
        UniqueConstraint("grant_id", "number"),
        CheckConstraint("amount_ore > 0", name="something_is_claimed"),
        CheckConstraint("approved_at IS NULL OR refused_at IS NULL", name="one_answer"),
        CheckConstraint("paid_on IS NULL OR approved_at IS NOT NULL", name="approved_before_paid"),
        CheckConstraint("(refused_at IS NULL) = (refuse_reason IS NULL)", name="refused_with_reason"),
    )
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    #: Running number within the grant.
    number: Mapped[int]
    #: The budget year that the money is granted for.
    year: Mapped[int]
    amount_ore: Mapped[int] = mapped_column(BigInteger)
    text: Mapped[str] = mapped_column(String(1000), default="")
    claimed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_by: Mapped[str] = mapped_column(String(254))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[str | None] = mapped_column(String(200))
    refuse_reason: Mapped[str | None] = mapped_column(String(1000))
    paid_on: Mapped[date | None]
    grant: Mapped[Grant] = relationship()
    document: Mapped[Document | None] = relationship()


class GrantReport(OfAssociation, Base):
    """A report that is due on a grant. What the grantee fills in is an application row with purpose report."""

    __tablename__ = "grant_report"
    __table_args__ = (
        UniqueConstraint("grant_id", "kind", "period_end"),
        CheckConstraint("period_end >= period_start", name="period_in_order"),
        CheckConstraint("accepted_at IS NULL OR application_id IS NOT NULL", name="accepted_when_filled_in"),
    )
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    kind: Mapped[ReportKind] = mapped_column(choice(ReportKind, "report_kind"))
    form_key: Mapped[str] = mapped_column(String(60))
    period_start: Mapped[date]
    period_end: Mapped[date]
    due_on: Mapped[date]
    #: The form that is being or has been filled in.
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"), unique=True)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    accepted_by: Mapped[str | None] = mapped_column(String(200))
    #: No longer due, with the reason.
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_reason: Mapped[str | None] = mapped_column(String(300))
    #: What the office asked to have completed, the last time it did.
    remark: Mapped[str] = mapped_column(String(1000), default="")
    grant: Mapped[Grant] = relationship()
    application: Mapped[Application | None] = relationship()


class ReportRule(OfAssociation, Base):
    """How long after its period a kind of report is due, as dated data (law 7); the newest that has begun holds."""

    __tablename__ = "report_rule"
    __table_args__ = (
        UniqueConstraint("association_id", "kind", "valid_from"),
        CheckConstraint("days_after >= 0", name="after_its_period"),
    )
    kind: Mapped[ReportKind] = mapped_column(choice(ReportKind, "report_kind"))
    valid_from: Mapped[date]
    #: Calendar days from the period's last day; None: such reports are not asked for.
    days_after: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(200))
    recorded_by: Mapped[str] = mapped_column(String(200))


class GrantRemainder(OfAssociation, Base):
    """What became of granted money that was not used. Rows are only added."""

    __tablename__ = "grant_remainder"
    __table_args__ = (
        CheckConstraint("amount_ore > 0", name="something_is_left"),
        CheckConstraint("(kind = 'carried_over') = (to_year IS NOT NULL)", name="carried_to_a_year"),
        # What is given back was paid; what is set free was not.
        CheckConstraint("kind = 'carried_over' OR was_paid = (kind = 'returned')", name="paid_before_returned"),
    )
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    kind: Mapped[RemainderKind] = mapped_column(choice(RemainderKind, "remainder_kind"))
    year: Mapped[int]
    to_year: Mapped[int | None]
    amount_ore: Mapped[int] = mapped_column(BigInteger)
    #: Whether the grantee had been paid it; otherwise it is taken from what can still be claimed.
    was_paid: Mapped[bool]
    decided_on: Mapped[date]
    #: The § that says so, such as "§ 631", or the office's reason.
    text: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str] = mapped_column(String(200))


class YearlyFunds(OfAssociation, Base):
    """What the association can give in a year, as dated data: the newest row of a year holds. Rows are only added."""

    __tablename__ = "yearly_funds"
    __table_args__ = (CheckConstraint("budget_ore >= 0", name="budget_not_negative"),)
    year: Mapped[int]
    #: What the board has set aside for measures.
    budget_ore: Mapped[int] = mapped_column(BigInteger)
    #: The year's income, from which a cap in per cent is counted; own capital at its start. None where not known.
    income_ore: Mapped[int | None] = mapped_column(BigInteger)
    own_capital_ore: Mapped[int | None] = mapped_column(BigInteger)
    decided_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(200))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str] = mapped_column(String(200))


class CapitalCap(OfAssociation, Base):
    """The recommended cap on own capital as dated data (law 7): a share of the year's income, or an amount."""

    __tablename__ = "capital_cap"
    __table_args__ = (
        UniqueConstraint("association_id", "valid_from"),
        CheckConstraint("(share IS NULL) <> (amount_ore IS NULL)", name="share_or_amount"),
    )
    valid_from: Mapped[date]
    #: Hundredths of a per cent of the year's income.
    share: Mapped[int | None]
    amount_ore: Mapped[int | None] = mapped_column(BigInteger)
    source: Mapped[str] = mapped_column(String(200))
    recorded_by: Mapped[str] = mapped_column(String(200))
