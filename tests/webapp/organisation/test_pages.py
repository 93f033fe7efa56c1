"""The organisation's pages: what is written is kept, what is wrong is told at its field, nothing typed is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from paragraf.core.dates import local_date
from paragraf.people.models import BodyRule, Mandate, MemberOrganisation, NoticeBoard, Person, Role, Unit
from tests.parts.world import NOW, World
from tests.webapp.organisation.conftest import ClientOf

HOME = "/norrdal/organisation"
TODAY = local_date(NOW)
RULES = {
    "valid_from": "2027-01-01",
    "seats": "4",
    "vice_chairs": "1",
    "notice_days": "10",
    "verifiers": "2",
    "substitute_order": "same_member",
    "numbering": "continuous",
    "first_number": "1",
    "source": "förbundsordningen 9 §",
}


def test_a_member_reads_and_the_office_writes(office: FlaskClient, client_of: ClientOf, world: World) -> None:
    seen = client_of(world.north.member).get(f"{HOME}/").text
    assert "Styrelsen" in seen
    assert "Lägg in ett organ" not in seen
    assert "Lägg in ett organ" in office.get(f"{HOME}/").text
    body = client_of(world.north.member).get(f"{HOME}/organ/{world.north.board.id}/").text
    assert "Maj Torn" in body
    assert "Ge ett uppdrag" not in body


def test_boards_that_the_law_asks_for_are_named_until_they_are_there(office: FlaskClient, world: World) -> None:
    assert "Det saknas anslagstavlor" in office.get(f"{HOME}/").text
    north = world.north
    for member in (north.municipality, north.second_municipality, north.region):
        answer = office.post(
            f"{HOME}/anslagstavlor/ny",
            data={"owner": member.id, "name": f"Tavlan {member.name}", "valid_from": "2026-01-01", "follows_own": "y"},
        )
        assert answer.status_code == 303
    assert "Det saknas anslagstavlor" not in office.get(f"{HOME}/").text
    with world.database.reading() as session:
        assert all(each.follows_own for each in session.scalars(select(NoticeBoard).filter_by(url="")) if each.id > 2)


def test_a_wrong_board_keeps_what_was_typed(office: FlaskClient, world: World) -> None:
    typed = {"owner": "0", "name": "Webben", "url": "norrdal", "valid_from": "2026-01-01"}
    answer = office.post(f"{HOME}/anslagstavlor/ny", data=typed)
    assert answer.status_code == 422
    assert 'value="Webben"' in answer.text
    assert 'id="url-fel"' in answer.text


def test_a_person_is_written_changed_and_given_a_role(office: FlaskClient, world: World) -> None:
    typed = {"name": "Ny Person", "email": "ny@norrdal.example", "phone": "070-174 06 05", "language": "sv"}
    answer = office.post(f"{HOME}/personer/ny", data=typed)
    page = answer.headers["Location"]
    assert "070-174 06 05" in office.get(page).text
    assert office.post(page, data={**typed, "left_on": "2026-03-01"}).status_code == 303
    assert "har slutat" in office.get(f"{HOME}/personer/").text
    wrong = office.post(page, data={**typed, "email": "olle@norrdal.example"})
    assert wrong.status_code == 422
    assert "Olle Brand har redan den e-postadressen" in wrong.text
    given = office.post(f"{page}roll", data={"roll-kind": "director", "roll-starts_on": "2026-03-02"})
    assert given.status_code == 303
    with world.database.reading() as session:
        person = session.scalars(select(Person).filter_by(name="Ny Person")).one()
        role = session.scalars(select(Role).filter_by(person_id=person.id)).one()
    ended = office.post(f"{page}roll/{role.id}/avsluta", data={"ends_on": "2026-06-30"})
    assert ended.status_code == 303


def test_the_only_secretary_does_not_shut_the_office(office: FlaskClient, world: World) -> None:
    page = f"{HOME}/personer/{world.north.secretary.id}/"
    typed = {"name": "Sonja Ekvall", "email": "sonja@norrdal.example", "language": "sv", "left_on": "2026-03-01"}
    answer = office.post(page, data=typed)
    assert answer.status_code == 422
    assert "ensam i kansliet" in answer.text


def test_a_member_organisation_is_written_changed_and_gets_a_unit(office: FlaskClient, world: World) -> None:
    typed = {
        "name": "Nya kommun",
        "principal": "municipalities",
        "organisation_number": "212000-9144",
        "joined_on": "2026-01-01",
    }
    wrong = office.post(f"{HOME}/medlemmar/ny", data=typed)
    assert wrong.status_code == 422
    assert 'value="Nya kommun"' in wrong.text
    page = office.post(f"{HOME}/medlemmar/ny", data={**typed, "organisation_number": "212000–9143"}).headers["Location"]
    assert "212000-9143" in office.get(page).text
    assert office.post(f"{page}enhet", data={"enhet-name": "Komvux"}).status_code == 303
    assert office.post(f"{page}enhet", data={"enhet-name": "Komvux"}).status_code == 422
    changed = {**typed, "organisation_number": "2120009143", "left_on": "2026-02-01"}
    assert office.post(page, data=changed).status_code == 303
    assert "Inte medlemmar i dag" in office.get(f"{HOME}/").text
    with world.database.reading() as session:
        assert session.scalars(select(Unit).filter_by(name="Komvux")).one()
        assert session.scalars(select(MemberOrganisation).filter_by(name="Nya kommun")).one().left_on


def test_rules_are_added_from_a_day_and_mended_while_unused(office: FlaskClient, world: World) -> None:
    north = world.north
    page = f"{HOME}/organ/{north.board.id}"
    shares: dict[str, str] = {}
    for place, member in enumerate((north.municipality, north.region)):
        shares |= {
            f"shares-{place}-member_id": str(member.id),
            f"shares-{place}-members": "2",
            f"shares-{place}-substitutes": "1",
        }
    wrong = office.post(f"{page}/regler/nya", data={**RULES, **shares})
    assert wrong.status_code == 422
    assert "lika många ersättare" in wrong.text
    right = {**RULES, **shares, "shares-0-substitutes": "2", "shares-1-substitutes": "2"}
    assert office.post(f"{page}/regler/nya", data=right).status_code == 303
    assert office.post(f"{page}/regler/nya", data=right).status_code == 422
    with world.database.reading() as session:
        row = session.scalars(select(BodyRule).filter_by(body_id=north.board.id, verifiers=2)).one()
    assert office.get(f"{page}/regler/{row.id}").status_code == 200
    assert office.post(f"{page}/regler/{row.id}", data={**right, "notice_days": "14"}).status_code == 303
    assert "Från 1 januari 2027" in office.get(f"{page}/").text


def test_a_body_is_made_and_its_start_raised(office: FlaskClient, world: World) -> None:
    typed = {
        "kind": "steering_group",
        "name": "Styrgruppen",
        "phrase": "Styrgruppen beslutar",
        "series": "0",
        "first": "5",
    }
    answer = office.post(f"{HOME}/organ/nytt", data=typed)
    assert answer.status_code == 303
    page = answer.headers["Location"].removesuffix("regler/nya")
    assert "preliminärt nummer 5" in office.get(page).text
    assert office.post(f"{page}nummerserie", data={"first": "4"}).status_code == 422
    assert office.post(f"{page}nummerserie", data={"first": "9"}).status_code == 303
    changed = {"kind": "steering_group", "name": "Styrgrupp Väg", "phrase": "Styrgruppen beslutar"}
    assert office.post(f"{page}andra", data=changed).status_code == 303
    assert office.post(f"{page}andra", data={**changed, "name": "styrelsen"}).status_code == 422
    # A body without rules or mandates is shown as such on all pages.
    assert "Skriv organets regler" in office.get(f"{HOME}/").text


def test_a_mandate_is_given_taken_over_ended_and_removed(office: FlaskClient, world: World) -> None:
    north = world.north
    page = f"{HOME}/organ/{north.board.id}/uppdrag"
    typed = {
        "person_id": north.secretary.id,
        "member_id": north.state.id,
        "capacity": "substitute",
        "starts_on": "2026-03-02",
    }
    assert office.post(f"{page}/nytt", data=typed).status_code == 422
    assert office.post(f"{page}/nytt", data={**typed, "calling_order": "3"}).status_code == 303
    with world.database.reading() as session:
        given = session.scalars(select(Mandate).filter_by(person_id=north.secretary.id)).one()
    member = north.mandates["member"].id
    assert office.post(f"{page}/{member}/avsluta", data={"slut-ends_on": "2026-03-31"}).status_code == 303
    over = {"byt-capacity": "board_member", "byt-from_day": "2026-03-02"}
    assert office.post(f"{page}/{given.id}/byt", data=over).status_code == 422
    taken = office.post(f"{page}/{given.id}/byt", data={**over, "byt-from_day": "2026-04-01"})
    assert taken.status_code == 303
    with world.database.reading() as session:
        new = session.scalars(select(Mandate).filter_by(person_id=north.secretary.id, starts_on=date(2026, 4, 1))).one()
    assert office.post(f"{page}/{new.id}/ta-bort").status_code == 303
    assert "31 mars 2026" in office.get(f"{HOME}/organ/{north.board.id}/").text


def test_a_mandate_that_ended_yesterday_opens_no_page_today(
    office: FlaskClient, client_of: ClientOf, world: World
) -> None:
    member = client_of(world.north.member)
    assert member.get("/norrdal/moten/").status_code == 200
    page = f"{HOME}/organ/{world.north.board.id}/uppdrag/{world.north.mandates['member'].id}/avsluta"
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    assert office.post(page, data={"slut-ends_on": yesterday}).status_code == 303
    assert member.get("/norrdal/moten/").status_code == 403
    assert member.get("/norrdal/min-sida/").status_code == 200


@pytest.mark.parametrize("path", ["organ/nytt", "organ/1/regler/nya", "personer/ny", "personer/", "anslagstavlor/ny"])
def test_members_do_not_open_the_offices_forms(travelled: None, client_of: ClientOf, world: World, path: str) -> None:
    assert client_of(world.north.member).get(f"{HOME}/{path}").status_code == 403
