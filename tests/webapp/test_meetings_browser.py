"""The meeting pages in a real browser: seen by axe, at a desk and on a phone, with and without script.

Tests ask for ``sign_in``, which serves, before the pages, so that these close before the server does.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Page, expect

from paragraf.meetings import operations
from paragraf.meetings.models import ItemKind, Meeting
from paragraf.minutes.operations import open_minutes
from paragraf.register.models import MatterKind
from paragraf.register.operations import open_matter
from tests.meetings.conftest import END, START
from tests.parts.browser import DESK, PHONE, axe
from tests.parts.world import World

pytestmark = pytest.mark.browser
DURING = START + timedelta(minutes=17)
BEFORE = START - timedelta(days=20)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """One engine is enough for a look at the pages."""
    place = tmp_path / "paragraf.sqlite3"
    shutil.copy(request.getfixturevalue("sqlite_template"), place)
    return f"sqlite:///{place}"


@pytest.fixture
def meeting(world: World) -> Meeting:
    now, who = BEFORE, "Sonja Ekvall"
    with world.database.writing() as session:
        planned = operations.plan_meeting(
            session, body=world.north.board, starts_at=START, ends_at=END, place="Rum Björken", now=now, actor=who
        )
        for kind, heading, background, proposal in (
            (ItemKind.DECISION, "Val av justerare", "", "att utse Maj Torn."),
            (ItemKind.DECISION, "Budget 2027", "", ""),
            (ItemKind.INFORMATION, "Lägesrapport från verksamheterna", "Första stycket.\n\nAndra stycket.", ""),
        ):
            operations.add_item(
                session,
                planned,
                kind=kind,
                heading=heading,
                background=background,
                proposal=proposal,
                now=now,
                actor=who,
            )
        open_matter(
            session,
            association_id=world.north.id,
            kind=MatterKind.APPLICATION,
            title="Ansökan om Stegvis",
            counterpart="Norrdals kommun",
            now=now,
            actor="Sökande",
        )
    return planned


@pytest.fixture
def sign_in(app: Flask, world: World, serve: Callable[[Flask], str]) -> Callable[[Page], str]:
    """``sign_in(page)``: the page is the secretary's; gives the address of the meetings."""
    address = serve(app)

    def give(page: Page) -> str:
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = f"{world.north.id}:{world.north.secretary.id}"
            session["_fresh"] = True
        cookie = client.get_cookie("paragraf")
        assert cookie is not None
        page.context.add_cookies([{"name": "paragraf", "value": cookie.value, "url": address}])
        return f"{address}/norrdal/moten/"

    return give


@pytest.fixture
def before() -> Iterator[None]:
    with time_machine.travel(BEFORE, tick=True):
        yield


@pytest.fixture
def during() -> Iterator[None]:
    with time_machine.travel(DURING, tick=True):
        yield


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize(
    "rest", ["", "{id}/", "{id}/kallelse", "{id}/punkter/ny", "{id}/andra", "{id}/stall-in", "nytt"]
)
@pytest.mark.usefixtures("before")
def test_the_pages_are_accessible_and_fit(
    sign_in: Callable[[Page], str],
    open_page: Callable[..., Page],
    meeting: Meeting,
    viewport: dict[str, int],
    rest: str,
) -> None:
    page = open_page(viewport)
    page.goto(sign_in(page) + rest.format(id=meeting.id))
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.usefixtures("during")
def test_attendance_is_taken_with_a_button_and_a_time(
    sign_in: Callable[[Page], str], open_page: Callable[..., Page], meeting: Meeting, viewport: dict[str, int]
) -> None:
    page = open_page(viewport)
    page.goto(f"{sign_in(page)}{meeting.id}/narvaro")
    axe(page)
    for who in ("Olle Brand", "Vera Lind", "Maj Torn"):
        page.get_by_label(f"När kom {who}?").fill("09:00")
        page.get_by_role("button", name=f"Kom {who}").click()
    expect(page.get_by_text("Från kl. 09.00: 3 av 4 röstar. Beslutsför.")).to_be_visible()
    expect(page.get_by_label("Vem tjänstgör Eva Rask för?")).to_contain_text("tjänstgör för Nils Ask (förslag)")
    page.get_by_role("button", name="Kom Eva Rask").click()
    expect(page.get_by_text("tjänstgörande ersättare för Nils Ask från kl. 09.17")).to_be_visible()
    page.get_by_label("När gick Vera Lind?").fill("10:00")
    page.get_by_role("button", name="Gick Vera Lind").click()
    expect(page.get_by_role("button", name="Vera Lind gick inte")).to_be_visible()
    page.get_by_label("När gick Olle Brand?").fill("08:00")
    page.get_by_role("button", name="Gick Olle Brand").click()
    expect(page.get_by_role("alert")).to_contain_text("Sluttiden ska vara senare")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


@pytest.mark.usefixtures("during")
def test_an_untouched_time_follows_the_clock_and_a_touched_one_does_not(
    sign_in: Callable[[Page], str], page: Page, meeting: Meeting
) -> None:
    page.clock.install(time=DURING)
    page.goto(f"{sign_in(page)}{meeting.id}/narvaro")
    mine, other = page.get_by_label("När kom Olle Brand?"), page.get_by_label("När kom Maj Torn?")
    mine.fill("9.05")
    page.clock.run_for(20 * 60 * 1000)
    expect(other).to_have_value("09.37")
    expect(mine).to_have_value("9.05")


