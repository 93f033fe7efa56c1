"""A signatory: once a year, on a phone, from a mail."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from sqlalchemy import select

from paragraf.signing.models import Signatory
from tests.chain.applicant import TITLE
from tests.chain.office import Office, follow, look


def open_link(office: Office, phone: Page, email: str) -> None:
    """From the letter to step 1; the link alone shows nothing of what is to be signed."""
    office.open_letter(phone, email, "Att skriva under")
    look(phone, "letter-sign")
    follow(phone, "/signera/")
    expect(phone.get_by_role("heading", name="Vem är du?")).to_be_visible()
    look(phone, "sign-who")
    _shows_nothing(phone.content())
    signatory_id = _signatory_id(office, email)
    for part in ("", "word", "pdf", "skriv-under", "avboj"):
        answer = phone.request.get(f"{office.address}/signera/dokument/{signatory_id}/{part}")
        assert answer.status == 403
        _shows_nothing(answer.text())


def _shows_nothing(text: str) -> None:
    assert TITLE not in text
    assert "626" not in text


def _signatory_id(office: Office, email: str) -> int:
    with office.database.reading() as session:
        found = select(Signatory.id).where(Signatory.email == email).order_by(Signatory.id.desc())
        return session.scalars(found).first() or 0


def say_who(office: Office, phone: Page, email: str, *, wrong_first: bool = False) -> None:
    """Ask for a code, read it in another tab, type it."""
    phone.get_by_label("Din e-postadress").fill(email)
    phone.get_by_role("button", name="Skicka kod").click()
    if wrong_first:
        phone.get_by_label("Din kod").fill("12 34")
        phone.get_by_role("button", name="Fortsätt").click()
        expect(phone.get_by_text("Koden stämmer inte")).to_be_visible()
        look(phone, "sign-code-wrong")
    phone.get_by_label("Din kod").fill(_code(office, phone, email))
    look(phone, "sign-code")
    phone.get_by_role("button", name="Fortsätt").click()
    expect(phone.get_by_role("button", name="Jag har läst")).to_be_visible()


def _code(office: Office, phone: Page, email: str) -> str:
    tab = phone.context.new_page()
    office.open_letter(tab, email, "Din kod från")
    found = re.search(r"\b\d{3} ?\d{3}\b", tab.locator(".letter-body").inner_text())
    tab.close()
    assert found
    return found.group()


def read_and_sign(phone: Page) -> None:
    """The document fills the page; then a box to tick and a button."""
    paper = phone.get_by_role("article", name="Dokumentet")
    expect(paper).to_contain_text(TITLE)
    expect(paper).to_contain_text("626")
    expect(phone.get_by_role("link", name="Hämta som PDF")).to_be_visible()
    look(phone, "sign-read")
    phone.get_by_role("button", name="Jag har läst").click()
    look(phone, "sign-sign")
    phone.get_by_role("checkbox").check()
    phone.get_by_role("button", name="Skriv under").click()
    expect(phone.get_by_role("heading", name="Tack, du har skrivit under")).to_be_visible()
    look(phone, "sign-signed")
