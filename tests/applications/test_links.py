"""Links: begun by mail, asked for again, shut; what is wrong with one is never told apart."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session

from paragraf.applications import links, operations
from paragraf.applications.models import Application
from paragraf.applications.rules import LETTERS_IN_SPAN
from paragraf.core import tokens
from paragraf.core.database import settings_of
from paragraf.core.errors import LinkExpired, LinkRefused, NotThere, RuleBroken
from tests.applications.acting import EMAIL, begin, fill_in, letters, submit, whole_answers
from tests.parts.world import NOW, Home, World


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def tokens_in(text: str) -> list[str]:
    return re.findall(r"http://localhost/ansokan/([^/\s]+)/", text)


def again(session: Session, home: Home, email: str = EMAIL) -> bool:
    return operations.request_new_link(session, association=home.association, email=email, now=NOW)


def test_the_letter_opens_the_application(session: Session, application: Application) -> None:
    [letter] = letters(session, "application_started")
    [token] = tokens_in(letter.body)
    assert (letter.to_address, letter.secret) == (EMAIL, True)
    assert token not in letter.subject
    assert operations.find_by_token(session, token) is application


@pytest.mark.parametrize(("language", "greeting"), [("sv", "Hej!"), ("en", "Hello,")])
def test_the_letter_is_in_the_applicants_language(session: Session, home: Home, language: str, greeting: str) -> None:
    begin(session, home, language=language)
    assert letters(session, "application_started")[0].body.startswith(greeting)


def test_an_address_is_kept_in_one_form(session: Session, home: Home) -> None:
    assert begin(session, home, "  Ylva@Granvik.EXAMPLE ").email == EMAIL


def test_a_form_that_is_not_open_cannot_be_begun(session: Session, home: Home, application: Application) -> None:
    application.form_version.family.is_open = False
    session.flush()
    with pytest.raises(NotThere):
        begin(session, home)


def test_nobody_can_fill_a_mailbox_by_beginning(session: Session, home: Home) -> None:
    for _time in range(LETTERS_IN_SPAN):
        begin(session, home)
    with pytest.raises(RuleBroken, match="Vänta en timme"):
        begin(session, home)
    begin(session, home, "annan@granvik.example")
    assert len(letters(session, "application_started")) == LETTERS_IN_SPAN + 1


def test_every_link_of_an_address_comes_in_one_letter(session: Session, world: World, application: Application) -> None:
    fill_in(session, application, whole_answers(world.north))
    submit(session, application)
    draft = begin(session, world.north)
    begin(session, world.north, "annan@granvik.example")
    begin(session, world.south)
    assert again(session, world.north, " YLVA@granvik.example")
    [letter] = letters(session, "application_link_again")
    found = [operations.find_by_token(session, token) for token in tokens_in(letter.body)]
    assert found == [draft, application]
    assert "Stegvis (inskickad, diarienummer 2026/1)" in letter.body


def test_the_old_links_go_on_working_when_a_new_one_is_asked_for(
    session: Session, home: Home, application: Application
) -> None:
    [token] = tokens_in(letters(session, "application_started")[0].body)
    assert again(session, home)
    assert operations.find_by_token(session, token) is application


def test_an_unknown_address_gets_no_letter(session: Session, home: Home, application: Application) -> None:
    assert not again(session, home, "ingen@granvik.example")
    assert letters(session, "application_link_again") == []


def test_another_associations_applicant_gets_no_letter(
    session: Session, world: World, application: Application
) -> None:
    assert not again(session, world.south)


def test_nobody_can_fill_a_mailbox_by_asking(session: Session, home: Home, application: Application) -> None:
    assert [again(session, home) for _time in range(LETTERS_IN_SPAN + 2)] == [True] * LETTERS_IN_SPAN + [False] * 2
    later = NOW + timedelta(hours=1)
    assert operations.request_new_link(session, association=home.association, email=EMAIL, now=later)
    assert len(letters(session, "application_link_again")) == LETTERS_IN_SPAN + 1


def test_shutting_the_links_mails_a_new_one(session: Session, application: Application) -> None:
    [old] = tokens_in(letters(session, "application_started")[0].body)
    operations.replace_link(session, application, now=NOW)
    with pytest.raises(LinkRefused):
        operations.find_by_token(session, old)
    [new] = tokens_in(letters(session, "application_link_again")[0].body)
    assert operations.find_by_token(session, new) is application


def test_shutting_again_and_again_stops(session: Session, application: Application) -> None:
    for _time in range(LETTERS_IN_SPAN):
        operations.replace_link(session, application, now=NOW)
    with pytest.raises(RuleBroken, match="Vänta en stund"):
        operations.replace_link(session, application, now=NOW)


def test_a_link_lives_half_a_year(session: Session, application: Application, clock: time_machine.Traveller) -> None:
    [token] = tokens_in(letters(session, "application_started")[0].body)
    clock.shift(timedelta(days=180))
    assert operations.find_by_token(session, token) is application
    clock.shift(timedelta(days=1))
    with pytest.raises(LinkExpired):
        operations.find_by_token(session, token)
    found = links.association_of(session, token)
    assert found is not None
    assert found.id == application.association_id


@pytest.mark.parametrize(
    "payload",
    [{"a": 999, "s": 1}, {"a": 1, "s": 2}, {"a": "1", "s": 1}, {"a": 1}, {}, {"s": 1, "a": None}],
)
def test_a_link_to_nothing_is_refused(session: Session, application: Application, payload: dict[str, object]) -> None:
    payload = {name: application.id if value == 1 and name == "a" else value for name, value in payload.items()}
    token = tokens.issue(settings_of(session), tokens.Purpose.APPLICATION, payload)  # type: ignore[arg-type]
    with pytest.raises(LinkRefused):
        operations.find_by_token(session, token)


def test_a_link_for_something_else_is_refused(session: Session, application: Application) -> None:
    payload: dict[str, int | str] = {"a": application.id, "s": 1}
    token = tokens.issue(settings_of(session), tokens.Purpose.SIGNING, payload)
    with pytest.raises(LinkRefused):
        operations.find_by_token(session, token)


def test_a_long_address_fits_where_the_applicant_is_named() -> None:
    application = Application(email=f"{'y' * 64}@{'granvik' * 20}.example")
    assert len(links.actor_of(application)) == 120
