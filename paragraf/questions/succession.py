"""Whether a text may be the next version of a form: what may not change under the same id.

Drafts are carried over by the ids of their questions. An id that came to mean something else would put one question's
answer under another, so it is a fault of the text, told with its line and column like all others.
"""

from __future__ import annotations

from collections.abc import Iterator

from paragraf.core.errors import N_
from paragraf.questions.changes import NamedPart, named_parts
from paragraf.questions.definition import BudgetRow, Form, Part, Question, Section
from paragraf.questions.nodes import Entry, Fault, Faults, compose
from paragraf.questions.reading import DefinitionFaulty, read_definition

_OTHER_KEY = N_("Det här formuläret heter %(old)s och kan inte byta key. Skriv key: %(old)s.")
_OTHER_PURPOSE = N_(
    "Det som är inskickat är av slaget %(old)s, så samma formulär kan inte bli %(new)s. Gör ett nytt formulär med en "
    "egen key."
)
_OTHER_KIND = N_(
    "Frågan %(id)s är av slaget %(old)s i den version som används och kan inte bli %(new)s: svaren skulle inte gå att "
    "läsa. Ge frågan ett nytt id."
)
_OTHER_PART_KIND = N_(
    "%(part)s i frågan %(id)s är av slaget %(old)s i den version som används och kan inte bli %(new)s. Ge den ett "
    "nytt id."
)
_OTHER_REPEAT = N_(
    "Frågan %(id)s ställdes förut i ett annat upprepat avsnitt, eller i ett som inte upprepades. Svaren skulle inte gå "
    "att hitta. Ge frågan ett nytt id."
)


def read_successor(text: str, used: Form | None) -> Form:
    """Return the form of the text, fit to follow ``used`` (None for a new form); DefinitionFaulty with every fault."""
    form = read_definition(text)
    if used is not None and (found := tuple(_faults(text, used, form))):
        raise DefinitionFaulty(found)
    return form


def faults_of(text: str, used: Form | None) -> tuple[Fault, ...]:
    """Return every fault of the text, from its top to its bottom; none when it may be published."""
    try:
        read_successor(text, used)
    except DefinitionFaulty as faulty:
        return faulty.faults
    return ()


def _faults(text: str, used: Form, form: Form) -> tuple[Fault, ...]:
    faults = Faults()
    outermost = compose(text, faults)
    if outermost is not None:
        _hold_against(used, form, _Places(outermost))
    return faults.in_order()


class _Places:
    """Where in the file things stand, for a file that is known to be a form."""

    def __init__(self, outermost: Entry) -> None:
        self.outermost = outermost
        self._questions: dict[str, Entry] = {}
        sections = outermost.peek("sections")
        for section in sections.items() if sections else []:
            questions = section.peek("questions")
            for question in questions.items() if questions else []:
                if name := question.peek("id"):
                    self._questions[str(name.node.value)] = name

    def of_key(self, key: str) -> Entry:
        return self.outermost.peek(key) or self.outermost

    def of_question(self, question_id: str) -> Entry:
        return self._questions.get(question_id, self.outermost)


def _hold_against(used: Form, form: Form, places: _Places) -> None:
    if form.key != used.key:
        places.of_key("key").fault(_OTHER_KEY, old=used.key)
    if form.purpose is not used.purpose:
        places.of_key("purpose").fault(_OTHER_PURPOSE, old=used.purpose.value, new=form.purpose.value)
    before = {question.id: (section, question) for section, question in _asked(used)}
    for section, question in _asked(form):
        if question.id in before:
            _hold_question(before[question.id], (section, question), places)


def _asked(form: Form) -> Iterator[tuple[Section, Question]]:
    return ((section, question) for section in form.sections for question in section.questions)


def _hold_question(before: tuple[Section, Question], after: tuple[Section, Question], places: _Places) -> None:
    (old_section, old), (new_section, new) = before, after
    place = places.of_question(new.id)
    if old.kind is not new.kind:
        place.fault(_OTHER_KIND, id=new.id, old=old.kind.value, new=new.kind.value)
    elif _repeats(old_section) != _repeats(new_section):
        place.fault(_OTHER_REPEAT, id=new.id)
    else:
        for part, one, other in _parts_of_other_kind(old, new):
            place.fault(_OTHER_PART_KIND, id=new.id, part=part, old=one, new=other)


def _repeats(section: Section) -> tuple[str, str | None] | None:
    """What a question's answers are kept by, where its section repeats: the section, and whose members its entries are.

    Both are part of where an answer is found (``questions.unfolding``).
    """
    return (section.id, section.repeat.for_each) if section.repeat is not None else None


def _parts_of_other_kind(old: Question, new: Question) -> Iterator[tuple[str, str, str]]:
    """Rows and columns whose kind changed: a cost that became an income would turn the sums."""
    before = {place: _kind_of(part) for place, part in named_parts(old.options).items()}
    for place, part in named_parts(new.options).items():
        one, other = before.get(place), _kind_of(part)
        if one and other and one != other:
            yield place[1], one, other


def _kind_of(part: NamedPart) -> str:
    if isinstance(part, BudgetRow):
        return part.kind.value
    return part.scalar if isinstance(part, Part) else ""
