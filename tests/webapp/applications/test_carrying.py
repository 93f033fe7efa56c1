"""A form changed while somebody writes: told on the overview, read, gone over to, nothing lost."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from paragraf.applications.offered.publishing import publish_form
from tests.applications.offered.test_carrying import CHANGED
from tests.parts.world import NOW, World
from tests.webapp.applications.acting import fill_in, post_section, submit, told


@pytest.fixture
def changed(world: World, visitor: FlaskClient, link: str) -> str:
    """The link of an application whose form has got a new version, without one question and with a mended label."""
    fill_in(world, visitor, link)
    change(world)
    return link


def change(world: World, source: str = CHANGED, *, follow: bool = False) -> None:
    with world.database.writing() as session:
        publish_form(
            session, association_id=world.north.id, source_text=source, now=NOW, actor="Sonja", drafts_follow=follow
        )


def go_over(visitor: FlaskClient, link: str, number: int = 2) -> str:
    answer = visitor.post(link + "ny-version", data={"number": number})
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_nothing_is_told_while_nothing_is_new(visitor: FlaskClient, link: str) -> None:
    assert "ny version" not in told(visitor.get(link))
    assert visitor.get(link + "ny-version").status_code == 302
    assert visitor.get(link + "kvar-i-forra").status_code == 302


def test_the_writer_reads_what_is_new_and_goes_over(visitor: FlaskClient, changed: str) -> None:
    assert "Formuläret har en ny version" in told(visitor.get(changed))
    page = told(visitor.get(changed + "ny-version"))
    assert "2 frågor skiljer sig" in page
    assert "Förut: Insatsens namn" in page
    assert "1 svar hör till något som är borttaget" in page
    left = told(visitor.get(go_over(visitor, changed)))
    assert "Vi skriver om målgrupp." in left
    assert "Svar som inte följde med" in told(visitor.get(changed))
    assert "Vad insatsen heter" in told(visitor.get(changed + "operation"))
    assert submit(visitor, changed).status_code == 303
    assert visitor.get(changed + "ny-version").status_code == 302


def test_the_writer_may_stay_and_hand_in(visitor: FlaskClient, changed: str) -> None:
    assert submit(visitor, changed).status_code == 303
    assert "Insatsens namn" in told(visitor.get(changed))


def test_a_version_for_all_must_be_gone_over_to(world: World, visitor: FlaskClient, changed: str) -> None:
    change(world, CHANGED + "# för alla\n", follow=True)
    answer = submit(visitor, changed)
    assert answer.status_code == 422
    assert "Gå över till den innan ni skickar in" in told(answer)
    assert "Den gäller för alla" in told(visitor.get(changed + "ny-version"))
    go_over(visitor, changed, 3)
    assert submit(visitor, changed).status_code == 303


def test_a_version_that_came_meanwhile_is_read_first(world: World, visitor: FlaskClient, changed: str) -> None:
    change(world, CHANGED + "# igen\n")
    answer = visitor.post(changed + "ny-version", data={"number": 2})
    assert answer.status_code == 422
    assert "ännu en version" in told(answer)
    assert 'name="number" value="3"' in answer.text


def test_a_page_that_was_open_meanwhile_loses_nothing(visitor: FlaskClient, changed: str) -> None:
    page = visitor.get(changed + "target_group").text
    base, form = (re.search(rf'name="{name}-version" value="(\d+)"', page) for name in ("base", "form"))
    assert base is not None
    assert form is not None
    go_over(visitor, changed)
    fields = {"base-version": base[1], "form-version": form[1], "target_group": "Nya <ord> om målgruppen"}
    by_script = visitor.post(changed + "target_group", data=fields, headers={"Accept": "application/json"})
    assert by_script.json is not None
    assert by_script.json["conflicts"] == ["target_group"]
    answer = visitor.post(changed + "target_group", data=fields)
    assert "Formuläret har bytt version" in told(answer)
    assert "Nya &lt;ord&gt; om målgruppen" in told(answer)


def test_saving_goes_on_after_going_over(visitor: FlaskClient, changed: str) -> None:
    go_over(visitor, changed)
    assert post_section(visitor, changed, "operation", {"name": "Stegvis två"}).status_code == 303
    assert "Stegvis två" in told(visitor.get(changed))
