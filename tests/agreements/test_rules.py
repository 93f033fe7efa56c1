"""When an agreement is revised, until when a change can be told, and how it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.agreements import rules
from paragraf.agreements.rules import AgreementState, NewParty, Terms
from paragraf.core.dates import add_months, is_working_day
from paragraf.core.errors import RuleBroken, SeveralRulesBroken

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
TERMS = Terms("Samverkan", "", date(2023, 1, 1), None, revised_yearly=True, notice_months=2)


# --- revisions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("in_force_from", "day", "coming"),
    [
        (date(2023, 1, 1), date(2026, 3, 2), date(2027, 1, 1)),
        (date(2023, 1, 1), date(2026, 12, 31), date(2027, 1, 1)),
        (date(2023, 1, 1), date(2027, 1, 1), date(2028, 1, 1)),
        (date(2023, 7, 1), date(2026, 3, 2), date(2026, 7, 1)),
        (date(2027, 1, 1), date(2026, 3, 2), date(2028, 1, 1)),
        (date(2024, 2, 29), date(2024, 3, 1), date(2025, 2, 28)),
        (date(2024, 2, 29), date(2027, 2, 27), date(2027, 2, 28)),
        (date(2024, 2, 29), date(2027, 2, 28), date(2028, 2, 29)),
    ],
)
def test_the_next_revision_is_the_first_anniversary_after_the_day(in_force_from: date, day: date, coming: date) -> None:
    assert rules.next_revision(in_force_from, day) == coming


@given(DAYS, DAYS)
def test_the_next_revision_is_an_anniversary_and_there_is_none_between(in_force_from: date, day: date) -> None:
    coming = rules.next_revision(in_force_from, day)
    assert coming > day
    assert coming > in_force_from
    assert coming.month == in_force_from.month
    assert coming.day == in_force_from.day or (in_force_from.month, in_force_from.day, coming.day) == (2, 29, 28)
    earlier = add_months(in_force_from, 12 * (coming.year - in_force_from.year - 1))
    assert earlier <= max(day, in_force_from)


@given(DAYS, st.integers(0, 36), DAYS)
def test_what_is_planned_reaches_eighteen_months_of_reminders(start: date, months: int, day: date) -> None:
    terms = replace(TERMS, in_force_from=start, notice_months=months)
    planned = rules.revisions(terms, day)
    assert planned == sorted(set(planned))
    # The first revision that is not planned could not have a notice reminder, 30 days before, in 18 months.
    beyond = rules.next_revision(start, planned[-1] if planned else day)
    assert rules.notice_window(beyond, months).last_day - timedelta(days=30) > add_months(day, 18)


def test_an_agreement_that_is_not_revised_has_no_revisions() -> None:
    assert rules.revisions(replace(TERMS, revised_yearly=False), date(2026, 3, 2)) == []


def test_no_revision_is_planned_after_the_agreements_last_day() -> None:
    until_new_year = replace(TERMS, in_force_until=date(2026, 12, 31))
    assert rules.revisions(until_new_year, date(2026, 3, 2)) == []
    one_day_more = replace(TERMS, in_force_until=date(2027, 1, 1))
    assert rules.revisions(one_day_more, date(2026, 3, 2)) == [date(2027, 1, 1)]


# --- the notice window ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("effect", "last_day", "recommended"),
    [
        (date(2023, 12, 31), date(2023, 10, 31), date(2023, 10, 31)),
        (date(2024, 1, 1), date(2023, 11, 1), date(2023, 11, 1)),
        (date(2024, 5, 31), date(2024, 3, 31), date(2024, 3, 28)),
    ],
)
def test_two_months_before(effect: date, last_day: date, recommended: date) -> None:
    window = rules.notice_window(effect, 2)
    assert (window.last_day, window.recommended_day) == (last_day, recommended)


def test_the_last_day_is_in_time_and_the_day_after_is_not() -> None:
    window = rules.notice_window(date(2024, 5, 31), 2)
    assert window.is_open(date(2024, 3, 31))
    assert not window.is_open(date(2024, 4, 1))


@given(DAYS, st.integers(0, 36))
def test_the_recommended_day_is_a_working_day_within_the_window(effect: date, months: int) -> None:
    window = rules.notice_window(effect, months)
    assert window.recommended_day <= window.last_day <= effect
    assert window.is_open(window.recommended_day)
    assert is_working_day(window.recommended_day)


# --- how it stands --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("until", "ended", "day", "state"),
    [
        (None, None, date(2022, 12, 31), AgreementState.NOT_YET),
        (None, None, date(2023, 1, 1), AgreementState.IN_FORCE),
        (date(2025, 12, 31), None, date(2025, 12, 31), AgreementState.IN_FORCE),
        (date(2025, 12, 31), None, date(2026, 1, 1), AgreementState.ENDED),
        (None, date(2024, 5, 1), date(2024, 4, 30), AgreementState.IN_FORCE),
        (None, date(2024, 5, 1), date(2024, 5, 1), AgreementState.ENDED),
        (None, date(2022, 5, 1), date(2022, 6, 1), AgreementState.ENDED),
    ],
)
def test_an_agreement_is_not_yet_in_force_or_ended(
    until: date | None, ended: date | None, day: date, state: AgreementState
) -> None:
    assert rules.state(date(2023, 1, 1), until, ended, day) is state


# --- what cannot hold -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (replace(TERMS, title=""), "title"),
        (replace(TERMS, title="x" * 201), "title"),
        (replace(TERMS, summary="x" * 2001), "summary"),
        (replace(TERMS, in_force_until=date(2022, 12, 31)), "in_force_until"),
        (replace(TERMS, notice_months=-1), "notice_months"),
        (replace(TERMS, notice_months=37), "notice_months"),
    ],
)
def test_terms_that_cannot_hold_are_refused_at_their_field(terms: Terms, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        rules.check_terms(terms)
    assert refused.value.field == field


def test_everything_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(SeveralRulesBroken) as refused:
        rules.check_terms(replace(TERMS, title="", notice_months=99))
    assert [problem.field for problem in refused.value.problems] == ["title", "notice_months"]


def test_terms_that_hold_pass() -> None:
    rules.check_terms(replace(TERMS, in_force_until=TERMS.in_force_from, notice_months=36))


@pytest.mark.parametrize("parties", [[], [NewParty(1), NewParty(1)], [NewParty(1, 2), NewParty(1, 2)]])
def test_no_party_or_the_same_twice_is_refused(parties: list[NewParty]) -> None:
    with pytest.raises(RuleBroken) as refused:
        rules.check_parties(parties)
    assert refused.value.field == "parties"


def test_an_organisation_and_a_unit_of_it_are_two_parties() -> None:
    rules.check_parties([NewParty(1), NewParty(1, 2), NewParty(1, 3)])
