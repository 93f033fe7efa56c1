"""A board meeting to come, in a session that is thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from paragraf.duties.operations import adopt_standard_rules
from paragraf.meetings import operations
from paragraf.meetings.models import Meeting
from tests.parts.world import NOW, SINCE, Home, World

START = datetime(2026, 4, 9, 7, 0, tzinfo=UTC)
END = datetime(2026, 4, 9, 11, 30, tzinfo=UTC)


@pytest.fixture
def home(world: World) -> Home:
    return world.north


@pytest.fixture
def session(world: World) -> Iterator[Session]:
    with world.database.new_session(writes=True) as opened:
        adopt_standard_rules(opened, world.north.id, valid_from=SINCE)
        yield opened


@pytest.fixture
def meeting(session: Session, home: Home) -> Meeting:
    """9 April 2026 at 09.00–13.30, Swedish time."""
    return operations.plan_meeting(
        session,
        body=home.board,
        starts_at=START,
        ends_at=END,
        place="Kommunhuset, rum Björken",
        now=NOW,
        actor=home.secretary.name,
    )
