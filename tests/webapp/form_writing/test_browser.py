"""Writing forms in a real browser: seen by axe at a desk and on a phone, written by keyboard, saved by itself.

Tests ask for ``home``, which serves, before the pages, so that these close before the server does.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from forms.definitions import load
from paragraf.applications.models import Application, LatePolicy
from paragraf.applications.offered import calling
from paragraf.applications.offered.call_rules import NewCall
from paragraf.applications.offered.form_drafts import begin_draft, save_draft
from paragraf.applications.offered.publishing import publish_form
from paragraf.questions.models import FormDraft
from tests.applications.acting import begin, fill_in, whole_answers
from tests.applications.offered.test_carrying import CHANGED
from tests.parts.browser import DESK, PHONE, axe, shot
from tests.parts.world import NOW, World

pytestmark = pytest.mark.browser
Both = pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
SOURCE = load("application_a")
FAULTY = CHANGED.replace("kind: long_text", "kind: long_txt", 1).replace("max_words: 25", "max_words: många", 1)


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
def home(app: Flask, world: World, serve: Callable[[Flask], str]) -> str:
    """The association's address, with form A published and one application begun on it."""
    address = serve(app)
    with world.database.writing() as session:
        publish_form(session, association_id=world.north.id, source_text=SOURCE, now=NOW, actor="Sonja Ekvall")
        application = begin(session, world.north)
        fill_in(session, application, whole_answers(world.north))
    return f"{address}/norrdal/"


@pytest.fixture
def office(app: Flask, world: World, home: str, open_page: Callable[..., Page]) -> Callable[[dict[str, int]], Page]:
    """``office(viewport)``: a page where the secretary is signed in."""

    def opened(viewport: dict[str, int]) -> Page:
        page = open_page(viewport)
        sign_in(page.context, app, world, home)
        return page

    return opened


def sign_in(context: BrowserContext, app: Flask, world: World, home: str) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = f"{world.north.id}:{world.north.secretary.id}"
        session["_fresh"] = True
    cookie = client.get_cookie("paragraf")
    assert cookie is not None
    context.add_cookies([{"name": "paragraf", "value": cookie.value, "url": home.removesuffix("norrdal/")}])


def write(world: World, source: str) -> int:
    with world.database.writing() as session:
        return begin_draft(session, association_id=world.north.id, source=source, now=NOW, actor="Sonja Ekvall").id


