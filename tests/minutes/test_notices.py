"""A notice on several boards over its whole life: refused, down too early, put up anew, taken down by the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken
from paragraf.core.log import LogEntry
from paragraf.duties import queries as duties
from paragraf.duties.models import Duty
from paragraf.duties.operations import adopt_standard_rules, queue_due_reminders
from paragraf.minutes import notice_queries, notices, operations
from paragraf.minutes.models import ImmediateVerification, Minutes, Notice, NoticePosting
from paragraf.minutes.notice_letters import ask_board
from paragraf.minutes.notice_rules import PostingState
from paragraf.people.models import NoticeBoard
from paragraf.post.models import Letter
from scheduler import jobs
from tests.minutes import acting
from tests.minutes.acting import SONJA, document_lines, letters
from tests.parts.world import SINCE, Home, World

POSTED = date(2026, 4, 13)
#: Three weeks from 13 April; the day after it may come down.
LAST, DOWN = date(2026, 5, 4), date(2026, 5, 5)
REGION = "Region Norrdals anslagstavla"


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def region_board(session: Session, home: Home) -> NoticeBoard:
    board = NoticeBoard(association_id=home.id, member_organisation_id=home.region.id, name=REGION, valid_from=SINCE)
    session.add(board)
    session.flush()
    return board


@pytest.fixture
def notice(session: Session, home: Home, sent: Minutes) -> Notice:
    """Up on the own board since 10 April; the region's board waits to be recorded."""
    region_board(session, home)
    acting.all_sign(session, sent)
    found = notice_queries.notice_of(session, sent)
    assert found is not None
    return found


def own(notice: Notice) -> NoticePosting:
    return notice_queries.latest(notice)[0]


def region(notice: Notice) -> NoticePosting:
    return notice_queries.latest(notice)[1]


def post(session: Session, notice: Notice, day: date = POSTED) -> None:
    operations.record_posting(session, region(notice), posted_on=day, now=at(day), actor=SONJA)


def shown(session: Session, notice: Notice, day: date) -> notice_queries.Shown:
    session.refresh(notice, ["postings"])
    return notice_queries.shown(session, notice, day)


def open_duties(session: Session, home: Home, key: str) -> list[Duty]:
    return [one for one in duties.open_duties(session, home.id) if one.rule_key == key]


def acts(session: Session, verb: str) -> int:
    return len(list(session.scalars(select(LogEntry).where(LogEntry.verb == verb))))


# --- a board that refuses, a board that is late ---


def test_a_refusal_is_an_alarm_and_is_told_once_to_secretary_and_chair(session: Session, notice: Notice) -> None:
    for _press in (1, 2):
        notices.refuse(session, region(notice), refused_on=POSTED, reason="Tavlan flyttas", now=at(POSTED), actor=SONJA)
    told = shown(session, notice, POSTED)
    assert [(one.board.name, one.state) for one in told.alarming] == [(REGION, PostingState.REFUSED)]
    assert told.period.last_day is None
    assert sorted(one.to_name for one in letters(session, "notice_refused")) == ["Olle Brand", "Sonja Ekvall"]
    assert "Skäl: Tavlan flyttas" in letters(session, "notice_refused")[0].body
    assert acts(session, "refuse_posting") == 1


def test_a_refusal_needs_a_reason_and_a_day_that_has_been(session: Session, notice: Notice) -> None:
    for day, reason in ((POSTED, " "), (POSTED + timedelta(days=1), "Nej"), (date(2026, 4, 9), "Nej")):
        with pytest.raises(RuleBroken):
            notices.refuse(session, region(notice), refused_on=day, reason=reason, now=at(POSTED), actor=SONJA)
    with pytest.raises(RuleBroken, match="redan antecknat"):
        notices.refuse(session, own(notice), refused_on=POSTED, reason="Nej", now=at(POSTED), actor=SONJA)


def test_after_a_refusal_it_goes_up_anew_and_the_history_stays(session: Session, notice: Notice) -> None:
    notices.refuse(session, region(notice), refused_on=POSTED, reason="Tavlan flyttas", now=at(POSTED), actor=SONJA)
    with pytest.raises(RuleBroken, match="vägrat"):
        post(session, notice)
    first = region(notice)
    anew = notices.put_up_anew(session, first, now=at(POSTED), actor=SONJA)
    assert notices.put_up_anew(session, first, now=at(POSTED), actor=SONJA).id == anew.id
    post(session, notice, date(2026, 4, 15))
    told = shown(session, notice, date(2026, 4, 15))
    assert [(one.attempt, one.refuse_reason) for one in told.boards[1].earlier] == [(1, "Tavlan flyttas")]
    assert told.period.posted_on == date(2026, 4, 15)
    with pytest.raises(RuleBroken, match="på nytt"):
        operations.record_posting(session, first, posted_on=POSTED, now=at(POSTED), actor=SONJA)


