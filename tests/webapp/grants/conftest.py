"""A world at work on a Monday, with the forms that grants' pages need."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from forms.definitions import load
from paragraf.applications import operations as applications
from paragraf.applications.links import link_to
from paragraf.applications.models import Application
from paragraf.grants.models import Grant
from paragraf.grants.overview import funds
from tests.grants.acting import SONJA, came_in, granted, publish_reports
from tests.parts.world import NOW, World

#: A morning when the first year has begun and the first report can be written.
LATER = NOW.replace(month=11, day=2)


@pytest.fixture(autouse=True)
def clock(world: World) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(LATER, tick=False) as traveller:
        yield traveller


@pytest.fixture
def grant_id(world: World) -> int:
    """600 000 kr for two years on one condition, with the report forms and the year's funds in place."""
    with world.database.writing() as session:
        home = world.north
        source = load("application_a")
        applications.publish_form(session, association_id=home.id, source_text=source, now=NOW, actor=SONJA)
        publish_reports(session, home)
        made = granted(session, home, {2026: 200_000_00, 2027: 400_000_00}, ["att regionen beviljar sin del"])
        funds.record_funds(
            session,
            home.id,
            year=2026,
            budget_ore=1_000_000_00,
            income_ore=6_100_000_00,
            own_capital_ore=1_350_000_00,
            decided_on=date(2026, 1, 15),
            source="Budget 2026, § 12",
            now=NOW,
            actor=SONJA,
        )
        return made.id


@pytest.fixture
def own_link(world: World, grant_id: int) -> str:
    """The grantee's link, with a slash at the end."""
    with world.database.reading() as session:
        application = session.get_one(Application, session.get_one(Grant, grant_id).application_id)
        return link_to(world.database.settings, application).removeprefix("http://localhost")


@pytest.fixture
def other_matter(world: World, grant_id: int) -> str:
    """An application that came in and was never granted, by year and number."""
    with world.database.writing() as session:
        matter = came_in(session, world.north).matter
        assert matter is not None
        return f"{matter.year}/{matter.number}"
