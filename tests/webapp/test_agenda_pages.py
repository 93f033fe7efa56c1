"""The agenda's pages: what is taken up, attachments, standing items, the notice, delegation, as each kind of person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from paragraf.meetings import attachments, operations, queries
from paragraf.meetings.models import ItemKind, Meeting, MeetingAttachment, NoticeOpened
from paragraf.people.models import Person
from paragraf.register.models import MatterKind
from paragraf.register.operations import open_matter
from tests.meetings.test_attachments import pdf
from tests.parts.world import NOW, World

START = datetime(2026, 4, 9, 7, 0, tzinfo=UTC)
END = datetime(2026, 4, 9, 11, 30, tzinfo=UTC)
SONJA = "Sonja Ekvall"
ClientOf = Callable[[Person | None], FlaskClient]


@pytest.fixture(autouse=True)
def _then() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: object) -> str:
    """Pages are tried on SQLite; the rows beneath them on both engines (tests/meetings)."""
    import shutil
    from pathlib import Path

    place = Path(str(tmp_path)) / "paragraf.sqlite3"
    shutil.copy(request.getfixturevalue("sqlite_template"), place)
    return f"sqlite:///{place}"


@pytest.fixture
def meeting(world: World) -> Meeting:
    """A meeting with one item, and one matter that is no application."""
    with world.database.writing() as session:
        planned = operations.plan_meeting(
            session, body=world.north.board, starts_at=START, ends_at=END, place="Rum Björken", now=NOW, actor=SONJA
        )
        operations.add_item(session, planned, kind=ItemKind.REPORT, heading="Budget", now=NOW, actor=SONJA)
        open_matter(
            session,
            association_id=world.north.id,
            kind=MatterKind.OTHER,
            title="Lokalfrågan",
            counterpart="Åsa Öhman",
            now=NOW,
            actor=SONJA,
        )
    return planned


@pytest.fixture
def office(world: World, client_of: ClientOf) -> FlaskClient:
    return client_of(world.north.secretary)


def at(meeting: Meeting, rest: str = "") -> str:
    return f"/norrdal/moten/{meeting.id}/{rest}"


def text(answer: TestResponse) -> str:
    """What the page says, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def item_id(world: World, meeting: Meeting) -> int:
    with world.database.reading() as session:
        return queries.agenda(session, session.get_one(Meeting, meeting.id))[0].id


def attach(office: FlaskClient, meeting: Meeting, item: int, title: str, content: bytes | None = None) -> TestResponse:
    file = (BytesIO(pdf() if content is None else content), f"{title}.pdf")
    return office.post(
        at(meeting, f"punkter/{item}/bilagor"), data={"title": title, "file": file}, follow_redirects=True
    )


# --- what is taken up ---


def test_any_open_matter_is_searched_and_taken_up(world: World, office: FlaskClient, meeting: Meeting) -> None:
    page = office.get(at(meeting, "?sok=öhman"))
    assert "Lokalfrågan" in text(page)
    (matter_id,) = re.findall(r'name="matter_id" value="(\d+)"', page.get_data(as_text=True))
    answer = office.post(at(meeting, "arenden"), data={"matter_id": matter_id}, follow_redirects=True)
    assert "Ärendet 2026/1 står på dagordningen." in text(answer)
    again = office.post(at(meeting, "arenden"), data={"matter_id": matter_id}, follow_redirects=True)
    assert "står redan på dagordningen" in text(again)


def test_what_a_colleague_took_up_meanwhile_is_told(office: FlaskClient, meeting: Meeting) -> None:
    answer = office.post(at(meeting, "ta-upp"), data={"source": "commission", "row_id": 9}, follow_redirects=True)
    assert "väntar inte längre" in text(answer)
    assert office.post(at(meeting, "ta-upp"), data={"source": "nowhere", "row_id": 9}).status_code == 404


def test_a_search_shows_what_was_typed_as_text(office: FlaskClient, meeting: Meeting) -> None:
    page = office.get(at(meeting, "?sok=<script>alert(1)</script>")).get_data(as_text=True)
    assert "<script>alert" not in page


# --- attachments ---


