"""What the group ``forms`` measures is the same work: the same fields, and the same answers stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.forms import large, plain
from paragraf.questions.answers import read_answer
from paragraf.questions.computing import compute
from paragraf.questions.context import Context
from paragraf.questions.fields import collect
from paragraf.questions.reading import read_definition


def test_the_large_form_is_read_and_its_answers_have_no_faults() -> None:
    form = read_definition(large.definition("bench", {"page": 20}))
    assert sum(1 for _question in form.questions()) == 21
    for section, fields in (("page", large.typed("page", 20)), ("costs", large.typed_budget())):
        raw = collect(form.section(section), large.raw(fields))
        assert len(raw) == len(form.section(section).questions)
        for question in form.section(section).questions:
            assert read_answer(question, raw[question.id], Context()).faults == ()


def test_the_budget_has_all_its_cells() -> None:
    form = read_definition(large.definition("bench", {"page": 1}))
    question = form.question("budget")
    raw = collect(form.section("costs"), large.raw(large.typed_budget()))
    value = read_answer(question, raw["budget"], Context()).value
    assert sum(len(cells) for cells in value.values()) == large.COST_ROWS * large.YEARS
    sums = compute(form, {"budget": value})["budget"]
    # 20 000 kr times 1 to 13, four years, in öre.
    assert sums.costs.total.ore == 20_000 * sum(range(1, large.COST_ROWS)) * large.YEARS * 100


@pytest.mark.parametrize("page", ["longest", "other"])
def test_the_plain_page_shows_every_field_with_its_answer(tmp_path: Path, page: str) -> None:
    browser = plain.app(tmp_path / "plain.sqlite", page, 10, large.typed(page, 10))
    shown = browser.get("/").text
    assert all(f'name="{page}_{number}"' in shown for number in range(1, 11))
    assert "120 000" in shown
    assert "handlaggare@norrsund.example" in shown


def test_the_plain_view_stores_what_is_sent(tmp_path: Path) -> None:
    browser = plain.app(tmp_path / "plain.sqlite", "page", 1, {"page_1": "förut", "page_2": "kvar"})
    token = browser.get("/").text.partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0]
    assert browser.post("/", data={"page_1": "nu"}, headers={"X-CSRFToken": token}).status_code == 200
    assert "nu" in browser.get("/").text
