"""From YAML to a form: what is read, and every fault with its line and column."""

from __future__ import annotations

import textwrap
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.questions.definition import Condition, Form, Kind, RowKind, Years
from paragraf.questions.nodes import LONGEST_FILE
from paragraf.questions.reading import DefinitionFaulty, read_definition

FORM = """\
key: trial
title: {sv: Prov, en: Trial}
intro: {sv: Hej., en: Hello.}
sections:
  - id: first
    title: {sv: Ett, en: One}
    questions:
      - id: answer
        kind: yes_no
        label: {sv: Fråga, en: Question}
"""


def faults_in(text: str) -> list[str]:
    with pytest.raises(DefinitionFaulty) as caught:
        read_definition(text)
    return [str(fault) for fault in caught.value.faults]


def only_fault(text: str) -> str:
    (fault,) = faults_in(text)
    return fault


def with_question(lines: str) -> str:
    """The form with one more question; its first line is line 11."""
    return FORM + textwrap.indent(textwrap.dedent(lines), "      ")


def test_the_smallest_form_is_read() -> None:
    form = read_definition(FORM)
    assert form.key == "trial"
    assert form.title.en == "Trial"
    (question,) = form.questions()
    assert (question.id, question.kind, question.required, question.help) == ("answer", Kind.YES_NO, True, None)


def test_the_same_text_is_read_once() -> None:
    assert read_definition(FORM) is read_definition(FORM)


def test_options_are_read_by_kind() -> None:
    form = read_definition(
        with_question("""\
            - id: period
              kind: period
              label: {sv: Tid, en: Time}
              required: false
              earliest: 2027-01-01
              latest: 2029-12-31
              max_years: 3
            - id: budget
              kind: budget
              label: {sv: Budget, en: Budget}
              help: {sv: Hjälp, en: Help}
              years: {count: 2, period: period, start: 2027}
              rows:
                - {id: wages, kind: cost, label: {sv: Lön, en: Wages}, help: {sv: Allt, en: All}}
                - {id: sum, kind: net, label: {sv: Netto, en: Net}}
            - id: colour
              kind: choices
              label: {sv: Färg, en: Colour}
              at_least: 1
              at_most: 2
              choices:
                - {id: red, label: {sv: Röd, en: Red}}
                - {id: blue, label: {sv: Blå, en: Blue}}
            - id: boss
              kind: person
              parts: [name, email]
              optional: [email]
              label: {sv: Chef, en: Boss}
            """)
    )
    period, budget = form.question("period"), form.question("budget")
    assert (period.options.earliest, period.options.latest) == (date(2027, 1, 1), date(2029, 12, 31))
    assert (period.options.max_years, period.required) == (3, False)
    assert budget.options.years == Years(count=2, period="period", start=2027)
    assert [(row.id, row.kind) for row in budget.options.rows] == [("wages", RowKind.COST), ("sum", RowKind.NET)]
    assert [choice.id for choice in form.question("colour").options.choices] == ["red", "blue"]
    assert (form.question("colour").options.at_least, form.question("colour").options.at_most) == (1, 2)
    assert form.question("boss").options.parts == ("name", "email")
    assert form.question("boss").options.optional == ("email",)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("{question: answer, equals: true}", Condition("answer", True)),
        ("{question: answer, equals: no}", Condition("answer", False)),
        ("{question: answer, answered: true}", Condition("answer")),
    ],
)
def test_a_condition_is_read(condition: str, expected: Condition) -> None:
    form = read_definition(
        with_question(f"- {{id: why, kind: text, label: {{sv: V, en: W}}, show_when: {condition}}}\n")
    )
    assert form.question("why").show_when == expected


# --- faults and where they are -------------------------------------------------------------------------------------


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    text = FORM.replace("title: {sv: Prov, en: Trial}", "titel: {sv: Prov, en: Trial}").replace("yes_no", "yesno")
    told = faults_in(text.replace("label: {sv: Fråga, en: Question}", "label: {sv: Fråga}"))
    assert [fault.split(":")[0] for fault in told] == [
        "rad 1, kolumn 1",
        "rad 2, kolumn 1",
        "rad 9, kolumn 15",
        "rad 10, kolumn 16",
    ]
    assert told[0].endswith("title saknas här.")
    assert told[1].endswith("titel är okänt här. Menade du title?")
    assert told[2].endswith("yesno går inte att använda här. Menade du yes_no?")
    assert told[3].endswith("en saknas här.")


