"""A new association with nothing but a secretary, until its first meeting is called, by the pages alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from paragraf.core.number_series import NumberSeries
from paragraf.duties.operations import adopt_standard_rules
from paragraf.meetings.models import Meeting
from paragraf.people.models import Association, Mandate, Person, Role, RoleKind
from paragraf.post.models import Letter
from tests.parts.world import NOW, SINCE, World
from tests.webapp.organisation.looking import seen

pytestmark = pytest.mark.browser
MEMBERS = (
    ("Lillbo kommun", "municipalities", "212000-9143"),
    ("Region Lillbo", "region", "232100-9132"),
    ("Försäkringskassan", "state", "202100-5521"),
)
PEOPLE = ("Gun Alm", "Per Bo", "Siv Dal", "Åke Ek", "Mia Fors", "Ove Gren")


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """One engine is enough for a look at the pages."""
    place = tmp_path / "paragraf.sqlite3"
    shutil.copy(request.getfixturevalue("sqlite_template"), place)
    return f"sqlite:///{place}"


@pytest.fixture
def then() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def home(then: None, world: World, app: Flask, serve: Callable[[Flask], str], page: Page) -> str:
    """The new association's address; the page is its secretary's."""
    with world.database.writing() as session:
        association = Association(
            slug="lillbo",
            name="Samordningsförbundet Lillbo",
            organisation_number="2220000026",
            email="k@lillbo.example",
            created_at=NOW,
        )
        session.add(association)
        session.flush()
        secretary = Person(association_id=association.id, name="Rut Sol", email="rut@lillbo.example")
        session.add(secretary)
        session.flush()
        session.add(
            Role(association_id=association.id, person_id=secretary.id, kind=RoleKind.SECRETARY, starts_on=SINCE)
        )
        adopt_standard_rules(session, association.id, valid_from=SINCE)
    client = app.test_client()
    with client.session_transaction() as session_cookie:
        session_cookie["_user_id"] = f"{association.id}:{secretary.id}"
        session_cookie["_fresh"] = True
    cookie = client.get_cookie("paragraf")
    assert cookie is not None
    address = serve(app)
    page.context.add_cookies([{"name": "paragraf", "value": cookie.value, "url": address}])
    return f"{address}/lillbo"


def save(page: Page, button: str = "Spara") -> None:
    page.get_by_role("button", name=button, exact=True).first.click()


def add_members(page: Page, home: str) -> None:
    for name, principal, number in MEMBERS:
        page.goto(f"{home}/organisation/medlemmar/ny")
        page.get_by_label("Namn", exact=True).fill(name)
        page.get_by_label("Huvudman").select_option(principal)
        page.get_by_label("Organisationsnummer").fill(number[:-1] + "0" if name == MEMBERS[0][0] else number)
        page.get_by_label("Medlem från och med").fill("2026-01-01")
        save(page)
        if name == MEMBERS[0][0]:
            # A wrong check digit is told at its field, and nothing typed is lost.
            expect(page.locator("#fel")).to_contain_text("Kontrollsiffran")
            expect(page.get_by_label("Namn", exact=True)).to_have_value(name)
            seen(page, "member-wrong")
            page.get_by_label("Organisationsnummer").fill(number)
            save(page)
        expect(page.get_by_role("heading", level=1)).to_have_text(name)


def add_people(page: Page, home: str) -> None:
    for name in PEOPLE:
        page.goto(f"{home}/organisation/personer/ny")
        page.get_by_label("Namn").fill(name)
        page.get_by_label("E-post").fill(f"{name.split()[0].lower().replace('å', 'a')}@lillbo.example")
        save(page)
    seen(page, "person")


def make_board(page: Page, home: str) -> None:
    page.goto(f"{home}/organisation/organ/nytt")
    seen(page, "body-new")
    page.get_by_label("Namn").fill("Styrelsen")
    page.get_by_label("Beslutsfras").fill("Styrelsen beslutar")
    page.get_by_label("Första numret").fill("58")
    save(page)
    page.get_by_label("Gäller från och med").fill("2026-01-01")
    page.get_by_label("Platser", exact=True).fill("3")
    for name, _principal, _number in MEMBERS:
        page.get_by_label(f"{name}, Ledamöter").fill("1" if name != MEMBERS[2][0] else "2")
        page.get_by_label(f"{name}, Ersättare").fill("1" if name != MEMBERS[2][0] else "2")
    page.get_by_label("Källa").fill("förbundsordningen 7 §")
    save(page)
    expect(page.locator("#fel")).to_contain_text("tillsammans 4, men organet har 3")
    seen(page, "rules-wrong")
    page.get_by_label(f"{MEMBERS[2][0]}, Ledamöter").fill("1")
    page.get_by_label(f"{MEMBERS[2][0]}, Ersättare").fill("1")
    save(page)
    expect(page.get_by_role("heading", name="Lediga platser")).to_be_visible()


def seat(page: Page) -> None:
    capacities = ("chair", "vice_chair", "board_member", "substitute", "substitute", "substitute")
    for index, (person, capacity) in enumerate(zip(PEOPLE, capacities, strict=True)):
        page.get_by_role("link", name="Ge ett uppdrag").click()
        page.get_by_label("Person").select_option(label=person)
        page.get_by_label("För vilken medlem?").select_option(label=MEMBERS[index % 3][0])
        page.get_by_label("Uppdrag").select_option(capacity)
        if capacity == "substitute":
            page.get_by_label("Turordning").fill(str(index - 2))
        page.get_by_label("Från och med").fill("2026-01-01")
        save(page)
    expect(page.get_by_role("heading", name="Lediga platser")).to_have_count(0)
    seen(page, "body")


def add_boards(page: Page, home: str) -> None:
    for owner in ("Förbundets egen", MEMBERS[0][0], MEMBERS[1][0]):
        page.goto(f"{home}/organisation/")
        page.locator("#anslagstavlor ~ .notice").get_by_role("link", name=owner).click()
        page.get_by_label("Namn").fill(f"Anslagstavlan: {owner}")
        if owner == "Förbundets egen":
            page.get_by_label("Vems anslagstavla?").select_option("0")
        save(page)
    expect(page.locator("#anslagstavlor ~ .notice")).to_have_count(0)


def plan_the_year(page: Page, home: str) -> None:
    page.goto(f"{home}/moten/ar/2026/planera")
    seen(page, "year-wish")
    page.get_by_label("Hur många sammanträden?").fill("5")
    page.get_by_label("Börjar").fill("9")
    page.get_by_label("Slutar").fill("12.00")
    page.get_by_label("Plats").fill("Kommunhuset, rum Eken")
    page.get_by_role("button", name="Föreslå dagar").click()
    expect(page.get_by_role("listitem").locator("input[type=date]")).to_have_count(4)
    page.get_by_role("button", name="Ta bort rad 4").click()
    page.get_by_role("button", name="Lägg till en dag").click()
    page.get_by_label("Dag, rad 4").fill("2026-11-12")
    page.get_by_label("Dag, rad 2").fill("2026-06-06")
    page.locator("button[value=plan]").last.click()
    expect(page.locator("#fel")).to_contain_text("Se efter en gång till")
    expect(page.get_by_text("Närmaste bra dag är")).to_be_visible()
    seen(page, "year-rows")
    page.get_by_label("Dag, rad 2").fill("2026-06-04")
    page.locator("button[value=plan]").last.click()
    expect(page.get_by_text("4 sammanträden är planerade")).to_be_visible()
    seen(page, "year")


def call_the_first(page: Page) -> None:
    page.get_by_role("main").get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("link", name="Lägg till en punkt").click()
    page.get_by_label("Rubrik").fill("Val av presidium")
    page.get_by_label("Förslag till beslut").fill("att välja Gun Alm till ordförande")
    page.get_by_role("button", name="Spara").click()
    page.get_by_role("link", name="Granska och skicka kallelse").click()
    page.get_by_role("button", name="Skicka kallelse").click()
    expect(page.get_by_text("Kallelse skickad").first).to_be_visible()


def test_from_nothing_to_the_first_notice(page: Page, home: str, world: World) -> None:
    page.goto(f"{home}/organisation/")
    expect(page.get_by_text("Det här behövs innan det första sammanträdet")).to_be_visible()
    seen(page, "empty")
    add_members(page, home)
    add_people(page, home)
    make_board(page, home)
    seat(page)
    add_boards(page, home)
    page.goto(f"{home}/organisation/")
    expect(page.get_by_text("Det här behövs innan det första sammanträdet")).to_have_count(0)
    seen(page, "whole")
    plan_the_year(page, home)
    call_the_first(page)
    with world.database.reading() as session:
        association = session.scalars(select(Association).filter_by(slug="lillbo")).one()
        assert len(session.scalars(select(Mandate).filter_by(association_id=association.id)).all()) == 6
        assert len(session.scalars(select(Meeting).filter_by(association_id=association.id)).all()) == 4
        series = session.scalars(select(NumberSeries).filter_by(association_id=association.id, key="board")).one()
        assert series.next_number == 58
        told = session.scalars(select(Letter.to_address).filter_by(association_id=association.id)).all()
        assert len(told) == 7
