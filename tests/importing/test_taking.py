"""Taking earlier minutes in: their rows, their numbers, and what the house makes of them afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken, SeveralRulesBroken
from paragraf.core.light_markup import parse
from paragraf.core.number_series import NumberAllocation, next_number
from paragraf.duties.models import Duty
from paragraf.importing import operations, queries
from paragraf.importing.models import ImportedFile
from paragraf.meetings import queries as meetings
from paragraf.minutes import queries as minutes_queries
from paragraf.minutes.models import Minutes, Notice, Verb
from paragraf.minutes.rules import State, state_of
from paragraf.people.models import BodyRule, Numbering
from tests.parts.world import NOW, Home, World

SONJA = "Sonja Ekvall"


def text(day: str, first: int, count: int = 3, *, without: int = -1) -> bytes:
    """Minutes of so many §§, each with a decision."""
    lines = [
        "Protokoll",
        f"Plats och tid: Kansliet {day}, kl. 9.00-11.00",
        "Beslutande",
        "Olle Brand, ordförande",
        "Greta Sund, ledamot",
        "Vid protokollet",
        "Folke Ask",
        "",
    ]
    for number in range(first, first + count):
        if number != without:
            lines += [
                f"§ {number}",
                f"Ärende {number}",
                "",
                "Det kostar 2*500 kr och 3*10 kr.",
                "",
                "Styrelsen beslutar",
                "",
            ]
            lines += [f"att godkänna ärende {number}.", "att uppdra åt förbundschefen att återkomma i juni.", ""]
    return "\n".join(lines).encode()


@pytest.fixture
def home(world: World) -> Home:
    return world.north


@pytest.fixture
def session(world: World) -> Iterator[Session]:
    with world.database.new_session(writes=True) as opened:
        yield opened


def receive(session: Session, home: Home, content: bytes, name: str = "protokoll.txt") -> ImportedFile:
    return operations.receive(session, home.association, filename=name, content=content, now=NOW, actor=SONJA)


def take_in(session: Session, home: Home, content: bytes) -> Minutes:
    (made,) = operations.take_in(session, receive(session, home, content), now=NOW, actor=SONJA)
    return made


def test_the_minutes_are_verified_and_keep_their_numbers(session: Session, home: Home) -> None:
    made = take_in(session, home, text("2015-09-10", 701))
    assert state_of(made) is State.VERIFIED
    assert made.imported_at == NOW
    items = minutes_queries.items(session, made)
    assert [(one.number, one.words.heading, one.is_fixed) for one in items] == [
        (701, "Ärende 701", True),
        (702, "Ärende 702", True),
        (703, "Ärende 703", True),
    ]
    assert str(parse(items[0].words.background)) == "Det kostar 2*500 kr och 3*10 kr."
    decided = minutes_queries.decisions(session, made)[items[0].row.id]
    assert [(one.verb, one.text) for one in decided] == [
        (Verb.APPROVE, "att godkänna ärende 701"),
        (Verb.COMMISSION, "att uppdra åt förbundschefen att återkomma i juni"),
    ]
    assert made.meeting.starts_at == datetime(2015, 9, 10, 7, 0, tzinfo=UTC)
    assert [each.id for each in meetings.held(session, home.id, NOW)] == [made.meeting_id]


def test_the_series_goes_on_after_the_last_number(session: Session, home: Home) -> None:
    take_in(session, home, text("2015-09-10", 626, 11))
    assert next_number(session, home.id, "board") == 637
    take_in(session, home, text("2014-02-10", 500))
    assert next_number(session, home.id, "board") == 637


def test_nothing_follows_from_them(session: Session, home: Home) -> None:
    take_in(session, home, text("2015-09-10", 626))
    assert session.scalars(select(Notice)).all() == []
    assert session.scalars(select(Duty).where(Duty.association_id == home.id)).all() == []


def test_persons_are_known_by_name_or_noted_as_gone(session: Session, home: Home) -> None:
    made = take_in(session, home, text("2015-09-10", 626))
    assert made.chair_id == home.chair.id
    assert (made.secretary.name, made.secretary.left_on) == ("Folke Ask", date(2015, 9, 10))
    again = take_in(session, home, text("2015-10-10", 630))
    assert again.secretary_id == made.secretary_id


def test_the_file_is_frozen_and_comes_in_once(session: Session, home: Home) -> None:
    content = text("2015-09-10", 626)
    made = take_in(session, home, content)
    assert made.document is not None
    assert made.document.content == content
    found = queries.import_of(session, made)
    assert found is not None
    assert found.file.content is None
    with pytest.raises(RuleBroken, match="redan intagen"):
        receive(session, home, content, "annat namn.txt")
    # Files are filed in one matter.
    later = take_in(session, home, text("2016-09-10", 650))
    assert later.document is not None
    assert later.document.matter_id == made.document.matter_id


def test_a_number_that_is_taken_is_refused_and_named(session: Session, home: Home) -> None:
    take_in(session, home, text("2015-09-10", 626))
    with pytest.raises(RuleBroken, match="§ 628 finns redan i nummerserien för Styrelsen"):
        take_in(session, home, text("2015-10-10", 628))


def test_missing_numbers_are_told_with_their_reason(session: Session, home: Home) -> None:
    row = receive(session, home, text("2015-09-10", 626, 4, without=627))
    (wish,) = operations.wish_of(session, row)
    assert wish.missing == [627]
    operations.correct(session, row, {"m0-gap_reason": "Utgick."}, base_version=0, now=NOW, actor=SONJA)
    (made,) = operations.take_in(session, row, now=NOW, actor=SONJA)
    found = queries.import_of(session, made)
    assert found is not None
    assert found.report["gaps"] == [{"number": 627, "reason": "Utgick."}]
    taken = session.scalars(select(NumberAllocation.number).order_by(NumberAllocation.number))
    assert [number for number in taken if number > 600] == [626, 628, 629]


def test_what_is_corrected_counts(session: Session, home: Home) -> None:
    row = receive(session, home, text("2015-09-10", 626))
    typed = {
        "m0-day": "11 september 2015",
        "m0-i0-number": "700",
        "m0-i1-skip": "1",
        "m0-i2-heading": "Bättre rubrik",
        "m0-i2-clauses": "att avslå ärendet\n\n",
        "m9-day": "okänt fält",
    }
    operations.correct(session, row, typed, base_version=0, now=NOW, actor=SONJA)
    (made,) = operations.take_in(session, row, now=NOW, actor=SONJA)
    assert [(one.number, one.words.heading) for one in minutes_queries.items(session, made)] == [
        (700, "Ärende 626"),
        (628, "Bättre rubrik"),
    ]
    decided = [each.text for one in minutes_queries.decisions(session, made).values() for each in one]
    assert decided[-1] == "att avslå ärendet"
    assert made.meeting.starts_at.date() == date(2015, 9, 11)


def test_what_hinders_is_told_at_its_field(session: Session, home: Home) -> None:
    row = receive(session, home, text("2015-09-10", 626))
    typed = {"m0-day": "2027-01-01", "m0-starts": "25.00", "m0-i0-number": "628", "m0-i1-heading": "", "m0-body": "x"}
    operations.correct(session, row, typed, base_version=0, now=NOW, actor=SONJA)
    with pytest.raises(SeveralRulesBroken) as told:
        operations.take_in(session, row, now=NOW, actor=SONJA)
    assert {problem.field for problem in told.value.problems} == {
        "m0-body",
        "m0-day",
        "m0-starts",
        "m0-i0-number",
        "m0-i1-heading",
        "m0-i2-number",
    }


def test_a_stale_correction_is_refused_and_a_file_can_be_taken_away(session: Session, home: Home) -> None:
    row = receive(session, home, text("2015-09-10", 626))
    operations.correct(session, row, {"m0-where": "Rådhuset"}, base_version=0, now=NOW, actor=SONJA)
    with pytest.raises(RuleBroken, match="Någon annan har sparat"):
        operations.correct(session, row, {"m0-where": "Annat"}, base_version=0, now=NOW, actor=SONJA)
    operations.discard(session, row, now=NOW, actor=SONJA)
    assert queries.waiting(session, home.id) == []


def test_numbers_by_year_have_a_series_of_each_year(session: Session, home: Home) -> None:
    rule = session.scalars(select(BodyRule).where(BodyRule.body_id == home.board.id)).one()
    rule.numbering = Numbering.YEARLY
    session.flush()
    take_in(session, home, text("2015-09-10", 1))
    take_in(session, home, text("2016-09-10", 1))
    assert [next_number(session, home.id, "board", str(year)) for year in (2015, 2016)] == [4, 4]
