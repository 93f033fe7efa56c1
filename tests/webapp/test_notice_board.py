"""The notice board as everyone sees it, and the office's pages behind it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from paragraf.duties.operations import adopt_standard_rules
from paragraf.minutes import notice_queries
from paragraf.people.models import NoticeBoard, Person
from paragraf.register import queries as register
from paragraf.register.models import DocumentKind
from tests.minutes import acting
from tests.parts.world import SINCE, World

ClientOf = Callable[[Person | None], FlaskClient]
Office = Callable[[], FlaskClient]
ROOT = "/norrdal/anslagstavla"


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Pages are tried on SQLite; the rows beneath them on both engines (tests/minutes)."""
    place = tmp_path / "paragraf.sqlite3"
    shutil.copy(request.getfixturevalue("sqlite_template"), place)
    return f"sqlite:///{place}"


@pytest.fixture
def announced(world: World) -> World:
    """Verified minutes; the region's board must be recorded by hand."""
    with world.database.writing() as session:
        home = world.north
        adopt_standard_rules(session, home.id, valid_from=SINCE)
        session.add(
            NoticeBoard(
                association_id=home.id,
                member_organisation_id=home.region.id,
                name="Region Norrdals anslagstavla",
                url="https://regionen.example/anslag",
                valid_from=SINCE,
            )
        )
        meeting = acting.plan(session, home)
        acting.usual_agenda(session, home, meeting)
        acting.all_present(session, meeting)
        minutes = acting.begin(session, meeting)
        acting.write(session, acting.rows(session, minutes)[1], acting.GRANT)
        acting.elect(session, minutes, home.fourth_member)
        acting.all_sign(session, acting.send(session, acting.fix(session, minutes)))
    return world


@pytest.fixture
def office(announced: World, client_of: ClientOf) -> Office:
    """The secretary's browser, signed in anew each day: a sign-in lasts for hours, these tests for weeks."""
    return lambda: client_of(announced.north.secretary)


def on(day: str) -> time_machine.travel:
    """Noon on the day."""
    return time_machine.travel(datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC), tick=False)


def text_of(answer: TestResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).replace("\N{NO-BREAK SPACE}", " ").split())


def ids(world: World) -> tuple[int, list[int]]:
    """The notice and its postings, the own board's first."""
    with world.database.reading() as session:
        (one,) = notice_queries.notices(session, world.north.id, datetime(2026, 4, 10, tzinfo=UTC).date())
        return one.notice.id, [posting.id for posting in one.notice.postings]


def record(world: World, office: Office, day: str) -> TestResponse:
    return office().post(f"{ROOT}/uppsatt/{ids(world)[1][1]}", data={"day": day})


def test_everyone_reads_what_is_announced(announced: World, client_of: ClientOf) -> None:
    with on("2026-04-11"):
        page = text_of(client_of(None).get(f"{ROOT}/"))
    for words in (
        "Justerat protokoll: Styrelsen 9 april 2026",
        "Paragrafer §§ 626–628",
        "Justerat 10 april 2026",
        "Protokollet förvaras Kansliet, Storgatan 1",
        "Förbundets anslagstavla: 10 april 2026",
        "Region Norrdals anslagstavla: inte uppsatt än",
        "Tiden för överklagande löper inte än.",
        "Anslaget saknas hos Region Norrdals anslagstavla.",
    ):
        assert words in page
    assert "Sista dag att överklaga" not in page


def test_when_all_boards_have_it_the_last_days_are_shown(announced: World, office: Office) -> None:
    with on("2026-04-13"):
        assert record(announced, office, "2026-04-13").status_code == 303
        page = text_of(office().get(f"{ROOT}/"))
    for words in (
        "Uppsatt på alla anslagstavlor 13 april 2026",
        "Sista dag att överklaga 4 maj 2026",
        "Anslaget tas ner tidigast 5 maj 2026",
    ):
        assert words in page


