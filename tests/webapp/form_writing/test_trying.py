"""A form tried out through its own link: the applicant's pages, a plain banner, and nothing in the register."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select

from paragraf.applications.models import Application
from paragraf.post.models import Letter
from paragraf.register.models import Document, Matter
from tests.applications.acting import whole_answers
from tests.parts.world import World
from tests.webapp.applications.acting import ClientOf, fields_of, post_section, submit, told
from tests.webapp.form_writing.test_writing import FORM_SECTIONS, FORMS, MENDED, draft_of

BANNER = "Prov: inget av detta kommer in i diariet."


def begin(office: FlaskClient) -> str:
    answer = office.post(draft_of(office, MENDED) + "prova")
    assert answer.status_code == 303
    return answer.headers["Location"].replace("http://localhost", "")


def fill(world: World, office: FlaskClient, link: str) -> None:
    typed = whole_answers(world.north)
    for section in FORM_SECTIONS:
        own = {question.id: typed[question.id] for question in section.questions if question.id in typed}
        assert post_section(office, link, section.id, fields_of(own)).status_code == 303


def test_a_test_is_filled_in_for_real_and_registers_nothing(world: World, office: FlaskClient) -> None:
    link = begin(office)
    assert BANNER in told(office.get(link))
    assert office.get(link + "prov-klart").status_code == 302
    fill(world, office, link)
    assert BANNER in told(office.get(link + "operation"))
    answer = submit(office, link)
    assert answer.headers["Location"] == link + "prov-klart"
    page = told(office.get(link + "prov-klart"))
    assert "Så här hade det kommit in" in page
    assert "Stegvis" in page
    assert "410\u00a0000" in page
    word = office.get(link + "prov-klart.docx")
    assert word.data[:2] == b"PK"
    with world.database.reading() as session:
        for table in (Matter, Document, Letter):
            assert session.scalar(select(func.count()).select_from(table)) == 0
        assert session.scalars(select(Application)).one().submitted_at is None


def test_a_faulty_text_is_not_tried(office: FlaskClient) -> None:
    answer = office.post(draft_of(office, "key: [") + "prova")
    assert answer.headers["Location"].endswith("#fel")


def test_old_tests_are_removed_by_a_button(
    world: World, office: FlaskClient, client_of: ClientOf, clock: time_machine.Traveller
) -> None:
    link = begin(office)
    page = told(office.get(FORMS))
    assert "Fortsätt mitt senaste prov" in page
    assert "äldre än ett dygn" not in page
    assert link.split("/")[-2][:20] in office.post(FORMS + "prov/oppna").headers["Location"]
    clock.shift(timedelta(days=1))
    office = client_of(world.north.secretary)
    assert "Ta bort 1 prov som är äldre än ett dygn" in told(office.get(FORMS))
    office.post(FORMS + "prov/rensa")
    assert "Fortsätt mitt senaste prov" not in told(office.get(FORMS))
    assert office.get(link).status_code == 410


def test_an_applicants_own_pages_have_no_banner(world: World, visitor: FlaskClient) -> None:
    from tests.webapp.applications.acting import link_in_last_letter

    visitor.post("/norrdal/ansok/", data={"family": "application_a", "email": "y@granvik.example", "language": "sv"})
    link = link_in_last_letter(world)
    assert BANNER not in told(visitor.get(link))
    assert visitor.get(link + "prov-klart").status_code in (302, 422)
