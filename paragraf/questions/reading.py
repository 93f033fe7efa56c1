"""From the YAML that a secretary writes to a Form, with every fault at once, each with its line and column."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from paragraf.core.errors import RuleBroken
from paragraf.questions.definition import (
    Condition,
    FactSources,
    Form,
    Kind,
    Options,
    Purpose,
    Question,
    Receipt,
    Repeat,
    Section,
    Text,
)
from paragraf.questions.entries import question_id
from paragraf.questions.identity import label_of, unique_id
from paragraf.questions.kinds import KINDS
from paragraf.questions.nodes import Entry, Fault, Faults, compose
from paragraf.questions.reading_options import read_options
from paragraf.questions.references import References

_FORM_KEYS = frozenset({"key", "title", "intro", "sections", "checks", "facts", "purpose", "received"})
_SECTION_KEYS = frozenset({"id", "title", "help", "questions", "show_when", "repeat"})
_QUESTION_KEYS = frozenset({"id", "kind", "label", "help", "required", "show_when"})
_NAMING = frozenset({Kind.TEXT, Kind.CHOICE, Kind.ORGANISATION})
#: Files are filed under the question's id, with its entry.
_LONGEST_FILED_ID = 60
#: More entries than this is not a form but a register.
MOST_ENTRIES = 50


class DefinitionFaulty(RuleBroken):
    """The file is no form yet; ``faults`` says where and what to do, from the top of the file to the bottom."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("Formuläret har %(count)s fel. Det första: %(first)s", count=len(faults), first=str(faults[0]))
        self.faults = faults


@lru_cache(maxsize=64)
def read_definition(text: str) -> Form:
    """Return the form that the YAML text defines; DefinitionFaulty with every fault that could be found.

    The same text gives the same Form object, which is safe since a Form cannot be changed.
    """
    faults = Faults()
    outermost = compose(text, faults)
    form = _Reader().form(outermost) if outermost else None
    found = faults.in_order()
    if found or form is None:
        raise DefinitionFaulty(found)
    return form


