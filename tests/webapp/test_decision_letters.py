"""The decision letter on the applicant's own page and beside the minutes, to those who may read it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from paragraf.applications.links import link_to
from paragraf.applications.models import Application
from paragraf.core.database import Database
from paragraf.minutes.models import Minutes
from paragraf.people.models import Association, Person, Role
from paragraf.register.models import Document, DocumentKind
from tests.parts.demonstration import BEGUN
from webapp import create_app


@pytest.fixture
def app(demonstration: Database) -> Iterator[Flask]:
    made = create_app(demonstration.settings, demonstration)
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    with time_machine.travel(BEGUN, tick=False):
        yield made


@pytest.fixture
def letter(demonstration: Database) -> Document:
    with demonstration.reading() as session:
        found = session.scalars(
            select(Document).where(Document.kind == DocumentKind.DECISION_LETTER, Document.rendered_from_id.is_(None))
        ).one()
        assert found.content
        assert found.matter is not None
        return found


@pytest.fixture
def own_page(demonstration: Database, letter: Document) -> str:
    """The address of the application's own page, without its last slash."""
    with demonstration.reading() as session:
        application = session.scalars(select(Application).where(Application.matter_id == letter.matter_id)).one()
        return link_to(demonstration.settings, application).removeprefix("http://localhost").rstrip("/")


def test_the_applicant_reads_the_letter_that_was_sent(app: Flask, letter: Document, own_page: str) -> None:
    client = app.test_client()
    page = client.get(f"{own_page}/").text
    address = re.search(rf'href="([^"]+/beslut/{letter.id})"', page)
    assert address is not None
    assert letter.title in page
    answer = client.get(address[1])
    assert answer.data == letter.content
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_no_other_document_comes_out_by_the_applicant_s_link(
    app: Flask, demonstration: Database, letter: Document, own_page: str
) -> None:
    with demonstration.reading() as session:
        others = session.scalars(select(Document.id).where(Document.id != letter.id)).all()
    client = app.test_client()
    answers = {client.get(f"{own_page}/beslut/{each}").status_code for each in others}
    assert answers == {404}


def test_a_link_that_is_wrong_opens_nothing(app: Flask, letter: Document, own_page: str) -> None:
    answer = app.test_client().get(f"{own_page}x/beslut/{letter.id}")
    assert answer.status_code in {403, 404, 410}
    assert letter.content not in answer.data


def signed_in(app: Flask, person: Person) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = f"{person.association_id}:{person.id}"
    return client


def test_the_office_finds_it_beside_the_minutes_and_strangers_do_not(
    app: Flask, demonstration: Database, letter: Document
) -> None:
    with demonstration.reading() as session:
        home = session.get_one(Association, letter.association_id)
        minutes = session.scalars(select(Minutes).where(Minutes.verified_at == letter.created_at)).one()
        office = select(Person).join(Role, Role.person_id == Person.id).order_by(Person.id)
        own = session.scalars(office.where(Person.association_id == home.id)).first()
        stranger = session.scalars(office.where(Person.association_id != home.id)).first()
    assert own is not None
    assert stranger is not None
    page = signed_in(app, own).get(f"/{home.slug}/moten/{minutes.meeting_id}/protokoll/").text
    assert "Brev om beslut" in page
    assert f"/handlingar/{letter.id}" in page
    address = f"/{home.slug}/handlingar/{letter.id}"
    assert signed_in(app, own).get(address).data == letter.content
    assert signed_in(app, stranger).get(address).status_code == 403
    assert app.test_client().get(address).status_code == 302
