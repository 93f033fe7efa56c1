"""The other pages of the room as a browser and axe see them: the calendar's link, a mandate, matters that follow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from paragraf.meetings import operations
from paragraf.meetings.models import ItemKind, Meeting
from tests.meetings.conftest import END, START
from tests.parts.world import NOW, World
from tests.webapp.organisation.looking import seen

pytestmark = pytest.mark.browser


@pytest.fixture
def home(travelled: None, world: World, app: Flask, serve: Callable[[Flask], str], page: Page) -> str:
    """The north's address; the page is its secretary's."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = f"{world.north.id}:{world.north.secretary.id}"
        session["_fresh"] = True
    cookie = client.get_cookie("paragraf")
    assert cookie is not None
    address = serve(app)
    page.context.add_cookies([{"name": "paragraf", "value": cookie.value, "url": address}])
    return f"{address}/norrdal"


@pytest.fixture
def meetings(world: World) -> tuple[Meeting, Meeting]:
    """A meeting with two items, and the body's next one."""
    told = {"body": world.north.board, "place": "Rum Björken", "now": NOW, "actor": "Sonja Ekvall"}
    with world.database.writing() as session:
        first = operations.plan_meeting(session, starts_at=START, ends_at=END, **told)  # type: ignore[arg-type]
        after = operations.plan_meeting(
            session,
            starts_at=START.replace(month=5, day=7),
            ends_at=END.replace(month=5, day=7),
            **told,  # type: ignore[arg-type]
        )
        for heading in ("Lägesrapport från verksamheterna", "Uppföljning av budget"):
            operations.add_item(
                session, first, kind=ItemKind.REPORT, heading=heading, background="x", now=NOW, actor="Sonja Ekvall"
            )
    return first, after


def test_the_link_to_the_calendar(page: Page, home: str) -> None:
    page.goto(f"{home}/kalender/")
    address = page.get_by_label("Eller klistra in länken")
    before = address.input_value()
    assert before.endswith(".ics")
    page.get_by_role("button", name="Gör en ny länk").click()
    expect(page.get_by_text("Du har en ny länk")).to_be_visible()
    assert page.get_by_label("Eller klistra in länken").input_value() != before
    seen(page, "calendar")


def test_a_mandate(page: Page, home: str, world: World) -> None:
    page.goto(f"{home}/organisation/organ/{world.north.board.id}/")
    page.get_by_role("link", name="Maj Torn").click()
    page.get_by_label("Sista dag").fill("2026-02-28")
    page.get_by_role("button", name="Spara sista dagen").click()
    expect(page.get_by_text("Lediga platser")).to_be_visible()
    seen(page, "body-vacant")
    page.goto(f"{home}/organisation/organ/{world.north.board.id}/uppdrag/{world.north.mandates['substitute'].id}/")
    seen(page, "mandate")


def test_matters_follow_a_cancelled_meeting(page: Page, home: str, meetings: tuple[Meeting, Meeting]) -> None:
    first, after = meetings
    page.goto(f"{home}/moten/{first.id}/stall-in")
    seen(page, "cancel")
    page.get_by_label("Varför ställs sammanträdet in?").fill("Få ärenden")
    page.get_by_label("Uppföljning av budget").uncheck()
    page.get_by_role("main").get_by_role("button", name="Ställ in sammanträdet").click()
    expect(page.get_by_text("1 punkt väntar på ett annat sammanträde.")).to_be_visible()
    seen(page, "cancelled")
    page.goto(f"{home}/moten/{after.id}/")
    page.get_by_role("link", name="Flytta hit dem").click()
    seen(page, "carry")
    page.get_by_role("button", name="Flytta punkterna").click()
    expect(page.get_by_role("heading", name="Uppföljning av budget")).to_be_visible()
    page.goto(f"{home}/moten/")
    seen(page, "meetings")
