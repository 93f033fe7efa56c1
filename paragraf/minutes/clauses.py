"""A decision clause (att-sats) as it is typed: its verb, the facts that the verb demands, its words.

Everything is kept as typed, also what cannot be read yet, so that no save loses anything; ``demands`` tells what
must be mended before the numbers are fixed and reads the facts; ``wording`` composes the words of the decision.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

from paragraf.core.money import parse_amount
from paragraf.minutes.models import Verb


class YearAmount(NamedTuple):
    """A year and what is granted for it, as typed."""

    year: str
    amount: str


@dataclass(frozen=True)
class Clause:
    """One att-clause as typed. Which fields count is the verb's matter; the others wait, should the verb change."""

    verb: Verb = Verb.OTHER
    #: What is approved, noted, adopted, endorsed or rejected; the whole clause for ``other``.
    text: str = ""
    grantee: str = ""
    years: tuple[YearAmount, ...] = ()
    #: A part of a post, granted without an amount, as typed: "50 %".
    share: str = ""
    conditions: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    role: str = ""
    assignee: str = ""
    task: str = ""
    #: The day by which a commission is to be reported, as typed.
    due_on: str = ""
    #: It is to be reported at the next meeting instead.
    next_meeting: bool = False
    #: Why the matter is remitted back, or the meeting is cancelled.
    reason: str = ""
    #: To when the matter is tabled.
    until: str = ""
    #: To whom or which body it goes: what is endorsed or remitted back, a statement, what is delegated.
    recipient: str = ""
    #: What is to be prepared before a matter that is remitted back is taken up again.
    prepare: str = ""
    #: Where an appointment is to a seat: the body by name, the capacity (people.models.Capacity), the party.
    body: str = ""
    capacity: str = ""
    party: str = ""
    #: In which turn a substitute is called.
    turn: str = ""
    #: Who leaves the seat.
    replaces: str = ""
    #: From and to which day an appointment or delegation holds, as typed.
    from_on: str = ""
    to_on: str = ""
    #: The day by which a statement is given, as typed.
    answer_by: str = ""
    #: The point of the delegation order: "3.2".
    point: str = ""
    #: Which verified § is corrected ("§ 612"), what it says and what it is to say.
    paragraph: str = ""
    wrong: str = ""
    right: str = ""
    #: The day of the meeting that is cancelled, as typed.
    meeting_day: str = ""


# --- from and to JSON ----------------------------------------------------------------------------------------------


def from_json(data: Any) -> Clause:
    """The clause in what a page or a row holds. Whatever is not understood is left out; nothing raises."""
    given = data if isinstance(data, Mapping) else {}
    return Clause(
        verb=_verb(given.get("verb")),
        years=tuple(_year(each) for each in _list(given.get("years")) if any(_year(each))),
        conditions=_lines(given.get("conditions")),
        persons=_lines(given.get("persons")),
        next_meeting=given.get("next_meeting") is True,
        **{name: clean(given.get(name)) for name in _WORDS},
    )


def to_json(clause: Clause) -> dict[str, Any]:
    """The clause as a row keeps it: the verb and what is filled in."""
    values = {field.name: getattr(clause, field.name) for field in fields(clause) if field.name != "verb"}
    kept = {name: value for name, value in values.items() if value}
    kept = {name: [*value] if isinstance(value, tuple) else value for name, value in kept.items()}
    if "years" in kept:
        kept["years"] = [{"year": each.year, "amount": each.amount} for each in clause.years]
    return {"verb": clause.verb.value, **kept}


def clean(text: Any) -> str:
    """Typed text as it is kept: one kind of line breaks, no control characters, no blank ends."""
    words = text if isinstance(text, str) else ""
    return _CONTROL.sub("", words.replace("\r\n", "\n").replace("\r", "\n")).strip()


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
#: The fields that are plain words.
_WORDS = tuple(one.name for one in fields(Clause) if one.type == "str")


