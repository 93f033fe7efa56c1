"""The application's pages in a real browser: seen by axe, at a desk and on a phone, written in with and without script.

Tests ask for ``link``, which serves, before the pages, so that these close before the server does.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from forms.definitions import load
from paragraf.applications import links, operations
from paragraf.applications.models import Application, ApplicationRevision
from paragraf.grants import operations as grants
from paragraf.meetings.operations import plan_meeting
from tests.applications.acting import begin, decide, fill_in, save, whole_answers
from tests.parts.browser import DESK, PHONE, axe, shot
from tests.parts.world import NOW, World

pytestmark = pytest.mark.browser
Both = pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])


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
    """The address of an application that was begun, with a slash at the end; served over HTTP."""
    address = serve(app)
    with world.database.writing() as session:
        operations.publish_form(
            session,
            association_id=world.north.id,
            source_text=load("application_a"),
            now=NOW,
            actor="Sonja Ekvall",
        )
        application = begin(session, world.north)
        return links.link_to(world.database.settings, application).replace("http://localhost", address)


@pytest.fixture
def fill(world: World) -> Callable[..., None]:
    """``fill(**changes)``: write every answer into the application, as if by somebody else."""

    def write(**changes: Any) -> None:
        with world.database.writing() as session:
            application = session.scalars(select(Application)).one()
            fill_in(session, application, whole_answers(world.north) | changes)

    return write


def fits(page: Page) -> None:
    """Nothing has to be scrolled sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"


def saved(page: Page) -> None:
    expect(page.locator("[data-save-state][data-is=saved]")).to_be_visible()


@Both
@pytest.mark.parametrize(
    "part", ["", "applicant?visa=allt", "operation", "cooperation", "costs", "signatures", "granska"]
)
def test_an_empty_application_is_accessible_and_fits(
    link: str, open_page: Callable[..., Page], viewport: dict[str, int], part: str
) -> None:
    page = open_page(viewport)
    page.goto(link + part)
    axe(page)
    fits(page)


@Both
@pytest.mark.parametrize("part", ["", "costs?visa=allt", "signatures?fler=signatories", "granska"])
def test_a_filled_application_is_accessible_and_fits(
    link: str, fill: Callable[..., None], open_page: Callable[..., Page], viewport: dict[str, int], part: str
) -> None:
    fill(budget={"personnel": {"2026": "ungefär tio tusen", "2027": "290 000"}, "premises": {"2026": "10"}})
    page = open_page(viewport)
    page.goto(link + part)
    axe(page)
    fits(page)


@Both
def test_beginning_and_submitting_are_accessible_and_fit(
    link: str, fill: Callable[..., None], open_page: Callable[..., Page], viewport: dict[str, int]
) -> None:
    fill()
    page = open_page(viewport)
    page.goto(link.split("/ansokan/")[0] + "/norrdal/ansok/")
    axe(page)
    fits(page)
    shot(page, f"choose-{viewport['width']}")
    page.goto(link + "granska")
    page.get_by_role("button", name="Skicka in ansökan").click()
    expect(page.get_by_text("Diarienummer 2026/1")).to_be_visible()
    axe(page)
    fits(page)


@Both
def test_the_office_pages_are_accessible_and_fit(
    link: str,
    fill: Callable[..., None],
    app: Flask,
    world: World,
    open_page: Callable[..., Page],
    viewport: dict[str, int],
) -> None:
    fill()
    starts = datetime(2026, 4, 9, 7, 0, tzinfo=UTC)
    with world.database.writing() as session:
        application = session.scalars(select(Application)).one()
        operations.submit(session, application, version=application.version, now=NOW)
        plan_meeting(
            session,
            body=world.north.board,
            starts_at=starts,
            ends_at=starts + timedelta(hours=3),
            place="Kommunhuset",
            now=NOW,
            actor="Sonja Ekvall",
        )
    page, address = open_page(viewport), link.split("/ansokan/")[0]
    sign_in(page, app, world, address)
    page.goto(f"{address}/norrdal/ansokningar/")
    axe(page)
    fits(page)
    shot(page, f"office-list-{viewport['width']}")
    page.get_by_role("link", name="Stegvis").click()
    axe(page)
    fits(page)
    shot(page, f"office-show-{viewport['width']}")
    page.get_by_role("button", name="Sätt upp").click()
    expect(page.get_by_text("står nu på dagordningen för Styrelsen")).to_be_visible()
    axe(page)


