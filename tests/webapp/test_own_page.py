"""Min sida: what each person sees waiting, in words, with one button each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import docx
import pytest
import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from paragraf.agreements.operations import register_agreement
from paragraf.agreements.rules import NewParty
from paragraf.duties.operations import adopt_standard_rules
from paragraf.meetings.operations import plan_meeting
from paragraf.people.models import Person
from paragraf.post.models import Letter
from paragraf.post.operations import Recipient, write_letter
from tests.parts.world import NOW, SINCE, World

ClientOf = Callable[[Person | None], FlaskClient]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def agreement(world: World) -> None:
    """An agreement whose next revision is 1 July 2026, to be told three months before: by 1 April."""
    with world.database.writing() as session:
        adopt_standard_rules(session, world.north.id, valid_from=SINCE)
        register_agreement(
            session,
            association_id=world.north.id,
            title="Lärcentrum",
            summary="",
            parties=[NewParty(world.north.municipality.id), NewParty(world.north.region.id)],
            in_force_from=date(2024, 7, 1),
            in_force_until=None,
            revised_yearly=True,
            notice_months=3,
            informed_bodies=[world.north.board.id],
            now=NOW,
            actor="Sonja Ekvall",
        )


@pytest.fixture
def meeting(world: World) -> None:
    start = datetime(2026, 3, 12, 8, 0, tzinfo=UTC)
    with world.database.writing() as session:
        plan_meeting(
            session,
            body=session.merge(world.north.board),
            starts_at=start,
            ends_at=start + timedelta(hours=3),
            place="Rum Alen",
            now=NOW,
            actor="Sonja Ekvall",
        )


def page(client: FlaskClient, slug: str = "norrdal") -> str:
    answer = client.get(f"/{slug}/min-sida/")
    assert answer.status_code == 200
    return answer.text


def test_nothing_waits_for_a_new_member(client_of: ClientOf, world: World) -> None:
    assert "Ingenting väntar just nu" in page(client_of(world.north.fourth_member))


@pytest.mark.usefixtures("agreement", "meeting")
def test_the_chair_sees_revision_notice_window_and_next_meeting(client_of: ClientOf, world: World) -> None:
    told = page(client_of(world.north.chair))
    assert "Meddela ändringar: Lärcentrum" in told
    assert "30 dagar kvar" in told
    assert "onsdag 1 april 2026" in told
    assert "1 juli 2026" in told
    assert "torsdag 12 mars 2026" in told
    assert "Rum Alen" in told


@pytest.mark.usefixtures("agreement")
def test_overdue_is_said_in_words(client_of: ClientOf, world: World, clock: time_machine.Traveller) -> None:
    clock.move_to(datetime(2026, 4, 3, 9, 0, tzinfo=UTC))
    told = page(client_of(world.north.chair))
    assert "Försenad sedan 2 dagar" in told
    assert "tiden har gått ut" in told


@pytest.mark.usefixtures("meeting")
def test_minutes_are_not_asked_for_before_the_meeting(
    client_of: ClientOf, world: World, clock: time_machine.Traveller
) -> None:
    with world.database.writing() as session:
        adopt_standard_rules(session, world.north.id, valid_from=SINCE)
    assert "Justera protokoll" not in page(client_of(world.north.chair))


@pytest.mark.usefixtures("agreement", "meeting")
def test_another_associations_people_see_nothing_of_it(client_of: ClientOf, world: World) -> None:
    assert "Lärcentrum" not in page(client_of(world.south.chair), slug="sunnan")
    assert client_of(world.south.chair).get("/norrdal/min-sida/").status_code == 403


def failed_letter(world: World) -> int:
    with world.database.writing() as session:
        letter = write_letter(
            session,
            association_id=world.north.id,
            room="people",
            kind="sign_in",
            key="k",
            to=Recipient("Vera Lind", "inte en adress", "sv"),
            fields={"address": "http://localhost/", "minutes": 30},
            now=NOW,
        )
        assert letter.failed_at is not None
        return letter.id


def test_a_letter_that_bounced_is_shown_to_the_office_and_sent_again(client_of: ClientOf, world: World) -> None:
    letter_id = failed_letter(world)
    office = client_of(world.north.secretary)
    assert "Adressen går inte att skicka till" in page(office)
    assert "Mejl som inte kom fram" not in page(client_of(world.north.chair))
    answer = office.post(f"/norrdal/min-sida/brev/{letter_id}/igen", data={"address": "vera@norrdal.example"})
    assert answer.status_code == 302
    assert "Mejl som inte kom fram" not in page(office)
    with world.database.reading() as session:
        assert session.get_one(Letter, letter_id).to_address == "vera@norrdal.example"


def test_only_the_office_sends_again(client_of: ClientOf, world: World) -> None:
    letter_id = failed_letter(world)
    address = f"/norrdal/min-sida/brev/{letter_id}/igen"
    assert client_of(world.north.chair).post(address).status_code == 403
    assert client_of(world.south.secretary).post(address).status_code == 403
    assert client_of(world.south.secretary).post(address.replace("norrdal", "sunnan")).status_code == 404


def word_of(answer: TestResponse) -> str:
    assert answer.status_code == 200
    file = docx.Document(BytesIO(answer.data))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([each.text for each in file.paragraphs] + cells)


@pytest.mark.usefixtures("agreement", "meeting")
def test_what_is_to_be_done_comes_as_word_for_oneself_and_for_all(client_of: ClientOf, world: World) -> None:
    chair, secretary = client_of(world.north.chair), client_of(world.north.secretary)
    assert "att-gora.docx" in page(chair)
    assert "att-gora-alla.docx" not in page(chair)
    own = word_of(chair.get("/norrdal/min-sida/att-gora.docx"))
    assert "för Olle Brand" in own
    assert "Meddela ändringar: Lärcentrum" in own
    assert "30 dagar kvar" in own
    assert "att-gora-alla.docx" in page(secretary)
    every = word_of(secretary.get("/norrdal/min-sida/att-gora-alla.docx"))
    assert "2 mars 2026 – 1 mars 2027" in every
    assert "Meddela ändringar: Lärcentrum" in every


def test_one_who_has_nothing_to_do_is_offered_no_list_and_gets_an_empty_one(client_of: ClientOf, world: World) -> None:
    member = client_of(world.north.fourth_member)
    assert "att-gora" not in page(member)
    assert "Inget att göra under perioden." in word_of(member.get("/norrdal/min-sida/att-gora.docx"))


@pytest.mark.parametrize("name", ["att-gora", "att-gora-alla"])
def test_the_lists_are_the_association_s_own(client_of: ClientOf, world: World, name: str) -> None:
    address = f"/norrdal/min-sida/{name}.docx"
    assert client_of(None).get(address).status_code == 302
    assert client_of(world.south.secretary).get(address).status_code == 403
    if name == "att-gora-alla":
        assert client_of(world.north.chair).get(address).status_code == 403
