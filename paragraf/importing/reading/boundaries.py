"""Where in a file minutes begin and end: first pages, signatures, certificates, papers of other kinds beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from paragraf.core.errors import N_
from paragraf.importing.reading.front import strong_label
from paragraf.importing.reading.lines import Line
from paragraf.importing.reading.phrases import Opens, opening, unmarked

_TITLE = re.compile(
    r"^(?:sammanträdes|styrelse|mötes|justerat\s)?\s?protokoll\b|^minnesanteckningar\b|^protokoll(?:et)?\s(?:från|fört)",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"^(?:underskrift(?:er)?|vid protokollet|vid tangentbordet|vid pennan|justeras(?: av)?|justerat(?: den)?|justerare"
    r"|sekreterare|ordförande|protokolljusterare|mötesordförande|mötessekreterare)\s*[:._…/\s]*$|^vid protokollet\b"
    r"|^(?:justeras|justerat)\s*:",
    re.IGNORECASE,
)
_CERTIFICATE = re.compile(
    r"^(?:bevis om (?:anslag|justering)|anslag\s?/\s?bevis|anslagsbevis|anslag och bevis|tillkännagivande)\b",
    re.IGNORECASE,
)
_FILL_IN = re.compile(r"^(?:fyll i|ifylld|så här fyller du i|anvisning)\b", re.IGNORECASE)
_PAPER = re.compile(
    r"^(?:kallelse|föredragningslista|dagordning|ärendelista|tjänsteskrivelse|ansökan|ansökningsblankett|projektansökan"
    r"|blankett|statusrapport|lägesrapport|slutrapport|delårsrapport|verksamhetsrapport|årsredovisning|verksamhetsplan"
    r"|överenskommelse|avtal|remiss|missiv|bilaga(?:\s(?:\d+|[a-z]))?\s*(?:[:.–-].*|till\s.*)?)\b",
    re.IGNORECASE,
)
_FIELDS = re.compile(
    r"\b(?:organisationens namn|organisationsnummer|org\.?\s?nr|firmatecknare|utdelningsadress|postnummer|postadress"
    r"|kontaktperson|plusgiro|bankgiro|stödmottagare|sökande organisation|namnförtydligande|enhet/arbetsställe"
    r"|projektägare|projektledare|projektets namn|projektnamn|sökt belopp"
    r"|medfinansiering per år|e-post ?adress|mobiltelefon)",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"^(?:\d+(?:\.\d+)*\.?\s+)?(?:bakgrund|bakgrund/problemformulering|problembeskrivning|syfte|mål|målsättning"
    r"|målgrupp(?:er)?|verksamhet"
    r"|deltagare|deltagarna|organisation(?:/resurser)?|avgränsningar(?: och mervärde)?|genomförande(?: och samverkan)?"
    r"|tidsplan|tid och aktivitetsplan|aktiviteter|jämställdhet|tillgänglighet(?: .*)?|mångfald"
    r"|uppföljning.*|implementering.*"
    r"|kostnader(?: och finansiering)?|budget|resultat.*|metod|samverkan|arbetss?ätt.*|sammanfattning|slutsatser)$",
    re.IGNORECASE,
)
_NEAR, _FAR, _FRONT = 25, 60, 30
#: A line with fields of a form is no longer than this; running text is, and is not searched for them.
_FIELD_AT_MOST = 250

SIGNATURES = N_("underskrifter och bevis om anslag")
FORM = N_("ett formulär eller en ansökan")
PAPER = N_("en annan handling")


@dataclass(frozen=True)
class End:
    """Where a § ends before the next one begins, and what follows instead (a Swedish source text)."""

    at: int
    why: str


def fronts(lines: Sequence[Line], heads: Sequence[int]) -> list[int]:
    """Places where minutes begin: a title or the first of several of a first page's labels, no § among them.

    ``heads``: places of lines that may begin a §.
    """
    labels = [(place, told) for place, line in enumerate(lines) if (told := strong_label(line)) is not None]
    found: list[int] = []
    kept: list[tuple[int, str]] = []
    for place, told in labels:
        near = kept and place - kept[-1][0] <= _FRONT and not _between(heads, kept[-1][0], place)
        kept = [*kept, (place, told)] if near else [(place, told)]
        if len({each for _, each in kept}) == 2:
            first = _with_title(lines, kept[0][0])
            if not found or found[-1] != first:
                found.append(first)
    return found


def _between(heads: Sequence[int], first: int, last: int) -> bool:
    return any(first < head < last for head in heads)


def _with_title(lines: Sequence[Line], place: int) -> int:
    """The place of the title above the labels, where there is one."""
    for above in range(place - 1, max(-1, place - 8), -1):
        if _TITLE.match(lines[above].text) and len(lines[above].text) < 120:
            return above
    return place


def title_above(lines: Sequence[Line], place: int, before: int) -> int | None:
    """The place of the nearest title of minutes above ``place`` and below ``before``, if it is on the same paper."""
    for above in range(place - 1, max(before, place - 40), -1):
        if _TITLE.match(lines[above].text) and len(lines[above].text) < 120:
            return above
    return None


def is_notice(lines: Sequence[Line]) -> bool:
    """Whether a file calls itself a notice or an agenda, and not minutes."""
    told = [line.text for line in lines[:25]]
    called = any(re.match(r"^(?:kallelse|föredragningslista|dagordning)\b", text, re.IGNORECASE) for text in told)
    return called and not any(_TITLE.match(text) for text in told)


def proposes_only(lines: Sequence[Line]) -> bool:
    """Whether something is proposed in the lines and nothing decided."""
    told = {each.what for line in lines if (each := opening(unmarked(line.text)[0])) is not None}
    return Opens.PROPOSAL in told and not told & {Opens.DECISION, Opens.TOLD}


def end_of(lines: Sequence[Line], first: int, until: int, *, is_last: bool) -> End | None:
    """Where the § whose body is ``lines[first:until]`` ends early. ``is_last``: it is the last of its minutes."""
    decided = _last_decision(lines, first, until)
    for place in range(first, until):
        line = lines[place]
        if _CERTIFICATE.match(line.text) and place > decided:
            return End(place, SIGNATURES)
        if is_last and place > decided and _SIGNED.match(line.text):
            return End(place, SIGNATURES)
        if (why := _other_paper(lines, place, until, decided)) is not None:
            return End(_with_heading(lines, first, place) if why == FORM else place, why)
    return None


def _last_decision(lines: Sequence[Line], first: int, until: int) -> int:
    for place in range(until - 1, first - 1, -1):
        each = opening(unmarked(lines[place].text)[0])
        if each is not None and each.what is Opens.DECISION:
            return place
    return first - 1


def _other_paper(lines: Sequence[Line], place: int, until: int, decided: int) -> str | None:
    """What begins here if it is no part of the §: a cue alone proves nothing, what follows it must agree."""
    line = lines[place]
    if _FILL_IN.match(line.text) and _fields(lines, place, min(until, place + _NEAR)) >= 2:
        return FORM
    if (
        len(line.text) < _FIELD_AT_MOST
        and _FIELDS.search(line.text)
        and _fields(lines, place, min(until, place + 12)) >= 4
    ):
        return FORM
    if place <= decided:
        return None
    if _PAPER.match(line.text) and len(line.text) < 90 and (line.stands_out or line.crossed or line.text.isupper()):
        alike = _fields(lines, place, min(until, place + _NEAR)) >= 2 or _sections(lines, place, until) >= 3
        if alike or line.crossed or line.text.isupper() or 0 < line.heading <= 2:
            return PAPER
    if _SECTION.match(line.text) and line.stands_out and _sections(lines, place, until) >= 4:
        return PAPER
    return None


def _fields(lines: Sequence[Line], first: int, until: int) -> int:
    """How many different fields of a form there are."""
    return len({found.lower() for line in lines[first:until] for found in _FIELDS.findall(line.text)})


def _sections(lines: Sequence[Line], first: int, until: int) -> int:
    """How many headings of an application or a report there are."""
    near = lines[first : min(until, first + _FAR)]
    return len({line.text.lower() for line in near if line.stands_out and _SECTION.match(line.text)})


def _with_heading(lines: Sequence[Line], first: int, place: int) -> int:
    """A form begins with its title, which stands out above its first field."""
    while place - 1 >= first and lines[place - 1].stands_out and len(lines[place - 1].text) < 120:
        place -= 1
    return place
