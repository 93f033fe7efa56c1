"""The tools over a text with light markup in a real browser: by keyboard, by button, taken back, saved and seen."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from paragraf.meetings.models import Meeting
from paragraf.minutes import queries
from tests.minutes import acting
from tests.parts.browser import DESK, PHONE, axe
from tests.parts.world import World

pytestmark = pytest.mark.browser
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
        planned = acting.plan(session, world.north)
        acting.usual_agenda(session, world.north, planned)
        acting.all_present(session, planned)
        acting.begin(session, planned)
    return planned


@pytest.fixture
def sign_in(app: Flask, world: World, meeting: Meeting, serve: Callable[[Flask], str]) -> SignIn:
    """``sign_in(page)``: the page is the secretary's; gives the address of the third §."""
    address = serve(app)
    with world.database.reading() as session:
        third = queries.items(session, queries.minutes(session, world.north.id, meeting.id))[2].row.id

    def give(page: Page) -> str:
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = f"{world.north.id}:{world.north.secretary.id}"
            session["_fresh"] = True
        cookie = client.get_cookie("paragraf")
        assert cookie is not None
        page.context.add_cookies([{"name": "paragraf", "value": cookie.value, "url": address}])
        return f"{address}/norrdal/moten/{meeting.id}/protokoll/?paragraf={third}"

    return give


def desk(page: Page, sign_in: SignIn) -> Locator:
    """The desk with a § open; gives the field of its background."""
    page.goto(sign_in(page))
    page.wait_for_load_state("load")
    return page.get_by_label("Bakgrund")


def choose(area: Locator, words: str) -> None:
    """Select the words in the field."""
    area.evaluate(
        "(area, words) => { const at = area.value.indexOf(words); area.focus();"
        " area.setSelectionRange(at, at + words.length); }",
        words,
    )


def tool(page: Page, name: str) -> Locator:
    return page.get_by_role("toolbar", name="Formatera texten").get_by_role("button", name=name)


def test_bold_by_keyboard_and_a_list_by_button_are_saved_and_shown(
    sign_in: SignIn, page: Page, world: World, meeting: Meeting
) -> None:
    area = desk(page, sign_in)
    area.fill("")
    page.keyboard.type("Läget är ")
    page.keyboard.press("Control+b")
    page.keyboard.type("mycket gott")
    page.keyboard.press("Control+b")
    page.keyboard.type(", och ")
    page.keyboard.press("Control+i")
    page.keyboard.type("bättre")
    page.keyboard.press("Control+i")
    page.keyboard.type(" än i fjol:")
    page.keyboard.press("Enter")
    tool(page, "Punktlista").click()
    page.keyboard.type("fler deltagare")
    page.keyboard.press("Enter")
    page.keyboard.type("kortare kö")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("Därefter.")
    typed = "Läget är **mycket gott**, och *bättre* än i fjol:\n- fler deltagare\n- kortare kö\nDärefter."
    expect(area).to_have_value(typed)
    paper = page.locator("#papper")
    expect(paper.locator("strong")).to_have_text("mycket gott")
    expect(paper.locator("em")).to_have_text("bättre")
    expect(paper.locator("ul > li")).to_have_text(["fler deltagare", "kortare kö"])
    expect(paper.get_by_text("Därefter.")).to_be_visible()
    expect(page.locator("#lage")).to_contain_text("Sparat")
    axe(page)
    with world.database.reading() as session:
        minutes = queries.minutes(session, world.north.id, meeting.id)
        assert queries.items(session, minutes)[2].words.background == typed
    page.reload()
    expect(area).to_have_value(typed)
    expect(paper.locator("strong")).to_have_text("mycket gott")


def test_everything_can_be_taken_back_and_done_again(sign_in: SignIn, page: Page) -> None:
    area = desk(page, sign_in)
    area.fill("ett\ntvå")
    choose(area, "ett")
    page.keyboard.press("Control+b")
    expect(area).to_have_value("**ett**\ntvå")
    page.keyboard.press("Control+a")
    tool(page, "Numrerad lista").click()
    expect(area).to_have_value("1. **ett**\n2. två")
    page.keyboard.press("Control+z")
    expect(area).to_have_value("**ett**\ntvå")
    page.keyboard.press("Control+z")
    expect(area).to_have_value("ett\ntvå")
    page.keyboard.press("Control+Shift+z")
    page.keyboard.press("Control+Shift+z")
    expect(area).to_have_value("1. **ett**\n2. två")
    expect(page.locator("#papper ol > li")).to_have_text(["ett", "två"])


