"""The chair: opens the program twice a month and wants to see what is coming; the command that lists the reminders."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

from click.testing import CliRunner
from playwright.sync_api import Page, expect

from paragraf.cli import main
from paragraf.core import clock
from paragraf.core.dates import local_date
from paragraf.core.printing import print_date
from paragraf.meetings import queries as meetings
from paragraf.people import queries as people
from tests.chain.office import CHAIR, Office, look

AGREEMENT = "Vuxenvägen – samverkan för vuxna i Granvik"


def sees_what_is_coming(office: Office, page: Page) -> None:
    """Min sida: the window for changes, the yearly revision and the next meeting; and the letters about them."""
    office.sign_in(page, CHAIR)
    tasks = page.get_by_role("main").locator(".task")
    page.get_by_text("Längre fram").click()
    # Next year's are there too, further ahead.
    window = tasks.filter(has_text=f"Meddela ändringar: {AGREEMENT}").first
    expect(window).to_contain_text(re.compile(r"dagar kvar|Sista dagen är"))
    expect(tasks.filter(has_text=f"Besluta om årlig revidering: {AGREEMENT}").first).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="Styrelsen, ").first).to_be_visible()
    look(page, "chair-own-page")
    window.get_by_role("link").click()
    expect(page.get_by_role("heading", name=AGREEMENT, level=1)).to_be_visible()
    look(page, "agreement")
    for subject in ("Meddela senast", "Besluta senast"):
        office.open_letter(page, CHAIR, subject)
        expect(page.locator(".letter-body")).to_contain_text(AGREEMENT)
        look(page, "letter-reminder")


def hears_of_the_next_meeting(office: Office, page: Page) -> None:
    """A week before the board meets next, the scheduler reminds of it."""
    with office.database.reading() as session:
        association = people.association_by_slug(session, "norralven")
        last = meetings.coming(session, association.id, clock.now())[-1]
        starts_at = last.starts_at
    office.work(lambda: starts_at - timedelta(days=7))
    office.open_letter(page, CHAIR, f"Sammanträde {print_date(local_date(starts_at), 'sv')}")
    look(page, "letter-meeting")


def listing(office: Office) -> list[dict[str, str]]:
    """``paragraf reminders due --json`` for this year and the next."""
    year = local_date(clock.now()).year
    words = ["reminders", "due", "--from", f"{year}-01-01", "--to", f"{year + 1}-12-31", "--json"]
    settings = office.database.settings
    environment = {"PARAGRAF_DATA": str(settings.data), "PARAGRAF_SECRET_KEY": settings.secret_key}
    told = CliRunner().invoke(main, words, env=environment)
    assert told.exit_code == 0, told.output
    rows = json.loads(told.output)
    assert isinstance(rows, list)
    return rows


def check_listing(rows: list[dict[str, str]]) -> None:
    """Dates in order, and kinds, subjects and recipients that say who hears what when."""
    days = [date.fromisoformat(row["date"]) for row in rows]
    assert days == sorted(days)
    assert {"agreement_revision", "notice_window", "meeting"} <= {row["kind"] for row in rows}
    mine = [row for row in rows if row["recipient"] == CHAIR]
    assert any(AGREEMENT in row["subject"] for row in mine)
    assert all(row["subject"] for row in rows)
    assert all("@" in row["recipient"] for row in rows)
