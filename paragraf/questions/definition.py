"""What a form is made of: sections, questions, their options and the checks across questions.

Everything is frozen. A form is read from YAML by ``reading`` and then only passed around; answers are kept beside it,
under the ids of its questions. An id is chosen by the writer of the form and never made from a label, so that a
label can be mended without an answer losing its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Text:
    """One text in the two languages of the program; Swedish is the source."""

    sv: str
    en: str

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
    ORGANISATION = "organisation"
    PERSON = "person"
    EMAIL = "email"
    PHONE = "phone"
    PLUSGIRO = "plusgiro"
    BANKGIRO = "bankgiro"
    POSTCODE = "postcode"
    COOPERATING_PARTIES = "cooperating_parties"
    BUDGET = "budget"
    ATTACHMENTS = "attachments"
    DECLARATION = "declaration"
    SIGNATORIES = "signatories"


class RowKind(StrEnum):
    """What a budget row is: filled in by the applicant (cost, income) or computed (the others)."""

    COST = "cost"
    INCOME = "income"
    COST_TOTAL = "cost_total"
    INCOME_TOTAL = "income_total"
    NET = "net"


FILLED_IN = frozenset({RowKind.COST, RowKind.INCOME})


@dataclass(frozen=True, slots=True)
class Choice:
    """One alternative of a choice question."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One row of a budget; ``help`` is printed under its name."""

    id: str
    kind: RowKind
    label: Text
    help: Text | None = None


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
    years: Years | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """Show a question only when an earlier one has the answer ``equals``, or has any answer (``equals`` is None)."""

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
class Section:
    """One page of the form."""

    id: str
    title: Text
    help: Text | None
    questions: tuple[Question, ...]


class CheckKind(StrEnum):
    """The checks across questions that a form may name."""

    ANY_ANSWERED = "any_answered"
    SUM_EQUALS = "sum_equals"


@dataclass(frozen=True, slots=True)
class Check:
    """A check across questions.

    ``any_answered``: at least one of ``questions`` has an answer. ``sum_equals``: the money question ``question``
    equals the total of the row ``row`` in the budget ``budget``.
    """

    kind: CheckKind
    questions: tuple[str, ...] = ()
    question: str = ""
    budget: str = ""
    row: str = ""


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


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form definition."""

    key: str
    title: Text
    intro: Text
    sections: tuple[Section, ...]
    checks: tuple[Check, ...] = ()
    facts: FactSources = FactSources()
    purpose: Purpose = Purpose.APPLICATION
    receipt: Receipt = Receipt.ON_SUBMISSION

    def questions(self) -> Iterator[Question]:
        """Yield every question in the order of the form."""
        for section in self.sections:
            yield from section.questions

    def question(self, question_id: str) -> Question:
        """Return the question with this id; KeyError when the form has none, since ids come from the form itself."""
        for question in self.questions():
            if question.id == question_id:
                return question
        raise KeyError(question_id)

    def section(self, section_id: str) -> Section:
        """Return the section with this id; KeyError when the form has none."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)

    def section_of(self, question_id: str) -> Section:
        """Return the section that asks the question; KeyError when none does."""
        for section in self.sections:
            if any(question.id == question_id for question in section.questions):
                return section
        raise KeyError(question_id)
