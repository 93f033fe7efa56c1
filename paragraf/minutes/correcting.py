"""Corrections: a verified § is never edited; a later § corrects it, and both say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, joinedload

from paragraf.core.errors import RuleBroken
from paragraf.core.number_series import NumberAllocation, NumberSeries
from paragraf.duties.rules import Words
from paragraf.meetings.models import Meeting
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


@dataclass(frozen=True)
class CorrectionLine:
    """A § that was corrected: by which § of which minutes, and the words of the decision."""

    corrected_id: int
    by: MinuteItem
    number: int
    text: str

    @property
    def told(self) -> Words:
        """What stands beside the old §."""
        return Words("Rättad genom § %(number)s", {"number": self.number})


def corrections_of(session: Session, minutes: Minutes) -> dict[int, list[CorrectionLine]]:
    """The corrections of the minutes' §§, by the id of the § that is corrected, the earliest first."""
    corrected_item, by = aliased(MinuteItem), aliased(MinuteItem)
    wanted = (
        select(Correction)
        .join(corrected_item, corrected_item.id == Correction.corrected_id)
        .join(by, by.id == Correction.by_id)
        .where(Correction.association_id == minutes.association_id, corrected_item.minutes_id == minutes.id)
        .options(
            joinedload(Correction.by).joinedload(MinuteItem.allocation),
            joinedload(Correction.by).joinedload(MinuteItem.minutes),
        )
        .order_by(Correction.made_at, Correction.id)
    )
    found: dict[int, list[CorrectionLine]] = {}
    for one in session.scalars(wanted):
        number = one.by.allocation.number if one.by.allocation else 0
        found.setdefault(one.corrected_id, []).append(CorrectionLine(one.corrected_id, one.by, number, one.text))
    return found