@pytest.mark.usefixtures("before")
def test_the_agenda_is_put_in_order_and_sent_without_script(
    sign_in: Callable[[Page], str], open_page: Callable[..., Page], meeting: Meeting
) -> None:
    page = open_page(DESK, java_script_enabled=False)
    page.goto(f"{sign_in(page)}{meeting.id}/")
    page.get_by_role("button", name="Flytta upp punkt 3").click()
    expect(page.locator(".agenda h3").nth(1)).to_have_text("Lägesrapport från verksamheterna")
    page.get_by_role("button", name="Ta upp: Ansökan om Stegvis").click()
    page.get_by_role("link", name="Granska och skicka kallelse").click()
    page.get_by_role("button", name="Skicka kallelse").click()
    expect(page.get_by_role("alert")).to_contain_text("saknar text")
    page.get_by_role("link", name="Tillbaka till sammanträdet").click()
    for heading in ("Budget 2027", "Ansökan om Stegvis"):
        page.get_by_role("link", name=f"{heading}").filter(has_text="Ändra").click()
        page.get_by_label("Bakgrund").fill("Bakgrund som räcker.")
        page.get_by_role("button", name="Spara").click()
    page.get_by_role("link", name="Granska och skicka kallelse").click()
    page.get_by_role("button", name="Skicka kallelse").click()
    expect(page.get_by_text("Kallelsen är skickad till 7 personer.")).to_be_visible()


@pytest.mark.usefixtures("before")
def test_two_secretaries_who_write_at_once_see_both_texts(
    sign_in: Callable[[Page], str], open_page: Callable[..., Page], meeting: Meeting
) -> None:
    one, other = open_page(), open_page(PHONE)
    for page in (one, other):
        page.goto(f"{sign_in(page)}{meeting.id}/")
        page.get_by_role("link", name="Ändra punkt 2").click()
    one.get_by_label("Bakgrund").fill("Den enas text.")
    one.get_by_role("button", name="Spara").click()
    other.get_by_label("Bakgrund").fill("Den andras text.")
    other.get_by_role("button", name="Spara").click()
    expect(other.get_by_role("alert")).to_contain_text("Någon annan har ändrat punkten")
    expect(other.locator(".panel")).to_contain_text("Den enas text.")
    expect(other.get_by_label("Bakgrund")).to_have_value("Den andras text.")
    axe(other)
    other.get_by_label("Bakgrund").fill("Bådas text.")
    other.get_by_role("button", name="Spara").click()
    expect(other.locator(".agenda")).to_contain_text("Bådas text.")


@pytest.mark.usefixtures("before")
def test_the_background_of_an_item_is_formatted_as_at_the_desk(
    sign_in: Callable[[Page], str], page: Page, meeting: Meeting
) -> None:
    page.goto(f"{sign_in(page)}{meeting.id}/")
    page.get_by_role("link", name="Ändra punkt 2").click()
    page.wait_for_load_state("load")
    area = page.get_by_label("Bakgrund")
    area.fill("Förslag")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+b")
    expect(area).to_have_value("**Förslag**")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Numrerad lista").click()
    page.keyboard.type("Höj ramen")
    axe(page)
    page.get_by_role("button", name="Spara").click()
    item = page.locator(".agenda > li").nth(1)
    expect(item.locator("strong").get_by_text("Förslag", exact=True)).to_be_visible()
    expect(item.locator("ol > li")).to_have_text("Höj ramen")
    axe(page)
    page.goto(f"{sign_in(page)}{meeting.id}/kallelse")
    expect(page.locator(".paper strong").get_by_text("Förslag", exact=True)).to_be_visible()
    expect(page.locator(".paper ol > li")).to_have_text("Höj ramen")
    axe(page)


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.usefixtures("during")
def test_attendance_by_paragraph_is_taken_with_the_keyboard(
    sign_in: Callable[[Page], str],
    open_page: Callable[..., Page],
    world: World,
    meeting: Meeting,
    viewport: dict[str, int],
) -> None:
    """Time, Enter, arrow down; a § alone; what the clock leaves open; jäv. No mouse but for opening the fold."""
    with world.database.writing() as session:
        open_minutes(session, session.get_one(Meeting, meeting.id), now=DURING, actor="Sonja Ekvall")
    page = open_page(viewport)
    page.goto(f"{sign_in(page)}{meeting.id}/narvaro")
    for who in ("Olle Brand", "Vera Lind", "Maj Torn", "Nils Ask"):
        page.get_by_label(f"När kom {who}?").fill("0900")
        page.keyboard.press("Enter")
        expect(page.get_by_label(f"När gick {who}?")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("När gick Maj Torn?")).to_be_focused()
    page.get_by_label("När gick Nils Ask?").fill("0910")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Det här går inte att se av klockan")).to_be_visible()
    axe(page)
    page.get_by_label("Till och med vilken paragraf deltog Nils Ask").select_option(label="§ 626")
    page.get_by_role("button", name="Spara Nils Ask").press("Enter")
    expect(page.get_by_text("Det här går inte att se av klockan")).to_have_count(0)
    expect(page.get_by_role("columnheader", name="§§ 627–628")).to_be_visible()
    page.get_by_text("Anteckna jäv").first.click()
    page.get_by_label("Paragraf", exact=True).select_option(index=1)
    page.get_by_label("Vem?", exact=True).last.select_option(label="Maj Torn")
    page.get_by_role("button", name="Anteckna jäv").press("Enter")
    expect(page.get_by_role("cell", name="jäv")).to_be_visible()
    expect(page.get_by_role("cell", name="2 av 4 nej")).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
