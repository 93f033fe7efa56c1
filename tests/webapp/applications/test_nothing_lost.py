"""What goes wrong on the way in: a file too large, a session that is gone. Nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

from forms.definitions import load
from paragraf.applications import operations
from paragraf.applications.filled import answers_at
from paragraf.applications.models import Application
from paragraf.post.models import Letter
from paragraf.register.models import Document
from tests.applications.acting import begin
from tests.applications.test_saving import PAPERS
from tests.parts.world import NOW, World
from tests.webapp.applications.acting import fill_in, link_in_last_letter, told
from webapp.uploading import LARGEST_REQUEST, Kept


def stored(world: World) -> dict[str, object]:
    with world.database.reading() as session:
        application = session.scalars(select(Application).order_by(Application.id.desc())).first()
        assert application is not None
        return answers_at(session, application, application.version)


@pytest.fixture
def with_papers(world: World) -> str:
    with world.database.writing() as session:
        source = load("application_a").replace("      - id: truthful\n", PAPERS.lstrip("\n") + "      - id: truthful\n")
        operations.publish_form(session, association_id=world.north.id, source_text=source, now=NOW, actor="Prov")
        begin(session, world.north)
    return link_in_last_letter(world)


def upload(visitor: FlaskClient, link: str, content: bytes, name: str = "Stor.pdf") -> str:
    version = re.search(r'name="base-version" value="(\d+)"', visitor.get(f"{link}signatures").text)
    assert version is not None
    fields = {
        "base-version": version[1],
        "signatories.0.name": "Rut Lindmark",
        "next-step": "upload.papers",
        "file.papers": FileStorage(BytesIO(content), filename=name),
    }
    # Encoded here: the test's own browser would spool it to a file that nobody closes.
    body, length, boundary = stream_encode_multipart(fields, use_tempfile=False)
    answer = visitor.post(
        f"{link}signatures",
        input_stream=body,
        content_length=length,
        content_type=f'multipart/form-data; boundary="{boundary}"',
    )
    assert answer.status_code == 303
    return told(visitor.get(answer.headers["Location"]))


def test_a_file_far_too_large_is_refused_and_what_was_typed_is_saved(
    world: World, visitor: FlaskClient, with_papers: str
) -> None:
    page = upload(visitor, with_papers, b"%PDF-1.7\n" + bytes(40_000_000))
    assert "större än 10 MB" in page
    assert stored(world)["signatories"] == [{"name": "Rut Lindmark"}]
    with world.database.reading() as session:
        assert session.scalars(select(Document.id)).all() == []


def test_a_program_named_pdf_is_refused_and_what_was_typed_is_saved(
    world: World, visitor: FlaskClient, with_papers: str
) -> None:
    assert "inte av ett slag som tas emot" in upload(visitor, with_papers, b"MZ\x90\x00" + bytes(300))
    assert stored(world)["signatories"] == [{"name": "Rut Lindmark"}]


def test_the_same_file_twice_is_stored_once(world: World, visitor: FlaskClient, with_papers: str) -> None:
    pdf = b"%PDF-1.7\n%%EOF\n"
    upload(visitor, with_papers, pdf, "Plan.pdf")
    page = upload(visitor, with_papers, pdf, "Samma plan.pdf")
    assert page.count("take-away.") == 1
    assert "1 fil" in page
    with world.database.reading() as session:
        assert len(session.scalars(select(Document.id)).all()) == 1


def test_a_file_beyond_its_bound_keeps_one_byte_more() -> None:
    kept = Kept(4)
    assert kept.write(b"abc") == 3
    assert kept.write(b"defgh") == 5
    assert kept.getvalue() == b"abcd"
    assert LARGEST_REQUEST >= 500_000_000


# --- the session is gone ---------------------------------------------------------------------------------------------


@pytest.fixture
def forgetful(app: Flask, visitor: FlaskClient, link: str) -> Iterator[FlaskClient]:
    """A browser that has forgotten its visit, on a server that asks for the token of one."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield visitor
    app.config["WTF_CSRF_ENABLED"] = False


def press_again(visitor: FlaskClient, page: str, address: str) -> int:
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    return visitor.post(address, data=fields).status_code


def test_a_save_without_a_session_asks_for_one_press_more(world: World, forgetful: FlaskClient, link: str) -> None:
    answer = forgetful.post(link + "operation", data={"name": "Skrivet i en timme", "base-version": "0"})
    assert answer.status_code == 400
    assert "Inget är borta" in answer.text
    assert stored(world) == {}
    assert press_again(forgetful, told(answer), link + "operation") == 303
    assert stored(world) == {"name": "Skrivet i en timme"}


def test_the_script_gets_a_new_token_and_saves_again(world: World, forgetful: FlaskClient, link: str) -> None:
    fields, asks = {"name": "Av sig självt", "base-version": "0"}, {"Accept": "application/json"}
    answer = forgetful.post(link + "operation", data=fields, headers=asks)
    assert answer.status_code == 400
    again = asks | {"X-CSRFToken": answer.get_json()["csrf"]}
    assert forgetful.post(link + "operation", data=fields, headers=again).status_code == 200
    assert stored(world) == {"name": "Av sig självt"}


def test_a_submission_without_a_session_is_not_lost(app: Flask, world: World, visitor: FlaskClient, link: str) -> None:
    fill_in(world, visitor, link)
    version = re.search(r'name="version" value="(\d+)"', visitor.get(link + "granska").text)
    assert version is not None
    app.config["WTF_CSRF_ENABLED"] = True
    answer = visitor.post(link + "granska", data={"version": version[1]})
    assert press_again(visitor, told(answer), link + "granska") == 303
    with world.database.reading() as session:
        assert session.scalars(select(Letter).where(Letter.kind == "application_received")).all() != []


def test_a_wrong_link_gets_no_new_token(forgetful: FlaskClient) -> None:
    answer = forgetful.post("/ansokan/x.y.z/operation", data={"name": "X"}, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert set(answer.get_json()) == {"message"}
