"""What the register reads out of the answers: title, applicant, period, parties and the amount applied for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from paragraf.questions.computing import Computed
from paragraf.questions.conditions import Answers, is_asked
from paragraf.questions.definition import FactSources, Form
from paragraf.questions.fields import is_unread


@dataclass(frozen=True, slots=True)
class SignatoryFact:
    """One person who signs. ``capacity`` is ``signature_right`` or ``delegation``; what is not asked for is empty."""

    name: str
    title: str
    organisation: str
    email: str
    capacity: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts by name, so that nothing outside the form needs to know its questions' ids.

    What is missing or could not be read is blank, None or empty. Amounts in öre; ``parties`` are members' ids.
    """

    title: str
    summary: str
    applicant_name: str
    applicant_number: str
    contact_name: str
    contact_email: str
    period: tuple[date, date] | None
    parties: tuple[str, ...]
    amount_by_year: Mapping[int, int]
    amount: int | None
    #: The applicant's postal address, as far as the form asks for it; the postcode as five digits.
    applicant_unit: str = ""
    applicant_street: str = ""
    applicant_postcode: str = ""
    applicant_city: str = ""
    signatories: tuple[SignatoryFact, ...] = ()


def facts(form: Form, answers: Answers, computed: Computed) -> Facts:
    """Return the facts that the form says where to find (``facts`` in its definition).

    A question that is not asked as things stand gives no fact, whatever was answered before.
    """
    sources = form.facts
    answers = {name: answers.get(name) for name in _named(sources) if is_asked(form, form.question(name), answers)}
    applicant, contact, period = (
        _answer(answers, name) for name in (sources.applicant, sources.contact, sources.period)
    )
    by_year, total = _amounts(sources.amount, computed)
    return Facts(
        title=_text(_answer(answers, sources.title)),
        summary=_text(_answer(answers, sources.summary)),
        applicant_name=_part(applicant, "name"),
        applicant_number=_part(applicant, "number"),
        contact_name=_part(contact, "name"),
        contact_email=_part(contact, "email"),
        period=_period(_part(period, "start"), _part(period, "end")),
        parties=tuple(one for one in _answer(answers, sources.parties) or () if isinstance(one, str)),
        amount_by_year=by_year,
        amount=total,
        applicant_unit=_part(applicant, "unit"),
        applicant_street=_part(applicant, "street"),
        applicant_postcode=_part(applicant, "postcode"),
        applicant_city=_part(applicant, "city"),
        signatories=tuple(map(_signatory, _answer(answers, sources.signatories) or ())),
    )


def _named(sources: FactSources) -> list[str]:
    """Return the ids of the questions that facts are read from; the amount is found among the sums."""
    named = (getattr(sources, each.name) for each in fields(sources) if each.name != "amount")
    return [name for name in named if name]


def _signatory(entry: Mapping[str, Any]) -> SignatoryFact:
    return SignatoryFact(*(_part(entry, name) for name in ("name", "title", "organisation", "email", "capacity")))


def _answer(answers: Answers, question_id: str | None) -> Any:
    return answers.get(question_id) if question_id else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _part(value: Any, name: str) -> str:
    return _text(value.get(name)) if isinstance(value, Mapping) and not is_unread(value) else ""


def _period(start: str, end: str) -> tuple[date, date] | None:
    return (date.fromisoformat(start), date.fromisoformat(end)) if start and end else None


def _amounts(source: str | None, computed: Computed) -> tuple[dict[int, int], int | None]:
    budget, _, row_id = (source or "").partition(".")
    row = computed[budget].rows.get(row_id) if budget in computed else None
    if row is None:
        return {}, None
    return {year: amount.ore for year, amount in row.by_year.items() if amount.ore is not None}, row.total.ore
