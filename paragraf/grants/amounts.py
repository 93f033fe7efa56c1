"""Amounts for the rows of a grant's budget: what is granted for each, and what it came to. Rows are only added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.applications.filled import Filled, filled, form_of
from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from paragraf.core.money import LARGEST_AMOUNT
from paragraf.grants.acts import lock, record
from paragraf.grants.budget import AmountLine, Amounts, BudgetLine, beside, budget_lines, signs_of, spent_by_year
from paragraf.grants.models import Grant, GrantRowAmount, RowAmountKind
from paragraf.grants.queries import account_of

Typed = Mapping[tuple[str, int], int | None]
"""Öre by row and year as they shall be; None takes an amount back."""


class StaleAmounts(RuleBroken):
    """Someone else has written other amounts meanwhile; ``theirs`` holds those cells as they are now."""

    def __init__(self, theirs: Mapping[tuple[str, int], GrantRowAmount]) -> None:
        super().__init__(
            "Någon annan har ändrat beloppen sedan du öppnade sidan. Jämför med det du skrev och spara igen."
        )
        self.theirs = theirs


def newest(session: Session, grant: Grant, kind: RowAmountKind) -> dict[tuple[str, int], GrantRowAmount]:
    """The newest row of each cell, taken back ones too."""
    wanted = select(GrantRowAmount).where(GrantRowAmount.grant_id == grant.id, GrantRowAmount.kind == kind)
    return {(row.row_id, row.year): row for row in session.scalars(wanted.order_by(GrantRowAmount.id))}


def amounts_of(session: Session, grant: Grant, kind: RowAmountKind) -> Amounts:
    """The amounts that hold now; cells that are blank are not there."""
    rows = newest(session, grant, kind).items()
    return {cell: row.amount_ore for cell, row in rows if row.amount_ore is not None}


def version_of(session: Session, grant: Grant) -> int:
    """The id of the newest amount: what a page that changes amounts says that it has seen."""
    wanted = select(GrantRowAmount.id).where(GrantRowAmount.grant_id == grant.id)
    return session.scalar(wanted.order_by(GrantRowAmount.id.desc()).limit(1)) or 0


def spent(session: Session, grant: Grant) -> dict[int, int]:
    """What of the grant was spent in each year, by the outcome of its rows; years without any figure are not there."""
    signs = signs_of(form_of(grant.application.form_version))
    return spent_by_year(signs, amounts_of(session, grant, RowAmountKind.OUTCOME))


@dataclass(frozen=True)
class AmountTable:
    """Granted beside applied beside outcome: the years, the rows, and the version that was read."""

    years: tuple[int, ...]
    lines: tuple[AmountLine, ...]
    version: int


def amount_table(session: Session, grant: Grant, today: date) -> AmountTable:
    """The grant's amounts by row and year, for every year that anything was applied for, granted or moved to."""
    shown = filled(session, grant.application, today)
    lines, years = budget_lines(shown), years_of(session, grant, shown)
    granted = amounts_of(session, grant, RowAmountKind.GRANTED)
    outcome = amounts_of(session, grant, RowAmountKind.OUTCOME)
    return AmountTable(years, beside(lines, years, granted, outcome), version_of(session, grant))


def years_of(session: Session, grant: Grant, shown: Filled) -> tuple[int, ...]:
    """The years that the grant's amounts are about, earliest first."""
    return tuple(sorted({*shown.facts.amount_by_year, *account_of(session, grant)}))


def record_amounts(
    session: Session,
    grant: Grant,
    *,
    kind: RowAmountKind,
    cells: Typed,
    source: str,
    seen: int,
    now: datetime,
    actor: str,
) -> list[GrantRowAmount]:
    """Note amounts for rows and years; only what differs from what holds is added, and returned.

    ``source`` says where the figures are from, ``seen`` is ``version_of`` as the writer saw it. Raises RuleBroken for a
    row or a year that the grant has not, for an outcome of a year that has not begun, without a source, and once the
    grant is closed; StaleAmounts when someone has changed the same cells meanwhile.
    """
    lock(session, grant)
    if grant.closed_at is not None:
        raise RuleBroken("Bidraget är avslutat. Beloppen går inte att ändra.")
    shown = filled(session, grant.application, local_date(now))
    _check(cells, budget_lines(shown), years_of(session, grant, shown), kind, local_date(now))
    held = newest(session, grant, kind)
    wanted = {cell: ore for cell, ore in cells.items() if _ore(held.get(cell)) != ore}
    theirs = {cell: held[cell] for cell in wanted if cell in held and held[cell].id > seen}
    if theirs:
        raise StaleAmounts(theirs)
    if wanted and not source.strip():
        raise RuleBroken(
            "Skriv var uppgifterna kommer ifrån, till exempel en rapport eller ett beslut.", field="source"
        )
    return add_amounts(session, grant, kind, wanted, source.strip(), now, actor)


def add_amounts(
    session: Session, grant: Grant, kind: RowAmountKind, cells: Typed, source: str, now: datetime, actor: str
) -> list[GrantRowAmount]:
    """Add a row for every cell and log it; the caller has locked the grant and checked the cells."""
    added = [
        GrantRowAmount(
            association_id=grant.association_id,
            grant_id=grant.id,
            kind=kind,
            row_id=row_id,
            year=year,
            amount_ore=ore,
            recorded_at=now,
            recorded_by=actor,
            source=source[:200],
        )
        for (row_id, year), ore in sorted(cells.items())
    ]
    session.add_all(added)
    session.flush()
    if added:
        record(session, grant, f"note_{kind.value}", now, actor, cells=len(added), source=source[:200])
    return added


def _ore(row: GrantRowAmount | None) -> int | None:
    return row.amount_ore if row else None


def _check(cells: Typed, lines: Iterable[BudgetLine], years: Iterable[int], kind: RowAmountKind, today: date) -> None:
    rows, span = {line.row_id for line in lines if line.is_filled_in}, set(years)
    for (row_id, year), ore in cells.items():
        if row_id not in rows or year not in span:
            raise RuleBroken("Raden eller året finns inte i bidragets budget.", field="amounts")
        if ore is not None and kind is RowAmountKind.OUTCOME and year > today.year:
            raise RuleBroken("Året %(year)s har inte börjat, så det har inget utfall än.", field="amounts", year=year)
        if ore is not None and not 0 <= ore <= LARGEST_AMOUNT:
            raise RuleBroken("Beloppet ska vara noll eller mer.", field="amounts")
