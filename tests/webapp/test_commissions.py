"""A commission of the demonstration's board: whoever got it says that it is done; others may not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from paragraf.core.database import Database
from paragraf.duties.models import Duty
from paragraf.people.models import Association, Person
from tests.parts.demonstration import BEGUN
from webapp import create_app

TASK = "lämna ett yttrande"
ClientOf = Callable[[str], FlaskClient]


@pytest.fixture
def client_of(demonstration: Database) -> Iterator[ClientOf]:
    """``client_of("Jonas Wide")``: a browser's double signed in as somebody of the demonstration."""
    app = create_app(demonstration.settings, demonstration)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)

    def make(name: str) -> FlaskClient:
        with demonstration.reading() as session:
            person = session.scalars(select(Person).where(Person.name == name)).one()
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = f"{person.association_id}:{person.id}"
        return client

    with time_machine.travel(BEGUN, tick=False):
        yield make


@pytest.fixture
def address(demonstration: Database) -> str:
    with demonstration.reading() as session:
        north = select(Association.id).where(Association.slug == "norralven").scalar_subquery()
        wanted = select(Duty).where(Duty.association_id == north, Duty.rule_key == "commission")
        return f"/norralven/min-sida/uppdrag/{session.scalars(wanted).one().id}/klart"


def test_whoever_got_it_reports_it(client_of: ClientOf, address: str) -> None:
    client = client_of("Jonas Wide")
    assert TASK in client.get("/norralven/min-sida/").text
    assert client.post(address).headers["Location"] == "/norralven/min-sida/"
    assert TASK not in client.get("/norralven/min-sida/").text


def test_the_office_reports_it_for_somebody_else(client_of: ClientOf, address: str) -> None:
    assert client_of("Karin Ekdahl").post(address).status_code == 302


def test_a_member_and_a_stranger_do_not(client_of: ClientOf, address: str) -> None:
    assert client_of("Anders Flod").post(address).status_code == 404
    assert client_of("Hanna Sol").post(address).status_code == 403
    assert client_of("Hanna Sol").post(address.replace("norralven", "soderviken")).status_code == 404
    assert TASK in client_of("Jonas Wide").get("/norralven/min-sida/").text


def test_other_duties_are_not_reported_here(client_of: ClientOf, demonstration: Database) -> None:
    with demonstration.reading() as session:
        duty = session.scalars(select(Duty).where(Duty.rule_key == "agreement_revision").order_by(Duty.id)).first()
        assert duty is not None
        address = f"/norralven/min-sida/uppdrag/{duty.id}/klart"
    assert client_of("Karin Ekdahl").post(address).status_code == 404
