"""Search, decision index and what decisions rest on, as the office and a member see them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from flask.testing import FlaskClient
from openpyxl import load_workbook

from paragraf.duties.operations import adopt_standard_rules
from paragraf.meetings import goals
from paragraf.meetings.models import GoalKey
from paragraf.minutes import indexing
from paragraf.people.models import Person
from tests.minutes import acting
from tests.parts.world import SINCE, World

ClientOf = Callable[[Person | None], FlaskClient]


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Pages are tried on SQLite; the index beneath them on both engines (tests/search)."""
    place = tmp_path / "paragraf.sqlite3"
    shutil.copy(request.getfixturevalue("sqlite_template"), place)
    return f"sqlite:///{place}"


@pytest.fixture(autouse=True)
def _then() -> Iterator[None]:
    with time_machine.travel(acting.SIGNED, tick=False):
        yield


@pytest.fixture
def meeting_id(world: World) -> int:
    """A board meeting with verified minutes that are in the index."""
    home = world.north
    with world.database.writing() as session:
        adopt_standard_rules(session, home.id, valid_from=SINCE)
        meeting = acting.plan(session, home)
        acting.usual_agenda(session, home, meeting)
        acting.all_present(session, meeting)
        draft = acting.begin(session, meeting)
        pasted = "<script>alert(1)</script> om <b>bidragen</b>"
        acting.write(session, acting.rows(session, draft)[1], acting.GRANT, background=pasted)
        acting.elect(session, draft, home.fourth_member)
        acting.all_sign(session, acting.send(session, acting.fix(session, draft)))
        indexing.index_verified(session, now=acting.SIGNED)
        return meeting.id


@pytest.fixture
def office(world: World, meeting_id: int, client_of: ClientOf) -> FlaskClient:
    return client_of(world.north.secretary)


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\N{NO-BREAK SPACE}", " ").split())


def test_a_member_finds_a_paragraph_by_any_form_of_its_words(
    world: World, meeting_id: int, client_of: ClientOf
) -> None:
    page = client_of(world.north.fourth_member).get("/norrdal/sok?q=beviljade+bidraget").text
    assert "§ 627 Ansökan om medel till Stegvis" in page
    assert "<mark>bevilja</mark>" in page
    address, place = re.findall(rf'href="(/norrdal/moten/{meeting_id}/protokoll/)#(p-\d+)"', page)[0]
    assert f'id="{place}"' in client_of(world.north.fourth_member).get(address).text


def test_what_was_pasted_is_shown_as_text(office: FlaskClient) -> None:
    page = office.get("/norrdal/sok?q=script").text
    assert "&lt;<mark>script</mark>&gt;" in page
    assert "<script>alert" not in page


def test_choices_narrow_and_stay(office: FlaskClient, world: World) -> None:
    page = office.get("/norrdal/sok?beslutsord=grant&minst=400+000").text
    assert "§ 627" in page
    assert "§ 626" not in page
    assert 'value="400 000"' in page
    assert "1 träff." in text_of(page)


def test_a_word_that_is_only_begun_is_told(office: FlaskClient) -> None:
    page = text_of(office.get("/norrdal/sok?q=ansö").text)
    assert "Det här är ord som börjar så." in page


def test_faults_stand_at_their_field_and_nothing_typed_is_lost(office: FlaskClient) -> None:
    page = office.get("/norrdal/sok?q=-avslag&ar=nyss&minst=mycket").text
    assert 'value="-avslag"' in page
    assert "Skriv året med fyra siffror" in page
    assert "går inte att läsa som ett belopp" in page
    assert "inte bara ord som ska bort" in text_of(office.get("/norrdal/sok?q=-avslag").text)


@pytest.mark.parametrize("query", ["sida=0", "sida=-3", "sida=x", "organ=zz", "person=1e9", "q=%00", 'q="', "slag=zz"])
def test_any_address_is_answered(office: FlaskClient, query: str) -> None:
    assert office.get(f"/norrdal/sok?q=bidrag&{query}").status_code == 200


