"""The minutes desk in a real browser: typing is saved and printed beside, clauses, without script, by axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from paragraf.meetings.models import Meeting
from paragraf.minutes import operations, queries
from paragraf.minutes.rules import ItemWords
from tests.minutes import acting
from tests.parts.browser import DESK, PHONE, axe
from tests.parts.world import World
from tests.webapp.minutes.browsing import OpenPage, SignIn, fits, open_item

pytestmark = pytest.mark.browser
NASTY = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'>"


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
    page.wait_for_function("localStorage.length === 0")
    assert [clause.verb.value for clause in words(1).clauses] == ["grant"]


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


def test_a_hundred_kilobytes_pasted_into_one_section_are_saved_and_printed(
    sign_in: SignIn, page: Page, words: Callable[[int], ItemWords]
) -> None:
    open_item(page, sign_in(page), "Lägesrapport")
    pasted = "\n\n".join(
        f"Stycke {number}. " + "Deltagarna har gått vidare till arbete eller studier. " * 9 for number in range(200)
    )
    assert len(pasted) > 95_000
    field = page.get_by_label("Bakgrund")
    field.focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(pasted)
    expect(page.locator("#papper")).to_contain_text("Stycke 199.")
    expect(page.locator("#lage")).to_contain_text("Sparat")
    assert words(2).background == pasted.strip()


def test_a_script_that_is_pasted_stays_text(sign_in: SignIn, page: Page, words: Callable[[int], ItemWords]) -> None:
    address = sign_in(page)
    open_item(page, address, "Lägesrapport")
    page.get_by_label("Bakgrund").fill(NASTY)
    page.get_by_label("Rubrik", exact=True).fill(NASTY)
    expect(page.locator("#papper")).to_contain_text("<script>")
    page.wait_for_function("localStorage.length === 0")
    page.reload()
    expect(page.get_by_label("Bakgrund")).to_have_value(NASTY)
    page.get_by_role("link", name="Tidigare versioner").click()
    expect(page.locator(".changes").first).to_contain_text("<img src=x onerror=")
    assert page.evaluate("window.hacked") is None
    assert words(2).background == NASTY


def test_versions_are_compared_and_taken_back(
    sign_in: SignIn, open_page: OpenPage, words: Callable[[int], ItemWords]
) -> None:
    page = open_page(PHONE)
    open_item(page, sign_in(page), "Lägesrapport")
    page.get_by_label("Bakgrund").fill("Läget är mycket gott.")
    page.wait_for_function("localStorage.length === 0")
    page.get_by_role("link", name="Tidigare versioner").click()
    expect(page.locator("ins")).to_contain_text("mycket")
    axe(page)
    fits(page, PHONE["width"])
    page.get_by_role("link", name="Vad ändrades i version 1", exact=True).click()
    page.get_by_role("button", name="Ta tillbaka version 1").click()
    expect(page.get_by_label("Bakgrund")).to_have_value("Läget är gott.")
    assert words(2).background == "Läget är gott."


def test_a_section_that_was_taken_out_is_in_the_list_and_comes_back(sign_in: SignIn, page: Page) -> None:
    open_item(page, sign_in(page), "Lägesrapport")
    page.get_by_role("button", name="Ta ut §").click()
    page.get_by_text("En uttagen paragraf").click()
    axe(page)
    page.get_by_role("button", name="Ta tillbaka paragrafen Lägesrapport").click()
    expect(page.get_by_label("Rubrik", exact=True)).to_have_value("Lägesrapport")
    expect(page.locator("#paragraflista li")).to_have_count(3)


def test_three_hundred_sections_are_searched_and_written(
    sign_in: SignIn, page: Page, world: World, meeting: Meeting
) -> None:
    with world.database.writing() as session:
        minutes = queries.minutes(session, world.north.id, meeting.id)
        for number in range(297):
            operations.add_item(
                session, minutes, heading=f"Fråga nummer {number}", now=acting.AFTER, actor=acting.SONJA
            )
    page.goto(sign_in(page))
    expect(page.locator("#paragraflista li")).to_have_count(300)
    page.get_by_label("Sök paragraf").fill("nummer 288")
    expect(page.locator("#paragraflista li:visible")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Rubrik", exact=True)).to_have_value("Fråga nummer 288")
    page.get_by_label("Bakgrund").fill("Besvarad.")
    expect(page.locator("#papper")).to_contain_text("Besvarad.")
    axe(page)


def test_no_sections_at_all_is_a_page_that_says_so(sign_in: SignIn, page: Page, world: World, meeting: Meeting) -> None:
    with world.database.writing() as session:
        for row in acting.rows(session, queries.minutes(session, world.north.id, meeting.id)):
            operations.remove_item(session, row, now=acting.AFTER, actor=acting.SONJA)
    page.goto(sign_in(page))
    expect(page.get_by_text("Protokollet har inga paragrafer.")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Ta tillbaka paragrafen Lägesrapport").click()
    expect(page.get_by_label("Bakgrund")).to_have_value("Läget är gott.")


def test_who_comes_and_goes_is_noted_at_the_desk(sign_in: SignIn, page: Page) -> None:
    open_item(page, sign_in(page), "Lägesrapport")
    page.get_by_role("button", name="Paragrafen börjar nu").click()
    expect(page.get_by_text("Togs upp kl.")).to_be_visible()
    page.get_by_text("Anteckna vem som kommer och går, och jäv").click()
    axe(page)
    page.get_by_label("Vem går?").select_option(label="Maj Torn")
    page.locator("#rum-gar-kl").fill("inget klockslag")
    page.get_by_role("button", name="Går", exact=True).click()
    expect(page.get_by_text("Skriv klockslaget så här: 11.30.")).to_be_visible()
    page.get_by_text("Anteckna vem som kommer och går, och jäv").click()
    page.get_by_label("Vem är jävig?").select_option(label="Maj Torn")
    page.get_by_role("button", name="Anteckna jäv").click()
    expect(page.get_by_text("Maj Torn är jävig i paragrafen.")).to_be_visible()
