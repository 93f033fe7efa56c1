"""The minutes pages: the desk and its saves, fixing, sending, reading, extracts; who may open which."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from paragraf.duties.operations import adopt_standard_rules
from paragraf.meetings import operations as meetings
from paragraf.meetings.models import ItemKind
from paragraf.minutes import queries
from paragraf.minutes.clauses import to_json
from paragraf.minutes.models import CertifiedExtract, ExtractItem, MinuteItem, Minutes
from paragraf.minutes.rules import ItemWords
from paragraf.people.models import Person
from tests.minutes import acting
from tests.parts.world import SINCE, World

ClientOf = Callable[[Person | None], FlaskClient]


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Pages are tried on SQLite; the rows beneath them on both engines (tests/minutes)."""
    place = tmp_path / "paragraf.sqlite3"
    shutil.copy(request.getfixturevalue("sqlite_template"), place)
    return f"sqlite:///{place}"


@pytest.fixture(autouse=True)
def _then() -> Iterator[None]:
    with time_machine.travel(acting.AFTER, tick=False):
        yield


class Desk:
    """The minutes of one meeting as the secretary's browser sees them, and the rows beneath."""

    def __init__(self, world: World, client: FlaskClient, meeting_id: int) -> None:
        self.world = world
        self.client = client
        self.root = f"/norrdal/moten/{meeting_id}/protokoll"
        self.meeting_id = meeting_id

    def get(self, path: str = "/") -> TestResponse:
        return self.client.get(self.root + path)

    def post(self, path: str, **data: Any) -> TestResponse:
        return self.client.post(self.root + path, data=data, content_type="multipart/form-data")

    def save(self, item: int, **fields: Any) -> TestResponse:
        """Press Spara with the § as it is but for ``fields``."""
        words = {"base_version": 1, "heading": "Rubrik", "background": "", **fields}
        return self.post(f"/paragraf/{item}/spara", **words)

    def type(self, item: int, base: int = 1, **words: Any) -> TestResponse:
        """What the page's script sends while somebody types."""
        sent = {"base_version": base, "heading": "Rubrik", "background": "", "clauses": [], **words}
        return self.client.post(f"{self.root}/paragraf/{item}/spara", json=sent, headers={"Accept": "application/json"})

    def rows(self, ask: Callable[[Session, Minutes], Any]) -> Any:
        with self.world.database.writing() as session:
            return ask(session, queries.minutes(session, self.world.north.id, self.meeting_id))

    def items(self) -> list[int]:
        found: list[int] = self.rows(lambda session, minutes: [row.id for row in queries.item_rows(session, minutes)])
        return found

    def words(self, item: int) -> ItemWords:
        def newest(session: Session, minutes: Minutes) -> ItemWords:
            return queries.words_of(queries.newest_text(session, session.get_one(MinuteItem, item)))

        found: ItemWords = self.rows(newest)
        return found


@pytest.fixture
def meeting_id(world: World) -> int:
    with world.database.writing() as session:
        adopt_standard_rules(session, world.north.id, valid_from=SINCE)
        meeting = acting.plan(session, world.north)
        acting.usual_agenda(session, world.north, meeting)
        acting.all_present(session, meeting)
        return meeting.id


@pytest.fixture
def unbegun(world: World, meeting_id: int, client_of: ClientOf) -> Desk:
    return Desk(world, client_of(world.north.secretary), meeting_id)


@pytest.fixture
def desk(unbegun: Desk) -> Desk:
    assert unbegun.post("/borja").status_code == 303
    return unbegun


@pytest.fixture
def ready(desk: Desk, world: World) -> Desk:
    item = desk.items()[1]
    assert said(desk.type(item, clauses=[to_json(acting.GRANT)], heading="Ansökan"))["state"] == "saved"
    signers = {"chair_id": world.north.chair.id, "verifier_ids": world.north.fourth_member.id}
    assert desk.post("/undertecknare", **signers).status_code == 303
    return desk


@pytest.fixture
def fixed(ready: Desk) -> Desk:
    assert ready.post("/faststall").status_code == 303
    return ready


@pytest.fixture
def verified(fixed: Desk) -> Desk:
    assert fixed.post("/skicka", last_day="2026-04-23").status_code == 303
    fixed.rows(lambda session, minutes: acting.all_sign(session, minutes))
    return fixed


