"""The words of a decision clause: composed from its facts, so that what is printed and what follows never part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from paragraf.core.errors import RuleBroken
from paragraf.core.money import print_percent
from paragraf.core.printing import print_amount, print_date
from paragraf.core.written_dates import parse_day
from paragraf.minutes.clauses import CAPACITIES, Clause, bare
from paragraf.minutes.demands import post_share, readable
from paragraf.minutes.models import Verb

#: What stands for a fact that is missing, while the clause is being written.
GAP = "…"


def compose(clause: Clause) -> str:
    """The clause as it is read aloud and printed, from ``att`` on, without a full stop. ``…`` stands for a gap."""
    return f"att {_COMPOSERS[clause.verb](clause)}"


def punctuated(clauses: Sequence[str]) -> tuple[str, ...]:
    """The clauses of one § as a sentence over several lines: ``att …,`` ``att …, samt`` ``att ….``"""
    last = len(clauses) - 1
    ends = {last: ".", last - 1: ", samt"}
    # A gap at the end of a clause being written needs no full stop of its own.
    return tuple(f"{text}{ends.get(place, ',')}".replace("….", "…") for place, text in enumerate(clauses))


def series(parts: Iterable[str]) -> str:
    """``a``, ``a och b``, ``a, b och c``."""
    *first, last = parts
    return f"{', '.join(first)} och {last}" if first else last


def _about(verb: str, *also: str, pattern: str = "{verb} {text}", default: str = GAP) -> Callable[[Clause], str]:
    """A composer of ``verb`` + text, that leaves a text with an infinitive of its own as it is."""

    def composed(clause: Clause) -> str:
        text = bare(clause.text)
        if text.partition(" ")[0].lower() in (verb, *also) and " " in text:
            return text
        return pattern.format(verb=verb, text=default if text == verb else text or default)

    return composed


def _grant(clause: Clause) -> str:
    amounts = readable(clause)
    total = print_amount(sum(amounts.values())) if amounts else GAP
    words = f"bevilja {bare(clause.grantee) or GAP} kontant bidrag med {total} för {span(list(amounts))}"
    if clause.share and not amounts:
        words = f"bevilja {bare(clause.grantee) or GAP} bidrag till {_share(clause)} av en tjänst"
    if len(amounts) > 1:
        words += f", varav {series(f'{print_amount(amount)} för {year}' for year, amount in amounts.items())}"
    if clause.conditions:
        words += f", under förutsättning {series(f'att {bare(each)}' for each in clause.conditions)}"
    return words


def _share(clause: Clause) -> str:
    try:
        return print_percent(post_share(clause))
    except RuleBroken:
        return GAP


def span(years: Sequence[int]) -> str:
    """``år 2026``, ``åren 2026–2028``, ``åren 2026 och 2028``; the years in order."""
    if len(years) < 2:
        return f"år {years[0] if years else GAP}"
    if years[-1] - years[0] == len(years) - 1:
        return f"åren {years[0]}–{years[-1]}"
    return f"åren {series(map(str, years))}"


def _appoint(clause: Clause) -> str:
    persons = series(clause.persons) if clause.persons else GAP
    if clause.body:
        return f"utse {persons} till {_seat(clause)}{_span_of(clause)}"
    role = bare(clause.role) or GAP
    join = "" if role.startswith("till ") or clause.role.lower().startswith("att ") else "till "
    return f"utse {persons} {'att ' if _is_task(clause) else join}{role}{_span_of(clause)}"


def _seat(clause: Clause) -> str:
    """The seat in words: ``ledamot i Styrgruppen för Lindå kommun efter Ivar Palm``."""
    known = {word: told for told, word in CAPACITIES.items()}
    words = f"{known.get(clause.capacity, GAP)} i {bare(clause.body)}"
    # Where the role says it all already, with the words of the one who wrote it, those stand.
    if bare(clause.role).lower().startswith(words.lower()):
        words = bare(clause.role)
    elif clause.party:
        words += f" för {bare(clause.party)}"
    if clause.turn:
        words += f" med plats {clause.turn} i turordningen"
    return f"{words} efter {bare(clause.replaces)}" if clause.replaces else words


def _span_of(clause: Clause) -> str:
    words = f" från och med den {day(clause.from_on)}" if clause.from_on else ""
    return f"{words} till och med den {day(clause.to_on)}" if clause.to_on else words


def day(typed: str) -> str:
    """A day as it is printed; as typed, or a gap, where it cannot be read."""
    try:
        return print_date(parse_day(typed))
    except RuleBroken:
        return typed or GAP


def _is_task(clause: Clause) -> bool:
    return clause.role.lower().startswith("att ")


def _commission(clause: Clause) -> str:
    words = f"uppdra till {bare(clause.assignee) or GAP} att {bare(clause.task) or GAP}"
    if clause.next_meeting:
        return f"{words}, att redovisas vid nästa sammanträde"
    try:
        return f"{words}, att redovisas senast den {print_date(parse_day(clause.due_on))}"
    except RuleBroken:
        return f"{words}, att redovisas {clause.due_on or GAP}"


def _endorse(clause: Clause) -> str:
    words = _about("tillstyrka")(clause)
    return f"{words} och lämna ärendet vidare till {bare(clause.recipient)}" if clause.recipient else words


def _statement(clause: Clause) -> str:
    words = _about("avge", "yttra", default="yttrande")(clause)
    if clause.recipient:
        words += f" till {bare(clause.recipient)}"
    return f"{words} senast den {day(clause.answer_by)}" if clause.answer_by else words


def _delegate(clause: Clause) -> str:
    text = bare(clause.text) or GAP
    if text.partition(" ")[0].lower() == "delegera" and not clause.recipient:
        return text
    words = f"delegera till {bare(clause.recipient) or GAP} att {_without('delegera', text)}"
    if clause.point:
        words += f" (punkt {bare(clause.point)} i delegationsordningen)"
    return words + _span_of(clause)


def _without(verb: str, text: str) -> str:
    first, _space, rest = text.partition(" ")
    return rest if first.lower() == verb and rest else text


def _correct(clause: Clause) -> str:
    pointed_out = clause.paragraph if "§" in clause.paragraph else f"§ {clause.paragraph or GAP}"
    wrong, right = bare(clause.wrong) or GAP, bare(clause.right) or GAP
    return f"rätta {pointed_out}: i stället för ”{wrong}” ska det stå ”{right}”"


def _cancel_meeting(clause: Clause) -> str:
    words = f"ställa in sammanträdet den {day(clause.meeting_day)}"
    reason = bare(clause.reason)
    if not reason:
        return words
    join = "" if reason.partition(" ")[0].lower() in ("för", "eftersom", "då", "på", "med") else "eftersom "
    return f"{words} {join}{reason}"


def _remit_back(clause: Clause) -> str:
    reason = bare(clause.reason) or GAP
    join = "" if reason.partition(" ")[0].lower() in ("för", "eftersom", "då", "till", "med") else "eftersom "
    to = f"till {bare(clause.recipient)} " if clause.recipient else ""
    words = f"återremittera ärendet {to}{join}{reason}"
    return f"{words}. Till dess ska utredas: {bare(clause.prepare)}" if clause.prepare else words


def _table(clause: Clause) -> str:
    until = bare(clause.until) or GAP
    return f"bordlägga ärendet {until if until.startswith('till ') else f'till {until}'}"


_COMPOSERS: dict[Verb, Callable[[Clause], str]] = {
    Verb.APPROVE: _about("godkänna"),
    Verb.NOTE: _about("lägga", "notera", "anteckna", "ta", pattern="lägga {text} till handlingarna"),
    Verb.ADOPT: _about("anta", "fastställa"),
    Verb.ENDORSE: _endorse,
    Verb.REJECT: _about("avslå", default="ansökan"),
    Verb.STATEMENT: _statement,
    Verb.DELEGATE: _delegate,
    Verb.CORRECT: _correct,
    Verb.CANCEL_MEETING: _cancel_meeting,
    Verb.GRANT: _grant,
    Verb.APPOINT: _appoint,
    Verb.COMMISSION: _commission,
    Verb.REMIT_BACK: _remit_back,
    Verb.TABLE: _table,
    Verb.OTHER: lambda clause: bare(clause.text) or GAP,
}
