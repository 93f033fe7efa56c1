"""What looks odd in an answer though it can be read: another party's number, somebody or something named twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from typing import Any

from paragraf.core.identifiers import print_organisation_number
from paragraf.questions.conditions import Answers, is_shown
from paragraf.questions.context import Context, Member
from paragraf.questions.definition import Form, Kind, Question, Section
from paragraf.questions.fields import field_name, is_unread
from paragraf.questions.problems import Problem


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at. It blocks submission unless ``is_warning``."""

    field: str
    message: str
    values: Mapping[str, Any] = made(default_factory=dict)
    is_warning: bool = True


def doubts(question: Question, value: Any, context: Context) -> Iterator[Doubt]:
    """Yield what looks odd in a stored answer."""
    if question.kind is Kind.ORGANISATION and not is_unread(value):
        yield from _number_of_another(question, value, context)
    if question.kind is Kind.SIGNATORIES:
        yield from _named_twice(question, value)


def _number_of_another(question: Question, value: Mapping[str, Any], context: Context) -> Iterator[Doubt]:
    """A right check digit does not make it the right party's number: both ways are held against the register."""
    number, name = value.get("number"), value.get("name")
    if not isinstance(number, str) or not isinstance(name, str):
        return
    field = field_name(question.id, "number")
    members = [member for member in context.members.values() if member.number]
    owner = next((member for member in members if member.number == number), None)
    namesake = next((member for member in members if _same(member, name)), None)
    if owner and not _same(owner, name) and _plain(owner.name) not in _plain(name):
        yield Doubt(
            field,
            "Enligt förbundets register är %(number)s numret till %(member)s. Kontrollera numret och namnet.",
            {"number": print_organisation_number(number), "member": owner.name},
        )
    elif namesake and namesake.number != number:
        yield Doubt(
            field,
            "Enligt förbundets register har %(member)s numret %(number)s. Kontrollera vilket som är rätt.",
            {"number": print_organisation_number(namesake.number), "member": namesake.name},
        )


def _same(member: Member, name: str) -> bool:
    return _plain(member.name) == _plain(name)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _named_twice(question: Question, value: list[Any]) -> Iterator[Doubt]:
    """Two signatures cannot be given by one link, so an address stands for one person."""
    seen: dict[str, int] = {}
    for place, entry in enumerate(value):
        email = entry.get("email")
        if isinstance(email, str) and (first := seen.setdefault(email.casefold(), place)) != place:
            yield Doubt(
                field_name(question.id, place, "email"),
                "Samma e-postadress står för nummer %(first)s. Var och en som skriver under behöver en egen.",
                {"first": first + 1},
                is_warning=False,
            )


def names_used_twice(form: Form, answers: Answers) -> Iterator[Problem]:
    """Yield a warning for each entry of a repeated section that has the name of one before it."""
    seen: dict[tuple[str, str], Section] = {}
    for section in form.sections:
        if section.repeated and is_shown(form, section, answers):
            first = seen.setdefault((section.repeated, _plain(section.title.sv)), section)
            if first is not section:
                named = section.questions[0].id
                yield Problem(
                    section.id,
                    named,
                    named,
                    "Det finns redan ett avsnitt med samma namn, %(title)s. Kontrollera att det inte är samma.",
                    {"title": first.title},
                    is_warning=True,
                )
