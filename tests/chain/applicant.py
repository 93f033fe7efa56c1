"""The applicant: no account, a link in a mail, eleven sections, a register number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from paragraf.core import clock
from paragraf.core.dates import local_date
from tests.chain.office import Office, attached, follow, look, read_word, words_of

#: Who begins it, and whom it names to hear about it.
EMAIL, CONTACT_EMAIL = "asa.nyberg@sjoas.example", "rut.lind@sjoas.example"
TITLE = "Stegvis till jobb"
APPLICANT = "Sjöås kommun"

#: For each section, in order: question or part, and the answer. A group is named before the slash.
TEXTS: Mapping[str, Mapping[str, str]] = {
    "Bakgrund, syfte och mål": {
        "Bakgrund och problem": "Omkring fyrtio personer i Sjöås har varit borta från arbete i mer än två år.",
        "Syfte": "Att fler kommer i arbete eller studier.",
        "Mål": "Trettio deltagare om året. Tio av dem i arbete efter ett år.",
    },
    "Målgrupp och mervärde": {
        "Målgrupp": "Vuxna mellan 30 och 64 år med behov av stöd från minst två parter.",
        "Avgränsningar": "Parternas ordinarie stöd ingår inte.",
        "Mervärde": "En plan i stället för tre.",
    },
    "Tid och aktivitetsplan": {"Aktivitetsplan i text (frivilligt)": "Start i januari. Halvtidsuppföljning i juni."},
    "Jämställdhet, tillgänglighet och mångfald": {
        "Jämställdhet": "Resultaten redovisas för kvinnor och män var för sig.",
        "Tillgänglighet": "Lokalen är tillgänglig.",
        "Mångfald": "Tolk finns vid varje möte.",
    },
    "Uppföljning och spridning": {
        "Uppföljning och utvärdering": "Varje tertial, med en extern utvärdering sista året.",
        "Spridning av resultat": "En öppen dag varje höst.",
    },
    "När medlen är slut": {"Implementering i ordinarie verksamhet": "Kommunen tar över samordnaren."},
}
ORGANISATION = {
    "Organisationens namn": APPLICANT,
    "Organisationsnummer": "212000\u20139127",
    "Utdelningsadress": "Strandvägen 1",
    "Postnummer": "98155",
    "Postort": "Sjöås",
}
CONTACT = {"Namn": "Rut Lind", "E-postadress": CONTACT_EMAIL, "Telefon": "070-174 06 08"}
COOPERATION = {
    "Organisation och styrning": "En samordnare, styrgrupp varje kvartal.",
    "Vad ni samverkar om": "Gemensam kartläggning.",
    "Planerade aktiviteter": "Gruppträffar\nPraktik",
    "Hinder och risker": "Få praktikplatser.",
}
ACTION = {
    "Mål": "Trettio deltagare",
    "Aktivitet": "Gruppträffar varje vecka",
    "Genomförande": "Två ledare",
    "Ansvarig": "Samordnaren",
    "Tid": "Januari",
}
PARTIES = (APPLICANT, "Region Norrälven", "Arbetsförmedlingen")


@dataclass(frozen=True)
class Years:
    """The two calendar years of the application."""

    first: int
    second: int


#: What is typed into the cost table, as people write amounts.
FIRST_YEAR = {"Personal": "540 000 kr", "Lokaler": "90 tkr", "Övriga kostnader": "0", "Intäkter": "30 000"}
SECOND_YEAR = {"Personal": "0,5 milj", "Lokaler": "92\u00a0000", "Övriga kostnader": "12 500:-", "Intäkter": "30 tkr"}
NET = ("600\u00a0000\u00a0kr", "574\u00a0500\u00a0kr", "1\u00a0174\u00a0500\u00a0kr")


def begin(office: Office, page: Page) -> None:
    """From the association's own page to a letter with a link, and into the application."""
    page.goto(f"{office.home}/")
    look(page, "home")
    page.get_by_role("main").get_by_role("link", name="Sök bidrag").click()
    look(page, "choose")
    page.get_by_label("Ansökan om medel till en samverkansinsats").check()
    page.get_by_label("Din e-postadress").fill(EMAIL)
    page.get_by_role("button", name="Börja ansökan").click()
    expect(page.get_by_role("heading", name="Titta i din e-post")).to_be_visible()
    look(page, "begun")
    come_back(office, page)
    expect(page.get_by_text("0 av 11 avsnitt är klara.")).to_be_visible()
    look(page, "application")


