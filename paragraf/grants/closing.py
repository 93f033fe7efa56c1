"""The end of a grant: its final report is accepted, its money is settled, its matter is closed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.errors import N_, RuleBroken
from paragraf.core.money import print_amount
from paragraf.grants import amounts, following
from paragraf.grants.accounts import YearAccount
from paragraf.grants.acts import lock, matter_of, record
from paragraf.grants.correspondence import tell_grantee
from paragraf.grants.models import Grant, ReportKind
from paragraf.grants.queries import account_of, claims_of, has_lapsed, reports_of
from paragraf.register.operations import close_matter

CLOSED = N_("Bidraget är avslutat")


@dataclass(frozen=True)
class Lacking:
    """One thing that must be done before a grant can be closed: a Swedish source text with its values."""

    message: str
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message


def lacking(session: Session, grant: Grant) -> list[Lacking]:
    """All that must be done before the grant can be closed, in the order to do it; nothing for one that can be."""
    if has_lapsed(grant):
        return []
    return [*_reports(session, grant), *_claims(session, grant), *_money(session, grant)]


def _reports(session: Session, grant: Grant) -> list[Lacking]:
    awaited = [one for one in reports_of(session, grant) if one.cancelled_at is None and one.accepted_at is None]
    final = [one for one in awaited if one.kind is ReportKind.FINAL]
    others = len(awaited) - len(final)
    found = (
        [Lacking(N_("Rapporter som inte är godkända eller inställda: %(count)s."), {"count": others})] if others else []
    )
    return [*found, *([Lacking(N_("Slutrapporten är inte godkänd."))] if final else [])]


def _claims(session: Session, grant: Grant) -> list[Lacking]:
    waiting = [one for one in claims_of(session, grant) if one.refused_at is None and one.paid_on is None]
    return (
        [Lacking(N_("Rekvisitioner som inte är utbetalda eller avslagna: %(count)s."), {"count": len(waiting)})]
        if waiting
        else []
    )


def _money(session: Session, grant: Grant) -> list[Lacking]:
    spent = amounts.spent(session, grant)
    return [
        one for account in account_of(session, grant).values() for one in _of_year(account, spent.get(account.year))
    ]


def _of_year(account: YearAccount, spent: int | None) -> list[Lacking]:
    found, unused = [], account.unused(spent)
    if account.claimable:
        values = {"year": account.year, "amount": print_amount(account.claimable)}
        found.append(
            Lacking(N_("För %(year)s är %(amount)s inte rekvirerat. För över det eller släpp det fritt."), dict(values))
        )
    if unused is None:
        found.append(Lacking(N_("Utfallet för %(year)s saknas."), {"year": account.year}))
    elif unused:
        values = {"year": account.year, "amount": print_amount(unused)}
        found.append(
            Lacking(
                N_("För %(year)s är %(amount)s utbetalt men inte använt. Det ska återbetalas eller föras över."),
                dict(values),
            )
        )
    return found


def close_grant(session: Session, grant: Grant, *, now: datetime, actor: str) -> Grant:
    """Close the grant, and its matter when no other grant of it goes on. The grantee is told.

    Raises RuleBroken with the first thing that is lacking, for a grant that has lapsed, and the second time.
    """
    lock(session, grant)
    if grant.closed_at is not None:
        raise RuleBroken("Bidraget är redan avslutat.")
    if has_lapsed(grant):
        raise RuleBroken("Bidraget gäller inte längre. Ärendet avslutas av styrelsens nya beslut.")
    for one in lacking(session, grant):
        raise RuleBroken(one.message, **one.values)
    grant.closed_at = now
    session.flush()
    record(session, grant, "close", now, actor)
    following.end_grant(session, grant, reason=CLOSED, done=True, now=now, actor=actor)
    if not _goes_on(session, grant):
        close_matter(session, matter_of(grant), reason=CLOSED, now=now, actor=actor)
    tell_grantee(session, grant, "grant_closed", f"grant-closed-{grant.id}", now)
    return grant


def _goes_on(session: Session, grant: Grant) -> bool:
    others = select(Grant).where(Grant.application_id == grant.application_id, Grant.closed_at.is_(None))
    return any(not has_lapsed(one) for one in session.scalars(others))
