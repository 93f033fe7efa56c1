"""What a form is made of: sections, questions, their options and the checks across questions.

Everything is frozen. A form is read from YAML by ``reading`` and then only passed around; answers are kept beside it,
under the ids of its questions. An id is chosen by the writer of the form and never made from a label, so that a
label can be mended without an answer losing its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any


@dataclass(frozen=True, slots=True)
class Text:
    """One text in the two languages of the program; Swedish is the source."""

    sv: str
    en: str

    def __str__(self) -> str:
        return self.sv

    def in_language(self, language: str) -> str:
        """Return the text in ``language`` (``sv`` or ``en``, with or without a country); Swedish for any other."""
        return self.en if language.lower().startswith("en") else self.sv


class Purpose(StrEnum):
    """What a form is for: it decides what becomes of it when it has come in."""

    APPLICATION = "application"
    REPORT = "report"
    APPENDIX = "appendix"
    ANALYSIS = "analysis"
    REGISTRATION = "registration"


class Receipt(StrEnum):
    """When a form counts as received: when it is submitted, or when all its signatories have signed."""

    ON_SUBMISSION = "on_submission"
    ON_SIGNATURES = "on_signatures"


class Kind(StrEnum):
    """The kinds of question a form may ask."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    DATE = "date"
    PERIOD = "period"
    MONEY = "money"
    NUMBER = "number"
    PERCENT = "percent"
    ORGANISATION = "organisation"
    PERSON = "person"
    EMAIL = "email"
    PHONE = "phone"
    PLUSGIRO = "plusgiro"
    BANKGIRO = "bankgiro"
    POSTCODE = "postcode"
    COOPERATING_PARTIES = "cooperating_parties"
    BUDGET = "budget"
    BUDGET_SUMMARY = "budget_summary"
    TABLE = "table"
    ATTACHMENTS = "attachments"
    DECLARATION = "declaration"
    SIGNATORIES = "signatories"


class RowKind(StrEnum):
    """What a budget row is: filled in by the applicant (the first four) or computed (the others)."""

    COST = "cost"
    INCOME = "income"
    OWN_FINANCING = "own_financing"
    OTHER_FINANCING = "other_financing"
    COST_TOTAL = "cost_total"
    INCOME_TOTAL = "income_total"
    FINANCING_TOTAL = "financing_total"
    #: Costs less income.
    NET = "net"
    #: The net less own and other financing: what the association is asked for.
    APPLIED = "applied"


FINANCING = frozenset({RowKind.OWN_FINANCING, RowKind.OTHER_FINANCING})
FILLED_IN = FINANCING | {RowKind.COST, RowKind.INCOME}
TOTALS = (RowKind.COST_TOTAL, RowKind.INCOME_TOTAL, RowKind.FINANCING_TOTAL, RowKind.NET, RowKind.APPLIED)


@dataclass(frozen=True, slots=True)
class Choice:
    """One alternative of a choice question."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class Part:
    """One named part of an answer, or one column of a table.

    ``scalar`` is the sort of value (``scalars.SCALARS``), ``autocomplete`` what the browser may fill in by itself. The
    last ones are for columns: whether a cell may be blank, whether they add up, and how numbers are written.
    """

    name: str
    scalar: str
    label: Text
    autocomplete: str = "off"
    choices: tuple[Choice, ...] = ()
    help: Text | None = None
    required: bool = True
    adds_up: bool = False
    unit: Text | None = None
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class FixedRow:
    """A row that a table has from the start, whatever is filled in."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class BudgetGroup:
    """Rows of a budget that stand together under a heading and have a sum of their own."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One row of a budget; ``help`` is printed under its name, ``group`` is the id of the group it stands in."""

    id: str
    kind: RowKind
    label: Text
    help: Text | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class SummarySource:
    """A budget that a summary adds up; ``section`` is given as long as the budget stands in a repeated section.

    Unfolded there is one source for each entry, with the entry's name as ``label``.
    """

    question: str
    section: str | None = None
    label: Text | None = None


