"""The public notice board and the office's pages behind it in a real browser: by axe, at a desk and on a phone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Page

from tests.minutes import acting
from tests.parts.browser import DESK, PHONE, axe
from tests.parts.world import World
from tests.webapp.test_extracts import Verified

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """One engine is enough for a look at the pages."""
    place = tmp_path / "paragraf.sqlite3"
    shutil.copy(request.getfixturevalue("sqlite_template"), place)
    return f"sqlite:///{place}"


@pytest.fixture(autouse=True)
def _then() -> Iterator[None]:
    with time_machine.travel(acting.SIGNED + timedelta(days=1), tick=True):
        yield


@pytest.fixture
def verified(world: World) -> Verified:
    return Verified(world)


@pytest.fixture
def sign_in(app: Flask, world: World, serve: Callable[[Flask], str]) -> Callable[[Page], str]:
    """Sign the secretary in in the browser; the server's address."""
    address = serve(app)

    def give(page: Page) -> str:
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = f"{world.north.id}:{world.north.secretary.id}"
            session["_fresh"] = True
        cookie = client.get_cookie("paragraf")
        assert cookie is not None
        page.context.add_cookies([{"name": "paragraf", "value": cookie.value, "url": address}])
        return address

    return give


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_after_the_verification_is_accessible_and_fits(
    sign_in: Callable[[Page], str], open_page: OpenPage, verified: Verified, viewport: dict[str, int]
) -> None:
    page = open_page(viewport)
    address = sign_in(page)

    def look(path: str = "") -> None:
        if path:
            page.goto(address + path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]

    board = "/norrdal/anslagstavla"
    look(f"{verified.root}/offentligt")
    page.get_by_label("Ord att maskera").first.fill("Rut Lindvall")
    page.get_by_label("Skäl", exact=True).first.fill("OSL 26 kap.")
    page.get_by_role("button", name="Förhandsgranska").click()
    look()
    page.get_by_role("button", name="Gör den offentliga versionen").click()
    page.get_by_role("button", name="Publicera på anslagstavlan").click()
    look()
    for path in ("/", "/alla", "/arkiv/", f"/{verified.notice_id}/", f"/{verified.notice_id}/protokoll/"):
        look(board + path)
    look(f"{verified.root}/utdrag")
    page.get_by_label("§ 626 Val av justerare").check()
    page.get_by_role("button", name="Bestyrk utdraget").click()
    page.locator("summary").first.click()
    look()
    look("/norrdal/utdrag/")
    look(f"{verified.root}/")
