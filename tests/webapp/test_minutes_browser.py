"""The minutes desk in a real browser: typing is saved, also offline and against somebody else; by keyboard; by axe."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Page, Route, expect

from paragraf.duties.operations import adopt_standard_rules
from paragraf.meetings.models import Meeting
from paragraf.minutes import queries
from paragraf.minutes.rules import ItemWords
from tests.minutes import acting
from tests.parts.browser import DESK, PHONE, Watch, axe
from tests.parts.world import SINCE, World

pytestmark = pytest.mark.browser
# As long as the pages' own timeout: a machine that runs other tests beside answers slowly.
expect.set_options(timeout=15_000)
SignIn = Callable[[Page], str]
OpenPage = Callable[..., Page]


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """One engine is enough for a look at the pages."""
    place = tmp_path / "paragraf.sqlite3"
    shutil.copy(request.getfixturevalue("sqlite_template"), place)
    return f"sqlite:///{place}"


@pytest.fixture(autouse=True)
def _then() -> Iterator[None]:
    with time_machine.travel(acting.AFTER, tick=True):
        yield


@pytest.fixture
def meeting(world: World) -> Meeting:
    with world.database.writing() as session:
        adopt_standard_rules(session, world.north.id, valid_from=SINCE)
        planned = acting.plan(session, world.north)
        acting.usual_agenda(session, world.north, planned)
        acting.all_present(session, planned)
        acting.begin(session, planned)
    return planned


@pytest.fixture
def sign_in(app: Flask, world: World, meeting: Meeting, serve: Callable[[Flask], str]) -> SignIn:
    """``sign_in(page)``: the page is the secretary's; gives the address of the minutes."""
    address = serve(app)

    def give(page: Page) -> str:
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = f"{world.north.id}:{world.north.secretary.id}"
            session["_fresh"] = True
        cookie = client.get_cookie("paragraf")
        assert cookie is not None
        page.context.add_cookies([{"name": "paragraf", "value": cookie.value, "url": address}])
        return f"{address}/norrdal/moten/{meeting.id}/protokoll/"

    return give


@pytest.fixture
def words(world: World, meeting: Meeting) -> Callable[[int], ItemWords]:
    """``words(place)``: what the § says in the database now."""

    def read(place: int) -> ItemWords:
        with world.database.reading() as session:
            minutes = queries.minutes(session, world.north.id, meeting.id)
            return queries.items(session, minutes)[place].words

    return read


def open_item(page: Page, address: str, heading: str) -> None:
    page.goto(address)
    page.get_by_role("navigation", name="Paragrafer").get_by_text(heading).click()
    is_open(page, heading)


def is_open(page: Page, heading: str) -> None:
    """The § is open and the page's script, if it has any, listens."""
    expect(page.get_by_label("Rubrik", exact=True)).to_have_value(heading)
    page.wait_for_load_state("load")