def test_a_board_that_lacks_it_after_the_last_day_is_told_of_once(session: Session, notice: Notice) -> None:
    assert notices.watch(session, notice.association_id, notice.id, now=at(POSTED)) == 0
    assert shown(session, notice, POSTED).alarming == ()
    for _night in (1, 2):
        assert notices.watch(session, notice.association_id, notice.id, now=at(date(2026, 4, 14))) == 1
    assert len(letters(session, "notice_missing")) == 2
    assert shown(session, notice, date(2026, 4, 14)).alarming[0].state is PostingState.MISSING


def test_whoever_keeps_a_board_is_asked_by_letter_once_a_day(session: Session, notice: Notice) -> None:
    for _press in (1, 2):
        ask_board(session, notice, region(notice), address="tavlan@exempel.example", now=at(POSTED), actor=SONJA)
    (letter,) = letters(session, "notice_to_board")
    assert "Justerat protokoll: Styrelsen 9 april 2026, §§ 626–628" in letter.body
    assert f"/norrdal/anslagstavla/#anslag-{notice.id}" in letter.body
    with pytest.raises(RuleBroken, match="Adressen"):
        ask_board(session, notice, region(notice), address="x", now=at(POSTED), actor=SONJA)
    with pytest.raises(RuleBroken, match="redan antecknat"):
        ask_board(session, notice, own(notice), address="a@exempel.example", now=at(POSTED), actor=SONJA)


# --- down too early ---


def down_early(session: Session, notice: Notice, day: date = date(2026, 4, 20)) -> None:
    now = at(date(2026, 4, 25))
    operations.take_down(session, region(notice), down_on=day, too_early=True, now=now, actor=SONJA)


def test_taken_down_too_early_stops_the_period_and_is_told(session: Session, home: Home, notice: Notice) -> None:
    post(session, notice)
    with pytest.raises(RuleBroken, match="tidigast"):
        operations.take_down(session, region(notice), down_on=LAST, now=at(DOWN), actor=SONJA)
    down_early(session, notice)
    told = shown(session, notice, date(2026, 4, 25))
    assert (told.period.last_day, told.period.early) == (None, (REGION,))
    # The own page has it up as long as the time does not run.
    assert shown(session, notice, date(2027, 1, 1)).is_up
    assert len(letters(session, "notice_too_early")) == 2
    assert open_duties(session, home, "notice_end") == []


def test_put_up_anew_the_time_counts_from_the_new_day(session: Session, home: Home, notice: Notice) -> None:
    post(session, notice)
    down_early(session, notice)
    notices.put_up_anew(session, region(notice), now=at(date(2026, 4, 25)), actor=SONJA)
    assert shown(session, notice, date(2026, 4, 25)).period.missing == (REGION,)
    (duty,) = open_duties(session, home, "notice_posting")
    assert duty.due_on == date(2026, 4, 27)
    with pytest.raises(RuleBroken, match="på nytt"):
        operations.record_posting(
            session, region(notice), posted_on=date(2026, 4, 19), now=at(date(2026, 4, 26)), actor=SONJA
        )
    post(session, notice, date(2026, 4, 27))
    found = shown(session, notice, date(2026, 4, 27)).period
    assert (found.posted_on, found.last_day) == (date(2026, 4, 27), date(2026, 5, 18))
    assert open_duties(session, home, "notice_posting") == []
    with pytest.raises(RuleBroken, match="behöver inte"):
        notices.put_up_anew(session, region(notice), now=at(date(2026, 4, 27)), actor=SONJA)


def test_known_only_afterwards_the_own_board_has_it_again_too(session: Session, notice: Notice) -> None:
    post(session, notice)
    assert notices.come_down(session, notice.association_id, notice.id, now=at(DOWN))
    now = at(date(2026, 5, 20))
    operations.take_down(session, region(notice), down_on=date(2026, 4, 30), too_early=True, now=now, actor=SONJA)
    notices.put_up_anew(session, region(notice), now=now, actor=SONJA)
    assert [(one.attempt, one.posted_on) for one in notice_queries.latest(notice)] == [
        (2, date(2026, 5, 20)),
        (2, None),
    ]
    assert shown(session, notice, date(2026, 5, 20)).is_up


