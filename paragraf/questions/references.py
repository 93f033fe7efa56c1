"""What in a definition names a question: each name is held against the questions that are there, and may be named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from paragraf.core.errors import N_
from paragraf.questions.definition import (
    TOTALS,
    Check,
    CheckKind,
    FactSources,
    Kind,
    Question,
    Receipt,
    SummarySource,
)
from paragraf.questions.kinds import SIGNING_PARTS, is_optional, parts_of
from paragraf.questions.nodes import Entry, nearest

_FACT_KINDS = {
    "title": {Kind.TEXT},
    "summary": {Kind.TEXT, Kind.LONG_TEXT},
    "applicant": {Kind.ORGANISATION},
    "contact": {Kind.PERSON},
    "period": {Kind.PERIOD},
    "parties": {Kind.COOPERATING_PARTIES},
    "signatories": {Kind.SIGNATORIES},
}
_BUDGETS = {Kind.BUDGET, Kind.BUDGET_SUMMARY}
#: What a column's sum may be held against.
_STATED = {"money": Kind.MONEY, "number": Kind.NUMBER, "percent": Kind.PERCENT}
_CIRCLE = N_(
    "%(name)s frågas här eller längre ner. Ett villkor kan bara se tillbaka på frågor ovanför, annars går det i cirkel."
)
_REPEATED = N_("%(name)s står i ett avsnitt som upprepas, så det går inte att veta vilken av dem som menas här.")


@dataclass
class References:
    """The questions read so far, each with the repeated section it stands in (empty for a plain section)."""

    #: Every id in the file, so that a name that comes later is told apart from one that is not there at all.
    all_ids: frozenset[str] = frozenset()
    questions: dict[str, Question] = field(default_factory=dict)
    repeated_in: dict[str, str] = field(default_factory=dict)

    def remember(self, question: Question, repeated: str) -> None:
        """Remember a question that has been read."""
        self.questions[question.id] = question
        self.repeated_in[question.id] = repeated

    def find(
        self, entry: Entry | None, kinds: Iterable[Kind], *, inside: str = "", earlier: bool = False
    ) -> str | None:
        """Return the id of a question of one of the kinds; a name that is no such question is a fault.

        ``inside`` is the repeated section from which it is named: its own questions may be named there too.
        """
        name = entry.text() if entry else None
        if entry is None or name is None:
            return None
        fitting = {one.id for one in self.questions.values() if one.kind in set(kinds) and one.id}
        visible = {one for one in fitting if self.repeated_in[one] in ("", inside)}
        if name in visible:
            return name
        if earlier and name in self.all_ids and name not in self.questions:
            entry.fault(_CIRCLE, name=name)
        elif name in fitting:
            entry.fault(_REPEATED, name=name)
        else:
            where = "bland frågorna ovanför" if earlier else "bland frågorna av rätt slag"
            entry.fault("%(name)s finns inte %(where)s. %(hint)s", name=name, where=where, hint=nearest(name, visible))
        return None

    # --- checks ---

    def check(self, entry: Entry) -> Check:
        """Return the check; it may name questions of one repeated section, and holds for each entry then."""
        kind = entry.peek("kind")
        name = kind.one_of(CheckKind) if kind else None
        chosen = CheckKind(name) if name else CheckKind.ANY_ANSWERED
        wanted = _CHECK_KEYS[chosen]
        keys = entry.mapping({"kind", "message", *wanted}, ("kind", *wanted))
        check = _CHECKS[chosen](self, keys, self._inside(keys))
        return check if "message" not in keys else _with_message(check, keys["message"])

    def _inside(self, keys: dict[str, Entry]) -> str:
        """Return the repeated section whose questions the check names: that of the first such question."""
        named = [entry for entry in keys.values() if not entry.is_list()]
        named += [item for entry in keys.values() if entry.is_list() for item in entry.items()]
        homes = (self.repeated_in.get(str(entry.node.value), "") for entry in named)
        return next(filter(None, homes), "")

    def any_answered(self, keys: dict[str, Entry], inside: str) -> Check:
        items = keys["questions"].items() if "questions" in keys else []
        if "questions" in keys and keys["questions"].is_list() and not items:
            keys["questions"].fault("Listan är tom. Skriv minst en sak i den.")
        names = tuple(self.find(item, set(Kind), inside=inside) or "" for item in items)
        return Check(CheckKind.ANY_ANSWERED, names)

    def sum_equals(self, keys: dict[str, Entry], inside: str) -> Check:
        question = self.find(keys.get("question"), {Kind.MONEY}, inside=inside) or ""
        budget = self.find(keys.get("budget"), _BUDGETS, inside=inside) or ""
        row = keys["row"].one_of(self.rows(budget)) if budget and "row" in keys else None
        return Check(CheckKind.SUM_EQUALS, (), question, budget, row or "")

    def within(self, keys: dict[str, Entry], inside: str) -> Check:
        inner, outer = (self.find(keys.get(name), {Kind.PERIOD}, inside=inside) or "" for name in ("inner", "outer"))
        return Check(CheckKind.WITHIN, inner=inner, outer=outer)

    def order(self, keys: dict[str, Entry], inside: str) -> Check:
        first, then = (self.find(keys.get(name), {Kind.DATE}, inside=inside) or "" for name in ("first", "then"))
        return Check(CheckKind.ORDER, first=first, then=then)

    def principals(self, keys: dict[str, Entry], inside: str) -> Check:
        question = self.find(keys.get("question"), {Kind.COOPERATING_PARTIES}, inside=inside) or ""
        return Check(
            CheckKind.PRINCIPALS,
            question=question,
            at_least=(keys["at_least"].number() or 0) if "at_least" in keys else 0,
        )

    def column_equals(self, keys: dict[str, Entry], inside: str) -> Check:
        table = self.find(keys.get("table"), {Kind.TABLE}, inside=inside) or ""
        added = {part.name: part for part in parts_of(self.questions[table]) if part.adds_up} if table else {}
        column = (keys["column"].one_of(added) if table and "column" in keys else None) or ""
        stated = {_STATED[added[column].scalar]} if column else set(_STATED.values())
        question = self.find(keys.get("question"), stated, inside=inside) or ""
        return Check(CheckKind.COLUMN_EQUALS, question=question, table=table, column=column)

    def rows(self, budget: str) -> list[str]:
        """Return the rows of a budget, or the totals of a summary, by id."""
        question = self.questions[budget]
        return list(TOTALS) if question.kind is Kind.BUDGET_SUMMARY else [row.id for row in question.options.rows]

    # --- facts ---

    def facts(self, entry: Entry) -> FactSources:
        """Return where the register finds its facts. None can be in a repeated section, which has many answers."""
        keys = entry.mapping({*_FACT_KINDS, "amount"})
        sources = {name: self.find(keys[name], kinds) for name, kinds in _FACT_KINDS.items() if name in keys}
        return FactSources(**sources, amount=self._amount(keys["amount"]) if "amount" in keys else None)

    def _amount(self, entry: Entry) -> str | None:
        """Return ``budget.row`` where both are known."""
        written = entry.text() or ""
        budgets = [one for one in self.questions.values() if one.kind in _BUDGETS and not self.repeated_in[one.id]]
        rows = {f"{budget.id}.{row}" for budget in budgets for row in self.rows(budget.id)}
        if written in rows:
            return written
        entry.fault("%(name)s är ingen rad i en budget. %(hint)s", name=written, hint=nearest(written, rows))
        return None

    def receipt(self, entry: Entry, facts: FactSources) -> Receipt:
        """Return when the form is received. To wait for signatures it must ask who signs, and how to reach them."""
        receipt = Receipt(entry.one_of(Receipt) or Receipt.ON_SUBMISSION)
        if receipt is Receipt.ON_SIGNATURES:
            question = self.questions.get(facts.signatories or "")
            named = [part.name for part in parts_of(question) if not is_optional(question, part)] if question else []
            if question is None:
                entry.fault("on_signatures kräver att facts: signatories: säger vilken fråga som anger dem.")
            elif lacking := [name for name in SIGNING_PARTS if name not in named]:
                entry.fault(
                    "on_signatures kräver att frågan %(name)s har delarna %(parts)s, och att de inte är frivilliga.",
                    name=question.id,
                    parts=", ".join(lacking),
                )
        return receipt

    # --- sums of several budgets ---

    def source(self, entry: Entry, source: SummarySource) -> None:
        """Check that a summary's source is a budget, in the repeated section that it is said to stand in."""
        written = f"{source.section}.{source.question}" if source.section else source.question
        known = {self._source_name(one.id) for one in self.questions.values() if one.kind is Kind.BUDGET}
        if written not in known:
            entry.fault("%(name)s är ingen budget i formuläret. %(hint)s", name=written, hint=nearest(written, known))

    def _source_name(self, question_id: str) -> str:
        section = self.repeated_in[question_id]
        return f"{section}.{question_id}" if section else question_id


def _with_message(check: Check, entry: Entry) -> Check:
    return replace(check, message=entry.bilingual())


_CHECK_KEYS: dict[CheckKind, tuple[str, ...]] = {
    CheckKind.ANY_ANSWERED: ("questions",),
    CheckKind.SUM_EQUALS: ("question", "budget", "row"),
    CheckKind.WITHIN: ("inner", "outer"),
    CheckKind.ORDER: ("first", "then"),
    CheckKind.PRINCIPALS: ("question", "at_least"),
    CheckKind.COLUMN_EQUALS: ("table", "column", "question"),
}
_CHECKS: dict[CheckKind, Callable[[References, dict[str, Entry], str], Check]] = {
    CheckKind.ANY_ANSWERED: References.any_answered,
    CheckKind.SUM_EQUALS: References.sum_equals,
    CheckKind.WITHIN: References.within,
    CheckKind.ORDER: References.order,
    CheckKind.PRINCIPALS: References.principals,
    CheckKind.COLUMN_EQUALS: References.column_equals,
}
