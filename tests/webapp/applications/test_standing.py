"""Where an application stands, by verified decisions and by what is under way; and what follows from each outcome."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from paragraf.applications import withdrawing
from paragraf.applications.models import Application
from paragraf.applications.rules import State
from paragraf.duties.operations import adopt_standard_rules
from paragraf.meetings import operations as meetings
from paragraf.meetings import queries as planned
from paragraf.meetings.models import Meeting
from paragraf.minutes.clauses import Clause, YearAmount
from paragraf.minutes.models import Verb
from paragraf.register.models import DocumentKind
from paragraf.register.queries import documents
from tests.applications.handling import ask, write
from tests.minutes import acting
from tests.minutes.acting import SIGNED, SONJA, START
from tests.parts.world import NOW, SINCE, Home, World
from webapp.applications.standing import Standing, outcome_of, standing_of, standings_of

GRANT = Clause(Verb.GRANT, grantee="Norrdals kommun", years=(YearAmount("2026", "120 000"),))
REJECT = Clause(Verb.REJECT, text="ansökan")
TABLE = Clause(Verb.TABLE, until="nästa sammanträde")
REMIT = Clause(Verb.REMIT_BACK, reason="budgeten behöver förtydligas")
NOTE = Clause(Verb.NOTE, text="ansökan")
LATER = SIGNED + timedelta(days=1)


@pytest.fixture
def home(world: World) -> Home:
    return world.north


@pytest.fixture
def session(world: World) -> Iterator[Session]:
    with world.database.new_session(writes=True) as opened:
        adopt_standard_rules(opened, world.north.id, valid_from=SINCE)
        yield opened


@pytest.fixture
def meeting(session: Session, home: Home) -> Meeting:
    return acting.plan(session, home)


@pytest.fixture
def application(session: Session, home: Home, meeting: Meeting) -> Application:
    """On the agenda of 9 April, with revision 1 as what was handed in."""
    made = acting.usual_agenda(session, home, meeting)
    acting.all_present(session, meeting)
    return made


def decide(session: Session, home: Home, meeting: Meeting, *clauses: Clause) -> None:
    minutes = acting.begin(session, meeting)
    acting.write(session, acting.rows(session, minutes)[1], *clauses)
    acting.elect(session, minutes, home.fourth_member)
    acting.all_sign(session, acting.send(session, acting.fix(session, minutes)))


def stands(session: Session, application: Application) -> Standing:
    session.expire_all()
    return standing_of(session, application, LATER)


def test_before_and_after_the_meeting(session: Session, application: Application, meeting: Meeting) -> None:
    assert standing_of(session, application, NOW).state is State.ON_AGENDA
    assert standing_of(session, application, LATER).state is State.TREATED


@pytest.mark.parametrize(
    ("clauses", "state", "reason", "is_closed"),
    [
        ((GRANT,), State.GRANTED, "", False),
        ((REJECT,), State.REJECTED, "", True),
        ((TABLE,), State.TABLED, "nästa sammanträde", False),
        ((REMIT,), State.REMITTED, "budgeten behöver förtydligas", False),
        ((NOTE,), State.DECIDED, "", False),
        ((GRANT, REJECT), State.GRANTED, "", False),
        ((Clause(Verb.REJECT, text="begäran om mer tid"),), State.DECIDED, "", False),
    ],
)
def test_verified_decisions_give_the_state_and_what_follows(
    session: Session,
    home: Home,
    application: Application,
    meeting: Meeting,
    clauses: tuple[Clause, ...],
    state: State,
    reason: str,
    is_closed: bool,
) -> None:
    decide(session, home, meeting, *clauses)
    standing = stands(session, application)
    assert (standing.state, standing.reason) == (state, reason)
    assert application.matter is not None
    assert (application.matter.closed_on is not None) is is_closed
    waits = application.matter_id in [one.matter.id for one in planned.waiting_matters(session, home.id)]
    assert waits is (state in {State.TABLED, State.REMITTED})
    kinds = [one.kind for one in documents(session, application.matter)]
    assert DocumentKind.DECISION_LETTER in kinds


def test_what_was_remitted_back_is_completed_and_put_on_the_next_agenda(
    session: Session, home: Home, application: Application, meeting: Meeting
) -> None:
    decide(session, home, meeting, REMIT)
    write(session, application, purpose="Gammalt")
    ask(session, application, "purpose", due_on=LATER.date() + timedelta(days=9))
    assert stands(session, application).state is State.COMPLETION
    following = acting.plan(session, home, start=START + timedelta(days=28), end=START + timedelta(days=28, hours=2))
    assert application.matter is not None
    meetings.add_matter_to_agenda(session, following, application.matter, now=LATER, actor=SONJA)
    standing = stands(session, application)
    assert (standing.state, standing.coming) == (State.COMPLETION, following)


def test_what_was_withdrawn_stays_so_after_the_minutes_unless_it_was_granted(
    session: Session, home: Home, application: Application, meeting: Meeting
) -> None:
    withdrawing.withdraw(session, application, reason="", now=START + timedelta(minutes=5), actor="Sökande")
    assert stands(session, application).state is State.WITHDRAWN
    decide(session, home, meeting, NOTE)
    assert stands(session, application).state is State.WITHDRAWN


def test_unverified_minutes_say_nothing_yet(
    session: Session, home: Home, application: Application, meeting: Meeting
) -> None:
    minutes = acting.begin(session, meeting)
    acting.write(session, acting.rows(session, minutes)[1], REJECT)
    assert stands(session, application).state is State.TREATED
    assert outcome_of([]) is None


def test_many_are_asked_about_at_once(session: Session, home: Home, application: Application) -> None:
    more = [acting.apply(session, home, email=f"n{place}@norrdal.example") for place in range(6)]
    session.flush()

    def count(applications: list[Application]) -> int:
        asked: list[str] = []
        listener = lambda _c, _cursor, statement, *_rest: asked.append(statement)  # noqa: E731
        event.listen(session.get_bind(), "before_cursor_execute", listener)
        found = standings_of(session, applications, LATER)
        event.remove(session.get_bind(), "before_cursor_execute", listener)
        assert len(found) == len(applications)
        return len(asked)

    assert count([application]) == count([application, *more])
    found = standings_of(session, [application, *more], LATER)
    assert [found[one.id].state for one in (application, more[0])] == [State.TREATED, State.SUBMITTED]
