"""The entries of a repeated section: which there are, what they are called, and how one is added or taken away.

The entries of a section that repeats freely are stored among the answers under the section's own id, as a list of
numbers that are never used again: ``{"annex": ["1", "3"]}``. An entry that is taken away keeps its answers; they are
just not asked for. A section that repeats for each chosen member has the members' ids as entries and stores nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from paragraf.core.errors import NotThere, RuleBroken
from paragraf.questions.conditions import Answers, is_asked
from paragraf.questions.context import Context
from paragraf.questions.definition import Form, Kind, Repeat, Section, Text
from paragraf.questions.fields import is_unread

_NUMBER = re.compile(r"[1-9][0-9]{0,3}")


@dataclass(frozen=True, slots=True)
class Repeated:
    """A section that repeats freely, as it stands: its id and title, what an entry is called, and what may be done."""

    section_id: str
    title: Text
    called: Text
    may_add: bool
    may_remove: bool


def repeated(section: Section, answers: Answers) -> Repeated:
    """Return how a freely repeated section (as written) stands."""
    rule, count = _repeat(section), len(_free_entries(section, answers))
    may_add = rule.at_most is None or count < rule.at_most
    return Repeated(section.id, section.title, rule.called or section.title, may_add, count > rule.at_least)


def question_id(section_id: str, entry: str, written_id: str) -> str:
    """Return the id that a question of a repeated section has in one entry. No id in a definition has a hyphen."""
    return f"{section_id}-{entry}-{written_id}"


def written_id(unfolded_id: str) -> str:
    """Return the id that stands in the definition for the id of an unfolded (or a plain) question."""
    return unfolded_id.rpartition("-")[2]


def entries_of(form: Form, section: Section, answers: Answers, context: Context) -> tuple[str, ...]:
    """Return the entries of a repeated section (of the form as written) in order."""
    repeat = _repeat(section)
    if repeat.for_each is None:
        return _free_entries(section, answers)
    source = form.question(repeat.for_each)
    chosen = answers.get(source.id) if is_asked(form, source, answers) else None
    members = chosen if isinstance(chosen, list) else []
    return tuple(one for one in members if isinstance(one, str) and one in context.members)


def _repeat(section: Section) -> Repeat:
    if section.repeat is None:
        raise ValueError(f"the section {section.id} does not repeat")
    return section.repeat


def _free_entries(section: Section, answers: Answers) -> tuple[str, ...]:
    stored = answers.get(section.id)
    if not isinstance(stored, list):
        return tuple(str(number + 1) for number in range(_repeat(section).at_least))
    return tuple(dict.fromkeys(one for one in stored if isinstance(one, str) and _NUMBER.fullmatch(one)))


def name_of(section: Section, entry: str, answers: Answers, context: Context) -> Text | None:
    """Return what an entry is named: the member, or the answer to the question that names it; None until then."""
    repeat = _repeat(section)
    if repeat.for_each:
        name = context.members[entry].name
        return Text(name, name)
    naming = next((one for one in section.questions if one.id == repeat.named_by), None)
    answer = answers.get(question_id(section.id, entry, naming.id)) if naming else None
    if naming is None or answer is None or is_unread(answer):
        return None
    if naming.kind is Kind.CHOICE:
        return next((choice.label for choice in naming.options.choices if choice.id == answer), None)
    name = answer.get("name") if naming.kind is Kind.ORGANISATION else answer
    return Text(name, name) if isinstance(name, str) else None


def with_entry(form: Form, section_id: str, answers: Answers) -> Answers:
    """Return the answers as if the entry that an unfolded section's id names were there, taken away or not."""
    repeated, hyphen, entry = section_id.rpartition("-")
    section = next((one for one in form.sections if one.id == repeated), None)
    if not hyphen or section is None or section.repeat is None or section.repeat.for_each:
        return answers
    if entry in _free_entries(section, answers) or not entry_answers(repeated, entry, answers):
        return answers
    return {**answers, repeated: [*_free_entries(section, answers), entry]}


def add_entry(form: Form, section_id: str, answers: Answers, entry: str = "") -> tuple[list[str], str]:
    """Return the entries to store under the section's id with one more at the end, and which that is.

    ``entry`` is one that was taken away and is wanted back. Raises RuleBroken when there are as many as the form
    allows, NotThere when the section does not repeat freely or the entry wanted back never was.
    """
    section = _freely_repeated(form, section_id)
    entries, most = list(_free_entries(section, answers)), _repeat(section).at_most
    if most is not None and len(entries) >= most:
        raise RuleBroken("Det finns redan %(most)s, och fler är inte möjligt. Ta bort en först.", most=most)
    # Also of those taken away: their answers are still there.
    begun = set(
        filter(_NUMBER.fullmatch, (name.split("-")[1] for name in answers if name.startswith(f"{section_id}-")))
    )
    if entry and (entry in entries or entry not in begun):
        raise NotThere("Avsnittet finns inte i formuläret.")
    added = entry or str(max(map(int, {*entries, *begun}), default=0) + 1)
    return [*entries, added], added


def take_entry_away(form: Form, section_id: str, entry: str, answers: Answers) -> list[str]:
    """Return the entries to store under the section's id without this one.

    Raises RuleBroken when there are as few as the form allows, NotThere when there is no such entry to take away.
    """
    section = _freely_repeated(form, section_id)
    entries, least = list(_free_entries(section, answers)), _repeat(section).at_least
    if entry not in entries:
        raise NotThere("Avsnittet finns inte i formuläret.")
    if len(entries) <= least:
        raise RuleBroken("Minst %(least)s måste finnas kvar.", least=least)
    return [one for one in entries if one != entry]


def _freely_repeated(form: Form, section_id: str) -> Section:
    for section in form.sections:
        if section.id == section_id and section.repeat and section.repeat.for_each is None:
            return section
    raise NotThere("Avsnittet finns inte i formuläret.")


def entry_answers(section_id: str, entry: str, answers: Answers) -> dict[str, Any]:
    """Return the stored answers of one entry by the ids as written, were it taken away or not."""
    start = question_id(section_id, entry, "")
    return {name.removeprefix(start): value for name, value in answers.items() if name.startswith(start)}
