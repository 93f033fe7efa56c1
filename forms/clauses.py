"""Shape of a decision clause on the minutes desk, and how what is typed there is read.

A table and not a form library: the desk draws and reads a hundred such fields many times a minute (decision 0026).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

#: Decision verbs by their word in the rows, in the order of the list.
VERBS: dict[str, LazyString] = {
    "approve": _l("Godkänna"),
    "note": _l("Lägga till handlingarna, notera"),
    "adopt": _l("Anta, fastställa"),
    "endorse": _l("Tillstyrka"),
    "grant": _l("Bevilja bidrag"),
    "reject": _l("Avslå"),
    "appoint": _l("Utse"),
    "commission": _l("Uppdra"),
    "remit_back": _l("Återremittera"),
    "table": _l("Bordlägga"),
    "statement": _l("Avge yttrande"),
    "delegate": _l("Delegera beslutanderätt"),
    "correct": _l("Rätta ett justerat protokoll"),
    "cancel_meeting": _l("Ställa in ett sammanträde"),
    "other": _l("Annat beslut"),
}
#: Those that say in a text of their own what is decided.
_ABOUT = ("approve", "note", "adopt", "endorse", "reject", "statement", "delegate", "other")
#: In which capacity somebody is seated, by its word in the rows.
CAPACITIES: tuple[tuple[str, LazyString], ...] = (
    ("chair", _l("ordförande")),
    ("vice_chair", _l("vice ordförande")),
    ("board_member", _l("ledamot")),
    ("substitute", _l("ersättare")),
)
#: What a clause is that says nothing else.
OTHER = "other"


class Kind(StrEnum):
    """How an input is drawn and read."""

    LINE = "line"
    TEXT = "text"
    #: A text of several entries, one on each line; read as a list.
    LINES = "lines"
    CHECK = "check"
    #: One of ``Input.choices`` or of the list that the page gives under ``Input.source``.
    CHOICE = "choice"
    #: Rows of a year and an amount.
    YEARS = "years"


@dataclass(frozen=True)
class Input:
    """One field of a clause: its name in ``Clause``, the verbs that ask for it, and how it is drawn."""

    name: str
    label: LazyString
    verbs: tuple[str, ...]
    kind: Kind = Kind.LINE
    help: LazyString | None = None
    #: Id of a datalist on the page.
    suggestions: str = ""
    choices: tuple[tuple[str, LazyString], ...] = ()
    #: Name of the page's list of choices, where rows make it: see ``webapp.minutes.item_forms.choices``.
    source: str = ""


#: Every field of a clause, in the order of the page. All are there whatever the verb, so that a changed verb loses
#: nothing: those of other verbs are hidden.
INPUTS: tuple[Input, ...] = (
    Input("text", _l("Vad som beslutas"), _ABOUT, Kind.TEXT),
    Input("grantee", _l("Vem får bidraget?"), ("grant",)),
    Input("years", _l("Belopp"), ("grant",), Kind.YEARS),
    Input(
        "share",
        _l("Andel av en tjänst, om inget belopp anges"),
        ("grant",),
        help=_l("Till exempel 50 procent. Andelen räknas inte in i några summor."),
    ),
    Input(
        "conditions",
        _l("Villkor, ett på varje rad"),
        ("grant",),
        Kind.LINES,
        _l("Fortsätt meningen ”under förutsättning att …”."),
    ),
    Input("persons", _l("Vem utses? En på varje rad"), ("appoint",), Kind.LINES),
    Input(
        "role",
        _l("Till vad?"),
        ("appoint",),
        help=_l("Till exempel justerare, eller: att justera protokollet."),
    ),
    Input("assignee", _l("Vem får uppdraget?"), ("commission",), suggestions="personer"),
    Input("task", _l("Vad är uppdraget?"), ("commission",), Kind.TEXT),
    Input("due_on", _l("Redovisas senast"), ("commission",), help=_l("Till exempel 2026-10-01 eller 1 oktober 2026.")),
    Input("next_meeting", _l("Redovisas vid nästa sammanträde"), ("commission",), Kind.CHECK),
    Input("body", _l("Är det en plats i ett organ? Vilket?"), ("appoint",), suggestions="organ"),
    Input("capacity", _l("Som vad?"), ("appoint",), Kind.CHOICE, choices=CAPACITIES),
    Input(
        "party",
        _l("För vilken part?"),
        ("appoint",),
        help=_l("Tomt: samma part som den som lämnar platsen."),
        suggestions="parter",
    ),
    Input("replaces", _l("Vem lämnar platsen?"), ("appoint",), suggestions="personer"),
    Input("turn", _l("Ersättarens tur att tjänstgöra"), ("appoint",), help=_l("Tomt: efter de andra.")),
    Input("paragraph", _l("Vilken paragraf rättas?"), ("correct",), help=_l("Till exempel § 612.")),
    Input("wrong", _l("Vad står det?"), ("correct",), Kind.TEXT),
    Input("right", _l("Vad ska det stå?"), ("correct",), Kind.TEXT),
    Input("meeting_day", _l("Vilken dag är sammanträdet?"), ("cancel_meeting",)),
    Input("reason", _l("Varför?"), ("remit_back", "cancel_meeting")),
    Input(
        "recipient",
        _l("Till vem eller vilket organ?"),
        ("remit_back", "endorse", "statement", "delegate"),
        suggestions="personer",
    ),
    Input("prepare", _l("Vad ska utredas till dess?"), ("remit_back",)),
    Input("answer_by", _l("Yttrandet ska lämnas senast"), ("statement",)),
    Input("point", _l("Punkt i delegationsordningen"), ("delegate",), help=_l("Till exempel 3.2.")),
    Input("from_on", _l("Från och med"), ("appoint", "delegate")),
    Input("to_on", _l("Till och med"), ("appoint", "delegate")),
    Input("until", _l("Till när bordläggs ärendet?"), ("table",), help=_l("Till exempel nästa sammanträde.")),
)

_PLACE = re.compile(r"clauses-([0-9]{1,4})-verb", re.ASCII)
_YEAR = re.compile(r"clauses-([0-9]{1,4})-years-([0-9]{1,3})-year", re.ASCII)


def clauses_in(posted: Mapping[str, str]) -> list[dict[str, Any]]:
    """The clauses of a posted form, in the order of their places, as ``paragraf.minutes.clauses.from_json`` reads them.

    A field that was not sent is empty; what cannot be understood is left as typed.
    """
    places = sorted(int(found[1]) for found in map(_PLACE.fullmatch, posted) if found)
    return [_clause(posted, f"clauses-{place}-") for place in places]


def _clause(posted: Mapping[str, str], prefix: str) -> dict[str, Any]:
    return {"verb": posted[f"{prefix}verb"], **{one.name: _read(posted, prefix, one) for one in INPUTS}}


def _read(posted: Mapping[str, str], prefix: str, one: Input) -> Any:
    typed = posted.get(prefix + one.name, "")
    if one.kind is Kind.LINES:
        return typed.splitlines()
    if one.kind is Kind.CHECK:
        return bool(typed)
    return _years(posted, prefix) if one.kind is Kind.YEARS else typed


def _years(posted: Mapping[str, str], prefix: str) -> list[dict[str, str]]:
    found = sorted(int(each[2]) for each in map(_YEAR.fullmatch, posted) if each and f"clauses-{each[1]}-" == prefix)
    rows = (f"{prefix}years-{row}-" for row in found)
    return [{"year": posted[f"{row}year"], "amount": posted.get(f"{row}amount", "")} for row in rows]
