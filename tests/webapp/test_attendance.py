"""The attendance page § by §: times, jäv, excuses, who led; as the office and a member meet it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from paragraf.meetings.models import Excuse, Meeting, Presence
from paragraf.minutes.models import MinuteItem, Recusal
from paragraf.people.models import Person
from tests.minutes import acting
from tests.minutes.acting import AFTER, START
from tests.parts.world import World

ClientOf = Callable[[Person | None], FlaskClient]


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Pages are tried on SQLite; the rows beneath them on both engines (tests/minutes)."""
    place = tmp_path / "paragraf.sqlite3"
    shutil.copy(request.getfixturevalue("sqlite_template"), place)
    return f"sqlite:///{place}"


@pytest.fixture(autouse=True)
def _then() -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def meeting(world: World) -> Meeting:
    """§§ 626–628; the four members came, the minutes are begun."""
    with world.database.writing() as session:
        planned = acting.plan(session, world.north)
        acting.usual_agenda(session, world.north, planned)
        acting.all_present(session, planned)
        acting.begin(session, planned)
    return planned


@pytest.fixture
def office(world: World, client_of: ClientOf) -> FlaskClient:
    return client_of(world.north.secretary)


def at(meeting: Meeting, rest: str = "narvaro") -> str:
    return f"/norrdal/moten/{meeting.id}/{rest}"