def text_of(answer: TestResponse) -> str:
    """The page's text without tags, one space between words."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).replace("\N{NO-BREAK SPACE}", " ").split())


def said(answer: TestResponse) -> Any:
    """What the page's script is answered."""
    return json.loads(answer.text)


# --- begin ---


def test_a_meeting_that_is_not_called_offers_no_button_but_says_what_comes_first(
    world: World, client_of: ClientOf
) -> None:
    with world.database.writing() as session:
        adopt_standard_rules(session, world.north.id, valid_from=SINCE)
        later = timedelta(days=60)
        meeting = acting.plan(session, world.north, start=acting.START + later, end=acting.END + later)
        uncalled = Desk(world, client_of(world.north.secretary), meeting.id)
    page = uncalled.get().text
    assert "Skicka kallelsen först." in page
    assert "Börja skriva protokollet" not in page
    assert f'href="/norrdal/moten/{uncalled.meeting_id}/"' in page


def test_the_office_begins_the_minutes_with_one_button(unbegun: Desk) -> None:
    assert "Börja skriva protokollet" in unbegun.get().text
    assert unbegun.post("/borja").status_code == 303
    page = text_of(unbegun.get())
    for words in ("§ 626 Val av justerare", "§ 627 Ansökan om medel till Stegvis", "§ 628 Lägesrapport", "preliminärt"):
        assert words in page


def test_a_member_reads_nothing_before_the_verification(desk: Desk, client_of: ClientOf, world: World) -> None:
    answer = client_of(world.north.member).get(f"{desk.root}/")
    assert answer.status_code == 200
    assert "inte justerat än" in answer.text
    assert "Val av justerare" not in answer.text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/fardigstall"),
        ("get", "/utkast.docx"),
        ("post", "/borja"),
        ("post", "/paragraf/ny"),
        ("post", "/paragraf/fran-dagordningen"),
        ("post", "/paragraf/{item}/spara"),
        ("post", "/paragraf/{item}/valj"),
        ("post", "/paragraf/{item}/flytta"),
        ("post", "/paragraf/{item}/ta-bort"),
        ("post", "/paragraf/{item}/bilaga"),
        ("post", "/paragraf/{item}/bilaga/1/ta-bort"),
        ("post", "/paragraf/{item}/utdrag"),
        ("post", "/undertecknare"),
        ("post", "/faststall"),
        ("post", "/skicka"),
        ("post", "/paminn"),
        ("post", "/aterkalla"),
    ],
)
def test_only_the_office_writes(desk: Desk, world: World, client_of: ClientOf, method: str, path: str) -> None:
    address = desk.root + path.format(item=desk.items()[0])
    for person in (world.north.chair, world.south.secretary, None):
        answer = getattr(client_of(person), method)(address)
        assert answer.status_code in (302, 403)
    # The south's own secretary finds none of the north's minutes under the south's address.
    elsewhere = client_of(world.south.secretary)
    assert getattr(elsewhere, method)(address.replace("/norrdal/", "/sunnan/")).status_code in (404, 422)


def test_a_stranger_cannot_save_json(desk: Desk, world: World, client_of: ClientOf) -> None:
    item = desk.items()[0]
    for person, slug, status in (
        (world.north.member, "norrdal", 403),
        (world.south.secretary, "norrdal", 403),
        (world.south.secretary, "sunnan", 404),
        (None, "norrdal", 403),
    ):
        stranger = Desk(world, client_of(person), desk.meeting_id)
        stranger.root = stranger.root.replace("norrdal", slug)
        answer = stranger.type(item, background="inkräktat")
        assert answer.status_code == status
        assert "message" in said(answer)
    assert desk.words(item).background == ""


def test_saving_demands_the_csrf_token(app: Flask, desk: Desk) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    item = desk.items()[0]
    assert desk.type(item, background="utan").status_code == 400
    token = re.search(r'name="csrf_token" value="([^"]+)"', desk.get().text)
    assert token is not None
    answer = desk.client.post(
        f"{desk.root}/paragraf/{item}/spara",
        json={"base_version": 1, "heading": "Rubrik", "background": "med", "clauses": []},
        headers={"X-CSRFToken": token[1]},
    )
    assert (answer.status_code, said(answer)["state"]) == (200, "saved")
    assert desk.words(item).background == "med"


