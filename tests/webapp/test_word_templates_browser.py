"""The whole way in a real browser: download, misspell, see the fault, upload the right one, look, switch, go back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Page, expect

from paragraf.core import clock
from paragraf.demonstration.templates import logo
from paragraf.duties.operations import adopt_standard_rules
from paragraf.meetings.models import Meeting
from paragraf.templates import previews
from tests.minutes import acting
from tests.parts.browser import DESK, PHONE, axe
from tests.parts.world import SINCE, World
from tests.templates.changing import with_text
from tests.word import files

pytestmark = pytest.mark.browser
SignIn = Callable[[Page], str]
OpenPage = Callable[..., Page]
BOTH = pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])


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
    """A meeting whose minutes are begun."""
    with world.database.writing() as session:
        adopt_standard_rules(session, world.north.id, valid_from=SINCE)
        planned = acting.plan(session, world.north)
        acting.usual_agenda(session, world.north, planned)
        acting.all_present(session, planned)
        acting.begin(session, planned)
    return planned


@pytest.fixture
def sign_in(app: Flask, world: World, serve: Callable[[Flask], str]) -> SignIn:
    """``sign_in(page)``: the page is the secretary's; gives the address of the association."""
    address = serve(app)

    def give(page: Page) -> str:
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = f"{world.north.id}:{world.north.secretary.id}"
            session["_fresh"] = True
        cookie = client.get_cookie("paragraf")
        assert cookie is not None
        page.context.add_cookies([{"name": "paragraf", "value": cookie.value, "url": address}])
        return f"{address}/norrdal"

    return give


def changed(content: bytes, *texts: str) -> bytes:
    """What Word would save after some lines were added."""
    document: Any = docx.Document(BytesIO(content))
    for line in texts:
        document.add_paragraph(line)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def upload(page: Page, content: bytes, remark: str = "") -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    page.get_by_label("Mallen som Word-fil").set_input_files({"name": "a.docx", "mimeType": kind, "buffer": content})
    page.get_by_label("Vad är ändrat?").fill(remark)
    page.get_by_role("button", name="Ladda upp och kontrollera").click()


def fits(page: Page) -> None:
    axe(page)
    size = page.viewport_size
    assert size is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def make_previews(world: World) -> None:
    assert previews.make_due(world.database, now=clock.now()) > 0


@pytest.mark.office
@BOTH
def test_a_template_is_changed_seen_used_and_taken_back(
    sign_in: SignIn, open_page: OpenPage, world: World, meeting: Meeting, viewport: dict[str, int]
) -> None:
    page = open_page(viewport)
    home = sign_in(page)
    page.goto(f"{home}/mallar/")
    fits(page)
    page.get_by_role("link", name="Protokoll", exact=True).click()
    fits(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Hämta mallen", exact=True).click()
    template = Path(download.value.path()).read_bytes()

    upload(page, changed(template, "Datum {{ meting_date }}"), "Datum på slutet")
    faults = page.get_by_role("alert")
    expect(faults).to_contain_text("Menade du ”meeting_date”?")
    expect(faults.locator("code")).to_have_text("{{ meeting_date }}")
    fits(page)

    upload(page, changed(template, "Datum {{ meeting_date }}"), "Datum på slutet")
    expect(page.get_by_role("heading", level=1)).to_have_text("Protokoll, version 1")
    expect(page.get_by_text("Förhandsvisningen av version 1 görs")).to_be_visible()
    fits(page)
    make_previews(world)
    # The page finds out by itself.
    expect(page.get_by_text("Sida 1, version 1")).to_be_visible()
    expect(page.get_by_text("Sida 1, den medföljande (används nu)")).to_be_visible()
    expect(page.get_by_role("link", name="Exempel som PDF")).to_be_visible()
    assert page.locator(".pages img").first.evaluate("image => image.decode().then(() => image.naturalWidth)") == 900
    page.get_by_text("Som text", exact=True).click()
    expect(page.locator(".reading")).to_contain_text("Datum 10 september 2026")
    fits(page)

    page.get_by_role("button", name="Använd den här mallen").click()
    expect(page.get_by_text("Dokumenten görs nu från version 1.")).to_be_visible()
    draft = f"{home}/moten/{meeting.id}/protokoll/utkast.docx"
    assert files.texts(page.request.get(draft).body())[-1] == "Datum 9 april 2026"
    page.get_by_role("button", name="Gå tillbaka till den medföljande").click()
    expect(page.get_by_text("Dokumenten görs nu från den mall som följer med programmet.")).to_be_visible()
    assert files.texts(page.request.get(draft).body())[-1] != "Datum 9 april 2026"
    fits(page)


def test_all_of_it_works_without_script(sign_in: SignIn, open_page: OpenPage, world: World) -> None:
    page = open_page(DESK, java_script_enabled=False)
    page.goto(f"{sign_in(page)}/mallar/minutes/")
    expect(page.get_by_label("Sök bland fälten")).to_be_hidden()
    upload(page, with_text("minutes", "Vår egen rad."))
    with world.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE template_preview SET done_at = requested_at")
    page.get_by_role("link", name="Titta igen").first.click()
    expect(page.get_by_text("Förhandsvisningen av version 1 görs")).to_be_hidden()
    page.get_by_role("button", name="Använd den här mallen").click()
    expect(page.get_by_text("Dokumenten görs nu från version 1.")).to_be_visible()


def test_fields_are_found_and_copied(sign_in: SignIn, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{sign_in(page)}/mallar/minutes/")
    search = page.get_by_label("Sök bland fälten")
    search.fill("villkor")
    expect(page.get_by_role("status").last).to_have_text("Antal fält som visas: 1")
    page.get_by_role("button", name="Kopiera").locator("visible=true").click()
    expect(page.get_by_text("Kopierat")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "{%p for condition in item.conditions %}\n{{ condition }}\n{%p endfor %}"
    axe(page)
    search.fill("")
    expect(page.get_by_text("{{ association }}", exact=True)).to_be_visible()


@BOTH
def test_the_logo_is_put_in_and_removed(sign_in: SignIn, open_page: OpenPage, viewport: dict[str, int]) -> None:
    page = open_page(viewport)
    page.goto(f"{sign_in(page)}/mallar/")
    page.get_by_role("link", name="Lägg in logotyp").click()
    fits(page)
    expect(page.get_by_label("Vad säger bilden?")).to_have_value("Samordningsförbundet Norrdal")
    page.get_by_label("Bild", exact=True).set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": logo()})
    page.get_by_role("button", name="Spara logotypen").click()
    shown = page.get_by_role("img", name="Samordningsförbundet Norrdal")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.naturalWidth") == 360
    fits(page)
    page.get_by_role("button", name="Ta bort logotypen").click()
    expect(page.get_by_text("Ingen logotyp är inlagd.")).to_be_visible()
