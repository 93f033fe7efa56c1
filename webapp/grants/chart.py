"""The geometry of the board's charts: each year is a bar of ``WIDTH`` units. Pure; templates draw it as SVG."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from paragraf.grants.overview.funds import YearPicture

#: Units across the whole chart; the page stretches them to its own width.
WIDTH = 1000


@dataclass(frozen=True)
class Bar:
    """A piece of a bar, in units from the left."""

    sort: str
    start: float
    width: float


@dataclass(frozen=True)
class YearBars:
    """One year: what is bound, conditional and free in a row, and where the budget ends; None where it is not known."""

    picture: YearPicture
    bars: tuple[Bar, ...]
    budget_at: float | None


def funds_chart(years: Iterable[YearPicture]) -> tuple[YearBars, ...]:
    """Committed, conditional and free money of each year against its budget, all years to one scale."""
    shown = list(years)
    most = max((max(one.budget or 0, one.committed + one.conditional) for one in shown), default=0)
    return tuple(_funds(one, most) for one in shown)


def _funds(one: YearPicture, most: int) -> YearBars:
    parts = (("committed", one.committed), ("conditional", one.conditional), ("free", max(one.free or 0, 0)))
    bars, at = [], 0.0
    for sort, ore in parts:
        width = _units(ore, most)
        if width:
            bars.append(Bar(sort, round(at, 2), round(width, 2)))
        at += width
    return YearBars(one, tuple(bars), None if one.budget is None else round(_units(one.budget, most), 2))


@dataclass(frozen=True)
class YearPair:
    """One year: what was granted above what was spent; ``spent`` is None where nobody has said."""

    picture: YearPicture
    granted: float
    spent: float | None


def spent_chart(years: Iterable[YearPicture]) -> tuple[YearPair, ...]:
    """Granted against spent for each year that has either, all years to one scale."""
    shown = [one for one in years if one.committed + one.conditional or one.spent]
    most = max((max(one.committed + one.conditional, one.spent or 0) for one in shown), default=0)
    return tuple(
        YearPair(
            one,
            round(_units(one.committed + one.conditional, most), 2),
            None if one.spent is None else round(_units(max(one.spent, 0), most), 2),
        )
        for one in shown
    )


def _units(ore: int, most: int) -> float:
    return WIDTH * ore / most if most else 0.0
