"""Decisions that rest on the needs analysis: the share in whole numbers, and what must be explained."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from paragraf.core.errors import NotThere, RuleBroken
from paragraf.minutes import basis
from paragraf.minutes.basis import Basis, Fulfilment, fulfilment
from paragraf.minutes.models import Minutes, Verb
from paragraf.register.models import MatterKind
from paragraf.register.operations import open_matter
from tests.minutes import acting
from tests.parts.world import NOW, World

LINKED = Basis(True, is_linked=True)
EXPLAINED = Basis(True, is_linked=False, has_reason=True)
BARE = Basis(True, is_linked=False)
ELECTION = Basis(False, is_linked=False)


@pytest.mark.parametrize(
    ("noted", "reaches", "fulfilled"),
    [
        ([LINKED] * 4 + [EXPLAINED], True, True),
        ([LINKED] * 4 + [BARE], True, False),
        ([LINKED] * 3 + [EXPLAINED] * 2, False, False),
        ([LINKED] * 3 + [EXPLAINED], True, True),
        ([LINKED] * 3 + [EXPLAINED] + [ELECTION] * 20, True, True),
        ([ELECTION], None, None),
        ([], None, None),
    ],
)
def test_three_of_four_is_enough_when_the_fourth_says_why(
    noted: list[Basis], reaches: bool | None, fulfilled: bool | None
) -> None:
    measured = fulfilment(noted, 75)
    assert (measured.reaches_goal, measured.is_fulfilled) == (reaches, fulfilled)


def test_without_a_goal_there_is_a_share_and_no_verdict() -> None:
    measured = fulfilment([LINKED, BARE], None)
    assert (measured.tenths, measured.is_fulfilled) == (500, None)


@given(st.integers(1, 400), st.integers(0, 400), st.integers(1, 100))
def test_the_share_is_never_rounded_up(substantive: int, linked: int, goal: int) -> None:
    linked = min(linked, substantive)
    measured = Fulfilment(substantive, linked, 0, goal)
    assert measured.reaches_goal == (linked / substantive >= goal / 100 or linked * 100 == goal * substantive)
    assert (measured.tenths or 0) * substantive <= 1000 * linked


def test_what_counts_is_proposed_by_what_is_decided() -> None:
    assert basis.is_probably_substantive([Verb.NOTE, Verb.GRANT])
    assert not basis.is_probably_substantive([Verb.APPOINT, Verb.APPROVE])


def test_it_is_noted_and_changed(session: Session, draft: Minutes, world: World) -> None:
    row = acting.rows(session, draft)[1]
    analysis = open_matter(
        session,
        association_id=world.north.id,
        kind=MatterKind.OTHER,
        title="Behovsanalys 2026",
        counterpart="Beredningsgruppen",
        now=NOW,
        actor="Prov",
    )
    said = {"now": NOW, "actor": "Prov"}
    basis.set_basis(session, row, is_substantive=True, needs_analysis=analysis, **said)  # type: ignore[arg-type]
    assert basis.basis_of(row, []) == Basis(True, is_linked=True)
    basis.set_basis(session, row, is_substantive=True, needs_analysis=None, reason=" Ny  grupp ", **said)  # type: ignore[arg-type]
    assert row.basis is not None
    assert row.basis.reason == "Ny grupp"
    assert basis.basis_of(row, []) == Basis(True, is_linked=False, has_reason=True)


def test_anothers_analysis_and_a_novel_are_refused(session: Session, draft: Minutes, world: World) -> None:
    row = acting.rows(session, draft)[1]
    theirs = open_matter(
        session,
        association_id=world.south.id,
        kind=MatterKind.OTHER,
        title="Behovsanalys",
        counterpart="",
        now=NOW,
        actor="Prov",
    )
    with pytest.raises(NotThere):
        basis.set_basis(session, row, is_substantive=True, needs_analysis=theirs, now=NOW, actor="Prov")
    with pytest.raises(RuleBroken, match="högst 500"):
        basis.set_basis(session, row, is_substantive=True, needs_analysis=None, reason="x" * 501, now=NOW, actor="P")
