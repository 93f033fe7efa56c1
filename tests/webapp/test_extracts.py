"""Pages of extracts, their links, and the public version: who may, what is kept when something is wrong."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from paragraf.core.log import LogEntry
from paragraf.duties.operations import adopt_standard_rules
from paragraf.minutes import notice_queries
from paragraf.minutes.models import CertifiedExtract, ExtractRecipient, PublicRendition
from paragraf.people.models import Person
from paragraf.post.models import Letter
from tests.minutes import acting
from tests.parts.world import SINCE, World

ClientOf = Callable[[Person | None], FlaskClient]
BOARD = "/norrdal/anslagstavla"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Pages are tried on SQLite; the rows beneath them on both engines (tests/minutes)."""
    place = tmp_path / "paragraf.sqlite3"
    shutil.copy(request.getfixturevalue("sqlite_template"), place)
    return f"sqlite:///{place}"


@pytest.fixture(autouse=True)
def _then() -> Iterator[None]:
    with time_machine.travel(acting.SIGNED + timedelta(days=1), tick=False):
        yield


class Verified:
    """Verified minutes, and where their pages are."""

    def __init__(self, world: World) -> None:
        self.world = world
        with world.database.writing() as session:
            home = world.north
            adopt_standard_rules(session, home.id, valid_from=SINCE)
            meeting = acting.plan(session, home)
            acting.usual_agenda(session, home, meeting)
            acting.all_present(session, meeting)
            minutes = acting.begin(session, meeting)
            rows = acting.rows(session, minutes)
            acting.write(session, rows[1], acting.GRANT)
            acting.write(session, rows[2], background="Rut Lindvall, rut@lindvall.example, har klagat.")
            acting.elect(session, minutes, home.fourth_member)
            acting.all_sign(session, acting.send(session, acting.fix(session, minutes)))
            self.items = [row.id for row in rows]
            self.root = f"/norrdal/moten/{meeting.id}/protokoll"
            (told,) = notice_queries.notices_of(session, minutes, acting.SIGNED.date())
            self.notice_id = told.notice.id

    def one(self, model: type) -> object:
        with self.world.database.reading() as session:
            return session.scalars(select(model).order_by(model.id.desc())).first()  # type: ignore[attr-defined]

    def count(self, model: type) -> int:
        with self.world.database.reading() as session:
            return len(session.scalars(select(model)).all())


@pytest.fixture
def verified(world: World) -> Verified:
    return Verified(world)


@pytest.fixture
def office(verified: Verified, client_of: ClientOf) -> FlaskClient:
    return client_of(verified.world.north.secretary)


def text_of(answer: TestResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).replace("\N{NO-BREAK SPACE}", " ").split())


# --- extracts ---


def test_paragraphs_are_chosen_certified_sent_and_read_by_link(
    verified: Verified, office: FlaskClient, client_of: ClientOf
) -> None:
    assert "§ 626 Val av justerare" in text_of(office.get(f"{verified.root}/utdrag"))
    chosen = {"items": [str(verified.items[0]), str(verified.items[2])]}
    made = office.post(f"{verified.root}/utdrag", data=chosen, follow_redirects=True)
    assert "Utdraget är bestyrkt: Protokollsutdrag Styrelsen 2026-04-09 §§ 626 och 628." in text_of(made)
    extract = verified.one(CertifiedExtract)
    assert isinstance(extract, CertifiedExtract)
    send = f"{verified.root}/utdrag/{extract.id}/skicka"
    sent = office.post(send, data={"recipients": "Rut Lindvall <rut@exempel.example>\nbo@exempel.example"})
    assert sent.status_code == 303
    with verified.world.database.reading() as session:
        names = [
            (one.name, one.email) for one in session.scalars(select(ExtractRecipient).order_by(ExtractRecipient.id))
        ]
        letter = session.scalars(select(Letter).where(Letter.kind == "extract").order_by(Letter.id)).first()
        acts = len(session.scalars(select(LogEntry)).all())
    assert names == [("Rut Lindvall", "rut@exempel.example"), ("bo@exempel.example", "bo@exempel.example")]
    assert letter is not None
    path = re.search(r"/utdrag/\S+/", letter.body)
    assert path is not None
    stranger = client_of(None)
    for _look in (1, 2):
        page = text_of(stranger.get(path.group()))
    assert "Till Rut Lindvall" in page
    word = stranger.get(path.group() + "utdrag.docx")
    assert word.data == stranger.get(path.group() + "utdrag.pdf").data
    assert "§ 628\tLägesrapport" in acting.paper(word.data)
    assert verified.count(LogEntry) == acts
    assert stranger.get("/utdrag/" + "x.y.z/").status_code == 410


