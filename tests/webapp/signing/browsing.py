"""What a person, and what a machine, does with the signing pages."""

from __future__ import annotations

import re

from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from paragraf.core.database import Base
from tests.parts.world import World
from tests.signing.acting import CHAIR, Round
from tests.word.files import with_paragraphs

WORDING = "Styrelsen beslutar att bevilja stödet."
CONTENT = with_paragraphs(WORDING, "Närvarande: Olle Brand, Vera Lind")


ADDRESSES = ("olle@norrdal.example", "sonja@norrdal.example", "maj@norrdal.example")


def ask_for_code(browser: FlaskClient, sent: Round, who: int = CHAIR) -> TestResponse:
    return browser.post(f"/signera/{sent.token(who)}/kod", data={"email": ADDRESSES[who]})


def type_code(browser: FlaskClient, sent: Round, code: str, who: int = CHAIR) -> TestResponse:
    return browser.post(f"/signera/{sent.token(who)}/vem", data={"code": code})


def let_in(browser: FlaskClient, sent: Round, who: int = CHAIR) -> str:
    """Identify in the browser; the address of the document's page."""
    ask_for_code(browser, sent, who)
    answer = type_code(browser, sent, sent.code(who), who)
    assert answer.status_code == 303
    return answer.headers["Location"]


def sign(browser: FlaskClient, sent: Round, place: str, **changed: str) -> TestResponse:
    return browser.post(f"{place}skriv-under", data={"sha256": sent.sha256, "agree": "y", **changed})


def stored(world: World) -> dict[str, int]:
    """How many rows each table has."""
    with world.database.reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def bare(page: TestResponse) -> str:
    """The page without what differs between any two visits: the forms' own tokens, and its own address."""
    return re.sub(
        r'name="csrf_token" type="hidden" value="[^"]*"|name="(csrf_token|back)" value="[^"]*"', "", page.text
    )


def forms_of(page: TestResponse) -> list[tuple[str, dict[str, str]]]:
    """Every form of the page with its hidden fields, as a machine posts it."""
    found = []
    for form in html.fromstring(page.text).iter("form"):
        hidden = {
            field.get("name", ""): field.get("value", "")
            for field in form.iter("input")
            if field.get("type") == "hidden" and field.get("name")
        }
        found.append((form.get("action") or page.request.path, hidden))
    return found


def inside(sent: Round, who: int = CHAIR) -> list[str]:
    place = f"/signera/dokument/{sent.ids[who]}/"
    return [place, f"{place}word", f"{place}pdf", f"{place}skriv-under", f"{place}avboj"]
