"""The desk's pages without a browser: remembered drawings, versions, phrases, the room, what was taken out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from paragraf.meetings.models import Meeting
from paragraf.minutes import operations, queries
from paragraf.people.models import Person
from tests.minutes import acting
from tests.parts.world import World
from webapp.minutes import desk as pages

ClientOf = Callable[[Person | None], FlaskClient]


class Browser:
    """The secretary's browser at the minutes of the meeting."""

    def __init__(self, client: FlaskClient, meeting_id: int) -> None:
        self.client = client
        self.root = f"/norrdal/moten/{meeting_id}/protokoll"

    def get(self, path: str = "/") -> TestResponse:
        return self.client.get(self.root + path)

    def post(self, path: str, **data: Any) -> TestResponse:
        return self.client.post(self.root + path, data=data)

    def type(self, item: int, base: int, background: str, **headers: str) -> TestResponse:
        sent = {"base_version": base, "heading": "Lägesrapport", "background": background, "clauses": []}
        return self.client.post(f"{self.root}/paragraf/{item}/spara", json=sent, headers=headers)


@pytest.fixture
def browser(world: World, meeting: Meeting, client_of: ClientOf) -> Browser:
    return Browser(client_of(world.north.secretary), meeting.id)


@pytest.fixture
def items(world: World, meeting: Meeting) -> list[int]:
    with world.database.reading() as session:
        return [row.id for row in acting.rows(session, queries.minutes(session, world.north.id, meeting.id))]


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The §§ of the desks that were drawn, not remembered."""
    seen: list[int] = []
    draw = pages.desk_page

    def counted(minutes: Any, item_id: Any, **more: Any) -> str:
        seen.append(item_id)
        return draw(minutes, item_id, **more)

    monkeypatch.setattr(pages, "desk_page", counted)
    return seen


# --- remembered ---


def test_a_page_is_drawn_again_only_when_something_has_happened(
    browser: Browser, items: list[int], drawings: list[int]
) -> None:
    path = f"/?paragraf={items[0]}"
    first, second = (_without_tokens(browser.get(path).text) for _ in range(2))
    assert first == second
    assert drawings == [items[0]]
    browser.type(items[2], 1, "Läget är mycket gott.")
    browser.get(path)
    assert len(drawings) == 2
    browser.post(f"/paragraf/{items[2]}/flytta", place=1)
    assert "§ 628" in browser.get(path).text
    assert len(drawings) == 3


def _without_tokens(page: str) -> str:
    """The page without its CSRF tokens, which hold the second in which they were made."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page)


