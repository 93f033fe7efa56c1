"""The page of two versions in a real browser: seen by axe, at a desk and on a phone, walked by keyboard, on paper."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from paragraf.register.models import Direction, DocumentKind, MatterKind
from paragraf.register.operations import file_document, open_matter
from paragraf.register.uploads import ACCEPTED
from tests.parts.browser import DESK, PHONE, axe, shot
from tests.parts.world import NOW, World
from tests.word.comparing.test_office import two_minutes

pytestmark = pytest.mark.browser


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """One engine is enough for a look at the pages."""
    place = tmp_path / "paragraf.sqlite3"
    shutil.copy(request.getfixturevalue("sqlite_template"), place)
    return f"sqlite:///{place}"


@pytest.fixture
def matter(world: World) -> str:
    """The address of a matter with two versions of minutes."""
    with world.database.writing() as session:
        found = open_matter(
            session,
            association_id=world.north.id,
            kind=MatterKind.MEETING,
            title="Styrelsens sammanträde",
            counterpart="",
            now=NOW,
            actor="Prov",
        )
        for number, content in enumerate(two_minutes(), 1):
            file_document(
                session,
                association_id=world.north.id,
                matter=found,
                kind=DocumentKind.MINUTES,
                direction=Direction.MADE,
                title=f"Protokoll, utkast {number}",
                filename=f"protokoll-{number}.docx",
                media_type=ACCEPTED[".docx"],
                content=content,
                now=NOW,
                actor="Prov",
            )
    return f"/norrdal/arenden/{found.year}/{found.number}/"


@pytest.fixture
def sign_in(app: Flask, world: World, serve: Callable[[Flask], str]) -> Callable[[Page], str]:
    """``sign_in(page)``: the page is the secretary's; gives the address of the site."""
    site = serve(app)

    def give(page: Page) -> str:
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = f"{world.north.id}:{world.north.secretary.id}"
            session["_fresh"] = True
        cookie = client.get_cookie("paragraf")
        assert cookie is not None
        page.context.add_cookies([{"name": "paragraf", "value": cookie.value, "url": site}])
        return site

    return give


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_two_versions_are_chosen_read_and_walked_through(
    sign_in: Callable[[Page], str], open_page: Callable[..., Page], matter: str, viewport: dict[str, int]
) -> None:
    page = open_page(viewport)
    page.goto(f"{sign_in(page)}{matter}")
    axe(page)
    page.get_by_role("button", name="Jämför").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jämförelse av två versioner")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    columns = page.locator(".change .pair").first.locator(".side")
    left, right = (columns.nth(number).bounding_box() for number in (0, 1))
    assert left
    assert right
    if viewport is DESK:
        assert right["x"] > left["x"] + left["width"] - 1
    else:
        assert right["y"] >= left["y"] + left["height"]
    page.get_by_role("link", name="Till första ändringen").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#andring-1")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#andring-2")).to_be_focused()
    for folded in page.locator("details.unchanged > summary").all():
        folded.press("Enter")
    axe(page)


def test_the_file_is_fetched_and_paper_shows_the_changes(
    sign_in: Callable[[Page], str], page: Page, matter: str
) -> None:
    page.goto(f"{sign_in(page)}{matter}")
    page.get_by_role("button", name="Jämför").click()
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Hämta som Word med spårade ändringar").click()
    assert fetched.value.suggested_filename == "Jämförelse – protokoll-2.docx"
    page.emulate_media(media="print")
    expect(page.locator(".change-jump").first).to_be_hidden()
    expect(page.locator("ins").first).to_be_visible()
    shot(page, "comparing-print")
