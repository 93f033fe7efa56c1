"""A form with repeated sections, tables, groups and a summary, in a real browser: at a desk and on a phone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Page, expect

from paragraf.applications import links, operations
from tests.parts.browser import DESK, PHONE, axe, shot
from tests.parts.world import NOW, World
from tests.questions.annexed import ANNEXED

pytestmark = pytest.mark.browser
Both = pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
BUDGET = {
    "lead": {"2027": "100 000", "2028": "200 000"},
    "premises": {"2027": "20 000", "2028": "0"},
    "fees": {"2027": "10 000", "2028": "0"},
    "own": {"2027": "30 000", "2028": "30 000"},
}


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """One engine is enough for a look at the pages."""
    place = tmp_path / "paragraf.sqlite3"
    shutil.copy(request.getfixturevalue("sqlite_template"), place)
    return f"sqlite:///{place}"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def link(app: Flask, world: World, serve: Callable[[Flask], str]) -> str:
    """The address of an application with two annexes, begun by somebody who has written in some of it."""
    address, home = serve(app), world.north
    parties = [str(home.municipality.id), str(home.region.id)]
    common = {"name": "Stegvis", "period": {"start": "2027-01-01", "end": "2028-12-31"}, "parties": parties}
    with world.database.writing() as session:
        operations.publish_form(session, association_id=home.id, source_text=ANNEXED, now=NOW, actor="Sonja Ekvall")
        application = operations.start(
            session, association=home.association, family_key="annexed", email="y@g.example", language="sv", now=NOW
        )
        for section, raw in {
            "common": {**common, "has_staff": "yes", "budget": BUDGET},
            "annex-1": {"annex-1-municipality": "Granvik", "annex-1-annex_budget": {"staff": {"2027": "5 000"}}},
        }.items():
            operations.save_section(
                session, application, section_id=section, raw=raw, base_version=application.version, now=NOW
            )
        operations.add_entry(session, application, "annex", now=NOW)
        return links.link_to(world.database.settings, application).replace("http://localhost", address)


def fits(page: Page) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"


def saved(page: Page) -> None:
    expect(page.locator("[data-save-state][data-is=saved]")).to_be_visible()


@Both
@pytest.mark.parametrize("part", ["", "common", "staff", "plan?visa=allt", "annex-1?visa=allt", "total", "granska"])
def test_its_pages_are_accessible_and_fit(
    link: str, open_page: Callable[..., Page], viewport: dict[str, int], part: str
) -> None:
    page = open_page(viewport)
    page.goto(link + part)
    axe(page)
    fits(page)
    shot(page, f"annexed-{part.partition('?')[0] or 'overview'}-{viewport['width']}")


def test_the_groups_and_what_is_applied_for_add_up_while_typing(link: str, page: Page) -> None:
    page.goto(link + "common")
    page.locator("[name='budget.support.2027']").fill("5 000,50")
    table = page.locator("table[data-budget=budget]")

    def sum_of(row: str, column: str) -> str:
        return (table.locator(f"tr[data-row={row}] [data-sum='{column}']").inner_text()).replace("\u00a0", " ")

    typed = [sum_of(row, "2027") for row in ("steering", "costs", "net", "funding", "applied")]
    assert typed == ["105 000,50 kr", "125 000,50 kr", "115 000,50 kr", "30 000 kr", "85 000,50 kr"]
    expect(page.locator("[data-incomplete=budget]")).to_be_visible()
    saved(page)
    assert [sum_of(row, "2027") for row in ("steering", "costs", "net", "funding", "applied")] == typed


def test_rows_are_added_in_place_and_their_sum_is_shown_while_typing(link: str, page: Page) -> None:
    page.goto(link + "plan")
    page.locator("[name='activities.0.goal']").fill("Kartlägga")
    page.locator("[name='activities.0.cost']").fill("1 000")
    page.get_by_role("button", name="Lägg till en rad").press("Enter")
    expect(page.locator("[name='activities.1.goal']")).to_be_focused()
    page.keyboard.type("Utbilda")
    page.locator("[name='activities.1.cost']").fill("tusen")
    expect(page.locator("[data-incomplete=activities]")).to_be_visible()
    page.locator("[name='activities.1.cost']").fill("2 000")
    expect(page.locator("[data-column-sum=cost]")).to_have_text("3\u00a0000\u00a0kr")
    saved(page)
    page.get_by_role("button", name="Lägg till en rad").click()
    expect(page.get_by_role("button", name="Lägg till en rad")).to_be_hidden()
    page.reload()
    expect(page.locator("[name='activities.1.goal']")).to_have_value("Utbilda")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("1 234,5", "1\u00a0234,5"),
        ("½", "0,5"),
        ("-3", "−3"),
        ("0012", "12"),
        ("1.234", "–"),
        ("tolv", "–"),
        ("12k", "–"),
    ],
)
def test_the_browser_and_the_server_read_a_number_alike(link: str, page: Page, typed: str, printed: str) -> None:
    page.goto(link + "plan")
    page.locator("[name='people.referred.women']").fill(typed)
    total = page.locator("table[data-table=people] [data-sum=whole]")
    expect(total).to_have_text(printed)
    saved(page)
    expect(total).to_have_text(printed)
    page.reload()
    expect(total).to_have_text(printed)


def test_text_in_a_row_that_was_never_sent_is_offered_with_its_row(link: str, page: Page, browser_watch: Any) -> None:
    browser_watch.allow("ERR_INTERNET_DISCONNECTED")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(link + "plan")
    page.context.set_offline(True)
    page.locator("[name='activities.0.goal']").fill("Kartlägga")
    page.get_by_role("button", name="Lägg till en rad").click()
    page.locator("[name='activities.1.goal']").fill("Utbilda")
    expect(page.get_by_text("Ingen kontakt.")).to_be_visible()
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(link + "plan")
    expect(page.locator("[name='activities.1.goal']")).to_have_count(0)
    page.get_by_role("button", name="Lägg tillbaka den").click()
    expect(page.locator("[name='activities.1.goal']")).to_have_value("Utbilda")
    saved(page)


def test_an_entry_is_added_taken_away_and_taken_back(link: str, page: Page) -> None:
    page.goto(link + "annex-1")
    page.locator("[name='annex-1-municipality']").fill("Ekdala")
    page.locator(".entry-tools").get_by_role("button", name="Lägg till: Bilaga").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bilaga 3")
    expect(page.locator(".form-nav")).to_contain_text("Kommunens bilaga: Ekdala")
    expect(page.get_by_role("button", name="Lägg till: Bilaga")).to_have_count(0)
    page.locator("[name='annex-3-municipality']").fill("Norrby")
    page.get_by_role("button", name="Ta bort Bilaga 3").click()
    expect(page.get_by_text("Avsnittet är borttaget ur ansökan.")).to_be_visible()
    axe(page)
    expect(page.locator(".form-steps")).not_to_contain_text("Norrby")
    page.get_by_role("button", name="Ta tillbaka det").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kommunens bilaga: Norrby")
    expect(page.locator("[name='annex-3-municipality']")).to_have_value("Norrby")


def test_a_section_is_asked_for_only_when_it_is_needed(link: str, page: Page) -> None:
    page.goto(link)
    expect(page.locator(".form-steps")).to_contain_text("Personal")
    page.goto(link + "common")
    page.get_by_label("Nej").check()
    page.get_by_role("button", name="Spara och fortsätt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Plan")
    expect(page.locator(".form-nav .form-steps")).not_to_contain_text("Personal")


def test_the_tools_type_the_marks_of_formatted_text(link: str, page: Page) -> None:
    page.goto(link + "staff")
    page.locator("[name=reason]").fill("viktigt")
    page.locator("[name=reason]").select_text()
    page.get_by_role("button", name="Fet").click()
    expect(page.locator("[name=reason]")).to_have_value("**viktigt**")
    saved(page)
    page.goto(link + "granska")
    expect(page.locator(".answers strong")).to_have_text("viktigt")


def test_without_script_the_buttons_do_all_of_it(link: str, open_page: Callable[..., Page]) -> None:
    page = open_page(DESK, java_script_enabled=False)
    page.goto(link + "plan")
    page.locator("[name='activities.0.goal']").fill("Kartlägga")
    page.get_by_role("button", name="Lägg till en rad").click()
    page.locator("[name='activities.1.goal']").fill("Utbilda")
    page.locator("[name='activities.1.cost']").fill("2 000")
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.locator("[data-column-sum=cost]")).to_have_text("2\u00a0000\u00a0kr")
    page.get_by_role("button", name="Ta bort rad 1").click()
    expect(page.locator("[name='activities.0.goal']")).to_have_value("Utbilda")
