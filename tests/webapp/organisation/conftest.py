"""The office's browser on the world of the tests, on the day on which they happen. Pages are tried on SQLite."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from flask.testing import FlaskClient

from paragraf.people.models import Person
from tests.parts.world import NOW, World

ClientOf = Callable[[Person | None], FlaskClient]


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """One engine is enough: the rows beneath are tried on both (tests/people, tests/meetings)."""
    place = tmp_path / "paragraf.sqlite3"
    shutil.copy(request.getfixturevalue("sqlite_template"), place)
    return f"sqlite:///{place}"


@pytest.fixture
def travelled() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def office(travelled: None, client_of: ClientOf, world: World) -> FlaskClient:
    return client_of(world.north.secretary)
