"""Two at once, each in a thread with a connection of its own, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken
from paragraf.core.log import broken_links
from paragraf.signing import operations, queries
from paragraf.signing.models import EventKind, IdentificationCode, Signatory, SignatureRound, SigningEvent
from paragraf.signing.rules import RoundState
from tests.parts.world import NOW, World
from tests.signing.acting import (
    CHAIR,
    PHONE,
    SOON,
    VERIFIER,
    Completions,
    ask_for_code,
    let_in,
    letters,
    mailed_code,
    send_out,
    sign,
)

Act = Callable[[Session], object]


@pytest.fixture
def ready(world: World) -> list[int]:
    """Ids of three signatories who are all identified in their phones."""
    with world.database.writing() as session:
        made = send_out(session, world.north)
        for signatory in made.signatories:
            let_in(session, signatory)
        return [signatory.id for signatory in made.signatories]


def at_once(world: World, *acts: Act) -> list[object]:
    """What each act answered; a broken rule is an answer too."""
    start = Barrier(len(acts))

    def run(act: Act) -> object:
        start.wait()
        try:
            with world.database.writing() as session:
                return act(session)
        except RuleBroken as refused:
            return refused

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def signing(signatory_id: int, done: Completions) -> Act:
    return lambda session: sign(session, session.get_one(Signatory, signatory_id), done)


def count(session: Session, kind: EventKind) -> int:
    return session.scalar(select(func.count()).select_from(SigningEvent).where(SigningEvent.kind == kind)) or 0


def test_finding_12_the_last_signers_at_once_complete_the_round_once(
    world: World, ready: list[int], done: Completions
) -> None:
    answers = at_once(world, *(signing(one, done) for one in ready))
    assert sorted(map(bool, answers)) == [False, False, True]
    with world.database.reading() as session:
        assert done.rounds == [session.scalars(select(SignatureRound.id)).one()]
        assert len(letters(session, "round_completed")) == 1
        assert list(broken_links(session, world.north.id)) == []


def test_the_same_person_twice_at_once_signs_once(world: World, ready: list[int], done: Completions) -> None:
    answers = at_once(world, *[signing(ready[CHAIR], done)] * 4)
    assert sum(isinstance(answer, RuleBroken) for answer in answers) == 3
    with world.database.reading() as session:
        assert count(session, EventKind.SIGNED) == 1


def test_signing_and_withdrawing_in_the_same_second(world: World, ready: list[int], done: Completions) -> None:
    """Whichever comes first wins, and the other is told; never both."""
    with world.database.writing() as session:
        for signatory_id in ready[:VERIFIER]:
            sign(session, session.get_one(Signatory, signatory_id), done)

    def withdraw(session: Session) -> None:
        found = session.scalars(select(SignatureRound)).one()
        operations.withdraw_round(session, found, reason="Fel version.", now=SOON, actor="Sonja Ekvall")

    answers = at_once(world, signing(ready[VERIFIER], done), withdraw)
    assert sum(isinstance(answer, RuleBroken) for answer in answers) == 1
    with world.database.reading() as session:
        found = session.scalars(select(SignatureRound)).one()
        state = queries.state_of(session, found, now=SOON)
        assert (state is RoundState.COMPLETED) == (len(done.rounds) == 1)
        assert (found.completed_at is None) != (found.withdrawn_at is None)


def test_signing_and_declining_in_the_same_second(world: World, ready: list[int], done: Completions) -> None:
    def decline(session: Session) -> None:
        chair = session.get_one(Signatory, ready[CHAIR])
        operations.decline(session, chair, reason="Nej.", session_key=PHONE, now=SOON)

    answers = at_once(world, signing(ready[CHAIR], done), decline)
    assert sum(isinstance(answer, RuleBroken) for answer in answers) == 1
    with world.database.reading() as session:
        assert count(session, EventKind.SIGNED) + count(session, EventKind.DECLINED) == 1


def test_finding_6_one_code_typed_twice_at_once_works_once(world: World) -> None:
    with world.database.writing() as session:
        chair = send_out(session, world.north).signatories[CHAIR]
        ask_for_code(session, chair)
        chair_id, code = chair.id, mailed_code(session, chair)

    def identify(session: Session) -> bool:
        return operations.identify(session, session.get_one(Signatory, chair_id), code=code, session_key=PHONE, now=NOW)

    assert sorted(map(bool, at_once(world, *[identify] * 4))) == [False, False, False, True]


def test_finding_6_asking_four_times_at_once_sends_one_code(world: World) -> None:
    with world.database.writing() as session:
        chair_id = send_out(session, world.north).signatories[CHAIR].id

    def ask(session: Session) -> bool:
        return ask_for_code(session, session.get_one(Signatory, chair_id))

    assert sorted(map(bool, at_once(world, *[ask] * 4))) == [False, False, False, True]
    with world.database.reading() as session:
        assert len(session.scalars(select(IdentificationCode)).all()) == 1


def test_asking_for_links_at_once_sends_one(world: World) -> None:
    with world.database.writing() as session:
        address = send_out(session, world.north).signatories[CHAIR].email
    later = NOW.replace(day=4)

    def ask(session: Session) -> int:
        return operations.request_new_link(session, address=address, now=later)

    assert sorted(int(str(answer)) for answer in at_once(world, *[ask] * 3)) == [0, 0, 1]


def test_a_failed_completion_takes_the_signature_back(world: World, ready: list[int]) -> None:
    """One transaction an act: if the minutes cannot be verified, the last one has not signed."""

    def broken(session: Session, _round: SignatureRound, _now: object) -> None:
        raise RuleBroken("Protokollet går inte att justera.")

    done = Completions()
    with world.database.writing() as session:
        for signatory_id in ready[:VERIFIER]:
            sign(session, session.get_one(Signatory, signatory_id), done)
    table = dict.fromkeys(done.table, broken)

    def sign_last(session: Session) -> None:
        last = session.get_one(Signatory, ready[VERIFIER])
        sha256 = last.round.document.sha256
        operations.sign(session, last, shown_sha256=sha256, session_key=PHONE, now=SOON, completed=table)

    (answer,) = at_once(world, sign_last)
    assert "justera" in str(answer)
    with world.database.reading() as session:
        assert count(session, EventKind.SIGNED) == 2
        assert session.scalars(select(SignatureRound.completed_at)).one() is None
