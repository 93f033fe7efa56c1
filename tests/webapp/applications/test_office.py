"""The office's pages about applications, and the decision as both sides read it; and who may not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from paragraf.applications.models import Application
from paragraf.grants import operations as grants
from paragraf.meetings.models import AgendaItem, Meeting
from paragraf.meetings.operations import plan_meeting
from tests.applications.acting import decide
from tests.parts.world import NOW, World
from tests.webapp.applications.acting import ClientOf

# --- the office -----------------------------------------------------------------------------------------------------


@pytest.fixture
def meeting(world: World) -> int:
    starts = datetime(2026, 4, 9, 7, 0, tzinfo=UTC)
    with world.database.writing() as session:
        made: Meeting = plan_meeting(
            session,
            body=world.north.board,
            starts_at=starts,
            ends_at=starts + timedelta(hours=3),
            place="Kommunhuset",
            now=NOW,
            actor="Sonja Ekvall",
        )
        return made.id


def test_the_office_sees_what_came_in_and_only_counts_drafts(
    world: World, client_of: ClientOf, visitor: FlaskClient, submitted: int
) -> None:
    visitor.post("/norrdal/ansok/", data={"family": "application_a", "email": "b@c.example", "language": "sv"})
    page = client_of(world.north.secretary).get("/norrdal/ansokningar/").text
    assert "Stegvis" in page
    assert "410\u00a0000\u00a0kr" in page
    assert "1 ansökan är påbörjad" in page
    assert "b@c.example" not in page


def test_the_office_reads_one_application_with_its_documents(world: World, client_of: ClientOf, submitted: int) -> None:
    page = client_of(world.north.secretary).get("/norrdal/ansokningar/2026/1/").text
    assert "Vuxenenheten i Granvik" in page
    assert "Vi skriver om bakgrund och problem." in page
    assert "ansokan-2026-1.docx" in page


def test_members_and_strangers_do_not_come_in(
    world: World, client_of: ClientOf, visitor: FlaskClient, submitted: int
) -> None:
    for page in ("/norrdal/ansokningar/", "/norrdal/ansokningar/2026/1/"):
        assert visitor.get(page).status_code == 302
        assert client_of(world.north.member).get(page).status_code == 403
        assert client_of(world.south.secretary).get(page).status_code == 403
    assert client_of(world.south.secretary).get("/sunnan/ansokningar/2026/1/").status_code == 404
    answer = client_of(world.south.secretary).post("/sunnan/ansokningar/2026/1/dagordning", data={"meeting": 1})
    assert answer.status_code == 404


def test_an_application_goes_on_the_agenda_once(
    world: World, client_of: ClientOf, visitor: FlaskClient, link: str, submitted: int, meeting: int
) -> None:
    office = client_of(world.north.secretary)
    place = "/norrdal/ansokningar/2026/1/"
    assert office.post(place + "dagordning", data={"meeting": meeting}).status_code == 303
    with world.database.reading() as session:
        item = session.scalars(select(AgendaItem)).one()
    assert item.heading == "Stegvis"
    assert "Vuxenenheten i Granvik söker 410\u00a0000\u00a0kr" in item.background
    assert office.post(place + "dagordning", data={"meeting": meeting}).status_code == 422
    assert "Styrelsen tar upp ansökan 9 april 2026" in visitor.get(link).text


def test_a_meeting_that_is_not_offered_is_refused(world: World, client_of: ClientOf, submitted: int) -> None:
    office = client_of(world.north.secretary)
    assert office.post("/norrdal/ansokningar/2026/1/dagordning", data={"meeting": 99}).status_code == 422


# --- the decision -----------------------------------------------------------------------------------------------------


@pytest.fixture
def granted(world: World, submitted: int) -> int:
    """The id of the grant's only condition."""
    with world.database.writing() as session:
        made = grants.grant(
            session,
            application=session.get_one(Application, submitted),
            decision=decide(session, world.north),
            years={2026: 12_000_000, 2027: 20_000_000},
            conditions=["att ett avtal skrivs före start"],
            decided_on=date(2026, 2, 12),
            now=NOW,
            actor="Paragraf",
        )
        return made.conditions[0].id


def test_the_applicant_reads_what_was_granted_and_on_which_conditions(
    visitor: FlaskClient, link: str, granted: int
) -> None:
    page = visitor.get(link).text
    assert "Ansökan är beviljad" in page
    assert "200\u00a0000\u00a0kr" in page
    assert "att ett avtal skrivs före start" in page
    assert "Ännu inte uppfyllt" in page


def test_the_office_sees_granted_beside_applied_and_settles_the_condition(
    world: World, client_of: ClientOf, granted: int
) -> None:
    office, place = client_of(world.north.secretary), "/norrdal/ansokningar/2026/1/"
    page = office.get(place).text
    for amount in ("120\u00a0000", "290\u00a0000", "200\u00a0000", "320\u00a0000", "410\u00a0000"):
        assert f"{amount}\u00a0kr" in page
    answer = office.post(f"{place}villkor/{granted}", data={"outcome": "met", "day": "2026-02-20"})
    assert answer.status_code == 303
    assert "Uppfyllt 20 februari 2026" in office.get(place).text
    assert office.post(f"{place}villkor/{granted}", data={"outcome": "met", "day": "2026-02-20"}).status_code == 422


def test_a_condition_without_a_day_or_outcome_stays_open(world: World, client_of: ClientOf, granted: int) -> None:
    office, place = client_of(world.north.secretary), "/norrdal/ansokningar/2026/1/"
    for fields in ({"outcome": "met", "day": ""}, {"outcome": "perhaps", "day": "2026-02-20"}, {}):
        office.post(f"{place}villkor/{granted}", data=fields)
        assert "Ännu inte uppfyllt" in office.get(place).text


def test_another_associations_office_settles_nothing(world: World, client_of: ClientOf, granted: int) -> None:
    fields = {"outcome": "met", "day": "2026-02-20"}
    stranger = client_of(world.south.secretary)
    assert stranger.post(f"/sunnan/ansokningar/2026/1/villkor/{granted}", data=fields).status_code == 404
    assert stranger.post(f"/norrdal/ansokningar/2026/1/villkor/{granted}", data=fields).status_code == 403
