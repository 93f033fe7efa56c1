"""The running office: the demonstration filled at this very moment, since cookies of a travelled time would expire."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from paragraf import all_models
from paragraf.core import clock, migrating
from paragraf.core.database import Database
from paragraf.core.settings import Settings
from paragraf.demonstration import fill
from paragraf.post.transports import transport_for
from tests.chain.office import Later, Office
from webapp import create_app


@pytest.fixture
def office_settings() -> Mapping[str, str]:
    """What a test wants otherwise than the demonstration has it."""
    return {}


@pytest.fixture
def office_running(
    tmp_path: Path, serve: Callable[[Later], str], office_settings: Mapping[str, str]
) -> Iterator[Office]:
    """The demonstration, served; its letters go where the settings say."""
    served = Later()
    address = serve(served)
    settings = Settings(data=tmp_path, secret_key="chain", demo=True, base_url=address, **office_settings)  # type: ignore[arg-type]
    database = Database(settings)
    migrating.upgrade(database.engine, all_models.metadata)
    fill(database, now=clock.now())
    served.app = create_app(settings, database)
    yield Office(address, database, transport_for(settings))
    database.dispose()
