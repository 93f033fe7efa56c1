"""A board's year, the clock travelled: five meetings, one of them cancelled, with everything that a year brings.

February: a substitute comes late, somebody is disqualified, a vote ends in a reservation, one § is verified at once.
April: a matter is tabled, a verifier declines and the minutes are opened again, a number is made void.
June: cancelled; its matters follow to October, where the tabled one has come too, and a § of February is corrected.
December: somebody is appointed to a seat. After each, the notice goes up and comes down by the clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.chain import COMPLETED, DECLINED
from paragraf.core.database import Database
from paragraf.core.dates import local_date, utc_moment
from paragraf.core.number_series import NumberAllocation, Subject
from paragraf.duties.operations import adopt_standard_rules
from paragraf.meetings import attending, carrying, scheduling, standing
from paragraf.meetings import queries as meetings
from paragraf.meetings.agenda import add_item
from paragraf.meetings.attending import Mark
from paragraf.meetings.models import AgendaItem, ItemKind, Meeting
from paragraf.meetings.rules import ItemText
from paragraf.meetings.sending import send_notice
from paragraf.minutes import (
    decision_index,
    immediate,
    notice_queries,
    operations,
    queries,
    recusing,
    reopening,
    taking_up,
    withdrawing,
)
from paragraf.minutes.clauses import Clause
from paragraf.minutes.models import Correction, MinuteItem, Minutes, RecusalGround, Verb
from paragraf.minutes.participation import participations
from paragraf.minutes.proceedings import Choice, Motion, MotionKind, Proceedings, Reservation, Vote
from paragraf.minutes.sending import current_round
from paragraf.people.models import Capacity, Mandate, Person
from paragraf.register.models import Document
from paragraf.search import queries as search
from paragraf.search.queries import Wanted
from paragraf.search.rules import read_question
from paragraf.signing import operations as signing
from paragraf.signing.models import SignatureRound
from scheduler import jobs
from tests.minutes.acting import SONJA, document_lines
from tests.parts.world import SINCE, Home, World
from tests.signing import acting as signatures

DAYS = (date(2026, 2, 12), date(2026, 4, 9), date(2026, 6, 11), date(2026, 10, 8), date(2026, 12, 3))
PLANNED = datetime(2025, 12, 15, 9, 0, tzinfo=UTC)


class Chain:
    """The program's own table."""

    table = COMPLETED


