"""What decisions rest on: each substantive § is tied to a needs analysis or says why not (agreement, contract).

The operating plan asks for a share of them; shares are compared in whole numbers, so that 75 of 100 is exactly 75 %.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from paragraf.applications.models import Application
from paragraf.core import log
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.minutes.decision_index import decision_index
from paragraf.minutes.models import ItemBasis, MinuteItem, Verb
from paragraf.questions.definition import Purpose
from paragraf.register.models import Matter

#: Verbs that settle something for those whom the association works for. Elections, agendas and notes do not count.
_SUBSTANTIVE = frozenset({Verb.GRANT, Verb.REJECT, Verb.ADOPT})
LONGEST_REASON = 500


# --- rules ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Basis:
    """What is noted of one §."""

    is_substantive: bool
    is_linked: bool
    has_reason: bool = False


@dataclass(frozen=True)
class Fulfilment:
    """How many substantive matters are tied to the needs analysis, against a goal in whole per cent."""

    substantive: int
    linked: int
    #: Neither tied nor explained.
    unexplained: int
    goal: int | None = None

    @property
    def is_measurable(self) -> bool:
        """Nothing substantive: there is no share of nothing."""
        return self.substantive > 0

    @property
    def reaches_goal(self) -> bool | None:
        """Whether the share is at least the goal; None where there is nothing to measure or no goal."""
        if not self.is_measurable or self.goal is None:
            return None
        return 100 * self.linked >= self.goal * self.substantive

    @property
    def is_fulfilled(self) -> bool | None:
        """The share reaches the goal, and every other matter says why it rests on no analysis."""
        reached = self.reaches_goal
        return None if reached is None else reached and self.unexplained == 0

    @property
    def tenths(self) -> int | None:
        """The share in tenths of a per cent, cut and not rounded: 74,99 is not 75."""
        return 1000 * self.linked // self.substantive if self.is_measurable else None


def fulfilment(noted: Iterable[Basis], goal: int | None) -> Fulfilment:
    """The share of what is noted."""
    counted = [one for one in noted if one.is_substantive]
    linked = sum(one.is_linked for one in counted)
    unexplained = sum(not one.is_linked and not one.has_reason for one in counted)
    return Fulfilment(len(counted), linked, unexplained, goal)


def is_probably_substantive(verbs: Iterable[Verb]) -> bool:
    """What to propose for a § that nobody has said anything of."""
    return any(verb in _SUBSTANTIVE for verb in verbs)


def basis_of(row: MinuteItem, verbs: Iterable[Verb]) -> Basis:
    """What is noted of the §, or what is to be proposed while nothing is."""
    if row.basis is None:
        return Basis(is_probably_substantive(verbs), is_linked=False)
    return Basis(row.basis.is_substantive, row.basis.needs_analysis_id is not None, bool(row.basis.reason))


# --- acts ----------------------------------------------------------------------------------------------------------


def needs_analyses(session: Session, association_id: int) -> list[Matter]:
    """The needs analyses that have come in, the newest first."""
    came_in = select(Application.matter_id).where(
        Application.association_id == association_id, Application.purpose == Purpose.ANALYSIS
    )
    wanted = select(Matter).where(Matter.association_id == association_id, Matter.id.in_(came_in))
    return list(session.scalars(wanted.order_by(Matter.year.desc(), Matter.number.desc())))


def set_basis(
    session: Session,
    row: MinuteItem,
    *,
    is_substantive: bool,
    needs_analysis: Matter | None,
    reason: str = "",
    now: datetime,
    actor: str,
) -> ItemBasis:
    """Note what the § rests on; also of verified minutes, since it is no part of them.

    Raises NotThere for another association's matter and RuleBroken for a reason that is too long.
    """
    if needs_analysis is not None and needs_analysis.association_id != row.association_id:
        raise NotThere("Behovsanalysen finns inte i diariet.")
    told = " ".join(reason.split())
    if len(told) > LONGEST_REASON:
        raise RuleBroken("Motiveringen får vara högst %(most)s tecken.", field="reason", most=LONGEST_REASON)
    session.refresh(row, with_for_update={"of": MinuteItem})
    noted = row.basis or ItemBasis(association_id=row.association_id, minute_item=row)
    after = (is_substantive, needs_analysis.id if needs_analysis and is_substantive else None, told)
    if row.basis is not None and (noted.is_substantive, noted.needs_analysis_id, noted.reason) == after and noted.id:
        return noted
    noted.is_substantive, noted.needs_analysis_id, noted.reason = after
    noted.recorded_at, noted.recorded_by = now, actor
    session.add(noted)
    session.flush()
    log.record(
        session, row.association_id, "set_basis", "minute_item", row.id, now=now, actor=actor, matter_id=row.matter_id
    )
    return noted


def of_year(session: Session, association_id: int, body_id: int, year: int) -> list[Basis]:
    """What is noted of each verified § that the body decided in the year."""
    lines = decision_index(session, association_id, year, body_id=body_id)
    verbs: dict[int, list[Verb]] = {}
    for one in lines:
        verbs.setdefault(one.item_id, []).extend([one.verb] if one.verb else [])
    wanted = select(MinuteItem).where(MinuteItem.id.in_(verbs)).options(joinedload(MinuteItem.basis))
    return [basis_of(row, verbs[row.id]) for row in session.scalars(wanted)]
