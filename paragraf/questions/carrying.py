"""From answers to one version of a form to answers to another: by id, where the kind is the same. Pure.

Nothing is thrown away: what does not come along is named, and stays in the revision that it was saved in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from paragraf.questions.changes import Changes, QuestionChange, Sort
from paragraf.questions.conditions import Answers
from paragraf.questions.definition import BudgetRow, Choice, Form, Kind, Part, Question, Section
from paragraf.questions.fields import is_unread, unread

#: Changes that leave an answer as good as it was.
_HARMLESS = frozenset({Sort.MOVED, Sort.OPTIONAL, Sort.ADDED})


@dataclass(frozen=True, slots=True)
class Carried:
    """The answers in the new form.

    ``left`` are the stored names of the answers of which something did not come along: a question that is gone, or a
    row or column of one. ``marked`` are those with an alternative that is gone: it stands as it was worded, and is
    pointed out as an answer that cannot be read.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    left: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()


def carry(old: Form, new: Form, answers: Answers, language: str = "sv") -> Carried:
    """Return the answers to ``old`` as answers to ``new``; both forms as they are written, not unfolded.

    ``language`` is that of the applicant: an alternative that is gone is kept as they read it.
    """
    kept: dict[str, Any] = {}
    left, marked = [], []
    for name, value in answers.items():
        one = _Asked.named(old, name)
        other = _Asked.named(new, name)
        if one is None or other is None or not one.same_sort(other):
            left.append(name)
            continue
        carried = _Answer(one.question, other.question, language)
        moved = value if one.question is None else carried.moved(value)
        if moved is not None:
            kept[name] = moved
        if carried.lost or moved is None:
            left.append(name)
        if carried.marked:
            marked.append(name)
    return Carried(kept, tuple(left), tuple(marked))


def concerned_questions(changes: Changes, answers: Answers) -> tuple[QuestionChange, ...]:
    """Return the changes of questions that are answered, without those that leave the answer as good as it was."""
    answered = {name.rpartition("-")[2] for name in answers}
    return tuple(one for one in changes.questions if one.id in answered and not _HARMLESS.issuperset(one.sorts))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a stored name stands for: a question, with its section when that repeats, or (None) a list of entries."""

    section: Section
    question: Question | None

    @classmethod
    def named(cls, form: Form, name: str) -> _Asked | None:
        """``name``, ``annex`` for the entries of a repeated section, ``annex-2-name`` within an entry."""
        section_id, _, rest = name.partition("-")
        for section in form.sections:
            if rest and section.repeat and section.id == section_id:
                question_id = rest.rpartition("-")[2]
                return next((cls(section, one) for one in section.questions if one.id == question_id), None)
            if not rest and section.repeat and section.id == name:
                return cls(section, None)
            found = next((one for one in section.questions if one.id == name and not section.repeat), None)
            if found is not None:
                return cls(section, found)
        return None

    def same_sort(self, other: _Asked) -> bool:
        if self.question is None or other.question is None:
            return self.question is other.question
        return self.question.kind is other.question.kind and _entries(self.section) == _entries(other.section)


def _entries(section: Section) -> str | None:
    return section.repeat.for_each if section.repeat else None


@dataclass(slots=True)
class _Answer:
    """One answer on its way; ``lost`` when a part of it has no place now, ``marked`` when an alternative is gone."""

    old: Question | None
    new: Question | None
    language: str
    lost: bool = False
    marked: bool = False

    def moved(self, value: Any) -> Any:
        if self.old is None or self.new is None or is_unread(value):
            return value
        if self.new.kind in (Kind.CHOICE, Kind.CHOICES):
            return self._chosen(value, self.old.options.choices, self.new.options.choices)
        if self.new.kind is Kind.BUDGET:
            return self._rows(value)
        if self.new.kind is Kind.TABLE:
            return self._table(value)
        return value

    def _chosen(self, value: Any, old: tuple[Choice, ...], new: tuple[Choice, ...]) -> Any:
        if isinstance(value, list):
            return [self._chosen(one, old, new) for one in value]
        if not isinstance(value, str) or any(choice.id == value for choice in new):
            return value
        self.marked = True
        label = next((choice.label.in_language(self.language) for choice in old if choice.id == value), value)
        return unread(label)

    def _rows(self, value: Mapping[str, Any]) -> dict[str, Any] | None:
        before, after = (_kinds(question) for question in (self.old, self.new))
        kept = {row: cells for row, cells in value.items() if row in after and before.get(row) == after[row]}
        self.lost = len(kept) < len(value)
        return kept or None

    def _table(self, value: Any) -> Any:
        if isinstance(value, list):
            return [entry for row in value if (entry := self._cells(row))] or None
        known = {row.id for row in self.new.options.fixed_rows} if self.new else set()
        kept = {row: entry for row, cells in value.items() if row in known and (entry := self._cells(cells))}
        self.lost = self.lost or len(kept) < len(value)
        return kept or None

    def _cells(self, cells: Mapping[str, Any]) -> dict[str, Any]:
        before, after = (_columns(question) for question in (self.old, self.new))
        kept = {}
        for name, value in cells.items():
            if name not in after or (name in before and before[name].scalar != after[name].scalar):
                self.lost = True
            elif after[name].choices and not is_unread(value):
                kept[name] = self._chosen(value, before[name].choices if name in before else (), after[name].choices)
            else:
                kept[name] = value
        return kept


def _kinds(question: Question | None) -> dict[str, str]:
    rows: tuple[BudgetRow, ...] = question.options.rows if question else ()
    return {row.id: row.kind.value for row in rows}


def _columns(question: Question | None) -> dict[str, Part]:
    return {column.name: column for column in question.options.columns} if question else {}
