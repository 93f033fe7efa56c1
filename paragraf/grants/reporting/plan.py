"""Which reports follow from a grant's period, and when each is due. Pure functions.

Each operation gives three reports a year: one after each of the first two tertials, and one after the year, which
covers the third. Where no year report is asked for, the third tertial has a report of its own. The final report takes
the place of a tertial report that would end on the same day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from paragraf.core.dates import tertial
from paragraf.core.errors import N_, RuleBroken
from paragraf.grants.models import ReportKind

#: Calendar days from a period's end, for associations with no rule of their own. Nothing in law says how many.
STANDARD_DAYS: Mapping[ReportKind, int] = {ReportKind.TERTIAL: 30, ReportKind.YEAR: 45, ReportKind.FINAL: 90}
STANDARD_SOURCE = N_("Programmets förslag, tills förbundet har bestämt något annat")
#: Each kind's form, by the key of its family.
FORM_KEYS: Mapping[ReportKind, str] = {kind: f"{kind.value}_report" for kind in ReportKind}
#: Days before the last day on which the grantee is reminded, and days after it while the report has not come.
REMIND_BEFORE = (14, 3, 0)
REMIND_AFTER = (3, 14, 30)
#: Days before the grant ends on which the grantee is told so.
REMIND_ENDING = (60, 14)


@dataclass(frozen=True)
class DueReport:
    """A report that is to come: its period, both days included, and its last day."""

    kind: ReportKind
    start: date
    end: date
    due_on: date


def due_reports(start: date, end: date, days_after: Mapping[ReportKind, int | None]) -> list[DueReport]:
    """The reports on a grant for ``start``–``end``, in the order they are due.

    ``days_after``: for each kind how many calendar days after its period it is due; missing or None: not asked for.
    """
    found = []
    for kind, first, last in _periods(start, end, days_after):
        days = days_after.get(kind)
        if days is not None:
            found.append(DueReport(kind, first, last, last + timedelta(days=days)))
    return sorted(found, key=lambda one: (one.due_on, one.end))


def _periods(
    start: date, end: date, days_after: Mapping[ReportKind, int | None]
) -> Iterator[tuple[ReportKind, date, date]]:
    asks_for_years = days_after.get(ReportKind.YEAR) is not None
    asks_for_final = days_after.get(ReportKind.FINAL) is not None
    for number, first, last in _tertials(start, end):
        replaced = (number == 3 and asks_for_years) or (last == end and asks_for_final)
        if not replaced:
            yield ReportKind.TERTIAL, first, last
    for year in range(start.year, end.year + 1):
        yield ReportKind.YEAR, max(start, date(year, 1, 1)), min(end, date(year, 12, 31))
    yield ReportKind.FINAL, start, end


def _tertials(start: date, end: date) -> Iterator[tuple[int, date, date]]:
    day = start
    while day <= end:
        part = tertial(day)
        yield part.number, max(start, part.first), min(end, part.last)
        day = part.last + timedelta(days=1)


def grant_period(applied: tuple[date, date] | None, years: Iterable[int]) -> tuple[date, date] | None:
    """The days a grant is for: those applied for, within the years that were granted.

    Where the application names no days, or none within those years, whole years; None where no year is known either.
    """
    granted = sorted(years)
    if not granted:
        return applied
    first, last = date(granted[0], 1, 1), date(granted[-1], 12, 31)
    if applied is None or applied[1] < first or applied[0] > last:
        return first, last
    return max(applied[0], first), min(applied[1], last)


def reminders_before(due_on: date) -> list[date]:
    """The days on which the grantee is reminded that a report is due."""
    return [due_on - timedelta(days=days) for days in REMIND_BEFORE]


def reminders_after(due_on: date) -> list[date]:
    """The days on which the grantee is told that a report is late."""
    return [due_on + timedelta(days=days) for days in REMIND_AFTER]


def reminders_of_end(ends_on: date) -> list[date]:
    """The days on which the grantee is told that the grant is ending."""
    return [ends_on - timedelta(days=days) for days in REMIND_ENDING]


# --- payments --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Payment:
    """One payment of a plan: the day and the amount in öre."""

    due_on: date
    amount_ore: int


#: How many payments a year a plan may be proposed with.
PAYMENTS_A_YEAR = (1, 2, 4)


def proposed_payments(years: Mapping[int, int], start: date, end: date, a_year: int) -> list[Payment]:
    """A plan that pays each year's öre in ``a_year`` equal parts, each on the first day of its part of the year.

    Parts of the year outside ``start``–``end`` are left out; what does not divide evenly is in the year's last payment.
    """
    if a_year not in PAYMENTS_A_YEAR:
        raise RuleBroken("Välj en, två eller fyra utbetalningar om året.", field="a_year")
    return [
        payment for year, ore in sorted(years.items()) if ore > 0 for payment in _of_year(year, ore, start, end, a_year)
    ]


def _of_year(year: int, ore: int, start: date, end: date, a_year: int) -> list[Payment]:
    months = 12 // a_year
    starts = [date(year, 1 + months * place, 1) for place in range(a_year)]
    ends = [*starts[1:], date(year + 1, 1, 1)]
    days = [max(first, start) for first, after in zip(starts, ends, strict=True) if first <= end and after > start]
    days = [day for day in days if day.year == year] or [date(year, 1, 1)]
    part = ore // len(days)
    amounts = [part] * (len(days) - 1) + [ore - part * (len(days) - 1)]
    return [Payment(day, amount) for day, amount in zip(days, amounts, strict=True) if amount > 0]


def check_payments(payments: Sequence[Payment], available: Mapping[int, int]) -> None:
    """RuleBroken when the plan pays more in all than there is. ``available``: öre by year after what was moved."""
    planned, most = sum(one.amount_ore for one in payments), sum(available.values())
    if any(one.amount_ore <= 0 for one in payments):
        raise RuleBroken("Beloppet ska vara större än noll.", field="amount")
    if planned > most:
        raise RuleBroken("Planen är högre än det som är beviljat. Ta bort eller ändra en utbetalning.", field="amount")
