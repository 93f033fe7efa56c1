"""Certified extracts: chosen §§ of verified minutes as a document of its own, kept byte for byte and sent by link."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.core.errors import NotAllowed, NotThere, RuleBroken
from paragraf.core.printing import print_iso_date
from paragraf.minutes import extract_document, queries
from paragraf.minutes.acts import lock, record
from paragraf.minutes.extract_document import number_of, range_of
from paragraf.minutes.models import CertifiedExtract, ExtractItem, MinuteItem, Minutes
from paragraf.minutes.queries import Item
from paragraf.people import queries as people
from paragraf.people.models import Person
from paragraf.register.models import Direction, DocumentKind, Matter
from paragraf.register.operations import file_document, request_pdf
from paragraf.register.uploads import WORD


def certify_extract(session: Session, row: MinuteItem, *, certifier: Person, now: datetime) -> CertifiedExtract:
    """Certify an extract of one §; see ``certify``."""
    return certify(session, row.minutes, [row.id], certifier=certifier, now=now)


def certify(
    session: Session, minutes: Minutes, item_ids: Collection[int], *, certifier: Person, now: datetime
) -> CertifiedExtract:
    """Certify an extract of the §§, by a person of the office. Each extract is a document of its own.

    Raises NotAllowed for others, NotThere for a § that the minutes do not have, and RuleBroken for none, and for one
    that is not verified: neither with the minutes nor at once.
    """
    powers = people.powers(session, minutes.association_id, certifier.id, local_date(now))
    if certifier.association_id != minutes.association_id or not powers.office:
        raise NotAllowed("Bara kansliet kan bestyrka ett utdrag.")
    lock(session, minutes)
    chosen = [one for one in queries.items(session, minutes) if one.row.id in item_ids]
    if len(chosen) != len(set(item_ids)):
        raise NotThere("Paragrafen finns inte i protokollet.")
    if not chosen:
        raise RuleBroken("Välj minst en paragraf.", field="items")
    waiting = [one for one in chosen if not is_verified(one.row)]
    if waiting and len(chosen) == 1:
        raise RuleBroken("Utdrag kan bestyrkas när protokollet är justerat.", field="items")
    if waiting:
        raise RuleBroken("%(items)s är inte justerade än. Välj bort dem.", field="items", items=range_of(waiting))
    return make_of(session, minutes, chosen, certifier=certifier, now=now)


def is_verified(row: MinuteItem) -> bool:
    """Whether the § is verified: with its minutes, or at once."""
    at_once = row.immediate is not None and row.immediate.verified_at is not None
    return at_once or row.minutes.verified_at is not None


def certifiable(session: Session, minutes: Minutes) -> list[Item]:
    """The §§ of which an extract can be certified now."""
    return [one for one in queries.items(session, minutes) if is_verified(one.row)]


def make(
    session: Session, minutes: Minutes, one: Item, *, certifier: Person, now: datetime, or_shipped: bool = False
) -> CertifiedExtract:
    """An extract of one §; see ``make_of``."""
    return make_of(session, minutes, [one], certifier=certifier, now=now, or_shipped=or_shipped)


def make_of(
    session: Session,
    minutes: Minutes,
    items: Sequence[Item],
    *,
    certifier: Person,
    now: datetime,
    or_shipped: bool = False,
) -> CertifiedExtract:
    """Render, freeze and note an extract; the caller has seen to it that the §§ are verified.

    ``or_shipped``: by the shipped template where the association's own cannot be filled.
    """
    version = _next_version(session, minutes)
    day, told = print_iso_date(local_date(minutes.meeting.starts_at)), range_of(items)
    frozen = file_document(
        session,
        association_id=minutes.association_id,
        matter=_matter(minutes, items),
        kind=DocumentKind.CERTIFIED_EXTRACT,
        direction=Direction.OUT,
        title=f"Protokollsutdrag {minutes.meeting.body.name} {day} {told}",
        filename=f"protokollsutdrag-{day}-paragraf-{'-'.join(str(number_of(one)) for one in items[:8])}.docx",
        media_type=WORD,
        content=extract_document.render_extract(
            session, minutes, items, certifier=certifier, version=version, now=now, or_shipped=or_shipped
        ),
        now=now,
        actor=certifier.name,
    )
    request_pdf(session, frozen, now=now)
    extract = CertifiedExtract(
        association_id=minutes.association_id,
        minutes_id=minutes.id,
        version=version,
        document=frozen,
        certified_at=now,
        certified_by_id=certifier.id,
        items=[
            ExtractItem(association_id=minutes.association_id, minute_item_id=one.row.id, position=place)
            for place, one in enumerate(items, start=1)
        ],
    )
    session.add(extract)
    session.flush()
    ids = [one.row.id for one in items]
    record(session, minutes, "certify_extract", now, certifier.name, item_ids=ids, sha256=frozen.sha256)
    return extract


def _matter(minutes: Minutes, items: Sequence[Item]) -> Matter | None:
    """The matter of all the §§ where they have one in common, else the meeting's."""
    found = {one.row.matter_id for one in items}
    own = items[0].row.matter if len(found) == 1 else None
    return own or minutes.meeting.matter


def _next_version(session: Session, minutes: Minutes) -> int:
    """The next number among the extracts of the minutes; the database refuses one that is given twice."""
    last = session.scalar(select(func.max(CertifiedExtract.version)).where(CertifiedExtract.minutes_id == minutes.id))
    return (last or 0) + 1
