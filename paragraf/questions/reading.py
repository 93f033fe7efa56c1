"""From the YAML that a secretary writes to a Form, with every fault at once, each with its line and column."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from paragraf.core.errors import RuleBroken
from paragraf.questions.definition import (
    Check,
    CheckKind,
    Condition,
    FactSources,
    Form,
    Kind,
    Options,
    Question,
    Section,
    Text,
)
from paragraf.questions.identity import unique_id
from paragraf.questions.kinds import KINDS
from paragraf.questions.nodes import Entry, Fault, Faults, compose, nearest
from paragraf.questions.reading_options import read_options

_QUESTION_KEYS = frozenset({"id", "kind", "label", "help", "required", "show_when"})
_FACT_KINDS = {
    "title": {Kind.TEXT},
    "summary": {Kind.TEXT, Kind.LONG_TEXT},
    "applicant": {Kind.ORGANISATION},
    "contact": {Kind.PERSON},
    "period": {Kind.PERIOD},
    "parties": {Kind.COOPERATING_PARTIES},
}


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
        self.questions: dict[str, Question] = {}
        self.question_ids: set[str] = set()
        self.section_ids: set[str] = set()
        self.budget_periods: list[Entry] = []

    def form(self, entry: Entry) -> Form:
        required = ("key", "title", "intro", "sections")
        keys = entry.mapping({*required, "checks", "facts"}, required)
        sections = tuple(self.section(item) for item in _filled_list(keys.get("sections")))
        for period in self.budget_periods:
            self.reference(period, {Kind.PERIOD})
        return Form(
            key=unique_id(keys.get("key"), set()),
            title=_bilingual(keys, "title"),
            intro=_bilingual(keys, "intro"),
            sections=sections,
            checks=tuple(self.check(item) for item in keys["checks"].items()) if "checks" in keys else (),
            facts=self.facts(keys["facts"]) if "facts" in keys else FactSources(),
        )

    def section(self, entry: Entry) -> Section:
        keys = entry.mapping({"id", "title", "help", "questions"}, ("id", "title", "questions"))
        return Section(
            id=unique_id(keys.get("id"), self.section_ids),
            title=_bilingual(keys, "title"),
            help=keys["help"].bilingual() if "help" in keys else None,
            questions=tuple(self.question(item) for item in _filled_list(keys.get("questions"))),
        )

    def question(self, entry: Entry) -> Question:
        kind = _kind_of(entry)
        spec = KINDS[kind] if kind else None
        allowed = spec.options if spec else frozenset().union(*(known.options for known in KINDS.values()))
        keys = entry.mapping(_QUESTION_KEYS | allowed, ("id", "kind", "label", *(spec.demanded if spec else ())))
        question = Question(
            id=unique_id(keys.get("id"), self.question_ids),
            kind=kind or Kind.TEXT,
            label=_bilingual(keys, "label"),
            help=keys["help"].bilingual() if "help" in keys else None,
            required=keys["required"].flag() is not False if "required" in keys else True,
            options=read_options(kind, keys) if kind else Options(),
            show_when=self.condition(keys["show_when"]) if "show_when" in keys else None,
        )
        if question.options.years and (period := keys["years"].peek("period")):
            self.budget_periods.append(period)
        self.questions[question.id] = question
        return question

    def condition(self, entry: Entry) -> Condition | None:
        """Return the condition. It may only look back, so that conditions can never go in a circle."""
        keys = entry.mapping({"question", "equals", "answered"}, ("question",))
        name = self.reference(keys.get("question"), set(Kind), earlier=True)
        if name is None:
            return None
        if ("equals" in keys) == ("answered" in keys):
            entry.fault("Skriv antingen equals: med ett svar, eller answered: true.")
            return None
        if "answered" in keys:
            if keys["answered"].flag() is False:
                keys["answered"].fault("answered kan bara vara true.")
            return Condition(name)
        return Condition(name, self.awaited(keys["equals"], self.questions[name]))

    def awaited(self, entry: Entry, question: Question) -> str | bool | None:
        """Return the answer a condition waits for; it must be one that the question can get."""
        if question.kind in (Kind.YES_NO, Kind.DECLARATION):
            return entry.flag()
        if question.options.choices:
            return entry.one_of(choice.id for choice in question.options.choices)
        entry.fault("equals går bara att använda med en fråga med alternativ eller ja och nej. Skriv answered: true.")
        return None

    def check(self, entry: Entry) -> Check:
        kind = entry.peek("kind")
        if kind and kind.one_of(CheckKind) == CheckKind.SUM_EQUALS:
            keys = entry.mapping({"kind", "question", "budget", "row"}, ("question", "budget", "row"))
            question = self.reference(keys.get("question"), {Kind.MONEY}) or ""
            budget = self.reference(keys.get("budget"), {Kind.BUDGET}) or ""
            return Check(CheckKind.SUM_EQUALS, (), question, budget, self.budget_row(keys.get("row"), budget))
        keys = entry.mapping({"kind", "questions"}, ("kind", "questions"))
        names = _filled_list(keys.get("questions"))
        return Check(CheckKind.ANY_ANSWERED, tuple(self.reference(name, set(Kind)) or "" for name in names))

    def facts(self, entry: Entry) -> FactSources:
        keys = entry.mapping({*_FACT_KINDS, "amount"})
        sources = {name: self.reference(keys[name], kinds) for name, kinds in _FACT_KINDS.items() if name in keys}
        return FactSources(**sources, amount=self.amount(keys["amount"]) if "amount" in keys else None)

    def amount(self, entry: Entry) -> str | None:
        """Return ``budget.row`` where both are known."""
        written = entry.text() or ""
        rows = {f"{name}.{row.id}" for name, question in self.questions.items() for row in question.options.rows}
        if written in rows:
            return written
        entry.fault("%(name)s är ingen rad i en budget. %(hint)s", name=written, hint=nearest(written, rows))
        return None

    def budget_row(self, entry: Entry | None, budget: str) -> str:
        if entry is None or not budget:
            return ""
        return entry.one_of(row.id for row in self.questions[budget].options.rows) or ""

    def reference(self, entry: Entry | None, kinds: Iterable[Kind], *, earlier: bool = False) -> str | None:
        """Return the id of a question of one of the kinds; a name that is no such question is a fault."""
        name = entry.text() if entry else None
        if entry is None or name is None:
            return None
        fitting = {question.id for question in self.questions.values() if question.kind in set(kinds) and question.id}
        if name in fitting:
            return name
        where = "bland frågorna ovanför" if earlier else "bland frågorna av rätt slag"
        entry.fault("%(name)s finns inte %(where)s. %(hint)s", name=name, where=where, hint=nearest(name, fitting))
        return None


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