# --- the form ---


def test_the_button_saves_and_comes_back(desk: Desk) -> None:
    item = desk.items()[2]
    answer = desk.save(item, heading="Läget", background="Rad ett\r\n\r\nRad två")
    assert answer.status_code == 303
    assert answer.location.endswith(f"?paragraf={item}#paragrafen")
    words = desk.words(item)
    assert (words.heading, words.background) == ("Läget", "Rad ett\n\nRad två")
    assert "Sparat 14.30" in desk.get(f"/?paragraf={item}").text


def test_a_grant_is_typed_in_its_own_fields_and_shown_on_the_paper(desk: Desk) -> None:
    item = desk.items()[1]
    desk.save(
        item,
        **{
            "clauses-0-verb": "grant",
            "clauses-0-grantee": "Norrdals kommun",
            "clauses-0-years-0-year": "2026",
            "clauses-0-years-0-amount": "120 000",
            "clauses-0-years-1-year": "2027",
            "clauses-0-years-1-amount": "290 tkr",
            "clauses-0-years-2-year": "2028",
            "clauses-0-years-2-amount": "",
            "clauses-0-conditions": "Region Norrdal beviljar sin del\r\n\r\n",
        },
    )
    (clause,) = desk.words(item).clauses
    assert [each.year for each in clause.years] == ["2026", "2027"]
    assert clause.conditions == ("Region Norrdal beviljar sin del",)
    page = text_of(desk.get(f"/?paragraf={item}"))
    assert "kontant bidrag med 410 000 kr för åren 2026–2027" in page
    assert "under förutsättning att Region Norrdal beviljar sin del." in page


def test_amounts_as_text_are_kept_and_told(desk: Desk) -> None:
    item = desk.items()[1]
    fields = {"clauses-0-verb": "grant", "clauses-0-grantee": "X", "clauses-0-years-0-year": "2026"}
    desk.save(item, **fields, **{"clauses-0-years-0-amount": "mycket"})
    page = desk.get(f"/?paragraf={item}").text
    assert 'value="mycket"' in page
    assert "Att rätta:" in page


@pytest.mark.parametrize(
    ("button", "texts"),
    [
        ("add", ["a", "b", ""]),
        ("remove-0", ["b"]),
        ("up-1", ["b", "a"]),
        ("up-0", ["a", "b"]),
        ("remove-9", ["a", "b"]),
        ("nonsense", ["a", "b"]),
    ],
)
def test_clauses_are_added_moved_and_removed_without_script(desk: Desk, button: str, texts: list[str]) -> None:
    item = desk.items()[2]
    clauses = {"clauses-0-verb": "other", "clauses-0-text": "a", "clauses-1-verb": "other", "clauses-1-text": "b"}
    assert desk.save(item, do=button, **clauses).status_code == 303
    assert [clause.text for clause in desk.words(item).clauses] == texts


def test_only_the_fields_of_the_chosen_verb_are_shown(desk: Desk) -> None:
    item = desk.items()[2]
    desk.save(item, **{"clauses-0-verb": "table", "clauses-0-until": "nästa möte", "clauses-0-text": "kvar"})
    editor = desk.get(f"/?paragraf={item}").text.partition("<template")[0]
    shown = re.findall(r'data-verbs="([^"]+)"( hidden)?>', editor)
    assert all("table" in verbs.split() for verbs, hidden in shown if not hidden)
    assert "table" in [verbs for verbs, hidden in shown if not hidden]
    assert "grant" in [verbs for verbs, hidden in shown if hidden]


def test_a_heading_that_is_too_long_is_told_and_nothing_typed_is_lost(desk: Desk) -> None:
    item = desk.items()[2]
    answer = desk.save(item, heading="x" * 301, background="Det jag skrev")
    assert answer.status_code == 422
    assert "högst 300 tecken" in answer.text
    assert "Det jag skrev" in answer.text
    assert desk.words(item).background == "Läget är gott."