def test_two_browsers_share_no_token(
    app: Flask, world: World, meeting: Meeting, items: list[int], client_of: ClientOf
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    two = [Browser(client_of(world.north.secretary), meeting.id) for _ in range(2)]
    pages = [browser.get(f"/?paragraf={items[2]}").text for browser in two]
    tokens = [set(re.findall(r'name="csrf_token" value="([^"]+)"', page)) for page in pages]
    assert [len(each) for each in tokens] == [1, 1]
    assert tokens[0] != tokens[1]
    for browser, token in zip(two, tokens, strict=True):
        assert browser.type(items[2], 1, "Läget är gott.", **{"X-CSRFToken": token.copy().pop()}).status_code == 200


def test_whoever_may_not_write_is_not_given_what_is_remembered(
    browser: Browser, items: list[int], world: World, client_of: ClientOf, meeting: Meeting
) -> None:
    path = f"/?paragraf={items[2]}"
    assert "Läget är gott." in browser.get(path).text
    for person in (world.north.member, world.south.secretary, None):
        assert "Läget är gott." not in Browser(client_of(person), meeting.id).get(path).text


def test_a_token_is_given_to_anybody_and_says_whether_somebody_is_signed_in(
    browser: Browser, client_of: ClientOf, meeting: Meeting
) -> None:
    assert browser.get("/nyckel").json == {"token": browser.get("/nyckel").json["token"], "signed_in": True}  # type: ignore[index]
    stranger = Browser(client_of(None), meeting.id).get("/nyckel")
    assert (stranger.status_code, (stranger.json or {})["signed_in"]) == (200, False)


# --- versions ---


def test_versions_are_listed_and_compared_with_everything_escaped(browser: Browser, items: list[int]) -> None:
    browser.type(items[2], 1, "<b>Läget</b> är gott.")
    page = browser.get(f"/paragraf/{items[2]}/versioner").text
    assert "&lt;b" in page
    assert "<b>Läget" not in page
    assert "Version 2 jämförd med version 1" in page
    assert browser.get(f"/paragraf/{items[2]}/versioner?version=9").status_code == 404


def test_taking_back_over_a_newer_text_shows_both(browser: Browser, items: list[int]) -> None:
    browser.type(items[2], 1, "Andra.")
    browser.type(items[2], 2, "Tredje.")
    path = f"/paragraf/{items[2]}/versioner/ta-tillbaka"
    assert "Två texter" in browser.post(path, version=1, base_version=2).text
    assert browser.post(path, version=1, base_version=3).status_code == 303
    assert "Läget är gott." in browser.get(f"/?paragraf={items[2]}").text


def test_one_step_back_and_nothing_before_the_first(browser: Browser, items: list[int]) -> None:
    path = f"/paragraf/{items[2]}/angra"
    browser.post(path, base_version=1)
    assert "Det finns ingen tidigare text" in browser.get(f"/?paragraf={items[2]}").text
    browser.type(items[2], 1, "Andra.")
    browser.post(path, base_version=2)
    assert "Texten från version 1 gäller igen." in browser.get(f"/?paragraf={items[2]}").text


def test_saving_keeps_what_was_told_around_the_decision(browser: Browser, items: list[int], world: World) -> None:
    told = {
        "base_version": 1,
        "heading": "X",
        "background": "",
        "clauses": [],
        "proceedings": {"propositions": "Bifall."},
    }
    browser.client.post(f"{browser.root}/paragraf/{items[2]}/spara", json=told)
    browser.type(items[2], 2, "Utan panelen på sidan.")
    browser.post(f"/paragraf/{items[2]}/spara", base_version=3, heading="Y", background="Utan skript.")
    with world.database.reading() as session:
        row = queries.item(session, world.north.id, int(browser.root.split("/")[3]), items[2])
        text = queries.newest_text(session, row)
    assert (text.version, text.heading, text.proceedings) == (4, "Y", {"propositions": "Bifall."})


# --- taken out and put back ---


def test_a_section_is_taken_out_and_put_back(browser: Browser, items: list[int]) -> None:
    browser.post(f"/paragraf/{items[1]}/ta-bort")
    page = browser.get().text
    assert "En uttagen paragraf" in page
    assert browser.post(f"/paragraf/{items[1]}/aterta").status_code == 303
    assert browser.post(f"/paragraf/{items[1]}/aterta").status_code == 404
    assert "uttagen paragraf" not in browser.get().text


def test_a_frozen_section_is_shown_with_the_reason_and_no_form(
    browser: Browser, items: list[int], world: World, meeting: Meeting
) -> None:
    with world.database.writing() as session:
        minutes = queries.minutes(session, world.north.id, meeting.id)
        first, second = acting.rows(session, minutes)[:2]
        acting.write(session, second, acting.GRANT)
        acting.elect(session, minutes, world.north.fourth_member)
        operations.verify_at_once(session, minutes, [first], now=acting.AFTER, actor=acting.SONJA)
    page = browser.get(f"/?paragraf={items[0]}").text
    assert "Texten och numret kan inte ändras." in page
    assert 'id="skrivyta"' not in page
    assert "att utse Maj Torn till justerare" in page
    assert browser.type(items[0], 1, "Annat.", Accept="application/json").status_code == 422
    assert 'id="skrivyta"' in browser.get(f"/?paragraf={items[1]}").text


# --- the room ---


def test_a_section_begins_now_or_at_a_time(browser: Browser, items: list[int]) -> None:
    assert browser.post(f"/paragraf/{items[0]}/borjar", clock="9.15").status_code == 303
    assert "Togs upp kl. 9.15" in browser.get(f"/?paragraf={items[0]}").text.replace("09.15", "9.15")
    browser.post(f"/paragraf/{items[0]}/borjar", never="1")
    assert "Togs upp kl." not in browser.get(f"/?paragraf={items[0]}").text.replace("Togs upp kl. 9", "", 0)


@pytest.mark.parametrize(
    ("act", "data", "says"),
    [
        ("borjar", {"clock": "kvart"}, "Skriv klockslaget så här: 11.30."),
        ("jav", {"person_id": "1", "ground": "nej"}, "Välj en grund för jävet."),
    ],
)
def test_what_cannot_be_read_is_told_at_the_desk(
    browser: Browser, items: list[int], act: str, data: dict[str, str], says: str
) -> None:
    assert browser.post(f"/paragraf/{items[0]}/{act}", **data).status_code == 303
    assert says in browser.get(f"/?paragraf={items[0]}").text


def test_anothers_person_cannot_come(browser: Browser, items: list[int], world: World) -> None:
    theirs = world.south.secretary.id
    assert browser.post(f"/paragraf/{items[0]}/kommer", person_id=theirs).status_code == 404
    assert browser.post(f"/paragraf/{items[0]}/gar", presence_id=4711).status_code == 404


def test_who_takes_part_is_a_part_of_the_desk_and_a_page(browser: Browser, items: list[int]) -> None:
    page, part = (browser.get(f"/paragraf/{items[0]}/rummet{more}").text for more in ("", "?del=1"))
    assert "<html" in page
    assert "<html" not in part
    assert "Vem är jävig?" in part


# --- phrases ---


def test_phrases_are_written_changed_and_picked_at_the_desk(browser: Browser, world: World) -> None:
    client = browser.client
    root = "/norrdal/standardfraser/"
    assert client.post(root, data={"name": "Paus", "text": "Ajournering <i>"}).status_code == 303
    assert 'data-phrase="Ajournering &lt;i&gt;"' in browser.get().text
    again = client.post(root, data={"name": "paus", "text": "Mer"})
    assert again.status_code == 422
    assert "Det finns redan en fras som heter så." in again.text
    assert client.post(root + "1", data={"name": "Paus", "text": ""}).status_code == 422
    assert client.post(root + "1", data={"name": "Kaffe", "text": "Rast"}).status_code == 303
    assert client.post(root + "vanliga").status_code == 303
    assert "Kaffe" in client.get(root).text
    assert client.post(root + "1/ta-bort").status_code == 303
    assert "Kaffe" not in client.get(root).text


def test_phrases_are_the_offices_own(world: World, client_of: ClientOf) -> None:
    for person in (world.north.member, world.south.secretary, None):
        assert client_of(person).get("/norrdal/standardfraser/").status_code in (302, 403)


# --- many at once ---


def test_the_desk_asks_as_little_with_three_hundred_sections(browser: Browser, world: World, meeting: Meeting) -> None:
    with world.database.writing() as session:
        minutes = queries.minutes(session, world.north.id, meeting.id)
        for number in range(60):
            operations.add_item(session, minutes, heading=f"Fråga {number}", now=acting.AFTER, actor=acting.SONJA)
    assert browser.get().text.count('class="line-number"') == 63