@dataclass(frozen=True, slots=True)
class Years:
    """Which years a budget has columns for.

    The calendar years of the period question ``period`` when that is answered; until then ``count`` years from
    ``start``, or from the start year of the call for applications when ``start`` is not given.
    """

    count: int
    period: str | None = None
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """What a question's kind can be told beside its texts; each kind uses its own few (see ``kinds``)."""

    max_words: int | None = None
    choices: tuple[Choice, ...] = ()
    parts: tuple[str, ...] = ()
    optional: tuple[str, ...] | None = None
    at_least: int = 0
    at_most: int | None = None
    earliest: date | None = None
    latest: date | None = None
    max_years: int | None = None
    rows: tuple[BudgetRow, ...] = ()
    groups: tuple[BudgetGroup, ...] = ()
    years: Years | None = None
    of: tuple[SummarySource, ...] = ()
    #: Light markup is allowed in the text and printed as formatting.
    formatted: bool = False
    unit: Text | None = None
    decimals: int = 0
    #: The bounds of a number, or of a percentage in per cent. Below zero only where the form says so.
    lowest: Decimal = Decimal(0)
    highest: Decimal | None = None
    columns: tuple[Part, ...] = ()
    fixed_rows: tuple[FixedRow, ...] = ()
    row_sum: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """Show a question or a section only when an earlier question has the answer ``equals``; None is any answer."""

    question: str
    equals: str | bool | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``required`` blocks submission, never saving."""

    id: str
    kind: Kind
    label: Text
    help: Text | None = None
    required: bool = True
    options: Options = Options()
    show_when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Repeat:
    """A section is filled in once for each entry: as many as the applicant adds, or one for each chosen member.

    ``called`` names an entry (with its place) until the question ``named_by`` has named it. ``for_each`` is the
    cooperating_parties question whose members the entries are, None where entries are added freely.
    """

    at_least: int = 1
    at_most: int | None = None
    called: Text | None = None
    named_by: str | None = None
    for_each: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the form.

    In an unfolded form (``unfolding.unfold``) a section that came out of a repeated one has that one's id in
    ``repeated`` and its entry in ``entry``.
    """

    id: str
    title: Text
    help: Text | None
    questions: tuple[Question, ...]
    show_when: Condition | None = None
    repeat: Repeat | None = None
    repeated: str = ""
    entry: str = ""


class CheckKind(StrEnum):
    """The checks across questions that a form may name."""

    ANY_ANSWERED = "any_answered"
    SUM_EQUALS = "sum_equals"
    WITHIN = "within"
    ORDER = "order"
    PRINCIPALS = "principals"
    COLUMN_EQUALS = "column_equals"


@dataclass(frozen=True, slots=True)
class Check:
    """A check across questions; ``message`` is told instead of the usual text where the form has one.

    ``any_answered``: at least one of ``questions`` has an answer. ``sum_equals``: the money question ``question``
    equals the total of the row ``row`` in the budget ``budget``. ``within``: the period ``inner`` lies in the period
    ``outer``. ``order``: the date ``first`` is not after the date ``then``. ``principals``: the members chosen in
    ``question`` belong to ``at_least`` principals. ``column_equals``: the sum of ``column`` in ``table`` equals the
    answer to ``question``.
    """

    kind: CheckKind
    questions: tuple[str, ...] = ()
    question: str = ""
    budget: str = ""
    row: str = ""
    inner: str = ""
    outer: str = ""
    first: str = ""
    then: str = ""
    table: str = ""
    column: str = ""
    at_least: int = 0
    message: Text | None = None


@dataclass(frozen=True, slots=True)
class FactSources:
    """Which questions the register reads: the id of a question, or None where the form does not ask.

    ``amount`` is a budget and one of its rows (``budget.net``): what is applied for.
    """

    title: str | None = None
    summary: str | None = None
    applicant: str | None = None
    contact: str | None = None
    period: str | None = None
    parties: str | None = None
    amount: str | None = None
    signatories: str | None = None


@dataclass(frozen=True)
class Form:
    """A whole form definition, as written or unfolded."""

    key: str
    title: Text
    intro: Text
    sections: tuple[Section, ...]
    checks: tuple[Check, ...] = ()
    facts: FactSources = FactSources()
    purpose: Purpose = Purpose.APPLICATION
    receipt: Receipt = Receipt.ON_SUBMISSION

    @cached_property
    def _questions(self) -> Mapping[str, Question]:
        return {question.id: question for question in self.questions()}

    @cached_property
    def _sections(self) -> Mapping[str, Section]:
        return {section.id: section for section in self.sections}

    @cached_property
    def _homes(self) -> Mapping[str, Section]:
        return {question.id: section for section in self.sections for question in section.questions}

    @cached_property
    def budgets(self) -> tuple[Question, ...]:
        """The budgets, and after them the summaries that add them up."""
        both = [question for question in self.questions() if question.kind in (Kind.BUDGET, Kind.BUDGET_SUMMARY)]
        return tuple(sorted(both, key=lambda question: question.kind is Kind.BUDGET_SUMMARY))

    @cached_property
    def unfolded(self) -> dict[Any, Form]:
        """Where ``unfolding`` keeps what it has made of this form."""
        return {}

    @cached_property
    def repeats(self) -> bool:
        """Whether any section is filled in once for each entry, so that the form must be unfolded."""
        return any(section.repeat for section in self.sections)

    def questions(self) -> Iterator[Question]:
        """Yield every question in the order of the form."""
        for section in self.sections:
            yield from section.questions

    def has(self, question_id: str) -> bool:
        """Return whether the form asks the question."""
        return question_id in self._questions

    @cached_property
    def kinds(self) -> frozenset[Kind]:
        """The kinds of question that the form asks."""
        return frozenset(question.kind for question in self.questions())

    def question(self, question_id: str) -> Question:
        """Return the question with this id; KeyError when the form has none, since ids come from the form itself."""
        return self._questions[question_id]

    def section(self, section_id: str) -> Section:
        """Return the section with this id; KeyError when the form has none."""
        return self._sections[section_id]

    def section_of(self, question_id: str) -> Section:
        """Return the section that asks the question; KeyError when none does."""
        return self._homes[question_id]
