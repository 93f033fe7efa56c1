"""A grant's money: whatever lawful acts are done, every öre is somewhere, by year."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paragraf.core.errors import RuleBroken
from paragraf.grants.accounts import Standing, YearAccount, accounts, check_claim, check_remainder, total
from paragraf.grants.models import DrawdownClaim, GrantRemainder, RemainderKind
from paragraf.grants.overview.funds import YearPicture
from paragraf.grants.reporting.plan import proposed_payments

TODAY = date(2028, 6, 1)
YEARS = (2026, 2027, 2028)
GOES_ON = Standing()


@dataclass
class Books:
    """A grant on paper: acts are done if the rules allow them."""

    granted: dict[int, int]
    claims: list[DrawdownClaim] = field(default_factory=list)
    remainders: list[GrantRemainder] = field(default_factory=list)

    @property
    def by_year(self) -> dict[int, YearAccount]:
        return accounts(self.granted, self.claims, self.remainders)

    def claim(self, year: int, ore: int) -> None:
        check_claim(GOES_ON, self.by_year.get(year), ore, year=year, today=TODAY)
        self.claims.append(DrawdownClaim(year=year, amount_ore=ore))

    def answer(self, place: int, *, paid: bool) -> None:
        waiting = [one for one in self.claims if one.refused_at is None and one.paid_on is None]
        if waiting:
            one = waiting[place % len(waiting)]
            one.paid_on, one.refused_at = (TODAY, None) if paid else (None, TODAY)  # type: ignore[assignment]

    def settle(self, kind: RemainderKind, year: int, to_year: int | None, ore: int, was_paid: bool) -> None:
        carried = kind is RemainderKind.CARRIED_OVER
        row = GrantRemainder(
            kind=kind,
            year=year,
            to_year=to_year if carried else None,
            amount_ore=ore,
            was_paid=was_paid if carried else kind is RemainderKind.RETURNED,
        )
        check_remainder(GOES_ON, self.by_year.get(year), row, spent=None, names_decision=True)
        self.remainders.append(row)


ORE = st.integers(-5, 60)
YEAR = st.sampled_from((*YEARS, 2029))
ACTS = st.one_of(
    st.tuples(st.just("claim"), YEAR, ORE),
    st.tuples(st.just("answer"), st.integers(0, 5), st.booleans()),
    st.tuples(st.just("settle"), st.sampled_from(list(RemainderKind)), YEAR, YEAR, ORE, st.booleans()),
)
GRANTED = st.dictionaries(st.sampled_from(YEARS), st.integers(0, 100), min_size=1)


def run(books: Books, acts: list[tuple[object, ...]]) -> int:
    """Do the acts that the rules allow; how many were refused."""
    refused = 0
    for name, *told in acts:
        try:
            if name == "answer":
                books.answer(told[0], paid=told[1])  # type: ignore[arg-type]
            else:
                getattr(books, str(name))(*told)
        except RuleBroken:
            refused += 1
    return refused


@settings(max_examples=200)
@given(GRANTED, st.lists(ACTS, max_size=25))
def test_every_ore_is_somewhere_whatever_is_done(granted: dict[int, int], acts: list[tuple[object, ...]]) -> None:
    books = Books(granted)
    run(books, acts)
    for one in books.by_year.values():
        parts = (one.claimable, one.under_way, one.paid, one.held, one.released, one.returned)
        assert min(parts) >= 0
        came = one.granted + one.carried_in + one.carried_in_paid
        went = one.carried_out + one.carried_out_paid + one.released + one.returned
        assert came == went + one.held + one.under_way + one.claimable
        assert one.committed == came - went
    whole = total(books.by_year.values())
    assert whole.carried_in + whole.carried_in_paid == whole.carried_out + whole.carried_out_paid
    # In all: what was granted is paid and kept, under way, left to claim, set free or given back.
    assert sum(granted.values()) == (whole.held + whole.under_way + whole.claimable + whole.released + whole.returned)


@given(st.integers(0, 10**12), st.integers(0, 10**12), st.integers(0, 10**12))
def test_committed_and_free_are_the_budget(budget: int, committed: int, conditional: int) -> None:
    year = YearPicture(2026, budget, committed + conditional, committed, conditional, 0, 0, 0, 0, None)
    assert year.free is not None
    assert year.committed + year.conditional + year.free == budget


@pytest.mark.parametrize(
    ("standing", "year", "ore", "why"),
    [
        (Standing(conditions_open=True), 2026, 1, "alla villkor"),
        (Standing(lapsed=True), 2026, 1, "gäller inte längre"),
        (Standing(closed=True), 2026, 1, "avslutat"),
        (GOES_ON, 2025, 1, "inga beviljade medel"),
        (GOES_ON, 2026, 0, "större än noll"),
        (GOES_ON, 2026, 101, "högst 1\u00a0kr"),
    ],
)
def test_money_that_may_not_be_claimed(standing: Standing, year: int, ore: int, why: str) -> None:
    account = {2026: YearAccount(2026, granted=100)}.get(year)
    with pytest.raises(RuleBroken, match=why):
        check_claim(standing, account, ore, year=year, today=TODAY)


def test_money_of_a_year_to_come_is_not_claimed_yet() -> None:
    with pytest.raises(RuleBroken, match="från och med den 1 januari 2029"):
        check_claim(GOES_ON, YearAccount(2029, granted=100), 1, year=2029, today=TODAY)


def test_what_is_spent_can_be_neither_returned_nor_carried_over() -> None:
    account = YearAccount(2026, granted=100, paid=100)
    row = GrantRemainder(kind=RemainderKind.RETURNED, year=2026, to_year=None, amount_ore=21, was_paid=True)
    with pytest.raises(RuleBroken, match="0,20"):
        check_remainder(GOES_ON, account, row, spent=80, names_decision=True)


def test_a_carry_over_names_its_decision_and_a_later_year() -> None:
    account = YearAccount(2026, granted=100)
    row = GrantRemainder(kind=RemainderKind.CARRIED_OVER, year=2026, to_year=2027, amount_ore=1, was_paid=False)
    with pytest.raises(RuleBroken, match="paragrafen"):
        check_remainder(GOES_ON, account, row, spent=None, names_decision=False)
    row.to_year = 2026
    with pytest.raises(RuleBroken, match="senare år"):
        check_remainder(GOES_ON, account, row, spent=None, names_decision=True)


@given(
    st.dictionaries(st.sampled_from(YEARS), st.integers(0, 10**9), min_size=1),
    st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    st.sampled_from((1, 2, 4)),
)
def test_a_plan_pays_each_year_exactly(years: dict[int, int], start: date, a_year: int) -> None:
    plan = proposed_payments(years, start, date(2028, 12, 31), a_year)
    for year, ore in years.items():
        assert sum(one.amount_ore for one in plan if one.due_on.year == year) == ore
    assert all(one.amount_ore > 0 for one in plan)
    assert [one.due_on for one in plan] == sorted(one.due_on for one in plan)
