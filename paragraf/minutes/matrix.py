"""Who votes for which seat in which §, as a table: a row a seat, a column for each run of §§ that are alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from paragraf.minutes.participation import Participation, Room
from paragraf.people.models import Mandate


class Cell(StrEnum):
    """Who votes for a seat."""

    MEMBER = "member"
    SUBSTITUTE = "substitute"
    #: The member is disqualified, and nobody serves.
    DISQUALIFIED = "disqualified"
    #: Nobody knows whether the one in the seat was there.
    UNSURE = "unsure"
    EMPTY = "empty"


@dataclass(frozen=True)
class Filled:
    """A cell, and the name of the substitute in it or of the one whom nobody knows about."""

    cell: Cell
    name: str = ""
    #: The one in the seat is disqualified and a substitute serves.
    for_recusal: bool = False


@dataclass(frozen=True)
class Column:
    """§§ in a row that are decided by the same persons, with the first and last number."""

    first: int
    last: int
    participation: Participation
    cells: Mapping[int, Filled]


@dataclass(frozen=True)
class Matrix:
    """The table: members' mandates in the order of their seats, and the columns."""

    seats: tuple[Mandate, ...]
    columns: tuple[Column, ...]


def matrix(room: Room, participations: Mapping[int, Participation], numbers: Mapping[int, int]) -> Matrix:
    """The table of the meeting. ``numbers``: the § numbers by id, in order."""
    columns: list[Column] = []
    for row in room.rows:
        told, number = participations[row.id], numbers[row.id]
        if columns and _alike(columns[-1].participation, told):
            last = columns[-1]
            columns[-1] = Column(last.first, number, last.participation, last.cells)
        else:
            cells = {seat: _filled(room, told, seat) for seat in room.members}
            columns.append(Column(number, number, told, cells))
    return Matrix(tuple(room.members.values()), tuple(columns))


def _alike(one: Participation, other: Participation) -> bool:
    return (one.deciding, one.recused, one.unsure_ids, one.leader) == (
        other.deciding,
        other.recused,
        other.unsure_ids,
        other.leader,
    )


def _filled(room: Room, told: Participation, seat: int) -> Filled:
    for one in told.deciding:
        if one.seat == seat:
            if not one.serves_for:
                return Filled(Cell.MEMBER)
            return Filled(Cell.SUBSTITUTE, one.name, one.for_recusal)
    for recused in told.disqualified:
        if recused.seat == seat:
            return Filled(Cell.DISQUALIFIED, recused.name)
    unsure = (one for one in room.stays if one.seat == seat and one.person_id in told.unsure_ids)
    found = next(unsure, None)
    return Filled(Cell.UNSURE, found.name) if found else Filled(Cell.EMPTY)