def text(answer: TestResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def rows(world: World) -> list[MinuteItem]:
    with world.database.reading() as session:
        return list(session.scalars(select(MinuteItem).order_by(MinuteItem.position)))


def presence(world: World, person: Person) -> Presence:
    with world.database.reading() as session:
        return session.scalars(select(Presence).where(Presence.person_id == person.id).order_by(Presence.id)).all()[-1]


def test_leaving_after_a_paragraph_needs_no_clock(world: World, office: FlaskClient, meeting: Meeting) -> None:
    gone = presence(world, world.north.fourth_member)
    answer = office.post(at(meeting, f"narvaro/{gone.id}/gick"), data={"clock": "", "item_id": rows(world)[0].id})
    assert answer.status_code == 302
    after = presence(world, world.north.fourth_member)
    assert (after.until_item_id, after.until_timed) == (rows(world)[0].id, False)
    page = text(office.get(at(meeting)))
    assert "§ 626" in page
    assert "3 av 4 ja" in page
    assert "§§ 627–628" in page


def test_neither_clock_nor_paragraph_is_asked_for(world: World, office: FlaskClient, meeting: Meeting) -> None:
    gone = presence(world, world.north.fourth_member)
    answer = office.post(at(meeting, f"narvaro/{gone.id}/gick"), data={"clock": ""})
    assert answer.status_code == 422
    assert "eller välj en paragraf" in text(answer)


def test_what_the_clock_cannot_tell_is_asked_and_answered(world: World, office: FlaskClient, meeting: Meeting) -> None:
    north = world.north
    gone = presence(world, north.fourth_member)
    office.post(at(meeting, f"narvaro/{gone.id}/gick"), data={"clock": "10.00"})
    data = {"person_id": north.substitute.id, "clock": "10.00", "serves_for": north.mandates["fourth_member"].id}
    office.post(at(meeting, "narvaro/kom"), data=data)
    page = text(office.get(at(meeting)))
    assert "Till och med vilken paragraf deltog Nils Ask (kl. 10.00)?" in page
    assert "Från vilken paragraf deltog Eva Rask (kl. 10.00)?" in page
    assert "oklart: Nils Ask" in page
    came = presence(world, north.substitute)
    office.post(at(meeting, f"narvaro/{came.id}/paragraf"), data={"item_id": rows(world)[1].id, "came": "1"})
    page = text(office.get(at(meeting)))
    assert "oklart" not in page
    assert "går inte att se" not in page
    assert presence(world, north.fourth_member).until_item_id == rows(world)[0].id


def test_times_of_paragraphs_answer_the_same_question(world: World, office: FlaskClient, meeting: Meeting) -> None:
    gone = presence(world, world.north.fourth_member)
    office.post(at(meeting, f"narvaro/{gone.id}/gick"), data={"clock": "10.00"})
    first, second, third = rows(world)
    told = {f"begun-{first.id}": "9.00", f"begun-{second.id}": "9.30", f"begun-{third.id}": "10.05"}
    assert office.post(at(meeting, "narvaro/tider"), data=told).status_code == 302
    assert "går inte att se" not in text(office.get(at(meeting)))
    assert rows(world)[2].begun_at == START + timedelta(minutes=65)
    moved = {**told, f"begun-{first.id}": "10.10", f"begun-{second.id}": "10.20", f"begun-{third.id}": "10.30"}
    assert office.post(at(meeting, "narvaro/tider"), data=moved).status_code == 302
    wrong = office.post(at(meeting, "narvaro/tider"), data={**moved, f"begun-{third.id}": "10.15"})
    assert wrong.status_code == 422
    assert "Paragrafen före togs upp kl. 10.20" in text(wrong)
    assert rows(world)[2].begun_at == START + timedelta(minutes=90)
    unread = office.post(at(meeting, "narvaro/tider"), data={f"begun-{first.id}": "kvart i"})
    assert "Skriv klockslaget så här" in text(unread)


def test_jav_calls_a_substitute_who_can_be_changed_and_taken_back(
    world: World, office: FlaskClient, meeting: Meeting
) -> None:
    north = world.north
    for person in (north.substitute, north.second_substitute):
        office.post(at(meeting, "narvaro/kom"), data={"person_id": person.id, "clock": "09:00"})
    data = {
        "item_id": rows(world)[1].id,
        "person_id": north.member.id,
        "ground": "representative",
        "note": "Ordförande där",
    }
    assert office.post(at(meeting, "narvaro/jav"), data=data).status_code == 302
    page = text(office.get(at(meeting)))
    assert "§ 627 Maj Torn: företräder den som saken rör" in page
    assert "tjänstgör i paragrafen" in page
    assert "(vid jäv)" in page
    again = office.post(at(meeting, "narvaro/jav"), data=data)
    assert again.status_code == 422
    assert "har redan anmält jäv" in text(again)
    with world.database.reading() as session:
        recusal = session.scalars(select(Recusal)).one()
    place = f"narvaro/jav/{recusal.id}"
    office.post(at(meeting, f"{place}/ersattare"), data={"substitute_id": ""})
    assert "Ingen tjänstgör i stället" in text(office.get(at(meeting)))
    refused = office.post(at(meeting, f"{place}/ersattare"), data={"substitute_id": north.vice_chair.id})
    assert "kan inte tjänstgöra i paragrafen" in text(refused)
    office.post(at(meeting, f"{place}/ta-bort"))
    assert "Ingen har anmält jäv" in text(office.get(at(meeting)))


def test_who_led_is_asked_when_all_chairs_are_away(world: World, office: FlaskClient, meeting: Meeting) -> None:
    last = rows(world)[2]
    for person in (world.north.chair, world.north.vice_chair):
        gone = presence(world, person)
        office.post(at(meeting, f"narvaro/{gone.id}/gick"), data={"item_id": rows(world)[1].id})
    page = text(office.get(at(meeting)))
    assert "Vem ledde?" in page
    assert "2 av 4 nej" in page
    data = {"item_id": last.id, "person_id": world.north.chair.id}
    assert "deltog inte i paragrafen" in text(office.post(at(meeting, "narvaro/leder"), data=data))
    office.post(at(meeting, "narvaro/leder"), data={"item_id": last.id, "person_id": world.north.member.id})
    assert "Vem ledde?" not in text(office.get(at(meeting)))


def test_opening_and_closing_are_noted(world: World, office: FlaskClient, meeting: Meeting) -> None:
    office.post(at(meeting, "narvaro/forlopp"), data={"opened": "9.05", "closed": "11.45", "distance_note": ""})
    with world.database.reading() as session:
        noted = session.get_one(Meeting, meeting.id)
        assert noted.opened_at == START + timedelta(minutes=5)
        assert noted.closed_at == START + timedelta(minutes=165)
    wrong = office.post(at(meeting, "narvaro/forlopp"), data={"opened": "9.05", "closed": "9.00"})
    assert wrong.status_code == 422
    assert "kan inte avslutas innan det öppnades" in text(wrong)


def test_somebody_takes_part_at_a_distance(world: World, office: FlaskClient, meeting: Meeting) -> None:
    here = presence(world, world.north.member)
    office.post(at(meeting, f"narvaro/{here.id}/distans"))
    assert "på distans" in text(office.get(at(meeting)))
    office.post(at(meeting, f"narvaro/{here.id}/distans"))
    assert not presence(world, world.north.member).by_distance


def test_who_is_called_first_is_told_with_the_reason(world: World, office: FlaskClient, meeting: Meeting) -> None:
    gone = presence(world, world.north.chair)
    office.post(at(meeting, f"narvaro/{gone.id}/ta-bort"))
    assert "Olle Brand är inte här, och ingen ledig ersättare är i rummet" in text(office.get(at(meeting)))
    office.post(at(meeting, "narvaro/kom"), data={"person_id": world.north.substitute.id, "clock": "09:00"})
    page = text(office.get(at(meeting)))
    assert "Olle Brand är inte här. På tur att tjänstgöra: Eva Rask, ersättare för samma medlem." in page


def test_a_member_tells_that_she_cannot_come_and_that_she_can(
    world: World, client_of: ClientOf, office: FlaskClient, meeting: Meeting
) -> None:
    with world.database.writing() as session:
        coming = acting.plan(session, world.north, start=AFTER + timedelta(days=9), end=AFTER + timedelta(days=10))
    member = client_of(world.north.member)
    page = text(member.get(at(coming, "")))
    assert "Kan du komma?" in page
    member.post(at(coming, "forhinder"), data={"reason": "Är bortrest"})
    assert "Du har anmält förhinder. Är bortrest" in text(member.get(at(coming, "")))
    assert "har anmält förhinder: Är bortrest" in text(office.get(at(coming)))
    member.post(at(coming, "forhinder/ta-tillbaka"))
    with world.database.reading() as session:
        assert session.scalars(select(Excuse)).all() == []
    assert "Kan du komma?" not in text(office.get(at(coming, "")))
    over = member.post(at(meeting, "forhinder"), data={}, follow_redirects=True)
    assert "Sammanträdet är över" in text(over)


def test_the_office_notes_an_excuse_and_all_others_came(world: World, office: FlaskClient) -> None:
    with world.database.writing() as session:
        today = acting.plan(session, world.north, start=AFTER + timedelta(hours=1), end=AFTER + timedelta(hours=3))
    office.post(at(today, f"narvaro/forhinder/{world.north.member.id}"))
    office.post(at(today, "narvaro/alla"))
    page = text(office.get(at(today)))
    assert "3 av 4 röstar" in page
    assert "har anmält förhinder" in page
    office.post(at(today, f"narvaro/forhinder/{world.north.member.id}/ta-tillbaka"))
    assert "har anmält förhinder" not in text(office.get(at(today)))
    here = office.post(at(today, f"narvaro/forhinder/{world.north.chair.id}"))
    assert "är antecknad som närvarande" in text(here)


def test_a_member_gets_none_of_it(world: World, client_of: ClientOf, meeting: Meeting) -> None:
    member = client_of(world.north.member)
    row = presence(world, world.north.chair)
    for rest in ("forlopp", "tider", "jav", "leder", f"{row.id}/paragraf", f"{row.id}/distans", "jav/1/ta-bort"):
        assert member.post(at(meeting, f"narvaro/{rest}")).status_code == 403
