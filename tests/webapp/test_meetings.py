"""The meeting pages, as the office, a member, a stranger and nobody meet them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from docx import Document as WordFile
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from paragraf.meetings import operations, queries
from paragraf.meetings.models import AgendaItem, ItemKind, Meeting, NoticeOfMeeting, Presence
from paragraf.people.models import Person
from paragraf.post.models import Letter
from paragraf.register.models import MatterKind
from paragraf.register.operations import open_matter
from tests.parts.world import NOW, World

START = datetime(2026, 4, 9, 7, 0, tzinfo=UTC)
END = datetime(2026, 4, 9, 11, 30, tzinfo=UTC)
ClientOf = Callable[[Person | None], FlaskClient]
VALID = {
    "day": "2026-05-07",
    "starts": "09.00",
    "ends": "12:30",
    "place": "Rum Alen",
    "mode": "mixed",
}


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
    """A meeting with one item that can be sent, and one matter waiting."""
    with world.database.writing() as session:
        planned = operations.plan_meeting(
            session,
            body=world.north.board,
            starts_at=START,
            ends_at=END,
            place="Rum Björken",
            now=NOW,
            actor="Sonja Ekvall",
        )
        operations.add_item(
            session,
            planned,
            kind=ItemKind.DECISION,
            heading="Val av justerare",
            proposal="att utse Maj Torn.",
            now=NOW,
            actor="Sonja Ekvall",
        )
        open_matter(
            session,
            association_id=world.north.id,
            kind=MatterKind.APPLICATION,
            title="Ansökan om Stegvis",
            counterpart="Norrdals kommun",
            now=NOW,
            actor="Sökande",
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


def items(world: World, meeting: Meeting) -> list[AgendaItem]:
    with world.database.reading() as session:
        return queries.agenda(session, session.get_one(Meeting, meeting.id))


def presences(world: World) -> list[tuple[str, datetime, datetime | None, int | None]]:
    with world.database.reading() as session:
        rows = session.scalars(select(Presence).order_by(Presence.from_at, Presence.id))
        return [(row.person.name, row.from_at, row.until_at, row.serves_for_id) for row in rows]


# --- the list and the meeting -----------------------------------------------------------------------------------


def test_the_list_parts_coming_and_held(world: World, client_of: ClientOf, meeting: Meeting) -> None:
    coming = text(client_of(world.north.member).get("/norrdal/moten/"))
    assert "torsdag 9 april 2026" in coming
    assert "Planerat" in coming
    with time_machine.travel(END, tick=False):
        page = text(client_of(world.north.member).get("/norrdal/moten/"))
    assert page.index("Hållna") < page.index("torsdag 9 april 2026")


def test_a_meeting_is_planned(world: World, office: FlaskClient) -> None:
    assert office.get("/norrdal/moten/nytt").status_code == 200
    answer = office.post("/norrdal/moten/nytt", data={**VALID, "body_id": world.north.board.id}, follow_redirects=True)
    assert "torsdag 7 maj 2026" in text(answer)
    assert "09.00–12.30" in text(answer)
    assert "Kallelsen ska skickas senast torsdag 30 april 2026" in text(answer)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"ends": "08.00"}, "Sluttiden ska vara senare"),
        ({"starts": "halv nio"}, "Börjar"),
        ({"day": "2026-02-30"}, "Dag"),
        ({"day": "2026-03-01"}, "Tiden har redan varit"),
        ({"place": " "}, "Skriv var sammanträdet hålls"),
        ({"day": "2026-04-09"}, "redan ett sammanträde"),
        ({"day": "2026-03-29", "starts": "02.30"}, "sommartiden"),
    ],
)
def test_a_meeting_that_cannot_be_planned_keeps_what_was_typed(
    world: World, office: FlaskClient, meeting: Meeting, wrong: dict[str, str], told: str
) -> None:
    data = {**VALID, "body_id": world.north.board.id, **wrong}
    answer = office.post("/norrdal/moten/nytt", data=data)
    assert answer.status_code == 422
    assert told in text(answer)
    assert 'id="fel"' in answer.get_data(as_text=True)
    with world.database.reading() as session:
        assert len(queries.coming(session, world.north.id, NOW)) == 1


def test_a_foreign_body_cannot_be_planned_for(world: World, office: FlaskClient) -> None:
    answer = office.post("/norrdal/moten/nytt", data={**VALID, "body_id": world.south.board.id})
    assert answer.status_code == 422


def test_a_meeting_is_moved(office: FlaskClient, meeting: Meeting) -> None:
    form = office.get(at(meeting, "andra")).get_data(as_text=True)
    assert 'value="2026-04-09"' in form
    assert 'value="09.00"' in form
    answer = office.post(at(meeting, "andra"), data=VALID, follow_redirects=True)
    assert "torsdag 7 maj 2026" in text(answer)


def test_a_meeting_is_cancelled_with_a_reason(office: FlaskClient, meeting: Meeting) -> None:
    assert office.get(at(meeting, "stall-in")).status_code == 200
    assert office.post(at(meeting, "stall-in"), data={"reason": " "}).status_code == 422
    answer = office.post(at(meeting, "stall-in"), data={"reason": "Få ärenden"}, follow_redirects=True)
    assert "Få ärenden" in text(answer)
    again = office.post(at(meeting, "stall-in"), data={"reason": "Igen"})
    assert again.status_code == 422
    assert "Sammanträdet är inställt" in text(again)


# --- the agenda -------------------------------------------------------------------------------------------------


def test_an_item_is_added_and_stands_last(world: World, office: FlaskClient, meeting: Meeting) -> None:
    assert office.get(at(meeting, "punkter/ny")).status_code == 200
    data = {"kind": "information", "heading": "Lägesrapport", "version": "0"}
    assert office.post(at(meeting, "punkter/ny"), data=data).headers["Location"].endswith("#dagordning")
    assert [item.heading for item in items(world, meeting)] == ["Val av justerare", "Lägesrapport"]


def test_an_item_without_heading_is_told_at_its_field(office: FlaskClient, meeting: Meeting) -> None:
    answer = office.post(
        at(meeting, "punkter/ny"), data={"kind": "decision", "heading": " ", "background": "Lång text"}
    )
    assert answer.status_code == 422
    assert "Skriv en rubrik" in text(answer)
    assert "Lång text" in text(answer)


def test_items_are_moved_by_buttons(world: World, office: FlaskClient, meeting: Meeting) -> None:
    for heading in ("Budget", "Rapport"):
        office.post(at(meeting, "punkter/ny"), data={"kind": "information", "heading": heading, "version": "0"})
    last = items(world, meeting)[-1]
    page = office.get(at(meeting)).get_data(as_text=True)
    assert "Flytta upp punkt 3, Rapport" in page
    office.post(at(meeting, f"punkter/{last.id}/flytta"), data={"place": "2"})
    assert [item.heading for item in items(world, meeting)] == ["Val av justerare", "Rapport", "Budget"]
    office.post(at(meeting, f"punkter/{last.id}/ta-bort"))
    assert [item.heading for item in items(world, meeting)] == ["Val av justerare", "Budget"]
    assert "Lägg tillbaka Rapport" in office.get(at(meeting)).get_data(as_text=True)
    assert office.get(at(meeting, f"punkter/{last.id}/")).status_code == 404
    office.post(at(meeting, f"punkter/{last.id}/lagg-tillbaka"))
    assert [item.heading for item in items(world, meeting)] == ["Val av justerare", "Budget", "Rapport"]


def test_a_stale_edit_shows_both_texts_and_saves_over_the_shown_one(
    world: World, office: FlaskClient, meeting: Meeting
) -> None:
    (item,) = items(world, meeting)
    place = at(meeting, f"punkter/{item.id}/")
    assert 'value="1"' in office.get(place).get_data(as_text=True)
    mine = {"kind": "decision", "heading": "Val", "background": "Min text <script>", "proposal": "", "version": "1"}
    office.post(place, data={**mine, "background": "Den andras text"})
    stale = office.post(place, data=mine)
    page = stale.get_data(as_text=True)
    assert stale.status_code == 409
    assert "Den andras text" in page
    assert "Min text &lt;script&gt;" in page
    assert 'name="version" type="hidden" value="2"' in page
    assert items(world, meeting)[0].background == "Den andras text"
    assert office.post(place, data={**mine, "version": "2"}).status_code == 302
    assert items(world, meeting)[0].background == "Min text <script>"


def test_a_waiting_matter_is_put_on_the_agenda_once(world: World, office: FlaskClient, meeting: Meeting) -> None:
    page = text(office.get(at(meeting)))
    assert "Ansökningar som väntar" in page
    assert "Ansökan om Stegvis" in page
    with world.database.reading() as session:
        (waiting,) = queries.waiting_matters(session, world.north.id)
    answer = office.post(at(meeting, "arenden"), data={"matter_id": waiting.matter.id}, follow_redirects=True)
    assert "Inget väntar på en dagordning." in text(answer)
    assert items(world, meeting)[1].matter_id == waiting.matter.id
    again = office.post(at(meeting, "arenden"), data={"matter_id": waiting.matter.id}, follow_redirects=True)
    assert "står redan på dagordningen" in text(again)
    assert office.post(at(meeting, "arenden"), data={"matter_id": 9999}).status_code == 404


# --- the notice -------------------------------------------------------------------------------------------------


def test_the_notice_is_looked_at_and_sent_once(world: World, office: FlaskClient, meeting: Meeting) -> None:
    page = office.get(at(meeting, "kallelse"))
    assert "maj@norrdal.example" in text(page)
    assert "att utse Maj Torn." in text(page)
    sequence = {"sequence": "0"}
    answer = office.post(at(meeting, "kallelse"), data=sequence, follow_redirects=True)
    assert "Kallelsen är skickad till 7 personer" in text(answer)
    assert "Kallelse skickad" in text(answer)
    office.post(at(meeting, "kallelse"), data=sequence)
    with world.database.reading() as session:
        assert len(session.scalars(select(Letter)).all()) == 7
        assert len(session.scalars(select(NoticeOfMeeting)).all()) == 1


def test_the_preview_is_word_and_keeps_nothing(world: World, office: FlaskClient, meeting: Meeting) -> None:
    answer = office.get(at(meeting, "kallelse.docx"))
    told = "\n".join(paragraph.text for paragraph in WordFile(BytesIO(answer.data)).paragraphs)
    assert "Val av justerare" in told
    with world.database.reading() as session:
        assert session.scalars(select(NoticeOfMeeting)).all() == []


def test_a_notice_with_an_empty_item_says_what_to_mend(office: FlaskClient, meeting: Meeting) -> None:
    office.post(at(meeting, "punkter/ny"), data={"kind": "decision", "heading": "Budget", "version": "0"})
    assert "Punkt 2, ”Budget”, saknar text" in text(office.get(at(meeting, "kallelse")))
    answer = office.post(at(meeting, "kallelse"), data={"sequence": "0"})
    assert answer.status_code == 422
    assert "Punkt 2, ”Budget”, saknar text" in text(answer)


def test_a_change_after_the_notice_is_pointed_out(office: FlaskClient, meeting: Meeting) -> None:
    office.post(at(meeting, "kallelse"), data={"sequence": "0"})
    office.post(at(meeting, "punkter/ny"), data={"kind": "question", "heading": "Sen punkt", "version": "0"})
    page = text(office.get(at(meeting)))
    assert "har ändrats sedan kallelsen skickades" in page
    assert "Ny punkt: Sen punkt" in page
    assert "Ny punkt: Sen punkt" in text(office.get(at(meeting, "kallelse")))


def test_a_late_notice_is_warned_about_but_sent(world: World, client_of: ClientOf, meeting: Meeting) -> None:
    with time_machine.travel(START - timedelta(days=3), tick=False):
        office = client_of(world.north.secretary)
        assert "skulle ha skickats senast torsdag 2 april" in text(office.get(at(meeting, "kallelse")))
        assert office.post(at(meeting, "kallelse"), data={"sequence": "0"}).status_code == 302


# --- attendance -------------------------------------------------------------------------------------------------


def test_arriving_and_leaving_is_a_button_and_a_time(
    world: World, office: FlaskClient, client_of: ClientOf, meeting: Meeting
) -> None:
    with time_machine.travel(START + timedelta(minutes=17), tick=False):
        during = client_of(world.north.secretary)
        page = during.get(at(meeting, "narvaro")).get_data(as_text=True)
        assert 'value="09.17"' in page
        during.post(at(meeting, "narvaro/kom"), data={"person_id": world.north.chair.id, "clock": "09:17"})
    assert presences(world) == [("Olle Brand", START + timedelta(minutes=17), None, None)]
    with world.database.reading() as session:
        row = session.scalars(select(Presence)).one()
    gone = office.post(at(meeting, f"narvaro/{row.id}/gick"), data={"clock": "11.30"})
    assert gone.headers["Location"].endswith(f"#person-{world.north.chair.id}")
    assert presences(world)[0][2] == START + timedelta(hours=2, minutes=30)
    office.post(at(meeting, f"narvaro/{row.id}/kvar"))
    assert presences(world)[0][2] is None
    office.post(at(meeting, f"narvaro/{row.id}/ta-bort"))
    assert presences(world) == []


def test_the_quorum_is_told_in_words(world: World, office: FlaskClient, meeting: Meeting) -> None:
    page = text(office.get(at(meeting, "narvaro")))
    assert "Minst 3 av 4 platser" in page
    assert "Ingen är antecknad än" in page
    office.post(at(meeting, "narvaro/alla"))
    assert "Från kl. 09.00: 4 av 4 röstar. Beslutsför." in text(office.get(at(meeting, "narvaro")))
    with world.database.reading() as session:
        rows = session.scalars(select(Presence).order_by(Presence.id)).all()
    for row in rows[:2]:
        office.post(at(meeting, f"narvaro/{row.id}/gick"), data={"clock": "10.00"})
    assert "Från kl. 10.00: 2 av 4 röstar. Inte beslutsför." in text(office.get(at(meeting, "narvaro")))


def test_a_substitute_is_proposed_for_the_nearest_seat_and_serves(
    world: World, office: FlaskClient, meeting: Meeting
) -> None:
    for who in (world.north.chair, world.north.vice_chair, world.north.member):
        office.post(at(meeting, "narvaro/kom"), data={"person_id": who.id, "clock": "09:00"})
    assert "tjänstgör för Nils Ask (förslag)" in text(office.get(at(meeting, "narvaro")))
    served = world.north.mandates["fourth_member"].id
    data = {"person_id": world.north.substitute.id, "clock": "11:30", "serves_for": served}
    office.post(at(meeting, "narvaro/kom"), data=data)
    page = text(office.get(at(meeting, "narvaro")))
    assert "tjänstgörande ersättare för Nils Ask från kl. 11.30" in page
    assert "Från kl. 11.30: 4 av 4 röstar" in page


def test_serving_begins_and_ends_for_someone_in_the_room(world: World, office: FlaskClient, meeting: Meeting) -> None:
    substitute, seat = world.north.substitute, world.north.mandates["chair"].id
    office.post(at(meeting, "narvaro/kom"), data={"person_id": substitute.id, "clock": "09:00", "serves_for": ""})
    with world.database.reading() as session:
        row = session.scalars(select(Presence)).one()
    office.post(at(meeting, f"narvaro/{row.id}/tjanstgor"), data={"clock": "10:00", "serves_for": seat})
    assert [served for *_rest, served in presences(world)] == [None, seat]
    with world.database.reading() as session:
        later = session.scalars(select(Presence).where(Presence.serves_for_id == seat)).one()
    office.post(at(meeting, f"narvaro/{later.id}/tjanstgor"), data={"clock": "11:00"})
    assert [served for *_rest, served in presences(world)] == [None, seat, None]


@pytest.mark.parametrize("typed", ["11.30", "11:30", "1130", "11,30", "kl. 11.30", " 11.30 "])
def test_a_time_is_read_as_people_type_it(world: World, office: FlaskClient, meeting: Meeting, typed: str) -> None:
    office.post(at(meeting, "narvaro/kom"), data={"person_id": world.north.chair.id, "clock": typed})
    assert presences(world) == [("Olle Brand", START + timedelta(hours=2, minutes=30), None, None)]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"clock": ""}, "Ange klockslaget"),
        ({"clock": "kvart i"}, "Skriv klockslaget så här: 11.30"),
        ({"clock": "25.00"}, "Skriv klockslaget så här: 11.30"),
        ({"clock": "10:00"}, "är redan antecknad"),
    ],
)
def test_a_refused_arrival_says_why_and_saves_nothing(
    world: World, office: FlaskClient, meeting: Meeting, data: dict[str, str], told: str
) -> None:
    office.post(at(meeting, "narvaro/kom"), data={"person_id": world.north.chair.id, "clock": "09:00"})
    answer = office.post(at(meeting, "narvaro/kom"), data={"person_id": world.north.chair.id, **data})
    assert answer.status_code == 422
    assert told in text(answer)
    assert "Ingenting sparades" in text(answer)
    assert len(presences(world)) == 1


def test_someone_without_a_seat_is_noted_among_others(world: World, office: FlaskClient, meeting: Meeting) -> None:
    office.post(at(meeting, "narvaro/kom"), data={"person_id": world.north.secretary.id, "clock": "09:00"})
    assert "Övriga närvarande" in text(office.get(at(meeting, "narvaro")))


def test_a_closed_attendance_offers_no_buttons(world: World, office: FlaskClient, meeting: Meeting) -> None:
    office.post(at(meeting, "narvaro/alla"))
    with world.database.writing() as session:
        operations.close_attendance(session, session.get_one(Meeting, meeting.id), now=NOW, actor="Sonja Ekvall")
    page = office.get(at(meeting, "narvaro"))
    assert "Protokollet är utskickat" in text(page)
    assert 'name="clock"' not in page.get_data(as_text=True)
    assert office.post(at(meeting, "narvaro/alla")).status_code == 422


# --- who may --------------------------------------------------------------------------------------------------------


def test_a_member_reads_but_gets_no_tools(world: World, client_of: ClientOf, meeting: Meeting) -> None:
    member = client_of(world.north.member)
    # The menu's words are nobody's tools.
    page = text(member.get(at(meeting))).split("Alla sammanträden", 1)[1]
    assert "att utse Maj Torn." in page
    for tool in ("Ta bort", "Ställ in", "Närvaro", "Att ta upp", "skicka kallelse"):
        assert tool not in page


def test_a_member_downloads_the_notice(
    world: World, office: FlaskClient, client_of: ClientOf, meeting: Meeting
) -> None:
    office.post(at(meeting, "kallelse"), data={"sequence": "0"})
    member = client_of(world.north.member)
    (link,) = re.findall(r'href="(/norrdal/handlingar/\d+)"', member.get(at(meeting)).get_data(as_text=True))
    assert member.get(link).data.startswith(b"PK")


READ = ("", "andra", "stall-in", "punkter/ny", "punkter/{item}/", "kallelse", "kallelse.docx", "narvaro")
WRITE = (
    "andra",
    "stall-in",
    "punkter/ny",
    "punkter/{item}/",
    "punkter/{item}/flytta",
    "punkter/{item}/ta-bort",
    "punkter/{item}/lagg-tillbaka",
    "arenden",
    "kallelse",
    "narvaro/alla",
    "narvaro/kom",
    "narvaro/{presence}/gick",
    "narvaro/{presence}/kvar",
    "narvaro/{presence}/tjanstgor",
    "narvaro/{presence}/ta-bort",
)
FORM = {
    **VALID,
    "reason": "Hej",
    "kind": "decision",
    "heading": "X",
    "version": "1",
    "matter_id": "1",
    "sequence": "0",
    "person_id": "1",
    "clock": "09:30",
}


def _filled(world: World, office: FlaskClient, meeting: Meeting, rest: str) -> str:
    if not presences(world):
        office.post(at(meeting, "narvaro/kom"), data={"person_id": world.north.chair.id, "clock": "09:00"})
    with world.database.reading() as session:
        presence = session.scalars(select(Presence.id)).first()
    return rest.format(item=items(world, meeting)[0].id, presence=presence)


@pytest.mark.parametrize("rest", READ)
def test_strangers_and_visitors_read_nothing(
    world: World, office: FlaskClient, client_of: ClientOf, meeting: Meeting, rest: str
) -> None:
    rest = _filled(world, office, meeting, rest)
    stranger = client_of(world.south.secretary)
    assert stranger.get(at(meeting, rest)).status_code == 403
    # The stranger's own association does not lead to the row either.
    assert stranger.get(at(meeting, rest).replace("norrdal", "sunnan")).status_code == 404
    assert client_of(None).get(at(meeting, rest)).status_code == 302


@pytest.mark.parametrize("rest", WRITE)
def test_only_the_own_office_changes_anything(
    world: World, office: FlaskClient, client_of: ClientOf, meeting: Meeting, rest: str
) -> None:
    rest = _filled(world, office, meeting, rest)
    before = (items(world, meeting)[0].version, presences(world))
    for person in (world.north.member, world.south.secretary, None):
        assert client_of(person).post(at(meeting, rest), data=FORM).status_code == 403
    own = client_of(world.south.secretary).post(at(meeting, rest).replace("norrdal", "sunnan"), data=FORM)
    assert own.status_code == 404
    assert (items(world, meeting)[0].version, presences(world)) == before
    with world.database.reading() as session:
        assert session.scalars(select(Letter)).all() == []
        assert session.get_one(Meeting, meeting.id).cancelled_at is None


def test_a_foreign_person_cannot_be_put_in_the_room(world: World, office: FlaskClient, meeting: Meeting) -> None:
    data = {"person_id": world.south.chair.id, "clock": "09:00"}
    assert office.post(at(meeting, "narvaro/kom"), data=data).status_code == 404


def test_a_foreign_seat_cannot_be_served_for(world: World, office: FlaskClient, meeting: Meeting) -> None:
    data = {
        "person_id": world.north.substitute.id,
        "clock": "09:00",
        "serves_for": world.south.mandates["chair"].id,
    }
    assert office.post(at(meeting, "narvaro/kom"), data=data).status_code == 404
    assert presences(world) == []


def test_the_pages_speak_english_too(world: World, client_of: ClientOf, meeting: Meeting) -> None:
    client = client_of(world.north.secretary)
    with client.session_transaction() as session:
        session["language"] = "en"
    assert "Thursday 9 April 2026" in text(client.get(at(meeting)))


def test_nothing_is_written_by_looking(world: World, office: FlaskClient, meeting: Meeting) -> None:
    for rest in ("", "andra", "stall-in", "punkter/ny", "kallelse", "narvaro"):
        assert office.get(at(meeting, rest)).status_code == 200
    with world.database.reading() as session:
        assert queries.presences(session, session.get_one(Meeting, meeting.id)) == []
        assert session.scalars(select(Letter)).all() == []
