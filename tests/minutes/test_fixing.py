"""Numbers are fixed from the ledger, in order, once, and the decisions are frozen with them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, func, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken, SeveralRulesBroken
from paragraf.core.number_series import NumberAllocation
from paragraf.meetings import operations as meetings
from paragraf.meetings.queries import presences
from paragraf.minutes import operations, queries
from paragraf.minutes.clauses import Clause
from paragraf.minutes.models import Decision, Minutes, Verb
from paragraf.minutes.rules import Place, State, state_of
from tests.minutes.acting import AFTER, END, SONJA, all_present, begin, elect, fix, numbers, plan, rows, write
from tests.parts.world import NOW, Home

LATER = AFTER + timedelta(days=30)


def places(session: Session, minutes: Minutes) -> list[tuple[Place, bool]]:
    found = queries.findings(session, minutes, queries.items(session, minutes), AFTER)
    return [(one.place, one.hinders) for one in found]


def test_the_series_goes_on_from_626(session: Session, ready: Minutes) -> None:
    fix(session, ready)
    assert numbers(session, ready) == [626, 627, 628]
    assert all(one.is_fixed for one in queries.items(session, ready))
    assert (ready.fixed_at, state_of(ready)) == (AFTER, State.FIXED)


def test_the_ledger_says_what_the_number_was_taken_for_and_by_whom(session: Session, fixed: Minutes) -> None:
    allocation = rows(session, fixed)[0].allocation
    assert allocation is not None
    assert (allocation.number, allocation.subject, allocation.allocated_by) == (626, "minute_item", SONJA)


def test_decisions_are_frozen_with_text_and_facts(session: Session, fixed: Minutes) -> None:
    _first, second, third = rows(session, fixed)
    frozen = queries.decisions(session, fixed)
    (grant,) = frozen[second.id]
    assert grant.verb is Verb.GRANT
    assert grant.text.startswith("att bevilja Norrdals kommun kontant bidrag med 410")
    assert grant.facts["years"] == {"2026": 12_000_000, "2027": 29_000_000}
    assert third.id not in frozen


def test_the_database_refuses_to_change_a_decision(session: Session, fixed: Minutes) -> None:
    with pytest.raises(DBAPIError, match="only added"):
        session.execute(update(Decision).values(text="att avslå ansökan"))


def test_a_new_draft_is_not_ready_and_says_where(session: Session, draft: Minutes) -> None:
    assert places(session, draft) == [(Place.ITEM, True), (Place.PEOPLE, True)]
    with pytest.raises(SeveralRulesBroken) as refused:
        fix(session, draft)
    assert [str(problem) for problem in refused.value.problems] == [
        "Skriv ett belopp för minst ett år.",
        "Utse 1 justerare.",
    ]
    assert session.scalar(select(func.count(NumberAllocation.id)).where(NumberAllocation.subject == "minute_item")) == 0


def test_an_appointment_of_nobody_is_refused(session: Session, ready: Minutes) -> None:
    write(session, rows(session, ready)[0], Clause(Verb.OTHER, text="att utse"))
    with pytest.raises(RuleBroken, match="utser ingen"):
        fix(session, ready)


def test_minutes_without_attendance_decide_nothing(session: Session, ready: Minutes) -> None:
    for presence in presences(session, ready.meeting):
        meetings.remove_presence(session, ready.meeting, presence, now=AFTER, actor=SONJA)
    assert (Place.ATTENDANCE, True) in places(session, ready)


def test_numbers_wait_for_an_earlier_meeting_of_the_series(session: Session, home: Home, ready: Minutes) -> None:
    later = held(session, home, END + timedelta(days=20))
    with pytest.raises(RuleBroken, match="Styrelsen den 2026-04-09"):
        fix(session, later, LATER)
    fix(session, ready, LATER)
    fix(session, later, LATER)
    assert numbers(session, later) == [629]


def test_a_held_meeting_whose_minutes_are_not_begun_is_waited_for(session: Session, home: Home) -> None:
    plan(session, home)
    later = held(session, home, END + timedelta(days=20))
    with pytest.raises(RuleBroken, match="Styrelsen den 2026-04-09"):
        fix(session, later, LATER)


def test_a_cancelled_meeting_uses_no_numbers(session: Session, home: Home, ready: Minutes) -> None:
    between = plan(session, home, start=END + timedelta(days=10), end=END + timedelta(days=10, hours=1))
    meetings.cancel_meeting(session, between, reason="Snö", now=NOW, actor=SONJA)
    later = held(session, home, END + timedelta(days=20))
    fix(session, ready)
    fix(session, later, LATER)
    assert numbers(session, later) == [629]


def test_a_commission_for_the_next_meeting_needs_one(session: Session, home: Home, ready: Minutes) -> None:
    commission = Clause(Verb.COMMISSION, assignee="Vera Lind", task="ta fram en plan", next_meeting=True)
    write(session, rows(session, ready)[2], commission)
    with pytest.raises(RuleBroken, match="Nästa sammanträde är inte planerat"):
        fix(session, ready)
    plan(session, home, start=END + timedelta(days=20), end=END + timedelta(days=20, hours=1))
    fix(session, ready)
    assert queries.decisions(session, ready)[rows(session, ready)[2].id][0].facts["due_on"] == "2026-04-29"


def test_all_hindrances_and_warnings_are_listed_by_paragraph(session: Session, draft: Minutes) -> None:
    items = queries.items(session, draft)
    found = queries.by_item(queries.findings(session, draft, items, AFTER))
    assert list(found) == [items[1].row.id]


def held(session: Session, home: Home, start: datetime) -> Minutes:
    """Minutes of another meeting, with one § and a verifier."""
    meeting = plan(session, home, start=start, end=start + timedelta(hours=1))
    all_present(session, meeting)
    minutes = begin(session, meeting, start)
    row = operations.add_item(session, minutes, heading="Dagordning", now=LATER, actor=SONJA)
    write(session, row, Clause(Verb.APPROVE, text="dagordningen"))
    elect(session, minutes, home.member)
    return minutes


def test_the_checks_ask_as_often_for_many_paragraphs_as_for_few(session: Session, ready: Minutes) -> None:
    def asked() -> int:
        session.flush()
        session.expire_all()
        statements: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            statements.append(statement)

        event.listen(session.get_bind(), "before_cursor_execute", note)
        queries.findings(session, ready, queries.items(session, ready), AFTER)
        event.remove(session.get_bind(), "before_cursor_execute", note)
        return len(statements)

    few = asked()
    for number in range(30):
        row = operations.add_item(session, ready, heading=f"Punkt {number}", now=AFTER, actor=SONJA)
        write(session, row, Clause(Verb.APPROVE, text="förslaget"))
    assert asked() == few
