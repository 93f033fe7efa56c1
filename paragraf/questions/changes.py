"""What differs between two versions of a form, question by question. Pure: two Forms in, the differences out.

Questions are known by their ids, so a label that is mended is a changed text and never another question.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from paragraf.questions.definition import (
    BudgetGroup,
    BudgetRow,
    Choice,
    FixedRow,
    Form,
    Options,
    Part,
    Question,
    Section,
    Text,
)


class Sort(StrEnum):
    """In what way something differs."""

    ADDED = "added"
    REMOVED = "removed"
    KIND = "kind"
    TEXT = "text"
    REQUIRED = "required"
    OPTIONAL = "optional"
    OPTIONS = "options"
    CONDITION = "condition"
    REPEAT = "repeat"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """One question that differs; ``old`` is None where it is new, ``new`` where it is taken away.

    ``section`` is where it is asked now, or was asked last.
    """

    id: str
    section: Text
    sorts: tuple[Sort, ...]
    old: Question | None
    new: Question | None

    @property
    def label(self) -> Text:
        """What the question is called now, or was called last."""
        found = self.new or self.old
        if found is None:
            raise ValueError("a change is of a question")
        return found.label

    @property
    def added_parts(self) -> tuple[Text, ...]:
        """The labels of alternatives, rows and columns that the question has got."""
        return _labels_beyond(self.new, self.old)

    @property
    def removed_parts(self) -> tuple[Text, ...]:
        """The labels of alternatives, rows and columns that the question has lost."""
        return _labels_beyond(self.old, self.new)


@dataclass(frozen=True, slots=True)
class SectionChange:
    """One section that differs, apart from its questions."""

    id: str
    title: Text
    sorts: tuple[Sort, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """All differences. Each question and each section that differs is there once.

    ``form`` names what differs of the form itself: title, intro, checks, facts, receipt, purpose.
    """

    questions: tuple[QuestionChange, ...] = ()
    sections: tuple[SectionChange, ...] = ()
    form: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.questions or self.sections or self.form)


def compare(old: Form, new: Form) -> Changes:
    """Return what differs in ``new``, in its order; what is taken away comes last, in the order of ``old``."""
    return Changes(tuple(_questions(old, new)), tuple(_sections(old, new)), tuple(_of_the_form(old, new)))


def _of_the_form(old: Form, new: Form) -> Iterable[str]:
    names = ("title", "intro", "checks", "facts", "receipt", "purpose")
    return (name for name in names if getattr(old, name) != getattr(new, name))


# --- questions -------------------------------------------------------------------------------------------------------


def _questions(old: Form, new: Form) -> Iterable[QuestionChange]:
    before, after = _places(old), _places(new)
    moved = _moved(before, after)
    for name, (section, question) in after.items():
        if name not in before:
            yield QuestionChange(name, section.title, (Sort.ADDED,), None, question)
        elif sorts := tuple(_sorts(before[name][1], question, moved=name in moved)):
            yield QuestionChange(name, section.title, sorts, before[name][1], question)
    for name, (section, question) in before.items():
        if name not in after:
            yield QuestionChange(name, section.title, (Sort.REMOVED,), question, None)


def _places(form: Form) -> dict[str, tuple[Section, Question]]:
    return {question.id: (section, question) for section in form.sections for question in section.questions}


def _moved(
    before: Mapping[str, tuple[Section, Question]], after: Mapping[str, tuple[Section, Question]]
) -> frozenset[str]:
    """The questions that stand in another section, or in another order among those that both forms have."""
    elsewhere = {name for name in after if name in before and after[name][0].id != before[name][0].id}
    stayed = [name for name in before if name in after and name not in elsewhere]
    return frozenset(elsewhere) | _out_of_order(stayed, [name for name in after if name in stayed])


def _out_of_order(before: Sequence[str], after: Sequence[str]) -> frozenset[str]:
    """The fewest names whose moving explains the other order: all but a longest rising run (patience sorting)."""
    rank = {name: place for place, name in enumerate(before)}
    tops: list[int] = []
    ends: list[str] = []
    previous: dict[str, str | None] = {}
    for name in after:
        pile = bisect_left(tops, rank[name])
        previous[name] = ends[pile - 1] if pile else None
        tops[pile:], ends[pile:] = [rank[name], *tops[pile + 1 :]], [name, *ends[pile + 1 :]]
    kept, last = set[str](), ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = previous[last]
    return frozenset(before) - kept


def _sorts(old: Question, new: Question, *, moved: bool) -> Iterable[Sort]:
    if old.kind != new.kind:
        yield Sort.KIND
    if (old.label, old.help) != (new.label, new.help):
        yield Sort.TEXT
    if old.required != new.required:
        yield Sort.REQUIRED if new.required else Sort.OPTIONAL
    if old.options != new.options:
        yield Sort.OPTIONS
    if old.show_when != new.show_when:
        yield Sort.CONDITION
    if moved:
        yield Sort.MOVED


# --- sections --------------------------------------------------------------------------------------------------------


def _sections(old: Form, new: Form) -> Iterable[SectionChange]:
    before = {section.id: section for section in old.sections}
    after = {section.id: section for section in new.sections}
    moved = _out_of_order([name for name in before if name in after], [name for name in after if name in before])
    for name, section in after.items():
        if name not in before:
            yield SectionChange(name, section.title, (Sort.ADDED,))
        elif sorts := tuple(_section_sorts(before[name], section, moved=name in moved)):
            yield SectionChange(name, section.title, sorts)
    for name, section in before.items():
        if name not in after:
            yield SectionChange(name, section.title, (Sort.REMOVED,))


def _section_sorts(old: Section, new: Section, *, moved: bool) -> Iterable[Sort]:
    if (old.title, old.help) != (new.title, new.help):
        yield Sort.TEXT
    if old.show_when != new.show_when:
        yield Sort.CONDITION
    if old.repeat != new.repeat:
        yield Sort.REPEAT
    if moved:
        yield Sort.MOVED


# --- within a question ----------------------------------------------------------------------------------------------


#: What stands in a list within a question and has a name of its own there.
NamedPart = Choice | BudgetRow | BudgetGroup | FixedRow | Part


def named_parts(options: Options) -> dict[tuple[str, str], NamedPart]:
    """Return alternatives, rows, groups and columns by what sort of list they stand in and their id."""
    lists: dict[str, tuple[NamedPart, ...]] = {
        "choices": options.choices,
        "rows": options.rows,
        "groups": options.groups,
        "fixed_rows": options.fixed_rows,
        "columns": options.columns,
    }
    return {(name, _name(part)): part for name, parts in lists.items() for part in parts}


def _name(part: NamedPart) -> str:
    return part.name if isinstance(part, Part) else part.id


def _labels_beyond(one: Question | None, other: Question | None) -> tuple[Text, ...]:
    """The labels of what ``one`` has and ``other`` lacks, where both are there to compare."""
    if one is None or other is None:
        return ()
    known = named_parts(other.options)
    return tuple(part.label for place, part in named_parts(one.options).items() if place not in known)