class Year:
    """The board's year, meeting by meeting; each step in a transaction of its own, as pages make them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.database: Database = world.database
        self.home: Home = world.north

    def plan(self) -> None:
        with self.database.writing() as session:
            adopt_standard_rules(session, self.home.id, valid_from=SINCE)
            board = session.merge(self.home.board)
            session.add(Person(association_id=self.home.id, name="Alva Strand", email="alva@norrdal.example"))
            item = ItemText(ItemKind.DECISION, "Val av justerare", "", "att utse Maj Torn till justerare")
            standing.add(session, board, item, last=False, now=PLANNED, actor=SONJA)
            question = ItemText(ItemKind.QUESTION, "Övriga frågor")
            standing.add(session, board, question, last=True, now=PLANNED, actor=SONJA)
            new = [
                scheduling.NewMeeting(utc_moment(day, time(9)), utc_moment(day, time(12)), "Kommunhuset")
                for day in DAYS
            ]
            scheduling.plan_meetings(session, body=board, meetings=new, now=PLANNED, actor=SONJA)

    def meeting(self, session: Session, place: int) -> Meeting:
        wanted = select(Meeting).where(Meeting.body_id == self.home.board.id).order_by(Meeting.starts_at)
        return list(session.scalars(wanted))[place]

    def minutes(self, session: Session, place: int) -> Minutes:
        return queries.minutes(session, self.home.id, self.meeting(session, place).id)

    def rows(self, session: Session, place: int) -> list[MinuteItem]:
        return queries.item_rows(session, self.minutes(session, place))

    def call(self, place: int, *headings: str) -> None:
        """The agenda is written and sent a fortnight before."""
        with self.database.writing() as session:
            meeting = self.meeting(session, place)
            now = meeting.starts_at - timedelta(days=14)
            standing.put_on(session, meeting, now=now, actor=SONJA)
            for heading in headings:
                text = f"att godkänna {heading.lower()}"
                item = {"kind": ItemKind.DECISION, "heading": heading, "proposal": text}
                add_item(session, meeting, **item, now=now, actor=SONJA)  # type: ignore[arg-type]
            send_notice(session, meeting, now=now, actor=SONJA)

    def begin(self, place: int) -> None:
        """All members come, and the secretary notes when each § is taken up: every twenty minutes."""
        with self.database.writing() as session:
            meeting = self.meeting(session, place)
            start = meeting.starts_at
            attending.mark_all_present(session, meeting, now=start, actor=SONJA)
            closed = meeting.ends_at - timedelta(minutes=5)
            attending.note_course(session, meeting, opened_at=start, closed_at=closed, now=meeting.ends_at, actor=SONJA)
            operations.open_minutes(session, meeting, now=start, actor=SONJA)
            for number, row in enumerate(self.rows(session, place)):
                at = start + timedelta(minutes=20 * number)
                taking_up.begin_item(session, row, at=at, now=at, actor=SONJA)

    def write(self, place: int, heading: str, *clauses: Clause, proceedings: Proceedings | None = None) -> None:
        with self.database.writing() as session:
            row = self.row(session, place, heading)
            words = queries.words_of(queries.newest_text(session, row))
            operations.save_text(
                session,
                row,
                base_version=row.version,
                heading=words.heading,
                background=words.background,
                clauses=clauses or words.clauses,
                proceedings=proceedings or words.proceedings,
                now=self.meeting(session, place).ends_at,
                actor=SONJA,
            )

    def row(self, session: Session, place: int, heading: str) -> MinuteItem:
        items = queries.items(session, self.minutes(session, place))
        return next(one.row for one in items if one.words.heading == heading)

    def elect(self, place: int) -> None:
        with self.database.writing() as session:
            minutes = self.minutes(session, place)
            verifier = session.merge(self.home.member)
            operations.set_verifiers(session, minutes, [verifier], now=minutes.meeting.ends_at, actor=SONJA)

    def send(self, place: int) -> None:
        self.elect(place)
        with self.database.writing() as session:
            minutes = self.minutes(session, place)
            now = minutes.meeting.ends_at + timedelta(days=2)
            operations.fix_numbers(session, minutes, now=now, actor=SONJA)
            operations.send_for_signing(session, minutes, now=now, actor=SONJA)

    def sign(self, place: int, days: int = 5) -> None:
        with self.database.writing() as session:
            minutes = self.minutes(session, place)
            found = current_round(session, minutes)
            assert found is not None
            self.all_sign(session, found, minutes.meeting.ends_at + timedelta(days=days))

    def all_sign(self, session: Session, found: SignatureRound, now: datetime) -> None:
        for signatory in found.signatories:
            signatures.let_in(session, signatory, now=now)
            signatures.sign(session, signatory, Chain(), now=now)  # type: ignore[arg-type]

    def let_time_pass(self, day: date) -> None:
        """The clock's own jobs on the day: notices come down, what is verified is indexed."""
        now = utc_moment(day, time(6))
        jobs.keep_notices(self.database, lambda: now)
        jobs.index_verified(self.database, lambda: now)


@pytest.fixture
def year(world: World) -> Year:
    told = Year(world)
    told.plan()
    february(told)
    april(told)
    june_is_cancelled(told)
    october(told)
    december(told)
    told.let_time_pass(date(2027, 2, 1))
    return told


def february(year: Year) -> None:
    year.call(0, "Verksamhetsplan", "Avtal om lokaler", "Sammanträdesdagar")
    year.begin(0)
    home = year.home
    with year.database.writing() as session:
        meeting = year.meeting(session, 0)
        plan, lease = (year.row(session, 0, heading) for heading in ("Verksamhetsplan", "Avtal om lokaler"))
        before = queries.item_rows(session, year.minutes(session, 0))[0]
        # The fourth member leaves after the plan, and the substitute serves in that seat from the lease.
        presences = {one.person_id: one for one in meetings.presences(session, meeting)}
        leaves = Mark(meeting.starts_at + timedelta(minutes=40), lease.id, plan.id)
        attending.end_presence(
            session, meeting, presences[home.fourth_member.id], until_at=leaves, now=meeting.ends_at, actor=SONJA
        )
        attending.record_presence(
            session,
            meeting,
            person=session.merge(home.substitute),
            from_at=leaves,
            serves_for=session.merge(home.mandates["fourth_member"]),
            now=meeting.ends_at,
            actor=SONJA,
        )
        recusing.recuse(
            session,
            plan,
            person=session.merge(home.vice_chair),
            ground=RecusalGround.REPRESENTATIVE,
            note="Är firmatecknare för motparten.",
            now=meeting.ends_at,
            actor=SONJA,
        )
        assert before.id != plan.id
    deciding = (home.chair.id, home.vice_chair.id, home.member.id, home.substitute.id)
    ballots = tuple((each, Choice.NO if each == home.substitute.id else Choice.YES) for each in sorted(deciding))
    told = Proceedings(
        motions=(
            Motion((home.member.id,), MotionKind.APPROVE, "bifall till förslaget"),
            Motion((home.substitute.id,), MotionKind.REJECT, "avslag"),
        ),
        propositions="Ordföranden ställer förslaget mot avslag.",
        votes=(Vote(question="Förslaget mot avslag", yes_means="bifall", no_means="avslag", ballots=ballots),),
        reservations=(Reservation(home.substitute.id, "till förmån för eget yrkande", "11.40"),),
    )
    year.write(0, "Avtal om lokaler", proceedings=told)
    year.elect(0)
    with year.database.writing() as session:
        minutes = year.minutes(session, 0)
        now = minutes.meeting.ends_at + timedelta(hours=1)
        lease = year.row(session, 0, "Avtal om lokaler")
        at_once = immediate.verify_at_once(session, minutes, [lease], now=now, actor=SONJA)
        found = immediate.current_round(session, at_once)
        assert found is not None
        year.all_sign(session, found, now)
    year.send(0)
    year.sign(0)
    year.let_time_pass(date(2026, 3, 20))


