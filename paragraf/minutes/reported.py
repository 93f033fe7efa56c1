"""What a verified § ends: a commission that was reported in it, delegated decisions that it told of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.delegation.models import DelegatedDecision
from paragraf.duties import operations as duties
from paragraf.duties.standard_rules import COMMISSION
from paragraf.meetings.delegated import telling_items
from paragraf.meetings.models import AgendaItem
from paragraf.minutes.earlier import Earlier, earlier
from paragraf.minutes.models import Decision, MinuteItem, Verb

#: Decisions after which the commission is not done: the report waits, or the task goes on.
_GOES_ON = frozenset({Verb.TABLE, Verb.REMIT_BACK})


def settle_commission(
    session: Session, row: MinuteItem, decided: Sequence[Decision], *, now: datetime, actor: str
) -> None:
    """A § that took up the report of a commission is verified: the commission is done.

    It goes on where the body tabled the report or remitted it back; then the report waits for an agenda again. A new
    commission in the § is one of its own, with its own day.
    """
    item = row.agenda_item
    if item is None or item.source != "commission" or item.source_id is None:
        return
    if any(one.verb in _GOES_ON for one in decided):
        return
    duties.finish(
        session,
        association_id=row.association_id,
        rule_key=COMMISSION,
        subject="decision",
        subject_id=item.source_id,
        now=now,
        actor=actor,
    )


@dataclass(frozen=True)
class Telling:
    """How a delegated decision stands: the agenda item that tells of it, if any, and the § that it became."""

    item: AgendaItem | None = None
    section: Earlier | None = None

    @property
    def is_reported(self) -> bool:
        """Whether the body has been told: the minutes that say so are verified."""
        return self.section is not None and self.section.is_verified


def tellings(session: Session, association_id: int, decisions: Sequence[DelegatedDecision]) -> dict[int, Telling]:
    """How each delegated decision stands, by its id."""
    items = telling_items(session, decisions)
    sections = earlier(session, association_id, [item.id for item in items.values()])
    return {
        one.id: Telling(items[one.id], sections.get(items[one.id].id)) if one.id in items else Telling()
        for one in decisions
    }