def fits(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("viewport", [DESK, PHONE, {"width": 1720, "height": 1000}], ids=["desk", "phone", "wide"])
@pytest.mark.parametrize("heading", ["Val av justerare", "Ansökan om medel till Stegvis", "Lägesrapport"])
def test_the_desk_is_accessible_and_fits(
    sign_in: SignIn, open_page: OpenPage, viewport: dict[str, int], heading: str
) -> None:
    page = open_page(viewport)
    open_item(page, sign_in(page), heading)
    axe(page)
    fits(page, viewport["width"])


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_from_draft_to_verified_every_page_is_accessible_and_fits(
    sign_in: SignIn, open_page: OpenPage, world: World, meeting: Meeting, viewport: dict[str, int]
) -> None:
    page = open_page(viewport)
    address = sign_in(page)

    def look(path: str = "") -> None:
        page.goto(address + path)
        axe(page)
        fits(page, viewport["width"])

    look("fardigstall")
    with world.database.writing() as session:
        minutes = queries.minutes(session, world.north.id, meeting.id)
        acting.write(session, acting.rows(session, minutes)[1], acting.GRANT)
        acting.elect(session, minutes, world.north.fourth_member)
    look("fardigstall")
    page.get_by_role("button", name="Fastställ numren").click()
    axe(page)
    page.get_by_role("button", name="Skicka för underskrift").click()
    expect(page.get_by_text("0 av 3 har skrivit under.")).to_be_visible()
    axe(page)
    fits(page, viewport["width"])
    with world.database.writing() as session:
        acting.all_sign(session, queries.minutes(session, world.north.id, meeting.id), acting.AFTER)
    look()
    page.get_by_text("Bestyrk ett utdrag").click()
    page.get_by_role("button", name="Bestyrk utdrag ur § 627").click()
    axe(page)
    page.get_by_role("link", name="Anslagstavlor och bevis om anslag").click()
    axe(page)
    fits(page, viewport["width"])
    page.get_by_role("link", name="Anslagstavla", exact=True).first.click()
    expect(page.get_by_text("Justerat protokoll: Styrelsen 9 april 2026")).to_be_visible()
    axe(page)
    fits(page, viewport["width"])


def test_typing_is_saved_within_a_second_and_printed_beside(
    sign_in: SignIn, page: Page, words: Callable[[int], ItemWords]
) -> None:
    open_item(page, sign_in(page), "Lägesrapport")
    page.get_by_label("Bakgrund").fill("Läget är mycket gott.")
    expect(page.locator("#lage")).to_contain_text("Sparat 14.3")
    expect(page.locator("#papper")).to_contain_text("Läget är mycket gott.")
    assert words(2).background == "Läget är mycket gott."
    page.wait_for_function("localStorage.length === 0")


def test_words_typed_before_the_script_has_come_are_saved_too(
    sign_in: SignIn, page: Page, words: Callable[[int], ItemWords]
) -> None:
    late: list[Route] = []
    page.route("**/js/desk.js*", lambda route: late.append(route))
    with page.expect_request("**/js/desk.js*"):
        page.goto(sign_in(page), wait_until="commit")
    page.get_by_label("Bakgrund").fill("Skrivet på en långsam lina.")
    late[0].continue_()
    expect(page.locator("#papper")).to_contain_text("Skrivet på en långsam lina.")
    assert words(0).background == "Skrivet på en långsam lina."


def test_a_grant_is_typed_clause_by_clause_with_the_script(
    sign_in: SignIn, page: Page, words: Callable[[int], ItemWords]
) -> None:
    open_item(page, sign_in(page), "Ansökan om medel till Stegvis")
    expect(page.get_by_role("button", name="Välj", exact=True)).to_be_hidden()
    page.get_by_label("Belopp, rad 1").fill("120 000")
    page.get_by_label("Belopp, rad 2").fill("290 tkr")
    page.get_by_label("Villkor, ett på varje rad").fill("Region Norrdal beviljar sin del")
    expect(page.locator("#papper")).to_contain_text("för åren 2026–2027, varav")
    expect(page.locator("#anmarkningar")).to_be_empty()
    page.get_by_role("button", name="Ny att-sats").click()
    second = page.get_by_role("group", name="Att-sats 2")
    expect(second.get_by_label("Beslutsord")).to_be_focused()
    second.get_by_label("Beslutsord").select_option(label="Uppdra")
    expect(second.get_by_label("Vad som beslutas")).to_be_hidden()
    second.get_by_label("Vem får uppdraget?").fill("förbundschefen")
    second.get_by_label("Vad är uppdraget?").fill("följa upp bidraget")
    second.get_by_label("Redovisas senast").fill("1 oktober 2026")
    expect(page.locator("#papper")).to_contain_text("att redovisas senast den 1 oktober 2026.")
    axe(page)
    assert [clause.verb.value for clause in words(1).clauses] == ["grant", "commission"]
    second.get_by_role("button", name="Flytta upp").click()
    expect(page.get_by_role("group", name="Att-sats 1").get_by_label("Vem får uppdraget?")).to_have_value(
        "förbundschefen"
    )
    page.get_by_role("group", name="Att-sats 1").get_by_role("button", name="Ta bort").click()
    expect(page.get_by_role("group", name="Att-sats 2")).to_have_count(0)
    expect(page.locator("#papper")).not_to_contain_text("uppdra")
    page.get_by_role("button", name="Spara", exact=True).last.click()
    assert [clause.verb.value for clause in words(1).clauses] == ["grant"]


def test_offline_the_words_are_kept_in_the_browser_and_catch_up(
    sign_in: SignIn, page: Page, browser_watch: Watch, words: Callable[[int], ItemWords]
) -> None:
    browser_watch.allow("ERR_INTERNET_DISCONNECTED")
    open_item(page, sign_in(page), "Lägesrapport")
    page.context.set_offline(True)
    page.get_by_label("Bakgrund").fill("Skrivet utan nät.")
    expect(page.locator("#lage")).to_have_text("Sparas i webbläsaren")
    assert words(2).background == "Läget är gott."
    page.context.set_offline(False)
    expect(page.locator("#lage")).to_contain_text("Sparat")
    assert words(2).background == "Skrivet utan nät."


def test_words_of_a_page_that_was_lost_offline_come_back_when_it_is_opened(
    sign_in: SignIn, page: Page, browser_watch: Watch, words: Callable[[int], ItemWords]
) -> None:
    browser_watch.allow("ERR_INTERNET_DISCONNECTED")
    address = sign_in(page)
    open_item(page, address, "Lägesrapport")
    page.context.set_offline(True)
    page.get_by_label("Bakgrund").fill("Skrivet innan datorn somnade.")
    expect(page.locator("#lage")).to_have_text("Sparas i webbläsaren")
    page.goto("about:blank")
    page.context.set_offline(False)
    open_item(page, address, "Val av justerare")
    page.wait_for_function("localStorage.length === 0")
    assert words(2).background == "Skrivet innan datorn somnade."


def two_browsers(sign_in: SignIn, open_page: OpenPage) -> tuple[Page, Page]:
    """Two secretaries with the same § open; the first has saved since the second opened it."""
    first, second = open_page(), open_page()
    for page in (first, second):
        open_item(page, sign_in(page), "Lägesrapport")
    first.get_by_label("Bakgrund").fill("Den första texten.")
    expect(first.locator("#lage")).to_contain_text("Sparat")
    expect(first.locator("#papper")).to_contain_text("Den första texten.")
    second.get_by_label("Bakgrund").fill("Den andra <b>texten</b>.")
    expect(second.get_by_role("heading", name="Två texter")).to_be_visible()
    expect(second.locator(".both")).to_contain_text("Den andra <b>texten</b>.")
    expect(second.locator(".both")).to_contain_text("Den första texten.")
    return first, second


def test_two_at_once_keeping_mine_takes_what_was_typed_since(
    sign_in: SignIn, open_page: OpenPage, words: Callable[[int], ItemWords]
) -> None:
    _first, second = two_browsers(sign_in, open_page)
    axe(second)
    second.get_by_label("Bakgrund").press("End")
    second.get_by_label("Bakgrund").press_sequentially(" Och mer.")
    second.get_by_role("button", name="Behåll min").click()
    expect(second.locator("#lage")).to_contain_text("Sparat")
    assert words(2).background == "Den andra <b>texten</b>. Och mer."


def test_two_at_once_taking_the_other_leaves_mine_set_aside(
    sign_in: SignIn, open_page: OpenPage, words: Callable[[int], ItemWords]
) -> None:
    _first, second = two_browsers(sign_in, open_page)
    second.get_by_role("link", name="Ta den andra").click()
    expect(second.get_by_label("Bakgrund")).to_have_value("Den första texten.")
    second.get_by_text("En undanlagd text").click()
    expect(second.locator("#undanlagda")).to_contain_text("Den andra <b>texten</b>.")
    assert words(2).background == "Den första texten."


def test_two_at_once_merging_keeps_theirs_in_sight(
    sign_in: SignIn, open_page: OpenPage, words: Callable[[int], ItemWords]
) -> None:
    _first, second = two_browsers(sign_in, open_page)
    second.get_by_role("link", name="Slå ihop själv").click()
    expect(second.locator(".both")).to_contain_text("Den första texten.")
    second.get_by_label("Bakgrund").fill("Båda texterna.")
    expect(second.locator("#lage")).to_contain_text("Sparat")
    assert words(2).background == "Båda texterna."


def test_the_keyboard_is_enough(sign_in: SignIn, page: Page, words: Callable[[int], ItemWords]) -> None:
    page.goto(sign_in(page))
    page.get_by_label("Rubrik", exact=True).focus()
    page.keyboard.press("Alt+PageDown")
    is_open(page, "Ansökan om medel till Stegvis")
    page.keyboard.press("Alt+PageUp")
    is_open(page, "Val av justerare")
    page.keyboard.press("Alt+Insert")
    expect(page.get_by_role("group", name="Att-sats 2").get_by_label("Beslutsord")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("dagordningen")
    page.keyboard.press("Alt+Shift+PageUp")
    page.keyboard.press("Control+s")
    expect(page.locator("#papper")).to_contain_text("att godkänna dagordningen, samt")
    assert [clause.verb.value for clause in words(0).clauses] == ["approve", "appoint"]


def test_without_script_the_desk_works_by_its_buttons(
    sign_in: SignIn, open_page: OpenPage, words: Callable[[int], ItemWords]
) -> None:
    page = open_page(java_script_enabled=False)
    open_item(page, sign_in(page), "Lägesrapport")
    page.get_by_label("Bakgrund").fill("Sparat med knappen.")
    page.get_by_role("button", name="Ny att-sats").click()
    page.get_by_label("Beslutsord").select_option(label="Bordlägga")
    page.get_by_role("button", name="Välj", exact=True).click()
    page.get_by_label("Till när bordläggs ärendet?").fill("nästa sammanträde")
    page.get_by_role("button", name="Spara", exact=True).last.click()
    expect(page.locator("#papper")).to_contain_text("att bordlägga ärendet till nästa sammanträde.")
    assert words(2).background == "Sparat med knappen."
