"""Corrections: a verified § is never edited; a later § corrects it, and both say so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from paragraf.core.number_series import NumberAllocation, NumberSeries
from paragraf.core.printing import print_date
from paragraf.duties.rules import Words
from paragraf.meetings.models import Meeting
from paragraf.minutes import rules
from paragraf.minutes.acts import record
from paragraf.minutes.demands import Paragraph, corrected
from paragraf.minutes.following import Case, Decided, Following
from paragraf.minutes.models import Correction, MinuteItem, Minutes, Verb
from paragraf.people.models import Body


def follow_correction(case: Case) -> Following:
    """The earlier § says that it is corrected by this one. Raises RuleBroken where there is no such verified §."""
    wanted = corrected(case.facts["paragraph"])
    found = _verified(case, wanted) if wanted else None
    if found is None:
        raise RuleBroken(
            "Det finns ingen justerad %(paragraph)s i nummerserien. Se efter vilken paragraf som ska rättas.",
            paragraph=case.facts["paragraph"],
        )
    told = Words("%(paragraph)s märks som rättad genom den här paragrafen.", {"paragraph": case.facts["paragraph"]})
    return Following(told, lambda now, actor: _correct(case, found, now, actor))


def _verified(case: Case, wanted: Paragraph) -> MinuteItem | None:
    """The § by its number in the body's series; in a yearly series without a year, the newest."""
    told = (
        select(MinuteItem)
        .join(Minutes, Minutes.id == MinuteItem.minutes_id)
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .join(Body, Body.id == Meeting.body_id)
        .join(NumberAllocation, NumberAllocation.id == MinuteItem.allocation_id)
        .join(NumberSeries, NumberSeries.id == NumberAllocation.series_id)
        .where(
            MinuteItem.association_id == case.minutes.association_id,
            MinuteItem.minutes_id != case.minutes.id,
            MinuteItem.removed_at.is_(None),
            NumberAllocation.number == wanted.number,
            Body.series_key == case.minutes.meeting.body.series_key,
            Minutes.verified_at.is_not(None),
        )
        .order_by(Meeting.starts_at.desc())
    )
    if wanted.year:
        told = told.where(NumberSeries.period.in_((wanted.year, "")))
    return case.session.scalars(told.limit(1)).first()


def _correct(case: Case, found: MinuteItem, now: datetime, actor: str) -> Correction:
    known = case.session.scalar(
        select(Correction).where(Correction.corrected_id == found.id, Correction.by_id == case.row.id)
    )
    if known is not None:
        return known
    made = Correction(
        association_id=case.minutes.association_id,
        corrected_id=found.id,
        by_id=case.row.id,
        # One row for each pair of §§, whatever many clauses of the one correct the other.
        text="\n".join(one.text for one in case.decided if _same(one, case)),
        made_at=now,
    )
    case.session.add(made)
    case.session.flush()
    record(case.session, found.minutes, "correct", now, actor, item_id=found.id, source=case.source)
    return made


def _same(one: Decided, case: Case) -> bool:
    return one.verb is Verb.CORRECT and corrected(one.facts["paragraph"]) == corrected(case.facts["paragraph"])


# --- what pages and papers say -------------------------------------------------------------------------------------


def correction_lines(session: Session, rows: Sequence[MinuteItem]) -> list[str]:
    """That a later § corrects one of these, in the order of the §§; in Swedish, for print."""
    wanted = select(Correction).where(Correction.corrected_id.in_([row.id for row in rows]))
    found = session.scalars(wanted.order_by(Correction.corrected_id, Correction.id))
    return [line for one in found if (line := _correction_line(one))]


def _correction_line(one: Correction) -> str:
    if one.corrected.allocation is None or one.by.allocation is None:
        return ""
    day = print_date(local_date(one.by.minutes.meeting.starts_at))
    told, by = (rules.label(each.number, each.series.period) for each in (one.corrected.allocation, one.by.allocation))
    return f"§ {told} är rättad genom § {by} den {day}: {one.text}"