@pytest.mark.parametrize(
    ("before", "chosen", "key", "after"),
    [
        ("Läget är gott.", "gott", "Control+b", "Läget är **gott**."),
        ("Läget är **gott**.", "gott", "Control+b", "Läget är gott."),
        ("Läget är **gott**.", "**gott**", "Control+b", "Läget är gott."),
        ("Läget är **gott**.", "gott", "Control+i", "Läget är ***gott***."),
        ("Läget är ***gott***.", "gott", "Control+b", "Läget är *gott*."),
        ("Läget är gott.", " är ", "Control+i", "Läget *är* gott."),
        ("- ett\n\n2. två", "- ett\n\n2. två", "Control+b", "- **ett**\n\n2. **två**"),
        ("- **ett**\n- **två**", "- **ett**\n- **två**", "Control+b", "- ett\n- två"),
        ("- ett", "- ett", "Control+b", "- **ett**"),
        ("Se lagen.", "lagen", "Control+k", "Se [lagen](https://)."),
        ("Se https://a.b här", "https://a.b", "Control+k", "Se [länkens text](https://a.b) här"),
    ],
)
def test_the_keys_mark_what_is_chosen(
    sign_in: SignIn, page: Page, before: str, chosen: str, key: str, after: str
) -> None:
    area = desk(page, sign_in)
    area.fill(before)
    choose(area, chosen)
    page.keyboard.press(key)
    expect(area).to_have_value(after)


def test_a_key_in_a_word_marks_the_word_and_the_cursor_stays(sign_in: SignIn, page: Page) -> None:
    area = desk(page, sign_in)
    area.fill("Läget")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Control+b")
    page.keyboard.type("+")
    expect(area).to_have_value("**Läge+t**")


@pytest.mark.parametrize(
    ("before", "name", "after"),
    [
        ("ett\n\ntvå", "Punktlista", "- ett\n\n- två"),
        ("- ett\n  - två", "Numrerad lista", "1. ett\n  2. två"),
        ("1. ett\n2. två", "Punktlista", "- ett\n- två"),
        ("- ett\n• två", "Punktlista", "ett\ntvå"),
        ("", "Numrerad lista", "1. "),
    ],
)
def test_the_list_buttons_turn_lines_into_items_and_back(
    sign_in: SignIn, page: Page, before: str, name: str, after: str
) -> None:
    area = desk(page, sign_in)
    area.fill(before)
    page.keyboard.press("Control+a")
    tool(page, name).click()
    expect(area).to_have_value(after)


def test_enter_counts_on_and_moves_the_numbers_that_follow(sign_in: SignIn, page: Page) -> None:
    area = desk(page, sign_in)
    area.fill("1. ett\n2. två\n  - djupare\n3. tre\n7. sju")
    choose(area, "ett")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.type("nytt")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("rad")
    after = "1. ett\n2. nytt\n   rad\n3. två\n  - djupare\n4. tre\n7. sju"
    expect(area).to_have_value(after.replace("   rad", "  rad"))
    expect(page.locator("#papper ol").first.locator("> li")).to_have_count(4)


def test_the_toolbar_is_one_stop_of_the_keyboard_and_its_buttons_can_be_hit(sign_in: SignIn, page: Page) -> None:
    area = desk(page, sign_in)
    page.get_by_label("Rubrik", exact=True).focus()
    page.keyboard.press("Tab")
    expect(tool(page, "Fet")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(tool(page, "Punktlista")).to_be_focused()
    page.keyboard.press("Enter")
    expect(area).to_be_focused()
    expect(area).to_have_value("- Läget är gott.")
    for button in page.get_by_role("toolbar").get_by_role("button").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_desk_with_a_formatted_text_is_accessible_and_fits(
    sign_in: SignIn, open_page: OpenPage, viewport: dict[str, int]
) -> None:
    page = open_page(viewport)
    desk(page, sign_in).fill(
        "**Förbundschefen** redogör för *läget*, se [lagen](https://lag.example/finsam).\n\n"
        "Under tertialet har\n1. 41 personer deltagit\n  - 25 kvinnor\n  - 16 män\n2. tolv gått vidare\n\nInget mer."
    )
    expect(page.locator("#papper li li")).to_have_count(2)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_without_script_the_marks_are_told(sign_in: SignIn, open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    area = desk(page, sign_in)
    expect(page.get_by_role("toolbar")).to_have_count(0)
    expect(page.get_by_text("Så formaterar du:")).to_be_visible()
    area.fill("**Fet** text")
    page.get_by_role("button", name="Spara", exact=True).last.click()
    expect(page.locator("#papper strong")).to_have_text("Fet")
