"""Signing in by a mailed link: who gets one, how often, for how long, how many times."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from paragraf.people.models import Person
from paragraf.post.models import Letter
from tests.parts.world import NOW, World

ClientOf = Callable[[Person | None], FlaskClient]


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def visitor(client_of: ClientOf) -> FlaskClient:
    return client_of(None)


def letters(world: World) -> list[Letter]:
    with world.database.reading() as session:
        return list(session.scalars(select(Letter).where(Letter.kind == "sign_in").order_by(Letter.id)))


def ask(visitor: FlaskClient, email: str, slug: str = "norrdal") -> str:
    return visitor.post(f"/{slug}/logga-in", data={"email": email}).text


def link_for(world: World, visitor: FlaskClient, person: Person) -> str:
    ask(visitor, person.email)
    found = re.search(r"http://localhost(/\S+)", letters(world)[-1].body)
    assert found is not None
    return found.group(1)


def test_the_link_in_the_mail_signs_in(world: World, visitor: FlaskClient) -> None:
    link = link_for(world, visitor, world.north.secretary)
    assert world.north.secretary.name in visitor.get(link).text
    assert visitor.post(link).headers["Location"] == "/norrdal/min-sida/"
    assert visitor.get("/norrdal/min-sida/").status_code == 200


def test_an_unknown_address_gets_the_same_answer_and_no_letter(world: World, visitor: FlaskClient) -> None:
    known = ask(visitor, world.north.chair.email)
    unknown = ask(visitor, "ingen@norrdal.example")
    assert known.replace(world.north.chair.email, "X") == unknown.replace("ingen@norrdal.example", "X")
    assert [letter.to_address for letter in letters(world)] == [world.north.chair.email]


def test_another_associations_person_gets_no_letter(world: World, visitor: FlaskClient) -> None:
    ask(visitor, world.south.chair.email, slug="norrdal")
    assert letters(world) == []


def test_capitals_and_blanks_in_the_address_do_not_matter(world: World, visitor: FlaskClient) -> None:
    ask(visitor, f"  {world.north.chair.email.upper()} ")
    assert len(letters(world)) == 1


@pytest.mark.parametrize("typed", ["", "inte en adress", "a@"])
def test_what_is_not_an_address_is_told_at_the_field(visitor: FlaskClient, typed: str) -> None:
    answer = visitor.post("/norrdal/logga-in", data={"email": typed})
    assert answer.status_code == 422
    assert 'id="email-fel"' in answer.text


def test_opening_the_link_signs_nobody_in(world: World, visitor: FlaskClient) -> None:
    link = link_for(world, visitor, world.north.secretary)
    for _scanner in range(3):
        assert visitor.get(link).status_code == 200
        assert visitor.head(link).status_code == 200
    assert visitor.get("/norrdal/min-sida/").status_code == 302
    assert visitor.post(link).status_code == 302


def test_a_link_works_once(world: World, visitor: FlaskClient, client_of: ClientOf) -> None:
    link = link_for(world, visitor, world.north.secretary)
    visitor.post(link)
    second = client_of(None)
    answer = second.post(link)
    assert answer.status_code == 410
    assert "Länken gäller inte" in answer.text
    assert second.get("/norrdal/min-sida/").status_code == 302


def test_an_old_link_says_that_it_is_old(world: World, visitor: FlaskClient, clock: time_machine.Traveller) -> None:
    link = link_for(world, visitor, world.north.secretary)
    clock.shift(timedelta(minutes=31))
    answer = visitor.get(link)
    assert answer.status_code == 410
    assert "gått ut" in answer.text
    assert visitor.post(link).status_code == 410


def told(page: str) -> str:
    """What the page says, without the association's name around it."""
    return page[page.index("<main") : page.index("</main")].replace("/sunnan/", "/norrdal/")


def test_wrong_tampered_foreign_and_used_links_get_one_answer(
    world: World, visitor: FlaskClient, client_of: ClientOf
) -> None:
    link = link_for(world, visitor, world.north.secretary)
    tampered = link[:-4] + ("AAAA" if not link.endswith("AAAA") else "BBBB")
    foreign = link.replace("/norrdal/", "/sunnan/")
    used = link_for(world, visitor, world.north.chair)
    client_of(None).post(used)
    answers = {told(visitor.get(each).text) for each in (tampered, foreign, used, "/norrdal/logga-in/x.y.z")}
    assert len(answers) == 1
    assert world.north.secretary.name not in answers.pop()


def test_a_mailbox_cannot_be_flooded(world: World, visitor: FlaskClient, clock: time_machine.Traveller) -> None:
    for _time in range(9):
        ask(visitor, world.north.chair.email)
    assert len(letters(world)) == 5
    clock.shift(timedelta(minutes=31))
    ask(visitor, world.north.chair.email)
    assert len(letters(world)) == 6


def test_one_who_left_cannot_sign_in(world: World, visitor: FlaskClient) -> None:
    link = link_for(world, visitor, world.north.member)
    with world.database.writing() as session:
        session.get_one(Person, world.north.member.id).left_on = NOW.date()
    assert visitor.post(link).status_code == 410
    ask(visitor, world.north.member.email)
    assert len(letters(world)) == 1


def test_one_who_left_is_signed_out(world: World, client_of: ClientOf) -> None:
    client = client_of(world.north.member)
    assert client.get("/norrdal/min-sida/").status_code == 200
    with world.database.writing() as session:
        session.get_one(Person, world.north.member.id).left_on = NOW.date()
    assert client.get("/norrdal/min-sida/").status_code == 302


def test_after_signing_in_one_comes_to_the_page_that_was_asked_for(world: World, visitor: FlaskClient) -> None:
    answer = visitor.get("/norrdal/arenden/?ar=2026")
    assert answer.headers["Location"] == "/norrdal/logga-in"
    link = link_for(world, visitor, world.north.secretary)
    assert visitor.post(link).headers["Location"] == "/norrdal/arenden/?ar=2026"


def test_signing_out_forgets(world: World, client_of: ClientOf) -> None:
    client = client_of(world.north.secretary)
    assert client.post("/norrdal/logga-ut").status_code == 302
    assert client.get("/norrdal/min-sida/").status_code == 302
