"""A round that waits, in a session that is thrown away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from paragraf.signing.models import SignatureRound
from tests.parts.world import World
from tests.signing.acting import Completions, send_out


@pytest.fixture
def session(world: World) -> Iterator[Session]:
    with world.database.new_session(writes=True) as opened:
        yield opened


@pytest.fixture
def waiting(session: Session, world: World) -> SignatureRound:
    """The minutes of the north, sent to chair, secretary and verifier; nobody has done anything yet."""
    return send_out(session, world.north)


@pytest.fixture
def done() -> Completions:
    return Completions()
