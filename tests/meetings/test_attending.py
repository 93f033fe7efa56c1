"""Who is in the room, on rows: coming, leaving, serving for a member."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from paragraf.core.errors import NotThere, RuleBroken
from paragraf.duties.queries import open_duties_of
from paragraf.meetings import attendance, operations, queries, rules
from paragraf.meetings.models import Meeting, Presence
from paragraf.people.models import Person
from tests.meetings.conftest import END, START
from tests.parts.world import NOW, Home, World

AT_10 = START + timedelta(hours=1)
AT_11_30 = START + timedelta(hours=2, minutes=30)
SONJA = "Sonja Ekvall"


def come(
    session: Session,
    home: Home,
    meeting: Meeting,
    who: str,
    at: datetime = START,
    serves_for: str | None = None,
    until: datetime | None = None,
) -> Presence:
    return operations.record_presence(
        session,
        meeting,
        person=getattr(home, who),
        from_at=at,
        until_at=until,
        serves_for=home.mandates[serves_for] if serves_for else None,
        now=NOW,
        actor=SONJA,
    )


def leave(session: Session, meeting: Meeting, presence: Presence, at: datetime | None) -> Presence:
    return operations.end_presence(session, meeting, presence, until_at=at, now=NOW, actor=SONJA)


def voters(session: Session, meeting: Meeting, moment: datetime) -> set[str]:
    return {one.name for one in rules.voters_at(queries.attendance(session, meeting), moment).values()}


def deciding(session: Session, meeting: Meeting) -> list[tuple[str, str]]:
    sheet = attendance.sheet(session, meeting, START)
    voted = {one.person_id for one in queries.attendance(session, meeting) if one.seat is not None}
    rows = (*sheet.members, *sheet.substitutes)
    return [(row.person.name, row.remark) for row in rows if row.person.id in voted]


def test_a_member_has_the_own_seat_and_the_director_none(session: Session, home: Home, meeting: Meeting) -> None:
    assert come(session, home, meeting, "chair").mandate_id == home.mandates["chair"].id
    assert come(session, home, meeting, "secretary").mandate_id is None
    assert voters(session, meeting, START) == {"Olle Brand"}


def test_the_first_presence_ends_the_duty_to_prepare_only(session: Session, home: Home, meeting: Meeting) -> None:
    come(session, home, meeting, "chair")
    open_keys = [duty.rule_key for duty in open_duties_of(session, home.id, "meeting", meeting.id)]
    assert open_keys == ["minutes_verification"]


def test_example_16_on_rows(session: Session, home: Home, meeting: Meeting) -> None:
    for who in ("chair", "vice_chair", "member"):
        come(session, home, meeting, who)
    come(session, home, meeting, "substitute", AT_11_30, serves_for="fourth_member")
    assert len(voters(session, meeting, AT_11_30 - timedelta(minutes=1))) == 3
    assert voters(session, meeting, AT_11_30) >= {"Eva Rask"}
    assert deciding(session, meeting)[-1] == ("Eva Rask", "tjänstgörande ersättare för Nils Ask från kl. 11.30")


def test_a_substitute_may_not_serve_for_a_member_who_is_there(session: Session, home: Home, meeting: Meeting) -> None:
    come(session, home, meeting, "chair")
    with pytest.raises(RuleBroken, match="Olle Brand är närvarande"):
        come(session, home, meeting, "substitute", AT_10, serves_for="chair")


def test_a_member_who_comes_takes_the_seat_back(session: Session, home: Home, meeting: Meeting) -> None:
    come(session, home, meeting, "substitute", serves_for="chair")
    come(session, home, meeting, "chair", AT_10)
    assert voters(session, meeting, AT_10 - timedelta(minutes=1)) == {"Eva Rask"}
    assert voters(session, meeting, AT_10) == {"Olle Brand"}
    assert deciding(session, meeting) == [
        ("Olle Brand", "från kl. 10.00"),
        ("Eva Rask", "tjänstgörande ersättare för Olle Brand till kl. 10.00"),
    ]


def test_a_member_who_was_there_from_the_start_after_all_leaves_nobody_serving(
    session: Session, home: Home, meeting: Meeting
) -> None:
    come(session, home, meeting, "substitute", serves_for="chair")
    come(session, home, meeting, "chair", START)
    assert voters(session, meeting, START) == {"Olle Brand"}
    assert [name for name, _remark in deciding(session, meeting)] == ["Olle Brand"]


def test_a_member_recorded_late_cannot_take_a_seat_that_is_served_for_later(
    session: Session, home: Home, meeting: Meeting
) -> None:
    come(session, home, meeting, "substitute", AT_11_30, serves_for="chair")
    with pytest.raises(RuleBroken, match="Eva Rask har redan den platsen från kl"):
        come(session, home, meeting, "chair", START)
    assert come(session, home, meeting, "chair", START, until=AT_11_30)


def test_a_member_who_leaves_can_be_served_for(session: Session, home: Home, meeting: Meeting) -> None:
    chair = come(session, home, meeting, "chair")
    listening = come(session, home, meeting, "substitute")
    leave(session, meeting, chair, AT_11_30)
    operations.change_serving(
        session, meeting, listening, serves_for=home.mandates["chair"], at=AT_11_30, now=NOW, actor=SONJA
    )
    assert voters(session, meeting, AT_11_30 - timedelta(minutes=1)) == {"Olle Brand"}
    assert voters(session, meeting, AT_11_30) == {"Eva Rask"}
    with pytest.raises(RuleBroken, match="Eva Rask har redan den platsen"):
        leave(session, meeting, chair, None)


def test_serving_can_end_before_leaving(session: Session, home: Home, meeting: Meeting) -> None:
    serving = come(session, home, meeting, "substitute", serves_for="chair")
    operations.change_serving(session, meeting, serving, serves_for=None, at=AT_10, now=NOW, actor=SONJA)
    assert voters(session, meeting, AT_10) == set()
    assert len(rules.present_at(queries.attendance(session, meeting), AT_10)) == 1


def test_whoever_was_not_in_the_room_cannot_begin_to_serve(session: Session, home: Home, meeting: Meeting) -> None:
    late = come(session, home, meeting, "substitute", AT_11_30)
    with pytest.raises(RuleBroken, match="var inte i rummet"):
        operations.change_serving(
            session, meeting, late, serves_for=home.mandates["chair"], at=AT_10, now=NOW, actor=SONJA
        )


def test_two_substitutes_cannot_serve_for_one_seat(session: Session, home: Home, meeting: Meeting) -> None:
    come(session, home, meeting, "substitute", serves_for="chair")
    with pytest.raises(RuleBroken, match="tjänstgör redan för Olle Brand"):
        come(session, home, meeting, "second_substitute", serves_for="chair")


def test_only_substitutes_of_the_body_serve(session: Session, home: Home, meeting: Meeting) -> None:
    with pytest.raises(RuleBroken, match="är ledamot"):
        come(session, home, meeting, "member", serves_for="chair")
    with pytest.raises(RuleBroken, match="har inget uppdrag"):
        come(session, home, meeting, "secretary", serves_for="chair")


def test_nobody_is_counted_twice(session: Session, home: Home, meeting: Meeting) -> None:
    come(session, home, meeting, "chair")
    with pytest.raises(RuleBroken, match="redan antecknad"):
        come(session, home, meeting, "chair", AT_10)


def test_leaving_before_coming_is_refused(session: Session, home: Home, meeting: Meeting) -> None:
    late = come(session, home, meeting, "chair", AT_10)
    with pytest.raises(RuleBroken, match="senare än starttiden"):
        leave(session, meeting, late, START)


def test_a_leaving_can_be_taken_back_and_corrected(session: Session, home: Home, meeting: Meeting) -> None:
    chair = come(session, home, meeting, "chair")
    leave(session, meeting, chair, AT_10)
    leave(session, meeting, chair, AT_11_30)
    assert deciding(session, meeting) == [("Olle Brand", "till kl. 11.30")]
    leave(session, meeting, chair, None)
    assert deciding(session, meeting) == [("Olle Brand", "")]


def test_a_mistaken_line_can_be_removed(session: Session, home: Home, meeting: Meeting) -> None:
    chair = come(session, home, meeting, "chair")
    operations.remove_presence(session, meeting, chair, now=NOW, actor=SONJA)
    assert queries.presences(session, meeting) == []


def test_a_mandate_that_ended_the_day_before_gives_no_seat(session: Session, home: Home, meeting: Meeting) -> None:
    for mandate in queries.mandates(session, meeting):
        if mandate.person_id == home.member.id:
            mandate.ends_on = START.date() - timedelta(days=1)
    session.flush()
    assert come(session, home, meeting, "member").mandate_id is None
    assert voters(session, meeting, START) == set()


def test_all_members_are_marked_at_the_start(session: Session, home: Home, meeting: Meeting) -> None:
    come(session, home, meeting, "member", AT_11_30)
    come(session, home, meeting, "substitute", serves_for="fourth_member")
    marked = operations.mark_all_present(session, meeting, now=NOW, actor=SONJA)
    assert {row.person.name for row in marked} == {"Olle Brand", "Vera Lind"}
    assert {row.from_at for row in marked} == {START}
    assert operations.mark_all_present(session, meeting, now=NOW, actor=SONJA) == []
    assert voters(session, meeting, START) == {"Olle Brand", "Vera Lind", "Eva Rask"}


def test_nothing_is_recorded_at_a_cancelled_meeting(session: Session, home: Home, meeting: Meeting) -> None:
    operations.cancel_meeting(session, meeting, reason="Få ärenden", now=NOW, actor=SONJA)
    with pytest.raises(RuleBroken, match="inställt"):
        come(session, home, meeting, "chair")


def test_a_closed_attendance_does_not_change(session: Session, home: Home, meeting: Meeting) -> None:
    chair = come(session, home, meeting, "chair")
    operations.close_attendance(session, meeting, now=END, actor=SONJA)
    for act in (
        lambda: come(session, home, meeting, "member"),
        lambda: leave(session, meeting, chair, AT_10),
        lambda: operations.remove_presence(session, meeting, chair, now=NOW, actor=SONJA),
        lambda: operations.mark_all_present(session, meeting, now=NOW, actor=SONJA),
        lambda: operations.change_serving(session, meeting, chair, serves_for=None, at=AT_10, now=NOW, actor=SONJA),
    ):
        with pytest.raises(RuleBroken, match="Protokollet är utskickat"):
            act()


def test_strangers_are_not_in_the_room(world: World, session: Session, meeting: Meeting) -> None:
    with pytest.raises(NotThere):
        come(session, world.south, meeting, "chair")
    row = come(session, world.north, meeting, "chair")
    with pytest.raises(NotThere):
        queries.presence(session, world.south.id, meeting.id, row.id)
    with pytest.raises(NotThere):
        queries.presence(session, world.north.id, meeting.id + 1, row.id)


# --- what pages and minutes show ------------------------------------------------------------------------------------


def test_the_sheet_proposes_the_nearest_vacant_seat(session: Session, home: Home, meeting: Meeting) -> None:
    come(session, home, meeting, "chair")
    sheet = attendance.sheet(session, meeting, START)
    proposals = {row.person.name: row.proposal.person.name for row in sheet.substitutes if row.proposal}
    # Eva of the first municipality: its chair is there, so the other municipality; Ivar: the region's vice chair.
    assert proposals == {"Eva Rask": "Nils Ask", "Ivar Holm": "Vera Lind"}
    assert [row.here is not None for row in sheet.members] == [True, False, False, False]
    assert sheet.seats == 4
    assert [mandate.person.name for mandate in sheet.vacant] == ["Vera Lind", "Maj Torn", "Nils Ask"]


def test_the_sheet_follows_the_quorum(session: Session, home: Home, meeting: Meeting) -> None:
    for who in ("chair", "vice_chair", "member"):
        come(session, home, meeting, who)
    leave(session, meeting, queries.presences(session, meeting)[0], AT_10)
    sheet = attendance.sheet(session, meeting, START)
    told = [(step.from_at, rules.is_quorate(step.voting, sheet.seats)) for step in sheet.steps]
    assert told == [(START, True), (AT_10, False)]


def test_others_are_those_without_a_mandate(session: Session, home: Home, meeting: Meeting) -> None:
    come(session, home, meeting, "secretary", until=AT_10)
    (other,) = attendance.sheet(session, meeting, START).others
    assert (other.person.name, other.remark) == ("Sonja Ekvall", "till kl. 10.00")


acts = st.tuples(
    st.sampled_from(["chair", "vice_chair", "member", "fourth_member", "substitute", "second_substitute"]),
    st.sampled_from(["come", "leave", "serve", "stop"]),
    st.integers(0, 270),
    st.sampled_from(["chair", "vice_chair", "member", "fourth_member"]),
)


def _try(session: Session, home: Home, meeting: Meeting, act: tuple[str, str, int, str]) -> None:
    who, what, minute, seat = act
    person: Person = getattr(home, who)
    at = START + timedelta(minutes=minute)
    rows = [row for row in queries.presences(session, meeting) if row.person_id == person.id]
    if what == "come":
        come(session, home, meeting, who, at)
    elif rows and what == "leave":
        leave(session, meeting, rows[-1], at)
    elif rows:
        served = home.mandates[seat] if what == "serve" else None
        operations.change_serving(session, meeting, rows[-1], serves_for=served, at=at, now=NOW, actor=SONJA)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(acts, max_size=14))
def test_whatever_is_recorded_no_seat_is_ever_counted_twice(
    session: Session, home: Home, meeting: Meeting, wishes: list[tuple[str, str, int, str]]
) -> None:
    for wish in wishes:
        point = session.begin_nested()
        try:
            _try(session, home, meeting, wish)
        except RuleBroken:
            point.rollback()
    values = queries.attendance(session, meeting)
    for minute in range(0, 280, 5):
        here = rules.present_at(values, START + timedelta(minutes=minute))
        seats = [one.seat for one in here if one.seat is not None]
        assert len(seats) == len(set(seats))
        assert len(here) == len({one.person_id for one in here})