def test_nothing_chosen_and_wrong_addresses_are_told_and_kept(verified: Verified, office: FlaskClient) -> None:
    before = verified.count(CertifiedExtract)
    nothing = office.post(f"{verified.root}/utdrag", data={})
    assert (nothing.status_code, verified.count(CertifiedExtract)) == (422, before)
    assert "Välj minst en paragraf." in text_of(nothing)
    office.post(f"{verified.root}/utdrag", data={"items": [str(verified.items[0])]})
    extract = verified.one(CertifiedExtract)
    assert isinstance(extract, CertifiedExtract)
    send = f"{verified.root}/utdrag/{extract.id}/skicka"
    wrong = office.post(send, data={"recipients": "Rut Lindvall rut(at)exempel"})
    assert wrong.status_code == 422
    assert "Rut Lindvall rut(at)exempel" in wrong.text
    assert "ingen adress som går att skicka till" in text_of(wrong)
    assert verified.count(ExtractRecipient) == 0
    assert office.post(f"{verified.root}/utdrag/99999/skicka", data={"recipients": "a@b.se"}).status_code == 404


def test_the_register_of_the_association_is_narrowed(verified: Verified, office: FlaskClient) -> None:
    office.post(f"{verified.root}/utdrag", data={"items": [str(verified.items[0])]})
    assert "§ 626" in text_of(office.get("/norrdal/utdrag/"))
    assert "§ 627" not in text_of(office.get("/norrdal/utdrag/?sok=626&ar=2026"))
    assert "Inga utdrag finns att visa." in text_of(office.get("/norrdal/utdrag/?sok=finnsinte"))
    assert office.get("/norrdal/utdrag/?organ=x&ar=y").status_code == 200


# --- the public version ---

ROWS = {
    "rows-0-item_id": "0",
    "rows-0-words": "Rut Lindvall",
    "rows-0-reason": "OSL 26 kap.",
    "picked": ["rut@lindvall.example"],
    "withdraw_with_notice": "y",
}


def test_it_is_previewed_made_published_read_and_withdrawn(
    verified: Verified, office: FlaskClient, client_of: ClientOf
) -> None:
    page = office.get(f"{verified.root}/offentligt")
    assert "rut@lindvall.example – e-postadress" in text_of(page)
    preview = office.post(f"{verified.root}/offentligt", data={**ROWS, "preview": "1"})
    assert "[maskerad uppgift], [maskerad uppgift], har klagat." in text_of(preview)
    assert verified.count(PublicRendition) == 0
    stranger = client_of(None)
    public = f"{BOARD}/{verified.notice_id}/protokoll"
    assert stranger.get(f"{public}/").status_code == 404
    office.post(f"{verified.root}/offentligt", data=ROWS)
    rendition = verified.one(PublicRendition)
    assert isinstance(rendition, PublicRendition)
    assert stranger.get(f"{public}/").status_code == 404
    own = f"{verified.root}/offentligt/{rendition.id}"
    assert office.post(f"{own}/publicera").status_code == 303
    assert "Läs protokollet" in text_of(stranger.get(f"{BOARD}/"))
    for path in ("/", ".docx", ".pdf"):
        answer = stranger.get(public + path)
        assert answer.status_code == 200
        told = " ".join(acting.paper(answer.data)) if path != "/" else answer.text
        assert "[maskerad uppgift]" in told
        assert "Lindvall" not in told
        assert "lindvall" not in told
    assert "Skriv varför den tas bort." in text_of(office.post(f"{own}/dra-tillbaka", data={}))
    assert office.post(f"{own}/dra-tillbaka", data={"reason": "Ett namn"}).status_code == 303
    assert stranger.get(f"{public}/").status_code == 404


