"""What may not change under the same id, told where it stands in the file."""

from __future__ import annotations

import pytest

from forms.definitions import load
from paragraf.questions.reading import DefinitionFaulty, read_definition
from paragraf.questions.succession import faults_of, read_successor

SOURCE = load("application_a")
FORM = read_definition(SOURCE)


def line_of(text: str, wanted: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), start=1) if wanted in line)


def test_the_same_text_may_follow_itself_and_any_text_may_be_the_first() -> None:
    assert faults_of(SOURCE, FORM) == ()
    assert read_successor(SOURCE, FORM) == FORM
    assert faults_of(SOURCE.replace("key: application_a", "key: another"), None) == ()


def test_a_kind_that_changed_under_the_same_id_is_told_at_the_id() -> None:
    before, place, after = SOURCE.partition("- id: name\n")
    text = before + place + after.replace("kind: text", "kind: long_text", 1)
    # The register reads the title from it, and only from a short text.
    text = text.replace("  title: name\n", "")
    [fault] = faults_of(text, FORM)
    assert fault.line == line_of(text, "- id: name")
    assert fault.column == text.split("\n")[fault.line - 1].index("name") + 1
    assert "nytt id" in str(fault)
    with pytest.raises(DefinitionFaulty):
        read_successor(text, FORM)


def test_the_key_and_the_row_of_a_budget_keep_what_they_are() -> None:
    [fault] = faults_of(SOURCE.replace("key: application_a", "key: application_c"), FORM)
    assert (fault.line, fault.column) == (line_of(SOURCE, "key: application_a"), 6)
    other = SOURCE.replace("kind: cost\n", "kind: income\n", 1)
    if other == SOURCE:
        other = SOURCE.replace("kind: cost,", "kind: income,", 1)
    [fault] = faults_of(other, FORM)
    assert "income" in str(fault)
    assert fault.line == line_of(other, "- id: budget")


@pytest.mark.parametrize("question", ["period", "budget", "name"])
def test_a_question_that_another_depends_on_cannot_be_taken_away(question: str) -> None:
    """The reader says it: a fact, a check, a condition or a budget would point at nothing."""
    lines, kept, skipping = SOURCE.split("\n"), [], False
    for line in lines:
        if line.startswith("      - id: "):
            skipping = line == f"      - id: {question}"
        elif not line.startswith("        "):
            skipping = False
        if not skipping:
            kept.append(line)
    text = "\n".join(kept)
    assert text != SOURCE
    found = faults_of(text, FORM)
    assert found
    assert all(fault.line > 1 and fault.column > 1 for fault in found)
    assert any(question in str(fault) for fault in found)