def test_pasted_script_is_shown_as_text(desk: Desk) -> None:
    item = desk.items()[2]
    nasty = "<script>alert(1)</script>"
    desk.save(item, heading=nasty, background=nasty, **{"clauses-0-verb": "other", "clauses-0-text": nasty})
    page = desk.get(f"/?paragraf={item}").text
    assert nasty not in page
    assert "&lt;script&gt;" in page


# --- two at once ---


def test_a_stale_save_shows_both_texts_and_keeps_both(desk: Desk) -> None:
    item = desk.items()[2]
    desk.save(item, background="Den första texten")
    answer = desk.save(item, background="<b>Min</b> text")
    assert answer.status_code == 200
    assert "Den första texten" in answer.text
    assert "&lt;b&gt;Min&lt;/b&gt; text" in answer.text
    assert desk.words(item).background == "Den första texten"
    assert "En undanlagd text" in desk.get(f"/?paragraf={item}").text


def aside(answer: TestResponse) -> dict[str, str]:
    return dict(re.findall(r'name="(aside_id|base_version)" value="(\d+)"', answer.text))


def test_keeping_mine_puts_it_over_the_other(desk: Desk) -> None:
    item = desk.items()[2]
    desk.save(item, background="Den första texten")
    chosen = aside(desk.save(item, background="Min text"))
    assert desk.post(f"/paragraf/{item}/valj", **chosen).status_code == 303
    assert desk.words(item).background == "Min text"


def test_keeping_mine_asks_again_if_a_third_text_came(desk: Desk) -> None:
    item = desk.items()[2]
    desk.save(item, background="Den första texten")
    chosen = aside(desk.save(item, background="Min text"))
    desk.save(item, base_version=2, background="En tredje text")
    answer = desk.post(f"/paragraf/{item}/valj", **chosen)
    assert answer.status_code == 200
    assert "En tredje text" in answer.text
    assert desk.words(item).background == "En tredje text"


def test_merging_shows_theirs_beside_mine_in_the_fields(desk: Desk) -> None:
    item = desk.items()[2]
    desk.save(item, background="Den första texten")
    chosen = aside(desk.save(item, background="Min text"))
    page = desk.get(f"/?paragraf={item}&jamfor={chosen['aside_id']}").text
    assert re.search(r'<textarea[^>]*name="background"[^>]*>\s*Min text</textarea>', page)
    assert "Den första texten" in page
    assert '<input type="hidden" name="base_version" value="2">' in page
    assert desk.get(f"/?paragraf={item}&jamfor=4711").status_code == 404


# --- the script's saves ---


def test_typing_is_saved_and_answered_with_version_paper_and_time(desk: Desk) -> None:
    item = desk.items()[2]
    answer = desk.type(item, heading="Läget", clauses=[{"verb": "note", "text": "rapporten"}])
    assert said(answer)["state"] == "saved"
    assert (said(answer)["version"], said(answer)["message"]) == (2, "Sparat 14.30")
    assert "att lägga rapporten till handlingarna." in said(answer)["paper"]
    assert "§ 628" in said(answer)["line"]


def test_typing_over_a_newer_version_answers_with_both_texts_escaped(desk: Desk) -> None:
    item = desk.items()[2]
    desk.type(item, background="Olles text")
    answer = desk.type(item, background="<i>Sonjas</i> text")
    assert (answer.status_code, said(answer)["state"], said(answer)["version"]) == (200, "stale", 2)
    assert "&lt;i&gt;Sonjas&lt;/i&gt; text" in said(answer)["panel"]
    assert "Olles text" in said(answer)["panel"]
    kept = desk.rows(lambda session, minutes: queries.set_aside(session, session.get_one(MinuteItem, item)))
    assert [text.background for text in kept] == ["<i>Sonjas</i> text"]


