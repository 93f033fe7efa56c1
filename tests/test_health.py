"""What ails the house is told; only what it cannot be without makes it unwell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from time_machine import travel

from paragraf import health
from paragraf.core import heartbeat
from paragraf.health import Part
from paragraf.people.models import Person
from tests.parts.world import NOW, World

ClientOf = Callable[[Person | None], FlaskClient]


def office(world: World) -> Part:
    with world.database.reading() as session:
        (part,) = [part for part in health.examine(session, now=NOW) if part.name == "office"]
    return part


def test_libreoffice_that_is_missing_is_told_with_what_to_do(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert office(world) == Part(
        "office", False, "LibreOffice is missing, PDFs wait: apt-get install libreoffice-writer-nogui", vital=False
    )
    program = tmp_path / "soffice"
    program.touch(0o755)
    assert office(world) == Part("office", True, "LibreOffice is installed", vital=False)


def test_the_house_is_well_without_libreoffice(
    client_of: ClientOf, world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with world.database.writing() as session:
        heartbeat.beat(session, "scheduler", NOW)
    with travel(NOW, tick=False):
        answer = client_of(None).get("/healthz")
    assert (answer.status_code, answer.get_json()["well"]) == (200, True)
    assert answer.get_json()["office"]["well"] is False