@Both
def test_a_granted_application_is_accessible_and_fits(
    link: str,
    fill: Callable[..., None],
    app: Flask,
    world: World,
    open_page: Callable[..., Page],
    viewport: dict[str, int],
) -> None:
    fill()
    with world.database.writing() as session:
        application = session.scalars(select(Application)).one()
        operations.submit(session, application, version=application.version, now=NOW)
        grants.grant(
            session,
            application=application,
            decision=decide(session, world.north),
            years={2026: 12_000_000, 2027: 20_000_000},
            conditions=["att ett avtal mellan parterna skrivs före start"],
            decided_on=date(2026, 2, 12),
            now=NOW,
            actor="Paragraf",
        )
    page, address = open_page(viewport), link.split("/ansokan/")[0]
    page.goto(link)
    axe(page)
    fits(page)
    shot(page, f"granted-{viewport['width']}")
    sign_in(page, app, world, address)
    page.goto(f"{address}/norrdal/ansokningar/2026/1/")
    axe(page)
    fits(page)
    shot(page, f"granted-office-{viewport['width']}")
    page.get_by_role("button", name="Uppfyllt", exact=True).click()
    expect(page.get_by_text("Villkoret är avgjort.")).to_be_visible()


def sign_in(page: Page, app: Flask, world: World, address: str) -> None:
    """The page becomes the secretary's."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = f"{world.north.id}:{world.north.secretary.id}"
        session["_fresh"] = True
    cookie = client.get_cookie("paragraf")
    assert cookie is not None
    page.context.add_cookies([{"name": "paragraf", "value": cookie.value, "url": address}])


# --- writing ----------------------------------------------------------------------------------------------------------


def test_what_is_typed_is_saved_by_itself_within_a_second_or_so(link: str, page: Page) -> None:
    page.goto(link + "operation")
    page.get_by_label("Insatsens namn").fill("Stegvis")
    saved(page)
    expect(page.locator("[data-save-state]")).to_have_text(re.compile(r"Sparat 10\.0\d"))
    expect(page.locator('[data-state="operation"]')).to_have_text("1 fråga kvar")
    page.reload()
    expect(page.get_by_label("Insatsens namn")).to_have_value("Stegvis")


def test_what_was_typed_before_the_script_came_is_saved_too(link: str, page: Page) -> None:
    waiting: list[Route] = []
    page.route("**/js/application.js", lambda route: waiting.append(route))
    page.goto(link + "operation", wait_until="commit")
    page.get_by_label("Insatsens namn").fill("Stegvis")
    # The page's script comes when the words are there already.
    while not waiting:
        page.wait_for_timeout(50)
    for route in waiting:
        route.continue_()
    page.unroute_all()
    saved(page)
    page.reload()
    expect(page.get_by_label("Insatsens namn")).to_have_value("Stegvis")


def test_words_are_counted_while_typing(link: str, page: Page) -> None:
    page.goto(link + "operation")
    page.get_by_label("Sammanfattning").fill("ett två tre")
    expect(page.locator('[data-count-for="summary"]')).to_have_text("3 av högst 200 ord")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("410 000 kr", "410\u00a0000\u00a0kr"),
        ("410\u00a0000", "410\u00a0000\u00a0kr"),
        ("5 776 tkr", "5\u00a0776\u00a0000\u00a0kr"),
        ("2,2 milj", "2\u00a0200\u00a0000\u00a0kr"),
        ("1½ miljoner", "1\u00a0500\u00a0000\u00a0kr"),
        ("12,50", "12,50\u00a0kr"),
        ("0", "0\u00a0kr"),
        ("12.000", "–"),
        ("ungefär tio tusen", "–"),
        ("-5", "–"),
        ("999999999999999999", "–"),
        ("", "–"),
    ],
)
def test_the_browser_and_the_server_read_an_amount_alike(link: str, page: Page, typed: str, printed: str) -> None:
    page.goto(link + "costs")
    total = page.locator('tr[data-row="personnel"] [data-sum="total"]')
    page.get_by_label("Personal 2026").fill(typed)
    expect(total).to_have_text(printed)
    page.get_by_role("button", name="Spara", exact=True).last.click()
    page.wait_for_load_state()
    assert page.content().count("<table") == 1
    expect(page.locator('tr[data-row="personnel"] [data-sum="total"]')).to_have_text(printed)


def test_the_cost_table_adds_up_while_typing(link: str, page: Page) -> None:
    page.goto(link + "costs")
    page.get_by_label("Personal 2026").fill("120 000 kr")
    page.get_by_label("Personal 2027").fill("290 000")
    page.get_by_label("Intäkter 2026").fill("10 tkr")
    net = page.locator('tr[data-kind="net"]')
    expect(net.locator('[data-sum="2026"]')).to_have_text("110\u00a0000\u00a0kr")
    expect(net.locator('[data-sum="2027"]')).to_have_text("290\u00a0000\u00a0kr")
    expect(net.locator('[data-sum="2028"]')).to_have_text("–")
    expect(net.locator('[data-sum="total"]')).to_have_text("400\u00a0000\u00a0kr")
    expect(page.get_by_text("Summorna är inte fullständiga än")).to_be_visible()
    saved(page)
    expect(net.locator('[data-sum="total"]')).to_have_text("400\u00a0000\u00a0kr")


def test_an_amount_as_text_is_told_at_its_field_when_one_has_left_it(link: str, page: Page) -> None:
    page.goto(link + "costs")
    page.get_by_label("Personal 2026").fill("ungefär tio tusen")
    page.get_by_label("Personal 2027").focus()
    expect(page.get_by_text("”ungefär tio tusen” går inte att läsa som ett belopp.")).to_be_visible()
    page.get_by_label("Personal 2026").fill("10 000")
    expect(page.get_by_text("går inte att läsa som ett belopp.")).to_be_hidden()


def test_without_contact_the_text_stays_and_is_saved_when_it_is_back(link: str, page: Page, browser_watch: Any) -> None:
    browser_watch.allow("ERR_INTERNET_DISCONNECTED")
    page.goto(link + "operation")
    page.context.set_offline(True)
    page.get_by_label("Insatsens namn").fill("Skrivet på tåget")
    expect(page.get_by_text("Ingen kontakt.")).to_be_visible()
    page.context.set_offline(False)
    saved(page)
    page.reload()
    expect(page.get_by_label("Insatsens namn")).to_have_value("Skrivet på tåget")


def test_text_that_was_never_sent_is_offered_when_one_comes_back(link: str, page: Page, browser_watch: Any) -> None:
    browser_watch.allow("ERR_INTERNET_DISCONNECTED")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(link + "operation")
    page.context.set_offline(True)
    page.get_by_label("Insatsens namn").fill("Skrivet på tåget")
    expect(page.get_by_text("Ingen kontakt.")).to_be_visible()
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(link + "operation")
    expect(page.get_by_label("Insatsens namn")).to_have_value("")
    page.get_by_role("button", name="Lägg tillbaka den").click()
    expect(page.get_by_label("Insatsens namn")).to_have_value("Skrivet på tåget")
    saved(page)


def test_what_somebody_else_writes_in_another_question_comes_in_by_itself(link: str, page: Page, world: World) -> None:
    page.goto(link + "operation")
    with world.database.writing() as session:
        save(session, session.scalars(select(Application)).one(), "operation", {"name": "Stegvis"})
    page.get_by_label("Sammanfattning").fill("Kort om insatsen")
    saved(page)
    expect(page.get_by_label("Insatsens namn")).to_have_value("Stegvis")
    page.get_by_label("Sammanfattning").fill("Kort om insatsen, igen")
    expect(page.locator("[data-save-state]")).to_have_text("Inte sparat än")
    saved(page)
    with world.database.reading() as session:
        answers = session.scalars(select(ApplicationRevision.answers).order_by(ApplicationRevision.id.desc())).first()
    assert answers == {"name": "Stegvis", "summary": "Kort om insatsen, igen"}


@Both
def test_two_who_write_the_same_answer_see_both(
    link: str, world: World, open_page: Callable[..., Page], viewport: dict[str, int]
) -> None:
    page = open_page(viewport)
    page.goto(link + "operation")
    with world.database.writing() as session:
        save(session, session.scalars(select(Application)).one(), "operation", {"name": "Stegvis"})
    page.get_by_label("Insatsens namn").fill("Steg för steg")
    page.get_by_role("button", name="Visa båda svaren").click()
    expect(page.locator(".theirs")).to_have_text("Stegvis")
    expect(page.get_by_label("Insatsens namn")).to_have_value("Steg för steg")
    axe(page)
    fits(page)
    shot(page, f"both-{viewport['width']}")
    page.get_by_role("button", name="Spara", exact=True).last.click()
    page.wait_for_load_state()
    expect(page.get_by_label("Insatsens namn")).to_have_value("Steg för steg")


def test_without_script_the_buttons_do_all_of_it(link: str, open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(link + "costs")
    page.get_by_label("Personal 2026").fill("120 000")
    page.get_by_role("button", name="Spara", exact=True).last.click()
    expect(page.locator('tr[data-kind="net"] [data-sum="total"]')).to_have_text("120\u00a0000\u00a0kr")
    page.get_by_role("button", name="Spara och fortsätt").click()
    expect(page.get_by_role("heading", name="Underskrifter")).to_be_visible()