def fits(page: Page) -> None:
    """Nothing has to be scrolled sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"


def saved(page: Page) -> None:
    expect(page.locator("[data-save-state][data-is=saved]")).to_be_visible()


@Both
def test_every_page_is_accessible_and_fits(
    world: World, home: str, office: Callable[..., Page], viewport: dict[str, int]
) -> None:
    faulty, changed = write(world, FAULTY), write(world, CHANGED)
    with world.database.writing() as session:
        family = session.get_one(FormDraft, changed).family
        assert family is not None
        new = NewCall("Medel 2027", "Sök nu.", NOW - timedelta(1), NOW + timedelta(20), LatePolicy.REFUSE)
        call = calling.make_call(session, family, new, now=NOW, actor="Sonja Ekvall")
        family_id, call_id = family.id, call.id
    page = office(viewport)
    for name, place in {
        "list": "formular/",
        "form": f"formular/{family_id}/",
        "faults": f"formular/utkast/{faulty}/",
        "write": f"formular/utkast/{changed}/",
        "preview": f"formular/utkast/{changed}/visning?avsnitt=costs&sprak=en",
        "publish": f"formular/utkast/{changed}/publicera",
        "calls": "utlysningar/",
        "call": f"utlysningar/{call_id}/",
        "new-call": "utlysningar/ny",
        "begin": "ansok/",
    }.items():
        answer = page.goto(home + place)
        assert answer is not None
        assert answer.status == 200, place
        axe(page)
        fits(page)
        shot(page, f"forms-{name}-{viewport['width']}")


@Both
def test_the_applicants_pages_about_a_new_version_are_accessible_and_fit(
    world: World, app: Flask, home: str, open_page: Callable[..., Page], viewport: dict[str, int]
) -> None:
    from paragraf.applications import links
    from paragraf.applications.offered import carrying

    with world.database.writing() as session:
        publish_form(session, association_id=world.north.id, source_text=CHANGED, now=NOW, actor="Sonja Ekvall")
        application = session.scalars(select(Application)).one()
        link = links.link_to(world.database.settings, application)
    page = open_page(viewport)
    link = link.replace("http://localhost", home.removesuffix("/norrdal/"))
    for place in ("", "ny-version"):
        answer = page.goto(link + place)
        assert answer is not None
        assert answer.status == 200, place
        axe(page)
        fits(page)
        shot(page, f"forms-new-version-{place or 'overview'}-{viewport['width']}")
    page.get_by_role("button", name="Gå över till den nya versionen").click()
    expect(page.get_by_role("heading", name="Svar som inte följde med")).to_be_visible()
    axe(page)
    fits(page)
    with world.database.reading() as session:
        assert carrying.left_behind(session, session.scalars(select(Application)).one()) is not None


def test_a_form_is_mended_by_keyboard_alone(world: World, home: str, office: Callable[..., Page]) -> None:
    """From the first fault to the published version, without a pointer."""
    draft = write(world, FAULTY)
    page = office(DESK)
    page.goto(f"{home}formular/utkast/{draft}/")
    links = page.locator("a[data-line]")
    expect(links).to_have_count(2)
    for _each in range(2):
        links.first.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#kalla-text")).to_be_focused()
        marked = page.evaluate(
            "(text => text.value.slice(text.selectionStart, text.selectionEnd))(document.getElementById('kalla-text'))"
        )
        assert marked in ("många", "long_txt")
        before = links.count()
        page.keyboard.type("25" if marked == "många" else "long_text")
        saved(page)
        expect(links).to_have_count(before - 1)
    expect(page.get_by_text("Inga fel")).to_be_visible()
    axe(page)
    for name in ("Se vad som är nytt och publicera", "Publicera version 2"):
        button = page.get_by_role("button", name=name)
        button.focus()
        page.keyboard.press("Enter")
    expect(page.get_by_text("Version 2 är publicerad.")).to_be_visible()


def test_the_preview_follows_what_is_written(world: World, home: str, office: Callable[..., Page]) -> None:
    draft = write(world, SOURCE)
    page = office(DESK)
    page.goto(f"{home}formular/utkast/{draft}/")
    page.locator("a[data-preview]", has_text="Insatsen i korthet").click()
    expect(page.locator(".preview-paper")).to_contain_text("Insatsens namn")
    page.locator("a[data-preview]", has_text="English").click()
    expect(page.locator(".preview-paper")).to_contain_text("Name of the measure")
    page.locator("#kalla-text").evaluate(
        "text => { text.value = text.value.replace('Name of the measure', 'What it is called');"
        " text.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    expect(page.locator(".preview-paper")).to_contain_text("What it is called")
    saved(page)


def test_line_numbers_and_indents_follow(world: World, home: str, office: Callable[..., Page]) -> None:
    draft = write(world, "key: a\nsections:\n  - id: one")
    page = office(DESK)
    page.goto(f"{home}formular/utkast/{draft}/")
    text = page.locator("#kalla-text")
    text.press("Control+End")
    text.press("Enter")
    page.keyboard.type("title:")
    expect(text).to_have_value("key: a\nsections:\n  - id: one\n  title:")
    expect(page.locator(".editor-lines")).to_have_text("1\n2\n3\n4\n\n")
    saved(page)


def test_two_who_write_see_both_texts(world: World, home: str, office: Callable[..., Page]) -> None:
    draft = write(world, SOURCE)
    page = office(DESK)
    page.goto(f"{home}formular/utkast/{draft}/")
    with world.database.writing() as session:
        row = session.get_one(FormDraft, draft)
        save_draft(session, row, source=SOURCE + "# från Maj\n", base_version=1, now=NOW, actor="Maj Torn")
    text = page.locator("#kalla-text")
    text.press("Control+End")
    page.keyboard.type("# från mig")
    page.get_by_role("button", name="Visa båda texterna").click()
    expect(page.get_by_role("heading", name="Maj Torn har sparat en annan text medan du skrev")).to_be_visible()
    expect(page.locator("table.both")).to_contain_text("# från Maj")
    expect(page.locator("table.both")).to_contain_text("# från mig")
    axe(page)
    page.get_by_role("button", name="Spara och kontrollera").click()
    with world.database.reading() as session:
        assert session.get_one(FormDraft, draft).source == SOURCE + "# från mig"


def test_without_contact_the_text_stays_and_is_saved_when_it_is_back(
    world: World, home: str, office: Callable[..., Page], browser_watch: object
) -> None:
    draft = write(world, SOURCE)
    browser_watch.allow("ERR_INTERNET_DISCONNECTED")  # type: ignore[attr-defined]
    page = office(DESK)
    page.goto(f"{home}formular/utkast/{draft}/")
    page.context.set_offline(True)
    page.locator("#kalla-text").press("Control+End")
    page.keyboard.type("# utan kontakt")
    expect(page.get_by_text("Ingen kontakt.")).to_be_visible()
    page.context.set_offline(False)
    saved(page)
    with world.database.reading() as session:
        assert session.get_one(FormDraft, draft).source.endswith("# utan kontakt")


def test_without_script_the_buttons_do_it_all(world: World, home: str, app: Flask, browser: object) -> None:
    draft = write(world, FAULTY)
    context = browser.new_context(java_script_enabled=False, viewport=DESK)  # type: ignore[attr-defined]
    sign_in(context, app, world, home)
    page = context.new_page()
    page.goto(f"{home}formular/utkast/{draft}/")
    expect(page.get_by_role("heading", name="2 fel att rätta, alla på en gång")).to_be_visible()
    page.locator("#kalla-text").fill(SOURCE)
    page.get_by_role("button", name="Spara och kontrollera").click()
    expect(page.get_by_text("Inga fel")).to_be_visible()
    page.locator("a[data-preview]", has_text="English").click()
    expect(page.get_by_role("heading", name="Så här blir formuläret")).to_be_visible()
    context.close()
