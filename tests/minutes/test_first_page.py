"""What minutes and extracts print of who took part, derived from the attendance."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from paragraf.meetings import excusing
from paragraf.meetings.models import Meeting
from paragraf.minutes import attending, document, queries, recusing, taking_up
from paragraf.minutes.document_fields import MinutesFields, PersonLine
from paragraf.minutes.first_page import print_items
from paragraf.minutes.models import MinuteItem, Minutes, RecusalGround
from paragraf.minutes.operations import add_item
from tests.minutes import acting
from tests.minutes.acting import AFTER, SONJA, START
from tests.minutes.test_participation import AT_11_30, begin, come, leave, of, presence
from tests.parts.world import Home


@pytest.fixture
def rows(session: Session, draft: Minutes) -> list[MinuteItem]:
    """§§ 626–630; the four members are there all the time."""
    for heading in ("Budget", "Övrigt"):
        add_item(session, draft, heading=heading, now=AFTER, actor=SONJA)
    return acting.rows(session, draft)


def printed(session: Session, minutes: Minutes) -> MinutesFields:
    return document.minutes_fields(session, minutes)


def remarks(lines: tuple[PersonLine, ...]) -> dict[str, str]:
    return {line.name: line.remark for line in lines}


def jav(session: Session, home: Home, row: MinuteItem, who: str = "member") -> None:
    recusing.recuse(
        session,
        row,
        person=getattr(home, who),
        ground=RecusalGround.REPRESENTATIVE,
        now=AFTER,
        actor=SONJA,
    )


@pytest.mark.parametrize(
    ("numbers", "told"),
    [([], ""), ([626], "§ 626"), ([626, 627], "§§ 626–627"), ([626, 628, 629, 640], "§§ 626, 628–629, 640")],
)
def test_numbers_are_told_in_runs(numbers: list[int], told: str) -> None:
    assert print_items(numbers) == told


def test_nothing_is_said_when_all_were_there_all_the_time(
    session: Session, home: Home, draft: Minutes, rows: list[MinuteItem]
) -> None:
    paper = printed(session, draft)
    assert set(remarks(paper.deciding).values()) == {""}
    assert len(paper.deciding) == 4
    assert paper.non_serving == paper.excused == paper.absent == ()
    assert paper.course == paper.distance == ""
    assert not any(item.participation or item.disqualified for item in paper.items)
    assert [(one.name, one.role) for one in paper.signers][:1] == [(home.chair.name, "ordförande")]


def test_check_5_a_substitute_for_some_paragraphs_and_jav_in_one_agree_everywhere(
    session: Session, home: Home, meeting: Meeting, draft: Minutes, rows: list[MinuteItem]
) -> None:
    """Nils Ask is away in §§ 627–629, Eva Rask serves for him; in § 628 the member is disqualified."""
    leave(session, meeting, home.fourth_member, last=rows[0])
    serve_from = attending.mark_from(session, at=AT_11_30, first=rows[1])
    come(session, meeting, home.substitute, serve_from, home.mandates["fourth_member"])
    come(session, meeting, home.second_substitute)
    jav(session, home, rows[2])
    come(session, meeting, home.fourth_member, attending.mark_from(session, at=None, first=rows[4]))
    paper = printed(session, draft)
    told = remarks(paper.deciding)
    assert told["Nils Ask"] == "t.o.m. § 626, fr.o.m. § 630"
    assert told["Eva Rask"] == "fr.o.m. kl. 11.30, § 627, tjänstgörande ersättare för Nils Ask §§ 627–629"
    assert told[home.member.name] == "ej § 628 (jäv)"
    assert told[home.second_substitute.name] == f"tjänstgörande ersättare för {home.member.name} § 628 (jäv)"
    assert [item.participation for item in paper.items] == [
        (),
        ("Eva Rask tjänstgör för Nils Ask från och med denna paragraf.",),
        (),
        (),
        ("Nils Ask deltar från och med denna paragraf. Eva Rask tjänstgör inte längre.",),
    ]
    assert paper.items[2].disqualified == (
        f"{home.member.name} anmäler jäv (företräder den som saken rör) och deltar inte i handläggningen. "
        f"{home.second_substitute.name} tjänstgör.",
    )
    assert [len(one.deciding) for one in of(session, draft)] == [4] * 5


def test_first_page_and_paragraphs_agree(
    session: Session, home: Home, meeting: Meeting, draft: Minutes, rows: list[MinuteItem]
) -> None:
    """Whoever the first page has among those who decide is in some §, and the other way round."""
    for row, minutes in zip(rows, (0, 60, 120, 160, 200), strict=True):
        begin(session, row, START + timedelta(minutes=minutes))
    leave(session, meeting, home.fourth_member, at=START + timedelta(minutes=130))
    come(session, meeting, home.substitute, attending.mark_from(session, at=AT_11_30, first=None))
    jav(session, home, rows[4])
    first = {line.name for line in printed(session, draft).deciding}
    assert first == {one.name for each in of(session, draft) for one in each.deciding}
    assert remarks(printed(session, draft).deciding)["Nils Ask"] == "t.o.m. kl. 11.10, § 627"
    assert remarks(printed(session, draft).deciding)["Eva Rask"] == (
        f"fr.o.m. kl. 11.30, § 629, tjänstgörande ersättare för {home.member.name} § 630 (jäv)"
    )


def test_while_nobody_knows_the_clock_alone_is_printed(
    session: Session, home: Home, meeting: Meeting, draft: Minutes, rows: list[MinuteItem]
) -> None:
    leave(session, meeting, home.fourth_member, at=AT_11_30)
    paper = printed(session, draft)
    assert remarks(paper.deciding)["Nils Ask"] == "t.o.m. kl. 11.30"
    assert not any(item.participation for item in paper.items)


def test_excused_absent_and_those_who_came_after_all(
    session: Session, home: Home, meeting: Meeting, draft: Minutes
) -> None:
    for person in (home.fourth_member, home.member):
        attending.remove(session, meeting, presence(session, meeting, person), now=AFTER, actor=SONJA)
    excusing.tell_excuse(session, meeting, person=home.fourth_member, reason="Sjuk", now=AFTER, actor=SONJA)
    excusing.tell_excuse(session, meeting, person=home.substitute, now=AFTER, actor=SONJA)
    come(session, meeting, home.substitute)
    paper = printed(session, draft)
    assert [line.name for line in paper.excused] == ["Nils Ask"]
    assert [line.name for line in paper.absent] == [home.member.name]
    assert [line.name for line in paper.non_serving] == ["Eva Rask"]


def test_opening_closing_and_distance_are_told(session: Session, home: Home, meeting: Meeting, draft: Minutes) -> None:
    attending.note_course(
        session,
        meeting,
        opened_at=START + timedelta(minutes=5),
        closed_at=AT_11_30,
        distance_note="Alla såg och hörde varandra.",
        now=AFTER,
        actor=SONJA,
    )
    row = presence(session, meeting, home.member)
    row.by_distance = True
    session.flush()
    paper = printed(session, draft)
    assert paper.course == "Sammanträdet öppnades kl. 09.05 och avslutades kl. 11.30."
    told = f"{home.member.name} deltog på distans med ljud och bild. Alla såg och hörde varandra."
    assert paper.distance == told
    assert remarks(paper.deciding)[home.member.name] == "på distans"


def test_all_who_led_sign_for_their_paragraphs(
    session: Session, home: Home, meeting: Meeting, draft: Minutes, rows: list[MinuteItem]
) -> None:
    leave(session, meeting, home.chair, last=rows[1])
    paper = printed(session, draft)
    assert [(one.name, one.role) for one in paper.signers][:2] == [
        (home.chair.name, "ordförande §§ 626–627"),
        (home.vice_chair.name, "ordförande §§ 628–630"),
    ]
    assert remarks(paper.deciding)[home.chair.name] == "t.o.m. § 627, ordförande §§ 626–627"
    assert paper.items[2].participation == (
        f"{home.chair.name} deltar inte från och med denna paragraf.",
        f"{home.vice_chair.name} leder sammanträdet från och med denna paragraf.",
    )
    assert paper.items[3].participation == ()


def test_the_chair_with_jav_is_followed_for_that_paragraph_only(
    session: Session, home: Home, draft: Minutes, rows: list[MinuteItem]
) -> None:
    jav(session, home, rows[1], "chair")
    lines = [item.participation for item in printed(session, draft).items]
    assert lines == [(), (f"{home.vice_chair.name} leder sammanträdet i denna paragraf.",), (), (), ()]


def test_a_paragraph_without_quorum_says_so(
    session: Session, home: Home, draft: Minutes, rows: list[MinuteItem]
) -> None:
    for who in ("member", "fourth_member"):
        jav(session, home, rows[1], who)
    (line,) = printed(session, draft).items[1].participation
    assert line == (
        "Styrelsen är inte beslutför i denna paragraf: 2 av 4 deltar och det krävs 3 (6 kap. 27 § kommunallagen)."
    )


def test_an_extract_tells_who_took_part_in_its_paragraph(
    session: Session, home: Home, meeting: Meeting, draft: Minutes, rows: list[MinuteItem]
) -> None:
    come(session, meeting, home.substitute)
    come(session, meeting, home.secretary)
    jav(session, home, rows[1])
    leave(session, meeting, home.fourth_member, last=rows[0])
    only = {rows[1].id}
    page = document.first_page(session, draft, queries.items(session, draft))
    assert [line.name for line in page.deciding(only)] == [home.chair.name, home.vice_chair.name, "Eva Rask"]
    assert [line.name for line in page.others(only)] == [home.secretary.name]
    taking_up.set_leader(session, rows[1], home.vice_chair, now=AFTER, actor=SONJA)
    page = document.first_page(session, draft, queries.items(session, draft))
    assert "ordförande § 627" in remarks(page.deciding(only))[home.vice_chair.name]
