"""Submission: everything that is missing is told, and what is whole gets one number, one document, its letters."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from threading import Barrier
from typing import Any

import docx
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forms.definitions import load
from paragraf.applications import operations
from paragraf.applications.models import Application
from paragraf.applications.rules import NotComplete
from paragraf.core.errors import RuleBroken
from paragraf.core.log import broken_links
from paragraf.register import queries as register
from paragraf.register.models import Direction, DocumentKind, Matter, MatterKind
from tests.applications.acting import EMAIL, begin, fill_in, letters, save
from tests.parts.world import NOW, Home, World

LATER = NOW + timedelta(hours=2)


def submit(session: Session, application: Application) -> Matter:
    return operations.submit(session, application, version=application.version, now=LATER)


def test_a_whole_application_becomes_a_matter(
    session: Session, application: Application, typed: dict[str, Any], home: Home
) -> None:
    fill_in(session, application, typed)
    matter = submit(session, application)
    assert (matter.kind, matter.register_number) == (MatterKind.APPLICATION, "2026/1")
    assert (matter.title, matter.counterpart) == ("Stegvis", "Vuxenenheten i Granvik")
    assert (application.submitted_at, application.matter_id) == (LATER, matter.id)
    assert list(broken_links(session, home.id)) == []


def test_the_word_document_is_filed_as_incoming_and_its_pdf_is_asked_for(
    session: Session, application: Application, typed: dict[str, Any]
) -> None:
    fill_in(session, application, typed)
    matter = submit(session, application)
    [document] = register.documents(session, matter)
    assert application.document is document
    assert (document.kind, document.direction) == (DocumentKind.APPLICATION, Direction.IN)
    assert document.filename == "ansokan-2026-1.docx"
    assert register.conversion_of(session, document) is not None
    text = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(document.content)).paragraphs)
    assert "Vi skriver om bakgrund och problem." in text


def test_the_applicant_gets_the_number_the_link_and_the_document(
    session: Session, application: Application, typed: dict[str, Any]
) -> None:
    fill_in(session, application, typed)
    submit(session, application)
    [letter] = letters(session, "application_received")
    assert (letter.to_address, letter.to_name) == (EMAIL, "Ylva Ö. Exempel")
    assert "2026/1" in letter.subject
    assert "http://localhost/ansokan/" in letter.body
    assert [attachment.document_id for attachment in letter.attachments] == [application.document_id]


def test_a_contact_person_with_another_address_gets_the_letter_too(
    session: Session, application: Application, typed: dict[str, Any]
) -> None:
    typed["contact_person"]["email"] = "chefen@granvik.example"
    fill_in(session, application, typed)
    submit(session, application)
    addresses = [letter.to_address for letter in letters(session, "application_received")]
    assert addresses == [EMAIL, "chefen@granvik.example"]


def test_the_secretary_is_told(session: Session, application: Application, typed: dict[str, Any], home: Home) -> None:
    fill_in(session, application, typed)
    submit(session, application)
    [letter] = letters(session, "application_arrived")
    assert letter.to_address == home.secretary.email
    assert "410\u00a0000\u00a0kr" in letter.body
    assert "/norrdal/ansokningar/2026/1/" in letter.body


def test_an_empty_application_is_refused_with_everything_that_is_missing(
    session: Session, application: Application
) -> None:
    with pytest.raises(NotComplete) as refused:
        submit(session, application)
    sections = {problem.section_id for problem in refused.value.problems}
    assert len(sections) == 11
    assert application.submitted_at is None
    assert session.scalar(select(func.count(Matter.id))) == 0


def test_one_municipality_with_another_is_one_party_and_is_refused_with_the_reason(
    session: Session, application: Application, typed: dict[str, Any], home: Home
) -> None:
    typed["cooperating"] = [str(home.municipality.id), str(home.second_municipality.id)]
    fill_in(session, application, typed)
    with pytest.raises(NotComplete) as refused:
        submit(session, application)
    [problem] = refused.value.problems
    assert "minst två huvudmän" in str(problem)


def test_a_form_that_forgets_the_two_parties_is_still_bound_by_the_law(
    session: Session, home: Home, typed: dict[str, Any]
) -> None:
    source = load("application_a").replace("        at_least: 2\n", "        at_least: 1\n")
    operations.publish_form(session, association_id=home.id, source_text=source, now=NOW, actor="Test")
    application = begin(session, home)
    typed["cooperating"] = [str(home.region.id)]
    fill_in(session, application, typed)
    with pytest.raises(NotComplete) as refused:
        submit(session, application)
    assert [problem.question_id for problem in refused.value.problems] == ["cooperating"]


def test_submitted_twice_it_is_the_same_matter_and_no_second_letter(
    session: Session, application: Application, typed: dict[str, Any]
) -> None:
    fill_in(session, application, typed)
    assert submit(session, application).id == submit(session, application).id
    assert len(letters(session, "application_received")) == 1


def test_answers_changed_after_they_were_read_are_read_again_first(
    session: Session, application: Application, typed: dict[str, Any]
) -> None:
    fill_in(session, application, typed)
    read = application.version
    save(session, application, "operation", {"name": "Något annat"})
    with pytest.raises(RuleBroken, match="Läs igenom den en gång till"):
        operations.submit(session, application, version=read, now=LATER)


def test_after_submission_nothing_changes(session: Session, application: Application, typed: dict[str, Any]) -> None:
    fill_in(session, application, typed)
    submit(session, application)
    with pytest.raises(RuleBroken, match="redan inskickad"):
        save(session, application, "operation", {"name": "Nytt namn"})
    with pytest.raises(RuleBroken, match="redan inskickad"):
        operations.remove_attachment(session, application, 1, now=LATER)


def at_once(world: World, *acts: Callable[[Session], object]) -> list[object]:
    start = Barrier(len(acts))

    def run(act: Callable[[Session], object]) -> object:
        start.wait()
        with world.database.writing() as session:
            return act(session)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_a_double_click_submits_once(world: World, session: Session, typed: dict[str, Any]) -> None:
    application = begin(session, world.north)
    fill_in(session, application, typed)
    session.commit()

    def click(own: Session) -> str:
        row = own.get_one(Application, application.id)
        return operations.submit(own, row, version=row.version, now=LATER).register_number

    assert at_once(world, *[click] * 4) == ["2026/1"] * 4
    with world.database.reading() as own:
        assert own.scalar(select(func.count(Matter.id))) == 1
        assert len(letters(own, "application_received")) == 1
        assert list(broken_links(own, world.north.id)) == []
