"""The secretary at the desk in a real browser: the minutes of a meeting that is held, and what the rows hold."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Page

from paragraf.duties.operations import adopt_standard_rules
from paragraf.meetings.models import Meeting
from paragraf.minutes import queries
from paragraf.minutes.rules import ItemWords
from tests.minutes import acting
from tests.parts.world import SINCE, World
from tests.webapp.minutes.browsing import SignIn


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """One engine is enough for a look at the pages."""
    place = tmp_path / "paragraf.sqlite3"
    shutil.copy(request.getfixturevalue("sqlite_template"), place)
    return f"sqlite:///{place}"


@pytest.fixture(autouse=True)
def _then() -> Iterator[None]:
    with time_machine.travel(acting.AFTER, tick=True):
        yield


@pytest.fixture
def meeting(world: World) -> Meeting:
    with world.database.writing() as session:
        adopt_standard_rules(session, world.north.id, valid_from=SINCE)
        planned = acting.plan(session, world.north)
        acting.usual_agenda(session, world.north, planned)
        acting.all_present(session, planned)
        acting.begin(session, planned)
    return planned


@pytest.fixture
def sign_in(app: Flask, world: World, meeting: Meeting, serve: Callable[[Flask], str]) -> SignIn:
    """``sign_in(page)``: the page is the secretary's; gives the address of the minutes."""
    address = serve(app)

    def give(page: Page) -> str:
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = f"{world.north.id}:{world.north.secretary.id}"
            session["_fresh"] = True
        cookie = client.get_cookie("paragraf")
        assert cookie is not None
        page.context.add_cookies([{"name": "paragraf", "value": cookie.value, "url": address}])
        return f"{address}/norrdal/moten/{meeting.id}/protokoll/"

    return give


@pytest.fixture
def words(world: World, meeting: Meeting) -> Callable[[int], ItemWords]:
    """``words(place)``: what the § says in the database now."""

    def read(place: int) -> ItemWords:
        with world.database.reading() as session:
            minutes = queries.minutes(session, world.north.id, meeting.id)
            return queries.items(session, minutes)[place].words

    return read