def come_back(office: Office, page: Page) -> None:
    """By the link in the letter."""
    office.open_letter(page, EMAIL, "Länken till er ansökan")
    look(page, "letter-link")
    follow(page, "/ansokan/")


def write_first_sections(page: Page) -> None:
    """Section 1 by its buttons; in section 2 a few words that the page saves by itself."""
    page.get_by_role("link", name="Börja skriva").click()
    organisation = page.get_by_role("group", name="Organisation", exact=True)
    for label, value in ORGANISATION.items():
        organisation.get_by_label(label).fill(value)
    contact = page.get_by_role("group", name="Kontaktperson")
    for label, value in CONTACT.items():
        contact.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Bankgiro").fill("991-2346")
    chief = page.get_by_role("group", name="Firmatecknare")
    chief.get_by_label("Namn").fill("Bo Hed")
    chief.get_by_label("Befattning").fill("Socialchef")
    look(page, "section-applicant")
    _go_on(page, "Insatsen i korthet")
    page.get_by_label("Insatsens namn").fill(TITLE)
    expect(page.locator("[data-save-state][data-is=saved]")).to_have_text(re.compile(r"Sparat \d\d\.\d\d"))


def write_the_rest(page: Page, years: Years) -> None:
    """Back in another browser: everything is there; the remaining sections."""
    expect(page.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    look(page, "application-begun")
    page.get_by_role("link", name="Fortsätt skriva").click()
    expect(page.get_by_label("Insatsens namn")).to_have_value(TITLE)
    page.get_by_label("Sammanfattning").fill("Stöd på vägen till arbete för vuxna i Sjöås.")
    _go_on(page, "Bakgrund, syfte och mål")
    _texts(page, "Bakgrund, syfte och mål")
    page.get_by_role("group", name="Följer insatsen av").get_by_label("Ja").check()
    page.get_by_label("Vilken del av behovsanalysen").fill("Gruppen långvarigt borta från arbete, 2025.")
    _go_on(page, "Målgrupp och mervärde")
    _texts(page, "Målgrupp och mervärde")
    _go_on(page, "Genomförande och samverkan")
    _cooperation_alone(page)
    expect(page.get_by_role("heading", name="Tid och aktivitetsplan", level=1)).to_be_visible()
    page.get_by_label("Från och med").fill(f"{years.first}-01-01")
    page.get_by_label("Till och med").fill(f"{years.second}-12-31")
    for column, value in ACTION.items():
        page.get_by_label(re.compile(f"^{column}")).first.fill(value)
    _texts(page, "Tid och aktivitetsplan")
    for heading in list(TEXTS)[3:]:
        _go_on(page, heading)
        _texts(page, heading)
    _go_on(page, "Kostnader och finansiering")
    _costs(page, years)
    _go_on(page, "Underskrifter")
    _signatures(page)


def _go_on(page: Page, heading: str) -> None:
    page.get_by_role("button", name="Spara och fortsätt").click()
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()


def _texts(page: Page, heading: str) -> None:
    for label, value in TEXTS[heading].items():
        page.get_by_label(label, exact=True).fill(value)


def _cooperation_alone(page: Page) -> None:
    """One principal only, for now."""
    for label, value in COOPERATION.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label(APPLICANT).check()
    look(page, "section-cooperation")
    page.get_by_role("button", name="Spara och fortsätt").click()
    expect(page.get_by_role("alert")).to_contain_text("minst två")
    look(page, "section-cooperation-alone")
    page.get_by_role("link", name="Gå vidare till nästa avsnitt").click()


def _costs(page: Page, years: Years) -> None:
    """Amounts as people write them; the sums follow while one types, and stand when the server has counted."""
    net = page.locator('tr[data-kind="net"]')
    page.get_by_label(f"Personal {years.first}").fill(FIRST_YEAR["Personal"])
    expect(net.locator('[data-sum="total"]')).to_have_text("540\u00a0000\u00a0kr")
    page.get_by_label(f"Lokaler {years.first}").fill("ungefär 90 000")
    page.get_by_label(f"Lokaler {years.second}").focus()
    wrong = page.get_by_text("”ungefär 90 000” går inte att läsa som ett belopp.")
    expect(wrong.first).to_be_visible()
    page.get_by_role("button", name="Spara", exact=True).last.click()
    expect(page.get_by_role("heading", name="Sparat, men det här återstår")).to_be_visible()
    field = page.get_by_label(f"Lokaler {years.first}")
    expect(field).to_have_value("ungefär 90 000")
    expect(field).to_have_attribute("aria-invalid", "true")
    look(page, "section-costs-wrong")
    for year, typed in ((years.first, FIRST_YEAR), (years.second, SECOND_YEAR)):
        for row, amount in typed.items():
            page.get_by_label(f"{row} {year}").fill(amount)
    _sums(page, years)
    page.get_by_role("button", name="Spara", exact=True).last.click()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_text("text som inte hann sparas")).to_have_count(0)
    _sums(page, years)
    look(page, "section-costs")


