"""The words by which minutes decide, propose and go on to something else, as offices write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

#: What a body does: an ``att`` before one of these begins a clause of its own.
VERBS = (
    r"(?:godkänna|notera|anteckna|lägga|bevilja|avslå|utse|välja|uppdra|återremittera|bordlägga|anta|fastställa|tillstyrka"
    r"|avge|delegera|ge|överlämna|ställa|sända|skicka|medfinansiera|finansiera|avsätta|inrätta|rekommendera|föreslå"
    r"|bemyndiga|befullmäktiga|återkalla|upphäva|förklara|hänskjuta|teckna|ingå|säga|förlänga|entlediga|bifalla|delta"
    r"|betala|anslå|tilldela|starta|avsluta|överföra|uttala|justera|omedelbart)"
)
#: Who decides in minutes of an association; others that "decide" in running text are told about.
_BODIES = r"styrelse|förbund|utskott|möte|sammanträde|nämnd|grupp|råd|beredning|kommitté|direktion|presidi|\bvi\b"
_DECIDES = r"(?:beslutar|beslutade|beslöt|beslutat)"
_ADVERBS = (
    r"(?:\s+(?:enhälligt|enhälliga|också|även|därefter|därmed|därför|vidare|således|alltså|slutligen|härmed|följande"
    r"|dessutom|i övrigt|utan omröstning|efter (?:votering|omröstning|diskussion)|för egen del"
    r"|enligt(?: [\wåäö]+){0,2} förslag(?:et)?|i enlighet med(?: [\wåäö]+){0,2} förslag(?:et)?))*"
)
_WHO = r"(?P<who>[A-ZÅÄÖ][\w/\-]*(?:\s+[\w/\-]+){0,6}?)"
_START = r"(?:^|(?<=[.!?”\")\d])\s*|(?<=[a-zåäö.])(?=[A-ZÅÄÖ]))"
_DIRECT = re.compile(
    rf"{_START}{_WHO}\s+(?:har\s+)?(?P<verb>{_DECIDES})(?P<how>{_ADVERBS})\s*(?:(?P<end>:|$)|(?=att\b)|(?P<stop>\.))"
)
_INVERTED = re.compile(
    rf"(?:^|(?<=[.!?])\s+)(?:[A-ZÅÄÖ][^.!?]*?\s)?(?P<verb>[Bb]eslutar|[Bb]eslutade|[Bb]eslöt)\s+"
    rf"(?P<who>[\wåäö\-]*(?:{_BODIES})[\wåäö\-]*)(?P<how>{_ADVERBS})\s*(?:(?P<end>:|$)|(?=att\b)|(?P<stop>\.))"
)
_PASSIVE = re.compile(
    r"(?:^|(?<=[.!?])\s+)(?:Det\s+)?(?P<verb>[Bb]eslutas|[Bb]eslutades|[Bb]eslöts)(?P<how>)\s*(?:(?P<end>:|$)|(?=att\b))"
)
_LABEL = re.compile(
    rf"^(?:[\wåäö\- ]*(?:{_BODIES})[\wåäö\-]*s\s+)?(?:BESLUT|[Bb]eslut)(?:et)?\s*(?:(?::|\t)\s*(?P<rest>.*))?$",
    re.IGNORECASE,
)
_PROPOSAL = re.compile(
    r"\bföreslås\s+(?:att\s+)?besluta\b|\bföreslår\b.*\b(?:besluta|att\b|:$)"
    r"|^(?:[\w\- ]*\s)?förslag(?:et)?\s+till\s+beslut\b|^[\w\- ]*beslutsförslag\b"
    r"|^(?:[\w\-]+s\s+)?(?:yrkande|förslag)(?:en)?\s*:?$"
    r"|^yrkar\b|\byrkar(?:\s+\w+)?\s*(?:att\b|:)",
    re.IGNORECASE,
)
#: Headings within a § that end a decision.
_OTHER = re.compile(
    r"^(?:bakgrund|sammanfattning|ärendebeskrivning|beskrivning av ärendet|ärendet|beslutsunderlag|underlag|handlingar"
    r"|bilag(?:a|or)|motivering|skäl för beslutet|reservation(?:er)?|protokollsanteckning(?:ar)?|särskilt yttrande|jäv"
    r"|omröstning(?:sresultat)?|votering|propositionsordning|proposition(?:er)?|beslutsgång|notering|noteras|information"
    r"|beslutet? (?:ska )?(?:skickas|sänds|expedieras|delges) ?(?:till)?|(?:expedieras|skickas|sänds) till|sändlista"
    r"|kopia(?: till)?|protokollsutdrag(?: till)?|utdrag till|paragrafen (?:är|förklaras)|deltar inte"
    r"|ekonomiska konsekvenser|bedömning|yttrande|diskussion|föredragande|dagens sammanträde|tidigare beslut"
    r"|tidigare behandling|uppföljning)\b",
    re.IGNORECASE,
)
_MARK = re.compile(r"^(?:[-–—•●○▪■□◦*·+]\s*|o\s+(?=[A-Za-zÅÄÖåäö])|\(?(?:\d{1,2}|[a-hA-H])[.)]\s+)")
_ATT = re.compile(r"^att(?=[\s:]|$)", re.IGNORECASE)
_LOWER_SUBJECT = re.compile(_BODIES, re.IGNORECASE)


class Opens(Enum):
    """What a line opens."""

    DECISION = auto()
    #: Told as something that was decided, maybe long ago: counts only where nothing else decides.
    TOLD = auto()
    PROPOSAL = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Opening:
    """What a line opens: the words before the phrase, the phrase, and what follows it on the line."""

    what: Opens
    before: str
    phrase: str
    rest: str
    #: A label such as ``Beslut``, under which also plain sentences decide.
    label: bool = False


@lru_cache(maxsize=8192)
def opening(text: str) -> Opening | None:
    """What the line opens, if anything. Each line is asked about several times, so the answers are kept for a while."""
    lower = text.casefold()
    decides = _decides(text) if "besluta" in lower or "beslöt" in lower else None
    if "förslag" in lower or "föreslå" in lower or "yrka" in lower:
        said = lower if decides is None else lower[: len(decides.before) + len(decides.phrase)]
        if _PROPOSAL.search(said):
            return Opening(Opens.PROPOSAL, "", text, "")
    if decides is not None:
        return decides
    if "beslut" in lower and (label := _LABEL.match(text)):
        return Opening(Opens.DECISION, "", text, (label["rest"] or "").strip(), label=True)
    return Opening(Opens.OTHER, "", text, "") if is_other(text) else None


def is_other(text: str) -> bool:
    """Whether the line is a heading within a § by which something else than a decision begins."""
    return len(text) < 90 and _OTHER.match(text) is not None


def _decides(text: str) -> Opening | None:
    for pattern in (_DIRECT, _INVERTED, _PASSIVE):
        for found in pattern.finditer(text):
            if (told := _judged(text, found)) is not None:
                return told
    return None


def _judged(text: str, found: re.Match[str]) -> Opening | None:
    groups = found.groupdict()
    how, rest = groups["how"].strip(), text[found.end() :].strip()
    printed = groups.get("end") is not None
    ours = groups.get("who") is None or _LOWER_SUBJECT.search(groups["who"]) is not None
    if groups.get("stop"):
        # "Styrelsen beslutar enligt förslaget." is all of the decision.
        if not how.startswith(("enligt", "i enlighet")) or not ours:
            return None
        rest = f"{how}."
    elif not printed and not ours:
        return None
    before = text[: found.start()].strip()
    past = groups["verb"].lower() not in ("beslutar", "beslutas")
    told = (past and not printed) or (not printed and bool(before))
    return Opening(Opens.TOLD if told else Opens.DECISION, before, found.group().strip(), rest)


def unmarked(text: str) -> tuple[str, bool]:
    """The text without a bullet or number before it, and whether it had one."""
    found = _MARK.match(text)
    return (text[found.end() :].strip(), True) if found else (text, False)


def is_att(text: str) -> bool:
    """Whether the text, its bullet aside, is an att-clause."""
    return _ATT.match(unmarked(text)[0]) is not None


def starts_anew(text: str) -> bool:
    """Whether the line can be no continuation of the one before it."""
    return is_att(text) or unmarked(text)[1] or opening(text) is not None
