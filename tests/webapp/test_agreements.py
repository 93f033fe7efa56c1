"""The agreement pages: members read, the office enters and changes, others see nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from paragraf.agreements.models import Agreement
from paragraf.agreements.operations import register_agreement
from paragraf.agreements.rules import NewParty
from paragraf.duties.models import Duty
from paragraf.duties.operations import adopt_standard_rules, queue_due_reminders
from paragraf.people.models import Person, Unit
from tests.parts.world import NOW, SINCE, World

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ClientOf = Callable[[Person | None], FlaskClient]
LIST = "/norrdal/overenskommelser/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def agreement(world: World) -> int:
    """An agreement of the north's with two months' notice, in force since 2023; its id."""
    north = world.north
    with world.database.writing() as session:
        adopt_standard_rules(session, north.id, valid_from=SINCE)
        return register_agreement(
            session,
            association_id=north.id,
            title="Samverkan Norrdal",
            summary="Första stycket.\n\nAndra <b>stycket</b>.",
            parties=[NewParty(north.municipality.id), NewParty(north.region.id)],
            in_force_from=date(2023, 1, 1),
            in_force_until=None,
            revised_yearly=True,
            notice_months=2,
            informed_bodies=[north.board.id],
            now=NOW,
            actor=north.secretary.name,
        ).id


@pytest.fixture
def office(world: World, client_of: ClientOf) -> FlaskClient:
    return client_of(world.north.secretary)


@pytest.fixture
def member(world: World, client_of: ClientOf) -> FlaskClient:
    return client_of(world.north.chair)


def page_of(agreement: int) -> str:
    return f"{LIST}{agreement}/"


def typed(world: World, **changed: Any) -> dict[str, Any]:
    north = world.north
    return {
        "title": "Samverkan Öst",
        "summary": "Gemensam ingång.",
        "parties": [str(north.municipality.id), str(north.state.id)],
        "in_force_from": "2024-05-31",
        "in_force_until": "",
        "revised_yearly": "y",
        "notice_months": "2",
        "informed_bodies": [str(north.board.id)],
    } | changed


def text(page: str) -> str:
    """What a reader sees of the page."""
    inner = page[page.index("<main") : page.index("</main")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", inner))


def the_agreement(world: World) -> Agreement:
    with world.database.reading() as session:
        return session.scalars(select(Agreement).order_by(Agreement.id.desc()).limit(1)).one()


# --- reading --------------------------------------------------------------------------------------------------------


def test_the_list_says_next_revision_last_day_and_recommended_day(agreement: int, member: FlaskClient) -> None:
    shown = text(member.get(LIST).text)
    assert "Samverkan Norrdal" in shown
    assert "1 januari 2027" in shown
    assert "söndag 1 november 2026" in shown
    assert "räkna med fredag 30 oktober 2026" in shown


def test_an_empty_list_says_so(world: World, member: FlaskClient) -> None:
    assert "Inga överenskommelser är inlagda" in member.get(LIST).text


def test_the_page_says_parties_window_whom_to_tell_and_reminders(agreement: int, member: FlaskClient) -> None:
    answer = member.get(page_of(agreement))
    shown = text(answer.text)
    assert "Norrdals kommun" in shown
    assert "Region Norrdal" in shown
    assert "minst 2 månader i förväg" in shown
    assert "Det meddelas till: Styrelsen." in shown
    assert "Sista dag söndag 1 november 2026" in shown
    assert "Rekommenderad dag fredag 30 oktober 2026" in shown
    subject = "Meddela senast 1 november 2026: ändringar i Samverkan Norrdal"
    assert f"2 oktober 2026 {subject} Till Olle Brand, Sonja Ekvall Skickas den dagen" in shown
    assert "Överenskommelsen lades in – Sonja Ekvall" in shown
    assert "&lt;b&gt;" in answer.text


def test_how_long_is_left_is_said_in_words(
    world: World, agreement: int, client_of: ClientOf, clock: time_machine.Traveller
) -> None:
    def shown() -> str:
        # A new sign-in each time: the old one does not live from March to November.
        return text(client_of(world.north.chair).get(page_of(agreement)).text)

    assert "244 dagar kvar" in shown()
    clock.move_to(datetime(2026, 11, 2, 9, 0, tzinfo=UTC))
    assert "Försenad, sista dagen var i går" in shown()
    assert "tiden har gått ut" in shown()


def test_a_reminder_that_has_gone_out_is_told(world: World, agreement: int, member: FlaskClient) -> None:
    with world.database.writing() as session:
        queue_due_reminders(session, now=datetime(2026, 10, 2, 9, 0, tzinfo=UTC), limit=100)
    shown = text(member.get(page_of(agreement)).text)
    assert "På väg" in shown
    assert "Påminnelse till Olle Brand: Meddela ändringar: Samverkan Norrdal, sista dag 1 november 2026" in shown


def test_the_page_can_be_read_in_english(agreement: int, member: FlaskClient) -> None:
    member.post("/sprak", data={"language": "en", "back": "/"})
    assert "1 November 2026" in member.get(page_of(agreement)).text


def test_a_member_reads_but_gets_no_buttons(agreement: int, member: FlaskClient) -> None:
    assert "post-button" not in member.get(page_of(agreement)).text
    assert "/andra" not in member.get(page_of(agreement)).text
    assert "Lägg in" not in member.get(LIST).text


@pytest.mark.parametrize("path", ["ny", "{id}/andra", "{id}/upphor"])
def test_a_member_may_not_change(agreement: int, world: World, member: FlaskClient, path: str) -> None:
    address = LIST + path.format(id=agreement)
    assert member.get(address).status_code == 403
    assert member.post(address, data=typed(world, reason="Nej")).status_code == 403
    assert the_agreement(world).title == "Samverkan Norrdal"


def test_a_visitor_is_asked_to_sign_in_and_a_stranger_refused(
    agreement: int, world: World, client_of: ClientOf
) -> None:
    assert client_of(None).get(page_of(agreement)).status_code == 302
    stranger = client_of(world.south.secretary)
    assert stranger.get(page_of(agreement)).status_code == 403
    own_address = page_of(agreement).replace("norrdal", "sunnan")
    assert stranger.get(own_address).status_code == 404
    assert stranger.post(f"{own_address}andra", data=typed(world)).status_code == 404


# --- entering -------------------------------------------------------------------------------------------------------


def test_the_office_enters_an_agreement_and_its_duties_are_planned(world: World, office: FlaskClient) -> None:
    with world.database.writing() as session:
        adopt_standard_rules(session, world.north.id, valid_from=SINCE)
    assert office.get(f"{LIST}ny").status_code == 200
    answer = office.post(f"{LIST}ny", data=typed(world), follow_redirects=True)
    shown = text(answer.text)
    assert "Överenskommelsen är inlagd" in shown
    assert "dnr 2026/1" in shown
    # 31 May less two months is 31 March; this year's window is still open, its day a Tuesday.
    assert "Sista dag tisdag 31 mars 2026" in shown
    assert "Försäkringskassan" in shown


def test_a_unit_can_be_the_party(world: World, office: FlaskClient) -> None:
    with world.database.reading() as session:
        unit = session.scalars(select(Unit).where(Unit.association_id == world.north.id)).one()
    key = f"{world.north.municipality.id}-{unit.id}"
    answer = office.post(f"{LIST}ny", data=typed(world, parties=[key]), follow_redirects=True)
    assert "Norrdals kommun, Vuxenutbildningen" in text(answer.text)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": "  "}, "title"),
        ({"parties": []}, "parties"),
        ({"parties": ["999999"]}, "parties"),
        ({"in_force_from": ""}, "in_force_from"),
        ({"in_force_from": "31 maj"}, "in_force_from"),
        ({"in_force_until": "2024-05-30"}, "in_force_until"),
        ({"notice_months": ""}, "notice_months"),
        ({"notice_months": "37"}, "notice_months"),
        ({"notice_months": "-1"}, "notice_months"),
        ({"notice_months": "två"}, "notice_months"),
        ({"informed_bodies": ["999999"]}, "informed_bodies"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(
    world: World, office: FlaskClient, changed: dict[str, Any], field: str
) -> None:
    answer = office.post(f"{LIST}ny", data=typed(world, **changed))
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert "Gemensam ingång." in answer.text
    with world.database.reading() as session:
        assert session.scalars(select(Agreement)).all() == []


# --- changing -------------------------------------------------------------------------------------------------------


def test_the_form_shows_what_the_agreement_says(world: World, agreement: int, office: FlaskClient) -> None:
    form = office.get(f"{page_of(agreement)}andra").text
    assert 'value="Samverkan Norrdal"' in form
    assert 'value="2023-01-01"' in form
    checked = re.findall(r"<input[^>]*checked[^>]*>", form)
    assert len(checked) == 4  # Two parties, revised yearly, the board.


def test_other_notice_months_move_the_window(world: World, agreement: int, office: FlaskClient) -> None:
    data = typed(world, in_force_from="2023-01-01", notice_months="3")
    answer = office.post(f"{page_of(agreement)}andra", data=data, follow_redirects=True)
    shown = text(answer.text)
    assert "Ändringen är sparad" in shown
    assert "Sista dag torsdag 1 oktober 2026" in shown
    assert "Inte längre planerat: Meddela ändringar: Samverkan Norrdal, sista dag 1 november 2026" in shown


def test_a_refused_change_is_told_and_saves_nothing(world: World, agreement: int, office: FlaskClient) -> None:
    answer = office.post(f"{page_of(agreement)}andra", data=typed(world, notice_months="99"))
    assert answer.status_code == 422
    assert "Skriv 0 till 36 månader." in answer.text
    assert the_agreement(world).title == "Samverkan Norrdal"


def test_an_agreement_that_asks_for_no_notice_says_so(world: World, agreement: int, office: FlaskClient) -> None:
    office.post(f"{page_of(agreement)}andra", data=typed(world, notice_months="0"))
    assert "kräver inte att en ändring meddelas i förväg" in office.get(page_of(agreement)).text


def test_a_party_that_has_left_can_still_be_kept(world: World, agreement: int, office: FlaskClient) -> None:
    with world.database.writing() as session:
        session.merge(world.north.region).left_on = date(2025, 12, 31)
    assert "Region Norrdal" in office.get(f"{page_of(agreement)}andra").text
    assert "Region Norrdal" not in office.get(f"{LIST}ny").text


def test_ending_needs_a_reason_and_stops_the_reminders(agreement: int, office: FlaskClient) -> None:
    address = f"{page_of(agreement)}upphor"
    assert "Samverkan Norrdal" in office.get(address).text
    assert office.post(address, data={"reason": " "}).status_code == 422
    shown = text(office.post(address, data={"reason": "Uppsagd av parterna"}, follow_redirects=True).text)
    assert "Har upphört" in shown
    assert "Inga påminnelser är planerade" in shown
    assert "Överenskommelsen upphörde: Uppsagd av parterna" in shown
    again = office.post(address, data={"reason": "En gång till"})
    assert again.status_code == 422
    assert "har upphört och kan inte ändras" in again.text


# --- done -----------------------------------------------------------------------------------------------------------


def duty_of(world: World, rule_key: str) -> int:
    with world.database.reading() as session:
        duty = select(Duty.id).where(Duty.rule_key == rule_key).order_by(Duty.due_on).limit(1)
        return session.scalars(duty).one()


def test_the_office_says_what_is_done_and_a_second_click_is_harmless(
    world: World, agreement: int, office: FlaskClient
) -> None:
    address = f"{page_of(agreement)}uppgifter/{duty_of(world, 'notice_window')}/klar"
    for _click in range(2):
        shown = text(office.post(address, follow_redirects=True).text)
        assert "Klart: Meddela ändringar: Samverkan Norrdal, sista dag 1 november 2026 – Sonja Ekvall" in shown
    with world.database.reading() as session:
        done = session.scalars(select(Duty.due_on).where(Duty.done_at.is_not(None))).all()
    assert done == [date(2026, 11, 1)]


def test_a_duty_of_something_else_is_not_there(world: World, agreement: int, office: FlaskClient) -> None:
    duty = duty_of(world, "notice_window")
    with world.database.writing() as session:
        session.get_one(Duty, duty).subject = "meeting"
    assert office.post(f"{page_of(agreement)}uppgifter/{duty}/klar").status_code == 404
    assert office.post(f"{page_of(agreement)}uppgifter/999999/klar").status_code == 404


def test_a_member_may_not_say_that_it_is_done(world: World, agreement: int, member: FlaskClient) -> None:
    duty = duty_of(world, "notice_window")
    assert member.post(f"{page_of(agreement)}uppgifter/{duty}/klar").status_code == 403
    with world.database.reading() as session:
        assert session.get_one(Duty, duty).done_at is None


# --- in Word ---


def test_a_member_gets_the_agreement_in_word(member: FlaskClient, agreement: int) -> None:
    assert f"{page_of(agreement)}word" in member.get(page_of(agreement)).text
    answer = member.get(f"{page_of(agreement)}word")
    assert answer.status_code == 200
    assert answer.data[:2] == b"PK"
    assert answer.headers["Content-Disposition"].endswith(f"overenskommelse-{agreement}.docx")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_strangers_get_no_agreement_in_word(world: World, client_of: ClientOf, agreement: int) -> None:
    assert client_of(None).get(f"{page_of(agreement)}word").status_code == 302
    assert client_of(world.south.secretary).get(f"{page_of(agreement)}word").status_code == 403
    own = f"/sunnan/overenskommelser/{agreement}/word"
    assert client_of(world.south.secretary).get(own).status_code == 404