def test_attachments_are_added_ordered_and_taken_away(world: World, office: FlaskClient, meeting: Meeting) -> None:
    item = item_id(world, meeting)
    attach(office, meeting, item, "Ett")
    page = text(attach(office, meeting, item, "Två"))
    assert page.index("Bilaga 1. Ett") < page.index("Bilaga 2. Två")
    assert "numret är preliminärt" in page
    with world.database.reading() as session:
        (first, second) = session.scalars(select(MeetingAttachment.id).order_by(MeetingAttachment.id))
    moved = office.post(
        at(meeting, f"punkter/{item}/bilagor/{second}/flytta"), data={"step": "-1"}, follow_redirects=True
    )
    assert "Bilaga 1. Två" in text(moved)
    removed = office.post(at(meeting, f"punkter/{item}/bilagor/{first}/ta-bort"), follow_redirects=True)
    assert "Bilagan ”Ett” är borttagen." in text(removed)
    again = office.post(at(meeting, f"punkter/{item}/bilagor/{first}/ta-bort"), follow_redirects=True)
    assert "redan tagits bort av någon annan" in text(again)


def test_a_file_that_is_not_taken_keeps_the_name_that_was_typed(
    world: World, office: FlaskClient, meeting: Meeting
) -> None:
    answer = attach(office, meeting, item_id(world, meeting), "Ekonomisk rapport", b"MZ\x90\x00")
    assert answer.status_code == 422
    assert "inte av ett slag som tas emot" in text(answer)
    assert 'value="Ekonomisk rapport"' in answer.get_data(as_text=True)


def test_an_attachment_that_the_minutes_use_is_taken_away_there(
    world: World, office: FlaskClient, meeting: Meeting
) -> None:
    item = item_id(world, meeting)
    attach(office, meeting, item, "Ett")
    office.post(at(meeting, "kallelse"), data={"sequence": 0, "with_files": "yes"})
    office.post(at(meeting, "protokoll/borja"))
    with world.database.reading() as session:
        row_id = session.scalars(select(MeetingAttachment.id)).one()
    answer = office.post(at(meeting, f"punkter/{item}/bilagor/{row_id}/ta-bort"), follow_redirects=True)
    assert "finns i protokollet" in text(answer)
    with world.database.reading() as session:
        assert len(attachments.attachments(session, session.get_one(Meeting, meeting.id))) == 1


def test_a_new_attachment_follows_into_minutes_that_are_begun(
    world: World, office: FlaskClient, meeting: Meeting
) -> None:
    office.post(at(meeting, "kallelse"), data={"sequence": 0, "with_files": "yes"})
    office.post(at(meeting, "protokoll/borja"))
    attach(office, meeting, item_id(world, meeting), "Sen bilaga")
    assert "Sen bilaga" in text(office.get(at(meeting, "protokoll/"), follow_redirects=True))


# --- the notice ---


def send(office: FlaskClient, meeting: Meeting, with_files: str = "yes", sequence: int = 0) -> TestResponse:
    return office.post(
        at(meeting, "kallelse"), data={"sequence": sequence, "with_files": with_files}, follow_redirects=True
    )


def test_the_notice_is_read_by_a_post_and_never_by_a_get(
    world: World, office: FlaskClient, client_of: ClientOf, meeting: Meeting
) -> None:
    send(office, meeting)
    member = client_of(world.north.member)
    assert "Jag har läst kallelsen" in text(member.get(at(meeting)))
    with world.database.reading() as session:
        assert session.scalars(select(NoticeOpened)).all() == []
    assert "Du har läst kallelsen." in text(member.post(at(meeting, "kallelse/last"), follow_redirects=True))
    assert member.post(at(meeting, "kallelse/last"), headers={"X-Requested-With": "fetch"}).status_code == 204
    page = text(office.get(at(meeting)))
    assert "Vilka har läst kallelsen? 1 av 7" in page
    assert "har inte läst den" in page
    assert "Vilka har läst" not in text(member.get(at(meeting)))


def test_the_choice_of_files_or_link_stays_for_the_next_time(office: FlaskClient, meeting: Meeting) -> None:
    send(office, meeting, "no")
    page = office.get(at(meeting, "kallelse")).get_data(as_text=True)
    assert re.search(r'checked[^>]*value="no"|value="no"[^>]*checked', page)


def test_the_whole_notice_waits_for_its_pdf(world: World, office: FlaskClient, meeting: Meeting) -> None:
    assert office.get(at(meeting, "kallelse/allt.pdf")).status_code == 404
    send(office, meeting)
    answer = office.get(at(meeting, "kallelse/allt.pdf"), follow_redirects=True)
    assert "Kallelsen görs till PDF just nu." in text(answer)


def test_an_agenda_without_items_is_not_sent(world: World, office: FlaskClient, meeting: Meeting) -> None:
    office.post(at(meeting, f"punkter/{item_id(world, meeting)}/ta-bort"))
    answer = send(office, meeting)
    assert answer.status_code == 422
    assert "Dagordningen är tom." in text(answer)


