"""A round that waits, and two browsers that have nothing to do with each other."""

from __future__ import annotations

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.parts.world import NOW, World
from tests.signing.acting import Completions, Round
from tests.webapp.signing.browsing import (
    CONTENT,
)
from webapp import signing as pages


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Completions:
    counted = Completions()
    monkeypatch.setattr(pages, "COMPLETED", counted.table)
    return counted


@pytest.fixture
def sent(world: World) -> Round:
    return Round(world, CONTENT)


@pytest.fixture
def mobile(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def laptop(app: Flask) -> FlaskClient:
    return app.test_client()