def _sums(page: Page, years: Years) -> None:
    net = page.locator('tr[data-kind="net"]')
    for column, amount in zip((str(years.first), str(years.second), "total"), NET, strict=True):
        expect(net.locator(f'[data-sum="{column}"]')).to_have_text(amount)


def _signatures(page: Page) -> None:
    page.get_by_label("Namnförtydligande").fill("Bo Hed")
    page.get_by_label("Organisation", exact=True).fill(APPLICANT)
    page.get_by_label("E-postadress").fill("bo.hed@sjoas.example")
    page.get_by_label("Rätt att skriva under").select_option("Firmatecknare")
    page.get_by_label("Uppgifterna är riktiga").check()
    look(page, "section-signatures")
    page.get_by_role("button", name="Spara och granska").click()


def submit(office: Office, page: Page) -> str:
    """One principal is refused with the reason; with the others it goes in. Gives the register number."""
    refusal = page.get_by_role("alert")
    expect(refusal).to_contain_text("minst två")
    expect(page.get_by_role("button", name="Skicka in ansökan")).to_have_count(0)
    look(page, "review-refused")
    refusal.get_by_role("link").first.click()
    for name in PARTIES:
        page.get_by_label(name).check()
    page.get_by_role("button", name="Spara och fortsätt").click()
    page.get_by_role("link", name="Granska och skicka in").click()
    look(page, "review")
    page.get_by_role("button", name="Skicka in ansökan").click()
    number = page.get_by_text(re.compile(r"^Diarienummer \d{4}/\d+$")).inner_text().split()[-1]
    look(page, "submitted")
    _confirmed(office, page, number)
    return number


def _confirmed(office: Office, page: Page, number: str) -> None:
    """The confirmation carries the application as Word, with the same sums."""
    office.open_letter(page, EMAIL, f"Ansökan {number} har kommit in")
    look(page, "letter-received")
    document = read_word(attached(page, ".docx"))
    words = words_of(document)
    assert number in words
    assert TITLE in words
    for amount in NET:
        # The table's heading says that all of it is kronor.
        assert amount.removesuffix("\u00a0kr") in words, f"{amount} is not in the application's Word document"
    follow(page, "/ansokan/")
    expect(page.get_by_text(f"Diarienummer {number}")).to_be_visible()


def years_ahead() -> Years:
    """The two calendar years after this one."""
    this = local_date(clock.now()).year
    return Years(this + 1, this + 2)


def read_decision(office: Office, page: Page, number: str) -> bytes:
    """Both hear it; the mail brings the decision as a letter and the certified extract, which is given, and leads to
    the application's page, where the letter is too."""
    for email in (CONTACT_EMAIL, EMAIL):
        office.open_letter(page, email, f"Beslut om er ansökan {number}")
        expect(page.locator(".letter-body")).to_contain_text("överklaga")
    look(page, "letter-decision")
    letter, extract = attached(page, "beslut-"), attached(page, "protokollsutdrag-")
    _says_how_it_went(letter, number)
    follow(page, "/ansokan/")
    expect(page.get_by_text("Ansökan är beviljad.")).to_be_visible()
    expect(page.get_by_text("Ännu inte uppfyllt")).to_be_visible()
    assert page.request.get(_word_of_letter(page)).body() == letter
    look(page, "granted")
    page.set_viewport_size({"width": 390, "height": 844})
    look(page, "granted-phone")
    return extract


def _says_how_it_went(letter: bytes, number: str) -> None:
    """To whom, how it went, and how to appeal."""
    document = read_word(letter)
    words = words_of(document)
    for expected in (APPLICANT, "Rut Lind", "981 55 Sjöås", "har beviljat er ansökan", "till förvaltningsrätten inom"):
        assert expected in words.replace("\u00a0", " "), f"{expected} is not in the decision letter"
    assert number in "\n".join(each.text for each in document.sections[0].first_page_footer.paragraphs)


def _word_of_letter(page: Page) -> str:
    link = page.get_by_role("listitem").filter(has_text="Beslut Styrelsen").get_by_role("link", name="Word")
    return str(link.evaluate("link => link.href"))
