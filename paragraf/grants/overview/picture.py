"""The board's picture: all grants of the association, by year, against what it can give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from paragraf.applications.filled import form_of
from paragraf.applications.models import Application
from paragraf.grants.accounts import YearAccount, accounts, total
from paragraf.grants.budget import signs_of, spent_by_year
from paragraf.grants.models import (
    CapitalCap,
    DrawdownClaim,
    Grant,
    GrantRemainder,
    GrantRowAmount,
    RowAmountKind,
    YearlyFunds,
)
from paragraf.grants.overview.funds import YearPicture, cap_amount, cap_on, caps, funds_by_year
from paragraf.grants.queries import has_lapsed, has_open_conditions

Row = TypeVar("Row", DrawdownClaim, GrantRemainder)


@dataclass(frozen=True)
class GrantLine:
    """One grant with its money by year and in all, and what of it was spent by year."""

    grant: Grant
    by_year: Mapping[int, YearAccount]
    spent: Mapping[int, int] = field(default_factory=dict)

    @property
    def whole(self) -> YearAccount:
        """All years together."""
        return total(self.by_year.values())

    @property
    def spent_in_all(self) -> int | None:
        """What was spent of it; None where nothing is known."""
        return sum(self.spent.values()) if self.spent else None

    @property
    def is_conditional(self) -> bool:
        """Whether a condition waits to be settled."""
        return has_open_conditions(self.grant) and not has_lapsed(self.grant)

    @property
    def has_lapsed(self) -> bool:
        """Whether a condition failed."""
        return has_lapsed(self.grant)

    def runs_in(self, year: int) -> bool:
        """Whether the year is in the grant's time; a grant without a time runs in the year it was decided."""
        start, end = self.grant.starts_on or self.grant.decided_on, self.grant.ends_on or self.grant.decided_on
        return start.year <= year <= end.year


@dataclass(frozen=True)
class Picture:
    """The years, earliest first, and the grants, the newest first."""

    years: tuple[YearPicture, ...]
    lines: tuple[GrantLine, ...]
    #: The cap that holds today, for its source.
    cap: CapitalCap | None

    @property
    def shares(self) -> int:
        """How many grants of a part of a post have no amount."""
        return sum(1 for line in self.lines if line.grant.post_share is not None and not line.has_lapsed)


def picture(session: Session, association_id: int, today: date) -> Picture:
    """The association's picture as it stands. A few questions to the database, however many grants there are."""
    lines, funds = grant_lines(session, association_id), funds_by_year(session, association_id)
    known = caps(session, association_id)
    years = sorted({*funds, *(year for line in lines for year in line.by_year), today.year})
    shown = tuple(_year(year, lines, funds.get(year), known) for year in years)
    return Picture(shown, tuple(lines), cap_on(known, today))


def _year(year: int, lines: Iterable[GrantLine], funds: YearlyFunds | None, known: list[CapitalCap]) -> YearPicture:
    held = [(line, line.by_year[year]) for line in lines if year in line.by_year]
    firm = [account for line, account in held if not line.is_conditional]
    waiting = [account for line, account in held if line.is_conditional]
    spent = [line.spent[year] for line in lines if year in line.spent]
    whole, income = total(account for _line, account in held), funds.income_ore if funds else None
    return YearPicture(
        year=year,
        budget=funds.budget_ore if funds else None,
        granted=whole.granted,
        committed=sum(one.committed for one in firm),
        conditional=sum(one.committed for one in waiting),
        held=whole.held,
        under_way=whole.under_way,
        returned=whole.returned,
        released=whole.released,
        spent=sum(spent) if spent else None,
        shares=sum(1 for line in lines if _is_share(line) and line.runs_in(year)),
        income=income,
        own_capital=funds.own_capital_ore if funds else None,
        cap=cap_amount(cap_on(known, date(year, 12, 31)), income),
    )


def _is_share(line: GrantLine) -> bool:
    return line.grant.post_share is not None and not line.has_lapsed


def grant_lines(session: Session, association_id: int) -> list[GrantLine]:
    """Every grant with its money, the newest decision first."""
    claims = _by_grant(session.scalars(select(DrawdownClaim).where(DrawdownClaim.association_id == association_id)))
    moved = _by_grant(session.scalars(select(GrantRemainder).where(GrantRemainder.association_id == association_id)))
    outcomes = _outcomes(session, association_id)
    return [
        GrantLine(
            row,
            accounts({year.year: year.amount_ore for year in row.years}, claims[row.id], moved[row.id]),
            spent_by_year(signs_of(form_of(row.application.form_version)), outcomes[row.id]),
        )
        for row in _grants(session, association_id)
    ]


def _grants(session: Session, association_id: int) -> list[Grant]:
    wanted = (
        select(Grant)
        .where(Grant.association_id == association_id)
        .options(
            selectinload(Grant.years),
            selectinload(Grant.conditions),
            joinedload(Grant.application).joinedload(Application.matter),
            joinedload(Grant.application).joinedload(Application.form_version),
        )
    )
    return list(session.scalars(wanted.order_by(Grant.decided_on.desc(), Grant.id.desc())))


def _by_grant(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.grant_id].append(row)
    return found


def _outcomes(session: Session, association_id: int) -> dict[int, dict[tuple[str, int], int]]:
    wanted = select(GrantRowAmount).where(
        GrantRowAmount.association_id == association_id, GrantRowAmount.kind == RowAmountKind.OUTCOME
    )
    cells: dict[int, dict[tuple[str, int], int | None]] = defaultdict(dict)
    for row in session.scalars(wanted.order_by(GrantRowAmount.id)):
        cells[row.grant_id][row.row_id, row.year] = row.amount_ore
    found = defaultdict[int, dict[tuple[str, int], int]](dict)
    for grant_id, each in cells.items():
        found[grant_id] = {cell: ore for cell, ore in each.items() if ore is not None}
    return found
