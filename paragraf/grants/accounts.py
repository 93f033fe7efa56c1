"""A grant's money, year by year: what is granted, moved, claimed, paid, given back. Pure sums in whole öre.

For every year, whatever lawful acts have been done:

    granted + carried in = carried out + released + returned + held + under way + claimable

``held`` is what the grantee has been paid and keeps, ``under way`` what is claimed and not paid. No term is below zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from paragraf.core.errors import RuleBroken
from paragraf.core.money import print_amount
from paragraf.grants.models import RemainderKind


class ClaimFacts(Protocol):
    """What the sums need of a claim; rows of models.DrawdownClaim have it."""

    @property
    def year(self) -> int: ...
    @property
    def amount_ore(self) -> int: ...
    @property
    def refused_at(self) -> object | None: ...
    @property
    def paid_on(self) -> date | None: ...


class RemainderFacts(Protocol):
    """What the sums need of a remainder; rows of models.GrantRemainder have it."""

    @property
    def kind(self) -> RemainderKind: ...
    @property
    def year(self) -> int: ...
    @property
    def to_year(self) -> int | None: ...
    @property
    def amount_ore(self) -> int: ...
    @property
    def was_paid(self) -> bool: ...


@dataclass(frozen=True)
class YearAccount:
    """One year of a grant, in öre. What was carried over is told apart by whether it had been paid."""

    year: int
    granted: int = 0
    carried_in: int = 0
    carried_in_paid: int = 0
    carried_out: int = 0
    carried_out_paid: int = 0
    released: int = 0
    returned: int = 0
    under_way: int = 0
    paid: int = 0

    @property
    def claimable(self) -> int:
        """What can still be claimed for the year."""
        return self.granted + self.carried_in - self.carried_out - self.released - self.under_way - self.paid

    @property
    def held(self) -> int:
        """What the grantee has been paid for the year and keeps."""
        return self.paid + self.carried_in_paid - self.carried_out_paid - self.returned

    @property
    def committed(self) -> int:
        """What the year's money is bound to: held, claimed or still to be claimed."""
        return self.held + self.under_way + self.claimable

    def unused(self, spent: int | None) -> int | None:
        """What the grantee holds and has not spent, never below zero; None while nobody has said what was spent."""
        if spent is None:
            return None if self.held else 0
        return max(self.held - spent, 0)


def accounts(
    granted: Mapping[int, int], claims: Iterable[ClaimFacts], remainders: Iterable[RemainderFacts]
) -> dict[int, YearAccount]:
    """The accounts of every year that money was granted for or moved to, earliest first. ``granted``: öre by year."""
    years = {year: YearAccount(year, granted=ore) for year, ore in granted.items()}

    def add(year: int, field: str, ore: int) -> None:
        account = years.get(year, YearAccount(year))
        years[year] = replace(account, **{field: getattr(account, field) + ore})

    for claim in claims:
        if claim.refused_at is None:
            add(claim.year, "paid" if claim.paid_on else "under_way", claim.amount_ore)
    for row in remainders:
        for year, field in _moves(row):
            add(year, field, row.amount_ore)
    return dict(sorted(years.items()))


def _moves(row: RemainderFacts) -> list[tuple[int, str]]:
    if row.kind is RemainderKind.RELEASED:
        return [(row.year, "released")]
    if row.kind is RemainderKind.RETURNED or row.to_year is None:
        return [(row.year, "returned")]
    ending = "_paid" if row.was_paid else ""
    return [(row.year, f"carried_out{ending}"), (row.to_year, f"carried_in{ending}")]


def total(parts: Iterable[YearAccount]) -> YearAccount:
    """All years in one account, under the year 0."""
    summed = YearAccount(0)
    for part in parts:
        values = {name: getattr(summed, name) + getattr(part, name) for name in _SUMMED}
        summed = replace(summed, **values)
    return summed


_SUMMED = tuple(name for name in YearAccount.__dataclass_fields__ if name != "year")


# --- what is allowed -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """What decides whether a grant's money may move."""

    conditions_open: bool = False
    lapsed: bool = False
    closed: bool = False


def check_claim(standing: Standing, account: YearAccount | None, ore: int, *, year: int, today: date) -> None:
    """RuleBroken when the amount cannot be claimed for the year, or approved, as things stand.

    ``account`` is the year's without the claim itself; None where nothing is granted for the year.
    """
    check_payable(standing)
    if account is None:
        raise RuleBroken("För %(year)s finns inga beviljade medel.", field="year", year=year)
    if year > today.year:
        raise RuleBroken(
            "Medel för %(year)s kan rekvireras från och med den 1 januari %(year)s.", field="year", year=year
        )
    if ore <= 0:
        raise RuleBroken("Beloppet ska vara större än noll.", field="amount")
    if ore > account.claimable:
        raise RuleBroken(
            "Det går att rekvirera högst %(most)s för %(year)s. Resten är redan rekvirerat, överfört eller frisläppt.",
            field="amount",
            most=print_amount(account.claimable),
            year=year,
        )


def check_payable(standing: Standing) -> None:
    """RuleBroken while nothing of the grant may be paid."""
    if standing.closed:
        raise RuleBroken("Bidraget är avslutat, så inget mer kan betalas ut.")
    if standing.lapsed:
        raise RuleBroken("Ett villkor uppfylldes inte, så bidraget gäller inte längre. Inget betalas ut.")
    if standing.conditions_open:
        raise RuleBroken("Inget kan rekvireras eller betalas ut förrän alla villkor i beslutet är uppfyllda.")


def check_remainder(
    standing: Standing, account: YearAccount | None, row: RemainderFacts, *, spent: int | None, names_decision: bool
) -> None:
    """RuleBroken when the money cannot become what the row says.

    ``account`` is the year's as it stands, ``spent`` its outcome where it is known, ``names_decision`` whether the
    row's text names a §.
    """
    if standing.closed:
        raise RuleBroken("Bidraget är avslutat. Inget mer kan ändras.")
    if row.amount_ore <= 0:
        raise RuleBroken("Beloppet ska vara större än noll.", field="amount")
    if account is None:
        raise RuleBroken("För %(year)s finns inga beviljade medel.", field="year", year=row.year)
    _check_carry(row, names_decision=names_decision)
    _check_room(account, row, spent)


def _check_carry(row: RemainderFacts, *, names_decision: bool) -> None:
    if row.kind is not RemainderKind.CARRIED_OVER:
        return
    if row.to_year is None or row.to_year <= row.year:
        raise RuleBroken("Välj ett senare år att föra över till.", field="to_year")
    if not names_decision:
        raise RuleBroken("Skriv paragrafen som beslutet om överföring står i, till exempel § 631.", field="text")


def _check_room(account: YearAccount, row: RemainderFacts, spent: int | None) -> None:
    if not row.was_paid:
        if row.amount_ore > account.claimable:
            raise RuleBroken(
                "Av medlen för %(year)s återstår %(most)s som inte är rekvirerade.",
                field="amount",
                most=print_amount(account.claimable),
                year=row.year,
            )
        return
    room = account.held - (spent or 0)
    if row.amount_ore > room:
        raise RuleBroken(
            "Av det utbetalda för %(year)s är %(most)s oanvänt.",
            field="amount",
            most=print_amount(max(room, 0)),
            year=row.year,
        )
