"""The same notice where real mail goes out: over SMTP, to a server that refuses one for good and one for a while."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from email.message import EmailMessage

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from paragraf.core import clock
from tests.chain.office import CHAIR, SECRETARY, VERIFIER, Office, look, read_word, words_of
from tests.parts.smtp import SmtpServer

pytestmark = pytest.mark.browser
LATER = "rolf.midander@norralven.example"


@pytest.fixture
def office_settings(smtp_server: SmtpServer) -> Mapping[str, str]:
    return {"smtp_url": smtp_server.url, "mail_from": "kansli@norralven.example"}


def to(smtp_server: SmtpServer, email: str, subject: str) -> list[EmailMessage]:
    """What the server took for the address, oldest first."""
    return [
        one.message for one in smtp_server.messages if one.recipients == [email] and subject in one.message["Subject"]
    ]


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def files_of(message: EmailMessage) -> dict[str, bytes]:
    return {
        (one.get_filename() or "").rpartition(".")[2]: one.get_payload(decode=True)  # type: ignore[misc]
        for one in message.walk()
        if one.get_filename()
    }


def sign_in(office: Office, page: Page, smtp_server: SmtpServer) -> None:
    page.goto(f"{office.home}/logga-in")
    page.get_by_label("E-post").fill(SECRETARY)
    page.get_by_role("button", name="Skicka länk").click()
    expect(page.get_by_role("heading", name="Titta i din e-post")).to_be_visible()
    # Where real mail goes out nobody may read it on a page.
    expect(page.get_by_role("link", name="Brevlåda")).to_have_count(0)
    assert page.request.get(f"{office.home}/brevlada/").status == 404
    office.work()
    (message,) = to(smtp_server, SECRETARY, "Logga in")
    link = re.search(r"http\S+/logga-in/\S+", text_of(message))
    assert link
    page.goto(link.group())
    page.get_by_role("main").get_by_role("button", name="Logga in").click()


def test_the_notice_goes_out_by_smtp_and_what_is_refused_is_told(
    office_running: Office, smtp_server: SmtpServer, page: Page
) -> None:
    office = office_running
    smtp_server.refuse(VERIFIER, 550)
    smtp_server.refuse(LATER, 451)
    sign_in(office, page, smtp_server)
    page.get_by_role("link", name=re.compile("^Styrelsen, ")).first.click()
    page.get_by_role("link", name="Granska och skicka kallelse").click()
    page.get_by_role("button", name="Skicka kallelse").click()
    expect(page.get_by_text(re.compile(r"Kallelsen är skickad till \d+ personer\."))).to_be_visible()
    office.work()
    (message,) = to(smtp_server, CHAIR, "Kallelse till Styrelsen")
    files = files_of(message)
    assert Calendar.from_ical(files["ics"])["METHOD"] == "REQUEST"
    assert "Godkännande av dagordning" in words_of(read_word(files["docx"]))
    _refused_for_good(office, page)
    _refused_for_a_while(office, smtp_server)


def _refused_for_good(office: Office, page: Page) -> None:
    """The secretary sees on Min sida whose letter did not arrive."""
    page.goto(f"{office.home}/min-sida/")
    failed = page.get_by_role("listitem").filter(has_text=VERIFIER)
    expect(failed).to_contain_text("Kallelse till Styrelsen")
    expect(failed.get_by_role("button", name="Skicka igen")).to_be_visible()
    look(page, "letter-failed")


def _refused_for_a_while(office: Office, smtp_server: SmtpServer) -> None:
    """It is tried again by itself, and arrives once."""
    assert not to(smtp_server, LATER, "Kallelse")
    smtp_server.accept(LATER)
    office.work(lambda: clock.now() + timedelta(hours=2))
    office.work(lambda: clock.now() + timedelta(hours=4))
    assert len(to(smtp_server, LATER, "Kallelse")) == 1
    assert len(to(smtp_server, CHAIR, "Kallelse")) == 1
