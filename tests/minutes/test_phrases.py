"""Standard phrases: an association's own, found by name; the shipped ones are taken in by a button."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from paragraf.core.errors import NotThere, RuleBroken
from paragraf.minutes.phrases import (
    SHIPPED,
    add_phrase,
    adopt_shipped,
    change_phrase,
    phrase,
    phrases,
    remove_phrase,
)
from tests.minutes.acting import AFTER, SONJA
from tests.parts.world import Home, World


def names(session: Session, home: Home) -> list[str]:
    return [one.name for one in phrases(session, home.id)]


def add(session: Session, home: Home, name: str, text: str = "Text.") -> int:
    return add_phrase(session, home.id, name=name, text=text, now=AFTER, actor=SONJA).id


def test_phrases_stand_in_the_order_they_were_written(session: Session, home: Home) -> None:
    add(session, home, "Paus")
    add(session, home, "Avslutning")
    assert names(session, home) == ["Paus", "Avslutning"]


def test_shipped_phrases_come_once_and_beside_the_own(session: Session, home: Home) -> None:
    add(session, home, SHIPPED[0][0].upper(), "Vår egen.")
    assert adopt_shipped(session, home.id, now=AFTER, actor=SONJA) == len(SHIPPED) - 1
    assert adopt_shipped(session, home.id, now=AFTER, actor=SONJA) == 0
    assert len(names(session, home)) == len(SHIPPED)


def test_what_ships_may_be_written_by_hand(session: Session, home: Home) -> None:
    for name, text in SHIPPED:
        add(session, home, name, text)
    assert len(names(session, home)) == len(SHIPPED)


def test_a_phrase_is_changed_and_removed(session: Session, home: Home) -> None:
    row = phrase(session, home.id, add(session, home, "Paus"))
    change_phrase(session, row, name=" Paus  för kaffe", text="Ajournering.\r\n", now=AFTER, actor=SONJA)
    assert (row.name, row.text) == ("Paus för kaffe", "Ajournering.")
    remove_phrase(session, row, now=AFTER, actor=SONJA)
    assert names(session, home) == []
    with pytest.raises(NotThere):
        phrase(session, home.id, row.id)


@pytest.mark.parametrize(
    ("name", "text", "field"),
    [("", "x", "name"), ("x" * 81, "x", "name"), ("paus", "x", "name"), ("y", " ", "text"), ("y", "x" * 5001, "text")],
)
def test_a_phrase_that_cannot_be_kept_is_told_at_its_field(
    session: Session, home: Home, name: str, text: str, field: str
) -> None:
    add(session, home, "Paus")
    with pytest.raises(RuleBroken) as broken:
        add(session, home, name, text)
    assert broken.value.field == field


def test_another_associations_phrases_are_not_there(session: Session, world: World) -> None:
    theirs = add(session, world.south, "Paus")
    assert names(session, world.north) == []
    with pytest.raises(NotThere):
        phrase(session, world.north.id, theirs)
