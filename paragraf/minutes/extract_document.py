"""What a certified extract prints: those who decided the §§, the §§ whole, and what has been said of them since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.core.printing import print_date
from paragraf.minutes import notice_rules, queries, wording
from paragraf.minutes.correcting import correction_lines
from paragraf.minutes.dissenting import dissents
from paragraf.minutes.document import first_page, heading_fields, item_fields, title_of
from paragraf.minutes.document_fields import ExtractFields
from paragraf.minutes.models import MinuteItem, Minutes
from paragraf.minutes.queries import Item
from paragraf.people.models import Person
from paragraf.templates.rendering import render


def render_extract(
    session: Session,
    minutes: Minutes,
    items: Sequence[Item],
    *,
    certifier: Person,
    version: int,
    now: datetime,
    or_shipped: bool = False,
) -> bytes:
    """A certified extract as a Word file, from the template ``certified_extract``."""
    fields = extract_fields(session, minutes, items, certifier=certifier, version=version, now=now)
    return render(session, minutes.association_id, "certified_extract", fields, or_shipped=or_shipped)


def extract_fields(
    session: Session, minutes: Minutes, items: Sequence[Item], *, certifier: Person, version: int, now: datetime
) -> ExtractFields:
    """What an extract of verified §§ prints; ``items`` in the order of the minutes."""
    page, only = first_page(session, minutes, queries.items(session, minutes)), {one.row.id for one in items}
    decided = queries.decisions(session, minutes)
    rows = [one.row for one in items]
    registers = {one.row.matter.register_number if one.row.matter else "" for one in items}
    return ExtractFields(
        **heading_fields(session, minutes),
        item_range=range_of(items),
        deciding=page.deciding(only),
        others=(*page.non_serving(only), *page.others(only)),
        verified=_verified(minutes, items),
        items=tuple(item_fields(minutes, one, decided.get(one.row.id), page) for one in items),
        certifier_name=certifier.name,
        certifier_title=title_of(minutes, certifier),
        certified_on=print_date(local_date(now)),
        version=str(version),
        register_number=registers.pop() if len(registers) == 1 else "",
        remarks=(*correction_lines(session, rows), *dissent_lines(session, minutes, rows)),
    )


def number_of(one: Item) -> int:
    """The number from the ledger; §§ that were verified at once have theirs before the others."""
    return one.row.allocation.number if one.row.allocation is not None else one.number


def range_of(items: Sequence[Item]) -> str:
    """``§ 627`` or ``§§ 627 och 629–630``."""
    return notice_rules.print_numbers([number_of(one) for one in items], items[0].period if items else "")


def dissent_lines(session: Session, minutes: Minutes, rows: Sequence[MinuteItem]) -> list[str]:
    """Other opinions that were noted when these §§ were verified; in Swedish, for print."""
    at_once = {row.immediate_id: row.immediate for row in rows}
    noted = [each for about in at_once.values() for each in dissents(session, minutes, immediate=about)]
    return [f"Avvikande mening vid justeringen, {each.name}: {each.text}" for each in noted]


def _verified(minutes: Minutes, items: Sequence[Item]) -> str:
    names = [minutes.chair.name, *(one.person.name for one in minutes.verifiers)]
    moments = [one.row.immediate.verified_at if one.row.immediate is not None else minutes.verified_at for one in items]
    days = sorted({local_date(moment) for moment in moments if moment is not None})
    return f"{wording.series([print_date(day) for day in days])} av {wording.series(names)}"
