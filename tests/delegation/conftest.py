"""The north's people, in a session that is thrown away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from tests.parts.world import Home, World


@pytest.fixture
def home(world: World) -> Home:
    return world.north


@pytest.fixture
def session(world: World) -> Iterator[Session]:
    with world.database.new_session(writes=True) as opened:
        yield opened
