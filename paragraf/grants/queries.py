"""What pages and other rooms read about grants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from paragraf.applications.models import Application
from paragraf.core.errors import NotThere
from paragraf.grants.accounts import Standing, YearAccount, accounts
from paragraf.grants.models import (
    ConditionOutcome,
    DrawdownClaim,
    Grant,
    GrantCondition,
    GrantRemainder,
    GrantReport,
    PlannedPayment,
    RemainderKind,
)
from paragraf.register.models import Matter


def totals(session: Session, association_id: int) -> dict[int, int]:
    """What has been granted each application and still holds, in öre, by the application's id.

    What was set free again, since a condition failed or it was never used, is not in it.
    """
    given: dict[int, int] = {}
    owner: dict[int, int] = {}
    for row in session.scalars(_loaded(select(Grant).where(Grant.association_id == association_id))):
        owner[row.id] = row.application_id
        given[row.application_id] = given.get(row.application_id, 0) + sum(year.amount_ore for year in row.years)
    freed = select(GrantRemainder).where(
        GrantRemainder.association_id == association_id, GrantRemainder.kind == RemainderKind.RELEASED
    )
    for one in session.scalars(freed):
        given[owner[one.grant_id]] -= one.amount_ore
    return given


@dataclass(frozen=True)
class YearLine:
    """What was applied for and granted for a year, in öre; None where there is no amount."""

    year: int
    applied: int | None
    granted: int | None


def by_year(applied: Mapping[int, int], grants: Iterable[Grant]) -> tuple[YearLine, ...]:
    """Applied beside granted, for every year that has either; a grant that has lapsed is no longer granted."""
    granted: dict[int, int] = {}
    for row in grants:
        for year in () if has_lapsed(row) else row.years:
            granted[year.year] = granted.get(year.year, 0) + year.amount_ore
    return tuple(YearLine(year, applied.get(year), granted.get(year)) for year in sorted({*applied, *granted}))


def _loaded(wanted: Select[Grant]) -> Select[Grant]:
    return wanted.options(selectinload(Grant.years), selectinload(Grant.conditions))


# --- one grant -------------------------------------------------------------------------------------------------------


def grants_of(session: Session, application: Application) -> list[Grant]:
    """The application's grants with their years and conditions, in the order of the decisions."""
    wanted = select(Grant).where(Grant.application_id == application.id)
    return list(session.scalars(_loaded(wanted.order_by(Grant.decided_on, Grant.id))))


def grants_of_matter(session: Session, association_id: int, year: int, number: int) -> list[Grant]:
    """The grants of the matter ``year/number``, the newest first; raises NotThere when it has none."""
    wanted = (
        select(Grant)
        .join(Application, Application.id == Grant.application_id)
        .join(Matter, Matter.id == Application.matter_id)
        .where(Grant.association_id == association_id, Matter.year == year, Matter.number == number)
        .options(joinedload(Grant.application).joinedload(Application.matter))
    )
    found = list(session.scalars(_loaded(wanted.order_by(Grant.decided_on.desc(), Grant.id.desc()))))
    if not found:
        raise NotThere("Bidraget finns inte.")
    return found


def condition(session: Session, application: Application, condition_id: int) -> GrantCondition:
    """A condition of the application's grants; raises NotThere for any other."""
    found = session.scalar(
        select(GrantCondition)
        .join(Grant, Grant.id == GrantCondition.grant_id)
        .where(
            GrantCondition.id == condition_id,
            Grant.application_id == application.id,
        )
    )
    if found is None:
        raise NotThere("Villkoret finns inte.")
    return found


def has_lapsed(grant: Grant) -> bool:
    """Whether a condition of the grant has failed, so that it no longer holds."""
    return any(one.outcome is ConditionOutcome.FAILED for one in grant.conditions)


def has_open_conditions(grant: Grant) -> bool:
    """Whether a condition waits to be settled; nothing is paid until none does."""
    return any(one.outcome is None for one in grant.conditions)


def standing(grant: Grant) -> Standing:
    """What decides whether the grant's money may move."""
    return Standing(has_open_conditions(grant), has_lapsed(grant), grant.closed_at is not None)


def account_of(session: Session, grant: Grant, *, without: DrawdownClaim | None = None) -> dict[int, YearAccount]:
    """The grant's money by year; ``without``: a claim to leave out, so that it can be held against the rest."""
    claims = [one for one in claims_of(session, grant) if one is not without]
    return accounts({year.year: year.amount_ore for year in grant.years}, claims, remainders_of(session, grant))


def claims_of(session: Session, grant: Grant) -> list[DrawdownClaim]:
    """The grant's claims in the order they were made."""
    wanted = select(DrawdownClaim).where(DrawdownClaim.grant_id == grant.id).order_by(DrawdownClaim.number)
    return list(session.scalars(wanted.options(joinedload(DrawdownClaim.document))))


def claim(session: Session, grant: Grant, claim_id: int) -> DrawdownClaim:
    """A claim of the grant; raises NotThere for any other."""
    found = next((one for one in claims_of(session, grant) if one.id == claim_id), None)
    if found is None:
        raise NotThere("Rekvisitionen finns inte.")
    return found


def remainders_of(session: Session, grant: Grant) -> list[GrantRemainder]:
    """What became of the grant's unused money, in the order it was noted."""
    return list(
        session.scalars(select(GrantRemainder).where(GrantRemainder.grant_id == grant.id).order_by(GrantRemainder.id))
    )


def payments_of(session: Session, grant: Grant) -> list[PlannedPayment]:
    """The payment plan as it stands, by day."""
    wanted = select(PlannedPayment).where(PlannedPayment.grant_id == grant.id, PlannedPayment.removed_at.is_(None))
    return list(session.scalars(wanted.order_by(PlannedPayment.due_on, PlannedPayment.id)))


def payment(session: Session, grant: Grant, payment_id: int) -> PlannedPayment:
    """A payment of the grant's plan; raises NotThere for any other."""
    found = next((one for one in payments_of(session, grant) if one.id == payment_id), None)
    if found is None:
        raise NotThere("Utbetalningen finns inte i planen.")
    return found


# --- reports ---------------------------------------------------------------------------------------------------------


def reports_of(session: Session, grant: Grant) -> list[GrantReport]:
    """The grant's reports, cancelled ones too, in the order they are due."""
    wanted = select(GrantReport).where(GrantReport.grant_id == grant.id).options(joinedload(GrantReport.application))
    return list(session.scalars(wanted.order_by(GrantReport.due_on, GrantReport.period_end, GrantReport.id)))


def report(session: Session, grant: Grant, report_id: int) -> GrantReport:
    """A report of the grant; raises NotThere for any other."""
    found = next((one for one in reports_of(session, grant) if one.id == report_id), None)
    if found is None:
        raise NotThere("Rapporten finns inte.")
    return found


def report_filled_in(session: Session, application: Application) -> GrantReport:
    """The report that the form answers; raises NotThere for a form that is no report's."""
    found = session.scalar(select(GrantReport).where(GrantReport.application_id == application.id))
    if found is None:
        raise NotThere("Formuläret hör inte till någon rapport.")
    return found