class _Reader:
    """Reads one definition from top to bottom and remembers its questions, so that references can be checked.

    What is faulty is left out or left blank on the way: the form is refused as a whole at the end.
    """

    def __init__(self) -> None:
        self.known = References()
        self.question_ids: set[str] = set()
        self.section_ids: set[str] = set()
        #: What names a question that may come later, with the repeated section it is named in.
        self.budget_periods: list[tuple[Entry, str]] = []
        self.summaries: list[tuple[Entry, Question]] = []

    def form(self, entry: Entry) -> Form:
        keys = entry.mapping(_FORM_KEYS, ("key", "title", "intro", "sections"))
        items = _filled_list(keys.get("sections"))
        self.known.all_ids = frozenset(name for item in items for name in _ids_in(item))
        sections = tuple(self.section(item) for item in items)
        self.check_later_names()
        facts = self.known.facts(keys["facts"]) if "facts" in keys else FactSources()
        return Form(
            key=unique_id(keys.get("key"), set()),
            title=_bilingual(keys, "title"),
            intro=_bilingual(keys, "intro"),
            sections=sections,
            checks=tuple(self.known.check(item) for item in keys["checks"].items()) if "checks" in keys else (),
            facts=facts,
            purpose=Purpose(keys["purpose"].one_of(Purpose) or Purpose.APPLICATION)
            if "purpose" in keys
            else Purpose.APPLICATION,
            receipt=self.known.receipt(keys["received"], facts) if "received" in keys else Receipt.ON_SUBMISSION,
        )

    def check_later_names(self) -> None:
        """Check the names of periods and budgets, which may stand below what names them."""
        for period, inside in self.budget_periods:
            self.known.find(period, {Kind.PERIOD}, inside=inside)
        for entry, question in self.summaries:
            for item, source in zip(entry.items(), question.options.of, strict=False):
                self.known.source(item, source)

    def section(self, entry: Entry) -> Section:
        keys = entry.mapping(_SECTION_KEYS, ("id", "title", "questions"))
        section_id = unique_id(keys.get("id"), self.section_ids)
        inside = section_id if "repeat" in keys else ""
        if inside in self.known.all_ids:
            keys["id"].fault("id %(id)s är redan en fråga. Ett avsnitt som upprepas måste ha ett eget id.", id=inside)
        show_when = self.condition(keys["show_when"], "") if "show_when" in keys else None
        return Section(
            id=section_id,
            title=_bilingual(keys, "title"),
            help=keys["help"].bilingual() if "help" in keys else None,
            questions=tuple(self.question(item, inside) for item in _filled_list(keys.get("questions"))),
            show_when=show_when,
            repeat=self.repeat(keys["repeat"], inside) if "repeat" in keys else None,
        )

    def repeat(self, entry: Entry, inside: str) -> Repeat:
        """Return how the section repeats. Its questions are read by now, since one of them may name the entry."""
        if entry.peek("for_each"):
            keys = entry.mapping({"for_each"})
            return Repeat(for_each=self.known.find(keys["for_each"], {Kind.COOPERATING_PARTIES}, earlier=True))
        keys = entry.mapping({"at_least", "at_most", "called", "named_by"}, ("called",))
        least = keys["at_least"].number() if "at_least" in keys else 1
        most = keys["at_most"].number() if "at_most" in keys else MOST_ENTRIES
        if most is not None and not max(least or 0, 1) <= most <= MOST_ENTRIES:
            keys.get("at_most", entry).fault("at_most ska vara minst at_least och högst %(most)s.", most=MOST_ENTRIES)
        named_by = self.known.find(keys["named_by"], _NAMING, inside=inside) if "named_by" in keys else None
        if named_by and self.known.repeated_in[named_by] != inside:
            keys["named_by"].fault("named_by ska vara en fråga i samma avsnitt.")
        return Repeat(least if least is not None else 1, most, _bilingual(keys, "called"), named_by)

    def question(self, entry: Entry, inside: str) -> Question:
        kind = _kind_of(entry)
        spec = KINDS[kind] if kind else None
        allowed = spec.options if spec else _ALL_OPTIONS
        keys = entry.mapping(_QUESTION_KEYS | allowed, ("id", "kind", "label", *(spec.demanded if spec else ())))
        question = Question(
            id=unique_id(keys.get("id"), self.question_ids),
            kind=kind or Kind.TEXT,
            label=label_of(keys),
            help=keys["help"].bilingual() if "help" in keys else None,
            required=keys["required"].flag() is not False if "required" in keys else True,
            options=read_options(kind, keys) if kind else Options(),
            show_when=self.condition(keys["show_when"], inside) if "show_when" in keys else None,
        )
        if question.options.years and (period := keys["years"].peek("period")):
            self.budget_periods.append((period, inside))
        if question.options.of:
            self.summaries.append((keys["of"], question))
        if inside and kind is Kind.ATTACHMENTS and len(question_id(inside, "9999", question.id)) > _LONGEST_FILED_ID:
            keys["id"].fault("Frågans och avsnittets id är för långa tillsammans. Korta det ena.")
        self.known.remember(question, inside)
        return question

    def condition(self, entry: Entry, inside: str) -> Condition | None:
        """Return the condition. It may only look back, so that conditions can never go in a circle."""
        keys = entry.mapping({"question", "equals", "answered"}, ("question",))
        name = self.known.find(keys.get("question"), set(Kind), inside=inside, earlier=True)
        if name is None:
            return None
        if ("equals" in keys) == ("answered" in keys):
            entry.fault("Skriv antingen equals: med ett svar, eller answered: true.")
            return None
        if "answered" in keys:
            if keys["answered"].flag() is False:
                keys["answered"].fault("answered kan bara vara true.")
            return Condition(name)
        return Condition(name, self.awaited(keys["equals"], self.known.questions[name]))

    def awaited(self, entry: Entry, question: Question) -> str | bool | None:
        """Return the answer a condition waits for; it must be one that the question can get."""
        if question.kind in (Kind.YES_NO, Kind.DECLARATION):
            return entry.flag()
        if question.options.choices:
            return entry.one_of(choice.id for choice in question.options.choices)
        entry.fault("equals går bara att använda med en fråga med alternativ eller ja och nej. Skriv answered: true.")
        return None


_ALL_OPTIONS = frozenset[str]().union(*(known.options for known in KINDS.values()))


def _ids_in(section: Entry) -> Iterator[str]:
    """Yield the ids of the section's questions as they are written, without a word about faults."""
    questions = section.peek("questions")
    for question in questions.items() if questions and questions.is_list() else []:
        if question_id := question.peek("id"):
            yield str(question_id.node.value)


def _kind_of(entry: Entry) -> Kind | None:
    """Return the question's kind, or None; a wrong one is told here, an absent one when the keys are read."""
    kind = entry.peek("kind")
    name = kind.one_of(Kind) if kind else None
    return Kind(name) if name else None


def _filled_list(entry: Entry | None) -> list[Entry]:
    items = entry.items() if entry else []
    if entry and not items and entry.is_list():
        entry.fault("Listan är tom. Skriv minst en sak i den.")
    return items


def _bilingual(keys: dict[str, Entry], name: str) -> Text:
    return keys[name].bilingual() if name in keys else Text("", "")
