"""Pages of a form with repeated and conditional sections, as the browser asks for them."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from paragraf.applications import operations
from tests.applications.acting import EMAIL
from tests.parts.world import NOW, World
from tests.questions.annexed import ANNEXED
from tests.webapp.applications.acting import link_in_last_letter, post_section, told


@pytest.fixture
def link(world: World, visitor: FlaskClient) -> str:
    with world.database.writing() as session:
        operations.publish_form(
            session, association_id=world.north.id, source_text=ANNEXED, now=NOW, actor="Sonja Ekvall"
        )
    visitor.post("/norrdal/ansok/", data={"family": "annexed", "email": EMAIL, "language": "sv"})
    return link_in_last_letter(world)


def test_the_overview_lists_each_entry_and_adds_one(visitor: FlaskClient, link: str) -> None:
    page = told(visitor.get(link))
    assert "Bilaga 1" in page
    assert "Personal" not in page
    added = visitor.post(link + "avsnitt/annex")
    assert (added.status_code, added.location) == (303, link + "annex-2")
    assert "Bilaga 2" in told(visitor.get(link + "annex-2"))


def test_an_entry_is_taken_away_with_what_was_typed_saved_and_can_be_taken_back(
    visitor: FlaskClient, link: str
) -> None:
    visitor.post(link + "avsnitt/annex")
    fields = {"annex-2-municipality": "Ekdala", "next-step": "remove-entry.annex-2"}
    gone = post_section(visitor, link, "annex-2", fields)
    assert gone.location == link + "?borttaget=annex-2"
    page = told(visitor.get(gone.location))
    assert "Ekdala" not in page
    assert "Avsnittet är borttaget ur ansökan." in page
    assert visitor.get(link + "annex-2").status_code == 404
    back = visitor.post(link + "avsnitt/annex", data={"entry": "2"}, follow_redirects=True)
    assert "Kommunens bilaga: Ekdala" in told(back)


def test_more_than_the_form_allows_is_told(visitor: FlaskClient, link: str) -> None:
    for _more in range(2):
        visitor.post(link + "avsnitt/annex")
    page = post_section(visitor, link, "annex-1", {"next-step": "add-entry.annex"}, follow_redirects=True)
    assert "Det finns redan 3, och fler är inte möjligt." in page.text
    assert "Lägg till: Bilaga" not in told(visitor.get(link))


def test_a_page_of_an_entry_that_another_took_away_still_saves(visitor: FlaskClient, link: str) -> None:
    visitor.post(link + "avsnitt/annex")
    post_section(visitor, link, "annex-2", {"annex-2-municipality": "Ekdala"})
    post_section(visitor, link, "annex-1", {"next-step": "remove-entry.annex-2"})
    script = {"Accept": "application/json"}
    answer = visitor.post(link + "annex-2", data={"base-version": "2", "annex-2-stated": "900"}, headers=script)
    assert answer.status_code == 200
    assert answer.get_json()["complete"]
    plain = visitor.post(link + "annex-2", data={"base-version": "2", "annex-2-stated": "900"})
    assert plain.location == link
    back = visitor.post(link + "avsnitt/annex", data={"entry": "2"}, follow_redirects=True)
    assert re.search(r'name="annex-2-stated" value="900"', back.text)


def test_a_section_that_is_not_asked_for_is_passed_by(visitor: FlaskClient, link: str) -> None:
    assert visitor.get(link + "staff").status_code == 404
    step = post_section(visitor, link, "common", {"has_staff": "no", "name": "Stegvis", "next-step": "go-on"})
    assert step.location == link + "plan"
    step = post_section(visitor, link, "common", {"has_staff": "yes", "next-step": "go-on"})
    assert step.location == link + "staff"


def test_the_page_hears_the_sums_of_its_tables(visitor: FlaskClient, link: str) -> None:
    fields = {
        "base-version": "0",
        "people.referred.women": "3",
        "people.referred.men": "1 200",
        "activities.0.cost": "5",
    }
    told = visitor.post(link + "plan", data=fields, headers={"Accept": "application/json"}).get_json()
    assert told["tables"]["people"] == {
        "columns": {"women": "3", "men": "1\u00a0200"},
        "rows": {"referred": "1\u00a0203", "started": "–"},
        "whole": "1\u00a0203",
        "incomplete": True,
    }
    assert told["tables"]["activities"]["columns"] == {"cost": "5\u00a0kr"}


@pytest.mark.parametrize("address", ["avsnitt/contribution", "avsnitt/gone", "avsnitt/common"])
def test_only_what_repeats_freely_can_be_added_to(visitor: FlaskClient, link: str, address: str) -> None:
    assert visitor.post(link + address).status_code == 404


def test_a_warning_is_told_on_the_page_and_at_the_review_but_is_not_an_error(visitor: FlaskClient, link: str) -> None:
    visitor.post(link + "avsnitt/annex")
    for entry in ("annex-1", "annex-2"):
        post_section(visitor, link, entry, {f"{entry}-municipality": "Ekdala"})
    page = told(visitor.get(link + "annex-2"))
    assert "Det finns redan ett avsnitt med samma namn, Kommunens bilaga: Ekdala." in page
    assert "Ett påpekande, som inte hindrar att ni skickar in." in page
    review = told(visitor.get(link + "granska"))
    assert "Kontrollera det här. Det hindrar inte att ni skickar in:" in review
    assert review.count("Det finns redan ett avsnitt med samma namn") == 1
