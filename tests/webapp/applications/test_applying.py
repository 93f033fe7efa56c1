"""The pages of an application: begun, left, come back to, filled in, submitted; and links that do not hold."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select

from paragraf.applications.models import Application, ApplicationRevision
from paragraf.post.models import Letter
from paragraf.register.models import Matter
from tests.applications.acting import EMAIL, FORM
from tests.parts.world import World
from tests.webapp.applications.acting import fill_in, link_in_last_letter, post_section, submit, told

# --- begin, leave, come back -----------------------------------------------------------------------------------------


def test_beginning_mails_a_link_that_opens_the_sections(visitor: FlaskClient, link: str) -> None:
    page = visitor.get(link).text
    assert "Samordningsförbundet Norrdal" in page
    for section in FORM.sections:
        assert section.title.sv.replace("&", "&amp;") in page
    assert "0 av 11 avsnitt är klara" in page


@pytest.mark.parametrize("typed", ["", "inte en adress"])
def test_an_address_that_is_none_is_told_at_its_field(visitor: FlaskClient, typed: str) -> None:
    answer = visitor.post("/norrdal/ansok/", data={"family": "application_a", "email": typed, "language": "sv"})
    assert answer.status_code == 422
    assert 'id="email-fel"' in answer.text


def test_the_link_is_mailed_again_and_nobody_learns_who_applies(world: World, visitor: FlaskClient, link: str) -> None:
    known = visitor.post("/norrdal/ansok/lank", data={"igen-email": EMAIL}).text
    unknown = visitor.post("/norrdal/ansok/lank", data={"igen-email": "ingen@granvik.example"}).text
    assert known.replace(EMAIL, "X") == unknown.replace("ingen@granvik.example", "X")
    assert visitor.get(link_in_last_letter(world)).status_code == 200


def test_the_pages_are_in_the_applicants_language(world: World, visitor: FlaskClient) -> None:
    visitor.post("/norrdal/ansok/", data={"family": "application_a", "email": EMAIL, "language": "en"})
    page = visitor.get(link_in_last_letter(world)).text
    assert '<html lang="en">' in page
    assert "Applicant organisation" in page


def test_wrong_tampered_and_foreign_links_get_one_answer(world: World, visitor: FlaskClient, link: str) -> None:
    token = link.split("/")[2]
    body, stamp, mark = token.split(".")
    signing_in = visitor.post("/norrdal/logga-in", data={"email": world.north.chair.email})
    assert signing_in.status_code == 200
    with world.database.reading() as session:
        letter = session.scalars(select(Letter.body).order_by(Letter.id.desc()).limit(1)).one()
    foreign = re.search(r"/logga-in/(\S+)", letter)
    assert foreign is not None
    answers = {
        told(visitor.get(f"/ansokan/{each}/"))
        for each in ("x.y.z", f"{body}.{stamp}.{mark[::-1]}", f"x{token}", foreign.group(1))
    }
    assert len(answers) == 1
    assert "Länken gäller inte" in answers.pop()


def test_a_link_of_last_year_says_that_it_is_old(
    visitor: FlaskClient, link: str, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(days=181))
    answer = visitor.get(link)
    assert answer.status_code == 410
    assert "gått ut" in answer.text
    assert 'href="/norrdal/ansok/"' in told(answer)


def test_a_link_in_wrong_hands_can_be_shut(world: World, visitor: FlaskClient, link: str) -> None:
    assert visitor.post(link + "lank").status_code == 200
    assert visitor.get(link).status_code == 410
    assert visitor.get(link_in_last_letter(world)).status_code == 200


def test_opening_pages_writes_nothing(world: World, visitor: FlaskClient, link: str) -> None:
    for page in ("", "costs", "granska", "costs?visa=allt&fler=signatories"):
        assert visitor.get(link + page).status_code == 200
        assert visitor.head(link + page).status_code == 200
    with world.database.reading() as session:
        assert session.scalar(select(func.count(ApplicationRevision.id))) == 0
        assert session.scalars(select(Application.version)).one() == 0


# --- write --------------------------------------------------------------------------------------------------------


def test_what_is_written_is_there_when_one_comes_back(visitor: FlaskClient, link: str) -> None:
    answer = post_section(visitor, link, "operation", {"name": "Stegvis", "next-step": "go-on"})
    assert answer.headers["Location"].endswith("/background")
    assert 'value="Stegvis"' in visitor.get(link + "operation").text
    assert "Sparat 10.00" in visitor.get(link + "operation").text


def test_amounts_as_text_are_told_at_their_field_and_kept(visitor: FlaskClient, link: str) -> None:
    answer = post_section(visitor, link, "costs", {"budget.personnel.2026": "ungefär tio tusen", "next-step": "go-on"})
    page = visitor.get(answer.headers["Location"]).text
    assert 'value="ungefär tio tusen"' in page
    assert 'href="#budget.personnel.2026"' in page
    assert "går inte att läsa som ett belopp" in page


def test_the_server_adds_the_columns_up(visitor: FlaskClient, link: str) -> None:
    post_section(
        visitor,
        link,
        "costs",
        {
            "budget.personnel.2026": "120 000 kr",
            "budget.personnel.2027": "290\u00a0000",
            "budget.income.2026": "10 000",
        },
    )
    page = visitor.get(link + "costs").text
    assert 'data-sum="total">410\u00a0000\u00a0kr<' in page
    assert 'data-sum="2026">110\u00a0000\u00a0kr<' in page
    assert "Tomt räknas inte som noll" in page


def test_a_row_more_and_a_row_less(visitor: FlaskClient, link: str) -> None:
    first = {"signatories": "", "signatories.0.name": "Ulla Påhitt", "signatories.0.organisation": "Region Norrdal"}
    answer = post_section(visitor, link, "signatures", {**first, "next-step": "more.signatories"})
    page = visitor.get(answer.headers["Location"]).text
    assert 'name="signatories.1.name"' in page
    second = {"signatories.1.name": "Torkel Påhitt", "signatories.1.organisation": "Granviks kommun"}
    post_section(visitor, link, "signatures", {**first, **second, "next-step": "less.signatories.0"})
    page = visitor.get(link + "signatures").text
    assert "Torkel Påhitt" in page
    assert "Ulla Påhitt" not in page


def test_the_script_is_told_version_sums_and_what_is_wrong(visitor: FlaskClient, link: str) -> None:
    answer = post_section(
        visitor, link, "costs", {"budget.personnel.2026": "12.000"}, headers={"Accept": "application/json"}
    )
    told = answer.get_json()
    assert (told["version"], told["saved"], told["conflicts"]) == (1, "Sparat 10.00", [])
    assert [one["field"] for one in told["problems"]] == ["budget.personnel.2026"]
    assert told["budgets"]["budget"]["rows"]["net"]["total"] is None


def test_a_late_save_shows_both_texts_and_keeps_both(world: World, visitor: FlaskClient, link: str) -> None:
    mine = {"base-version": "0", "summary": "Min <b>text</b>"}
    post_section(visitor, link, "operation", {"summary": "Deras <i>text</i>"})
    answer = visitor.post(link + "operation", data=mine)
    assert answer.status_code == 200
    assert "Någon annan har svarat medan du skrev" in answer.text
    assert "Deras &lt;i&gt;text&lt;/i&gt;" in answer.text
    assert "Min &lt;b&gt;text&lt;/b&gt;" in answer.text
    assert "data-autosave" not in answer.text
    with world.database.reading() as session:
        kept = session.execute(select(ApplicationRevision.version, ApplicationRevision.answers)).all()
    assert sorted((version or 0, answers["summary"]) for version, answers in kept) == [
        (0, "Min <b>text</b>"),
        (1, "Deras <i>text</i>"),
    ]


def test_different_questions_saved_by_two_do_not_clash(visitor: FlaskClient, link: str) -> None:
    post_section(visitor, link, "operation", {"name": "Stegvis", "summary": ""})
    answer = visitor.post(
        link + "operation",
        data={"base-version": "0", "name": "", "summary": "Kort om insatsen"},
        headers={"Accept": "application/json"},
    )
    told = answer.get_json()
    assert told["conflicts"] == []
    assert told["others"] == {"name": {"name": ["Stegvis"]}}
    page = visitor.get(link + "operation").text
    assert 'value="Stegvis"' in page
    assert "Kort om insatsen" in page


def test_a_section_that_the_form_lacks_is_not_found(visitor: FlaskClient, link: str) -> None:
    assert visitor.get(link + "finns_inte").status_code == 404
    assert visitor.post(link + "finns_inte", data={"x": "y"}).status_code == 404


# --- submit -------------------------------------------------------------------------------------------------------


def test_review_lists_what_is_missing_with_links_and_submitting_is_refused(visitor: FlaskClient, link: str) -> None:
    page = visitor.get(link + "granska").text
    assert f'href="{link}operation?visa=allt#name"' in page
    assert "Skicka in ansökan</button>" not in page
    answer = submit(visitor, link)
    assert answer.status_code == 422
    assert "kan inte skickas in än" in answer.text


def test_too_few_parties_are_refused_with_the_reason(world: World, visitor: FlaskClient, link: str) -> None:
    fill_in(world, visitor, link, cooperating=[str(world.north.municipality.id)])
    answer = submit(visitor, link)
    assert answer.status_code == 422
    assert "minst två huvudmän samverkar" in answer.text


def test_submitted_it_has_a_number_a_document_and_no_more_fields(world: World, visitor: FlaskClient, link: str) -> None:
    fill_in(world, visitor, link)
    assert submit(visitor, link).status_code == 303
    page = visitor.get(link).text
    assert "Diarienummer 2026/1" in page
    assert visitor.get(link + "costs").headers["Location"].endswith(link)
    assert visitor.get(link + "granska").headers["Location"].endswith(link)
    document = visitor.get(link + "handling")
    assert document.headers["Content-Disposition"] == "attachment; filename=ansokan-2026-1.docx"
    assert document.data.startswith(b"PK")


def test_submitting_twice_registers_once(world: World, visitor: FlaskClient, link: str) -> None:
    fill_in(world, visitor, link)
    found = re.search(r'name="version" value="(\d+)"', visitor.get(link + "granska").text)
    assert found is not None
    for _click in range(2):
        assert visitor.post(link + "granska", data={"version": found.group(1)}).status_code == 303
    with world.database.reading() as session:
        assert session.scalar(select(func.count(Matter.id))) == 1


def test_saving_after_submission_is_refused_and_gives_the_text_back(
    world: World, visitor: FlaskClient, link: str
) -> None:
    fill_in(world, visitor, link)
    submit(visitor, link)
    answer = visitor.post(link + "operation", data={"base-version": "11", "name": "Ett nytt namn"})
    assert answer.status_code == 422
    assert "redan inskickad" in answer.text
    assert "Ett nytt namn" in answer.text


def test_a_draft_has_no_document(visitor: FlaskClient, link: str) -> None:
    assert visitor.get(link + "handling").status_code == 404