def test_the_error_itself_says_how_many_and_the_first() -> None:
    with pytest.raises(DefinitionFaulty) as caught:
        read_definition(FORM.replace("yes_no", "yesno"))
    assert str(caught.value).startswith("Formuläret har 1 fel. Det första: rad 9, kolumn 15: yesno")


def at_mark(text: str) -> tuple[str, str]:
    """The text without its mark ¤, and where the mark stood as a fault would say it."""
    before = text[: text.index("¤")]
    return text.replace("¤", ""), f"rad {before.count(chr(10)) + 1}, kolumn {len(before) - before.rfind(chr(10))}"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("- {id: ¤answer, kind: text, label: {sv: a, en: b}}", "id answer finns redan"),
        ("- {id: ¤Målgrupp, kind: text, label: {sv: a, en: b}}", "Ett id börjar med en liten"),
        ("- {id: ¤2nd, kind: text, label: {sv: a, en: b}}", "Ett id börjar med en liten"),
        ("- {id: ¤a.b, kind: text, label: {sv: a, en: b}}", "Ett id börjar med en liten"),
        ("- ¤{id: q, label: {sv: a, en: b}}", "kind saknas här"),
        ("- {id: q, kind: text, label: ¤a}", "Skriv texten på båda språken"),
        ("- {id: q, kind: text, label: {sv: ¤'', en: b}}", "Texten är tom"),
        ("- {id: q, kind: text, label: {sv: ¤~, en: b}}", "Texten är tom"),
        ("- {id: q, kind: text, label: {sv: ¤[a], en: b}}", "Här ska det stå en text"),
        ("- {id: q, kind: text, label: {sv: a, en: b}, ¤at_least: 2}", "at_least är okänt här"),
        ("- {id: q, kind: text, label: {sv: a, en: b}, max_words: ¤många}", "Här ska det stå ett heltal"),
        ("- {id: q, kind: text, label: {sv: a, en: b}, max_words: ¤-3}", "Här ska det stå ett heltal"),
        ("- {id: q, kind: text, label: {sv: a, en: b}, required: ¤kanske}", "Här ska det stå true (ja) eller"),
        ("- {id: q, kind: date, label: {sv: a, en: b}, earliest: ¤våren}", "Här ska det stå ett datum"),
        (
            "- {id: q, kind: date, label: {sv: a, en: b}, earliest: 2027-02-01, latest: ¤2027-01-31}",
            "latest är före earliest",
        ),
        (
            "- {id: q, kind: attachments, label: {sv: a, en: b}, at_least: 3, at_most: ¤2}",
            "at_most är mindre än at_least",
        ),
        ("- ¤{id: q, kind: choice, label: {sv: a, en: b}}", "choices saknas här"),
        (
            "- {id: q, kind: person, label: {sv: a, en: b}, parts: [¤nam]}",
            "nam går inte att använda här. Menade du name?",
        ),
        (
            "- {id: q, kind: person, label: {sv: a, en: b}, parts: [name], optional: ¤[title]}",
            "title finns inte bland parts",
        ),
        ("- {id: q, ¤id: r, kind: text, label: {sv: a, en: b}}", "id står två gånger"),
        ("- ¤just text", "Här ska det stå namn och värden"),
    ],
)
def test_a_faulty_question_is_told_where_it_stands(lines: str, told: str) -> None:
    text, place = at_mark(with_question(lines + "\n"))
    assert place.startswith("rad 11,")
    assert any(fault.startswith(f"{place}: {told}") for fault in faults_in(text))


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("{question: ¤anwser, answered: true}", "anwser finns inte bland frågorna ovanför. Menade du answer?"),
        ("{question: ¤q, answered: true}", "q frågas här eller längre ner. Ett villkor kan bara se tillbaka"),
        ("¤{question: answer}", "Skriv antingen equals"),
        ("¤{question: answer, equals: true, answered: true}", "Skriv antingen equals"),
        ("{question: answer, equals: ¤ja}", "Här ska det stå true"),
        ("{question: answer, answered: ¤false}", "answered kan bara vara true"),
        ("¤{answered: true}", "question saknas här"),
        ("¤answer", "Här ska det stå namn och värden"),
    ],
)
def test_a_condition_can_only_look_back_at_what_can_be_answered(condition: str, told: str) -> None:
    text, place = at_mark(with_question(f"- {{id: q, kind: text, label: {{sv: a, en: b}}, show_when: {condition}}}\n"))
    assert only_fault(text).startswith(f"{place}: {told}")


