"""Random walks: whoever does whatever in whatever order, a round ends in one way only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken
from paragraf.core.log import broken_links
from paragraf.signing import operations, queries
from paragraf.signing.models import EventKind, SignatureRound
from paragraf.signing.rules import RoundState
from tests.parts.world import NOW, World
from tests.signing.acting import LAPTOP, PHONE, Completions, ask_for_code, kinds, let_in, send_out, sign

Walk = list[tuple[str, int, str, int]]
ACTS = ("let in", "ask", "sign", "sign", "decline", "renew", "withdraw", "remind")
ENDED = {RoundState.COMPLETED, RoundState.DECLINED, RoundState.WITHDRAWN}

walks = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 2), st.sampled_from([PHONE, LAPTOP]), st.integers(1, 90)),
    max_size=25,
)


def step(session: Session, made: SignatureRound, done: Completions, act: str, who: int, key: str, minutes: int) -> None:
    signatory, now = made.signatories[who], NOW + timedelta(minutes=minutes)
    acts: dict[str, Callable[[], object]] = {
        "let in": lambda: let_in(session, signatory, key, now),
        "ask": lambda: ask_for_code(session, signatory, key, now),
        "sign": lambda: sign(session, signatory, done, key, now),
        "decline": lambda: operations.decline(session, signatory, reason="Nej.", session_key=key, now=now),
        "renew": lambda: operations.resend_link(session, signatory, now=now, actor="Sonja Ekvall"),
        "withdraw": lambda: operations.withdraw_round(session, made, reason="Fel.", now=now, actor="Sonja Ekvall"),
        "remind": lambda: operations.remind(session, made, now=now, actor="Sonja Ekvall"),
    }
    try:
        acts[act]()
    except (RuleBroken, AssertionError):
        # Refused by a rule, or no code was sent (let_in asserts that one is): both are answers.
        return


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walks)
def test_a_round_ends_once_and_stays_ended(world: World, walk: Walk) -> None:
    done, elapsed = Completions(), 0
    with world.database.new_session(writes=True) as session:
        made = send_out(session, world.north)
        ended: RoundState | None = None
        for act, who, key, minutes in walk:
            elapsed += minutes
            step(session, made, done, act, who, key, elapsed)
            state = queries.state_of(session, made, now=NOW + timedelta(minutes=elapsed))
            assert ended in (None, state)
            ended = state if state in ENDED else None
        answers = [[kind for kind in kinds(session, one) if kind in ("signed", "declined")] for one in made.signatories]
        assert all(len(each) <= 1 for each in answers)
        assert (len(done.rounds) == 1) == (answers == [[EventKind.SIGNED]] * 3) == (ended is RoundState.COMPLETED)
        assert list(broken_links(session, world.north.id)) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walks)
def test_nobody_signs_without_having_been_let_in_by_the_same_browser(world: World, walk: Walk) -> None:
    elapsed = 0
    with world.database.new_session(writes=True) as session:
        made = send_out(session, world.north)
        for act, who, key, minutes in walk:
            elapsed += minutes
            step(session, made, Completions(), act, who, key, elapsed)
        for signatory in made.signatories:
            let_in_by: set[str] = set()
            for event in signatory.events:
                if event.kind is EventKind.IDENTIFIED:
                    let_in_by.add(event.session_hash)
                if event.kind in (EventKind.SHOWN, EventKind.SIGNED, EventKind.DECLINED):
                    assert event.session_hash in let_in_by
