"""The demonstration in a database of its own: the whole chain once walked, made once a test process and copied."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from paragraf import all_models
from paragraf.core import migrating
from paragraf.core.database import Database
from paragraf.core.settings import Settings
from paragraf.demonstration import fill

#: When a newcomer starts the demonstration.
BEGUN = datetime(2026, 9, 15, 9, 0, tzinfo=UTC)


def demonstration_settings(place: Path) -> Settings:
    return Settings(data=place, secret_key="demonstration", demo=True, base_url="http://localhost")


@pytest.fixture(scope="session")
def demonstration_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a filled demonstration, to copy."""
    place = tmp_path_factory.mktemp("demonstration")
    database = Database(demonstration_settings(place))
    migrating.upgrade(database.engine, all_models.metadata)
    with time_machine.travel(BEGUN, tick=False):
        fill(database, now=BEGUN)
    database.dispose()
    return place


@pytest.fixture
def demonstration(demonstration_template: Path, tmp_path: Path) -> Iterator[Database]:
    """A copy of the demonstration that the test may change."""
    shutil.copy(demonstration_template / "paragraf.sqlite3", tmp_path)
    database = Database(demonstration_settings(tmp_path))
    yield database
    database.dispose()
