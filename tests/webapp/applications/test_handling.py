"""The office's pages while an application is handled, the applicant's page about a completion; and who may not."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO

import pytest
import time_machine
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from paragraf.applications.completing import completions, received
from paragraf.applications.models import Application, ApplicationRevision, Completion, WorkingNote
from paragraf.duties.operations import adopt_standard_rules
from paragraf.meetings.models import AgendaItem
from paragraf.meetings.operations import plan_meeting
from paragraf.people.models import Body, BodyKind
from paragraf.post.models import Letter
from paragraf.register.queries import documents
from tests.applications.acting import begin, fill_in, whole_answers
from tests.applications.acting import submit as submit_draft
from tests.applications.handling import write
from tests.parts.world import NOW, SINCE, World
from tests.webapp.applications.acting import ClientOf, post_section, told

PLACE = "/norrdal/ansokningar/2026/1/"
REQUEST = {
    "fraga.purpose": "ja",
    "begaran.purpose": "Vilka ska nås?",
    "begaran.budget": "Vad ingår i lokalen?",
    "due_on": "2026-03-16",
    "message": "Tack för er ansökan.",
}


@pytest.fixture
def office(world: World, client_of: ClientOf, submitted: int) -> FlaskClient:
    with world.database.writing() as session:
        adopt_standard_rules(session, world.north.id, valid_from=SINCE)
    return client_of(world.north.secretary)


@pytest.fixture
def group(world: World) -> int:
    with world.database.writing() as session:
        made = Body(
            association_id=world.north.id,
            kind=BodyKind.PREPARATORY_GROUP,
            name="Beredningsgruppen",
            decision_phrase="Gruppen föreslår",
            series_key="group",
        )
        session.add(made)
        session.flush()
        return made.id


@pytest.fixture
def asked(office: FlaskClient) -> None:
    assert office.post(PLACE + "komplettering", data=REQUEST).status_code == 303


def complete(world: World, application_id: int, **answers: object) -> None:
    with world.database.writing() as session:
        write(session, session.get_one(Application, application_id), **answers)


def hand_in(visitor: FlaskClient, link: str, world: World) -> int:
    with world.database.reading() as session:
        version = session.scalars(select(Application.version)).one()
    return visitor.post(link + "komplettering", data={"version": version}).status_code


# --- the list -------------------------------------------------------------------------------------------------------


def test_the_list_is_filtered_by_its_address_and_says_how_many_are_left(office: FlaskClient) -> None:
    page = told(office.get("/norrdal/ansokningar/?sok=STEGVIS&lage=submitted&fran=410 000&till=410000,00"))
    assert "1 av 1 visas." in page
    assert 'value="STEGVIS"' in page
    assert "0 av 1 visas." in told(office.get("/norrdal/ansokningar/?sok=finnsinte"))
    assert "Inget stämmer" in told(office.get("/norrdal/ansokningar/?lage=granted"))


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ("fran=12.000", "kan läsas på två sätt"),
        ("till=mycket", "går inte att läsa som ett belopp"),
        ("vantat=länge", "Skriv ett antal dagar"),
    ],
)
def test_a_choice_that_cannot_be_read_is_told_at_its_field_and_leaves_nothing_out(
    office: FlaskClient, choice: str, message: str
) -> None:
    page = told(office.get(f"/norrdal/ansokningar/?{choice}"))
    assert message in page
    assert 'aria-invalid="true"' in page
    assert "Stegvis" in page


@pytest.mark.parametrize(
    "address", ["?ordna=nonsens", "?ar=tjugo", "?utlysning=x", "?typ=report", "?ordna=-title&slug=sunnan&_external=1"]
)
def test_an_address_that_somebody_has_changed_still_shows_the_list(office: FlaskClient, address: str) -> None:
    answer = office.get(f"/norrdal/ansokningar/{address}")
    assert answer.status_code == 200
    assert "http://localhost/" not in told(answer)


def test_the_columns_sort_and_say_so(office: FlaskClient) -> None:
    page = told(office.get("/norrdal/ansokningar/?ordna=applied&sok=stegvis"))
    assert page.count("aria-sort=") == 1
    assert 'aria-sort="ascending"' in page
    assert "sok=stegvis&amp;ordna=-applied" in page or "ordna=-applied" in page


def test_the_list_asks_the_database_as_often_for_six_as_for_one(world: World, office: FlaskClient) -> None:
    def count() -> int:
        asked: list[str] = []
        listener = lambda _c, _cursor, statement, *_rest: asked.append(statement)  # noqa: E731
        event.listen(world.database.engine, "before_cursor_execute", listener)
        assert office.get("/norrdal/ansokningar/?sok=stegvis").status_code == 200
        event.remove(world.database.engine, "before_cursor_execute", listener)
        return len(asked)

    first = count()
    with world.database.writing() as session:
        for place in range(5):
            application = begin(session, world.north, f"nummer{place}@granvik.example")
            fill_in(session, application, whole_answers(world.north))
            submit_draft(session, application)
    assert count() == first < 25


def test_what_is_shown_is_exported(office: FlaskClient) -> None:
    answer = office.get("/norrdal/ansokningar/ansokningar.xlsx?sok=stegvis")
    assert answer.headers["Content-Disposition"].endswith("ansokningar-2026-03-02.xlsx")
    page = load_workbook(BytesIO(answer.data)).worksheets[0]
    line = dict(zip([cell.value for cell in page[1]], [cell.value for cell in page[2]], strict=True))
    assert (line["Diarienummer"], line["Läge"], line["Sökt, kronor"]) == ("2026/1", "Inkommen", 410000)
    assert str(line["Kom in"]) == "2026-03-02 00:00:00"
    assert line["Sökt 2027, kronor"] == 290000
    text = office.get("/norrdal/ansokningar/ansokningar.csv?sok=finnsinte").data.decode("utf-8-sig")
    assert len(list(csv.reader(StringIO(text), delimiter=";"))) == 1


def test_what_came_in_without_a_matter_has_a_tab_and_a_page(world: World, office: FlaskClient) -> None:
    with world.database.writing() as session:
        draft = begin(session, world.north, "anmald@granvik.example")
        fill_in(session, draft, whole_answers(world.north))
        draft.purpose, draft.submitted_at = "registration", NOW  # type: ignore[assignment]
        session.flush()
        number = draft.id
    page = told(office.get("/norrdal/ansokningar/"))
    assert "Anmälningar" in page
    assert f"/norrdal/ansokningar/anmalan/{number}/" in told(office.get("/norrdal/ansokningar/?typ=registration"))
    assert "Vi skriver om syfte." in told(office.get(f"/norrdal/ansokningar/anmalan/{number}/"))


# --- completion -----------------------------------------------------------------------------------------------------


def test_the_office_asks_with_the_answers_beside(office: FlaskClient) -> None:
    page = told(office.get(PLACE + "komplettering"))
    assert "Vi skriver om syfte." in page
    assert 'name="begaran.purpose"' in page
    assert 'name="begaran.truthful"' not in page


def test_a_refused_request_keeps_what_was_typed_and_says_what_is_wrong_where(office: FlaskClient) -> None:
    answer = office.post(PLACE + "komplettering", data={**REQUEST, "fraga.name": "ja"})
    assert answer.status_code == 422
    page = told(answer)
    assert "Skriv vad som behöver kompletteras i frågan." in page
    assert 'href="#begaran.name"' in page
    for typed in ("Vilka ska nås?", "Vad ingår i lokalen?", "Tack för er ansökan.", "2026-03-16"):
        assert typed in page
    assert office.post(PLACE + "komplettering", data={**REQUEST, "due_on": "2026-03-01"}).status_code == 422
    assert office.post(PLACE + "komplettering", data={"due_on": "2026-03-16"}).status_code == 422
    assert office.post(PLACE + "komplettering", data={**REQUEST, "due_on": ""}).status_code == 422


def test_both_sides_see_what_is_asked(office: FlaskClient, asked: None, visitor: FlaskClient, link: str) -> None:
    assert "Komplettering begärd" in told(office.get("/norrdal/ansokningar/"))
    assert "2 frågor, sista dag 16 mars 2026." in told(office.get(PLACE))
    assert office.get(PLACE + "komplettering").status_code == 302
    assert "Komplettera ansökan senast 16 mars 2026" in told(visitor.get(link))
    page = told(visitor.get(link + "komplettering"))
    for words in ("Vilka ska nås?", "Vad ingår i lokalen?", "Vi skriver om syfte.", "Tack för er ansökan."):
        assert words in page
    assert f"{link}operation#purpose" in page or "#purpose" in page
    assert "Svaret är inte ändrat" in page
    assert "1 sak återstår" in page


def test_an_answer_is_shown_before_and_after_to_office_and_board(
    world: World,
    client_of: ClientOf,
    office: FlaskClient,
    asked: None,
    visitor: FlaskClient,
    link: str,
    submitted: int,
) -> None:
    assert hand_in(visitor, link, world) == 422
    complete(world, submitted, purpose="Unga vuxna i två kommuner.")
    board = client_of(world.north.member)
    assert "Unga vuxna i två kommuner." not in told(board.get(PLACE + "kompletteringar/"))
    assert "Unga vuxna i två kommuner." not in told(office.get(PLACE))
    assert hand_in(visitor, link, world) == 303
    assert "Kompletteringen kom in" in told(visitor.get(link + "komplettering"))
    for reader in (office, board):
        page = told(reader.get(PLACE + "kompletteringar/"))
        assert page.index("Vi skriver om syfte.") < page.index("Unga vuxna i två kommuner.")
        assert page.count("Inte ändrat") == 1
        assert "Jämför hela ansökan ord för ord" in page
    assert "Unga vuxna i två kommuner." in told(office.get(PLACE))


def test_the_applicant_changes_only_what_is_asked_on_the_sections_own_page(
    world: World, office: FlaskClient, asked: None, visitor: FlaskClient, link: str, submitted: int
) -> None:
    [address] = set(re.findall(rf'href="({re.escape(link)}[a-z_]+)#purpose"', visitor.get(link + "komplettering").text))
    section_id = address.removeprefix(link)
    page = visitor.get(address).text
    assert 'name="purpose"' in page
    assert 'name="goal"' not in page
    answer = post_section(visitor, link, section_id, {"purpose": "Unga vuxna i två kommuner.", "next-step": "go-on"})
    assert answer.status_code == 303
    assert hand_in(visitor, link, world) == 303
    assert hand_in(visitor, link, world) == 303
    with world.database.reading() as session:
        application = session.get_one(Application, submitted)
        [completion] = received.completions(session, application)
        standing = completions.remaining(session, completion, NOW.date())
        assert standing.changed == {"purpose"}
        assert standing.after.answers["purpose"] == "Unga vuxna i två kommuner."
        names = [one.title for one in documents(session, application.matter)] if application.matter else []
    assert names[-1] == "Ansökan efter komplettering: Stegvis"
    again = {"purpose": "En gång till", "base-version": str(completion.answered_version)}
    assert visitor.post(address, data=again).status_code == 422


def test_after_the_day_the_office_gives_time_or_takes_it_up(
    world: World, client_of: ClientOf, office: FlaskClient, asked: None, visitor: FlaskClient, link: str
) -> None:
    with time_machine.travel(NOW + timedelta(days=20), tick=False):
        office = client_of(world.north.secretary)
        assert "Sista dagen har passerat" in told(office.get(PLACE))
        assert "tas emot tills" in told(visitor.get(link + "komplettering"))
        assert office.post(PLACE + "komplettering/forlang", data={"due_on": "2026-03-10"}).status_code == 422
        assert office.post(PLACE + "komplettering/forlang", data={"due_on": ""}).status_code == 422
        assert office.post(PLACE + "komplettering/forlang", data={"due_on": "2026-04-20"}).status_code == 303
        assert "sista dag 20 april 2026." in told(office.get(PLACE))
        assert office.post(PLACE + "komplettering/dra-tillbaka").status_code == 303
        assert office.post(PLACE + "komplettering/dra-tillbaka").status_code == 404
        assert "Begäran drogs tillbaka" in told(office.get(PLACE))
        assert "Begäran drogs tillbaka" in told(visitor.get(link + "komplettering"))


def test_the_secretarys_own_page_waits_for_the_completion_and_not_for_an_agenda(
    office: FlaskClient, asked: None
) -> None:
    page = told(office.get("/norrdal/min-sida/"))
    assert "Komplettering ska ha kommit in: 2026/1 Stegvis" in page
    assert "Öppna ansökan" in page
    assert "Den står inte på någon kommande dagordning" not in page
    office.post(PLACE + "komplettering/dra-tillbaka")
    assert "Den står inte på någon kommande dagordning" in told(office.get("/norrdal/min-sida/"))


def test_without_a_request_there_is_nothing_to_complete(visitor: FlaskClient, link: str, submitted: int) -> None:
    assert visitor.get(link + "komplettering").status_code == 404
    assert visitor.post(link + "komplettering", data={"version": 1}).status_code == 404


# --- preparation ----------------------------------------------------------------------------------------------------


def test_an_opinion_is_kept_and_a_faulty_one_is_told_at_its_field(office: FlaskClient, group: int) -> None:
    typed = {"body": group, "verdict": "advise_against", "given_on": "2026-03-02", "text": ""}
    answer = office.post(PLACE + "yttrande", data=typed)
    assert answer.status_code == 422
    assert "Skriv vad gruppen vill ändra" in told(answer)
    assert office.post(PLACE + "yttrande", data={**typed, "given_on": "2026-03-03", "text": "x"}).status_code == 422
    assert office.post(PLACE + "yttrande", data={**typed, "body": 9999, "text": "x"}).status_code == 422
    assert office.post(PLACE + "yttrande", data={"body": group}).status_code == 422
    assert office.post(PLACE + "yttrande", data={**typed, "text": "**Målen** är oklara."}).status_code == 303
    page = told(office.get(PLACE))
    assert "Beredningsgruppen avstyrker" in page
    assert "<strong>Målen</strong> är oklara." in page


def test_a_check_is_made_and_a_failed_one_needs_a_remark(office: FlaskClient) -> None:
    typed = {"check": "extra_costs", "outcome": "not_met", "remark": ""}
    answer = office.post(PLACE + "kontroll", data=typed)
    assert answer.status_code == 422
    assert "Skriv varför." in told(answer)
    assert office.post(PLACE + "kontroll", data={"check": "extra_costs"}).status_code == 422
    assert office.post(PLACE + "kontroll", data={**typed, "check": "principals", "remark": "x"}).status_code == 404
    assert office.post(PLACE + "kontroll", data={**typed, "remark": "Hyran finns redan."}).status_code == 303
    assert "Hyran finns redan." in told(office.get(PLACE))


def test_notes_are_the_offices_alone(
    world: World, client_of: ClientOf, office: FlaskClient, visitor: FlaskClient, link: str
) -> None:
    assert office.post(PLACE + "anteckning", data={"text": " "}).status_code == 422
    assert office.post(PLACE + "anteckning", data={"text": "Ring Ylva om hyran."}).status_code == 303
    assert "Ring Ylva om hyran." in told(office.get(PLACE))
    board = client_of(world.north.member)
    elsewhere = [
        board.get(PLACE + "utskrift"),
        board.get("/norrdal/arenden/2026/1/"),
        board.get(PLACE + "kompletteringar/"),
        visitor.get(link),
        office.get(PLACE + "utskrift"),
        office.get("/norrdal/ansokningar/ansokningar.csv"),
    ]
    assert all(answer.status_code == 200 and "Ring Ylva" not in answer.text for answer in elsewhere)
    with world.database.reading() as session:
        note = session.scalars(select(WorkingNote.id)).one()
    assert client_of(world.south.secretary).post(f"{PLACE}anteckning/{note}/ta-bort").status_code == 403
    assert office.post(f"{PLACE}anteckning/{note}/ta-bort").status_code == 303
    assert office.post(f"{PLACE}anteckning/{note}/ta-bort").status_code == 404
    assert "Ring Ylva" not in told(office.get(PLACE))


def test_the_print_view_holds_the_whole_application(world: World, client_of: ClientOf, office: FlaskClient) -> None:
    page = told(client_of(world.north.member).get(PLACE + "utskrift"))
    assert "Vi skriver om bakgrund och problem." in page
    assert "Diarienummer 2026/1" in page


# --- to a meeting, withdrawn ----------------------------------------------------------------------------------------


@pytest.fixture
def meeting(world: World) -> int:
    starts = datetime(2026, 4, 9, 7, 0, tzinfo=UTC)
    with world.database.writing() as session:
        return plan_meeting(
            session,
            body=world.north.board,
            starts_at=starts,
            ends_at=starts + timedelta(hours=3),
            place="Kommunhuset",
            now=NOW,
            actor="Sonja Ekvall",
        ).id


def test_the_agenda_item_begins_with_opinion_checks_and_proposal(
    world: World, office: FlaskClient, group: int, meeting: int
) -> None:
    opinion = {"body": group, "verdict": "endorse", "given_on": "2026-03-02", "text": "Väl genomarbetad."}
    office.post(PLACE + "yttrande", data=opinion)
    assert office.post(PLACE + "dagordning", data={"meeting": meeting}).status_code == 303
    with world.database.reading() as session:
        item = session.scalars(select(AgendaItem)).one()
    assert "**Beredningsgruppen tillstyrker ansökan** (2 mars 2026)." in item.background
    assert item.proposal.startswith("att bevilja Vuxenenheten i Granvik kontant bidrag med 410")


def test_the_office_closes_what_the_applicant_takes_back(
    world: World, office: FlaskClient, visitor: FlaskClient, link: str, meeting: int, group: int
) -> None:
    office.post(PLACE + "dagordning", data={"meeting": meeting})
    assert office.post(PLACE + "aterta", data={"reason": ""}).status_code == 422
    assert office.post(PLACE + "aterta", data={"reason": "Ringde 2 mars."}).status_code == 303
    page = told(office.get(PLACE))
    assert "Återtagen" in page
    assert "Ringde 2 mars." in page
    assert "Sätt upp på dagordningen" not in page
    assert "Ansökan är återtagen" in told(visitor.get(link))
    assert office.post(PLACE + "dagordning", data={"meeting": meeting}).status_code == 422
    assert office.post(PLACE + "komplettering", data=REQUEST).status_code == 422
    with world.database.reading() as session:
        kinds = set(session.scalars(select(Letter.kind)))
        assert session.scalars(select(AgendaItem.withdrawn_at)).one() == NOW
    assert {"application_withdrawn", "application_taken_back"} <= kinds


# --- who may not ----------------------------------------------------------------------------------------------------

POSTS = (
    "komplettering",
    "komplettering/forlang",
    "komplettering/dra-tillbaka",
    "yttrande",
    "kontroll",
    "anteckning",
    "aterta",
)


def rows(session: Session) -> list[int]:
    return [len(session.scalars(select(kind.id)).all()) for kind in (Completion, ApplicationRevision, WorkingNote)]


def test_members_and_strangers_change_nothing(world: World, client_of: ClientOf, office: FlaskClient) -> None:
    with world.database.reading() as session:
        before = rows(session)
    data = {**REQUEST, "text": "x", "reason": "x", "check": "needs", "outcome": "met"}
    for post in POSTS:
        assert client_of(world.north.member).post(PLACE + post, data=data).status_code == 403
        assert client_of(world.south.secretary).post(PLACE + post, data=data).status_code == 403
        assert client_of(world.south.secretary).post(f"/sunnan/ansokningar/2026/1/{post}", data=data).status_code == 404
        assert client_of(None).post(PLACE + post, data=data).status_code == 403
    for page in ("kompletteringar/", "utskrift"):
        assert client_of(world.south.member).get(PLACE + page).status_code == 403
        assert client_of(world.south.member).get(f"/sunnan/ansokningar/2026/1/{page}").status_code == 404
        assert client_of(None).get(PLACE + page).status_code == 302
    with world.database.reading() as session:
        assert rows(session) == before