def test_a_row_without_a_reason_is_told_and_nothing_typed_is_lost(verified: Verified, office: FlaskClient) -> None:
    answer = office.post(f"{verified.root}/offentligt", data={**ROWS, "rows-0-reason": ""})
    assert answer.status_code == 422
    assert "Skriv skälet till varje maskering." in text_of(answer)
    assert 'value="Rut Lindvall"' in answer.text
    more = office.post(f"{verified.root}/offentligt", data={**ROWS, "more": "1"})
    assert (more.status_code, 'value="Rut Lindvall"' in more.text) == (200, True)


def test_what_was_screened_the_last_time_is_proposed_again(verified: Verified, office: FlaskClient) -> None:
    office.post(f"{verified.root}/offentligt", data=ROWS)
    page = office.get(f"{verified.root}/offentligt").text
    assert 'value="Rut Lindvall"' in page
    assert 'value="OSL 26 kap."' in page
    assert office.get(f"{verified.root}/offentligt?omedelbar=999").status_code == 404


# --- the feed and the archive ---


def test_the_feed_is_atom_with_ids_that_stay_and_is_not_sent_twice(verified: Verified, client_of: ClientOf) -> None:
    stranger = client_of(None)
    first = stranger.get(f"{BOARD}/flode.atom")
    assert first.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(first.data)
    (entry,) = root.findall(f"{ATOM}entry")
    for parent, names in ((root, ("id", "title", "updated")), (entry, ("id", "title", "updated", "link", "summary"))):
        assert all(parent.find(f"{ATOM}{name}") is not None for name in names)
    assert entry.findtext(f"{ATOM}title") == "Justerat protokoll: Styrelsen 9 april 2026, §§ 626–628"
    assert "Sista dag att överklaga: 4 maj 2026" in (entry.findtext(f"{ATOM}summary") or "")
    again = stranger.get(f"{BOARD}/flode.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    with time_machine.travel(acting.SIGNED + timedelta(days=40), tick=False):
        later = stranger.get(f"{BOARD}/flode.atom", headers={"If-None-Match": first.headers["ETag"]})
    (same,) = ElementTree.fromstring(later.data).findall(f"{ATOM}entry")
    assert same.findtext(f"{ATOM}id") == entry.findtext(f"{ATOM}id")
    assert same.findtext(f"{ATOM}updated") != entry.findtext(f"{ATOM}updated")
    assert "togs ner den 5 maj 2026" in (same.findtext(f"{ATOM}summary") or "")


def test_an_empty_feed_is_valid_too(world: World, client_of: ClientOf) -> None:
    root = ElementTree.fromstring(client_of(None).get(f"{BOARD}/flode.atom").data)
    assert root.findtext(f"{ATOM}updated")


def test_the_archive_has_what_is_down_by_body_and_year_and_names_nobody(
    verified: Verified, client_of: ClientOf
) -> None:
    stranger = client_of(None)
    assert "Det finns inga tidigare anslag" in text_of(stranger.get(f"{BOARD}/arkiv/"))
    with time_machine.travel(acting.SIGNED + timedelta(days=40), tick=False):
        page = text_of(stranger.get(f"{BOARD}/arkiv/?organ=&ar=2026"))
        none = text_of(stranger.get(f"{BOARD}/arkiv/?ar=2025"))
        board = text_of(stranger.get(f"{BOARD}/"))
    assert "Styrelsen 2026" in page
    assert "9 april 2026 §§ 626–628 10 april 2026 4 maj 2026 5 maj 2026" in page
    assert "Det finns inga tidigare anslag" in none
    with verified.world.database.reading() as session:
        names = set(session.scalars(select(Person.name)))
    assert not [name for name in names if name in page or name in board]


# --- the office's page of a board that went wrong ---


def test_the_reading_page_tells_of_notice_and_public_version(verified: Verified, office: FlaskClient) -> None:
    page = text_of(office.get(f"{verified.root}/"))
    assert "Anslaget är uppsatt på förbundets anslagstavla." in page
    assert "Protokollet är inte publicerat på webben." in page
    assert "Bestyrk och skicka utdrag" in page
