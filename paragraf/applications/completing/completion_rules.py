"""What holds for asking an applicant to complete an application, decided on values only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from paragraf.core.dates import working_day_on_or_before
from paragraf.core.errors import RuleBroken, SeveralRulesBroken
from paragraf.questions.completeness import Problem
from paragraf.questions.conditions import asked as asked_in
from paragraf.questions.definition import Form, Question

LONGEST_QUESTION = 1000
LONGEST_MESSAGE = 2000
#: Further ahead than this a deadline is more likely a slip of the hand than a wish.
FURTHEST = timedelta(days=366)
#: Days before the deadline on which the applicant is reminded.
REMIND_BEFORE = (7, 1)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the form, and what the office wants to know about its answer."""

    question_id: str
    text: str


class NotCompleted(RuleBroken):
    """The completion cannot be handed in; ``problems`` holds every one of the reasons, in the order of the form."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(
            "Kompletteringen kan inte skickas in än: %(count)s saker återstår. Det som är skrivet finns kvar.",
            count=len(problems),
        )
        self.problems = tuple(problems)


def checked(form: Form, asked: Iterable[Asked]) -> tuple[Asked, ...]:
    """The questions in the order of the form, without blank ends; raises RuleBroken for what cannot be asked."""
    given = {one.question_id: " ".join(one.text.split()) for one in asked}
    known = [question.id for question in form.questions()]
    if set(given) - set(known):
        raise RuleBroken("En av frågorna finns inte i formuläret. Öppna sidan igen och välj på nytt.")
    if not given:
        raise RuleBroken("Välj minst en fråga som ska kompletteras.", field="questions")
    problems = [problem for name in known if name in given and (problem := _wrong(name, given[name]))]
    if problems:
        raise SeveralRulesBroken(problems)
    return tuple(Asked(name, given[name]) for name in known if name in given)


def _wrong(question_id: str, text: str) -> RuleBroken | None:
    if not text:
        return RuleBroken("Skriv vad som behöver kompletteras i frågan.", field=question_id)
    if len(text) > LONGEST_QUESTION:
        return RuleBroken("Skriv högst %(most)s tecken om en fråga.", field=question_id, most=LONGEST_QUESTION)
    return None


def checked_message(message: str) -> str:
    """The message without blank ends; raises RuleBroken when it is too long."""
    text = message.replace("\r\n", "\n").strip()
    if len(text) > LONGEST_MESSAGE:
        raise RuleBroken("Meddelandet får vara högst %(most)s tecken.", field="message", most=LONGEST_MESSAGE)
    return text


def check_due_on(due_on: date, today: date, *, after: date | None = None) -> None:
    """Raise RuleBroken for a last day that is not ahead, that is not later than ``after``, or that is too far ahead."""
    if due_on <= today:
        raise RuleBroken("Sista dagen ska ligga framåt i tiden.", field="due_on")
    if after is not None and due_on <= after:
        raise RuleBroken("Den nya dagen ska vara senare än %(day)s.", field="due_on", day=after)
    if due_on - today > FURTHEST:
        raise RuleBroken("Sista dagen ligger mer än ett år bort. Kontrollera årtalet.", field="due_on")


def remind_days(due_on: date) -> set[date]:
    """On which days the applicant is reminded: working days, before the last one."""
    return {working_day_on_or_before(due_on - timedelta(days=days)) for days in REMIND_BEFORE}


def follow_ups(form: Form, before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """The questions that are asked only since an answer was changed: they are open with the one they follow from."""
    was, now = ({one.id for one in _visible(form, answers)} for answers in (before, after))
    return now - was


def _visible(form: Form, answers: Mapping[str, Any]) -> Iterator[Question]:
    for section in form.sections:
        yield from asked_in(form, answers, section)


def remaining(
    form: Form,
    asked: Iterable[str],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    problems: Iterable[Problem],
) -> tuple[Problem, ...]:
    """What must be done before the completion can be handed in; empty when nothing.

    Only what was asked about counts, and what follows from the new answers, since nothing else is open. A question that
    may be left blank must be answered when it is asked about.
    Where every answer is as it was, nothing has been completed.
    """
    names = set(asked)
    counted = names | follow_ups(form, before, after)
    found = [one for one in problems if one.question_id in counted and not getattr(one, "is_warning", False)]
    found += _blank(form, names, after, {one.question_id for one in found})
    if not found and not changed(names, before, after):
        found = [
            Problem(form.section_of(name).id, name, name, "Svaret är inte ändrat. Ändra minst ett av svaren.")
            for name in sorted(names, key=[question.id for question in form.questions()].index)[:1]
        ]
    order = {question.id: place for place, question in enumerate(form.questions())}
    return tuple(sorted(found, key=lambda one: order[one.question_id]))


def _blank(form: Form, names: set[str], after: Mapping[str, Any], told: set[str]) -> Iterator[Problem]:
    for name in names - told:
        if after.get(name) is None:
            yield Problem(form.section_of(name).id, name, name, "Svara på frågan.", is_missing=True)


def changed(names: Iterable[str], before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """The questions whose answers differ."""
    return {name for name in names if before.get(name) != after.get(name)}
