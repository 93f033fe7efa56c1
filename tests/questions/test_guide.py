"""The guide to the language: what it shows can be read, and it shows all there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from forms.definitions import keys
from paragraf.questions.definition import CheckKind, Kind, Purpose, Receipt, RowKind
from paragraf.questions.kinds import KINDS
from paragraf.questions.reading import read_definition
from tests.questions.conftest import written

GUIDE = (Path(__file__).parents[2] / "docs" / "formular.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def whole(example: str) -> str:
    """An example that shows questions only is put into a form."""
    return written(example) if example.startswith("- ") else example


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.split("\n")[0] for example in EXAMPLES])
def test_an_example_can_be_read(example: str) -> None:
    assert list(read_definition(whole(example)).questions())


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_question_has_an_example(kind: Kind) -> None:
    assert f"kind: {kind}\n" in "".join(EXAMPLES)


@pytest.mark.parametrize("kind", Kind)
def test_every_option_of_a_kind_is_told(kind: Kind) -> None:
    assert [option for option in KINDS[kind].options if f"{option}:" not in GUIDE and f"`{option}`" not in GUIDE] == []


@pytest.mark.parametrize("name", [*RowKind, *CheckKind])
def test_every_kind_of_row_and_check_has_an_example(name: str) -> None:
    assert f"kind: {name}\n" in "".join(EXAMPLES)


@pytest.mark.parametrize("name", [*Purpose, *Receipt, *keys()])
def test_what_forms_are_for_and_those_that_are_shipped_are_told(name: str) -> None:
    assert f"`{name}`" in GUIDE


def test_links_within_the_guide_lead_somewhere() -> None:
    headings = re.findall(r"^#+ (.+)$", GUIDE, re.MULTILINE)
    anchors = {re.sub(r"[^\w\s-]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert [link for link in re.findall(r"\]\(#([^)]+)\)", GUIDE) if link not in anchors] == []
