"""The pages for everyone: front page, an association's page, its colour, the language, errors."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from paragraf.people.models import Person
from tests.parts.world import World
from webapp.public import local_path

ClientOf = Callable[[Person | None], FlaskClient]


@pytest.fixture
def visitor(client_of: ClientOf) -> FlaskClient:
    return client_of(None)


def test_the_front_page_lists_both_associations(visitor: FlaskClient) -> None:
    page = visitor.get("/").text
    assert "Samordningsförbundet Norrdal" in page
    assert 'href="/sunnan/"' in page


def test_an_association_shows_its_members_and_the_ways_in(visitor: FlaskClient) -> None:
    page = visitor.get("/norrdal/").text
    assert "Region Norrdal" in page
    assert 'href="/norrdal/logga-in"' in page
    assert 'href="/norrdal/anslagstavla/"' in page


def test_an_unknown_association_is_told_in_words(visitor: FlaskClient) -> None:
    answer = visitor.get("/finns-inte/")
    assert answer.status_code == 404
    assert "inget förbund" in answer.text


def test_an_unknown_page_is_told_in_words(visitor: FlaskClient) -> None:
    answer = visitor.get("/norrdal/finns/inte/alls")
    assert answer.status_code == 404
    assert "Sidan finns inte" in answer.text


def test_the_colour_is_a_style_sheet_of_its_own(visitor: FlaskClient, world: World) -> None:
    answer = visitor.get("/norrdal/tema.css")
    assert answer.headers["Content-Type"].startswith("text/css")
    assert world.north.association.colour in answer.text


def test_every_page_forbids_inline_script_and_framing(visitor: FlaskClient) -> None:
    answer = visitor.get("/norrdal/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "<script>" not in answer.text
    assert " style=" not in answer.text


def test_language_is_chosen_by_a_form_and_remembered(visitor: FlaskClient) -> None:
    assert '<html lang="sv">' in visitor.get("/norrdal/").text
    answer = visitor.post("/sprak", data={"language": "en", "back": "/norrdal/"})
    assert answer.headers["Location"] == "/norrdal/"
    assert '<html lang="en">' in visitor.get("/norrdal/").text


@pytest.mark.parametrize(
    ("wanted", "path"),
    [
        ("/norrdal/", "/norrdal/"),
        ("https://ond.example/", "/"),
        ("//ond.example/", "/"),
        ("/\\ond.example", "/"),
        ("/x\r\nSet-Cookie: a=b", "/"),
        ("", "/"),
    ],
)
def test_forms_send_nobody_elsewhere(wanted: str, path: str) -> None:
    assert local_path(wanted) == path


def test_cookies_are_kept_from_scripts_and_other_sites(visitor: FlaskClient) -> None:
    cookie = visitor.post("/sprak", data={"language": "en"}).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