def test_strangers_and_the_other_association_find_nothing(world: World, meeting_id: int, client_of: ClientOf) -> None:
    assert client_of(None).get("/norrdal/sok?q=bidrag").status_code in (302, 303, 401)
    page = client_of(world.south.secretary).get("/soderdal/sok?q=bidrag")
    assert "§ 627" not in page.text


def test_the_decision_index_and_its_excel(office: FlaskClient) -> None:
    page = text_of(office.get("/norrdal/beslut/").text)
    assert "Beslut 2026" in page
    assert "410 000 kr" in page
    assert page.index("§ 626") < page.index("§ 627") < page.index("§ 628")
    by_heading = text_of(office.get("/norrdal/beslut/?ordna=rubrik").text)
    assert by_heading.index("§ 627") < by_heading.index("§ 628") < by_heading.index("§ 626")
    book = load_workbook(BytesIO(office.get("/norrdal/beslut/2026.xlsx").data))
    assert [row[0].value for row in book.active.iter_rows(min_row=2)] == [626, 627, 628]  # type: ignore[union-attr]


def test_what_decisions_rest_on_is_noted_and_measured(office: FlaskClient, world: World, meeting_id: int) -> None:
    with world.database.writing() as session:
        goals.set_goal(
            session,
            world.north.id,
            GoalKey.NEEDS_ANALYSIS,
            valid_from=SINCE,
            percent=75,
            source="Verksamhetsplan 2026",
            now=acting.SIGNED,
            actor="Prov",
        )
    address = f"/norrdal/moten/{meeting_id}/protokoll/underlag"
    page = office.get(address).text
    assert "0 av 1 sakbeslut vilar på behovsanalysen" in text_of(page)
    names = re.findall(r'name="(p\d+)-is_substantive"', page)
    assert len(names) == 3
    answer = office.post(
        address,
        data={f"{names[1]}-is_substantive": "y", f"{names[1]}-reason": "Ny målgrupp"},
        follow_redirects=True,
    )
    assert "Sparat." in answer.text
    assert 'value="Ny målgrupp"' in answer.text
    assert "Målet är inte nått" in answer.text


def test_too_long_a_reason_is_told_at_its_field(office: FlaskClient, meeting_id: int) -> None:
    address = f"/norrdal/moten/{meeting_id}/protokoll/underlag"
    name = re.findall(r'name="(p\d+)-is_substantive"', office.get(address).text)[0]
    answer = office.post(address, data={f"{name}-reason": "x" * 501})
    assert answer.status_code == 422
    assert "x" * 501 in answer.text


def test_who_was_there_and_whether_the_goal_is_reached(office: FlaskClient, world: World) -> None:
    page = text_of(office.get("/norrdal/narvaro-och-mal/").text)
    assert "1 av 1 sammanträden" in page
    assert "Inget mål är inlagt." in page
    said = {"attendance-percent": "75", "attendance-valid_from": "2026-01-01", "attendance-source": "Planen 2026"}
    answer = office.post("/norrdal/narvaro-och-mal/mal/attendance", data=said, follow_redirects=True)
    assert "Målet är 75 procent (Planen 2026)." in text_of(answer.text)
    assert "når målet" in answer.text
    assert "0 av 1 sakbeslut" in text_of(answer.text)


def test_a_goal_of_nothing_is_told_at_its_field(office: FlaskClient) -> None:
    said = {"attendance-percent": "0", "attendance-valid_from": "", "attendance-source": ""}
    answer = office.post("/norrdal/narvaro-och-mal/mal/attendance", data=said)
    assert answer.status_code == 422
    assert "Ange en dag." in answer.text
    assert "Skriv var målet står." in answer.text


@pytest.mark.parametrize("query", ["ar=0", "ar=99999", "ar=x", "organ=x"])
def test_any_year_is_answered(office: FlaskClient, query: str) -> None:
    assert office.get(f"/norrdal/narvaro-och-mal/?{query}").status_code == 200


def test_a_member_reads_and_does_not_set(world: World, meeting_id: int, client_of: ClientOf) -> None:
    member = client_of(world.north.fourth_member)
    assert "Sätt målet" not in member.get("/norrdal/narvaro-och-mal/").text
    assert member.post("/norrdal/narvaro-och-mal/mal/attendance").status_code == 403
