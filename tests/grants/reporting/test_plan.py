"""Which reports follow from a grant's period, and when they are due."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.core.errors import RuleBroken
from paragraf.grants.models import ReportKind
from paragraf.grants.reporting.plan import STANDARD_DAYS, due_reports, grant_period, proposed_payments

DAY = st.dates(date(2024, 1, 1), date(2032, 12, 31))


def told(start: date, end: date, **changes: int | None) -> list[str]:
    rules = {**STANDARD_DAYS, **{ReportKind(name): days for name, days in changes.items()}}
    return [f"{one.kind.value} {one.start}–{one.end} senast {one.due_on}" for one in due_reports(start, end, rules)]


def test_three_reports_a_year_and_a_final_one() -> None:
    assert told(date(2026, 10, 15), date(2027, 12, 31)) == [
        "year 2026-10-15–2026-12-31 senast 2027-02-14",
        "tertial 2027-01-01–2027-04-30 senast 2027-05-30",
        "tertial 2027-05-01–2027-08-31 senast 2027-09-30",
        "year 2027-01-01–2027-12-31 senast 2028-02-14",
        "final 2026-10-15–2027-12-31 senast 2028-03-30",
    ]


def test_without_year_reports_the_third_tertial_has_its_own() -> None:
    assert told(date(2026, 9, 1), date(2027, 1, 31), year=None) == [
        "tertial 2026-09-01–2026-12-31 senast 2027-01-30",
        "final 2026-09-01–2027-01-31 senast 2027-05-01",
    ]


def test_kinds_that_are_not_asked_for_do_not_come() -> None:
    assert told(date(2026, 1, 1), date(2026, 12, 31), tertial=None, year=None, final=None) == []


@given(DAY, DAY)
def test_periods_lie_in_the_grant_and_are_told_apart(one: date, other: date) -> None:
    start, end = sorted((one, other))
    reports = due_reports(start, end, STANDARD_DAYS)
    assert all(start <= each.start <= each.end <= end and each.end < each.due_on for each in reports)
    assert len({(each.kind, each.end) for each in reports}) == len(reports)
    assert [each.due_on for each in reports] == sorted(each.due_on for each in reports)
    assert sum(each.kind is ReportKind.FINAL for each in reports) == 1


@pytest.mark.parametrize(
    ("applied", "years", "period"),
    [
        ((date(2026, 10, 15), date(2028, 6, 30)), [2026, 2027], (date(2026, 10, 15), date(2027, 12, 31))),
        ((date(2026, 10, 15), date(2028, 6, 30)), [2030], (date(2030, 1, 1), date(2030, 12, 31))),
        (None, [2026, 2028], (date(2026, 1, 1), date(2028, 12, 31))),
        ((date(2026, 1, 1), date(2026, 6, 30)), [], (date(2026, 1, 1), date(2026, 6, 30))),
        (None, [], None),
    ],
)
def test_the_grants_time_is_what_was_applied_for_within_the_years(
    applied: tuple[date, date] | None, years: list[int], period: tuple[date, date] | None
) -> None:
    assert grant_period(applied, years) == period


def test_a_plan_begins_when_the_grant_does() -> None:
    plan = proposed_payments({2026: 10_001, 2027: 20_000}, date(2026, 10, 15), date(2027, 6, 30), 2)
    assert [(one.due_on, one.amount_ore) for one in plan] == [
        (date(2026, 10, 15), 10_001),
        (date(2027, 1, 1), 20_000),
    ]
    with pytest.raises(RuleBroken):
        proposed_payments({2026: 1}, date(2026, 1, 1), date(2026, 12, 31), 3)
