"""The office's pages about applications in a real browser: seen by axe at a desk and on a phone, used by keyboard."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from forms.definitions import load
from paragraf.applications import links, operations
from paragraf.applications.models import Application
from paragraf.duties.operations import adopt_standard_rules
from tests.applications.acting import begin, fill_in, submit, whole_answers
from tests.applications.handling import write
from tests.parts.browser import DESK, PHONE, axe
from tests.parts.world import NOW, SINCE, World

pytestmark = pytest.mark.browser
Both = pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
PLACE = "/norrdal/ansokningar/2026/1/"


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
def address(app: Flask, world: World, serve: Callable[[Flask], str]) -> str:
    """Where the program answers; one application has come in."""
    with world.database.writing() as session:
        adopt_standard_rules(session, world.north.id, valid_from=SINCE)
        operations.publish_form(
            session, association_id=world.north.id, source_text=load("application_a"), now=NOW, actor="Sonja Ekvall"
        )
        application = begin(session, world.north)
        fill_in(session, application, whole_answers(world.north))
        submit(session, application)
    return serve(app)


@pytest.fixture
def signed_in(app: Flask, world: World, address: str, page: Page) -> Page:
    """The secretary's browser."""
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    person = world.north.secretary
    cookie = serializer.dumps({"_user_id": f"{person.association_id}:{person.id}", "_fresh": True})
    page.context.add_cookies([{"name": app.config["SESSION_COOKIE_NAME"], "value": cookie, "url": address}])
    return page


def seen(page: Page) -> None:
    """axe finds nothing, and nothing has to be scrolled sideways."""
    axe(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"


@Both
def test_the_office_asks_and_reads_the_answer(
    signed_in: Page, world: World, address: str, viewport: dict[str, int]
) -> None:
    page = signed_in
    page.set_viewport_size(viewport)  # type: ignore[arg-type]
    page.goto(f"{address}/norrdal/ansokningar/?fran=12.000")
    seen(page)
    page.goto(address + PLACE)
    seen(page)
    page.get_by_role("link", name="Begär komplettering").press("Enter")
    page.get_by_role("button", name="Skicka begäran").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Skriv sista dagen")
    seen(page)
    page.get_by_role("checkbox", name=re.compile("Ska kompletteras.*Syfte")).press("Space")
    page.get_by_role("textbox", name=re.compile("Vad som fattas.*Syfte")).press_sequentially("Vilka ska nås?")
    page.get_by_label("Sista dag").fill(date(2026, 3, 16).isoformat())
    page.get_by_role("button", name="Skicka begäran").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kompletteringar av Stegvis")
    seen(page)
    with world.database.writing() as session:
        application = session.scalars(select(Application)).one()
        link = links.link_to(world.database.settings, application).replace("http://localhost", address)
        write(session, application, purpose="Unga vuxna i två kommuner.")
    page.goto(link + "komplettering")
    seen(page)
    page.get_by_role("button", name="Skicka in kompletteringen").press("Enter")
    expect(page.get_by_text(re.compile("Kompletteringen kom in"))).to_be_visible()
    seen(page)
    page.goto(f"{address}{PLACE}kompletteringar/")
    expect(page.get_by_text("Unga vuxna i två kommuner.")).to_be_visible()
    seen(page)
    page.goto(f"{address}{PLACE}utskrift")
    seen(page)