def test_conditions_cannot_go_in_a_circle() -> None:
    told = faults_in(
        with_question("""\
            - {id: a, kind: yes_no, label: {sv: a, en: b}, show_when: {question: b, equals: true}}
            - {id: b, kind: yes_no, label: {sv: a, en: b}, show_when: {question: a, equals: true}}
            """)
    )
    assert len(told) == 1
    assert "b frågas här eller längre ner" in told[0]
    assert "annars går det i cirkel" in told[0]


def test_a_condition_on_a_choice_names_one_of_its_alternatives() -> None:
    fault = only_fault(
        with_question("""\
            - {id: c, kind: choice, label: {sv: a, en: b}, choices: [{id: red, label: {sv: Röd, en: Red}}]}
            - {id: d, kind: text, label: {sv: a, en: b}, show_when: {question: c, equals: rde}}
            """)
    )
    assert fault.startswith("rad 12,")
    assert "Menade du red?" in fault


def test_a_condition_cannot_compare_with_free_text() -> None:
    fault = only_fault(
        with_question("""\
            - {id: c, kind: text, label: {sv: a, en: b}}
            - {id: d, kind: text, label: {sv: a, en: b}, show_when: {question: c, equals: hej}}
            """)
    )
    assert "equals går bara att använda med en fråga med alternativ" in fault


