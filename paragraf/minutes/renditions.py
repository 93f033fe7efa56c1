"""The public rendition: verified minutes as everyone may read them, a document of its own with personal data screened.

The minutes themselves never change. A rendition is made once and frozen; other screenings make another one. By law the
notice must be public, the minutes need not be (KL 8:12; dataskyddslagen 2018:218): publishing is a choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.core.errors import N_, NotThere, RuleBroken
from paragraf.core.printing import print_date, print_iso_date
from paragraf.minutes import document, notice_queries, queries, screening
from paragraf.minutes.acts import lock, record
from paragraf.minutes.document_fields import MinutesFields
from paragraf.minutes.models import ImmediateVerification, Minutes, Notice, PublicRendition
from paragraf.minutes.screening import Screening, Suggestion
from paragraf.people import queries as people
from paragraf.register.models import Direction, DocumentKind
from paragraf.register.operations import file_document, request_pdf
from paragraf.register.uploads import WORD
from paragraf.templates.rendering import render

#: Stands for the id of a number that has no §.
VOID = 0
#: Who acts when the clock does.
PROGRAM = "Paragraf"


@dataclass(frozen=True)
class Paper:
    """What a rendition is made from: the printed fields and the ids of their §§, in the same order."""

    fields: MinutesFields
    item_ids: tuple[int, ...]

    def check(self, screenings: Sequence[Screening]) -> None:
        """Raises RuleBroken for a screening without reason or without effect, NotThere for a § that is not there."""
        _check(screenings, self)

    def screened(self, screenings: Sequence[Screening]) -> MinutesFields:
        """The fields with bars instead of what is screened."""
        return screening.screened(self.fields, self.item_ids, screenings)


def paper_of(session: Session, minutes: Minutes, immediate: ImmediateVerification | None = None) -> Paper:
    """The verified minutes, or the §§ that were verified at once; without the signatories' lines."""
    every = queries.items(session, minutes)
    chosen = [one for one in every if immediate is None or one.row.immediate_id == immediate.id]
    only = None if immediate is None else [one.row.id for one in chosen]
    whole = document.minutes_fields(session, minutes, only=only)
    facts = minutes if immediate is None else immediate
    day = print_date(local_date(facts.verified_at)) if facts.verified_at else ""
    public = f"Justerat den {day}. Offentlig version: uppgifter om enskilda kan vara maskerade."
    # A void number prints in its place, and is no § that could be screened.
    ids = {f"§ {one.label}": one.row.id for one in chosen}
    return Paper(
        replace(whole, verification=public, signers=()),
        tuple(ids.get(each.number, VOID) for each in whole.items),
    )


def suggested(session: Session, minutes: Minutes, paper: Paper) -> list[Suggestion]:
    """What may be personal data in it. Those who are elected or have an office act in public and are not named."""
    day = local_date(minutes.meeting.starts_at)
    own = minutes.association_id
    names = [
        person.name for person in people.persons(session, own) if people.powers(session, own, person.id, day).member
    ]
    public = [*names, *(body.name for body in people.bodies(session, own)), people.association(session, own).name]
    public += [one.name for one in people.member_organisations(session, own, day)]
    return screening.suggestions(paper.fields, known=public)


def make_rendition(
    session: Session,
    minutes: Minutes,
    screenings: Sequence[Screening],
    *,
    immediate: ImmediateVerification | None = None,
    withdraw_with_notice: bool = True,
    now: datetime,
    actor: str,
) -> PublicRendition:
    """Render and freeze the rendition; it is not public until it is published.

    Raises RuleBroken before the verification, for a screening without its reason, and for a § that is not there.
    """
    lock(session, minutes)
    _must_be_verified(minutes, immediate)
    paper = paper_of(session, minutes, immediate)
    paper.check(screenings)
    day = print_iso_date(local_date(minutes.meeting.starts_at))
    frozen = file_document(
        session,
        association_id=minutes.association_id,
        matter=minutes.meeting.matter,
        kind=DocumentKind.PUBLIC_RENDITION,
        direction=Direction.MADE,
        title=f"Protokoll {minutes.meeting.body.name} {day}, {paper.fields.item_range} (offentlig version)",
        filename=f"protokoll-{day}-offentlig-version.docx",
        media_type=WORD,
        content=render(session, minutes.association_id, "minutes", paper.screened(screenings)),
        now=now,
        actor=actor,
    )
    request_pdf(session, frozen, now=now)
    made = PublicRendition(
        association_id=minutes.association_id,
        minutes=minutes,
        immediate=immediate,
        screenings=[one.as_json() for one in screenings],
        withdraw_with_notice=withdraw_with_notice,
        document=frozen,
        made_at=now,
        made_by=actor,
    )
    session.add(made)
    session.flush()
    record(session, minutes, "make_rendition", now, actor, sha256=frozen.sha256, screened=len(screenings))
    return made


