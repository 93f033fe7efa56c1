"""Standing items come on every new agenda, first and last, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from paragraf.core.errors import NotThere, RuleBroken
from paragraf.meetings import operations, queries, standing
from paragraf.meetings.models import AgendaItem, ItemKind, Meeting, StandingItem
from paragraf.meetings.rules import ItemText
from tests.meetings.conftest import END, START
from tests.parts.world import NOW, Home, World

SONJA = "Sonja Ekvall"
MONTH = timedelta(weeks=4)


def add(session: Session, home: Home, heading: str, *, last: bool = False, proposal: str = "") -> StandingItem:
    text = ItemText(ItemKind.DECISION if proposal else ItemKind.INFORMATION, heading, "", proposal)
    return standing.add(session, home.board, text, last=last, now=NOW, actor=SONJA)


def plan(session: Session, home: Home) -> Meeting:
    return operations.plan_meeting(
        session, body=home.board, starts_at=START + MONTH, ends_at=END + MONTH, place="Rum Alen", now=NOW, actor=SONJA
    )


def headings(session: Session, meeting: Meeting) -> list[str]:
    return [item.heading for item in queries.agenda(session, meeting)]


def test_a_new_meeting_gets_them_and_its_own_items_come_between(session: Session, home: Home) -> None:
    add(session, home, "Öppnande")
    add(session, home, "Övriga frågor", last=True)
    add(session, home, "Val av justerare", proposal="att utse … att justera")
    add(session, home, "Avslutande", last=True)
    planned = plan(session, home)
    operations.add_item(session, planned, kind=ItemKind.REPORT, heading="Budget", now=NOW, actor=SONJA)
    assert headings(session, planned) == ["Öppnande", "Val av justerare", "Budget", "Övriga frågor", "Avslutande"]
    assert queries.agenda(session, planned)[1].proposal == "att utse … att justera"


def test_one_button_adds_what_a_planned_meeting_lacks_and_nothing_twice(
    session: Session, home: Home, meeting: Meeting
) -> None:
    operations.add_item(session, meeting, kind=ItemKind.REPORT, heading="Budget", now=NOW, actor=SONJA)
    add(session, home, "Öppnande")
    add(session, home, "Avslutande", last=True)
    assert len(standing.put_on(session, meeting, now=NOW, actor=SONJA)) == 2
    assert standing.put_on(session, meeting, now=NOW, actor=SONJA) == []
    assert headings(session, meeting) == ["Öppnande", "Budget", "Avslutande"]


def test_one_that_was_taken_off_does_not_come_back_by_itself(session: Session, home: Home, meeting: Meeting) -> None:
    add(session, home, "Öppnande")
    (item,) = standing.put_on(session, meeting, now=NOW, actor=SONJA)
    operations.withdraw_item(session, item, now=NOW, actor=SONJA)
    assert standing.missing(session, meeting) == []
    operations.restore_item(session, item, now=NOW, actor=SONJA)
    assert headings(session, meeting) == ["Öppnande"]


def test_the_database_refuses_one_twice(session: Session, home: Home, meeting: Meeting) -> None:
    row = add(session, home, "Öppnande")
    standing.put_on(session, meeting, now=NOW, actor=SONJA)
    twice = AgendaItem(
        association_id=home.id,
        meeting_id=meeting.id,
        position=9,
        kind=ItemKind.INFORMATION,
        heading="Öppnande",
        standing_item_id=row.id,
    )
    session.add(twice)
    with pytest.raises(IntegrityError):
        session.flush()


def test_they_are_moved_within_their_part_and_to_the_other_one(session: Session, home: Home) -> None:
    first, second = add(session, home, "Öppnande"), add(session, home, "Upprop")
    add(session, home, "Avslutande", last=True)
    standing.move(session, second, step=-1, now=NOW, actor=SONJA)
    standing.move(session, second, step=-1, now=NOW, actor=SONJA)
    assert [one.heading for one in standing.standing_items(session, home.board)] == ["Upprop", "Öppnande", "Avslutande"]
    text = ItemText(ItemKind.QUESTION, "Upprop igen")
    standing.edit(session, second, text, last=True, now=NOW, actor=SONJA)
    assert [(one.heading, one.place) for one in standing.standing_items(session, home.board)] == [
        ("Öppnande", -1),
        ("Avslutande", 1),
        ("Upprop igen", 2),
    ]
    assert first.place == -1


def test_an_ended_one_comes_no_more_and_stays_where_it_is(session: Session, home: Home, meeting: Meeting) -> None:
    row = add(session, home, "Öppnande")
    standing.put_on(session, meeting, now=NOW, actor=SONJA)
    standing.end(session, row, now=NOW, actor=SONJA)
    assert headings(session, meeting) == ["Öppnande"]
    assert headings(session, plan(session, home)) == []
    with pytest.raises(NotThere):
        standing.standing_item(session, home.id, row.id)


def test_a_heading_is_demanded(session: Session, home: Home) -> None:
    with pytest.raises(RuleBroken) as refused:
        add(session, home, " \x0b ")
    assert refused.value.field == "heading"


def test_another_associations_is_not_there(session: Session, home: Home, world: World) -> None:
    row = add(session, home, "Öppnande")
    with pytest.raises(NotThere):
        standing.standing_item(session, world.south.id, row.id)