def april(year: Year) -> None:
    year.call(1, "Bokslut", "Ansökan från Stegvis", "Reseersättningar")
    year.begin(1)
    year.write(1, "Ansökan från Stegvis", Clause(Verb.TABLE, until="nästa sammanträde"))
    year.send(1)
    with year.database.writing() as session:
        minutes = year.minutes(session, 1)
        now = minutes.meeting.ends_at + timedelta(days=3)
        found = current_round(session, minutes)
        assert found is not None
        verifier = found.signatories[-1]
        signatures.let_in(session, verifier, now=now)
        signing.decline(
            session,
            verifier,
            reason="Reseersättningarna togs inte upp.",
            session_key=signatures.PHONE,
            now=now,
            declined=DECLINED,
        )
        reopening.reopen(session, minutes, reason="En punkt som inte togs upp", now=now, actor=SONJA)
        row = year.row(session, 1, "Reseersättningar")
        withdrawing.remove_item(session, row, reason="punkten togs inte upp", now=now, actor=SONJA)
    year.send(1)
    year.sign(1)
    year.let_time_pass(date(2026, 5, 15))


def june_is_cancelled(year: Year) -> None:
    year.call(2, "Delårsrapport")
    with year.database.writing() as session:
        june, october = year.meeting(session, 2), year.meeting(session, 3)
        items = [one.id for one in meetings.agenda(session, june) if one.standing_item_id is None]
        now = june.starts_at - timedelta(days=3)
        carrying.cancel_and_carry(
            session, june, reason="För få kan komma", to=october, item_ids=items, now=now, actor=SONJA
        )


def october(year: Year) -> None:
    year.call(3, "Budgetramar")
    year.begin(3)
    correction = Clause(Verb.CORRECT, paragraph="§ 627", wrong="verksamhetsplan", right="verksamhetsplan för 2026")
    year.write(3, "Budgetramar", Clause(Verb.ADOPT, "budgetramarna"), correction)
    year.send(3)
    year.sign(3)
    year.let_time_pass(date(2026, 11, 20))


def december(year: Year) -> None:
    year.call(4, "Val till styrelsen")
    year.begin(4)
    seat = Clause(
        Verb.APPOINT,
        persons=("Alva Strand",),
        role="ersättare",
        body="Styrelsen",
        capacity=Capacity.SUBSTITUTE.value,
        party=year.home.second_municipality.short_name,
        turn="3",
        from_on="2027-01-01",
    )
    year.write(4, "Val till styrelsen", seat)
    year.send(4)
    year.sign(4)


def the_year_s_numbers_are_one_row_without_a_gap(year: Year) -> None:
    with year.database.reading() as session:
        ledger = session.scalars(
            select(NumberAllocation)
            .where(
                NumberAllocation.association_id == year.home.id,
                NumberAllocation.subject == Subject.MINUTE_ITEM.value,
            )
            .order_by(NumberAllocation.number)
        ).all()
        numbers = [one.number for one in ledger]
        assert numbers == list(range(626, 626 + len(numbers)))
        assert [one.void_reason for one in ledger if one.voided_at] == ["punkten togs inte upp"]
        following = 626
        for place in (0, 1, 3, 4):
            minutes = year.minutes(session, place)
            every = select(MinuteItem).where(MinuteItem.minutes_id == minutes.id, MinuteItem.allocation_id.is_not(None))
            told = {row.allocation.number for row in session.scalars(every) if row.allocation}
            assert min(told) == following
            following = max(told) + 1
            lines = document_lines(minutes.document)
            printed = f"§§ {min(told)}–{max(told)}"
            assert any(printed in line for line in lines), printed
        assert following == numbers[-1] + 1