def test_the_own_board_cannot_be_taken_down_too_early(session: Session, notice: Notice) -> None:
    post(session, notice)
    with pytest.raises(RuleBroken, match="tidigast"):
        operations.take_down(session, own(notice), down_on=LAST, too_early=True, now=at(LAST), actor=SONJA)


# --- the clock ---


def test_on_the_right_day_it_comes_down_by_itself_and_only_once(session: Session, notice: Notice) -> None:
    post(session, notice)
    assert not notices.come_down(session, notice.association_id, notice.id, now=at(LAST))
    # Three nights were missed: it came down on its day all the same, as the page did.
    late = at(DOWN + timedelta(days=3))
    assert notices.to_look_at(session, now=late) == [(notice.association_id, notice.id)]
    assert notices.come_down(session, notice.association_id, notice.id, now=late)
    assert not notices.come_down(session, notice.association_id, notice.id, now=late)
    assert (own(notice).taken_down_on, own(notice).recorded_by) == (DOWN, "Paragraf")
    assert acts(session, "take_down") == 1
    assert notices.to_look_at(session, now=late) == []


def test_midnight_is_the_swedish_one(session: Session, notice: Notice) -> None:
    post(session, notice)
    ids = notice.association_id, notice.id
    assert not notices.come_down(session, *ids, now=datetime(2026, 5, 4, 21, 59, 59, tzinfo=UTC))
    assert notices.come_down(session, *ids, now=datetime(2026, 5, 4, 22, 0, tzinfo=UTC))


def test_the_office_is_told_on_the_day_that_the_others_may_take_it_down(
    session: Session, home: Home, notice: Notice
) -> None:
    assert open_duties(session, home, "notice_end") == []
    post(session, notice)
    (duty,) = open_duties(session, home, "notice_end")
    assert (duty.due_on, duty.subject, duty.subject_id) == (DOWN, "notice", notice.id)
    queue_due_reminders(session, now=at(DOWN), limit=100)
    (letter,) = letters(session, "notice_end")
    assert letter.to_name == "Sonja Ekvall"
    assert f"/norrdal/anslagstavla/{notice.id}/" in letter.body
    notices.come_down(session, home.id, notice.id, now=at(DOWN))
    assert [one.board.name for one in shown(session, notice, DOWN).to_take_down] == [REGION]
    operations.take_down(session, region(notice), down_on=DOWN, now=at(DOWN), actor=SONJA)
    assert open_duties(session, home, "notice_end") == []
    assert shown(session, notice, DOWN).to_take_down == ()


def committed(world: World) -> int:
    """A notice that is on every board since 10 April, seen by others."""
    with world.database.writing() as session:
        home = world.north
        adopt_standard_rules(session, home.id, valid_from=SINCE)
        region_board(session, home)
        meeting = acting.plan(session, home)
        acting.usual_agenda(session, home, meeting)
        acting.all_present(session, meeting)
        minutes = acting.begin(session, meeting)
        acting.write(session, acting.rows(session, minutes)[1], acting.GRANT)
        acting.elect(session, minutes, home.fourth_member)
        acting.all_sign(session, acting.send(session, acting.fix(session, minutes)))
        found = notice_queries.notice_of(session, minutes)
        assert found is not None
        return found.id


