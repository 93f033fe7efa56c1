"""Seats, quorum, remarks, states and agendas as pure functions."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.core.errors import RuleBroken
from paragraf.meetings import calling, rules
from paragraf.meetings.models import ItemKind
from paragraf.meetings.rules import Attending, Interval, ItemText, Seat, State
from paragraf.people.models import Principal

#: 10 September 2015, 09.00–13.30 Swedish time.
START = datetime(2015, 9, 10, 7, 0, tzinfo=UTC)
END = datetime(2015, 9, 10, 11, 30, tzinfo=UTC)
PLANNED = Interval(START, END)
MEMBERS = [
    Seat(1, 101, "Ada Berg", 1, Principal.MUNICIPALITIES),
    Seat(2, 102, "Bo Dahl", 2, Principal.REGION),
    Seat(3, 103, "Cia Ek", 3, Principal.STATE),
    Seat(4, 104, "Dan Falk", 4, Principal.MUNICIPALITIES),
    Seat(5, 105, "Eva Grip", 5, Principal.STATE),
]
SUBSTITUTES = [
    Seat(11, 111, "Fia Holm", 3, Principal.STATE, 1),
    Seat(12, 112, "Gus Ivarsson", 4, Principal.MUNICIPALITIES, 2),
    Seat(13, 113, "Hedda Jung", 1, Principal.MUNICIPALITIES, 3),
]


def at(clock: str) -> datetime:
    """The moment when Swedish clocks show ``9.00`` that day."""
    hour, minute = clock.split(".")
    return START.replace(hour=int(hour) - 2, minute=int(minute))


def member(seat: Seat, since: str = "9.00", until: str | None = None) -> Attending:
    during = Interval(at(since), at(until) if until else None)
    return Attending(seat.person_id, seat.name, during, seat.mandate_id, seat.mandate_id)


def substitute(seat: Seat, since: str = "9.00", until: str | None = None, serves: Seat | None = None) -> Attending:
    during = Interval(at(since), at(until) if until else None)
    return Attending(seat.person_id, seat.name, during, seat.mandate_id, serves.mandate_id if serves else None)


# --- example 16: a substitute comes at 11.30 to a meeting 09.00–13.30 ---------------------------------------------


def test_a_substitute_who_comes_at_11_30_has_no_vote_before() -> None:
    present = [*map(member, MEMBERS[:4]), substitute(SUBSTITUTES[0], "11.30", serves=MEMBERS[4])]
    assert set(rules.voters_at(present, at("11.29"))) == {1, 2, 3, 4}
    assert rules.voters_at(present, at("11.30"))[5].name == "Fia Holm"


def test_with_four_of_five_seated_a_substitute_serves_only_for_the_absent_one() -> None:
    present = [*map(member, MEMBERS[:4])]
    able = [seat.name for seat in MEMBERS if rules.why_not_serve(SUBSTITUTES[0], seat, present, at("11.30")) is None]
    assert able == ["Eva Grip"]


def test_a_seat_can_be_served_for_by_one_only() -> None:
    present = [substitute(SUBSTITUTES[0], serves=MEMBERS[4])]
    fault = rules.why_not_serve(SUBSTITUTES[1], MEMBERS[4], present, at("10.00"))
    assert "Fia Holm tjänstgör redan för Eva Grip" in str(fault)


def test_a_member_never_serves_for_another() -> None:
    assert "är ledamot" in str(rules.why_not_serve(MEMBERS[0], MEMBERS[4], [], START))


def test_nobody_serves_for_a_substitute() -> None:
    assert "är ersättare" in str(rules.why_not_serve(SUBSTITUTES[0], SUBSTITUTES[1], [], START))


# --- example 18: disqualification and quorum ---------------------------------------------------------------------


def test_a_recused_member_takes_the_quorum_away_for_that_item_only() -> None:
    present = [*map(member, MEMBERS[:3])]
    assert rules.is_quorate(len(rules.voters_at(present, at("10.00"))), 5)
    without = rules.voters_at(present, at("10.00"), recused={101})
    assert len(without) == 2
    assert not rules.is_quorate(len(without), 5)


@given(seats=st.integers(1, 200), voting=st.integers(0, 200))
def test_quorum_is_more_than_half_of_the_seats(seats: int, voting: int) -> None:
    assert rules.is_quorate(voting, seats) == (voting > seats / 2)
    assert rules.is_quorate(voting, seats) == (voting >= rules.votes_needed(seats))


@pytest.mark.parametrize(("voting", "seats", "quorate"), [(2, 4, False), (3, 4, True), (2, 5, False), (3, 5, True)])
def test_half_is_not_enough(voting: int, seats: int, quorate: bool) -> None:
    assert rules.is_quorate(voting, seats) is quorate


def test_the_number_of_voters_is_followed_through_the_meeting() -> None:
    present = [
        member(MEMBERS[0]),
        member(MEMBERS[1], until="10.00"),
        member(MEMBERS[2], "9.30"),
        substitute(SUBSTITUTES[2], "9.00"),
        substitute(SUBSTITUTES[1], "10.00", serves=MEMBERS[1]),
    ]
    steps = [(step.from_at, step.voting) for step in rules.voting_over_time(present)]
    assert steps == [(at("9.00"), 2), (at("9.30"), 3)]


# --- who is proposed ----------------------------------------------------------------------------------------------


def test_the_substitute_of_the_same_member_organisation_is_proposed_before_the_calling_order() -> None:
    present = [substitute(seat) for seat in SUBSTITUTES]
    found = calling.propose_substitute(MEMBERS[3], SUBSTITUTES, present, START)
    assert found is not None
    assert found.name == "Gus Ivarsson"


def test_then_the_same_principal_and_then_the_calling_order() -> None:
    present = [substitute(seat) for seat in SUBSTITUTES]
    of_same_principal = calling.propose_substitute(MEMBERS[4], SUBSTITUTES, present, START)
    of_none = calling.propose_substitute(MEMBERS[1], SUBSTITUTES, present, START)
    assert of_same_principal is not None
    assert of_none is not None
    assert (of_same_principal.name, of_none.name) == ("Fia Holm", "Fia Holm")
    assert calling.propose_substitute(MEMBERS[1], SUBSTITUTES, present[1:], START) == SUBSTITUTES[1]


def test_only_those_in_the_room_and_not_serving_are_proposed() -> None:
    present = [substitute(SUBSTITUTES[0], serves=MEMBERS[2]), substitute(SUBSTITUTES[1], "11.00")]
    assert calling.propose_substitute(MEMBERS[4], SUBSTITUTES, present, at("10.00")) is None


def test_nobody_is_proposed_for_a_member_who_is_there() -> None:
    present = [member(MEMBERS[0]), substitute(SUBSTITUTES[2])]
    assert calling.propose_substitute(MEMBERS[0], SUBSTITUTES, present, at("10.00")) is None


def test_a_substitute_is_offered_the_nearest_vacant_seat() -> None:
    assert calling.nearest_seat(SUBSTITUTES[1], MEMBERS) == MEMBERS[3]
    assert calling.nearest_seat(SUBSTITUTES[1], MEMBERS[:3]) == MEMBERS[0]
    assert calling.nearest_seat(SUBSTITUTES[1], []) is None


# --- counted once -------------------------------------------------------------------------------------------------


def test_a_person_cannot_be_in_the_room_twice() -> None:
    fault = rules.why_not_attend(member(MEMBERS[0], "10.00"), [member(MEMBERS[0], "9.00", "11.00")])
    assert "Ada Berg är redan antecknad som närvarande från kl. 09.00" in str(fault)


def test_a_person_may_leave_and_come_back_in_the_same_minute() -> None:
    assert rules.why_not_attend(member(MEMBERS[0], "11.00"), [member(MEMBERS[0], "9.00", "11.00")]) is None


def test_a_seat_cannot_be_counted_twice() -> None:
    fault = rules.why_not_attend(member(MEMBERS[4], "9.00"), [substitute(SUBSTITUTES[0], "11.30", serves=MEMBERS[4])])
    assert "Fia Holm har redan den platsen från kl. 11.30" in str(fault)


def test_leaving_before_coming_is_refused() -> None:
    fault = rules.why_not_attend(member(MEMBERS[0], "10.00", "9.00"), [])
    assert fault is not None
    assert fault.field == "until"


minutes = st.integers(0, 270)
spans = st.tuples(minutes, st.none() | minutes)


def _interval(span: tuple[int, int | None]) -> Interval:
    start, length = span
    return Interval(
        START + timedelta(minutes=start), None if length is None else START + timedelta(minutes=start + 1 + length)
    )


@given(spans, spans)
def test_intervals_overlap_exactly_when_some_minute_lies_in_both(
    first: tuple[int, int | None], second: tuple[int, int | None]
) -> None:
    one, other = _interval(first), _interval(second)
    shared = any(
        one.covers(moment) and other.covers(moment)
        for moment in (START + timedelta(minutes=minute) for minute in range(600))
    )
    assert one.overlaps(other) == other.overlaps(one) == shared


@given(
    st.lists(st.tuples(st.sampled_from(MEMBERS + SUBSTITUTES), spans, st.sampled_from([None, *MEMBERS])), max_size=8)
)
def test_whatever_is_let_in_no_seat_and_no_person_is_ever_counted_twice(
    wishes: list[tuple[Seat, tuple[int, int | None], Seat | None]],
) -> None:
    let_in: list[Attending] = []
    for person, span, served in wishes:
        seat = person.mandate_id if person.calling_order is None else served.mandate_id if served else None
        new = Attending(person.person_id, person.name, _interval(span), person.mandate_id, seat)
        if rules.why_not_attend(new, let_in) is None:
            let_in.append(new)
    for minute in range(0, 600, 7):
        here = rules.present_at(let_in, START + timedelta(minutes=minute))
        seats = [one.seat for one in here if one.seat is not None]
        assert len(seats) == len(set(seats)) == len(rules.voters_at(let_in, START + timedelta(minutes=minute)))
        assert len(here) == len({one.person_id for one in here})


# --- remarks ------------------------------------------------------------------------------------------------------

NAMES = {seat.mandate_id: seat.name for seat in MEMBERS}


def remark(*own: Attending) -> str:
    return rules.remark(own, PLANNED, NAMES)


def test_whoever_was_there_all_the_time_needs_no_remark() -> None:
    assert remark(member(MEMBERS[0])) == ""
    assert remark(member(MEMBERS[0], "8.55", "13.30")) == ""


def test_coming_late_and_leaving_early_are_told() -> None:
    assert remark(member(MEMBERS[0], "11.30")) == "från kl. 11.30"
    assert remark(member(MEMBERS[0], until="12.00")) == "till kl. 12.00"
    assert remark(member(MEMBERS[0], until="10.00"), member(MEMBERS[0], "11.00")) == "till kl. 10.00, från kl. 11.00"


def test_leaving_and_coming_back_at_once_is_no_absence() -> None:
    assert remark(member(MEMBERS[0], until="10.00"), member(MEMBERS[0], "10.00")) == ""


def test_serving_names_the_member_and_the_time() -> None:
    came_to_serve = substitute(SUBSTITUTES[0], "11.30", serves=MEMBERS[4])
    assert remark(came_to_serve) == "tjänstgörande ersättare för Eva Grip från kl. 11.30"
    assert remark(substitute(SUBSTITUTES[0], serves=MEMBERS[4])) == "tjänstgörande ersättare för Eva Grip"


def test_a_substitute_who_was_there_before_serving_is_not_late() -> None:
    rows = substitute(SUBSTITUTES[0], until="11.30"), substitute(SUBSTITUTES[0], "11.30", serves=MEMBERS[4])
    assert remark(*rows) == "tjänstgörande ersättare för Eva Grip från kl. 11.30"


def test_coming_and_serving_at_different_times_are_both_told() -> None:
    rows = substitute(SUBSTITUTES[0], "10.00", "11.30"), substitute(SUBSTITUTES[0], "11.30", serves=MEMBERS[4])
    assert remark(*rows) == "från kl. 10.00, tjänstgörande ersättare för Eva Grip från kl. 11.30"


def test_serving_until_the_member_came() -> None:
    rows = substitute(SUBSTITUTES[0], until="10.15", serves=MEMBERS[4]), substitute(SUBSTITUTES[0], "10.15")
    assert remark(*rows) == "tjänstgörande ersättare för Eva Grip till kl. 10.15"


def test_a_meeting_that_begins_late_makes_nobody_late() -> None:
    everyone = [member(MEMBERS[0], "9.10"), member(MEMBERS[1], "9.10"), member(MEMBERS[2], "9.40")]
    held = rules.held_during(PLANNED, everyone)
    assert [rules.remark([one], held, NAMES) for one in everyone] == ["", "", "från kl. 09.40"]


def test_a_meeting_that_goes_on_too_long_tells_who_left_before_its_end() -> None:
    everyone = [member(MEMBERS[0], until="13.45"), member(MEMBERS[1], until="14.00")]
    held = rules.held_during(PLANNED, everyone)
    assert [rules.remark([one], held, NAMES) for one in everyone] == ["till kl. 13.45", ""]
    with_open = [*everyone, member(MEMBERS[2])]
    held = rules.held_during(PLANNED, with_open)
    assert [rules.remark([one], held, NAMES) for one in with_open] == ["till kl. 13.45", "till kl. 14.00", ""]


def test_an_empty_room_was_held_as_planned() -> None:
    assert rules.held_during(PLANNED, []) == PLANNED


# --- states and days ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "notice_sent", "cancelled", "expected"),
    [
        (START - timedelta(days=9), False, False, State.PLANNED),
        (START - timedelta(days=9), True, False, State.NOTICE_SENT),
        (START - timedelta(seconds=1), True, False, State.NOTICE_SENT),
        (START, True, False, State.UNDER_WAY),
        (START, False, False, State.UNDER_WAY),
        (END - timedelta(seconds=1), True, False, State.UNDER_WAY),
        (END, True, False, State.HELD),
        (START - timedelta(days=9), True, True, State.CANCELLED),
        (END, True, True, State.CANCELLED),
    ],
)
def test_the_state_follows_from_facts_and_moment(
    moment: datetime, notice_sent: bool, cancelled: bool, expected: State
) -> None:
    assert rules.state_at(moment, planned=PLANNED, notice_sent=notice_sent, cancelled=cancelled) is expected


def test_the_last_day_of_notice_is_never_moved() -> None:
    assert rules.notice_last_day(date(2026, 4, 9), 7) == date(2026, 4, 2)
    # Good Friday: the charter says seven days before, so seven days before it is.
    assert rules.notice_last_day(date(2026, 4, 10), 7) == date(2026, 4, 3)


def test_a_time_of_day_means_the_day_of_the_meeting() -> None:
    assert rules.moment_in_meeting(PLANNED, time(11, 30)) == datetime(2015, 9, 10, 9, 30, tzinfo=UTC)
    assert rules.moment_in_meeting(PLANNED, time(8, 50)) == datetime(2015, 9, 10, 6, 50, tzinfo=UTC)


def test_in_a_meeting_past_midnight_an_early_time_means_the_next_day() -> None:
    night = Interval(datetime(2026, 10, 24, 20, 0, tzinfo=UTC), datetime(2026, 10, 25, 3, 0, tzinfo=UTC))
    assert rules.moment_in_meeting(night, time(23, 0)) == datetime(2026, 10, 24, 21, 0, tzinfo=UTC)
    assert rules.moment_in_meeting(night, time(3, 30)) == datetime(2026, 10, 25, 2, 30, tzinfo=UTC)


def test_a_time_that_is_skipped_in_spring_is_refused() -> None:
    night = Interval(datetime(2026, 3, 28, 21, 0, tzinfo=UTC), datetime(2026, 3, 29, 3, 0, tzinfo=UTC))
    with pytest.raises(RuleBroken, match="sommartiden"):
        rules.moment_in_meeting(night, time(2, 30))


def test_the_suggested_time_is_now_during_the_meeting_and_its_start_otherwise() -> None:
    assert rules.suggested_clock(PLANNED, at("10.17") + timedelta(seconds=40)) == time(10, 17)
    assert rules.suggested_clock(PLANNED, START - timedelta(days=2)) == time(9, 0)
    assert rules.suggested_clock(PLANNED, END + timedelta(days=2)) == time(9, 0)


def test_afterwards_the_latest_noted_time_is_suggested() -> None:
    noted = [START, at("10.30"), at("09.40")]
    assert rules.suggested_clock(PLANNED, END + timedelta(days=2), noted) == time(10, 30)
    assert rules.suggested_clock(PLANNED, at("10.17"), noted) == time(10, 17)


# --- the agenda ---------------------------------------------------------------------------------------------------


@given(st.permutations([3, 5, 8, 13, 21]), st.sampled_from([3, 5, 8, 13, 21]), st.integers(-3, 9))
def test_moving_keeps_every_item_once_and_the_others_order(order: list[int], item: int, place: int) -> None:
    after = rules.moved(order, item, place)
    assert sorted(after) == sorted(order)
    assert [other for other in after if other != item] == [other for other in order if other != item]
    assert after.index(item) == min(max(place, 1), 5) - 1


def test_an_empty_agenda_is_a_fault() -> None:
    assert "Dagordningen är tom" in str(rules.agenda_faults([])[0])


def test_each_fault_names_its_place() -> None:
    faults = rules.agenda_faults(
        [
            ItemText(ItemKind.INFORMATION, "Läget i förbundet"),
            ItemText(ItemKind.DECISION, "Budget", background=" \n"),
            ItemText(ItemKind.QUESTION, "  "),
            ItemText(ItemKind.DECISION, "Val", proposal="att utse Ada Berg."),
        ]
    )
    assert [str(fault).split(",")[0] for fault in faults] == ["Punkt 2", "Punkt 3 saknar rubrik."]


def test_information_needs_no_text() -> None:
    assert rules.agenda_faults([ItemText(ItemKind.INFORMATION, "Läget")]) == []
