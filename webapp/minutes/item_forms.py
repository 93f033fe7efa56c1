"""Between a § and its form: what is typed becomes words, words fill the form; buttons that change the clauses."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from wtforms import Form

from forms.minutes import ClauseForm, ItemForm
from paragraf.core.dates import local_date
from paragraf.minutes.clauses import Clause, from_json
from paragraf.minutes.models import Verb
from paragraf.minutes.queries import Item
from paragraf.minutes.rules import ItemWords

#: Years offered for a new grant, the meeting's year first.
OFFERED_YEARS = 3
#: Which fields each verb asks for; the others are hidden and kept.
FIELDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("approve", "note", "adopt", "reject", "other"), ("text",)),
    "endorse": ("text", "recipient"),
    "statement": ("text", "recipient", "answer_by"),
    "delegate": ("text", "recipient", "point", "from_on", "to_on"),
    "grant": ("grantee", "years", "share", "conditions"),
    "appoint": ("persons", "role", "body", "capacity", "party", "turn", "replaces", "from_on", "to_on"),
    "commission": ("assignee", "task", "due_on", "next_meeting"),
    "remit_back": ("reason", "recipient", "prepare"),
    "table": ("until",),
    "correct": ("paragraph", "wrong", "right"),
    "cancel_meeting": ("meeting_day", "reason"),
}


def form_of(words: ItemWords, version: int, *, meeting_day: datetime) -> ItemForm:
    """The form filled with a §'s words."""
    return ItemForm(
        formdata=None,
        data={
            "base_version": version,
            "heading": words.heading,
            "background": words.background,
            "clauses": [clause_data(clause, meeting_day) for clause in words.clauses],
        },
    )


def empty_clause(meeting_day: datetime, grantee: str) -> Form:
    """A clause that has not been typed yet, for the page's script to copy."""
    return ClauseForm(prefix="clauses-X-", data=clause_data(Clause(Verb.APPROVE, grantee=grantee), meeting_day))


def clause_data(clause: Clause, meeting_day: datetime) -> dict[str, Any]:
    """The clause as the form's fields hold it; years without amounts are offered."""
    first = local_date(meeting_day).year
    typed = {each.year for each in clause.years}
    offered = [year for year in map(str, range(first, first + OFFERED_YEARS)) if year not in typed]
    missing = max(OFFERED_YEARS - len(clause.years), 1)
    return {
        **asdict(clause),
        "verb": clause.verb.value,
        "conditions": "\n".join(clause.conditions),
        "persons": "\n".join(clause.persons),
        "years": [
            *({"year": each.year, "amount": each.amount} for each in clause.years),
            *({"year": year, "amount": ""} for year in offered[:missing]),
        ],
    }


def words_in(form: ItemForm) -> ItemWords:
    """What is typed in the form. Years that were offered and left without an amount are no years."""
    return ItemWords(
        form.heading.data or "",
        form.background.data or "",
        tuple(without_idle_years(from_json(entry.form.told())) for entry in form.clauses.entries),
    )


def without_idle_years(clause: Clause) -> Clause:
    """The clause without the years that nobody wrote an amount for."""
    return replace(clause, years=tuple(each for each in clause.years if each.amount))


def changed_by(words: ItemWords, button: str, one: Item) -> ItemWords:
    """The words after one of the page's buttons: ``add``, ``remove-1``, ``up-1``; any other changes nothing."""
    clauses = list(words.clauses)
    act, _dash, number = button.partition("-")
    place = int(number) if number.isascii() and number.isdigit() else -1
    if act == "add":
        clauses.append(new_clause(one))
    elif act == "remove" and 0 <= place < len(clauses):
        del clauses[place]
    elif act == "up" and 0 < place < len(clauses):
        clauses.insert(place - 1, clauses.pop(place))
    return replace(words, clauses=tuple(clauses))


def new_clause(one: Item) -> Clause:
    """A clause to begin with: a grant where the matter is an application that has no clause yet."""
    matter = one.row.matter
    grants = one.application_id is not None and not one.words.clauses
    return Clause(Verb.GRANT if grants else Verb.APPROVE, grantee=matter.counterpart if matter and grants else "")
