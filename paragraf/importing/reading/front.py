"""The first page of minutes: when and where, who was there, who verifies, which §§ it says there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from paragraf.core.typography import plain
from paragraf.core.written_dates import parse_written_date, parse_written_time
from paragraf.importing.reading.lines import Line, one_line

_PLACE_TIME = r"(?:plats och tid|tid och plats|tid/plats|plats/tid|tid & plats|plats & tid|tid, plats|plats, tid)"
_NOT_SERVING = r"(?:ej|icke|inte) (?:tjänstgörande|beslutande)(?: ersättare)?"
#: Label → what it tells. The first that fits counts, so longer ones stand before shorter.
_LABELS = (
    ("verification", rf"{_PLACE_TIME} för justering(?:en)?", r"justeringens? (?:plats och tid|tid och plats)"),
    ("verification", r"justeringens? (?:tid|plats|dag|datum)", "justeringsdatum"),
    ("place_time", _PLACE_TIME),
    ("day", "sammanträdesdatum", "sammanträdesdag", "mötesdatum", "mötesdag", "protokollsdatum"),
    ("day", r"datum för sammanträde(?:t)?"),
    ("others", r"övriga(?: deltagande| deltagare| närvarande)?", _NOT_SERVING, rf"närvarande,? {_NOT_SERVING}"),
    ("others", "närvarande ersättare", r"adjungerade?", "tjänstemän", "föredragande"),
    ("absent", "frånvarande", r"förhindrade?", "anmält förhinder", "förfall"),
    ("deciding", r"beslutande(?: ledamöter)?", r"närvarande(?: ledamöter| beslutande)?", "ledamöter"),
    ("deciding", r"tjänstgörande(?: ersättare)?", "deltagare", "deltagande", "ersättare"),
    ("verifiers", r"utses? att justera", r"utsed(?:d|da) att justera", r"utsedda? justerare", "protokolljusterare"),
    ("verifiers", "justerare", "justerande", "att justera", "justeras av", "val av justerare"),
    ("range", r"paragraf(?:er)?", "§§"),
    ("signatures", "underskrifter", "signaturer"),
    ("secretary", "sekreterare", "mötessekreterare", "vid protokollet", "protokollförare"),
    ("chair", "ordförande", "mötesordförande"),
    ("time", "tid", "klockan", "starttid"),
    ("place", "plats", "lokal"),
    ("certificate", "anslag/bevis", r"bevis om (?:anslag|justering)", "anslaget har satts upp", "organ", "underskrift"),
    (
        "certificate",
        r"anslaget tas ner(?: efter)?",
        r"datum (?:för|då) anslag\w*",
        r"förvaringsplats(?: för protokollet)?",
    ),
    ("day", "datum", "dag"),
)
_PATTERNS = [
    (name, re.compile(rf"^(?:{'|'.join(words)})(?:\s*[:\t]\s*|\s+(?=\S)|\s*$)(?P<rest>.*)$", re.IGNORECASE))
    for name, *words in _LABELS
]
_ANY = re.compile(rf"^(?:{'|'.join(word for _, *words in _LABELS for word in words)})", re.IGNORECASE)
#: The labels by which a first page is known.
_STRONG = frozenset(("place_time", "deciding", "verifiers", "range", "others"))
_TO = r"(?:[-–—]|till(?: och med)?|t\.?\s?o\.?\s?m\.?)"
_RANGE = re.compile(
    rf"^(?:paragraf(?:er)?|§§?)?\s*[:\t]?\s*(?:§{{1,2}}\s*)?(\d{{1,4}})\s*{_TO}\s*(?:§{{1,2}}\s*)?(\d{{1,4}})"
    r"(?:\s*/\s*\d{2,4})?\.?$",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec)\.?"
)
_DAY = re.compile(
    r"\b(?:\d{4}-\d{1,2}-\d{1,2}|(?:19|20)\d\d\s?[./]\s?\d{1,2}\s?[./]\s?\d{1,2}"
    rf"|\d{{1,2}}(?::[ae])?\s+{_MONTH}\s+\d{{4}}|\d{{1,2}}/\d{{1,2}}[ -]\d{{4}})\b",
    re.IGNORECASE,
)
_SPAN = re.compile(r"\b(\d{1,2})(?:[.:](\d\d))?\s*(?:-|–|—|till)\s*(?:kl\.?\s*)?(\d{1,2})[.:](\d\d)\b")
_CLOCK = re.compile(r"\b(?:kl\.?|klockan)\s*(\d{1,2})(?:[.:](\d\d))?\b", re.IGNORECASE)
_WORD = r"[A-ZÅÄÖÉ][a-zåäöéüA-ZÅÄÖ]*(?:-[A-ZÅÄÖ][a-zåäöé]+)*"
_NAME = re.compile(
    rf"^/?\s*(?P<name>{_WORD}(?:\s+(?:von|af|de|van)\s+|\s+){_WORD}(?:\s+{_WORD})?)\s*(?:[,(/–\t-]\s*(?P<role>.*?))?[/)]?\s*$"
)
_ROLES = (
    ("vice_chair", re.compile(r"\b(?:1:e |2:e |förste |andre )?(?:vice|v\.?)\s?ordf", re.IGNORECASE)),
    ("chair", re.compile(r"\bordf", re.IGNORECASE)),
    ("secretary", re.compile(r"\bsekr", re.IGNORECASE)),
    ("verifier", re.compile(r"justerare|justerande", re.IGNORECASE)),
    ("substitute", re.compile(r"\bers(?:ättare|\.)?", re.IGNORECASE)),
    ("member", re.compile(r"\bledamot|\bled\.", re.IGNORECASE)),
)
_NO_NAME = re.compile(
    r"samordnings|förbund|kommun|region|försäkringskassan|arbetsförmedling|protokoll|sammanträd|anslag|stads?hus|styrelse|bilaga",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ReadPerson:
    """Somebody on the first page; ``role``: chair, vice_chair, secretary, verifier, substitute, member or "";
    ``told``: the words beside the name."""

    name: str
    role: str = ""
    told: str = ""
    #: Under which heading: deciding, others, absent, verifiers, signatures.
    under: str = ""


@dataclass(frozen=True)
class Front:
    """What a first page tells. What it does not tell is None or empty."""

    day: date | None = None
    #: Days that the page names, where none is labelled as the meeting's.
    days: tuple[date, ...] = ()
    starts: time | None = None
    ends: time | None = None
    place: str = ""
    verified_on: date | None = None
    persons: tuple[ReadPerson, ...] = ()
    numbers: range | None = None
    #: The line that the range of §§ was read from.
    numbers_line: int = 0
    title: str = field(default="")

    def named(self, role: str) -> str:
        """The first person of the role; "" where none is named."""
        return next((one.name for one in self.persons if one.role == role), "")

    def verifiers(self) -> tuple[str, ...]:
        """Who verifies, each once."""
        found = (one.name for one in self.persons if one.role == "verifier" or one.under == "verifiers")
        return tuple(dict.fromkeys(found))


def strong_label(line: Line) -> str | None:
    """The label of a first page that the line begins with, if it is one that only first pages have."""
    if len(line.text) > 200:
        return None
    told = _label(line.text)
    if told is None or told[0] not in _STRONG:
        return None
    name, rest = told
    if name == "range":
        return name if _RANGE.match(line.text) else None
    # "Ledamöter i styrelsen har …" is running text.
    return name if not rest or not rest[:1].islower() or line.lead or ":" in line.text[:40] else None


def range_on(line: Line) -> range | None:
    """The range of §§ that the line tells, such as ``Paragrafer 626-636``."""
    found = _RANGE.match(one_line(line.text))
    if found is None or not (line.text[:1] == "§" or line.text[:4].lower() == "para"):
        return None
    first, last = int(found[1]), int(found[2])
    return range(first, last + 1) if first <= last else None


def read_front(lines: Sequence[Line], margins: Iterable[str] = ()) -> Front:
    """What the lines before the first § tell."""
    told = _by_label(lines)
    day = _first_day(told.get("day", ())) or _first_day(told.get("place_time", ())) or _first_day(told.get("time", ()))
    days = tuple(dict.fromkeys(each for line in lines for each in days_in(line.text)))
    days = days or tuple(dict.fromkeys(each for text in margins for each in days_in(text)))
    verified_on = _first_day(told.get("verification", ()))
    others = [each for each in days if each != verified_on]
    starts, ends = _clock_times([*told.get("place_time", ()), *told.get("time", ())])
    numbers = next(((found, line.number) for line in lines if (found := range_on(line)) is not None), (None, 0))
    place = " ".join(told.get("place_time", ()) or told.get("place", ()))
    return Front(
        day=day or (others[0] if len(others) == 1 else None),
        days=days,
        starts=starts,
        ends=ends,
        place=one_line(place)[:200],
        verified_on=verified_on,
        persons=tuple(_persons(told)),
        numbers=numbers[0],
        numbers_line=numbers[1],
        title=one_line(lines[0].text)[:200] if lines else "",
    )


def days_in(text: str) -> list[date]:
    """The days written out in full in the text; those that no calendar has are left out."""
    found = [parse_written_date(plain(each)) for each in _DAY.findall(text)] if any(map(str.isdigit, text)) else []
    return [each.days[0] for each in found if each.is_clear and each.days]


def _label(text: str) -> tuple[str, str] | None:
    for name, pattern in _PATTERNS if _ANY.match(text) else ():
        if found := pattern.match(text):
            return name, found["rest"].strip()
    return None


def _by_label(lines: Sequence[Line]) -> dict[str, list[str]]:
    """The words under each label, in order: on the label's own line and on those after it."""
    told: dict[str, list[str]] = {}
    current = ""
    for line in lines:
        for text in line.text.split("\t") if line.in_table else (line.text,):
            found = _label(text)
            if found is not None and (not found[1] or _fits(found[0], found[1])):
                current, text = found
            if text and current:
                told.setdefault(current, []).append(text)
    return told


