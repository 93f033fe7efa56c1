"""Migration 0007 brings the search index: up and down with rows, and the index follows its rows on both engines."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from paragraf.core.database import Database
from paragraf.meetings import goals
from paragraf.meetings.models import GoalKey
from paragraf.search import operations, queries
from paragraf.search.models import EntryKind
from paragraf.search.operations import NewEntry
from paragraf.search.queries import Wanted
from paragraf.search.rules import read_question
from tests.parts.migrations import down, up
from tests.parts.world import NOW, World


@pytest.fixture
def filled(world: World) -> Database:
    with world.database.writing() as session:
        new = NewEntry(EntryKind.ITEM, 1, 1, 1, 1, date(2026, 4, 9), "§ 1", "Rubrik", "bidraget", amounts=(100,))
        operations.add(session, world.north.id, [new], now=NOW)
        goals.set_goal(
            session,
            world.north.id,
            GoalKey.ATTENDANCE,
            valid_from=date(2026, 1, 1),
            percent=75,
            source="Verksamhetsplan",
            now=NOW,
            actor="Prov",
        )
    return world.database


def labels(database: Database, world: World) -> list[str]:
    with database.reading() as session:
        found = queries.find(session, world.north.id, Wanted(read_question("bidrag")))
        return [one.label for one in found.entries]


def test_the_index_goes_down_and_comes_up_empty_and_is_filled_again(filled: Database, world: World) -> None:
    assert labels(filled, world) == ["§ 1"]
    down(filled, "0006")
    up(filled)
    assert labels(filled, world) == []
    with filled.writing() as session:
        new = NewEntry(EntryKind.ITEM, 1, 1, 1, 1, date(2026, 4, 9), "§ 1", "Rubrik", "bidraget")
        operations.add(session, world.north.id, [new], now=NOW)
    assert labels(filled, world) == ["§ 1"]


def test_a_goal_is_a_share_of_a_whole(filled: Database) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)check"), filled.writing() as session:
        session.execute(text("UPDATE meeting_goal SET percent = 101"))


def test_amounts_go_with_their_entry(filled: Database) -> None:
    with filled.writing() as session:
        session.execute(text("DELETE FROM search_entry"))
        assert session.execute(text("SELECT count(*) FROM search_amount")).scalar() == 0