def test_the_notice_leaves_the_public_board_by_itself(announced: World, office: Office) -> None:
    with on("2026-04-13"):
        record(announced, office, "2026-04-13")
    with on("2026-05-04"):
        assert "Styrelsen 9 april 2026" in text_of(office().get(f"{ROOT}/"))
    with on("2026-05-05"):
        assert "Inget är anslaget just nu." in text_of(office().get(f"{ROOT}/"))
        assert "Styrelsen 9 april 2026 §§ 626–628 Nedtaget. Kvar hos andra 4 maj 2026" in text_of(
            office().get(f"{ROOT}/alla")
        )


def test_an_empty_board_says_so(world: World, client_of: ClientOf) -> None:
    assert "Inget är anslaget just nu." in client_of(None).get(f"{ROOT}/").text


def test_the_other_association_has_its_own_board(announced: World, client_of: ClientOf) -> None:
    with on("2026-04-11"):
        assert "Inget är anslaget just nu." in client_of(None).get("/sunnan/anslagstavla/").text


def test_the_office_sees_what_each_board_lacks(announced: World, office: Office) -> None:
    notice_id, _postings = ids(announced)
    with on("2026-04-11"):
        listed = text_of(office().get(f"{ROOT}/alla"))
        page = office().get(f"{ROOT}/{notice_id}/").text
    assert "Saknas hos Region Norrdals anslagstavla, senast 13 april 2026" in listed
    assert "senast måndag 13 april 2026" in page
    assert 'href="https://regionen.example/anslag"' in page


@pytest.mark.parametrize("day", ["", "2026-04-09", "2026-04-14", "i går"])
def test_an_impossible_day_is_told_at_its_field(announced: World, office: Office, day: str) -> None:
    with on("2026-04-13"):
        answer = record(announced, office, day)
    assert answer.status_code == 422
    assert f'id="fel-{ids(announced)[1][1]}"' in answer.text
    with announced.database.reading() as session:
        assert notice_queries.posting(session, announced.north.id, ids(announced)[1][1]).posted_on is None


def test_taking_down_waits_for_its_day(announced: World, office: Office) -> None:
    notice_id, (own, region) = ids(announced)
    with on("2026-04-13"):
        record(announced, office, "2026-04-13")
        assert office().post(f"{ROOT}/nedtaget/{own}", data={"day": "2026-04-13"}).status_code == 422
        assert "tidigast 5 maj 2026" in text_of(office().get(f"{ROOT}/{notice_id}/"))
        assert office().post(f"{ROOT}/nedtaget/{own}", data={}).status_code == 422
    with on("2026-05-06"):
        assert "Nedtaget den" in office().get(f"{ROOT}/{notice_id}/").text
        assert office().post(f"{ROOT}/nedtaget/{region}", data={"day": "2026-05-05"}).status_code == 303
        assert "5 maj 2026" in text_of(office().get(f"{ROOT}/{notice_id}/"))


def test_a_board_says_no_and_later_has_it_again(announced: World, office: Office) -> None:
    notice_id, (_own, region) = ids(announced)
    page = f"{ROOT}/{notice_id}/"
    with on("2026-04-13"):
        lacking = office().post(f"{ROOT}/nej/{region}", data={"day": "2026-04-13", "reason": ""})
        assert (lacking.status_code, 'id="skalfel-' in lacking.text) == (422, True)
        assert office().post(f"{ROOT}/igen/{region}").status_code == 422
        said = {"day": "2026-04-13", "reason": "Tavlan flyttas"}
        assert office().post(f"{ROOT}/nej/{region}", data=said).status_code == 303
        told = text_of(office().get(page))
        assert "löper inte. Region Norrdals anslagstavla sa nej 13 april 2026: Tavlan flyttas" in told
        assert "Anslagstavla har sagt nej: Region Norrdals anslagstavla" in text_of(office().get("/norrdal/min-sida/"))
        assert "inte mottaget" in text_of(office().get(f"{ROOT}/"))
        assert office().post(f"{ROOT}/igen/{region}").status_code == 303
        again = ids(announced)[1][2]
        assert office().post(f"{ROOT}/uppsatt/{again}", data={"day": "2026-04-13"}).status_code == 303
        told = text_of(office().get(page))
    assert "Sista dag att överklaga 4 maj 2026" in told
    assert "Tidigare gånger Sa nej 13 april 2026: Tavlan flyttas" in told


