"""What differs between two forms: nothing between a form and itself, each question once, and in which way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.definitions import load
from paragraf.questions.changes import Changes, QuestionChange, Sort, compare
from paragraf.questions.definition import Form, Kind, Question, Section, Text
from paragraf.questions.reading import read_definition

SOURCE = load("application_a")
FORM = read_definition(SOURCE)

LABELS = st.sampled_from([Text("Mål", "Goals"), Text("Målen", "The goals")])
KINDS = st.sampled_from([Kind.TEXT, Kind.LONG_TEXT, Kind.MONEY])


def question(name: str) -> st.SearchStrategy[Question]:
    return st.builds(Question, id=st.just(name), kind=KINDS, label=LABELS, required=st.booleans())


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Forms of up to three sections with questions out of eight ids, in any order."""
    names = draw(st.lists(st.sampled_from("abcdefgh"), unique=True))
    questions = [draw(question(name)) for name in names]
    cuts = sorted(draw(st.lists(st.integers(0, len(questions)), min_size=2, max_size=2)))
    parts = [questions[: cuts[0]], questions[cuts[0] : cuts[1]], questions[cuts[1] :]]
    sections = [Section(f"s{place}", draw(LABELS), None, tuple(part)) for place, part in enumerate(parts)]
    return Form("form", draw(LABELS), Text("", ""), tuple(draw(st.permutations(sections))))


def changed(source: str) -> Changes:
    return compare(FORM, read_definition(source))


def only(changes: Changes) -> QuestionChange:
    [one] = changes.questions
    return one


@given(forms())
def test_a_form_does_not_differ_from_itself(form: Form) -> None:
    assert not compare(form, form)
    assert compare(form, form) == Changes()


@given(forms(), forms())
def test_every_id_that_differs_is_told_once(old: Form, new: Form) -> None:
    told = [change.id for change in compare(old, new).questions]
    assert len(told) == len(set(told))
    before, after = ({one.id: one for one in form.questions()} for form in (old, new))
    differs = {name for name in before | after if before.get(name) != after.get(name)}
    assert differs <= set(told)
    moved = {change.id for change in compare(old, new).questions if change.sorts == (Sort.MOVED,)}
    assert set(told) - differs == moved


@given(forms(), forms())
def test_what_is_added_one_way_is_taken_away_the_other(old: Form, new: Form) -> None:
    def names(changes: Changes, sort: Sort) -> set[str]:
        return {change.id for change in changes.questions if sort in change.sorts}

    there, back = compare(old, new), compare(new, old)
    assert names(there, Sort.ADDED) == names(back, Sort.REMOVED)
    assert names(there, Sort.REQUIRED) == names(back, Sort.OPTIONAL)
    assert names(there, Sort.KIND) == names(back, Sort.KIND)


@given(forms(), forms())
def test_no_change_means_the_same_questions_in_the_same_sections(old: Form, new: Form) -> None:
    if not compare(old, new).questions:
        assert {one.id: old.section_of(one.id).id for one in old.questions()} == {
            one.id: new.section_of(one.id).id for one in new.questions()
        }
        for section in old.sections:
            assert section.questions == new.section(section.id).questions


def test_a_mended_label_is_a_text_and_no_other_question() -> None:
    one = only(changed(SOURCE.replace("sv: Insatsens namn", "sv: Vad insatsen heter")))
    assert (one.id, one.sorts) == ("name", (Sort.TEXT,))
    assert one.label.sv == "Vad insatsen heter"
    assert one.old is not None
    assert one.old.label.sv == "Insatsens namn"


@pytest.mark.parametrize(
    ("order", "moved"), [("bcda", "a"), ("dabc", "d"), ("abdc", "c"), ("acbd", "b"), ("dcba", "bcd"), ("abcd", "")]
)
def test_order_moves_as_few_as_possible(order: str, moved: str) -> None:
    def form(names: str) -> Form:
        asked = tuple(Question(name, Kind.TEXT, Text(name, name)) for name in names)
        return Form("form", Text("", ""), Text("", ""), (Section("one", Text("", ""), None, asked),))

    changes = compare(form("abcd"), form(order)).questions
    assert len(changes) == len(moved)
    assert all(change.sorts == (Sort.MOVED,) for change in changes)
    if len(moved) == 1 and order not in ("abdc", "acbd"):
        assert changes[0].id == moved


def test_an_alternative_that_is_gone_is_named() -> None:
    text = """
key: choosing
title: {sv: Val, en: Choice}
intro: {sv: Val, en: Choice}
sections:
  - id: one
    title: {sv: Ett, en: One}
    questions:
      - id: place
        kind: choice
        label: {sv: Ort, en: Town}
        choices:
          - {id: granvik, label: {sv: Granvik, en: Granvik}}
          - {id: lindå_, label: {sv: Lindå, en: Lindå}}
""".replace("lindå_", "linda")
    other = text.replace("linda, label: {sv: Lindå, en: Lindå}", "norrby, label: {sv: Norrby, en: Norrby}")
    one = only(compare(read_definition(text), read_definition(other)))
    assert one.sorts == (Sort.OPTIONS,)
    assert [label.sv for label in one.added_parts] == ["Norrby"]
    assert [label.sv for label in one.removed_parts] == ["Lindå"]


@pytest.mark.parametrize("name", ["title", "intro"])
def test_the_forms_own_texts_are_told(name: str) -> None:
    new = Text("Nytt", "New")
    other = replace(FORM, title=new) if name == "title" else replace(FORM, intro=new)
    assert compare(FORM, other) == Changes(form=(name,))


def test_sections_are_told_apart_from_their_questions() -> None:
    first, *rest = FORM.sections
    renamed = replace(FORM, sections=(replace(first, title=Text("Sökande", "Applicant now")), *rest))
    [one] = compare(FORM, renamed).sections
    assert (one.id, one.sorts) == (first.id, (Sort.TEXT,))
    shorter = compare(FORM, replace(FORM, sections=tuple(rest)))
    assert [(each.id, each.sorts) for each in shorter.sections] == [(first.id, (Sort.REMOVED,))]
    assert {each.id for each in shorter.questions} == {each.id for each in first.questions}
