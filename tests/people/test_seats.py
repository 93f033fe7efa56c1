"""The pure rules of bodies: what adds up, who may sit beside whom, what is vacant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.core.errors import RuleBroken, SeveralRulesBroken
from paragraf.people import seats
from paragraf.people.models import BodyKind, Capacity
from paragraf.people.rules import holds_on
from paragraf.people.seats import BodyRules, Share, Term, Vacancy

FROM = date(2026, 4, 1)
RULES = BodyRules(FROM, seats=3, notice_days=7, verifiers=1, source="förbundsordningen 8 §")
SHARED = replace(RULES, shares=(Share(1, 2, 2), Share(2, 1, 1)))


def term(
    person: int,
    capacity: Capacity = Capacity.BOARD_MEMBER,
    starts: date = FROM,
    ends: date | None = None,
    member: int = 1,
    order: int | None = None,
) -> Term:
    return Term(person, f"P{person}", member, capacity, starts, ends, order)


# --- the rules themselves -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"seats": 0}, "seats"),
        ({"seats": 201}, "seats"),
        ({"notice_days": -1}, "notice_days"),
        ({"verifiers": 0}, "verifiers"),
        ({"vice_chairs": 0}, "vice_chairs"),
        ({"vice_chairs": 3}, "vice_chairs"),
        ({"first_number": 0}, "first_number"),
        ({"source": "  "}, "source"),
        ({"shares": (Share(1, 2, 2),)}, "shares"),
        ({"shares": (Share(1, 4, 4), Share(2, -1, -1))}, "shares"),
        ({"shares": (Share(1, 3, 2),)}, "shares"),
    ],
)
def test_rules_that_do_not_add_up_are_told_at_their_field(change: dict[str, object], field: str) -> None:
    with pytest.raises(SeveralRulesBroken) as refused:
        seats.check_rules(replace(RULES, **change), BodyKind.BOARD)  # type: ignore[arg-type]
    assert [problem.field for problem in refused.value.problems] == [field]


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(SeveralRulesBroken) as refused:
        seats.check_rules(replace(RULES, seats=0, verifiers=0, source=""), BodyKind.BOARD)
    assert [problem.field for problem in refused.value.problems] == ["seats", "verifiers", "source"]


def test_a_group_needs_no_vice_chair_and_may_have_fewer_substitutes() -> None:
    seats.check_rules(replace(RULES, vice_chairs=0, shares=(Share(1, 3, 1),)), BodyKind.STEERING_GROUP)
    seats.check_rules(SHARED, BodyKind.BOARD)


def test_the_newest_rules_hold_that_are_not_in_the_future() -> None:
    later = replace(RULES, valid_from=FROM + timedelta(days=10))
    assert seats.rules_on(FROM - timedelta(days=1), [later, RULES]) is None
    assert seats.rules_on(FROM, [later, RULES]) == RULES
    assert seats.rules_on(FROM + timedelta(days=10), [RULES, later]) == later


# --- mandates beside each other -------------------------------------------------------------------------------------


def refused(new: Term, *others: Term, rules: BodyRules = RULES) -> RuleBroken:
    with pytest.raises(RuleBroken) as found:
        seats.check_term(new, others, [rules])
    return found.value


def test_nobody_has_two_seats_at_once() -> None:
    held = term(1, ends=FROM + timedelta(days=30))
    assert refused(term(1, Capacity.SUBSTITUTE, order=1), held).field == "person_id"
    seats.check_term(term(1, starts=FROM + timedelta(days=31)), [held], [RULES])


def test_a_mandate_ends_after_it_begins_and_may_last_a_day() -> None:
    assert refused(term(1, ends=FROM - timedelta(days=1))).field == "ends_on"
    seats.check_term(term(1, ends=FROM), [], [RULES])


def test_there_is_one_chair_and_as_many_vice_chairs_as_the_rules_say() -> None:
    assert refused(term(2, Capacity.CHAIR), term(1, Capacity.CHAIR)).field == "capacity"
    assert refused(term(2, Capacity.VICE_CHAIR), term(1, Capacity.VICE_CHAIR)).field == "capacity"
    seats.check_term(term(2, Capacity.VICE_CHAIR), [term(1, Capacity.VICE_CHAIR)], [replace(RULES, vice_chairs=2)])


def test_more_members_than_seats_would_give_more_votes_than_seats() -> None:
    full = [term(1), term(2), term(3)]
    assert refused(term(4), *full).field == "starts_on"
    seats.check_term(term(4, Capacity.SUBSTITUTE, order=1), full, [RULES])


def test_the_seats_are_counted_on_every_day_on_which_something_begins() -> None:
    later = FROM + timedelta(days=100)
    comes = [term(2, starts=later), term(3, starts=later), term(4, starts=later)]
    assert refused(term(1), *comes).field == "starts_on"
    seats.check_term(term(1, ends=later - timedelta(days=1)), comes, [RULES])


def test_a_body_that_shrinks_has_no_room_for_those_who_stay() -> None:
    smaller = replace(RULES, valid_from=FROM + timedelta(days=50), seats=1)
    with pytest.raises(RuleBroken):
        seats.check_term(term(2), [term(1)], [RULES, smaller])


@pytest.mark.parametrize(
    ("new", "held"),
    [
        (term(2, Capacity.SUBSTITUTE, order=None), None),
        (term(2, Capacity.SUBSTITUTE, order=0), None),
        (term(2, order=1), None),
        (term(2, Capacity.SUBSTITUTE, order=1), term(1, Capacity.SUBSTITUTE, order=1)),
    ],
)
def test_a_substitute_has_a_turn_that_no_other_of_the_member_has(new: Term, held: Term | None) -> None:
    assert refused(new, *([held] if held else [])).field == "calling_order"


def test_substitutes_of_different_members_may_have_the_same_turn() -> None:
    seats.check_term(term(2, Capacity.SUBSTITUTE, order=1), [term(1, Capacity.SUBSTITUTE, member=2, order=1)], [RULES])


DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@st.composite
def terms(draw: st.DrawFn, person: int) -> Term:
    starts = draw(DAYS)
    ends = draw(st.none() | st.dates(starts, date(2028, 12, 31)))
    return term(
        person,
        draw(st.sampled_from(Capacity)),
        starts,
        ends,
        draw(st.integers(1, 2)),
        draw(st.none() | st.integers(1, 3)),
    )


@given(st.data())
def test_what_is_let_in_never_breaks_the_rules_on_any_day(data: st.DataObject) -> None:
    rules = replace(RULES, valid_from=date(2026, 1, 1))
    held: list[Term] = []
    for _each in range(data.draw(st.integers(1, 12))):
        new = data.draw(terms(data.draw(st.integers(1, 6))))
        try:
            seats.check_term(new, held, [rules])
        except RuleBroken:
            continue
        held.append(new)
    for day in {one.starts_on for one in held}:
        sits = [one for one in held if holds_on(one.starts_on, one.ends_on, day)]
        assert len({one.person_id for one in sits}) == len(sits)
        assert sum(not one.substitute for one in sits) <= rules.seats
        assert sum(one.capacity is Capacity.CHAIR for one in sits) <= 1
        assert sum(one.capacity is Capacity.VICE_CHAIR for one in sits) <= 1
        turns = [(one.member_organisation_id, one.calling_order) for one in sits if one.substitute]
        assert len(set(turns)) == len(turns)


# --- vacant and too many --------------------------------------------------------------------------------------------


def test_vacant_seats_are_the_members_own() -> None:
    held = [term(1), term(2, member=2), term(3, Capacity.SUBSTITUTE, order=1)]
    assert seats.vacancies(held, SHARED) == [Vacancy(1, 1), Vacancy(1, 1, True), Vacancy(2, 1, True)]
    assert seats.vacancies([term(1)], RULES) == [Vacancy(None, 2)]
    assert seats.vacancies([term(1), term(2), term(3)], RULES) == []


def test_too_many_of_a_member_are_told_with_how_many() -> None:
    held = [term(1), term(2), term(3), term(4, member=2)]
    assert seats.excess(held, SHARED) == [Vacancy(1, 1)]
    assert seats.excess([term(1), term(4, member=2)], SHARED) == []


def test_a_substitute_of_the_same_member_takes_the_seat_in_turn() -> None:
    held = [
        term(5, Capacity.SUBSTITUTE, order=2),
        term(6, Capacity.SUBSTITUTE, order=1),
        term(7, Capacity.SUBSTITUTE, member=2, order=1),
        term(8),
    ]
    assert [one.person_id for one in seats.successors(1, held)] == [6, 5]
    assert seats.successors(3, held) == []
    assert seats.next_turn(held) == 3
    assert seats.next_turn([]) == 1