def _fits(name: str, rest: str) -> bool:
    """Whether what follows a label on its line is such a thing: "Ordförande Bo Ek", not "Datum i kallelsen är fel"."""
    return not rest[:1].islower() or name in ("place_time", "time", "place", "day")


def _first_day(texts: Iterable[str]) -> date | None:
    return next((day for text in texts for day in days_in(text)), None)


def _clock_times(texts: Iterable[str]) -> tuple[time | None, time | None]:
    for text in texts:
        if found := _SPAN.search(text):
            told = parse_written_time(f"{found[1]}.{found[2] or '00'}-{found[3]}.{found[4]}")
            if told.is_clear:
                return told.first, told.last
        if alone := _CLOCK.search(text):
            told = parse_written_time(f"kl. {alone[1]}.{alone[2] or '00'}")
            return told.first, None
    return None, None


def _persons(told: dict[str, list[str]]) -> Iterable[ReadPerson]:
    for under in ("deciding", "others", "absent", "verifiers", "chair", "secretary", "signatures"):
        for text in told.get(under, ()):
            for part in _several(text):
                if (person := _person(part.strip(" .…_"), under)) is not None:
                    yield person


def _several(text: str) -> list[str]:
    """The persons on a line, each by itself: "Bo Ek, Eva Sund" is two, "Bo Ek, ordförande" one."""
    names = [part.strip() for part in text.split(",")]
    if len(names) > 1 and all((found := _NAME.match(name)) and not found["role"] for name in names):
        return names
    return re.split(r";|\s{3,}", text)


def _person(text: str, under: str) -> ReadPerson | None:
    found = _NAME.match(one_line(text))
    if found is None or _NO_NAME.search(found["name"]):
        return None
    told = (found["role"] or "").strip(" /)")
    role = next((name for name, pattern in _ROLES if pattern.search(told)), "")
    if not role and under in ("chair", "secretary"):
        role = under
    return ReadPerson(found["name"], role, told, under)
