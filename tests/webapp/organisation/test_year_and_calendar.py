"""A year planned on its page, matters that follow a cancelled meeting, and the calendar that is subscribed to."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select

from paragraf.core.database import settings_of
from paragraf.meetings import feed, operations
from paragraf.meetings.models import AgendaItem, ItemKind, Meeting
from paragraf.people.models import Person
from tests.meetings.conftest import END, START
from tests.parts.world import NOW, World
from tests.webapp.organisation.conftest import ClientOf

YEAR = "/norrdal/moten/ar/2027"
WISH = {"count": "6", "weekday": "3", "week": "1", "starts": "9", "ends": "12.00", "place": "Rum Alen", "mode": "mixed"}
WEEK = timedelta(weeks=1)


def row(number: int, day: str, **change: str) -> dict[str, str]:
    values = {"day": day, "starts": "09.00", "ends": "12.00", "place": "Rum Alen", "mode": "mixed", **change}
    return {f"rows-{number}-{name}": value for name, value in values.items()}


@pytest.fixture
def meetings(world: World) -> tuple[Meeting, Meeting]:
    """A meeting with one item, and the next one."""
    told = {"body": world.north.board, "place": "Rum Björken", "now": NOW, "actor": "Sonja Ekvall"}
    with world.database.writing() as session:
        first = operations.plan_meeting(session, starts_at=START, ends_at=END, **told)  # type: ignore[arg-type]
        after = operations.plan_meeting(session, starts_at=START + WEEK, ends_at=END + WEEK, **told)  # type: ignore[arg-type]
        operations.add_item(
            session, first, kind=ItemKind.REPORT, heading="Lägesrapport", background="x", now=NOW, actor="Sonja Ekvall"
        )
    return first, after


# --- a year ---------------------------------------------------------------------------------------------------------


def test_a_wish_gives_days_with_their_reasons_and_saves_nothing(office: FlaskClient, world: World) -> None:
    wish = {**WISH, "body_id": str(world.north.board.id), "months": ["1", "5", "11"], "week": "1"}
    page = office.get(f"{YEAR}/planera", query_string=wish).text
    # 6 May 2027 is Ascension Day; 7 January is an ordinary Thursday.
    assert re.findall(r'name="rows-\d-day"[^>]*value="([^"]+)"', page) == ["2027-01-07", "2027-05-04", "2027-11-04"]
    assert "I stället för torsdag 6 maj 2027: helgdag." in page
    with world.database.reading() as session:
        assert session.scalars(select(Meeting)).all() == []


def test_a_wish_without_times_is_told(office: FlaskClient, world: World) -> None:
    answer = office.get(f"{YEAR}/planera", query_string={"body_id": str(world.north.board.id), "weekday": "3"})
    assert answer.status_code == 422
    assert "Ange när sammanträdet börjar" in answer.text


def test_all_are_planned_or_none_and_nothing_typed_is_lost(office: FlaskClient, world: World) -> None:
    body = {"body_id": str(world.north.board.id), "action": "plan"}
    typed = {
        **body,
        **row(0, "2027-02-11"),
        **row(1, "2027-02-11", place="Rum Eken"),
        **row(2, "2027-11-11", ends="08.00"),
    }
    answer = office.post(f"{YEAR}/planera", data=typed)
    assert answer.status_code == 422
    assert 'href="#rows-1-day"' in answer.text
    assert 'href="#rows-2-ends"' in answer.text
    assert 'value="Rum Eken"' in answer.text
    with world.database.reading() as session:
        assert session.scalars(select(Meeting)).all() == []
    mended = {**typed, **row(1, "2027-05-13", place="Rum Eken"), **row(2, "2027-11-11")}
    assert office.post(f"{YEAR}/planera", data=mended).status_code == 303
    seen = office.get(f"{YEAR}/").text
    assert seen.count("Planerat") == 3
    assert "30 november" not in seen


def test_a_day_that_is_no_working_day_is_asked_about_once(office: FlaskClient, world: World) -> None:
    typed = {"body_id": str(world.north.board.id), "action": "plan", **row(0, "2027-05-07")}
    asked = office.post(f"{YEAR}/planera", data=typed)
    assert asked.status_code == 200
    assert "Se efter en gång till" in asked.text
    assert "klämdag" in asked.text
    assert office.post(f"{YEAR}/planera", data={**typed, "rows-0-accepted": "2027-05-07"}).status_code == 303


def test_rows_are_added_and_taken_away_without_script(office: FlaskClient, world: World) -> None:
    typed = {"body_id": str(world.north.board.id), **row(0, "2027-02-11"), **row(1, "2027-04-08")}
    added = office.post(f"{YEAR}/planera", data={**typed, "action": "add"}).text
    assert added.count("formnovalidate>Ta bort") == 3
    left = office.post(f"{YEAR}/planera", data={**typed, "action": "remove-0"}).text
    assert re.findall(r'name="rows-\d-day"[^>]*value="([^"]+)"', left) == ["2027-04-08"]
    assert "30 november" in left


def test_a_skipped_hour_is_told_at_its_row(office: FlaskClient, world: World) -> None:
    typed = {"body_id": str(world.north.board.id), "action": "plan", **row(0, "2027-03-28", starts="02.30")}
    typed["rows-0-accepted"] = "2027-03-28"
    answer = office.post(f"{YEAR}/planera", data=typed)
    assert answer.status_code == 422
    assert 'href="#rows-0-starts"' in answer.text


def test_years_outside_the_calendar_are_not_there(office: FlaskClient) -> None:
    assert office.get("/norrdal/moten/ar/1802/").status_code == 404


# --- matters follow -------------------------------------------------------------------------------------------------


def test_a_cancelled_meetings_items_follow_in_the_same_act(
    office: FlaskClient, world: World, meetings: tuple[Meeting, Meeting]
) -> None:
    first, after = meetings
    page = office.get(f"/norrdal/moten/{first.id}/stall-in").text
    assert "Lägesrapport" in page
    with world.database.reading() as session:
        item = session.scalars(select(AgendaItem.id)).one()
    told = {"reason": "Få ärenden", "to": str(after.id), "items": str(item)}
    assert office.post(f"/norrdal/moten/{first.id}/stall-in", data={**told, "reason": ""}).status_code == 422
    assert office.post(f"/norrdal/moten/{first.id}/stall-in", data=told).status_code == 303
    assert "Alla punkter har gått vidare" in office.get(f"/norrdal/moten/{first.id}/").text
    assert "Lägesrapport" in office.get(f"/norrdal/moten/{after.id}/").text


def test_what_waits_is_shown_at_both_meetings_and_can_follow_later(
    office: FlaskClient, world: World, meetings: tuple[Meeting, Meeting]
) -> None:
    first, after = meetings
    assert office.post(f"/norrdal/moten/{first.id}/stall-in", data={"reason": "x", "to": "0"}).status_code == 303
    assert "1 punkt väntar på ett annat sammanträde" in office.get(f"/norrdal/moten/{first.id}/").text
    assert "Punkter från det inställda sammanträdet" in office.get(f"/norrdal/moten/{after.id}/").text
    page = f"/norrdal/moten/{first.id}/flytta-arenden"
    assert office.post(page, data={"to": str(after.id)}).status_code == 422
    with world.database.reading() as session:
        item = session.scalars(select(AgendaItem.id)).one()
    assert office.post(page, data={"to": str(after.id), "items": str(item)}).status_code == 303
    assert "Inga punkter väntar" in office.get(page).text


# --- the calendar ---------------------------------------------------------------------------------------------------


def link(world: World, person: Person) -> str:
    with world.database.reading() as session:
        return f"/norrdal/kalender/{feed.link_token(settings_of(session), session.get_one(Person, person.id))}.ics"


def test_the_calendar_is_fetched_without_signing_in_and_only_when_it_has_changed(
    travelled: None, client_of: ClientOf, world: World, meetings: tuple[Meeting, Meeting]
) -> None:
    address, visitor = link(world, world.north.member), client_of(None)
    answer = visitor.get(address)
    assert answer.mimetype == "text/calendar"
    assert len(Calendar.from_ical(answer.data).events) == 2
    assert "Lägesrapport" not in answer.text
    same = visitor.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    since = visitor.get(address, headers={"If-Modified-Since": answer.headers["Last-Modified"]})
    assert since.status_code == 304
    with world.database.writing() as session:
        first = session.get_one(Meeting, meetings[0].id)
        operations.cancel_meeting(session, first, reason="x", now=NOW + timedelta(hours=1), actor="Sonja Ekvall")
    changed = visitor.get(
        address,
        headers={"If-None-Match": answer.headers["ETag"], "If-Modified-Since": answer.headers["Last-Modified"]},
    )
    assert changed.status_code == 200
    assert {str(event["STATUS"]) for event in Calendar.from_ical(changed.data).events} == {"CONFIRMED", "CANCELLED"}


def test_a_renewed_link_stops_at_once(travelled: None, client_of: ClientOf, world: World) -> None:
    member, visitor = client_of(world.north.member), client_of(None)
    old = link(world, world.north.member)
    assert old in member.get("/norrdal/kalender/").text
    assert member.post("/norrdal/kalender/ny-lank").status_code == 303
    assert visitor.get(old).status_code == 410
    assert visitor.get(link(world, world.north.member)).status_code == 200


def test_a_link_of_another_association_opens_nothing_here(travelled: None, client_of: ClientOf, world: World) -> None:
    foreign = link(world, world.south.chair)
    assert client_of(None).get(foreign).status_code == 410
    assert client_of(None).get(foreign.replace("norrdal", "sunnan")).status_code == 200
