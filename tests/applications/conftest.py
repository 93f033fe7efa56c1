"""An application on form A, in a session that is thrown away; and everything that an applicant would type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

from forms.definitions import load
from paragraf.applications import operations
from paragraf.applications.models import Application
from tests.applications.acting import begin, whole_answers
from tests.parts.world import NOW, Home, World


@pytest.fixture
def home(world: World) -> Home:
    return world.north


@pytest.fixture
def session(world: World) -> Iterator[Session]:
    with world.database.new_session(writes=True) as opened:
        for home in (world.north, world.south):
            operations.publish_form(
                opened, association_id=home.id, source_text=load("application_a"), now=NOW, actor=home.secretary.name
            )
        yield opened


@pytest.fixture
def application(session: Session, home: Home) -> Application:
    return begin(session, home)


@pytest.fixture
def typed(home: Home) -> dict[str, Any]:
    """Every question of form A by its section, answered without faults."""
    return whole_answers(home)