def at_once(*calls: Callable[[], object]) -> list[RuleBroken]:
    """Run the calls at the same moment; what they raised."""
    barrier = Barrier(len(calls))
    raised: list[RuleBroken] = []

    def run(call: Callable[[], object]) -> None:
        barrier.wait()
        try:
            call()
        except RuleBroken as broken:
            raised.append(broken)

    threads = [Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_two_schedulers_take_it_down_once(world: World) -> None:
    notice_id = committed(world)
    with world.database.writing() as session:
        post(session, notice_queries.notice(session, world.north.id, notice_id))
    run = [lambda: jobs.keep_notices(world.database, lambda: at(DOWN))] * 2
    assert at_once(*run) == []
    with world.database.reading() as session:
        assert acts(session, "take_down") == 1


def test_two_officers_record_the_same_posting_at_once(world: World) -> None:
    notice_id = committed(world)

    def record(day: date, by: str) -> None:
        with world.database.writing() as session:
            posting = region(notice_queries.notice(session, world.north.id, notice_id))
            operations.record_posting(session, posting, posted_on=day, now=at(POSTED), actor=by)

    assert at_once(lambda: record(POSTED, "A"), lambda: record(POSTED, "B")) == []
    with world.database.reading() as session:
        assert acts(session, "record_posting") == 1
    refused = at_once(lambda: record(date(2026, 4, 12), "A"), lambda: record(date(2026, 4, 11), "B"))
    assert len(refused) == 2


def test_the_job_tells_of_what_is_missing_and_may_run_again(world: World) -> None:
    committed(world)
    for _night in (1, 2):
        assert jobs.keep_notices(world.database, lambda: at(date(2026, 4, 16))) == 0
    with world.database.reading() as session:
        assert len(list(session.scalars(select(Letter).where(Letter.kind == "notice_missing")))) == 2


# --- §§ that were verified at once ---


def verified_at_once(session: Session, minutes: Minutes, day: date) -> ImmediateVerification:
    """As the numbers' room leaves it: § 627 is verified apart from the others."""
    row = acting.rows(session, minutes)[1]
    found = ImmediateVerification(association_id=minutes.association_id, minutes_id=minutes.id, fixed_at=at(day))
    found.document_id, found.sent_at, found.verified_at = minutes.document_id, at(day), at(day)
    session.add(found)
    session.flush()
    row.immediate_id = found.id
    session.flush()
    session.expire(row)
    return found


def test_paragraphs_verified_at_once_have_a_notice_of_their_own(session: Session, home: Home, sent: Minutes) -> None:
    region_board(session, home)
    early = verified_at_once(session, sent, date(2026, 4, 9))
    first = notices.announce(session, sent, immediate=early, now=at(date(2026, 4, 9)), actor=SONJA)
    assert notices.announce(session, sent, immediate=early, now=at(date(2026, 4, 9)), actor=SONJA) is first
    acting.all_sign(session, sent)
    second = notice_queries.notice_of(session, sent)
    assert second is not None
    assert second.id != first.id
    told = [notice_queries.shown(session, one, POSTED) for one in (first, second)]
    assert [one.item_range for one in told] == ["§ 627", "§§ 626 och 628"]
    assert [one.verified_on for one in told] == [date(2026, 4, 9), date(2026, 4, 10)]
    post(session, first, date(2026, 4, 10))
    post(session, second, POSTED)
    ends = [one.period.last_day for one in notice_queries.notices_of(session, sent, POSTED)]
    assert ends == [date(2026, 5, 4), LAST]
    frozen = operations.certify_notice(session, first, certifier=home.secretary, now=at(POSTED))
    assert frozen.title == "Bevis om anslag Styrelsen 2026-04-09 § 627"
    assert "9 april 2026" in document_lines(frozen)
    assert notice_queries.notice_of(session, sent, acting.rows(session, sent)[1].immediate_id) is first
    assert notice_queries.notice_of(session, sent, acting.rows(session, sent)[0].immediate_id) is second


def test_minutes_of_which_all_were_verified_at_once_are_announced_whole(session: Session, sent: Minutes) -> None:
    early = verified_at_once(session, sent, date(2026, 4, 9))
    for row in acting.rows(session, sent):
        row.immediate_id = early.id
    session.flush()
    acting.all_sign(session, sent)
    found = notice_queries.notice_of(session, sent)
    assert found is not None
    assert notice_queries.notice_range(session, found) == "§§ 626–628"


# --- the certificate, and boards that nobody knows of ---


def test_the_certificate_says_who_noted_what_and_tells_of_earlier_attempts(
    session: Session, home: Home, notice: Notice
) -> None:
    post(session, notice)
    down_early(session, notice)
    now = at(date(2026, 4, 27))
    with pytest.raises(RuleBroken, match="saknas hos Region"):
        operations.certify_notice(session, notice, certifier=home.secretary, now=now)
    notices.put_up_anew(session, region(notice), now=now, actor=SONJA)
    post(session, notice, date(2026, 4, 27))
    lines = document_lines(operations.certify_notice(session, notice, certifier=home.secretary, now=now))
    for words in ("Togs ner innan tiden var ute", "20 april 2026", "27 april 2026", "18 maj 2026", SONJA):
        assert words in lines
    assert lines.count(REGION) == 2


def test_a_member_whose_board_is_not_known_is_told_of(session: Session, home: Home) -> None:
    day = date(2026, 4, 10)
    lacking = {one.name for one in notice_queries.members_without_board(session, home.id, day)}
    assert lacking == {home.municipality.name, home.second_municipality.name, home.region.name}
    region_board(session, home)
    assert home.region.name not in {one.name for one in notice_queries.members_without_board(session, home.id, day)}
