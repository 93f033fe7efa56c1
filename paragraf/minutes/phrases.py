"""Standard phrases: words that a secretary writes again and again, found by a name at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core import log
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.minutes.clauses import clean
from paragraf.minutes.models import StandardPhrase

SUBJECT = "standard_phrase"
LONGEST_NAME = 80
LONGEST_TEXT = 5_000

#: Phrases that most associations need, by name. ``…`` stands where something is to be filled in.
SHIPPED: tuple[tuple[str, str], ...] = (
    ("Dagordning, utan ändring", "Dagordningen godkänns utan ändringar."),
    ("Dagordning, med tillägg", "Dagordningen godkänns med tillägget att … tas upp som övrig fråga."),
    ("Föregående protokoll", "Protokollet från sammanträdet den … läggs till handlingarna."),
    ("Muntlig information", "… lämnar muntlig information om …"),
    ("Ajournering", "Sammanträdet ajourneras klockan …–…"),
    ("Paus för överläggning", "Ordföranden ajournerar sammanträdet för överläggning klockan …–…"),
    ("Föredragning", "… föredrar ärendet och svarar på frågor."),
    ("Yrkande om bifall", "… yrkar bifall till förslaget."),
    ("Yrkande om avslag", "… yrkar avslag på förslaget."),
    (
        "Propositionsordning",
        "Ordföranden ställer förslagen mot varandra och finner att styrelsen beslutar enligt …",
    ),
    ("Omröstning begärs", "Omröstning begärs. Den som stöder … röstar ja, den som stöder … röstar nej."),
    ("Jäv", "… anmäler jäv och deltar varken i handläggningen eller i beslutet."),
    ("Närvarorätt", "… deltar vid punkten med rätt att yttra sig."),
    ("Omedelbar justering", "Paragrafen förklaras omedelbart justerad."),
    ("Ekonomisk rapport", "Utfallet till och med … är … kr. Prognosen för året är … kr."),
    ("Avslutning", "Ordföranden tackar för visat intresse och förklarar sammanträdet avslutat."),
)


def phrases(session: Session, association_id: int) -> list[StandardPhrase]:
    """The association's phrases in their order."""
    wanted = select(StandardPhrase).where(
        StandardPhrase.association_id == association_id, StandardPhrase.removed_at.is_(None)
    )
    return list(session.scalars(wanted.order_by(StandardPhrase.position, StandardPhrase.id)))


def phrase(session: Session, association_id: int, phrase_id: int) -> StandardPhrase:
    """The association's own phrase that is not removed; raises NotThere."""
    found = next((one for one in phrases(session, association_id) if one.id == phrase_id), None)
    if found is None:
        raise NotThere("Frasen finns inte.")
    return found


def add_phrase(
    session: Session, association_id: int, *, name: str, text: str, now: datetime, actor: str
) -> StandardPhrase:
    """Write a new phrase, last. Raises RuleBroken naming the field."""
    kept = phrases(session, association_id)
    name, text = _checked(name, text, kept)
    row = StandardPhrase(association_id=association_id, name=name, text=text, position=_last(kept) + 1)
    session.add(row)
    session.flush()
    log.record(session, association_id, "add", SUBJECT, row.id, now=now, actor=actor, name=name)
    return row


def change_phrase(session: Session, row: StandardPhrase, *, name: str, text: str, now: datetime, actor: str) -> None:
    """Write the phrase anew. Minutes that used it keep their words. Raises RuleBroken naming the field."""
    others = [one for one in phrases(session, row.association_id) if one.id != row.id]
    row.name, row.text = _checked(name, text, others)
    session.flush()
    log.record(session, row.association_id, "change", SUBJECT, row.id, now=now, actor=actor, name=row.name)


def remove_phrase(session: Session, row: StandardPhrase, *, now: datetime, actor: str) -> None:
    """Take the phrase from the list."""
    row.removed_at = now
    session.flush()
    log.record(session, row.association_id, "remove", SUBJECT, row.id, now=now, actor=actor, name=row.name)


def adopt_shipped(session: Session, association_id: int, *, now: datetime, actor: str) -> int:
    """Add the shipped phrases whose names the association has not; returns how many."""
    kept = phrases(session, association_id)
    known = {one.name.casefold() for one in kept}
    new = [each for each in SHIPPED if each[0].casefold() not in known]
    for place, (name, text) in enumerate(new, start=_last(kept) + 1):
        session.add(StandardPhrase(association_id=association_id, name=name, text=text, position=place))
    session.flush()
    if new:
        log.record(session, association_id, "adopt_shipped", SUBJECT, now=now, actor=actor, count=len(new))
    return len(new)


def _last(kept: Sequence[StandardPhrase]) -> int:
    return max((one.position for one in kept), default=0)


def _checked(name: str, text: str, others: Sequence[StandardPhrase]) -> tuple[str, str]:
    name, text = " ".join(clean(name).split()), clean(text)
    if not name:
        raise RuleBroken("Ge frasen ett namn att hitta den på.", field="name")
    if len(name) > LONGEST_NAME:
        raise RuleBroken("Namnet får vara högst 80 tecken.", field="name")
    if name.casefold() in {one.name.casefold() for one in others}:
        raise RuleBroken("Det finns redan en fras som heter så. Välj ett annat namn.", field="name")
    if not text:
        raise RuleBroken("Skriv vad som ska stå i protokollet.", field="text")
    if len(text) > LONGEST_TEXT:
        raise RuleBroken("Frasen får vara högst 5 000 tecken.", field="text")
    return name, text