# --- standing items ---


def test_standing_items_are_written_and_put_on(world: World, office: FlaskClient, meeting: Meeting) -> None:
    new = f"/norrdal/moten/staende-punkter/organ/{world.north.board.id}/ny"
    data = {"place": "first", "kind": "decision", "heading": "Val av justerare", "proposal": "att utse … att justera"}
    assert "Den stående punkten är sparad." in text(office.post(new, data=data, follow_redirects=True))
    assert office.post(new, data={**data, "heading": ""}).status_code == 422
    assert "Lägg in 1 stående punkt" in text(office.get(at(meeting)))
    page = text(office.post(at(meeting, "staende-punkter"), follow_redirects=True))
    assert page.index("Val av justerare") < page.index("Budget")
    assert "Lägg in 1 stående punkt" not in page


# --- two at once ---


def test_an_item_that_is_moved_while_a_colleague_takes_it_away(
    world: World, office: FlaskClient, meeting: Meeting
) -> None:
    item = item_id(world, meeting)
    office.post(at(meeting, f"punkter/{item}/ta-bort"))
    answer = office.post(at(meeting, f"punkter/{item}/flytta"), data={"place": 1}, follow_redirects=True)
    assert answer.status_code == 200
    assert "Punkten har tagits bort från dagordningen." in text(answer)


def test_pasted_word_and_scripts_are_text(world: World, office: FlaskClient, meeting: Meeting) -> None:
    pasted = "<script>alert(1)</script>\x0b\x00" + "Lång text. " * 9_000
    data = {"version": "0", "kind": "decision", "heading": "Klistrat", "background": pasted, "proposal": ""}
    answer = office.post(at(meeting, "punkter/ny"), data=data, follow_redirects=True)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.get_data(as_text=True)
    assert office.get(at(meeting, "kallelse.docx")).status_code == 200


def test_three_hundred_items_open_and_print(world: World, office: FlaskClient, meeting: Meeting) -> None:
    with world.database.writing() as session:
        own = session.get_one(Meeting, meeting.id)
        for place in range(299):
            operations.add_item(session, own, kind=ItemKind.REPORT, heading=f"Punkt {place}", now=NOW, actor=SONJA)
    assert "Punkt 298" in text(office.get(at(meeting)))
    assert office.get(at(meeting, "kallelse.docx")).status_code == 200


# --- commissions and delegation ---


def test_members_read_commissions_and_delegation_and_change_nothing(
    world: World, client_of: ClientOf, meeting: Meeting
) -> None:
    member = client_of(world.north.member)
    assert "Inga uppdrag väntar." in text(member.get("/norrdal/uppdrag/"))
    assert "ska anmälas till styrelsen" in text(member.get("/norrdal/delegation/"))
    assert member.get("/norrdal/delegation/beslut/nytt").status_code == 403
    assert client_of(world.south.secretary).get("/norrdal/uppdrag/").status_code == 403


def test_a_decision_is_registered_by_a_point_of_the_order(world: World, office: FlaskClient) -> None:
    point = {
        "body_id": world.north.board.id,
        "number": "3.2",
        "matters": "Avtal om lokaler",
        "delegate": "förbundschefen",
        "source": "Styrelsen § 8",
        "valid_from": "2026-01-01",
    }
    assert "Punkt 3.2 är inlagd." in text(
        office.post("/norrdal/delegation/punkter/ny", data=point, follow_redirects=True)
    )
    (point_id,) = re.findall(
        r'value="(\d+)">3\.2', office.get("/norrdal/delegation/beslut/nytt").get_data(as_text=True)
    )
    decision = {
        "point_id": point_id,
        "decided_on": "2026-02-27",
        "decided_by_id": world.north.chair.id,
        "heading": "Hyra av lokal",
        "text": "Avtalet förlängs.",
        "register_number": "2026/77",
    }
    refused = office.post("/norrdal/delegation/beslut/nytt", data=decision)
    assert refused.status_code == 422
    assert "Ärendet 2026/77 finns inte i diariet." in text(refused)
    assert "Avtalet förlängs." in refused.get_data(as_text=True)
    made = office.post(
        "/norrdal/delegation/beslut/nytt", data={**decision, "register_number": ""}, follow_redirects=True
    )
    assert "Beslutet är registrerat som D 2026:1." in text(made)
    assert "Inte anmält" in text(made)
    ended = office.post(
        f"/norrdal/delegation/punkter/{point_id}/avsluta", data={"last_day": "2026-02-01"}, follow_redirects=True
    )
    assert "Ett beslut fattades" in text(ended)
