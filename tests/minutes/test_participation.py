"""Who took part in each §, on rows: attendance by the minute and by the §, jäv, who led, and what may not be."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken
from paragraf.meetings import queries as meeting_queries
from paragraf.meetings.attending import Mark
from paragraf.meetings.models import Meeting, Presence
from paragraf.minutes import attending, queries, recusing, taking_up
from paragraf.minutes.models import ImmediateVerification, MinuteItem, Minutes, Recusal, RecusalGround
from paragraf.minutes.operations import add_item, remove_item
from paragraf.minutes.participation import Participation, participations, took_part
from paragraf.people.models import Person
from tests.minutes import acting
from tests.minutes.acting import AFTER, SONJA, START
from tests.parts.world import Home

AT_10 = START + timedelta(hours=1)
AT_11_30 = START + timedelta(hours=2, minutes=30)
FROM_START = Mark(START)


@pytest.fixture
def rows(session: Session, draft: Minutes) -> list[MinuteItem]:
    """Three §§. The four members are there all the time."""
    return acting.rows(session, draft)


def of(session: Session, minutes: Minutes) -> list[Participation]:
    return list(participations(session, minutes, queries.item_rows(session, minutes)).values())


def who(session: Session, minutes: Minutes) -> list[set[str]]:
    return [{one.name for one in each.deciding} for each in of(session, minutes)]


def presence(session: Session, meeting: Meeting, person: Person) -> Presence:
    return next(one for one in meeting_queries.presences(session, meeting) if one.person_id == person.id)


def begin(session: Session, row: MinuteItem, at: datetime | None) -> None:
    taking_up.begin_item(session, row, at=at, now=AFTER, actor=SONJA)


def come(
    session: Session, meeting: Meeting, person: Person, mark: Mark = FROM_START, serves_for: object = None
) -> Presence:
    return attending.come(
        session,
        meeting,
        person=person,
        mark=mark,
        serves_for=serves_for,
        now=AFTER,
        actor=SONJA,  # type: ignore[arg-type]
    )


def leave(
    session: Session,
    meeting: Meeting,
    person: Person,
    at: datetime | None = None,
    last: MinuteItem | None = None,
) -> Presence:
    mark = attending.mark_until(session, at=at, last=last)
    return attending.leave(session, meeting, presence(session, meeting, person), mark=mark, now=AFTER, actor=SONJA)


def recuse(session: Session, row: MinuteItem, person: Person) -> Recusal:
    return recusing.recuse(session, row, person=person, ground=RecusalGround.REPRESENTATIVE, now=AFTER, actor=SONJA)


# --- by the minute, by the § ----------------------------------------------------------------------------------------


def test_all_decide_everything_when_nothing_is_noted_but_their_coming(session: Session, draft: Minutes) -> None:
    every = of(session, draft)
    assert [len(one.deciding) for one in every] == [4, 4, 4]
    assert all(one.is_quorate and not one.unsure for one in every)


def test_example_16_a_substitute_at_11_30_serves_from_the_next_item(
    session: Session, home: Home, meeting: Meeting, draft: Minutes, rows: list[MinuteItem]
) -> None:
    attending.remove(session, meeting, presence(session, meeting, home.fourth_member), now=AFTER, actor=SONJA)
    come(session, meeting, home.substitute, Mark(AT_11_30), home.mandates["fourth_member"])
    assert [one.unsure for one in of(session, draft)] == [("Eva Rask",)] * 3
    for row, minutes in zip(rows, (0, 120, 150), strict=True):
        begin(session, row, START + timedelta(minutes=minutes))
    first, second, third = of(session, draft)
    assert (len(first.deciding), len(second.deciding), len(third.deciding)) == (3, 3, 4)
    assert third.deciding[-1].serves_for == "Nils Ask"
    assert not second.took_part(home.substitute.id)


def test_comes_11_30_and_serves_from_a_paragraph(
    session: Session, home: Home, meeting: Meeting, draft: Minutes, rows: list[MinuteItem]
) -> None:
    leave(session, meeting, home.fourth_member, last=rows[0])
    mark = attending.mark_from(session, at=AT_11_30, first=rows[2])
    come(session, meeting, home.substitute, mark, home.mandates["fourth_member"])
    gone = presence(session, meeting, home.fourth_member)
    assert (gone.until_item_id, gone.until_timed) == (rows[0].id, False)
    assert [len(one.deciding) for one in of(session, draft)] == [4, 3, 4]
    assert not any(one.unsure for one in of(session, draft))


def test_a_paragraph_that_was_taken_up_before_the_person_came_is_refused(
    session: Session, rows: list[MinuteItem]
) -> None:
    begin(session, rows[1], AT_10)
    with pytest.raises(RuleBroken, match=r"togs upp kl\. 10\.00, före kl\. 11\.30"):
        attending.mark_from(session, at=AT_11_30, first=rows[1])
    with pytest.raises(RuleBroken, match=r"inte klar förrän kl\. 10\.00"):
        attending.mark_until(session, at=START + timedelta(minutes=5), last=rows[0])
    with pytest.raises(RuleBroken, match="Ange klockslaget"):
        attending.mark_from(session, at=None, first=None)


def test_a_member_who_comes_back_takes_the_seat_from_the_next_paragraph(
    session: Session, home: Home, meeting: Meeting, draft: Minutes, rows: list[MinuteItem]
) -> None:
    leave(session, meeting, home.fourth_member, last=rows[0])
    come(
        session,
        meeting,
        home.substitute,
        attending.mark_from(session, at=None, first=rows[1]),
        home.mandates["fourth_member"],
    )
    come(session, meeting, home.fourth_member, attending.mark_from(session, at=None, first=rows[2]))
    names = who(session, draft)
    assert ["Nils Ask" in each for each in names] == [True, False, True]
    assert ["Eva Rask" in each for each in names] == [False, True, False]
    assert [len(each) for each in names] == [4, 4, 4]


def test_member_and_substitute_do_not_take_turns(
    session: Session, home: Home, meeting: Meeting, draft: Minutes
) -> None:
    seat = home.mandates["fourth_member"]
    moments = [START + timedelta(minutes=minutes) for minutes in (30, 60, 90)]
    leave(session, meeting, home.fourth_member, at=moments[0])
    serving = come(session, meeting, home.substitute, Mark(moments[0]), seat)
    back = come(session, meeting, home.fourth_member, Mark(moments[1]))
    attending.leave(session, meeting, back, mark=Mark(moments[2]), now=AFTER, actor=SONJA)
    listening = [one for one in meeting_queries.presences(session, meeting) if one.person_id == serving.person_id][-1]
    with pytest.raises(RuleBroken, match="växeltjänstgöring"):
        attending.serve(session, meeting, listening, serves_for=seat, mark=Mark(moments[2]), now=AFTER, actor=SONJA)
    assert come(session, meeting, home.second_substitute, Mark(moments[2]), seat)


def test_one_seat_is_not_counted_twice_in_a_paragraph(
    session: Session, home: Home, meeting: Meeting, rows: list[MinuteItem]
) -> None:
    leave(session, meeting, home.fourth_member, at=AT_10, last=rows[1])
    with pytest.raises(RuleBroken, match="samma plats i samma paragraf"):
        come(
            session,
            meeting,
            home.substitute,
            Mark(AT_11_30, first_id=rows[1].id),
            home.mandates["fourth_member"],
        )


def test_quorum_is_lost_and_regained(
    session: Session, home: Home, meeting: Meeting, draft: Minutes, rows: list[MinuteItem]
) -> None:
    for row, minutes in zip(rows, (0, 60, 120), strict=True):
        begin(session, row, START + timedelta(minutes=minutes))
    for person in (home.fourth_member, home.member):
        leave(session, meeting, person, at=START + timedelta(minutes=60))
        come(session, meeting, person, Mark(START + timedelta(minutes=119)))
    assert [one.is_quorate for one in of(session, draft)] == [True, False, True]


def test_a_paragraph_that_is_taken_out_says_nothing_any_more(
    session: Session, home: Home, meeting: Meeting, draft: Minutes, rows: list[MinuteItem]
) -> None:
    leave(session, meeting, home.fourth_member, at=AT_11_30, last=rows[1])
    remove_item(session, rows[1], now=AFTER, actor=SONJA)
    assert [one.unsure for one in of(session, draft)] == [("Nils Ask",), ()]


# --- jäv ------------------------------------------------------------------------------------------------------------


def test_example_18_jav_makes_one_paragraph_not_quorate(
    session: Session, home: Home, meeting: Meeting, draft: Minutes, rows: list[MinuteItem]
) -> None:
    attending.remove(session, meeting, presence(session, meeting, home.fourth_member), now=AFTER, actor=SONJA)
    found = recuse(session, rows[1], home.member)
    assert found.substitute_id is None
    assert [(len(one.deciding), one.is_quorate) for one in of(session, draft)] == [(3, True), (2, False), (3, True)]
    recusing.withdraw_recusal(session, found, now=AFTER, actor=SONJA)
    assert [one.is_quorate for one in of(session, draft)] == [True] * 3


def test_jav_calls_the_next_substitute_for_that_paragraph_only(
    session: Session, home: Home, meeting: Meeting, draft: Minutes, rows: list[MinuteItem]
) -> None:
    come(session, meeting, home.second_substitute)
    come(session, meeting, home.substitute)
    found = recuse(session, rows[1], home.member)
    session.refresh(found)
    assert found.substitute is not None
    called = found.substitute.name
    first, second, third = of(session, draft)
    assert second.recused == (home.member.id,)
    assert [one.name for one in second.deciding if one.for_recusal] == [called]
    assert second.disqualified[0].substitute == called
    assert len(first.deciding) == len(second.deciding) == len(third.deciding) == 4
    assert not any(one.for_recusal for one in (*first.deciding, *third.deciding))
    with pytest.raises(RuleBroken, match="har redan anmält jäv"):
        recuse(session, rows[1], home.member)


def test_a_called_substitute_with_jav_is_followed_by_the_next(
    session: Session, home: Home, meeting: Meeting, draft: Minutes, rows: list[MinuteItem]
) -> None:
    come(session, meeting, home.second_substitute)
    come(session, meeting, home.substitute)
    first = recuse(session, rows[1], home.member)
    session.refresh(first)
    assert first.substitute is not None
    recuse(session, rows[1], first.substitute)
    (left,) = recusing.proposals(session, rows[1], home.member)
    recusing.call_substitute(session, first, left.mandate.person, now=AFTER, actor=SONJA)
    assert len(of(session, draft)[1].deciding) == 4
    with pytest.raises(RuleBroken, match="kan inte tjänstgöra i paragrafen"):
        recusing.call_substitute(session, first, home.vice_chair, now=AFTER, actor=SONJA)


def test_a_substitute_who_was_not_there_after_all_is_called_in_vain(
    session: Session, home: Home, meeting: Meeting, draft: Minutes, rows: list[MinuteItem]
) -> None:
    here = come(session, meeting, home.substitute)
    recuse(session, rows[1], home.member)
    attending.remove(session, meeting, here, now=AFTER, actor=SONJA)
    second = of(session, draft)[1]
    assert len(second.deciding) == 3
    assert second.disqualified[0].called_in_vain == "Eva Rask"


def test_jav_is_for_those_who_were_there(session: Session, home: Home, rows: list[MinuteItem]) -> None:
    with pytest.raises(RuleBroken, match="var inte med i paragrafen"):
        recuse(session, rows[0], home.substitute)


# --- who led --------------------------------------------------------------------------------------------------------


def test_the_vice_chair_leads_when_the_chair_leaves_and_when_the_chair_has_jav(
    session: Session, home: Home, meeting: Meeting, draft: Minutes, rows: list[MinuteItem]
) -> None:
    recuse(session, rows[0], home.chair)
    leave(session, meeting, home.chair, last=rows[1])
    assert [one.leader and one.leader[1] for one in of(session, draft)] == [
        home.vice_chair.name,
        home.chair.name,
        home.vice_chair.name,
    ]


def test_when_all_chairs_have_left_the_meeting_tells_who_led(
    session: Session, home: Home, meeting: Meeting, draft: Minutes, rows: list[MinuteItem]
) -> None:
    leave(session, meeting, home.chair, last=rows[1])
    leave(session, meeting, home.vice_chair, last=rows[1])
    assert of(session, draft)[2].leader is None
    with pytest.raises(RuleBroken, match="deltog inte i paragrafen"):
        taking_up.set_leader(session, rows[2], home.chair, now=AFTER, actor=SONJA)
    taking_up.set_leader(session, rows[2], home.member, now=AFTER, actor=SONJA)
    assert of(session, draft)[2].leader == (home.member.id, home.member.name)


# --- when a § was taken up --------------------------------------------------------------------------------------------


def test_paragraphs_are_taken_up_in_their_order_within_the_meeting(
    session: Session, meeting: Meeting, rows: list[MinuteItem]
) -> None:
    attending.note_course(session, meeting, opened_at=START, closed_at=AT_11_30, now=AFTER, actor=SONJA)
    begin(session, rows[1], AT_10)
    for row, at, told in (
        (rows[0], AT_10 + timedelta(minutes=1), "Paragrafen efter togs upp"),
        (rows[2], AT_10 - timedelta(minutes=1), "Paragrafen före togs upp"),
        (rows[0], START - timedelta(minutes=1), "öppnades"),
        (rows[2], AT_11_30 + timedelta(minutes=1), "avslutades"),
    ):
        with pytest.raises(RuleBroken, match=told):
            begin(session, row, at)
    begin(session, rows[1], None)
    assert rows[1].begun_at is None
    with pytest.raises(RuleBroken, match="innan det öppnades"):
        attending.note_course(session, meeting, opened_at=AT_10, closed_at=START, now=AFTER, actor=SONJA)


# --- what is closed ---------------------------------------------------------------------------------------------------


def test_after_the_minutes_are_sent_nothing_changes(
    session: Session, home: Home, meeting: Meeting, sent: Minutes
) -> None:
    row = acting.rows(session, sent)[0]
    for act in (
        lambda: recuse(session, row, home.member),
        lambda: begin(session, row, AT_10),
        lambda: come(session, meeting, home.substitute),
        lambda: taking_up.set_leader(session, row, None, now=AFTER, actor=SONJA),
    ):
        with pytest.raises(RuleBroken, match="Protokollet är utskickat"):
            act()


def test_after_an_immediate_verification_nothing_may_contradict_it(
    session: Session, home: Home, meeting: Meeting, draft: Minutes, rows: list[MinuteItem]
) -> None:
    told = {str(rows[1].id): took_part(of(session, draft)[1])}
    immediate = ImmediateVerification(association_id=home.id, minutes_id=draft.id, fixed_at=AFTER, took_part=told)
    session.add(immediate)
    session.flush()
    rows[1].immediate_id = immediate.id
    session.flush()
    with pytest.raises(RuleBroken, match="är omedelbart justerad"), session.begin_nested():
        leave(session, meeting, home.fourth_member, last=rows[0])
    session.expire_all()
    with pytest.raises(RuleBroken, match="är omedelbart justerad"), session.begin_nested():
        recuse(session, rows[1], home.member)
    session.expire_all()
    leave(session, meeting, home.fourth_member, last=rows[1])
    assert [len(one.deciding) for one in of(session, draft)] == [4, 4, 3]


# --- properties -------------------------------------------------------------------------------------------------------

WHO = st.sampled_from(["chair", "vice_chair", "member", "fourth_member", "substitute", "second_substitute"])
ACT = st.tuples(
    st.sampled_from(["come", "leave", "serve", "jäv", "begin", "remove"]),
    WHO,
    st.integers(0, 2),
    st.none() | st.integers(0, 260),
    st.booleans(),
)


def _try(session: Session, home: Home, meeting: Meeting, rows: list[MinuteItem], act: tuple[object, ...]) -> None:
    verb, name, place, minute, by_item = act
    person, row = getattr(home, str(name)), rows[place]  # type: ignore[call-overload]
    at = START + timedelta(minutes=minute) if isinstance(minute, int) else None
    seat = home.mandates["fourth_member" if by_item else "member"]
    own = [one for one in meeting_queries.presences(session, meeting) if one.person_id == person.id]
    if verb == "jäv":
        recuse(session, row, person)
    elif verb == "begin":
        begin(session, row, at)
    elif verb == "come":
        mark = attending.mark_from(session, at=at, first=row if by_item else None)
        come(session, meeting, person, mark, seat if place and "substitute" in str(name) else None)
    elif own and verb == "remove":
        attending.remove(session, meeting, own[-1], now=AFTER, actor=SONJA)
    elif own and verb == "leave":
        mark = attending.mark_until(session, at=at, last=row if by_item else None)
        attending.leave(session, meeting, own[-1], mark=mark, now=AFTER, actor=SONJA)
    elif own and verb == "serve":
        mark = attending.mark_from(session, at=at, first=row if by_item else None)
        attending.serve(session, meeting, own[-1], serves_for=seat, mark=mark, now=AFTER, actor=SONJA)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACT, max_size=12))
def test_whatever_is_noted_no_person_and_no_seat_counts_twice(
    session: Session,
    home: Home,
    meeting: Meeting,
    draft: Minutes,
    rows: list[MinuteItem],
    acts: list[tuple[object, ...]],
) -> None:
    outer = session.begin_nested()
    for act in acts:
        with session.begin_nested() as inner:
            try:
                _try(session, home, meeting, rows, act)
            except RuleBroken:
                inner.rollback()
        session.expire_all()
    for one in of(session, draft):
        persons = [each.person_id for each in one.deciding]
        seats = [each.seat for each in one.deciding]
        assert len(set(persons)) == len(persons) == len(set(seats)) <= one.seats
        assert set(persons).isdisjoint(one.recused)
        assert set(persons).isdisjoint(one.unsure_ids)
    outer.rollback()
    session.expire_all()


def test_a_hundred_paragraphs_ask_the_database_as_often_as_one(
    session: Session, home: Home, draft: Minutes, rows: list[MinuteItem]
) -> None:
    for _ in range(40):
        recuse(session, add_item(session, draft, heading="Punkt", now=AFTER, actor=SONJA), home.member)
    every = queries.item_rows(session, draft)
    asked: list[str] = []
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda *given: asked.append(given[2]))
    assert len(participations(session, draft, every)) == 43
    assert len(asked) <= 5
