from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from paragraf.core.formatted import Block, Formatted, Span
from paragraf.word.faults import nearest
from paragraf.word.fields import FieldKind, FieldLine, Says, example_of, field_lines, field_paths
from paragraf.word.filling.usage import unknown_step


@dataclass(frozen=True)
class Person:
    name: Annotated[str, Says("Namn", "Maj Ek")]


@dataclass(frozen=True)
class Page:
    title: Annotated[str, Says("Rubrik", "Protokoll")]
    chair: Annotated[Person, Says("Ordförande")]
    members: Annotated[tuple[Person, ...], Says("Ledamöter")] = ()
    notes: Annotated[tuple[str, ...], Says("Anteckningar", "Ingen")] = ()


def test_fields_are_listed_in_order_with_their_meaning() -> None:
    assert field_lines(Page) == (
        FieldLine("title", False, "Rubrik", "Protokoll"),
        FieldLine("chair", False, "Ordförande", "", FieldKind.GROUP),
        FieldLine("chair.name", False, "Namn", "Maj Ek"),
        FieldLine("members", True, "Ledamöter", "", FieldKind.GROUP),
        FieldLine("members[].name", False, "Namn", "Maj Ek"),
        FieldLine("notes", True, "Anteckningar", "Ingen"),
    )


def test_paths_name_lists_and_their_elements() -> None:
    expected = {"title", "chair", "chair.name", "members", "members[]", "members[].name", "notes", "notes[]"}
    assert field_paths(Page) == expected


def test_an_example_is_made_of_the_examples() -> None:
    assert example_of(Page) == Page("Protokoll", Person("Maj Ek"), (Person("Maj Ek"),), ("Ingen",))


def test_the_first_step_that_leads_nowhere_is_told_with_the_nearest_name_beside_it() -> None:
    known = field_paths(Page)
    assert unknown_step("members[].name", known) is None
    assert unknown_step("titel", known) == ("titel", "title")
    assert unknown_step("members[].nam.x", known) == ("members[].nam", "name")
    assert unknown_step("title.upper", known) == ("title.upper", None)
    assert unknown_step("zzz", known) == ("zzz", None)


def test_nothing_alike_is_no_suggestion() -> None:
    assert nearest("meting", ["meeting", "body"]) == "meeting"
    assert nearest("xyz", ["meeting", "body"]) is None


@dataclass(frozen=True)
class Letter:
    body: Annotated[Formatted, Says("Brevets text", "Första stycket\n\nandra stycket")]
    clauses: Annotated[tuple[Formatted, ...], Says("Punkter", "En")] = ()


def test_formatted_text_has_blocks_and_its_example_is_paragraphs() -> None:
    assert [line.kind for line in field_lines(Letter)] == [FieldKind.FORMATTED, FieldKind.FORMATTED]
    assert field_paths(Letter) == {"body", "body[]", "clauses", "clauses[]", "clauses[][]"}
    first, second = (Block((Span(text),)) for text in ("Första stycket", "andra stycket"))
    assert example_of(Letter) == Letter(Formatted((first, second)), (Formatted((Block((Span("En"),)),)),))
