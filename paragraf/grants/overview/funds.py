"""What the association can give in a year and what is bound: dated figures with their sources, and the board's picture.

Committed + conditional + free = the year's budget, in whole öre; free is below zero where more is bound than there is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core import log
from paragraf.core.errors import RuleBroken
from paragraf.core.money import LARGEST_AMOUNT
from paragraf.grants.models import CapitalCap, YearlyFunds

_YEARS = range(2000, 2100)
#: A whole, in hundredths of a per cent.
_WHOLE = 10_000


def record_funds(
    session: Session,
    association_id: int,
    *,
    year: int,
    budget_ore: int,
    income_ore: int | None,
    own_capital_ore: int | None,
    decided_on: date,
    source: str,
    now: datetime,
    actor: str,
) -> YearlyFunds:
    """Note what can be given in the year, with the decision it follows from. The newest row of a year holds.

    Öre; ``income_ore`` is the year's income, ``own_capital_ore`` the own capital at its start, None where not known.
    """
    if year not in _YEARS:
        raise RuleBroken("Skriv året med fyra siffror, till exempel 2026.", field="year")
    if not 0 <= budget_ore <= LARGEST_AMOUNT:
        raise RuleBroken("Beloppet ska vara noll eller mer.", field="budget")
    if not source.strip():
        raise RuleBroken("Skriv beslutet eller handlingen som uppgiften kommer ifrån.", field="source")
    row = YearlyFunds(
        association_id=association_id,
        year=year,
        budget_ore=budget_ore,
        income_ore=income_ore,
        own_capital_ore=own_capital_ore,
        decided_on=decided_on,
        source=source.strip()[:200],
        recorded_at=now,
        recorded_by=actor,
    )
    session.add(row)
    session.flush()
    log.record(
        session,
        association_id,
        "record_funds",
        "yearly_funds",
        row.id,
        now=now,
        actor=actor,
        year=year,
        budget=budget_ore,
        source=row.source,
    )
    return row


def funds_by_year(session: Session, association_id: int) -> dict[int, YearlyFunds]:
    """The row that holds for each year: the newest."""
    wanted = select(YearlyFunds).where(YearlyFunds.association_id == association_id).order_by(YearlyFunds.id)
    return {row.year: row for row in session.scalars(wanted)}


def funds_history(session: Session, association_id: int) -> list[YearlyFunds]:
    """Every figure that was noted, the latest first."""
    wanted = select(YearlyFunds).where(YearlyFunds.association_id == association_id)
    return list(session.scalars(wanted.order_by(YearlyFunds.id.desc())))


# --- the cap on own capital ------------------------------------------------------------------------------------------


def set_cap(
    session: Session,
    association_id: int,
    *,
    valid_from: date,
    share: int | None,
    amount_ore: int | None,
    source: str,
    now: datetime,
    actor: str,
) -> CapitalCap:
    """Say what own capital should be at most, from a day on: a share of the year's income (hundredths of a per cent) or
    an amount (öre). The same day again changes that day's cap."""
    if (share is None) == (amount_ore is None):
        raise RuleBroken("Skriv antingen en andel av intäkterna eller ett belopp.", field="share")
    if share is not None and not 0 <= share <= _WHOLE:
        raise RuleBroken("Andelen ska vara mellan 0 och 100 procent.", field="share")
    if amount_ore is not None and not 0 <= amount_ore <= LARGEST_AMOUNT:
        raise RuleBroken("Beloppet ska vara noll eller mer.", field="amount")
    if not source.strip():
        raise RuleBroken("Skriv rekommendationen eller beslutet som taket kommer ifrån.", field="source")
    wanted = select(CapitalCap).where(CapitalCap.association_id == association_id, CapitalCap.valid_from == valid_from)
    cap = session.scalar(wanted.with_for_update())
    if cap is None:
        cap = CapitalCap(association_id=association_id, valid_from=valid_from)
        session.add(cap)
    cap.share, cap.amount_ore, cap.source, cap.recorded_by = share, amount_ore, source.strip()[:200], actor
    session.flush()
    log.record(
        session,
        association_id,
        "set_cap",
        "capital_cap",
        cap.id,
        now=now,
        actor=actor,
        valid_from=valid_from.isoformat(),
        share=share,
        amount=amount_ore,
        source=cap.source,
    )
    return cap


def caps(session: Session, association_id: int) -> list[CapitalCap]:
    """The association's caps, the newest first."""
    wanted = select(CapitalCap).where(CapitalCap.association_id == association_id)
    return list(session.scalars(wanted.order_by(CapitalCap.valid_from.desc())))


def cap_on(found: list[CapitalCap], day: date) -> CapitalCap | None:
    """The cap that holds on the day; ``found`` has the newest first."""
    return next((cap for cap in found if cap.valid_from <= day), None)


def cap_amount(cap: CapitalCap | None, income_ore: int | None) -> int | None:
    """The cap in öre, a part of an öre left out; None where there is no cap, or no income to take a share of."""
    if cap is None:
        return None
    if cap.share is None:
        return cap.amount_ore
    return None if income_ore is None else cap.share * income_ore // _WHOLE


# --- one year of the picture -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class YearPicture:
    """One year of all grants against the year's funds; öre, None where nobody has said."""

    year: int
    budget: int | None
    granted: int
    committed: int
    conditional: int
    held: int
    under_way: int
    returned: int
    released: int
    spent: int | None
    #: Grants of a part of a post without an amount: flagged, not summed.
    shares: int = 0
    income: int | None = None
    own_capital: int | None = None
    cap: int | None = None

    @property
    def free(self) -> int | None:
        """What is left of the budget; below zero where more is bound than there is."""
        return None if self.budget is None else self.budget - self.committed - self.conditional

    @property
    def left_to_draw(self) -> int:
        """What is committed for certain and not claimed."""
        return self.committed - self.held - self.under_way

    @property
    def above_cap(self) -> int | None:
        """By how much own capital is above its cap; below zero where there is room."""
        return None if self.own_capital is None or self.cap is None else self.own_capital - self.cap


def sums(years: Mapping[int, YearPicture] | list[YearPicture]) -> dict[str, int]:
    """The figures of several years together, those that add up."""
    rows = list(years.values()) if isinstance(years, Mapping) else years
    names = ("granted", "committed", "conditional", "held", "under_way", "returned", "released", "left_to_draw")
    return {name: sum(getattr(row, name) for row in rows) for name in names}
