"""The office writes a form: upload, faults at their place, two texts, preview, what is new, publish."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from forms.definitions import load
from paragraf.questions.models import FormDraft, FormFamily, FormVersion
from paragraf.questions.reading import read_definition
from tests.applications.acting import begin
from tests.applications.acting import save as save_answers
from tests.parts.world import World
from tests.questions.annexed import ANNEXED
from tests.webapp.applications.acting import ClientOf, told

FORMS = "/norrdal/formular/"
SOURCE = load("application_a")
FORM_SECTIONS = read_definition(SOURCE).sections
MENDED = SOURCE.replace("sv: Insatsens namn", "sv: Vad insatsen heter")
JSON = {"Accept": "application/json"}


def upload(office: FlaskClient, source: str | bytes, name: str = "form.yaml") -> TestResponse:
    content = source.encode() if isinstance(source, str) else source
    return office.post(FORMS, data={"file": (BytesIO(content), name)}, content_type="multipart/form-data")


def draft_of(office: FlaskClient, source: str = SOURCE) -> str:
    """The address of a new draft."""
    answer = upload(office, source)
    assert answer.status_code == 303
    return answer.headers["Location"]


def save(office: FlaskClient, draft: str, source: str, base: int = 1, **more: object) -> TestResponse:
    return office.post(draft, data={"source": source, "base-version": base}, **more)


def publish(office: FlaskClient, draft: str, version: int = 1, seen: int = 1, **more: str) -> TestResponse:
    return office.post(draft + "publicera", data={"version": version, "seen": seen, **more})


def count(world: World, table: type) -> int:
    with world.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_the_list_shows_forms_and_what_is_shipped(office: FlaskClient) -> None:
    page = told(office.get(FORMS))
    assert "Öppet" in page
    assert "Taget i bruk" in page
    assert "Ansökan om bidrag" in page


def test_a_shipped_form_is_taken_over_with_one_button(world: World, client_of: ClientOf) -> None:
    office = client_of(world.south.secretary)
    answer = office.post("/sunnan/formular/medfoljande", data={"key": "application_a", "do": "use"})
    assert answer.status_code == 303
    assert "Version 1" in told(office.get(answer.headers["Location"]))
    assert client_of(None).get("/sunnan/ansok/").status_code == 200
    assert office.post("/sunnan/formular/medfoljande", data={"key": "../x", "do": "use"}).status_code == 404


def test_an_uploaded_file_with_faults_is_kept_and_every_fault_leads_to_its_place(office: FlaskClient) -> None:
    source = SOURCE.replace("kind: long_text", "kind: long_txt", 1).replace("max_words: 25", "max_words: många", 1)
    page = told(office.get(draft_of(office, source)))
    assert "2 fel att rätta" in page
    for wrong in ("long_txt", "många"):
        line = next(number for number, text in enumerate(source.split("\n"), 1) if wrong in text)
        column = source.split("\n")[line - 1].index(wrong) + 1
        assert f'data-line="{line}" data-column="{column}"' in page
    assert "<mark>long_txt</mark>" in page
    assert "Menade du long_text?" in page


@pytest.mark.parametrize(
    "source",
    [
        "!!python/object/apply:os.system ['true']",
        "key: &a [*a]",
        "key: [",
        "",
        "\t",
        "a" * 400_000,
        "<script>alert(1)</script>",
        "key: " + "[" * 3000,
    ],
)
def test_whatever_is_uploaded_gets_a_page_that_says_what_is_wrong(office: FlaskClient, source: str) -> None:
    page = office.get(draft_of(office, source))
    assert page.status_code == 200
    assert "att rätta" in told(page)
    assert "<script>alert" not in page.text


def test_a_file_that_is_no_text_is_told_at_its_field(office: FlaskClient) -> None:
    answer = upload(office, b"\xff\xfe\x00\x01")
    assert answer.status_code == 422
    assert "UTF-8" in told(answer)
    assert office.post(FORMS, data={}).status_code == 422


def test_the_text_is_saved_with_and_without_script(office: FlaskClient) -> None:
    draft = draft_of(office)
    assert save(office, draft, MENDED).status_code == 303
    assert "Vad insatsen heter" in told(office.get(draft))
    answer = save(office, draft, MENDED + "# slut", 2, headers=JSON)
    assert answer.json is not None
    assert (answer.json["version"], answer.json["sound"]) == (3, True)
    assert "Inga fel" in answer.json["faults"]
    faulty = save(office, draft, "key: [", 3, headers=JSON)
    assert faulty.json is not None
    assert not faulty.json["sound"]
    assert 'data-line="' in faulty.json["faults"]


def test_a_stale_save_shows_both_texts_and_loses_none(office: FlaskClient) -> None:
    draft = draft_of(office)
    save(office, draft, SOURCE + "# den ena")
    by_script = save(office, draft, SOURCE + "# den andra <b>", 1, headers=JSON)
    assert by_script.json is not None
    assert "conflict" in by_script.json
    page = save(office, draft, SOURCE + "# den andra <b>", 1)
    assert page.status_code == 200
    assert "Sonja Ekvall har sparat en annan text" in told(page)
    assert "# den ena" in told(page)
    assert "# den andra &lt;b&gt;</textarea>" in told(page)
    assert 'name="base-version" value="2"' in page.text
    later = told(office.get(draft))
    assert "Undanlagda texter" in later
    assert "# den ena" in later
    aside = later.split("Undanlagda texter")[1].split('href="')[1].split('"')[0]
    assert "# den andra &lt;b&gt;" in told(office.get(aside))
    assert later.split("Undanlagda texter")[1].split("</ul>")[0].count("<li>") == 1


def test_a_draft_that_is_put_away_can_be_taken_back(office: FlaskClient) -> None:
    draft = draft_of(office)
    office.post(draft + "kasta", data={"do": "discard"})
    assert "Ta tillbaka det" in told(office.get(draft))
    assert "Ny version av" not in told(office.get(FORMS))
    office.post(draft + "kasta", data={"do": "restore"})
    assert "Ny version av Ansökan om medel" in told(office.get(FORMS))


def test_the_preview_is_what_applicants_will_see_in_both_languages(office: FlaskClient) -> None:
    draft = draft_of(office, MENDED)
    page = told(office.get(draft + "visning?avsnitt=operation&sprak=sv"))
    assert "Vad insatsen heter" in page
    assert "Till texten" in page
    english = told(office.get(draft + "visning?avsnitt=operation&sprak=en"))
    assert "Name of the measure" in english
    assert "Till texten" in english
    part = office.get(draft + "visning?avsnitt=costs&sprak=en", headers=JSON)
    assert part.json is not None
    assert "table class=" in part.json["preview"]


def test_every_section_of_a_form_with_all_of_the_language_is_drawn(office: FlaskClient) -> None:
    draft = draft_of(office, ANNEXED)
    page = told(office.get(draft + "visning"))
    links = [part.split('"')[0].replace("&amp;", "&") for part in page.split('data-preview href="')[1:]]
    assert len(links) == 6
    for link in links:
        assert office.get(link).status_code == 200
    assert "Visas när svaret på ”Anställer ni?” är ”Ja”." in told(office.get(draft + "visning?avsnitt=staff"))
    annex = told(office.get(draft + "visning?avsnitt=annex-1"))
    assert "Avsnittet upprepas" in annex
    assert "Visas när svaret på ”Egen målgrupp?” är ”Ja”." in annex


def test_what_is_new_is_read_before_it_is_published(world: World, office: FlaskClient) -> None:
    draft = draft_of(office, MENDED)
    page = told(office.get(draft + "publicera"))
    assert "1 fråga skiljer sig" in page
    assert "Förut: Insatsens namn" in page
    assert "Ingen ansökan är påbörjad" in page
    answer = publish(office, draft, drafts_follow="y")
    assert answer.status_code == 303
    assert "Äldre utkast måste gå över till den." in told(office.get(answer.headers["Location"]))
    assert count(world, FormVersion) == 2
    assert office.get(draft).status_code == 302


def test_the_drafts_that_a_change_concerns_are_told(world: World, office: FlaskClient) -> None:
    with world.database.writing() as session:
        save_answers(session, begin(session, world.north), "operation", {"name": "Stegvis"})
        begin(session, world.north, "annan@granvik.example")
    page = told(office.get(draft_of(office, MENDED) + "publicera"))
    assert "2 ansökningar är påbörjade på en äldre version." in page
    assert "1 av dem har svarat på något som ändras." in page
    assert "på version 1: Vad insatsen heter" in page
    assert "granvik.example" not in page
    assert "Stegvis" not in page


def test_an_old_review_is_not_published(world: World, office: FlaskClient) -> None:
    draft, other = draft_of(office, MENDED), draft_of(office, MENDED + "# igen")
    publish(office, other)
    answer = publish(office, draft)
    assert answer.status_code == 422
    assert "Någon annan har publicerat" in told(answer)
    assert 'name="seen" value="2"' in answer.text
    save(office, draft, MENDED + "# än en gång")
    assert "Texten har ändrats" in told(publish(office, draft, 1, 2))
    assert count(world, FormVersion) == 2


def test_a_faulty_text_is_never_published(world: World, office: FlaskClient) -> None:
    draft = draft_of(
        office, SOURCE.replace("- id: summary\n        kind: long_text", "- id: summary\n        kind: text")
    )
    assert "nytt id" in told(office.get(draft))
    assert office.get(draft + "publicera").status_code == 302
    assert publish(office, draft).headers["Location"].endswith("#fel")
    assert count(world, FormVersion) == 1


def test_files_come_out_as_they_were_written(world: World, office: FlaskClient) -> None:
    with world.database.reading() as session:
        version = session.scalars(select(FormVersion)).one()
    assert office.get(f"{FORMS}versioner/{version.id}.yaml").text == SOURCE
    assert office.get(f"{FORMS}medfoljande.yaml?key=application_a").text == SOURCE
    draft = draft_of(office, MENDED)
    assert office.get(draft.rstrip("/") + ".yaml").text == MENDED


def test_a_form_is_closed_and_opened(world: World, office: FlaskClient, visitor: FlaskClient) -> None:
    with world.database.reading() as session:
        family = session.scalars(select(FormFamily)).one()
    office.post(f"{FORMS}{family.id}/oppna", data={"open": "no"})
    assert "går det inte att söka" in told(visitor.get("/norrdal/ansok/"))
    office.post(f"{FORMS}{family.id}/oppna", data={"open": "yes"})
    assert "Börja ansökan" in told(visitor.get("/norrdal/ansok/"))


def test_a_form_of_ones_own_begins_without_faults(office: FlaskClient) -> None:
    answer = office.post(FORMS + "nytt")
    page = told(office.get(answer.headers["Location"]))
    assert "Inga fel" in page


@pytest.mark.parametrize("who", ["visitor", "member", "stranger"])
def test_others_write_no_forms(world: World, office: FlaskClient, client_of: ClientOf, who: str) -> None:
    draft = draft_of(office)
    person = {"visitor": None, "member": world.north.member, "stranger": world.south.secretary}[who]
    other = client_of(person)
    assert save(other, draft, "key: mitt").status_code == 403
    assert other.get(draft).status_code in (302, 403)
    if who == "stranger":
        own = draft.replace("norrdal", "sunnan")
        assert [other.get(own).status_code, save(other, own, "x").status_code] == [404, 404]
        assert publish(other, own).status_code == 404
    with world.database.reading() as session:
        assert session.scalars(select(FormDraft.source)).one() == SOURCE
