"""Agreements of the north, and what one says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.agreements.models import Agreement
from paragraf.agreements.operations import register_agreement
from paragraf.agreements.rules import NewParty
from paragraf.duties.operations import adopt_standard_rules
from paragraf.people.models import Unit
from tests.parts.world import NOW, SINCE, World

Register = Callable[..., Agreement]


@pytest.fixture
def ruled(world: World) -> World:
    """The world, with the standard rules in both associations."""
    with world.database.writing() as session:
        for home in (world.north, world.south):
            adopt_standard_rules(session, home.id, valid_from=SINCE)
    return world


@pytest.fixture
def session(ruled: World) -> Iterator[Session]:
    """One transaction, committed when the test ends."""
    with ruled.database.writing() as writing:
        yield writing


@pytest.fixture
def units(ruled: World) -> dict[int, int]:
    """The adult education of each association, by the association's id."""
    with ruled.database.reading() as reading:
        return {unit.association_id: unit.id for unit in reading.scalars(select(Unit))}


@pytest.fixture
def saying(ruled: World, units: dict[int, int]) -> Callable[..., dict[str, Any]]:
    """``saying(notice_months=3)``: what the north's agreement says, but for what is named."""
    north = ruled.north

    def made(**changed: Any) -> dict[str, Any]:
        return {
            "title": "Samverkan Norrdal",
            "summary": "Stöd till dem som behöver flera myndigheter samtidigt.",
            "parties": [NewParty(north.municipality.id, units[north.id]), NewParty(north.region.id)],
            "in_force_from": date(2023, 1, 1),
            "in_force_until": None,
            "revised_yearly": True,
            "notice_months": 2,
            "informed_bodies": [north.board.id],
            "now": NOW,
            "actor": north.secretary.name,
        } | changed

    return made


@pytest.fixture
def register(ruled: World, session: Session, saying: Callable[..., dict[str, Any]]) -> Register:
    """``register(notice_months=3)``: enter an agreement in the north."""

    def made(**changed: Any) -> Agreement:
        return register_agreement(session, **{"association_id": ruled.north.id} | saying(**changed))

    return made
