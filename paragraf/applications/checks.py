"""The checks that the law and the form demand before a decision: computed where they can be, else made by a person.

Pure: what they look at is given as values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from paragraf.applications.filled import Filled
from paragraf.applications.models import CheckOutcome
from paragraf.applications.rules import too_few_principals
from paragraf.core.dates import local_date
from paragraf.core.errors import N_


class CheckKey(StrEnum):
    """The checks, in the order they are shown."""

    PRINCIPALS = "principals"
    COMPLETE = "complete"
    SUM = "sum"
    PERIOD = "period"
    LATE = "late"
    NEEDS = "needs"
    EXTRA_COSTS = "extra_costs"
    OTHER_FINANCING = "other_financing"


#: No program can see these.
BY_A_PERSON = frozenset({CheckKey.NEEDS, CheckKey.EXTRA_COSTS, CheckKey.OTHER_FINANCING})
_TITLES = {
    CheckKey.PRINCIPALS: N_("Minst två huvudmän samverkar"),
    CheckKey.COMPLETE: N_("Alla svar som formuläret kräver finns och är rätt"),
    CheckKey.SUM: N_("Beloppen går att räkna samman"),
    CheckKey.PERIOD: N_("Insatsens tid ryms i utlysningen"),
    CheckKey.LATE: N_("Ansökan kom in i tid"),
    CheckKey.NEEDS: N_("Behovsanalysen är kopplad, eller så står det varför inte"),
    CheckKey.EXTRA_COSTS: N_("Budgeten har bara direkta merkostnader"),
    CheckKey.OTHER_FINANCING: N_("Kostnaderna betalas inte av någon annan också"),
}
_SOURCES = {
    CheckKey.PRINCIPALS: N_("Lag (2003:1210) 1 §"),
    CheckKey.COMPLETE: N_("Formuläret"),
    CheckKey.SUM: N_("Formulärets budget"),
    CheckKey.PERIOD: N_("Utlysningen"),
    CheckKey.LATE: N_("Utlysningen"),
    CheckKey.NEEDS: N_("Förbundets behovsanalys"),
    CheckKey.EXTRA_COSTS: N_("Förbundets villkor för bidrag"),
    CheckKey.OTHER_FINANCING: N_("Förbundets villkor för bidrag"),
}


class MadeCheck(Protocol):
    """A check that a person has made; rows of models.PreparationCheck are."""

    @property
    def outcome(self) -> CheckOutcome: ...
    @property
    def remark(self) -> str: ...
    @property
    def checked_at(self) -> datetime: ...
    @property
    def checked_by(self) -> str: ...


class Call(Protocol):
    """What a call for applications says of time; rows of models.FundingCall do."""

    @property
    def closes_at(self) -> datetime: ...
    @property
    def earliest(self) -> date | None: ...
    @property
    def latest(self) -> date | None: ...


@dataclass(frozen=True)
class Check:
    """One check as it stands. ``outcome`` is None until a person has made it; texts are Swedish sources."""

    key: CheckKey
    title: str
    source: str
    outcome: CheckOutcome | None
    #: Why, as a source text with ``values``; what a person wrote is ``remark``.
    message: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    remark: str = ""
    by: str = ""
    at: datetime | None = None

    @property
    def is_computed(self) -> bool:
        return self.key not in BY_A_PERSON


def checks(
    shown: Filled, call: Call | None, submitted_at: datetime, made: Mapping[str, MadeCheck]
) -> tuple[Check, ...]:
    """Every check in order: ``shown`` is what was handed in, ``made`` the newest of each that a person has made."""
    computed = {one.key: one for one in (*_of_answers(shown), _period(shown, call), _late(call, submitted_at))}
    return tuple(computed[key] if key in computed else _made(key, made.get(key)) for key in CheckKey)


def _check(key: CheckKey, outcome: CheckOutcome, message: str = "", **values: Any) -> Check:
    return Check(key, _TITLES[key], _SOURCES[key], outcome, message, values)


def _of_answers(shown: Filled) -> Iterator[Check]:
    few = too_few_principals(shown.facts.parties, shown.context.members)
    if shown.form.facts.parties is None:
        yield _check(CheckKey.PRINCIPALS, CheckOutcome.NOT_APPLICABLE, N_("Formuläret frågar inte efter parter."))
    else:
        yield _check(CheckKey.PRINCIPALS, CheckOutcome.NOT_MET if few else CheckOutcome.MET)
    wrong = [one for one in shown.problems if not getattr(one, "is_warning", False)]
    yield (
        _check(CheckKey.COMPLETE, CheckOutcome.NOT_MET, N_("%(count)s svar saknas eller är fel."), count=len(wrong))
        if wrong
        else _check(CheckKey.COMPLETE, CheckOutcome.MET)
    )
    yield _sum(shown)


def _sum(shown: Filled) -> Check:
    source = shown.form.facts.amount
    if source is None:
        return _check(CheckKey.SUM, CheckOutcome.NOT_APPLICABLE, N_("Formuläret frågar inte efter belopp."))
    budget = source.partition(".")[0]
    faulty = any(one.question_id == budget and not getattr(one, "is_warning", False) for one in shown.problems)
    if shown.facts.amount is None or faulty:
        return _check(CheckKey.SUM, CheckOutcome.NOT_MET, N_("Något belopp saknas eller ligger utanför perioden."))
    return _check(CheckKey.SUM, CheckOutcome.MET)


def _period(shown: Filled, call: Call | None) -> Check:
    if call is None or (call.earliest is None and call.latest is None):
        return _check(CheckKey.PERIOD, CheckOutcome.NOT_APPLICABLE, N_("Ingen utlysning begränsar tiden."))
    period = shown.facts.period
    if period is None:
        return _check(CheckKey.PERIOD, CheckOutcome.NOT_MET, N_("Ansökan säger inte när insatsen pågår."))
    first, last = period
    inside = (call.earliest is None or call.earliest <= first) and (call.latest is None or last <= call.latest)
    return _check(CheckKey.PERIOD, CheckOutcome.MET if inside else CheckOutcome.NOT_MET)


def _late(call: Call | None, submitted_at: datetime) -> Check:
    if call is None:
        return _check(CheckKey.LATE, CheckOutcome.NOT_APPLICABLE, N_("Ansökan gäller ingen utlysning."))
    if submitted_at < call.closes_at:
        return _check(CheckKey.LATE, CheckOutcome.MET)
    days = (local_date(submitted_at) - local_date(call.closes_at)).days
    return _check(CheckKey.LATE, CheckOutcome.NOT_MET, N_("Den kom in %(days)s dagar efter stängning."), days=days)


def _made(key: CheckKey, row: MadeCheck | None) -> Check:
    title, source = _TITLES[key], _SOURCES[key]
    if row is None:
        return Check(key, title, source, None)
    return Check(key, title, source, row.outcome, remark=row.remark, by=row.checked_by, at=row.checked_at)
