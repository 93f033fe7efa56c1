"""Between a § and its form: what is typed becomes words, words become what the page draws; buttons that change clauses.

No form library here: a page with thirty fields a clause is drawn and read by the table of ``forms.clauses`` (decision
0026). The token against forged forms is checked for every post by the application.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from forms.clauses import OTHER, VERBS, clauses_in
from paragraf.core.dates import local_date
from paragraf.minutes.clauses import Clause, YearAmount, clean, from_json
from paragraf.minutes.models import Verb
from paragraf.minutes.proceedings import Proceedings
from paragraf.minutes.rules import ItemWords

#: Years offered for a new grant, the meeting's year first.
OFFERED_YEARS = 3

#: A choice of a clause's field: what is sent and what is shown.
Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class ClauseLine:
    """One clause as the page draws it."""

    #: Its place in the names of fields: 0 first, ``X`` for the one that the page's script copies.
    place: int | str
    clause: Clause
    years: tuple[YearAmount, ...]

    @property
    def number(self) -> int | str:
        """Its number on the page, 1 first."""
        return self.place + 1 if isinstance(self.place, int) else self.place

    @property
    def verb(self) -> str:
        """The verb in the list; one that the list lacks is shown as another decision."""
        return self.clause.verb.value if self.clause.verb.value in VERBS else OTHER

    def value(self, name: str) -> Any:
        """What a field holds: text, a bool, or a list's entries one on each line."""
        value = getattr(self.clause, name)
        return "\n".join(value) if isinstance(value, tuple) else value


@dataclass(frozen=True)
class ItemForm:
    """A § as its form is drawn."""

    base_version: int
    words: ItemWords
    clauses: tuple[ClauseLine, ...]
    #: A clause that has not been typed yet, for the page's script to copy.
    blank: ClauseLine


def form_of(words: ItemWords, version: int, *, meeting_day: datetime, grantee: str = "") -> ItemForm:
    """The form filled with a §'s words. ``grantee``: whom a new grant would go to."""
    blank = Clause(Verb.APPROVE, grantee=grantee)
    return ItemForm(
        version,
        words,
        tuple(_line(place, clause, meeting_day) for place, clause in enumerate(words.clauses)),
        _line("X", blank, meeting_day),
    )


def _line(place: int | str, clause: Clause, meeting_day: datetime) -> ClauseLine:
    """The clause with years offered that have no amounts yet."""
    first = local_date(meeting_day).year
    typed = {each.year for each in clause.years}
    offered = [year for year in map(str, range(first, first + OFFERED_YEARS)) if year not in typed]
    missing = max(OFFERED_YEARS - len(clause.years), 1)
    return ClauseLine(place, clause, (*clause.years, *(YearAmount(year, "") for year in offered[:missing])))


# --- what is typed -------------------------------------------------------------------------------------------------


def words_in(posted: MultiDict[str, str], proceedings: Proceedings) -> ItemWords:
    """What is typed in the form. ``proceedings``: what was told around the decision, which has a reading of its own."""
    return _words(posted.get("heading"), posted.get("background"), clauses_in(posted), proceedings)


def words_of_json(sent: Mapping[str, Any], proceedings: Proceedings) -> ItemWords:
    """The same, of what the page's script sends."""
    clauses = sent.get("clauses")
    return _words(
        sent.get("heading"), sent.get("background"), clauses if isinstance(clauses, list) else [], proceedings
    )


def _words(heading: Any, background: Any, clauses: Sequence[Any], proceedings: Proceedings) -> ItemWords:
    read = tuple(_without_idle_years(from_json(clause)) for clause in clauses)
    return ItemWords(clean(heading), clean(background), read, proceedings)


def _without_idle_years(clause: Clause) -> Clause:
    """Years that were offered and left without an amount are no years."""
    return replace(clause, years=tuple(each for each in clause.years if each.amount))


def base_version_in(posted: Mapping[str, str]) -> int | None:
    """The version that the writer saw; None where it cannot be read."""
    value = posted.get("base_version", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


# --- buttons -------------------------------------------------------------------------------------------------------


def changed_by(words: ItemWords, button: str, new: Clause) -> ItemWords:
    """The words after one of the page's buttons: ``add``, ``remove-1``, ``up-1``, ``down-1``; others change nothing."""
    clauses = list(words.clauses)
    act, _dash, number = button.partition("-")
    place = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else -1
    if act == "add":
        clauses.append(new)
    elif act == "remove" and 0 <= place < len(clauses):
        del clauses[place]
    elif act == "up" and 0 < place < len(clauses):
        clauses.insert(place - 1, clauses.pop(place))
    elif act == "down" and 0 <= place < len(clauses) - 1:
        clauses.insert(place + 1, clauses.pop(place))
    return replace(words, clauses=tuple(clauses))


def new_clause(counterpart: str, *, has_application: bool, is_first: bool) -> Clause:
    """A clause to begin with: a grant where the matter is an application that has no clause yet."""
    grants = has_application and is_first
    return Clause(Verb.GRANT if grants else Verb.APPROVE, grantee=counterpart if grants else "")