def who_took_part_is_told_paragraph_by_paragraph(year: Year) -> None:
    home = year.home
    with year.database.reading() as session:
        minutes = year.minutes(session, 0)
        rows = queries.item_rows(session, minutes)
        found = participations(session, minutes, rows)
        plan, lease = (year.row(session, 0, heading).id for heading in ("Verksamhetsplan", "Avtal om lokaler"))
        assert not found[plan].took_part(home.vice_chair.id)
        assert found[plan].took_part(home.fourth_member.id)
        assert found[lease].took_part(home.vice_chair.id)
        assert found[lease].took_part(home.substitute.id)
        assert not found[lease].took_part(home.fourth_member.id)
        paper = "\n".join(document_lines(minutes.document))
        assert "Paragrafen justerades omedelbart den 12 februari 2026." in paper
        for words in ("jäv", "Yrkande", "Omröstning", "Reservation"):
            assert words.casefold() in paper.casefold(), words


def the_paragraph_verified_at_once_has_its_own_notice(year: Year) -> None:
    with year.database.reading() as session:
        minutes = year.minutes(session, 0)
        shown = [
            one for one in notice_queries.notices(session, year.home.id, DAYS[4]) if one.notice.minutes_id == minutes.id
        ]
        ranges = sorted(one.item_range for one in shown)
        assert len(shown) == 2
        assert any("628" in each for each in ranges)
        assert len({one.period.last_day for one in shown}) == 2


def the_tabled_matter_came_back_and_the_cancelled_meeting_left_its_own(year: Year) -> None:
    with year.database.reading() as session:
        october = meetings.agenda(session, year.meeting(session, 3))
        continued = {one.heading: one.continues for one in october if one.continues_id}
        assert set(continued) >= {"Delårsrapport"}
        tabled = session.scalars(
            select(AgendaItem).where(AgendaItem.heading == "Ansökan från Stegvis", AgendaItem.continues_id.is_not(None))
        ).all()
        assert tabled


def a_correction_stands_beside_what_it_corrects(year: Year) -> None:
    with year.database.reading() as session:
        minutes = year.minutes(session, 0)
        plan = year.row(session, 0, "Verksamhetsplan")
        correction = session.scalars(select(Correction).where(Correction.corrected_id == plan.id)).one()
        assert correction.by.minutes_id == year.minutes(session, 3).id
        first = session.get_one(Document, minutes.document_id)
        assert "för 2026" not in "\n".join(document_lines(first))


def the_appointment_became_a_mandate(year: Year) -> None:
    with year.database.reading() as session:
        made = session.scalars(select(Mandate).where(Mandate.starts_on == date(2027, 1, 1))).all()
        assert [(one.person.name, one.capacity) for one in made] == [("Alva Strand", Capacity.SUBSTITUTE)]


def notices_came_down_by_the_clock_and_all_is_found(year: Year) -> None:
    with year.database.reading() as session:
        assert notice_queries.current(session, year.home.id, date(2027, 2, 1)) == []
        index = decision_index.decision_index(session, year.home.id, 2026)
        assert {local_date(datetime.combine(one.day, time(12), UTC)) for one in index} == {DAYS[0], DAYS[1], *DAYS[3:]}
        found = search.find(session, year.home.id, Wanted(read_question("budgetramarna")))
        assert [one.heading for one in found.entries] == ["Budgetramar"]
        nothing = search.find(session, year.home.id, replace(Wanted(read_question("reseersättning"))))
        assert nothing.entries == ()


CHECKS: tuple[Callable[[Year], None], ...] = (
    the_year_s_numbers_are_one_row_without_a_gap,
    who_took_part_is_told_paragraph_by_paragraph,
    the_paragraph_verified_at_once_has_its_own_notice,
    the_tabled_matter_came_back_and_the_cancelled_meeting_left_its_own,
    a_correction_stands_beside_what_it_corrects,
    the_appointment_became_a_mandate,
    notices_came_down_by_the_clock_and_all_is_found,
)


def test_a_year_of_the_board(year: Year) -> None:
    """One year for all questions: it is long to make."""
    for check in CHECKS:
        check(year)
