"""What is drawn in to the next agenda, and what its verified § ends: commissions, conditions, delegated decisions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from paragraf.chain import AGENDA_SOURCES
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.delegation import operations as delegation
from paragraf.delegation.models import DelegatedDecision
from paragraf.delegation.operations import PointText
from paragraf.meetings import following, operations, queries, sources
from paragraf.meetings.models import AgendaItem, ItemKind, Meeting
from paragraf.minutes.clauses import Clause
from paragraf.minutes.models import Minutes, Verb
from paragraf.minutes.reported import Telling, tellings
from tests.minutes import acting
from tests.minutes.acting import SONJA
from tests.parts.world import NOW, Home

LATER = datetime(2026, 4, 20, 8, 0, tzinfo=UTC)
MONTH = timedelta(weeks=4)
DAY = "2026-05-07"
COMMISSION = Clause(Verb.COMMISSION, assignee="Vera Lind", task="ta fram en plan", due_on=DAY)


def next_meeting(session: Session, home: Home, weeks: int = 4) -> Meeting:
    step = timedelta(weeks=weeks)
    return acting.plan(session, home, start=acting.START + step, end=acting.END + step)


def waiting(session: Session, meeting: Meeting, now: datetime = LATER) -> dict[str, list[sources.Candidate]]:
    found = sources.to_take_up(session, meeting, AGENDA_SOURCES, now)
    return {one.source.key: list(one.candidates) for one in found}


def draw(session: Session, meeting: Meeting, source: str, row_id: int, now: datetime = LATER) -> AgendaItem:
    return sources.draw_in(session, meeting, AGENDA_SOURCES, source=source, row_id=row_id, now=now, actor=SONJA)


def hold(session: Session, home: Home, meeting: Meeting, *clauses: Clause) -> Minutes:
    """The meeting is called and held; the last item gets the clauses; all sign."""
    if meeting.starts_at > acting.START:
        acting.agenda_item(session, meeting, "Val av justerare", proposal="att utse Maj Torn till justerare")
    operations.send_notice(session, meeting, now=meeting.starts_at - timedelta(days=2), actor=SONJA)
    after = meeting.ends_at + timedelta(hours=1)
    operations.mark_all_present(session, meeting, now=after, actor=SONJA)
    minutes = acting.begin(session, meeting, now=after)
    row = acting.rows(session, minutes)[0]
    acting.write(session, row, *clauses, now=after)
    acting.elect(session, minutes, home.fourth_member)
    acting.send(session, acting.fix(session, minutes, after), after)
    return acting.all_sign(session, minutes, after + timedelta(hours=20))


@pytest.fixture
def commissioned(session: Session, home: Home, ready: Minutes) -> Minutes:
    """Verified minutes whose § 628 gave a commission to report by the day of the next meeting."""
    acting.write(session, acting.rows(session, ready)[2], COMMISSION)
    return acting.all_sign(session, acting.send(session, acting.fix(session, ready)))


# --- commissions ---


def test_a_commission_is_drawn_in_by_its_day_and_once(session: Session, home: Home, commissioned: Minutes) -> None:
    early, due = next_meeting(session, home, 3), next_meeting(session, home)
    assert "commission" not in waiting(session, early)
    (candidate,) = waiting(session, due)["commission"]
    assert candidate.heading == "ta fram en plan (Styrelsen 2026-04-09 § 628)"
    item = draw(session, due, "commission", candidate.row_id)
    assert (item.kind, item.source, item.source_id) == (ItemKind.REPORT, "commission", candidate.row_id)
    assert "Ansvarig: Vera Lind" in item.background
    assert "commission" not in waiting(session, due)
    with pytest.raises(RuleBroken, match="väntar inte längre"):
        draw(session, next_meeting(session, home, 5), "commission", candidate.row_id)


def test_it_is_done_when_its_report_is_verified(session: Session, home: Home, commissioned: Minutes) -> None:
    due = next_meeting(session, home)
    draw(session, due, "commission", waiting(session, due)["commission"][0].row_id)
    hold(session, home, due, Clause(Verb.APPROVE, text="redovisningen"))
    assert following.open_commissions(session, home.id, LATER) == []
    (done,) = following.reported_commissions(session, home.id, LATER)
    assert done.persons == ("Vera Lind",)


def test_a_tabled_report_waits_again_and_the_commission_goes_on(
    session: Session, home: Home, commissioned: Minutes
) -> None:
    due = next_meeting(session, home)
    first = draw(session, due, "commission", waiting(session, due)["commission"][0].row_id)
    hold(session, home, due, Clause(Verb.TABLE, until="nästa sammanträde"))
    assert len(following.open_commissions(session, home.id, LATER)) == 1
    after = next_meeting(session, home, 8)
    found = waiting(session, after)
    assert "returned" not in found
    again = draw(session, after, "commission", found["commission"][0].row_id)
    assert again.continues_id == first.id


def test_the_list_says_in_words_what_is_late_and_is_one_bodys(
    session: Session, home: Home, commissioned: Minutes
) -> None:
    late = datetime(2026, 5, 9, 8, 0, tzinfo=UTC)
    (one,) = following.open_commissions(session, home.id, late, body=home.board)
    assert str(one.state) == "Försenad sedan 2 dagar"
    assert one.is_overdue(late.date())
    assert not one.is_overdue(date(2026, 5, 7))


def test_the_notice_prints_what_waits(session: Session, home: Home, commissioned: Minutes) -> None:
    due = next_meeting(session, home)
    acting.agenda_item(session, due, "Budget")
    notice = operations.send_notice(session, due, now=LATER, actor=SONJA)
    lines = acting.paper(notice.document.content)
    assert "ta fram en plan (Styrelsen 2026-04-09 § 628)" in lines
    assert "Region Norrdal beviljar sin del" in lines


# --- conditions, returned items, matters ---


def test_an_open_condition_is_drawn_in(session: Session, home: Home, verified: Minutes) -> None:
    due = next_meeting(session, home)
    (candidate,) = waiting(session, due)["condition"]
    assert candidate.heading == "Region Norrdal beviljar sin del"
    item = draw(session, due, "condition", candidate.row_id)
    assert "dnr 2026/1" in item.background
    assert item.matter_id is None
    assert "condition" not in waiting(session, due)


def test_a_tabled_application_goes_on_with_its_history_and_attachments(
    session: Session, home: Home, ready: Minutes
) -> None:
    acting.write(session, acting.rows(session, ready)[1], Clause(Verb.TABLE, until="nästa sammanträde"))
    acting.all_sign(session, acting.send(session, acting.fix(session, ready)))
    due = next_meeting(session, home)
    found = waiting(session, due)
    assert "application" not in found
    (candidate,) = found["returned"]
    assert candidate.history == ("9 april 2026, § 627: att bordlägga ärendet till nästa sammanträde",)
    item = draw(session, due, "returned", candidate.row_id)
    assert item.continues_id == candidate.row_id
    assert item.matter is not None
    assert "§ 627" in item.background
    assert "returned" not in waiting(session, due)


def test_a_cancelled_meetings_own_items_wait_but_not_its_standing_ones(session: Session, home: Home) -> None:
    meeting = acting.plan(session, home)
    acting.agenda_item(session, meeting, "Budget")
    operations.cancel_meeting(session, meeting, reason="Snöstorm", now=NOW, actor=SONJA)
    due = next_meeting(session, home)
    (candidate,) = waiting(session, due)["returned"]
    assert candidate.heading == "Budget"
    assert str(candidate.why) == "Sammanträdet 2026-04-09 ställdes in"


def test_any_open_matter_is_found_by_its_words(session: Session, home: Home, meeting: Meeting) -> None:
    application = acting.apply(session, home)
    assert sources.find_matters(session, meeting, "STEGVIS norrdals") == [application.matter]
    assert sources.find_matters(session, meeting, "2026/1") == [application.matter]
    assert sources.find_matters(session, meeting, "stegvis finns-inte") == []
    assert sources.find_matters(session, meeting, "  ") == []


def test_an_unknown_source_is_not_there(session: Session, meeting: Meeting) -> None:
    with pytest.raises(NotThere):
        draw(session, meeting, "nowhere", 1, NOW)


# --- delegated decisions ---


def decided(session: Session, home: Home, *headings: str) -> list[DelegatedDecision]:
    text = PointText("3.2", "Avtal om lokaler", "ordföranden", "Styrelsen § 8")
    point = delegation.add_point(session, home.board, text, valid_from=date(2026, 1, 1), now=NOW, actor=SONJA)
    return [
        delegation.register_decision(
            session,
            point,
            decided_on=date(2026, 2, 20),
            decided_by=home.chair,
            heading=heading,
            text="Ja.",
            now=NOW,
            actor=SONJA,
        )
        for heading in headings
    ]


def test_untold_decisions_make_one_item_and_are_reported_when_it_is_verified(session: Session, home: Home) -> None:
    made = decided(session, home, "Hyra av lokal", "Kurs")
    meeting = acting.plan(session, home)
    (candidate,) = waiting(session, meeting, NOW)["delegated_decision"]
    item = draw(session, meeting, "delegated_decision", candidate.row_id, NOW)
    assert item.heading == "Anmälan av delegationsbeslut"
    assert "- D 2026:1, 20 februari 2026: Hyra av lokal." in item.background
    assert "delegated_decision" not in waiting(session, meeting, NOW)
    assert not tellings(session, home.id, made)[made[0].id].is_reported
    acting.agenda_item(session, meeting, "Val av justerare", proposal="att utse Maj Torn till justerare")
    hold(session, home, meeting, Clause(Verb.NOTE, text="anmälan"))
    told = tellings(session, home.id, made)
    assert all(told[one.id].is_reported for one in made)
    section = told[made[0].id].section
    assert section is not None
    assert section.number is not None


def test_a_withdrawn_item_or_a_cancelled_meeting_tells_nothing(session: Session, home: Home) -> None:
    (made,) = decided(session, home, "Hyra")
    meeting = acting.plan(session, home)
    item = draw(session, meeting, "delegated_decision", home.board.id, NOW)
    operations.withdraw_item(session, item, now=NOW, actor=SONJA)
    assert tellings(session, home.id, [made])[made.id] == Telling()
    draw(session, meeting, "delegated_decision", home.board.id, NOW)
    operations.cancel_meeting(session, meeting, reason="Sjukdom", now=NOW, actor=SONJA)
    due = next_meeting(session, home)
    assert [one.why.values["count"] for one in waiting(session, due)["delegated_decision"]] == [1]


# --- late items ---


def test_a_late_item_is_told_as_such_in_notice_and_minutes(session: Session, home: Home, meeting: Meeting) -> None:
    acting.agenda_item(session, meeting, "Budget")
    operations.send_notice(session, meeting, now=NOW, actor=SONJA)
    acting.agenda_item(session, meeting, "Fråga om lokaler", background="Värden har sagt upp avtalet.")
    again = operations.send_notice(session, meeting, now=NOW, actor=SONJA)
    assert [item.is_late for item in queries.agenda(session, meeting)] == [False, True]
    assert "Beslutsärende, tillkommet efter den första kallelsen" in acting.paper(again.document.content)
    minutes = acting.begin(session, meeting)
    (first, second) = acting.rows(session, minutes)
    from paragraf.minutes.queries import newest_text

    assert newest_text(session, second).background.endswith("Ärendet tillkom efter att kallelsen skickades.")
    assert "tillkom" not in newest_text(session, first).background