def _verb(word: Any) -> Verb:
    return Verb(word) if word in list(Verb) else Verb.OTHER


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _year(value: Any) -> YearAmount:
    given = value if isinstance(value, Mapping) else {}
    return YearAmount(clean(given.get("year")), clean(given.get("amount")))


def _lines(value: Any) -> tuple[str, ...]:
    return tuple(filter(None, map(clean, _list(value))))


# --- from the proposal of the agenda -------------------------------------------------------------------------------

#: In which capacity somebody is seated, by the word for it.
CAPACITIES = {
    "ordförande": "chair",
    "vice ordförande": "vice_chair",
    "ledamot": "board_member",
    "ersättare": "substitute",
}
_VERBS = {
    "godkänna": Verb.APPROVE,
    "notera": Verb.NOTE,
    "anteckna": Verb.NOTE,
    "lägga": Verb.NOTE,
    "bevilja": Verb.GRANT,
    "avslå": Verb.REJECT,
    "utse": Verb.APPOINT,
    "välja": Verb.APPOINT,
    "uppdra": Verb.COMMISSION,
    "återremittera": Verb.REMIT_BACK,
    "bordlägga": Verb.TABLE,
    "anta": Verb.ADOPT,
    "fastställa": Verb.ADOPT,
    "tillstyrka": Verb.ENDORSE,
    "avge": Verb.STATEMENT,
    "yttra": Verb.STATEMENT,
    "delegera": Verb.DELEGATE,
    "rätta": Verb.CORRECT,
    "ställa": Verb.CANCEL_MEETING,
}
_COMMISSION = re.compile(r"uppdra (?:till|åt) (?P<assignee>.+?) att (?P<task>.+)", re.DOTALL)
_APPOINT = re.compile(r"(?:utse|välja) (?P<persons>.+?) (?:(?:till|som) |(?=att ))(?P<role>.+)", re.DOTALL)
_TABLE = re.compile(r"bordlägga \w+ till (?P<until>.+)", re.DOTALL)
_REMIT = re.compile(r"återremittera \w+ (?:till (?P<recipient>[^,]+?), )?(?P<reason>.+)", re.DOTALL)
_STATEMENT = re.compile(r"(?:avge|yttra) (?P<text>.*\byttrande\b.*?) till (?P<recipient>.+)", re.DOTALL)
_DELEGATE = re.compile(r"delegera (?:till|åt) (?P<recipient>.+?) att (?P<text>.+)", re.DOTALL)
_CORRECT = re.compile(
    r"rätta (?P<paragraph>§ ?[\d/]+).*?[:,] (?:i stället för )?[”\"](?P<wrong>[^”\"]+)[”\"] (?:ska|skall) det stå "
    r"[”\"](?P<right>[^”\"]+)[”\"]",
    re.DOTALL,
)
_CANCEL = re.compile(r"ställa in sammanträdet den (?P<meeting_day>\S+(?: \S+ \d{4})?)(?:,? (?P<reason>.+))?", re.DOTALL)
_SEAT = re.compile(r"(?P<capacity>vice ordförande|ordförande|ledamot|ersättare) i (?P<body>.+?)(?: för (?P<party>.+))?")
#: A clause that is two: what follows is a decision of its own, and not the rest of a task.
_COMPOUND = re.compile(r",? (?:samt|och) att (?=(\w+))")
#: Offices that point somebody out without a name.
_OFFICES = frozenset({"ordföranden", "sekreteraren", "förbundschefen", "administratören"})
_NOT_NAMES = frozenset({"Namn", "Justerare", "Ledamot", "Ersättare", "Vakant"})
_AMOUNT = r"(?P<amount>\d{1,3}(?:[ \xa0]\d{3})+(?:,\d\d)?|\d{1,12}(?:,\d\d)?)[ \xa0](?:kr|kronor)"
_YEAR_AMOUNT = re.compile(_AMOUNT + r" för (?:år )?(?P<year>20\d\d)(?!\s*[–-])\b")
_TOTAL = re.compile(r"\bmed " + _AMOUNT + r"(?=[^.]*\bvarav\b)")
#: What a clause ends with when another one follows: ``att …, samt``.
_AND = re.compile(r",\s+(?:samt|och)$")
_BULLET = re.compile(r"^[-–•*\s]+")


