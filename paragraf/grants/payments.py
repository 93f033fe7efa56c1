"""The plan of when a grant is paid. What was planned before is kept when the plan is changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken
from paragraf.grants.accounts import YearAccount
from paragraf.grants.acts import lock, record
from paragraf.grants.models import Grant, PlannedPayment
from paragraf.grants.queries import account_of, payments_of
from paragraf.grants.reporting.plan import Payment, check_payments, proposed_payments


def propose_plan(session: Session, grant: Grant, *, a_year: int, now: datetime, actor: str) -> list[PlannedPayment]:
    """Plan the whole grant anew, paid one, two or four times a year within its period; the plan before goes away."""
    lock(session, grant)
    _must_be_open(grant)
    available = available_by_year(account_of(session, grant))
    if not any(available.values()):
        raise RuleBroken("Bidraget har inga belopp att planera utbetalning av.")
    start = grant.starts_on or date(min(available), 1, 1)
    end = grant.ends_on or date(max(available), 12, 31)
    planned = proposed_payments(available, start, end, a_year)
    for row in payments_of(session, grant):
        row.removed_at = now
    session.flush()
    return _add(session, grant, planned, now, actor)


def add_payment(
    session: Session, grant: Grant, *, due_on: date, amount_ore: int, text: str, now: datetime, actor: str
) -> PlannedPayment:
    """Add a payment to the plan. Raises RuleBroken when the plan would pay more than is granted."""
    lock(session, grant)
    _must_be_open(grant)
    plan = [Payment(row.due_on, row.amount_ore) for row in payments_of(session, grant)]
    check_payments([*plan, Payment(due_on, amount_ore)], available_by_year(account_of(session, grant)))
    [added] = _add(session, grant, [Payment(due_on, amount_ore)], now, actor, text)
    return added


def remove_payment(session: Session, grant: Grant, payment: PlannedPayment, *, now: datetime, actor: str) -> None:
    """Take a payment out of the plan; the row stays, as taken away."""
    lock(session, grant)
    _must_be_open(grant)
    payment.removed_at = now
    session.flush()
    record(session, grant, "unplan_payment", now, actor, day=payment.due_on.isoformat(), ore=payment.amount_ore)


def available_by_year(accounts: dict[int, YearAccount]) -> dict[int, int]:
    """What is there for each year after what was moved, set free and returned, in öre."""
    return {year: one.committed for year, one in accounts.items()}


def _add(
    session: Session, grant: Grant, planned: Sequence[Payment], now: datetime, actor: str, text: str = ""
) -> list[PlannedPayment]:
    rows = [
        PlannedPayment(
            association_id=grant.association_id,
            grant_id=grant.id,
            due_on=one.due_on,
            amount_ore=one.amount_ore,
            text=text.strip()[:200],
            planned_at=now,
            planned_by=actor,
        )
        for one in planned
    ]
    session.add_all(rows)
    session.flush()
    record(session, grant, "plan_payments", now, actor, payments=len(rows), ore=sum(one.amount_ore for one in planned))
    return rows


def _must_be_open(grant: Grant) -> None:
    if grant.closed_at is not None:
        raise RuleBroken("Bidraget är avslutat, så inget mer kan betalas ut.")
