"""The association with form A published, and somebody of its office."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from flask.testing import FlaskClient

from forms.definitions import load
from paragraf.applications.offered.publishing import publish_form
from tests.parts.world import NOW, World
from tests.webapp.applications.acting import ClientOf


@pytest.fixture(autouse=True)
def clock(world: World) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        with world.database.writing() as session:
            publish_form(
                session,
                association_id=world.north.id,
                source_text=load("application_a"),
                now=NOW,
                actor=world.north.secretary.name,
            )
        yield traveller


@pytest.fixture
def office(world: World, client_of: ClientOf) -> FlaskClient:
    return client_of(world.north.secretary)


@pytest.fixture
def visitor(client_of: ClientOf) -> FlaskClient:
    return client_of(None)