def read_proposal(proposal: str, *, grantee: str = "") -> tuple[Clause, ...]:
    """The clauses in an agenda item's proposal: one for each line that begins with ``att``.

    A line that does not continues the one before. ``grantee``: who the matter's money would go to.
    """
    parts: list[str] = []
    for line in (_BULLET.sub("", raw).strip() for raw in clean(proposal).split("\n")):
        if parts and line and not line.lower().startswith("att "):
            parts[-1] += f" {line}"
        elif line and not line.lower().rstrip(": ").endswith(("besluta", "beslutar")):
            parts.append(line)
    return tuple(_proposed(one, grantee) for part in parts for one in _apart(bare(part)))


def _apart(text: str) -> list[str]:
    """The decisions of a clause that has several: ``godkänna … samt att utse …``.

    Only where the next word decides something: "uppdra åt kansliet att utreda samt att redovisa" is one commission.
    """
    cuts = [found for found in _COMPOUND.finditer(text) if found[1].lower() in _VERBS]
    starts = [0, *(found.end() for found in cuts)]
    ends = [*(found.start() for found in cuts), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def _proposed(text: str, grantee: str) -> Clause:
    clause = Clause(_VERBS.get(text.partition(" ")[0].lower(), Verb.OTHER), text=text)
    for pattern in (_COMMISSION, _TABLE, _REMIT, _STATEMENT, _DELEGATE, _CORRECT, _CANCEL):
        if found := pattern.fullmatch(text):
            told: dict[str, Any] = {name: words for name, words in found.groupdict().items() if words}
            return replace(clause, **told)
    if (found := _APPOINT.fullmatch(text)) and names_somebody(found["persons"]):
        persons = re.split(r", | och | samt ", found["persons"])
        seat = _proposed_seat(found["role"])
        return replace(clause, persons=tuple(map(str.strip, persons)), role=found["role"], **seat)
    return replace(clause, grantee=grantee, years=_proposed_years(text)) if clause.verb is Verb.GRANT else clause


def _proposed_seat(role: str) -> dict[str, Any]:
    """The seat that the words name: ``ledamot i Styrgruppen för Region Norrsund``; nothing where they name none."""
    found = _SEAT.fullmatch(role)
    if found is None:
        return {}
    return {"capacity": CAPACITIES[found["capacity"]], "body": found["body"], "party": found["party"] or ""}


def _proposed_years(text: str) -> tuple[YearAmount, ...]:
    """The amount of each year in a proposed grant, as typed; none where a total that is told too is another.

    Then somebody has changed the one and not the other, and has to say which is meant.
    """
    years = tuple(YearAmount(found["year"], found["amount"].strip()) for found in _YEAR_AMOUNT.finditer(text))
    told = _TOTAL.search(text)
    if len({one.year for one in years}) != len(years):
        return ()
    if told and years and parse_amount(told["amount"]) != sum(parse_amount(one.amount) for one in years):
        return ()
    return years


def bare(text: str) -> str:
    """A clause without its ``att``, on one line, without punctuation at the end."""
    line = _AND.sub("", " ".join(text.split()))
    return re.sub(r"^att\s+", "", line, flags=re.IGNORECASE).rstrip(" .,;:")


def names_somebody(text: str) -> bool:
    """Whether the words name a person, or somebody by office: a blank, dots, ``NN`` and ``justerare`` do not."""
    words = [word.strip(".,:;()”\"'…_-–") for word in text.split()]
    return any(
        (word[:1].isupper() and len(word) > 1 and word.upper() != word and word not in _NOT_NAMES)
        or word.lower() in _OFFICES
        for word in words
    )
