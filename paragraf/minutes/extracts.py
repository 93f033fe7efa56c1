"""Certified extracts: one § of verified minutes as a document of its own, kept byte for byte."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.core.errors import NotAllowed, NotThere, RuleBroken
from paragraf.core.printing import print_iso_date
from paragraf.minutes import document, queries
from paragraf.minutes.acts import record
from paragraf.minutes.models import CertifiedExtract, ExtractItem, MinuteItem, Minutes
from paragraf.minutes.queries import Item
from paragraf.people import queries as people
from paragraf.people.models import Person
from paragraf.register.models import Direction, DocumentKind
from paragraf.register.operations import file_document, request_pdf
from paragraf.register.uploads import WORD


def certify_extract(session: Session, row: MinuteItem, *, certifier: Person, now: datetime) -> CertifiedExtract:
    """Certify an extract of the §, by a person of the office. Each extract is a document of its own.

    Raises NotAllowed for others, and RuleBroken until the minutes are verified.
    """
    powers = people.powers(session, row.association_id, certifier.id, local_date(now))
    if certifier.association_id != row.association_id or not powers.office:
        raise NotAllowed("Bara kansliet kan bestyrka ett utdrag.")
    if row.minutes.verified_at is None:
        raise RuleBroken("Utdrag kan bestyrkas när protokollet är justerat.")
    one = next((each for each in queries.items(session, row.minutes) if each.row.id == row.id), None)
    if one is None:
        raise NotThere("Paragrafen finns inte i protokollet.")
    return make(session, row.minutes, one, certifier=certifier, now=now)


def make(
    session: Session, minutes: Minutes, one: Item, *, certifier: Person, now: datetime, or_shipped: bool = False
) -> CertifiedExtract:
    """Render, freeze and note an extract; the caller has seen to it that the minutes are verified.

    ``or_shipped``: by the shipped template where the association's own cannot be filled.
    """
    day = print_iso_date(local_date(minutes.meeting.starts_at))
    frozen = file_document(
        session,
        association_id=minutes.association_id,
        matter=one.row.matter or minutes.meeting.matter,
        kind=DocumentKind.CERTIFIED_EXTRACT,
        direction=Direction.OUT,
        title=f"Protokollsutdrag {minutes.meeting.body.name} {day} § {one.number}",
        filename=f"protokollsutdrag-{day}-paragraf-{one.number}.docx",
        media_type=WORD,
        content=document.render_extract(session, minutes, one, certifier=certifier, now=now, or_shipped=or_shipped),
        now=now,
        actor=certifier.name,
    )
    request_pdf(session, frozen, now=now)
    extract = CertifiedExtract(
        association_id=minutes.association_id,
        minutes_id=minutes.id,
        version=_next_version(session, minutes),
        document=frozen,
        certified_at=now,
        certified_by_id=certifier.id,
        items=[ExtractItem(association_id=minutes.association_id, minute_item_id=one.row.id, position=1)],
    )
    session.add(extract)
    session.flush()
    record(session, minutes, "certify_extract", now, certifier.name, item_id=one.row.id, sha256=frozen.sha256)
    return extract


def _next_version(session: Session, minutes: Minutes) -> int:
    """The next number among the extracts of the minutes; the database refuses one that is given twice."""
    last = session.scalar(select(func.max(CertifiedExtract.version)).where(CertifiedExtract.minutes_id == minutes.id))
    return (last or 0) + 1
