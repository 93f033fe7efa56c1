"""Every form that comes with the program, filled in by keyboard alone in a real browser, each section seen by axe."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Page, expect

from forms.definitions import keys, load
from paragraf.applications import links, operations
from paragraf.applications.models import Application
from paragraf.core.money import print_amount
from paragraf.questions.reading import read_definition
from tests.applications.acting import EMAIL
from tests.parts.browser import axe, shot
from tests.parts.world import NOW, World
from tests.questions.whole import whole_answers
from tests.webapp.applications.keyboard import Typist

pytestmark = pytest.mark.browser


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """One engine is enough for a look at the pages."""
    place = tmp_path / "paragraf.sqlite3"
    shutil.copy(request.getfixturevalue("sqlite_template"), place)
    return f"sqlite:///{place}"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def begun(app: Flask, world: World, serve: Callable[[Flask], str]) -> Callable[[str], str]:
    """``begun("application_b")``: publish the form, begin it and give the address of its link."""
    address = serve(app)

    def begin(key: str) -> str:
        with world.database.writing() as session:
            version = operations.publish_form(
                session, association_id=world.north.id, source_text=load(key), now=NOW, actor="Sonja Ekvall"
            )
            # Who may begin what is tested elsewhere: a report, for one, is begun from its grant.
            application = Application(
                association_id=world.north.id,
                form_version=version,
                purpose=read_definition(load(key)).purpose,
                email=EMAIL,
                started_at=NOW,
            )
            session.add(application)
            session.flush()
            return links.link_to(world.database.settings, application).replace("http://localhost", address)

    return begin


@pytest.mark.parametrize("key", keys())
def test_a_shipped_form_is_filled_in_by_keyboard_alone(key: str, begun: Callable[[str], str], page: Page) -> None:
    form, answers = whole_answers(read_definition(load(key)), entries=["1"])
    stated = {
        check.question: print_amount(answers[check.question]) for check in form.checks if check.kind == "sum_equals"
    }
    link = begun(key)
    page.goto(link + form.sections[0].id)

    def look(at: Page) -> None:
        axe(at)
        shot(at, f"{key}-{at.url.rpartition('/')[2]}")

    walked = Typist(page, form, stated, look).fill_in()
    assert walked == [section.id for section in form.sections]
    axe(page)
    shot(page, f"{key}-granska")
    assert page.get_by_role("alert").all_inner_texts() == []
    expect(page.get_by_role("heading", level=1)).to_be_visible()
