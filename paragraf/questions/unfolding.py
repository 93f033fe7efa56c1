"""A form whose repeated sections are written out: one ordinary section for each entry.

What saves, merges, checks, adds up and prints works on the unfolded form and knows nothing of repeats. See
docs/decisions/0017.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from paragraf.questions.conditions import Answers
from paragraf.questions.context import Context
from paragraf.questions.definition import Check, Condition, Form, Question, Section, SummarySource, Text
from paragraf.questions.entries import entries_of, name_of, question_id

_MOST_KEPT = 32
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of a repeated section: its id, what it is called, and the title of its section."""

    id: str
    called: Text
    title: Text


_Entries = Mapping[str, tuple[_Entry, ...]]


def unfold(form: Form, answers: Answers, context: Context) -> Form:
    """Return the form with each repeated section once for each entry; a form without any is returned as it is.

    The section ``annex`` becomes ``annex-1``, ``annex-2`` …, and its question ``budget`` ``annex-1-budget``.
    Conditions, periods and checks that name questions of the section name those of the same entry afterwards. The same
    entries with the same names give the same Form object again.
    """
    if not form.repeats:
        return form
    entries = {
        section.id: tuple(
            _entry(section, entry, place, name_of(section, entry, answers, context))
            for place, entry in enumerate(entries_of(form, section, answers, context), start=1)
        )
        for section in form.sections
        if section.repeat
    }
    kept: dict[tuple[tuple[_Entry, ...], ...], Form] = form.unfolded
    key = tuple(entries.values())
    found = kept.get(key)
    if found is None:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        found = kept[key] = _unfolded(form, entries)
    return found


def _entry(section: Section, entry: str, place: int, name: Text | None) -> _Entry:
    if name:
        short = Text(_shortened(name.sv), _shortened(name.en))
        return _Entry(entry, short, Text(f"{section.title.sv}: {short.sv}", f"{section.title.en}: {short.en}"))
    kind = section.repeat.called if section.repeat and section.repeat.called else section.title
    called = Text(f"{kind.sv} {place}", f"{kind.en} {place}")
    return _Entry(entry, called, called)


def _shortened(name: str) -> str:
    """A text question may be answered with a whole page, which is no heading."""
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def _unfolded(form: Form, entries: _Entries) -> Form:
    return replace(
        form,
        sections=tuple(each for section in form.sections for each in _sections(section, entries)),
        checks=tuple(each for check in form.checks for each in _checks(form, check, entries)),
    )


def _sections(section: Section, entries: _Entries) -> Iterator[Section]:
    if section.repeat is None:
        questions = tuple(_with_sources(question, entries) for question in section.questions)
        yield section if questions == section.questions else replace(section, questions=questions)
        return
    for entry in entries[section.id]:
        names = _names(section, entry)
        yield replace(
            section,
            id=f"{section.id}-{entry.id}",
            title=entry.title,
            questions=tuple(_question(_with_sources(one, entries), names) for one in section.questions),
            repeat=None,
            repeated=section.id,
            entry=entry.id,
        )


def _names(section: Section, entry: _Entry) -> dict[str, str]:
    return {question.id: question_id(section.id, entry.id, question.id) for question in section.questions}


def _question(question: Question, names: Mapping[str, str]) -> Question:
    years, condition = question.options.years, question.show_when
    options = question.options
    if years and years.period and years.period in names:
        options = replace(options, years=replace(years, period=names[years.period]))
    return replace(
        question, id=names[question.id], options=options, show_when=_condition(condition, names) if condition else None
    )


def _condition(condition: Condition, names: Mapping[str, str]) -> Condition:
    return replace(condition, question=names.get(condition.question, condition.question))


def _with_sources(question: Question, entries: _Entries) -> Question:
    """Return a summary with one source for each entry of the repeated sections it adds up."""
    if not any(source.section for source in question.options.of):
        return question
    sources = (each for source in question.options.of for each in _sources(source, entries))
    return replace(question, options=replace(question.options, of=tuple(sources)))


def _sources(source: SummarySource, entries: _Entries) -> Iterator[SummarySource]:
    if source.section is None:
        yield source
        return
    for entry in entries[source.section]:
        yield SummarySource(question_id(source.section, entry.id, source.question), None, entry.called)


def _checks(form: Form, check: Check, entries: _Entries) -> Iterator[Check]:
    """Yield the check once, or once for each entry of the repeated section whose questions it names."""
    named = {*check.questions, check.question, check.budget, check.inner, check.outer, check.first, check.then}
    named.add(check.table)
    repeated = next((form.section_of(name) for name in named if name and form.section_of(name).repeat), None)
    if repeated is None:
        yield check
        return
    for entry in entries[repeated.id]:
        names = _names(repeated, entry)
        fields = ("question", "budget", "inner", "outer", "first", "then", "table")
        changed = {field: names.get(getattr(check, field), getattr(check, field)) for field in fields}
        yield replace(check, questions=tuple(names.get(name, name) for name in check.questions), **changed)