def test_a_notice_that_came_down_too_early_is_noted_when_it_is_ticked(announced: World, office: Office) -> None:
    notice_id, (own, region) = ids(announced)
    with on("2026-04-13"):
        record(announced, office, "2026-04-13")
    with on("2026-04-20"):
        early = {"day": "2026-04-18", "too_early": "y"}
        assert office().post(f"{ROOT}/nedtaget/{own}", data=early).status_code == 422
        for _press in (1, 2):
            assert office().post(f"{ROOT}/nedtaget/{region}", data=early).status_code == 303
        told = text_of(office().get(f"{ROOT}/{notice_id}/"))
        listed = text_of(office().get(f"{ROOT}/alla"))
        public = text_of(office().get(f"{ROOT}/"))
    assert "tog ner anslaget 18 april 2026, för tidigt" in told
    assert "Nedtaget för tidigt hos Region Norrdals anslagstavla" in listed
    assert "Tiden för överklagande löper inte än. Anslaget togs ner för tidigt hos Region Norrdals" in public
    assert "Sista dag att överklaga" not in public


def test_whoever_keeps_a_board_is_asked_to_put_it_up(announced: World, office: Office) -> None:
    region = ids(announced)[1][1]
    with on("2026-04-11"):
        assert office().post(f"{ROOT}/be/{region}", data={"address": "a@exempel.example"}).status_code == 303
        wrong = office().post(f"{ROOT}/be/{region}", data={"address": "ingen"})
    assert wrong.status_code == 422
    assert f'id="befel-{region}"' in wrong.text
    assert 'value="ingen"' in wrong.text


def test_the_certificate_is_filed_in_the_matter_of_the_meeting(announced: World, office: Office) -> None:
    notice_id, _postings = ids(announced)
    with on("2026-04-13"):
        assert office().post(f"{ROOT}/{notice_id}/bevis").status_code == 422
        record(announced, office, "2026-04-13")
        answer = office().post(f"{ROOT}/{notice_id}/bevis", follow_redirects=True)
    assert "Bevis om anslag Styrelsen 2026-04-09" in answer.text
    with announced.database.reading() as session:
        notice = notice_queries.notice(session, announced.north.id, notice_id)
        matter = notice.minutes.meeting.matter
        assert matter is not None
        (frozen,) = [
            one for one in register.documents(session, matter) if one.kind is DocumentKind.CERTIFICATE_OF_NOTICE
        ]
        assert "Region Norrdals anslagstavla" in acting.paper(frozen.content)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/alla"),
        ("get", "/{notice}/"),
        ("post", "/{notice}/bevis"),
        ("post", "/uppsatt/{posting}"),
        ("post", "/nedtaget/{posting}"),
        ("post", "/nej/{posting}"),
        ("post", "/igen/{posting}"),
        ("post", "/be/{posting}"),
    ],
)
def test_only_the_own_office_keeps_the_board(announced: World, client_of: ClientOf, method: str, path: str) -> None:
    notice_id, postings = ids(announced)
    address = ROOT + path.format(notice=notice_id, posting=postings[1])
    for person in (announced.north.member, announced.south.secretary, None):
        assert getattr(client_of(person), method)(address).status_code in (302, 403)
    if path != "/alla":
        foreign = getattr(client_of(announced.south.secretary), method)(address.replace("norrdal", "sunnan"))
        assert foreign.status_code == 404
