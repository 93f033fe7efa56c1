"""What becomes of granted money that is not used: returned, carried over by a decision, or set free. Rows are added."""

from __future__ import annotations

import re
from datetime import date, datetime

from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from paragraf.grants import amounts
from paragraf.grants.accounts import check_remainder
from paragraf.grants.acts import lock, record
from paragraf.grants.correspondence import tell_grantee
from paragraf.grants.models import Grant, GrantRemainder, RemainderKind, ReportKind
from paragraf.grants.queries import account_of, reports_of, standing
from paragraf.grants.reporting import reports

_NAMES_DECISION = re.compile(r"§+\s*\d+")


def settle_remainder(
    session: Session,
    grant: Grant,
    *,
    kind: RemainderKind,
    year: int,
    amount_ore: int,
    text: str,
    decided_on: date,
    now: datetime,
    actor: str,
    to_year: int | None = None,
    was_paid: bool | None = None,
) -> GrantRemainder:
    """Note what became of unused money of a year, in öre.

    ``text`` is the reason, and for money that is carried over the § that says so. ``was_paid`` matters for what is
    carried over only: whether the grantee holds it already; the rest follows from the kind. Money that is carried to a
    year after the grant's end moves the end, and with it the reports. Raises RuleBroken for more than is unused, for a
    carry-over without its §, and once the grant is closed.
    """
    lock(session, grant)
    row = _row(grant, kind, year, to_year if kind is RemainderKind.CARRIED_OVER else None, amount_ore, was_paid)
    spent = amounts.spent(session, grant).get(year)
    _check_words(text, decided_on, grant.decided_on, local_date(now))
    check_remainder(
        standing(grant),
        account_of(session, grant).get(year),
        row,
        spent=spent,
        names_decision=bool(_NAMES_DECISION.search(text)),
    )
    row.decided_on, row.text, row.recorded_at, row.recorded_by = decided_on, text.strip(), now, actor
    _make_room(session, grant, row)
    add_remainder(session, grant, row, now, actor)
    if grant.ends_on and row.to_year and row.to_year > grant.ends_on.year:
        _extend(session, grant, row.to_year, now, actor)
    tell_grantee(
        session,
        grant,
        f"money_{kind.value}",
        f"money-{row.id}",
        now,
        amount=amount_ore,
        year=year,
        to_year=row.to_year,
        text=row.text,
        decided_on=decided_on,
    )
    return row


def _row(
    grant: Grant, kind: RemainderKind, year: int, to_year: int | None, ore: int, was_paid: bool | None
) -> GrantRemainder:
    paid = bool(was_paid) if kind is RemainderKind.CARRIED_OVER else kind is RemainderKind.RETURNED
    return GrantRemainder(
        association_id=grant.association_id,
        grant_id=grant.id,
        kind=kind,
        year=year,
        to_year=to_year,
        amount_ore=ore,
        was_paid=paid,
    )


def _check_words(text: str, day: date, granted_on: date, today: date) -> None:
    if not text.strip():
        raise RuleBroken("Skriv vad som är bestämt, eller varför.", field="text")
    if not granted_on <= day <= today:
        raise RuleBroken("Dagen ska ligga mellan beslutet (%(first)s) och i dag.", field="day", first=granted_on)


def _make_room(session: Session, grant: Grant, row: GrantRemainder) -> None:
    """RuleBroken when money would be carried past a grant whose final report has come already."""
    if row.to_year is None or grant.ends_on is None or row.to_year <= grant.ends_on.year:
        return
    final = [one for one in reports_of(session, grant) if one.kind is ReportKind.FINAL and one.application_id]
    if final:
        raise RuleBroken(
            "Slutrapporten är redan påbörjad, så bidraget kan inte förlängas. Låt pengarna återbetalas i stället.",
            field="to_year",
        )


def add_remainder(session: Session, grant: Grant, row: GrantRemainder, now: datetime, actor: str) -> None:
    """Add the row and log it; the caller has locked the grant and checked the sums."""
    session.add(row)
    session.flush()
    _log(session, grant, row, row.kind, now, actor)


def _log(session: Session, grant: Grant, row: GrantRemainder, kind: RemainderKind, now: datetime, actor: str) -> None:
    told = {"year": row.year, "to_year": row.to_year, "ore": row.amount_ore}
    record(session, grant, f"remainder_{kind.value}", now, actor, **told)


def release_all(session: Session, grant: Grant, *, reason: str, day: date, now: datetime, actor: str) -> int:
    """Set free whatever of the grant can still be claimed, by year; öre in all. The caller has locked the grant."""
    freed = 0
    for account in account_of(session, grant).values():
        if account.claimable > 0:
            row = _row(grant, RemainderKind.RELEASED, account.year, None, account.claimable, None)
            row.decided_on, row.text, row.recorded_at, row.recorded_by = day, reason, now, actor
            add_remainder(session, grant, row, now, actor)
            freed += account.claimable
    return freed


def _extend(session: Session, grant: Grant, year: int, now: datetime, actor: str) -> None:
    grant.ends_on = date(year, 12, 31)
    session.flush()
    record(session, grant, "extend", now, actor, ends_on=grant.ends_on.isoformat())
    reports.plan_reports(session, grant, now=now, actor=actor)