BUDGET = """\
- id: money
  kind: budget
  label: {sv: Budget, en: Budget}
  years: {count: 3}
  rows:
    - {id: wages, kind: cost, label: {sv: Lön, en: Wages}}
    - {id: net, kind: net, label: {sv: Netto, en: Net}}
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kind: cost", "kind: ¤costs", "costs går inte att använda här. Menade du cost?"),
        ("- {id: wages, kind: cost", "¤- {id: wages, kind: income", "Budgeten har ingen rad av slaget cost"),
        ("id: net,", "id: ¤wages,", "id wages finns redan"),
        ("count: 3", "count: ¤40", "Antalet år ska vara mellan 1 och 10"),
        ("{count: 3}", "¤{start: 2027}", "count saknas här"),
        ("{count: 3}", "{count: 3, period: ¤answer}", "answer finns inte bland frågorna av rätt slag"),
    ],
)
def test_a_faulty_budget_is_told_where_it_stands(old: str, new: str, told: str) -> None:
    text, place = at_mark(with_question(BUDGET.replace(old, new)))
    assert any(fault.startswith(f"{place}: {told}") for fault in faults_in(text))


def test_a_computed_row_comes_once_in_a_budget() -> None:
    again = BUDGET + "    - {id: net_again, kind: net, label: {sv: Netto, en: Net}}\n"
    assert "Raden net finns redan i budgeten" in only_fault(with_question(again))


def test_a_budget_may_take_its_years_from_a_period_further_down() -> None:
    earlier = BUDGET.replace("{count: 3}", "{count: 3, period: time}")
    later = "- {id: time, kind: period, label: {sv: T, en: T}}\n"
    assert read_definition(with_question(earlier + later)).question("money").options.years == Years(
        count=3, period="time"
    )


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        ("checks: [{kind: any_answered, questions: [answer, money]}]", None),
        ("checks: [{kind: any_answered, questions: [ansver]}]", "Menade du answer?"),
        ("checks: [{kind: any_answered, questions: []}]", "Listan är tom"),
        (
            "checks: [{kind: any, questions: [answer]}]",
            "Det som går att skriva här är: any_answered, column_equals, order",
        ),
        (
            "checks: [{kind: sum_equals, question: answer, budget: money, row: net}]",
            "finns inte bland frågorna av rätt",
        ),
        ("checks: [{kind: sum_equals, question: sought, budget: money, row: nett}]", "Menade du net?"),
        ("checks: [{kind: sum_equals, question: sought, budget: money}]", "row saknas här"),
        ("checks: [{kind: sum_equals, question: sought, budget: money, row: net}]", None),
        ("facts: {amount: money.net}", None),
        ("facts: {amount: money.nett}", "Menade du money.net?"),
        ("facts: {amount: money}", "money är ingen rad i en budget"),
        ("facts: {title: answer}", "answer finns inte bland frågorna av rätt slag"),
        ("facts: {titel: answer}", "Menade du title?"),
    ],
)
def test_checks_and_facts_name_questions_that_exist(rest: str, told: str | None) -> None:
    text = with_question(BUDGET + "- {id: sought, kind: money, label: {sv: Sökt, en: Sought}}\n") + rest
    if told is None:
        assert isinstance(read_definition(text), Form)
    else:
        assert told in " ".join(faults_in(text))


def test_two_sections_cannot_have_the_same_id() -> None:
    again = FORM + FORM[FORM.index("  - id: first") :].replace("id: answer", "id: other")
    assert only_fault(again).startswith("rad 11, kolumn 9: id first finns redan")


def test_a_form_without_sections_is_refused() -> None:
    assert "Listan är tom" in only_fault(FORM[: FORM.index("sections:")] + "sections: []\n")


# --- what is no plain YAML -----------------------------------------------------------------------------------------


def test_a_file_that_is_no_yaml_is_told_where_it_breaks() -> None:
    fault = only_fault(FORM.replace("intro: {sv: Hej., en: Hello.}", "intro: Hej: du"))
    assert fault.startswith("rad 3, kolumn 11: Filen går inte att läsa här. Kontrollera indrag och kolon")


def test_an_empty_file_is_told() -> None:
    assert only_fault("# nothing\n") == "rad 1, kolumn 1: Filen är tom."


def test_a_file_with_control_characters_is_told() -> None:
    assert "Filen går inte att läsa här" in only_fault("key: \x01")


def test_a_tag_that_would_run_code_is_refused_and_not_run(tmp_path: object) -> None:
    fault = only_fault(FORM.replace("key: trial", f"key: !!python/object/apply:os.mkdir ['{tmp_path}/ran']"))
    assert fault.startswith("rad 1, kolumn 6: Taggar (!) går inte att använda")


def test_aliases_that_would_grow_without_bound_are_refused() -> None:
    pairs = zip("abcdefgh", "bcdefghi", strict=True)
    bomb = 'a: &a ["x"]\n' + "".join(f"{name}: &{name} [{', '.join(['*' + last] * 9)}]\n" for last, name in pairs)
    assert all("Ankare och alias" in fault for fault in faults_in(bomb))


def test_a_list_within_itself_is_refused() -> None:
    assert "Ankare och alias" in only_fault("key: &a [*a]\n")


def test_a_file_with_endless_levels_is_refused() -> None:
    assert only_fault("[" * 100_000) == "rad 1, kolumn 1: Filen har för många nivåer i varandra."


def test_a_file_that_is_no_form_by_its_size_is_refused_unread() -> None:
    assert "för stor" in only_fault("a" * (LONGEST_FILE + 1))


def test_a_number_of_a_thousand_digits_is_no_number() -> None:
    fault = only_fault(with_question(f"- {{id: q, kind: text, label: {{sv: a, en: b}}, max_words: {'9' * 5000}}}\n"))
    assert "Här ska det stå ett heltal" in fault


@given(line=st.integers(min_value=0, max_value=9), junk=st.sampled_from(["\tx", "}", "'", "- : -", "%x", "!!x y"]))
def test_a_line_of_junk_anywhere_gives_faults_and_nothing_else(line: int, junk: str) -> None:
    lines = FORM.splitlines()
    lines[line] = junk
    with pytest.raises(DefinitionFaulty) as caught:
        read_definition("\n".join(lines))
    assert all(1 <= fault.line <= len(lines) + 1 for fault in caught.value.faults)


@given(text=st.text(max_size=200))
def test_any_text_is_a_form_or_faults(text: str) -> None:
    with pytest.raises(DefinitionFaulty) as caught:
        read_definition(text)
    assert caught.value.faults


@given(st.data())
def test_a_misspelt_kind_is_told_at_its_own_line(data: st.DataObject) -> None:
    count = data.draw(st.integers(min_value=1, max_value=12))
    wrong = data.draw(st.integers(min_value=0, max_value=count - 1))
    kinds = ["txet" if number == wrong else "text" for number in range(count)]
    lines = "".join(f"- {{id: q{n}, kind: {kind}, label: {{sv: a, en: b}}}}\n" for n, kind in enumerate(kinds))
    assert only_fault(with_question(lines)).startswith(f"rad {11 + wrong}, kolumn ")
