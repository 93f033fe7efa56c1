"""Minutes that are opened again keep every number; a new document follows the old one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken
from paragraf.core.log import LogEntry
from paragraf.core.number_series import NumberAllocation
from paragraf.meetings import operations as meetings
from paragraf.minutes import operations, queries
from paragraf.minutes.clauses import Clause
from paragraf.minutes.models import MinuteItem, Minutes, Verb
from paragraf.minutes.reopening import why_not_reopen
from paragraf.minutes.rules import State, state_of
from paragraf.minutes.sending import current_round
from paragraf.signing import operations as signing
from paragraf.signing import queries as signing_queries
from paragraf.signing.rules import RoundState
from tests.minutes.acting import AFTER, END, SIGNED, SONJA, all_sign, document_lines, fix, numbers, rows, send, write
from tests.minutes.test_fixing import LATER, held
from tests.parts.world import Home
from tests.signing import acting as signatures


def reopen(session: Session, minutes: Minutes, reason: str = "Fel belopp i § 627") -> Minutes:
    return operations.reopen(session, minutes, reason=reason, now=SIGNED, actor=SONJA)


def decline(session: Session, minutes: Minutes) -> None:
    found = current_round(session, minutes)
    assert found is not None
    signatures.let_in(session, found.signatories[0], now=SIGNED)
    signing.decline(session, found.signatories[0], reason="Fel belopp", session_key=signatures.PHONE, now=SIGNED)


def test_fixed_minutes_become_a_draft_whose_numbers_stay(session: Session, fixed: Minutes) -> None:
    reopen(session, fixed)
    assert state_of(fixed) is State.DRAFT
    found = queries.items(session, fixed)
    assert [(one.number, one.is_fixed, one.is_frozen) for one in found] == [
        (626, True, False),
        (627, True, False),
        (628, True, False),
    ]


def test_decisions_are_frozen_anew_as_the_next_edition(session: Session, fixed: Minutes) -> None:
    row = rows(session, fixed)[2]
    reopen(session, fixed)
    write(session, row, Clause(Verb.APPROVE, text="rapporten"), now=SIGNED)
    fix(session, fixed, SIGNED)
    assert numbers(session, fixed) == [626, 627, 628]
    (decision,) = queries.decisions(session, fixed)[row.id]
    assert (decision.edition, decision.text) == (2, "att godkänna rapporten")


def test_a_reason_is_needed_and_logged(session: Session, fixed: Minutes) -> None:
    with pytest.raises(RuleBroken, match="varför protokollet öppnas"):
        reopen(session, fixed, "  ")
    with pytest.raises(RuleBroken, match="högst 400"):
        reopen(session, fixed, "x" * 401)
    reopen(session, fixed)
    entry = session.scalars(select(LogEntry).where(LogEntry.verb == "reopen")).one()
    assert entry.details == {"reason": "Fel belopp i § 627"}


def test_after_a_refusal_a_new_document_follows_the_old_one_which_stays(session: Session, sent: Minutes) -> None:
    old = sent.document
    assert old is not None
    kept = old.content
    decline(session, sent)
    reopen(session, sent)
    assert (sent.document, current_round(session, sent), sent.meeting.attendance_closed_at) == (None, None, None)
    write(session, rows(session, sent)[2], background="Läget är mycket gott.", now=SIGNED)
    fix(session, sent, SIGNED)
    send(session, sent, SIGNED)
    assert sent.document is not None
    assert sent.document.id != old.id
    assert sent.document.title.endswith("§§ 626–628 (version 2)")
    assert "Läget är mycket gott." in document_lines(sent.document)
    assert old.content == kept
    entry = session.scalars(select(LogEntry).where(LogEntry.verb == "reopen")).one()
    assert entry.details["replaced_sha256"] == old.sha256
    all_sign(session, sent, SIGNED + timedelta(hours=1))
    assert state_of(sent) is State.VERIFIED


def test_the_same_bytes_may_go_out_again_instead(session: Session, sent: Minutes) -> None:
    old = sent.document
    decline(session, sent)
    send(session, sent, SIGNED)
    assert sent.document is old


def test_what_is_out_to_be_signed_is_withdrawn_first(session: Session, sent: Minutes) -> None:
    with pytest.raises(RuleBroken, match="Dra tillbaka det först"):
        reopen(session, sent)
    assert why_not_reopen(session, sent, SIGNED) is not None
    found = current_round(session, sent)
    assert found is not None
    signing.withdraw_round(session, found, reason="Fel belopp", now=SIGNED, actor=SONJA)
    assert why_not_reopen(session, sent, SIGNED) is None
    reopen(session, sent)


def test_a_round_whose_time_is_out_is_withdrawn_with_it(session: Session, sent: Minutes) -> None:
    found = current_round(session, sent)
    assert found is not None
    much_later = SIGNED + timedelta(days=60)
    operations.reopen(session, sent, reason="Ingen skrev under", now=much_later, actor=SONJA)
    assert signing_queries.state_of(session, found, now=much_later) is RoundState.WITHDRAWN


def test_verified_minutes_and_drafts_are_never_reopened(session: Session, sent: Minutes) -> None:
    all_sign(session, sent)
    with pytest.raises(RuleBroken, match="ny paragraf vid nästa sammanträde"):
        reopen(session, sent)


def test_a_draft_is_open_already(session: Session, ready: Minutes) -> None:
    with pytest.raises(RuleBroken, match="redan öppet"):
        reopen(session, ready)


def test_a_new_paragraph_takes_the_next_number_while_the_series_stands_still(session: Session, fixed: Minutes) -> None:
    reopen(session, fixed)
    operations.add_item(session, fixed, heading="Övrigt", now=SIGNED, actor=SONJA)
    assert numbers(session, fixed) == [626, 627, 628, 629]
    fix(session, fixed, SIGNED)
    assert [one.is_fixed for one in queries.items(session, fixed)] == [True] * 4


def test_when_the_series_has_gone_on_paragraphs_may_be_withdrawn_but_not_added(
    session: Session, home: Home, fixed: Minutes
) -> None:
    later = held(session, home, END + timedelta(days=20))
    fix(session, later, LATER)
    reopen(session, fixed)
    with pytest.raises(RuleBroken, match="har gått vidare"):
        operations.add_item(session, fixed, heading="Övrigt", now=SIGNED, actor=SONJA)
    operations.remove_item(session, rows(session, fixed)[2], reason="Punkten utgick.", now=SIGNED, actor=SONJA)
    fix(session, fixed, LATER)
    send(session, fixed, LATER)
    assert numbers(session, fixed) == [626, 627]
    assert fixed.document is not None
    assert "§§ 626–628" in fixed.document.title
    assert "§ 628\tutgår: Punkten utgick." in document_lines(fixed.document)


def test_a_later_meeting_waits_while_the_last_one_is_reopened(session: Session, home: Home, fixed: Minutes) -> None:
    later = held(session, home, END + timedelta(days=20))
    reopen(session, fixed)
    with pytest.raises(RuleBroken, match="har börjat ta nummer"):
        fix(session, later, LATER)
    # No reason helps: the §§ of one meeting stand together.
    with pytest.raises(RuleBroken, match="har börjat ta nummer"):
        operations.fix_numbers(session, later, overtaking="Brådskande", now=LATER, actor=SONJA)
    fix(session, fixed, SIGNED)
    fix(session, later, LATER)
    assert numbers(session, later) == [629]


def test_an_earlier_meeting_that_the_series_has_left_is_not_waited_for(
    session: Session, home: Home, fixed: Minutes
) -> None:
    second = held(session, home, END + timedelta(days=20))
    fix(session, second, LATER)
    reopen(session, fixed)
    third = held(session, home, END + timedelta(days=40))
    fix(session, third, LATER + timedelta(days=20))
    assert numbers(session, third) == [630]


def test_all_paragraphs_withdrawn_leave_minutes_of_void_numbers(session: Session, home: Home, fixed: Minutes) -> None:
    reopen(session, fixed)
    for row in rows(session, fixed):
        operations.remove_item(session, row, reason="Sammanträdet var inte beslutsfört.", now=SIGNED, actor=SONJA)
    fix(session, fixed, SIGNED)
    later = held(session, home, END + timedelta(days=20))
    fix(session, later, LATER)
    assert numbers(session, later) == [629]


def test_the_database_keeps_a_number_with_its_paragraph(session: Session, fixed: Minutes) -> None:
    row = rows(session, fixed)[0]
    with pytest.raises(DBAPIError, match="only added"), session.begin_nested():
        session.execute(MinuteItem.__table__.update().where(MinuteItem.id == row.id).values(allocation_id=None))  # type: ignore[attr-defined]
    with pytest.raises(DBAPIError, match="only added"), session.begin_nested():
        session.execute(NumberAllocation.__table__.update().values(number=NumberAllocation.number + 100))  # type: ignore[attr-defined]
    with pytest.raises(DBAPIError, match="only added"), session.begin_nested():
        session.execute(NumberAllocation.__table__.delete())  # type: ignore[attr-defined]


def test_attendance_is_open_again(session: Session, sent: Minutes) -> None:
    decline(session, sent)
    reopen(session, sent)
    meetings.mark_all_present(session, sent.meeting, now=AFTER, actor=SONJA)
