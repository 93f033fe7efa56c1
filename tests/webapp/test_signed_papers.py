"""Signed minutes are drawn once; what the page around them tells is asked anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from paragraf.core.database import Database
from paragraf.core.dates import local_date
from paragraf.minutes import document, queries
from paragraf.minutes.models import Minutes
from paragraf.people import queries as people
from paragraf.people.models import RoleKind
from tests.parts.demonstration import BEGUN
from webapp import create_app


@pytest.fixture
def minutes(demonstration: Database) -> Minutes:
    with demonstration.reading() as session:
        found = session.scalars(select(Minutes).where(Minutes.verified_at.is_not(None))).one()
        return queries.minutes_by_id(session, found.association_id, found.id)


@pytest.fixture
def secretary(demonstration: Database, minutes: Minutes) -> Iterator[FlaskClient]:
    app = create_app(demonstration.settings, demonstration)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with demonstration.reading() as session:
        person = people.holders(session, minutes.association_id, RoleKind.SECRETARY, local_date(BEGUN))[0]
    client = app.test_client()
    with time_machine.travel(BEGUN, tick=False), client.session_transaction() as cookie:
        cookie["_user_id"] = f"{person.association_id}:{person.id}"
    with time_machine.travel(BEGUN, tick=False):
        yield client


def address(minutes: Minutes) -> str:
    return f"/norralven/moten/{minutes.meeting_id}/protokoll/"


def test_the_paper_holds_every_item_and_is_drawn_once(
    demonstration: Database, secretary: FlaskClient, minutes: Minutes, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = secretary.get(address(minutes)).text
    with demonstration.reading() as session:
        fields = document.minutes_fields(session, queries.minutes(session, minutes.association_id, minutes.meeting_id))
    assert all(
        f"{item.number}\N{EN SPACE}{item.heading}" in first.replace("&ensp;", "\N{EN SPACE}") for item in fields.items
    )
    monkeypatch.setattr(document, "minutes_fields", None)
    assert secretary.get(address(minutes)).text == first


def test_each_language_has_its_own_paper(secretary: FlaskClient, minutes: Minutes) -> None:
    swedish = secretary.get(address(minutes)).text
    secretary.post("/sprak", data={"language": "en"})
    assert '<html lang="en">' in secretary.get(address(minutes)).text
    secretary.post("/sprak", data={"language": "sv"})
    assert secretary.get(address(minutes)).text == swedish


def test_an_extract_that_is_certified_afterwards_is_listed(
    demonstration: Database, secretary: FlaskClient, minutes: Minutes
) -> None:
    before = secretary.get(address(minutes)).text
    with demonstration.reading() as session:
        item = queries.item_rows(session, minutes)[-1]
    assert secretary.post(f"{address(minutes)}paragraf/{item.id}/utdrag").status_code == 303
    after = secretary.get(address(minutes)).text
    assert after.count("Protokollsutdrag") == before.count("Protokollsutdrag") + 2  # the list, and the message above
