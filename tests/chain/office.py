"""An office that is running: its pages served over HTTP, its letters, and the work its scheduler does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from wsgiref.types import StartResponse, WSGIEnvironment

import docx
from docx.document import Document as WordDocument
from playwright.sync_api import Page, expect

from paragraf.core import clock
from paragraf.core.database import Database
from paragraf.post.transports import Transport
from scheduler import jobs
from tests.parts.browser import axe, shot

SECRETARY = "karin.ekdahl@norralven.example"
CHAIR = "birgit.sandahl@norralven.example"
VERIFIER = "elin.hagfors@norralven.example"


class Later:
    """A web application that is put in place once its address is known: letters link to it."""

    app: Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self.app(environ, start_response)


@dataclass
class Office:
    """The demonstration's northern association, with everything it needs to go on."""

    address: str
    database: Database
    transport: Transport | None

    @property
    def home(self) -> str:
        """The association's own page, without a slash at the end."""
        return f"{self.address}/norralven"

    def work(self, now: Callable[[], datetime] = clock.now) -> None:
        """What the scheduler does by itself: each job once."""
        jobs.keep_up_duties(self.database, now)
        jobs.queue_reminders(self.database, now)
        jobs.convert_documents(self.database, now)
        jobs.deliver_letters(self.database, now, self.transport)

    def open_letter(self, page: Page, to: str, subject: str) -> None:
        """Let the post go out and open the newest letter to the address, in Brevlåda."""
        self.work()
        page.goto(f"{self.home}/brevlada/")
        row = page.get_by_role("row").filter(has_text=to).filter(has_text=subject).first
        row.get_by_role("link").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(subject)

    def sign_in(self, page: Page, email: str) -> None:
        """Ask for a link on the sign-in page, take it out of the letter and use it."""
        page.goto(f"{self.home}/logga-in")
        look(page, "sign-in")
        page.get_by_label("E-post").fill(email)
        page.get_by_role("button", name="Skicka länk").click()
        look(page, "sign-in-sent")
        self.open_letter(page, email, "Logga in hos")
        follow(page)
        look(page, "sign-in-confirm")
        page.get_by_role("main").get_by_role("button", name="Logga in").click()
        expect(page.get_by_role("heading", name="Min sida")).to_be_visible()


def follow(page: Page, word: str = "/") -> None:
    """Go where the open letter's link leads; ``word``: a part of the address."""
    page.locator(f".letter-body a[href*='{word}']").first.click()


def attached(page: Page, name: str) -> bytes:
    """The bytes of a file that came with the open letter, or that the page links to."""
    link = page.get_by_role("main").get_by_role("link", name=name).first
    return page.request.get(link.evaluate("link => link.href")).body()


def read_word(content: bytes) -> WordDocument:
    return docx.Document(BytesIO(content))


def words_of(document: WordDocument) -> str:
    """All that stands in the document's paragraphs and tables, a line each."""
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(lines)


def look(page: Page, name: str) -> None:
    """A page as it is now is accessible and fits the window."""
    axe(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"
    shot(page, f"chain-{name}")
