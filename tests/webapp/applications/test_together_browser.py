"""Several on one application in a real browser, at a desk and on a phone; network and session gone while one writes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from forms.definitions import load
from paragraf.applications import links, operations, participants
from paragraf.applications.models import Application, Completion, CompletionQuestion, ParticipantRole
from paragraf.signing.models import Signatory
from tests.applications.acting import begin, fill_in, save, whole_answers
from tests.applications.signing import ready, send, sign
from tests.applications.test_saving import PAPERS
from tests.parts.browser import DESK, PHONE, axe, shot
from tests.parts.world import NOW, World
from tests.webapp.applications.test_browser import fits, saved

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
def address(app: Flask, serve: Callable[[Flask], str]) -> str:
    return serve(app)


def link_of(world: World, address: str, application: Application, participant: Any = None) -> str:
    return links.link_to(world.database.settings, application, participant).replace("http://localhost", address)


@pytest.fixture
def whole(address: str, world: World) -> str:
    """The link to an application that lacks nothing but its signatures."""
    with world.database.writing() as session:
        return link_of(world, address, ready(session, world.north))


@pytest.fixture
def draft(address: str, world: World) -> str:
    source = load("application_a").replace("      - id: truthful\n", PAPERS.lstrip("\n") + "      - id: truthful\n")
    with world.database.writing() as session:
        operations.publish_form(session, association_id=world.north.id, source_text=source, now=NOW, actor="Prov")
        return link_of(world, address, begin(session, world.north))


def look(page: Page, name: str) -> None:
    axe(page)
    fits(page)
    shot(page, f"{name}-{page.viewport_size['width'] if page.viewport_size else 0}")


@Both
def test_inviting_by_keyboard_and_the_page_of_those_who_take_part(
    draft: str, open_page: Callable[..., Page], viewport: dict[str, int]
) -> None:
    page = open_page(viewport)
    page.goto(draft + "medverkande")
    look(page, "people-empty")
    page.get_by_label("E-postadress").focus()
    page.keyboard.type("skribent@regionen.example")
    page.keyboard.press("Tab")
    page.keyboard.type("Siv Skribent")
    page.keyboard.press("Enter")
    expect(page.get_by_text("En länk är mejlad till skribent@regionen.example.")).to_be_visible()
    page.get_by_text("Ändra", exact=False).first.click()
    look(page, "people")
    page.goto(draft)
    expect(page.get_by_text("Siv Skribent: skriver")).to_be_visible()
    look(page, "overview-with-people")


@Both
def test_a_reader_sees_a_section_to_read(
    draft: str, address: str, world: World, open_page: Callable[..., Page], viewport: dict[str, int]
) -> None:
    with world.database.writing() as session:
        application = session.scalars(select(Application)).one()
        save(session, application, "operation", {"name": "Stegvis", "summary": "Kort om insatsen."})
        row = participants.invite(
            session, application, role=ParticipantRole.READER, email="las@regionen.example", now=NOW
        )
        theirs = link_of(world, address, application, row)
    page = open_page(viewport)
    page.goto(theirs + "operation")
    expect(page.get_by_text("Kort om insatsen.")).to_be_visible()
    expect(page.locator("textarea")).to_have_count(0)
    look(page, "reader")


@Both
def test_the_round_is_followed_changed_and_sent_again(
    whole: str, world: World, open_page: Callable[..., Page], viewport: dict[str, int]
) -> None:
    page = open_page(viewport)
    page.goto(whole + "granska")
    look(page, "review-signed")
    page.get_by_role("button", name="Skicka för underskrift").click()
    with world.database.writing() as session:
        sign(session, session.scalars(select(Signatory).order_by(Signatory.id)).first(), NOW)  # type: ignore[arg-type]
    page.reload()
    expect(page.get_by_text("1 av 2 har skrivit under.")).to_be_visible()
    look(page, "round-open")
    page.goto(whole + "operation")
    expect(page.locator("textarea")).to_have_count(0)
    look(page, "section-out")
    page.get_by_role("link", name="Ändra ansökan ändå").click()
    look(page, "section-anyway")
    page.get_by_label("Insatsens namn").fill("Steg för steg")
    saved(page)
    expect(page.locator("[data-save-state]")).to_contain_text("Underskrifterna räknas inte längre")
    page.goto(whole)
    expect(page.get_by_text("”Stegvis” blev ”Steg för steg”")).to_be_visible()
    look(page, "round-void")


@Both
def test_where_a_received_one_stands(
    whole: str, world: World, open_page: Callable[..., Page], viewport: dict[str, int]
) -> None:
    with world.database.writing() as session:
        application = session.scalars(select(Application)).one()
        for one in send(session, application).signatories:
            sign(session, one, NOW)
        own = application.association_id
        session.add(
            Completion(
                association_id=own,
                application_id=application.id,
                asked_at=NOW,
                asked_by="Sonja Ekvall",
                due_on=date(2026, 3, 20),
                base_version=application.version,
                questions=[
                    CompletionQuestion(
                        association_id=own, position=1, question_id="summary", asked="Skriv vilka som gör vad."
                    )
                ],
            )
        )
    page = open_page(viewport)
    page.goto(whole)
    expect(page.get_by_text("Sista dag för kompletteringen")).to_be_visible()
    look(page, "standing")
    page.goto(whole + "operation")
    expect(page.get_by_text("Skriv vilka som gör vad.")).to_be_visible()
    expect(page.locator("textarea")).to_have_count(1)
    look(page, "section-completion")
    page.get_by_label("Sammanfattning").fill("Kommunen leder, regionen bemannar.")
    saved(page)
    page.goto(whole + "aterta")
    look(page, "take-back")


@Both
def test_what_can_be_begun_stands_under_what_it_is_for(
    draft: str, address: str, world: World, open_page: Callable[..., Page], viewport: dict[str, int]
) -> None:
    with world.database.writing() as session:
        for key, purpose in (("behov", "analysis"), ("konferens", "registration")):
            source = load("application_a").replace("key: application_a", f"key: {key}", 1)
            source = source.replace("\nfacts:\n", f"\npurpose: {purpose}\nfacts:\n", 1)
            operations.publish_form(session, association_id=world.north.id, source_text=source, now=NOW, actor="Prov")
    page = open_page(viewport)
    page.goto(address + "/norrdal/ansok/")
    expect(page.get_by_role("heading", name="Anmäla ett behov")).to_be_visible()
    look(page, "begin")


# --- network, session, files -----------------------------------------------------------------------------------------


def test_ten_minutes_without_network_then_all_is_saved(draft: str, page: Page, browser_watch: Any) -> None:
    browser_watch.allow("ERR_INTERNET_DISCONNECTED")
    page.clock.install(time=datetime.now(UTC))
    page.goto(draft + "operation")
    page.context.set_offline(True)
    for minute in range(10):
        page.get_by_label("Insatsens namn").fill(f"Skrivet minut {minute}")
        page.clock.run_for(60_000)
    expect(page.get_by_text("Ingen kontakt.")).to_be_visible()
    page.context.set_offline(False)
    page.clock.run_for(10_000)
    expect(page.locator("[data-save-state][data-is=saved]")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Insatsens namn")).to_have_value("Skrivet minut 9")


def test_two_tabs_of_one_browser_lose_nothing(draft: str, page: Page) -> None:
    page.goto(draft + "operation")
    other = page.context.new_page()
    other.goto(draft + "operation")
    page.get_by_label("Insatsens namn").fill("I den ena fliken")
    saved(page)
    other.get_by_label("Sammanfattning").fill("I den andra fliken")
    saved(other)
    expect(other.get_by_label("Insatsens namn")).to_have_value("I den ena fliken")
    page.reload()
    expect(page.get_by_label("Sammanfattning")).to_have_value("I den andra fliken")


def test_a_forgotten_session_is_renewed_without_a_word(app: Flask, draft: str, page: Page, browser_watch: Any) -> None:
    browser_watch.allow("400")
    app.config["WTF_CSRF_ENABLED"] = True
    page.goto(draft + "operation")
    page.context.clear_cookies()
    page.get_by_label("Insatsens namn").fill("Skrivet efter lunchen")
    saved(page)
    page.context.clear_cookies()
    page.get_by_label("Sammanfattning").fill("Och efter kaffet")
    page.get_by_role("button", name="Spara och fortsätt").click()
    page.wait_for_load_state()
    if page.get_by_role("button", name="Skicka det jag skrev").count():
        axe(page)
        page.get_by_role("button", name="Skicka det jag skrev").click()
    page.goto(draft + "operation")
    expect(page.get_by_label("Sammanfattning")).to_have_value("Och efter kaffet")


def test_a_session_gone_at_submit_asks_for_one_press_more(app: Flask, draft: str, world: World, page: Page) -> None:
    with world.database.writing() as session:
        application = session.scalars(select(Application)).one()
        fill_in(session, application, whole_answers(world.north))
    app.config["WTF_CSRF_ENABLED"] = True
    page.goto(draft + "granska")
    page.context.clear_cookies()
    page.get_by_role("button", name="Skicka in ansökan").click()
    axe(page)
    shot(page, "one-press-more")
    page.get_by_role("button", name="Skicka det jag skrev").click()
    expect(page.get_by_text("Diarienummer 2026/1")).to_be_visible()


def test_a_large_file_is_told_at_once_and_without_script_after_it_is_sent(
    draft: str, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    large = tmp_path / "Stor film.pdf"
    large.write_bytes(b"%PDF-1.7\n" + bytes(45_000_000))
    page = open_page()
    page.goto(draft + "signatures")
    page.get_by_label("Välj en fil").set_input_files(large)
    expect(page.get_by_text("Filen Stor film.pdf är större än 10 MB")).to_be_visible()
    axe(page)
    shot(page, "too-large")
    plain = open_page(java_script_enabled=False)
    plain.goto(draft + "signatures")
    plain.get_by_label("Namnförtydligande").first.fill("Rut Lindmark")
    plain.get_by_label("Välj en fil").set_input_files(large)
    plain.get_by_role("button", name="Lägg till filen").click()
    expect(plain.get_by_text("Filen Stor film.pdf är större än 10 MB.")).to_be_visible()
    expect(plain.get_by_label("Namnförtydligande").first).to_have_value("Rut Lindmark")
