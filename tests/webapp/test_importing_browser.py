"""Earlier minutes in a real browser: from the file to the minutes, on a desk and on a phone, by axe."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Page, expect

from tests.importing.reading.test_layouts import MARKDOWN
from tests.parts.browser import PHONE, axe
from tests.parts.world import NOW, World

pytestmark = pytest.mark.browser


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """One engine is enough for a look at the pages."""
    place = tmp_path / "paragraf.sqlite3"
    shutil.copy(request.getfixturevalue("sqlite_template"), place)
    return f"sqlite:///{place}"


@pytest.fixture(autouse=True)
def _then() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def start(app: Flask, world: World, page: Page, serve: Callable[[Flask], str]) -> str:
    """The address where files are uploaded; the page is the secretary's."""
    address = serve(app)
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = f"{world.north.id}:{world.north.secretary.id}"
        session["_fresh"] = True
    cookie = client.get_cookie("paragraf")
    assert cookie is not None
    page.context.add_cookies([{"name": "paragraf", "value": cookie.value, "url": address}])
    return f"{address}/norrdal/protokoll/importera/"


def test_from_the_file_to_the_minutes(page: Page, start: str, tmp_path: Path) -> None:
    file = tmp_path / "protokoll.md"
    file.write_text(MARKDOWN.replace("§ 213", "§ 212"))
    page.goto(start)
    axe(page)
    page.get_by_label("Filer med protokoll").set_input_files(file)
    page.get_by_role("button", name="Läs filerna").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Granska protokoll.md")
    expect(page.get_by_text("§ 213 saknas.")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Ta in protokollet").click()
    # What hinders is told above the page, and leads to the field.
    page.get_by_role("link", name="§ 212: Flera paragrafer har samma nummer.").first.click()
    axe(page)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.locator("#m0-i2-number").fill("213")
    page.get_by_role("button", name="Ta in protokollet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Protokoll, Styrelsen 8 november 2012")
    expect(page.get_by_role("heading", name="§ 213 Ekonomisk rapport per 2012-10-31")).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
