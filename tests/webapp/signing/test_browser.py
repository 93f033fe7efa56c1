"""The signing pages in a real browser, on a phone: every state, and not a fault that axe can see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from wsgiref.types import WSGIApplication

import pytest
import time_machine
from docx.document import Document
from flask import Flask
from playwright.sync_api import Page, expect

from paragraf.signing.models import EventKind
from tests.parts.browser import axe, shot
from tests.parts.world import NOW, World
from tests.signing.acting import CHAIR, SECRETARY, Completions, Round
from tests.word.files import built
from webapp import signing as pages

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW) as traveller:
        yield traveller


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Completions:
    counted = Completions()
    monkeypatch.setattr(pages, "COMPLETED", counted.table)
    return counted


@pytest.fixture
def site(app: Flask, serve: Callable[[WSGIApplication], str]) -> str:
    app.config["WTF_CSRF_ENABLED"] = True
    return serve(app)


def minutes(document: Document) -> None:
    document.add_heading("Protokoll", 0)
    document.add_paragraph("Styrelsen, torsdag 26 februari 2026 kl. 09.00–11.30, Kansliet, Storgatan 1")
    table = document.add_table(2, 6)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = ("Tjänstgörande", "Uppdragsgivare")[number % 2]
    for number in range(626, 630):
        document.add_heading(f"§ {number} Ansökan om medel till verksamheten Steget", 1)
        document.add_paragraph(
            "Ansökan gäller stöd till personer som behöver samordnade insatser för att närma sig arbete eller studier. "
            "Beredningsgruppen har tillstyrkt ansökan."
        )
        document.add_paragraph("Styrelsen beslutar")
        document.add_paragraph("att bevilja 410 000 kr för 2026.", style="List Bullet")


@pytest.fixture
def sent(world: World) -> Round:
    return Round(world, built(minutes))


def look(page: Page, name: str) -> None:
    """No fault, nothing wider than the phone, and a picture to look at."""
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    shot(page, f"signing-{name}-{page.viewport_size['width']}")  # type: ignore[index]


def let_in(page: Page, site: str, sent: Round, who: int, email: str) -> None:
    page.goto(f"{site}/signera/{sent.token(who)}/")
    page.get_by_label("Din e-postadress").fill(email)
    page.get_by_role("button", name="Skicka kod").click()
    page.get_by_label("Din kod").fill(sent.code(who))
    page.get_by_role("button", name="Fortsätt").click()


def test_a_signatory_signs_on_a_phone(site: str, sent: Round, phone: Page, done: Completions) -> None:
    phone.goto(f"{site}/signera/{sent.token()}/")
    look(phone, "1-who")
    phone.get_by_role("button", name="Skicka kod").click()
    expect(phone.get_by_role("alert")).to_contain_text("Skriv din e-postadress")
    look(phone, "1-who-without-address")
    phone.get_by_label("Din e-postadress").fill("olle@norrdal.example")
    phone.get_by_role("button", name="Skicka kod").click()
    look(phone, "1-code")
    phone.get_by_label("Din kod").fill("000 000" if sent.code() != "000000" else "111 111")
    phone.get_by_role("button", name="Fortsätt").click()
    expect(phone.get_by_text("Koden stämmer inte")).to_be_visible()
    look(phone, "1-wrong-code")
    phone.get_by_label("Din kod").fill(sent.code())
    phone.get_by_role("button", name="Fortsätt").click()
    expect(phone.get_by_role("heading", name="§ 627")).to_be_visible()
    look(phone, "2-read")
    phone.get_by_role("button", name="Jag har läst").click()
    look(phone, "3-sign")
    phone.get_by_role("button", name="Skriv under").click()
    expect(phone.get_by_role("alert")).to_contain_text("Kryssa i rutan")
    look(phone, "3-without-box")
    phone.get_by_label("Jag har läst protokollet och skriver under det som ordförande.").check()
    phone.get_by_role("button", name="Skriv under").click()
    expect(phone.get_by_role("heading", name="Tack, du har skrivit under")).to_be_visible()
    look(phone, "4-done")
    assert sent.kinds()[-3:] == [EventKind.IDENTIFIED, EventKind.SHOWN, EventKind.SIGNED]


def test_signing_by_keyboard_alone(site: str, sent: Round, page: Page, done: Completions) -> None:
    let_in(page, site, sent, CHAIR, "olle@norrdal.example")
    look(page, "2-read")
    page.get_by_role("button", name="Jag har läst").focus()
    page.keyboard.press("Enter")
    page.get_by_role("checkbox").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Tack, du har skrivit under")).to_be_visible()
    look(page, "4-done")


def test_declining_on_a_phone(site: str, sent: Round, phone: Page, done: Completions) -> None:
    let_in(phone, site, sent, SECRETARY, "sonja@norrdal.example")
    phone.get_by_role("link", name="Jag vill avböja").click()
    look(phone, "3-decline")
    phone.get_by_label("Varför avböjer du?").fill("§ 627 har fel belopp.")
    phone.get_by_role("button", name="Avböj").click()
    expect(phone.get_by_role("heading", name="Du har avböjt")).to_be_visible()
    look(phone, "4-declined")


def test_links_that_do_not_hold(site: str, sent: Round, phone: Page, clock: Any) -> None:
    phone.goto(f"{site}/signera/wrong/")
    look(phone, "5-refused")
    phone.goto(f"{site}/signera/dokument/{sent.ids[CHAIR]}/")
    look(phone, "5-not-identified")
    clock.shift(timedelta(days=30))
    phone.goto(f"{site}/signera/{sent.token()}/")
    look(phone, "5-expired")
    phone.get_by_label("Din e-postadress").fill("olle@norrdal.example")
    phone.get_by_role("button", name="Skicka ny länk").click()
    look(phone, "5-new-link-sent")
    phone.goto(f"{site}/signera/ny-lank")
    look(phone, "5-new-link")
