"""Files that are added to an application."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from forms.definitions import load
from paragraf.applications import operations
from paragraf.register.models import Document
from tests.applications.acting import EMAIL
from tests.parts.world import NOW, World
from tests.webapp.applications.acting import link_in_last_letter, post_section


@pytest.fixture
def paper_link(world: World, visitor: FlaskClient) -> str:
    """An application on a form that asks for files."""
    question = "      - {id: papers, kind: attachments, required: false, label: {sv: Bilagor, en: Files}}\n"
    source = load("application_a").replace("      - id: truthful\n", question + "      - id: truthful\n")
    with world.database.writing() as session:
        operations.publish_form(session, association_id=world.north.id, source_text=source, now=NOW, actor="Test")
    visitor.post("/norrdal/ansok/", data={"family": "application_a", "email": EMAIL, "language": "sv"})
    return link_in_last_letter(world)


def test_a_file_is_added_read_and_taken_away_and_the_typed_is_saved_with_it(
    visitor: FlaskClient, paper_link: str
) -> None:
    name = {"signatories.0.name": "Ulla Påhitt", "signatories.0.organisation": "Region Norrdal"}
    file = (BytesIO(b"%PDF-1.7\nxxx"), "Karta.pdf")
    answer = post_section(
        visitor, paper_link, "signatures", {**name, "file.papers": file, "next-step": "upload.papers"}
    )
    page = visitor.get(answer.headers["Location"]).text
    assert "Karta.pdf (1 kB)" in page
    assert "Ulla Påhitt" in page
    found = re.search(r"bilaga/(\d+)", page)
    assert found is not None
    assert visitor.get(f"{paper_link}bilaga/{found.group(1)}").data == b"%PDF-1.7\nxxx"
    post_section(visitor, paper_link, "signatures", {"next-step": f"take-away.{found.group(1)}"})
    assert visitor.get(f"{paper_link}bilaga/{found.group(1)}").status_code == 404
    assert "Karta.pdf" not in visitor.get(paper_link + "signatures").text


def test_a_refused_file_loses_nothing_of_what_was_typed(visitor: FlaskClient, paper_link: str) -> None:
    name = {"signatories.0.name": "Ulla Påhitt", "signatories.0.organisation": "Region Norrdal"}
    file = (BytesIO(b"MZ\x90\x00" + bytes(200)), "Karta.pdf")
    answer = post_section(
        visitor, paper_link, "signatures", {**name, "file.papers": file, "next-step": "upload.papers"}
    )
    page = visitor.get(answer.headers["Location"]).text
    assert "inte av ett slag som tas emot" in page
    assert "Ulla Påhitt" in page


def test_another_applications_file_is_not_given_out(visitor: FlaskClient, world: World, paper_link: str) -> None:
    file = (BytesIO(b"%PDF-1.7\nxxx"), "Karta.pdf")
    post_section(visitor, paper_link, "signatures", {"file.papers": file, "next-step": "upload.papers"})
    with world.database.reading() as session:
        own = session.scalars(select(Document.id)).one()
    visitor.post("/norrdal/ansok/", data={"family": "application_a", "email": EMAIL, "language": "sv"})
    other = link_in_last_letter(world)
    assert visitor.get(f"{other}bilaga/{own}").status_code == 404
    post_section(visitor, other, "signatures", {"next-step": f"take-away.{own}"})
    assert visitor.get(f"{paper_link}bilaga/{own}").status_code == 200
