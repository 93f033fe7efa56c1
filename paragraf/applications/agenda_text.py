"""What an application brings to its agenda item: the background and the proposed decision, in light markup.

A start to write on, typed by nobody twice. The proposal is Swedish, since the minutes read their clauses out of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy.orm import Session

from paragraf.applications.checks import Check, checks
from paragraf.applications.completing.received import completions, received
from paragraf.applications.filled import Filled
from paragraf.applications.models import Application, CheckOutcome, Completion, Opinion, Verdict
from paragraf.applications.preparing import made_checks, standing_opinions
from paragraf.core.dates import local_date
from paragraf.core.money import print_amount
from paragraf.core.printing import print_date, print_period
from paragraf.questions.facts import Facts

_WORDS = {
    "sv": {
        "asks": "%(applicant)s söker %(amount)s till %(title)s.",
        "asks_for_nothing": "%(applicant)s ansöker om bidrag till %(title)s.",
        "period": "Insatsen pågår %(period)s.",
        "years": "Sökt för varje år: %(years)s.",
        "parties": "Samverkande parter: %(parties)s.",
        "year": "%(amount)s för %(year)s",
        "and": " och ",
        "completed": "Ansökan kompletterades %(days)s.",
        "waiting": "Komplettering är begärd till %(day)s och har inte kommit in.",
        "endorse": "**%(body)s tillstyrker ansökan** (%(day)s).",
        "endorse_with_changes": "**%(body)s tillstyrker ansökan med ändringar** (%(day)s).",
        "advise_against": "**%(body)s avstyrker ansökan** (%(day)s).",
        "failed": "Att uppmärksamma i beredningen:",
        "unmade": "%(count)s av kontrollerna är inte gjorda.",
    },
    "en": {
        "asks": "%(applicant)s applies for %(amount)s for %(title)s.",
        "asks_for_nothing": "%(applicant)s applies for funding of %(title)s.",
        "period": "The measure runs %(period)s.",
        "years": "Applied for by year: %(years)s.",
        "parties": "Cooperating parties: %(parties)s.",
        "year": "%(amount)s for %(year)s",
        "and": " and ",
        "completed": "The application was completed %(days)s.",
        "waiting": "A completion is asked for by %(day)s and has not come in.",
        "endorse": "**%(body)s endorses the application** (%(day)s).",
        "endorse_with_changes": "**%(body)s endorses the application with changes** (%(day)s).",
        "advise_against": "**%(body)s advises against the application** (%(day)s).",
        "failed": "To note from the preparation:",
        "unmade": "%(count)s of the checks have not been made.",
    },
}


def background_for_agenda(session: Session, application: Application, language: str = "sv") -> str:
    """The text that begins the agenda item: who applies, for how much each year, with whom, and what the preparation
    says. Paragraphs have a blank line between them. Checks that are met are not told.
    """
    words = _WORDS["en" if language.startswith("en") else "sv"]
    moment = application.submitted_at or application.started_at
    shown = received(session, application, local_date(moment))
    parts = [*_applied(shown, words, language), *_completed(completions(session, application), words, language)]
    for opinion in standing_opinions(session, application):
        parts += [_opinion(opinion, words, language), opinion.text]
    if application.submitted_at is not None:
        found = checks(shown, application.call, application.submitted_at, made_checks(session, application))
        parts.append(_checks(found, words))
    return "\n\n".join(part for part in parts if part)


def _applied(shown: Filled, words: Mapping[str, str], language: str) -> Iterator[str]:
    facts, amounts = shown.facts, shown.facts.amount_by_year
    asks = words["asks_for_nothing"] if facts.amount is None else words["asks"]
    total = "" if facts.amount is None else print_amount(facts.amount, language)
    first = asks % {"applicant": facts.applicant_name, "amount": total, "title": facts.title}
    period = words["period"] % {"period": print_period(*facts.period, language)} if facts.period else ""
    yield " ".join(filter(None, [first, period]))
    yield facts.summary
    each = [words["year"] % {"year": year, "amount": print_amount(ore, language)} for year, ore in amounts.items()]
    yield words["years"] % {"years": _series(each, words["and"])} if len(each) > 1 else ""
    names = shown.party_names()
    yield words["parties"] % {"parties": _series(names, words["and"])} if names else ""


def _completed(asked: Iterable[Completion], words: Mapping[str, str], language: str) -> Iterator[str]:
    days = [print_date(local_date(one.answered_at), language) for one in asked if one.answered_at]
    if days:
        yield words["completed"] % {"days": _series(reversed(days), words["and"])}
    for one in asked:
        if one.answered_at is None and one.withdrawn_at is None:
            yield words["waiting"] % {"day": print_date(one.due_on, language)}


def _opinion(opinion: Opinion, words: Mapping[str, str], language: str) -> str:
    told = {
        Verdict.ENDORSE: words["endorse"],
        Verdict.ENDORSE_WITH_CHANGES: words["endorse_with_changes"],
        Verdict.ADVISE_AGAINST: words["advise_against"],
    }[opinion.verdict]
    return told % {"body": opinion.body.name, "day": print_date(opinion.given_on, language)}


def _checks(found: Iterable[Check], words: Mapping[str, str]) -> str:
    failed = [f"- {_failed(one)}" for one in found if one.outcome is CheckOutcome.NOT_MET]
    unmade = sum(1 for one in found if one.outcome is None)
    if unmade:
        failed.append("- " + words["unmade"] % {"count": unmade})
    return "\n".join([words["failed"], *failed]) if failed else ""


def _failed(one: Check) -> str:
    """In Swedish: agendas and what the office writes in its checks are."""
    why = one.remark or (one.message % one.values if one.values else one.message)
    return f"{one.title}: nej. {why}".strip()


def proposal_for_agenda(session: Session, application: Application) -> str:
    """The decision to begin from: a grant of what is applied for, with the amount of each year; empty without amounts.

    The clause that the minutes make of it begins with these years.
    """
    moment = application.submitted_at or application.started_at
    return granting(received(session, application, local_date(moment)).facts)


def granting(facts: Facts) -> str:
    """``att bevilja … kontant bidrag med 410 000 kr, varav 120 000 kr för 2026 och 290 000 kr för 2027``."""
    years = {year: ore for year, ore in sorted(facts.amount_by_year.items()) if ore > 0}
    if not years:
        return ""
    each = [f"{print_amount(ore)} för {year}" for year, ore in years.items()]
    amounts = each[0] if len(each) == 1 else f"{print_amount(sum(years.values()))}, varav {_series(each, ' och ')}"
    return f"att bevilja {facts.applicant_name} kontant bidrag med {amounts}"


def _series(names: Iterable[str], last: str) -> str:
    *first, end = names
    return ", ".join(first) + last + end if first else end