def publish(session: Session, rendition: PublicRendition, *, now: datetime, actor: str) -> PublicRendition:
    """Show the rendition on the public notice board; the one that was there before is withdrawn.

    Published already, nothing happens. Raises RuleBroken when it was withdrawn, and when it is to go with a notice
    that is down.
    """
    lock(session, rendition.minutes)
    session.refresh(rendition)
    if rendition.withdrawn_at is not None:
        raise RuleBroken("Den offentliga versionen är tillbakadragen. Gör en ny om protokollet ska visas igen.")
    if rendition.published_at is not None:
        return rendition
    notice = notice_queries.notice_of(session, rendition.minutes, rendition.immediate_id)
    if rendition.withdraw_with_notice and (notice is None or not notice_queries.is_up(notice, local_date(now))):
        raise RuleBroken(
            "Anslaget är nedtaget, och den här versionen skulle tas bort med det. Gör en ny som får ligga kvar."
        )
    for other in of_minutes(session, rendition.minutes):
        if other.immediate_id == rendition.immediate_id and other.published_at and not other.withdrawn_at:
            _withdraw(session, other, N_("Ersatt av en ny offentlig version."), now, actor)
    rendition.published_at = now
    session.flush()
    record(session, rendition.minutes, "publish_rendition", now, actor, sha256=rendition.document.sha256)
    return rendition


def withdraw(session: Session, rendition: PublicRendition, *, reason: str, now: datetime, actor: str) -> None:
    """Take the rendition off the web. Raises RuleBroken without a reason; withdrawn already, nothing happens."""
    lock(session, rendition.minutes)
    session.refresh(rendition)
    if rendition.published_at is None:
        raise RuleBroken("Den offentliga versionen är inte publicerad.")
    if rendition.withdrawn_at is not None:
        return
    if not reason.strip():
        raise RuleBroken("Skriv varför den tas bort.", field="reason")
    _withdraw(session, rendition, reason.strip(), now, actor)


def withdraw_with(session: Session, notice: Notice, *, now: datetime) -> None:
    """The notice has come down: what was to leave the web with it does."""
    for one in of_minutes(session, notice.minutes):
        goes = one.withdraw_with_notice and one.published_at is not None and one.withdrawn_at is None
        if goes and one.immediate_id == notice.immediate_id:
            _withdraw(session, one, N_("Anslaget är nedtaget."), now, PROGRAM)


def is_public(rendition: PublicRendition, notice: Notice, today: date) -> bool:
    """Whether everyone may read it on the day: by what is noted, whether or not the clock has been by."""
    if rendition.published_at is None or rendition.withdrawn_at is not None:
        return False
    return not rendition.withdraw_with_notice or notice_queries.is_up(notice, today)


def public_of(session: Session, notice: Notice, today: date) -> PublicRendition | None:
    """What everyone may read of what the notice announces, if anything."""
    every = of_minutes(session, notice.minutes)
    own = (one for one in every if one.immediate_id == notice.immediate_id)
    return next((one for one in own if is_public(one, notice, today)), None)


def of_minutes(session: Session, minutes: Minutes) -> list[PublicRendition]:
    """All renditions of the minutes, the newest first."""
    wanted = select(PublicRendition).where(
        PublicRendition.association_id == minutes.association_id, PublicRendition.minutes_id == minutes.id
    )
    return list(session.scalars(wanted.order_by(PublicRendition.id.desc())))


def rendition(session: Session, minutes: Minutes, rendition_id: int) -> PublicRendition:
    """One rendition of the minutes; raises NotThere."""
    found = next((one for one in of_minutes(session, minutes) if one.id == rendition_id), None)
    if found is None:
        raise NotThere("Den offentliga versionen finns inte.")
    return found


def fields_of(session: Session, rendition: PublicRendition) -> MinutesFields:
    """What the rendition prints, to show as a page."""
    paper = paper_of(session, rendition.minutes, rendition.immediate)
    return paper.screened(screening.from_json(rendition.screenings))


def _withdraw(session: Session, rendition: PublicRendition, reason: str, now: datetime, actor: str) -> None:
    rendition.withdrawn_at, rendition.withdraw_reason = now, reason[:300]
    session.flush()
    record(session, rendition.minutes, "withdraw_rendition", now, actor, reason=reason[:300])


def _must_be_verified(minutes: Minutes, immediate: ImmediateVerification | None) -> None:
    if (minutes if immediate is None else immediate).verified_at is None:
        raise RuleBroken("Protokollet är inte justerat än. Den offentliga versionen görs av det som är justerat.")


def _check(screenings: Sequence[Screening], paper: Paper) -> None:
    for one in screenings:
        if not one.reason.strip():
            raise RuleBroken("Skriv skälet till varje maskering.", field="reason")
        if not one.words.strip() and one.item_id is None:
            raise RuleBroken("Skriv vad som ska maskeras.", field="words")
        if one.item_id is not None and one.item_id not in paper.item_ids:
            raise NotThere("Paragrafen finns inte i protokollet.")
    missing = screening.unfound(paper.fields, paper.item_ids, screenings)
    if missing:
        raise RuleBroken(
            "Det här står inte i protokollet: %(words)s. Skriv orden precis som de står där.",
            field="words",
            words=", ".join(missing),
        )
