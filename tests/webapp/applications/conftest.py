"""An application that was begun by its link, and one that was submitted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from forms.definitions import load
from paragraf.applications import operations
from paragraf.applications.models import Application
from tests.applications.acting import EMAIL
from tests.parts.world import NOW, World
from tests.webapp.applications.acting import ClientOf, fill_in, link_in_last_letter, submit


@pytest.fixture(autouse=True)
def clock(world: World) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        with world.database.writing() as session:
            for home in (world.north, world.south):
                operations.publish_form(
                    session,
                    association_id=home.id,
                    source_text=load("application_a"),
                    now=NOW,
                    actor=home.secretary.name,
                )
        yield traveller


@pytest.fixture
def visitor(client_of: ClientOf) -> FlaskClient:
    return client_of(None)


@pytest.fixture
def link(world: World, visitor: FlaskClient) -> str:
    """An application that was begun, by its link with a slash at the end."""
    answer = visitor.post("/norrdal/ansok/", data={"family": "application_a", "email": EMAIL, "language": "sv"})
    assert answer.status_code == 200
    return link_in_last_letter(world)


@pytest.fixture
def submitted(world: World, visitor: FlaskClient, link: str) -> int:
    fill_in(world, visitor, link)
    submit(visitor, link)
    with world.database.reading() as session:
        return session.scalars(select(Application.id)).one()
