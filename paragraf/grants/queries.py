"""What pages and other rooms read about grants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from paragraf.applications.models import Application
from paragraf.core.errors import NotThere
from paragraf.grants.models import Grant, GrantCondition


def totals(session: Session, association_id: int) -> dict[int, int]:
    """What has been granted each application, in öre, by the application's id."""
    wanted = select(Grant).where(Grant.association_id == association_id).options(selectinload(Grant.years))
    given: dict[int, int] = {}
    for row in session.scalars(wanted):
        given[row.application_id] = given.get(row.application_id, 0) + sum(year.amount_ore for year in row.years)
    return given


@dataclass(frozen=True)
class YearLine:
    """What was applied for and granted for a year, in öre; None where there is no amount."""

    year: int
    applied: int | None
    granted: int | None


def grants_of(session: Session, application: Application) -> list[Grant]:
    """The application's grants with their years and conditions, in the order of the decisions."""
    wanted = select(Grant).where(Grant.application_id == application.id)
    loaded = wanted.options(selectinload(Grant.years), selectinload(Grant.conditions))
    return list(session.scalars(loaded.order_by(Grant.decided_on, Grant.id)))


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


def by_year(applied: Mapping[int, int], grants: Iterable[Grant]) -> tuple[YearLine, ...]:
    """Applied beside granted, for every year that has either."""
    granted: dict[int, int] = {}
    for row in grants:
        for year in row.years:
            granted[year.year] = granted.get(year.year, 0) + year.amount_ore
    return tuple(YearLine(year, applied.get(year), granted.get(year)) for year in sorted({*applied, *granted}))
