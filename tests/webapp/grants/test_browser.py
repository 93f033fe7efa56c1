"""The grants' pages in a real browser, at a desk and on a phone: seen by axe, nothing to scroll sideways."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Page, expect

from paragraf.applications.links import link_to
from paragraf.grants.models import ConditionOutcome, Grant
from paragraf.grants.payments import propose_plan
from tests.grants.acting import SONJA, at, claim, draw, settle
from tests.parts.browser import DESK, PHONE, axe, shot
from tests.parts.world import World
from tests.webapp.applications.test_browser import fits, sign_in
from tests.webapp.grants.conftest import LATER

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
    with time_machine.travel(LATER, tick=True):
        yield


@pytest.fixture
def served(app: Flask, world: World, grant_id: int, serve: Callable[[Flask], str]) -> tuple[str, str]:
    """The server's address, and the grantee's link: a grant with a plan, one claim paid and one that waits."""
    address, day = serve(app), date(2026, 11, 1)
    with world.database.writing() as session:
        grant = session.get_one(Grant, grant_id)
        settle(session, grant, ConditionOutcome.MET, day)
        draw(session, grant, 2026, 100_000_00, day)
        claim(session, grant, 2026, 50_000_00, day)
        propose_plan(session, grant, a_year=4, now=at(day), actor=SONJA)
        link = link_to(world.database.settings, grant.application)
    return address, link.replace("http://localhost", address)


@Both
def test_the_offices_pages_are_accessible_and_fit(
    served: tuple[str, str],
    app: Flask,
    world: World,
    grant_id: int,
    open_page: Callable[..., Page],
    viewport: dict[str, int],
) -> None:
    page, (address, _link) = open_page(viewport), served
    sign_in(page, app, world, address)
    one = f"{address}/norrdal/bidrag/2026/1/"
    for name, place in {
        "overview": f"{address}/norrdal/bidrag/",
        "settings": f"{address}/norrdal/bidrag/medel",
        "grant": one,
        "amounts": f"{one}{grant_id}/belopp/2026",
        "claim": f"{one}{grant_id}/rekvisition/2/",
        "report": f"{one}{grant_id}/rapport/1/",
    }.items():
        page.goto(place)
        axe(page)
        fits(page)
        shot(page, f"grants-{name}-{viewport['width']}")


@Both
def test_the_grantee_claims_money(
    served: tuple[str, str], open_page: Callable[..., Page], viewport: dict[str, int]
) -> None:
    page, (_address, link) = open_page(viewport), served
    page.goto(link + "bidrag")
    axe(page)
    fits(page)
    shot(page, f"grants-own-{viewport['width']}")
    page.get_by_role("link", name="Rekvirera pengar").click()
    page.get_by_label("Belopp").fill("50 001")
    page.get_by_role("button", name="Skicka rekvisitionen").click()
    expect(page.get_by_role("alert")).to_contain_text("högst 50")
    axe(page)
    fits(page)
    page.get_by_label("Belopp").fill("50 000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Rekvisitionen är skickad")
    expect(page.get_by_text("Väntar på svar")).to_have_count(2)


def test_a_refused_remainder_opens_its_panel_with_what_was_typed(
    served: tuple[str, str], app: Flask, world: World, open_page: Callable[..., Page]
) -> None:
    page, (address, _link) = open_page(PHONE), served
    sign_in(page, app, world, address)
    page.goto(f"{address}/norrdal/bidrag/2026/1/")
    page.get_by_text("Anteckna vad som händer med oanvända pengar").click()
    page.get_by_label("Återbetalas till förbundet").check()
    page.get_by_label("Belopp").first.fill("200 000")
    page.get_by_label("Beslutat den").fill("2026-11-01")
    page.get_by_label("Beslut eller skäl").fill("Används inte")
    page.get_by_role("button", name="Anteckna", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("100 000 kr oanvänt")
    expect(page.get_by_label("Beslut eller skäl")).to_have_value("Används inte")
    axe(page)
    fits(page)