@pytest.mark.parametrize(
    "sent", [[], "text", {}, {"base_version": "1", "clauses": []}, {"base_version": 1, "clauses": "nej"}]
)
def test_what_cannot_be_read_is_refused_without_harm(desk: Desk, sent: Any) -> None:
    item = desk.items()[2]
    answer = desk.client.post(f"{desk.root}/paragraf/{item}/spara", json=sent, headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert said(answer)["message"]
    assert desk.words(item).background == "Läget är gott."


def test_typing_after_fixing_is_refused_with_what_to_do(fixed: Desk) -> None:
    answer = fixed.type(fixed.items()[0], background="för sent")
    assert answer.status_code == 422
    assert "rättelse som en ny paragraf" in said(answer)["message"]


# --- §§ and attachments ---


def test_a_new_paragraph_is_opened_after_the_current_one(desk: Desk) -> None:
    first = desk.items()[0]
    answer = desk.post("/paragraf/ny", after=first)
    new = desk.items()[1]
    assert answer.location.endswith(f"?paragraf={new}#paragrafen")
    assert "§ 627 <span" in desk.get(f"/?paragraf={new}").text


def test_paragraphs_move_and_go_away(desk: Desk) -> None:
    first, second, third = desk.items()
    desk.post(f"/paragraf/{third}/flytta", place=1)
    assert desk.items() == [third, first, second]
    desk.post(f"/paragraf/{first}/ta-bort")
    assert desk.items() == [third, second]
    assert desk.get(f"/?paragraf={first}").status_code == 404


def test_minutes_without_paragraphs_offer_the_first(desk: Desk) -> None:
    for item in desk.items():
        desk.post(f"/paragraf/{item}/ta-bort")
    assert "Protokollet har inga paragrafer" in desk.get().text
    desk.post("/paragraf/ny")
    assert len(desk.items()) == 1


def test_what_came_late_on_the_agenda_is_offered_and_fetched(desk: Desk) -> None:
    desk.rows(_add_late)
    assert "Sent ärende" in desk.get().text
    desk.post("/paragraf/fran-dagordningen")
    assert desk.words(desk.items()[3]).heading == "Sent ärende"


def _add_late(session: Session, minutes: Minutes) -> None:
    meetings.add_item(
        session,
        minutes.meeting,
        kind=ItemKind.DECISION,
        heading="Sent ärende",
        now=acting.START,
        actor=acting.SONJA,
    )


def test_a_file_is_attached_and_taken_away(desk: Desk) -> None:
    item = desk.items()[2]
    answer = desk.post(f"/paragraf/{item}/bilaga", title="Statistik", file=(BytesIO(b"%PDF-1.7\n%%EOF\n"), "s.pdf"))
    assert answer.status_code == 303
    page = desk.get(f"/?paragraf={item}").text
    assert "Bilaga 1. Statistik" in page
    (removal,) = re.findall(r'action="([^"]+/ta-bort)"[^>]*>\s*<input[^>]*>\s*<button[^>]*aria-label', page)
    assert desk.client.post(removal).status_code == 303
    assert "Bilaga 1" not in desk.get(f"/?paragraf={item}").text


@pytest.mark.parametrize("file", [None, (BytesIO(b"MZ\x90" + b"\x00" * 80), "budget.pdf")])
def test_a_file_that_is_not_taken_is_told_at_its_field(desk: Desk, file: Any) -> None:
    item = desk.items()[2]
    answer = desk.post(f"/paragraf/{item}/bilaga", **({"file": file} if file else {}))
    assert answer.status_code == 422
    assert 'id="file-fel"' in answer.text


# --- finish ---


def test_what_hinders_is_a_list_with_links_to_the_places(desk: Desk) -> None:
    page = desk.get("/fardigstall").text
    second = desk.items()[1]
    assert f'href="{desk.root}/?paragraf={second}#att-sats-1">§ 627, att-sats 1:' in page
    assert 'href="#undertecknare">Utse 1 justerare.' in page
    assert 'action="' + desk.root + '/faststall"' not in page


def test_fixing_too_early_changes_nothing(desk: Desk) -> None:
    answer = desk.post("/faststall")
    assert answer.location.endswith("/fardigstall")
    assert "Skriv ett belopp" in desk.get("/fardigstall").text
    assert desk.rows(lambda session, minutes: minutes.fixed_at) is None


def test_numbers_are_fixed_and_the_desk_gives_way_to_sending(ready: Desk) -> None:
    assert "Fastställ numren §§ 626–628" in ready.get("/fardigstall").text
    assert ready.post("/faststall").status_code == 303
    page = text_of(ready.get())
    assert "Skicka för underskrift" in page
    for name in ("Olle Brand, ordförande", "Sonja Ekvall, sekreterare", "Nils Ask, justerare"):
        assert name in page
    assert "§§ 626–628. Protokollet ska vara justerat senast torsdag 23 april 2026." in page
    assert ready.get("/fardigstall").status_code == 303


def test_signers_are_chosen_among_those_who_took_part(desk: Desk, world: World) -> None:
    answer = desk.post("/undertecknare", chair_id=world.north.chair.id, verifier_ids=world.north.substitute.id)
    assert answer.status_code == 303
    assert "Välj bland dem" in desk.get("/fardigstall").text


def test_those_elected_in_the_text_are_proposed_as_verifiers(desk: Desk) -> None:
    page = desk.get("/fardigstall").text
    (checked,) = re.findall(r'<input[^>]*checked[^>]*id="(verifier_ids-\d)"', page)
    assert f'for="{checked}">Maj Torn<' in page


def test_the_draft_opens_in_word(ready: Desk) -> None:
    answer = ready.get("/utkast.docx")
    assert "§ 626 (preliminärt)\tVal av justerare" in acting.paper(answer.data)


# --- send and read ---


def test_an_impossible_last_day_is_told_at_its_field(fixed: Desk) -> None:
    for day in ("", "2026-04-08"):
        answer = fixed.post("/skicka", last_day=day)
        assert answer.status_code == 422
        assert 'id="last_day-fel"' in answer.text


def test_sent_minutes_show_who_has_signed(fixed: Desk) -> None:
    assert fixed.post("/skicka", last_day="2026-04-23").status_code == 303
    page = text_of(fixed.get())
    assert "0 av 3 har skrivit under" in page
    assert "väntar på underskrifter" in page
    assert "3 personer får en påminnelse" in text_of(fixed.client.post(f"{fixed.root}/paminn", follow_redirects=True))


def test_sent_minutes_can_be_taken_back_with_a_reason_and_sent_again(fixed: Desk) -> None:
    fixed.post("/skicka", last_day="2026-04-23")
    assert fixed.post("/aterkalla", reason="").status_code == 422
    assert fixed.post("/aterkalla", reason="Fel justerare").status_code == 303
    page = text_of(fixed.get())
    assert "tillbakadraget" in page
    assert "Skicka för underskrift" in page
    assert fixed.post("/skicka", last_day="2026-04-23").status_code == 303


def test_minutes_that_are_not_out_cannot_be_reminded_of(fixed: Desk) -> None:
    assert fixed.post("/paminn").status_code == 404


def test_verified_minutes_are_read_by_members_with_their_notice(
    verified: Desk, world: World, client_of: ClientOf
) -> None:
    page = text_of(client_of(world.north.member).get(f"{verified.root}/"))
    for words in ("Justerat 10 april 2026", "§§ 626–628", "Sista dag att överklaga 4 maj 2026", "Lägesrapport"):
        assert words in page
    assert "Bestyrk utdrag" not in page


def test_the_office_certifies_an_extract_that_opens_in_word(verified: Desk) -> None:
    item = verified.items()[0]
    answer = verified.client.post(f"{verified.root}/paragraf/{item}/utdrag", follow_redirects=True)
    assert "Protokollsutdrag Styrelsen 2026-04-09 § 626" in answer.text
    document_id = verified.rows(
        lambda session, minutes: session.scalars(
            select(CertifiedExtract.document_id).join(CertifiedExtract.items).where(ExtractItem.minute_item_id == item)
        ).one()
    )
    word = verified.client.get(f"/norrdal/handlingar/{document_id}").data
    assert "Sonja Ekvall, sekreterare" in acting.paper(word)


def test_an_extract_of_unverified_minutes_is_refused(fixed: Desk) -> None:
    answer = fixed.post(f"/paragraf/{fixed.items()[0]}/utdrag")
    assert answer.status_code == 422
    assert "när protokollet är justerat" in answer.text


def test_a_get_changes_nothing(desk: Desk) -> None:
    before = desk.rows(lambda session, minutes: [row.version for row in queries.item_rows(session, minutes)])
    for path in ("/borja", "/faststall", "/skicka", f"/paragraf/{desk.items()[0]}/spara"):
        assert desk.get(path).status_code == 405
    assert desk.rows(lambda session, minutes: [row.version for row in queries.item_rows(session, minutes)]) == before
