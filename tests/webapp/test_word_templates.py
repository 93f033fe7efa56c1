"""The template pages: upload, faults, preview, switch, back; a logo; only for the office."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from document_templates import KINDS, load
from paragraf.demonstration.templates import logo
from paragraf.duties.operations import adopt_standard_rules
from paragraf.minutes import queries as minutes_queries
from paragraf.people.models import Person
from paragraf.templates import previews, queries
from paragraf.word.comparing import accept_all, reject_all
from tests.minutes import acting
from tests.parts.world import NOW, SINCE, World
from tests.templates.changing import misspelled, with_text
from tests.word import files

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ClientOf = Callable[[Person | None], FlaskClient]
MALLAR = "/norrdal/mallar/"
MINUTES = f"{MALLAR}minutes/"
OWN = with_text("minutes", "Vår egen rad.")


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def office(world: World, client_of: ClientOf) -> FlaskClient:
    return client_of(world.north.secretary)


def text(answer: TestResponse) -> str:
    """What a reader sees of the page."""
    page = answer.text
    inner = page[page.index("<main") : page.index("</main")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", inner))


def upload(
    client: FlaskClient, content: bytes = OWN, remark: str = "En rad till", kind: str = "minutes"
) -> TestResponse:
    sent = {"file": (BytesIO(content), "protokoll.docx"), "remark": remark}
    return client.post(f"{MALLAR}{kind}/", data=sent, content_type="multipart/form-data")


def use(client: FlaskClient, version_id: int) -> str:
    return text(client.post(f"{MINUTES}anvand", data={"version_id": version_id}, follow_redirects=True))


def version_ids(world: World) -> list[int]:
    with world.database.reading() as session:
        return [each.id for each in queries.versions(session, world.north.id, "minutes")]


# --- list and kind ---------------------------------------------------------------------------------------------------


def test_the_list_says_which_template_is_used_since_when_and_by_whom(world: World, office: FlaskClient) -> None:
    shown = text(office.get(MALLAR))
    assert shown.count("Den medföljande") == len(KINDS)
    upload(office)
    use(office, version_ids(world)[0])
    shown = text(office.get(MALLAR))
    assert "Version 1 sedan 2 mars 2026, bytt av Sonja Ekvall" in shown


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_page_with_fields_and_how_to_write(office: FlaskClient, kind: str) -> None:
    answer = office.get(f"{MALLAR}{kind}/")
    assert answer.status_code == 200
    assert "{{ association }}" in text(answer)
    assert "styckena emellan upprepas" in text(answer)
    assert office.get(f"{MALLAR}{kind}/0/mall.docx").data == load(kind)
    assert office.get(f"{MALLAR}{kind}/0/").status_code == 200
    assert office.get(f"{MALLAR}{kind}/0/exempel.docx").data[:2] == b"PK"


def test_an_unknown_kind_is_not_there(office: FlaskClient) -> None:
    for address in ("letter/", "letter/0/", "letter/0/mall.docx", "minutes/77/"):
        assert office.get(f"{MALLAR}{address}").status_code == 404
    assert upload(office, kind="letter").status_code == 404


def test_templates_are_the_offices_alone(world: World, client_of: ClientOf) -> None:
    assert client_of(world.north.chair).get(MALLAR).status_code == 403
    assert client_of(world.south.secretary).get(MALLAR).status_code == 403
    assert client_of(None).get(MALLAR).status_code == 302
    assert "Mallar" not in client_of(world.north.chair).get("/norrdal/").text


def test_another_associations_version_is_not_there(world: World, office: FlaskClient, client_of: ClientOf) -> None:
    upload(office)
    (version_id,) = version_ids(world)
    stranger = client_of(world.south.secretary)
    for address in ("", "mall.docx", "exempel.docx", "andringar", "andringar.docx"):
        assert stranger.get(f"/sunnan/mallar/minutes/{version_id}/{address}").status_code == 404
    assert stranger.post("/sunnan/mallar/minutes/anvand", data={"version_id": version_id}).status_code == 404
    with world.database.reading() as session:
        preview_id = session.connection().exec_driver_sql("SELECT min(id) FROM template_preview").scalar()
    assert stranger.get(f"/sunnan/mallar/forhandsvisningar/{preview_id}.pdf").status_code == 404
    assert stranger.get(f"/sunnan/mallar/forhandsvisningar/{preview_id}/1.png").status_code == 404


# --- upload ----------------------------------------------------------------------------------------------------------


def test_a_good_template_is_kept_and_shown_before_it_is_used(world: World, office: FlaskClient) -> None:
    answer = upload(office)
    (version_id,) = version_ids(world)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{MINUTES}{version_id}/")
    shown = text(office.get(answer.headers["Location"]))
    assert "sparad som version 1. Den används inte än" in shown
    assert "Förhandsvisningen av version 1 görs" in shown
    assert "Förhandsvisningen av den medföljande görs" in shown
    assert "Vår egen rad." in shown
    assert office.get(f"{MINUTES}{version_id}/mall.docx").data == OWN
    assert "Används nu" in text(office.get(MINUTES))


def test_every_fault_is_shown_with_the_right_tag_and_nothing_is_kept(world: World, office: FlaskClient) -> None:
    answer = upload(office, with_text("minutes", "Den {{ meting_date }}", "{{ bodi }}"))
    assert answer.status_code == 422
    shown = text(answer)
    assert "2 fel i mallen" in shown
    assert "Menade du ”meeting_date”?" in shown
    assert "Skriv så här i stället: {{ body }}" in shown
    assert "Inget är sparat" in shown
    assert version_ids(world) == []


def test_a_fault_that_only_empty_data_show_says_so(office: FlaskClient) -> None:
    assert "Med tomma uppgifter:" in text(upload(office, with_text("minutes", "{{ signers[0].name }}")))


def test_what_is_in_a_template_is_never_taken_for_html(office: FlaskClient) -> None:
    answer = upload(office, with_text("minutes", "<b>fet</b> {{ bodi }}"))
    assert "&lt;b&gt;fet" in answer.text
    assert "<b>fet" not in answer.text


def test_no_file_or_the_same_file_again_is_told_at_the_field(office: FlaskClient) -> None:
    assert "Välj den Word-fil som du har ändrat" in text(office.post(MINUTES, data={}))
    upload(office)
    answer = upload(office)
    assert answer.status_code == 422
    assert "likadan som version 1" in text(answer)


def test_remarks_stand_on_the_preview(world: World, office: FlaskClient) -> None:
    answer = upload(office, files.with_paragraphs("{{ body }}"))
    shown = text(office.get(answer.headers["Location"]))
    assert "Mallen går att använda, men se över det här" in shown
    assert "Lagkrav Protokollet kommer att sakna" in shown


# --- preview ---------------------------------------------------------------------------------------------------------


def test_a_preview_that_is_made_shows_pages_of_both(
    world: World, office: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previews, "convert_to_pdf", lambda content, *, timeout_s: b"%PDF-1.7")
    monkeypatch.setattr(previews, "pages_of", lambda pdf, *, width_px, limit: (b"\x89PNG one", b"\x89PNG two"))
    address = upload(office).headers["Location"]
    assert previews.make_due(world.database, now=NOW) == 2
    page = office.get(address)
    pictures = re.findall(r'<img src="([^"]+)"', page.text)
    assert len(pictures) == 4
    assert office.get(pictures[0]).data == b"\x89PNG one"
    assert office.get(pictures[0]).content_type == "image/png"
    (pdf,) = re.findall(r'href="([^"]+\.pdf)"', page.text)
    assert office.get(pdf).data == b"%PDF-1.7"
    assert "data-waits" not in page.text
    assert "Sida 2, version 1" in text(page)


def test_without_libreoffice_word_and_text_are_there_and_the_page_says_why(
    world: World, office: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paragraf.word.pdf.making.find_office", lambda: None)
    monkeypatch.setattr("shutil.which", lambda *_args, **_more: None)
    address = upload(office).headers["Location"]
    previews.make_due(world.database, now=NOW)
    page = office.get(address)
    assert "LibreOffice saknas på servern" in text(page)
    assert "data-waits" not in page.text
    assert "Vår egen rad." in text(page)
    assert files.texts(office.get(f"{address}exempel.docx").data)[-1] == "Vår egen rad."


def test_another_version_can_be_compared_with(world: World, office: FlaskClient) -> None:
    upload(office)
    upload(office, with_text("minutes", "En annan rad."))
    second, first = version_ids(world)
    shown = text(office.get(f"{MINUTES}{second}/?mot={first}"))
    assert "Gör förhandsvisningen" not in shown
    assert "Förhandsvisningen av version 1 görs" in shown
    assert "Förhandsvisningen av den medföljande" not in shown


def test_what_is_changed_in_a_template_is_shown_word_by_word_and_in_word(world: World, office: FlaskClient) -> None:
    upload(office)
    upload(office, with_text("minutes", "Vår andra rad."))
    second, first = version_ids(world)
    page = office.get(f"{MINUTES}{second}/andringar?mot={first}")
    assert "Före Version 1" in text(page).replace("Version 1 Före", "Före Version 1")
    assert "1 ändrat stycke" in text(page)
    assert re.search(r"<del[^>]*>.*egen.*</del>", page.text)
    assert re.search(r"<ins[^>]*>.*andra.*</ins>", page.text)
    tracked = office.get(f"{MINUTES}{second}/andringar.docx?mot={first}").data
    assert accept_all(tracked) != reject_all(tracked)
    assert files.texts(accept_all(tracked))[-1] == "Vår andra rad."
    assert files.texts(reject_all(tracked))[-1] == "Vår egen rad."


def test_the_changes_are_those_since_the_template_in_use_unless_another_is_asked_for(
    world: World, office: FlaskClient
) -> None:
    upload(office)
    (version_id,) = version_ids(world)
    assert f"minutes/{version_id}/andringar?mot=0" in office.get(f"{MINUTES}{version_id}/").text
    assert "1 tillagt stycke" in text(office.get(f"{MINUTES}{version_id}/andringar"))
    assert office.get(f"{MINUTES}0/andringar").headers["Location"].endswith(MINUTES)
    assert office.get(f"{MINUTES}0/andringar.docx").headers["Location"].endswith(MINUTES)


def test_a_new_logo_makes_the_preview_old_and_a_button_makes_it_anew(world: World, office: FlaskClient) -> None:
    address = upload(office, with_text("minutes", "{% if logo %}Med logotyp{% endif %}")).headers["Location"]
    set_logo(office)
    assert "Gör förhandsvisningen" in text(office.get(address))
    assert "Gör förhandsvisningen" not in text(office.post(address, follow_redirects=True))


# --- switch and back -------------------------------------------------------------------------------------------------


@pytest.fixture
def draft(world: World) -> str:
    """The address of begun minutes as Word."""
    with world.database.writing() as session:
        adopt_standard_rules(session, world.north.id, valid_from=SINCE)
        meeting = acting.plan(session, world.north)
        acting.usual_agenda(session, world.north, meeting)
        acting.all_present(session, meeting)
        acting.begin(session, meeting)
    return f"/norrdal/moten/{meeting.id}/protokoll/"


def test_documents_follow_the_switch_and_go_back(world: World, office: FlaskClient, draft: str) -> None:
    def last_line() -> str:
        return files.texts(office.get(f"{draft}utkast.docx").data)[-1]

    shipped = last_line()
    upload(office)
    assert last_line() == shipped
    (version_id,) = version_ids(world)
    assert "Dokumenten görs nu från version 1." in use(office, version_id)
    assert last_line() == "Vår egen rad."
    shown = use(office, 0)
    assert "Dokumenten görs nu från den mall som följer med programmet." in shown
    assert "Den medföljande mallen började användas" in shown
    assert last_line() == shipped


def test_a_template_that_fails_with_real_data_says_what_to_do_and_loses_nothing(
    world: World, office: FlaskClient, draft: str
) -> None:
    upload(office, with_text("minutes", "Del {{ 1 / (items|length - 3) }}"))
    use(office, version_ids(world)[0])
    answer = office.get(f"{draft}utkast.docx")
    assert answer.status_code == 422
    assert "förbundets mall ”Protokoll”, version 1" in text(answer)
    assert "Gå tillbaka till en tidigare version under Mallar" in text(answer)
    with world.database.writing() as session:
        minutes = minutes_queries.minutes(session, world.north.id, int(draft.split("/")[3]))
        acting.write(session, acting.rows(session, minutes)[1], acting.GRANT)
        acting.elect(session, minutes, world.north.fourth_member)
        acting.fix(session, minutes)
    sent = office.post(f"{draft}skicka", data={"last_day": "2026-04-20"}, follow_redirects=True)
    assert "Gå tillbaka till en tidigare version under Mallar" in text(sent)
    with world.database.reading() as session:
        minutes = minutes_queries.minutes(session, world.north.id, int(draft.split("/")[3]))
        assert minutes.document_id is None


def test_a_template_that_the_program_has_outgrown_is_shown_before_it_fails(
    world: World, office: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(office)
    use(office, version_ids(world)[0])
    monkeypatch.setattr("paragraf.templates.checking.known_fields", lambda kind: frozenset({"body"}))
    assert "Behöver rättas" in text(office.get(MALLAR))
    assert "passar inte programmet längre" in text(office.get(MINUTES))


# --- logo ------------------------------------------------------------------------------------------------------------


def set_logo(client: FlaskClient, content: bytes | None = None, alt: str = "Norrdal") -> TestResponse:
    sent = {"file": (BytesIO(content if content is not None else logo()), "logo.png"), "alt": alt}
    return client.post(f"{MALLAR}logotyp/", data=sent, content_type="multipart/form-data", follow_redirects=True)


def test_a_logo_is_put_in_shown_and_removed(office: FlaskClient) -> None:
    assert "Ingen logotyp är inlagd" in text(office.get(f"{MALLAR}logotyp/"))
    answer = set_logo(office)
    assert "Logotypen är sparad" in text(answer)
    assert 'alt="Norrdal"' in answer.text
    assert office.get(f"{MALLAR}logotyp/bild").data == logo()
    gone = office.post(f"{MALLAR}logotyp/ta-bort", follow_redirects=True)
    assert "Logotypen är borttagen" in text(gone)
    assert office.get(f"{MALLAR}logotyp/bild").status_code == 404


def test_what_is_no_picture_is_refused_at_the_field(office: FlaskClient) -> None:
    answer = set_logo(office, b"<svg/>")
    assert answer.status_code == 422
    assert "SVG-bilder" in text(answer)
    assert "Skriv vad bilden säger" in text(set_logo(office, alt=""))


def test_misspelled_in_a_loop(office: FlaskClient) -> None:
    shown = text(upload(office, misspelled("minutes", "item.heading", "item.headding")))
    assert "Menade du ”heading”?" in shown
    assert "item.heading }}" in shown
