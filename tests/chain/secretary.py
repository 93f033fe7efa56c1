"""The secretary: from a letter about an application to minutes that are out for signing, and what follows."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from icalendar import Calendar
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader
from sqlalchemy import select

from paragraf.core import clock
from paragraf.core.dates import local_date, statutory_deadline
from paragraf.core.printing import print_date
from paragraf.register.models import Document
from tests.chain.applicant import APPLICANT, TITLE, Years
from tests.chain.office import CHAIR, SECRETARY, Office, attached, look, read_word, words_of
from tests.word.files import with_paragraphs

CONDITION = "Region Norrälven bidrar med en halv tjänst"
BACKGROUND = "Beredningsgruppen tillstyrker. Insatsen når en grupp som i dag saknar stöd."
OTHERS_BACKGROUND = "Styrgruppen vill se en halvtidsrapport."
GRANTED = ("600 000 kr", "550 tkr")
GRANTED_AS_PRINTED = ("600\u00a0000\u00a0kr", "550\u00a0000\u00a0kr", "1\u00a0150\u00a0000\u00a0kr")
DIRECTOR = "jonas.wide@norralven.example"
LEAVES, COMES = "Rolf Midander", "Åsa Berg"


@dataclass(frozen=True)
class Called:
    """The meeting that the application goes to."""

    address: str
    day: str


def put_on_agenda(office: Office, page: Page, number: str) -> None:
    """From Min sida to the application and onto the next board meeting's agenda."""
    office.sign_in(page, SECRETARY)
    task = page.get_by_role("listitem").filter(has_text=f"Ansökan {number}: {TITLE}")
    expect(task).to_contain_text(APPLICANT)
    look(page, "secretary-own-page")
    task.get_by_role("link").click()
    expect(page.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    look(page, "secretary-application")
    page.get_by_role("button", name="Sätt upp på dagordningen").click()
    expect(page.get_by_text("Ansökan står nu på dagordningen för Styrelsen")).to_be_visible()
    look(page, "secretary-application-on-agenda")


def send_notice(office: Office, page: Page, number: str) -> Called:
    """The agenda holds the application; the notice goes out with calendar and Word."""
    page.get_by_role("navigation").get_by_role("link", name="Sammanträden").click()
    look(page, "meetings")
    page.get_by_role("row").filter(has_text="Styrelsen").get_by_role("link").first.click()
    expect(page.locator(".agenda")).to_contain_text(TITLE)
    look(page, "meeting")
    address = page.url
    page.get_by_role("link", name="Granska och skicka kallelse").click()
    look(page, "notice")
    page.get_by_role("button", name="Skicka kallelse").click()
    expect(page.get_by_text(re.compile(r"Kallelsen är skickad till \d+ personer\."))).to_be_visible()
    look(page, "meeting-called")
    day = _check_notice(office, page, number)
    page.goto(address)
    return Called(address, day)


def _check_notice(office: Office, page: Page, number: str) -> str:
    """The chair's letter: an invitation that a calendar reads, and the agenda as Word. Gives the meeting's day."""
    office.open_letter(page, CHAIR, "Kallelse till Styrelsen")
    expect(page.locator(".letter-body")).to_contain_text(TITLE)
    look(page, "letter-notice")
    calendar = Calendar.from_ical(attached(page, ".ics"))
    event = next(iter(calendar.walk("VEVENT")))
    start = event.decoded("DTSTART")
    assert str(calendar["METHOD"]) == "REQUEST"
    assert (start.hour, start.minute) == (9, 0)
    assert start.utcoffset() is not None
    words = words_of(read_word(attached(page, ".docx")))
    assert TITLE in words
    assert number in words
    return str(start.date())


def take_attendance(page: Page, called: Called) -> None:
    """All members came; one leaves, and a substitute comes later in that place."""
    page.get_by_role("link", name="Närvaro").click()
    look(page, "attendance-empty")
    page.get_by_role("button", name="Alla ledamöter kom kl. 09.00").click()
    expect(page.get_by_text("Från kl. 09.00: 5 av 5 röstar. Beslutsför.")).to_be_visible()
    page.get_by_label(f"När gick {LEAVES}?").fill("10.30")
    page.get_by_role("button", name=f"Gick {LEAVES}").click()
    page.get_by_label(f"Vem tjänstgör {COMES} för?").select_option(label=f"tjänstgör för {LEAVES} (förslag)")
    page.get_by_label(f"När kom {COMES}?").fill("1040")
    page.get_by_role("button", name=f"Kom {COMES}").click()
    expect(page.get_by_role("listitem").filter(has_text=COMES).first).to_contain_text(f"tjänstgör för {LEAVES}")
    expect(page.get_by_text("Från kl. 10.40: 5 av 5 röstar. Beslutsför.")).to_be_visible()
    look(page, "attendance")
    page.goto(called.address)


def begin_minutes(page: Page) -> None:
    """The agenda's items are §§ already, provisionally from § 626."""
    page.get_by_role("link", name="Protokoll", exact=True).click()
    look(page, "minutes-begin")
    page.get_by_role("button", name="Börja skriva protokollet").click()
    expect(_line(page, 626)).to_contain_text("Godkännande av dagordning")
    look(page, "desk")


def _line(page: Page, number: int) -> Locator:
    return page.get_by_role("navigation", name="Paragrafer").get_by_role("link").filter(has_text=f"§ {number}")


def _saved(page: Page) -> None:
    expect(page.locator("#lage[data-state=saved]")).to_have_text(re.compile(r"Sparat \d\d\.\d\d"))


def write_items(page: Page, other: Page, years: Years, files: Path) -> None:
    """A new § that elects a verifier; the § of the application, written by two at once, with a grant."""
    _elect_verifier(page)
    _line_of(page, TITLE).click()
    expect(page.get_by_label("Rubrik")).to_have_value(re.compile(TITLE))
    other.goto(page.url)
    _two_write(page, other)
    _grant(page, years)
    _attach(page, files)
    page.set_viewport_size({"width": 390, "height": 844})
    look(page, "desk-grant-phone")
    page.set_viewport_size({"width": 1280, "height": 900})


def _line_of(page: Page, heading: str) -> Locator:
    return page.get_by_role("navigation", name="Paragrafer").get_by_role("link").filter(has_text=heading)


def _elect_verifier(page: Page) -> None:
    page.get_by_role("button", name="Ny paragraf efter § 626").click()
    page.get_by_label("Rubrik").fill("Val av justerare")
    _saved(page)
    page.get_by_role("button", name="Ny att-sats").click()
    page.get_by_label("Beslutsord").select_option(label="Utse")
    page.get_by_label("Vem utses? En på varje rad").fill("Elin Hagfors")
    page.get_by_label("Till vad?").fill("att justera protokollet")
    expect(page.locator("#papper")).to_contain_text("Elin Hagfors")
    expect(_line(page, 627)).to_contain_text("klar")
    look(page, "desk-elected")


def _two_write(page: Page, other: Page) -> None:
    """A save over an older version shows both texts; both stay, whatever is chosen."""
    page.get_by_label("Bakgrund").fill(BACKGROUND)
    _saved(page)
    other.get_by_label("Bakgrund").fill(OTHERS_BACKGROUND)
    panel = other.get_by_role("alert").filter(has_text="Två texter")
    expect(panel).to_contain_text(BACKGROUND)
    expect(panel).to_contain_text(OTHERS_BACKGROUND)
    look(other, "desk-two-texts")
    panel.get_by_role("link", name="Slå ihop själv").click()
    other.get_by_label("Bakgrund").fill(f"{BACKGROUND}\n\n{OTHERS_BACKGROUND}")
    _saved(other)
    page.reload()
    expect(page.get_by_label("Bakgrund")).to_have_value(f"{BACKGROUND}\n\n{OTHERS_BACKGROUND}")
    expect(page.locator("#undanlagda")).to_contain_text(OTHERS_BACKGROUND)


def _grant(page: Page, years: Years) -> None:
    if not page.get_by_label("Beslutsord").count():
        page.get_by_role("button", name="Ny att-sats").click()
    page.get_by_label("Beslutsord").select_option(label="Bevilja bidrag")
    expect(page.get_by_label("Vem får bidraget?")).to_have_value(APPLICANT)
    for row, (year, amount) in enumerate(zip((years.first, years.second), GRANTED, strict=True), start=1):
        page.get_by_label(f"År, rad {row}").fill(str(year))
        page.get_by_label(f"Belopp, rad {row}").fill(amount)
    page.get_by_label("Villkor, ett på varje rad").fill(CONDITION)
    for amount in GRANTED_AS_PRINTED:
        expect(page.locator("#papper")).to_contain_text(amount)
    look(page, "desk-grant")


def _attach(page: Page, files: Path) -> None:
    file = files / "yttrande.docx"
    file.write_bytes(with_paragraphs("Beredningsgruppens yttrande"))
    page.get_by_text("Lägg till en bilaga").click()
    page.get_by_label("Bilagans namn").fill("Beredningsgruppens yttrande")
    page.get_by_label("Fil", exact=True).set_input_files(file)
    page.get_by_role("button", name="Lägg till", exact=True).click()
    expect(page.locator("#papper")).to_contain_text("Beredningsgruppens yttrande")


def _say_from_which_item(page: Page) -> None:
    """The clock alone does not tell who decided which §: the finding leads to where it is said."""
    finish = page.url
    page.get_by_role("link", name=re.compile("Det går inte att se om")).first.click()
    for question, item, person in (
        (f"Till och med vilken paragraf deltog {LEAVES} (kl. 10.30)?", "§ 627", LEAVES),
        (f"Från vilken paragraf deltog {COMES} (kl. 10.40)?", "§ 628", COMES),
    ):
        page.get_by_label(question).select_option(label=item)
        page.get_by_role("button", name=f"Spara {person}").click()
    expect(page.locator("#oklara")).to_have_count(0)
    look(page, "attendance-by-item")
    page.goto(finish)


def fix_and_send(office: Office, page: Page) -> None:
    """Choose the verifier, fix the numbers, send: rendered once, its PDF made by the scheduler."""
    page.get_by_role("link", name="Färdigställ").click()
    look(page, "finish-hindered")
    _say_from_which_item(page)
    page.get_by_label("Elin Hagfors").check()
    page.get_by_role("button", name="Spara").click()
    expect(page.locator("#tank")).to_contain_text("Är det redan hållet?")
    look(page, "finish")
    page.get_by_role("button", name="Fastställ numren §§ 626–629").click()
    expect(page.get_by_text("Numren är fastställda.")).to_be_visible()
    look(page, "fixed")
    page.get_by_role("button", name="Skicka för underskrift").click()
    expect(page.get_by_text("Protokollet är skickat.")).to_be_visible()
    look(page, "sent")
    office.work()
    page.reload()


def check_documents(office: Office, page: Page) -> None:
    """What was sent is kept byte for byte with its SHA-256; the PDF says the same."""
    expect(page.get_by_text("0 av 3 har skrivit under.")).to_be_visible()
    word, pdf = (attached(page, name) for name in ("Word", "PDF"))
    with office.database.reading() as session:
        kept = session.scalars(select(Document).where(Document.sha256 == hashlib.sha256(word).hexdigest())).one()
        assert kept.content == word
    text = " ".join("\n".join(sheet.extract_text() for sheet in PdfReader(BytesIO(pdf)).pages).split())
    for words in ("§ 626", "§ 629", TITLE, "Birgit Sandahl", "Elin Hagfors", LEAVES, COMES, CONDITION):
        assert words in text, f"{words} is not in the PDF"


def certify(page: Page, called: Called) -> None:
    """All have signed: the minutes are verified, and an extract of the § is certified as Word."""
    page.goto(f"{called.address}protokoll/")
    expect(page.get_by_text(re.compile(r"^Justerat "))).to_be_visible()
    page.get_by_text("Bestyrk ett utdrag").click()
    look(page, "verified")
    page.get_by_role("button", name="Bestyrk utdrag ur § 629").click()
    expect(page.get_by_text("Utdraget är bestyrkt")).to_be_visible()
    look(page, "certified")
    extracts = page.get_by_role("main").get_by_role("link", name="Protokollsutdrag")
    check_extract(page.request.get(extracts.last.evaluate("link => link.href")).body())


def check_extract(content: bytes) -> None:
    """The § of the grant, whole, and no other."""
    words = words_of(read_word(content))
    assert "§ 629" in words
    assert CONDITION in words
    assert "Karin Ekdahl" in words
    assert all(amount in words for amount in GRANTED_AS_PRINTED)
    assert "Val av justerare" not in words


def check_notice_board(office: Office, visitor: Page) -> None:
    """As nobody: what was verified, since when the notice is up, and the two days that follow from it."""
    today = local_date(clock.now())
    last = statutory_deadline(today, weeks=3)
    visitor.goto(f"{office.home}/anslagstavla/")
    notice = visitor.get_by_role("article").filter(has_text="§§ 626–629")
    for term, day in (
        ("Uppsatt på alla anslagstavlor", today),
        ("Sista dag att överklaga", last),
        ("Anslaget tas ner tidigast", last + timedelta(days=1)),
    ):
        told = notice.locator("dt", has_text=term).locator("xpath=following-sibling::dd[1]")
        expect(told).to_have_text(print_date(day, "sv"))
    look(visitor, "notice-board")
