"""What somebody must do by hand after a decision: a duty of the secretary's."""

from __future__ import annotations

from datetime import date, datetime

from paragraf.core.dates import local_date
from paragraf.duties import operations as duties
from paragraf.duties.models import Anchor
from paragraf.duties.rules import Event
from paragraf.duties.standard_rules import DECISION_FOLLOW_UP
from paragraf.minutes.following import Case

_LONGEST_TITLE = 240


def hand_over(case: Case, title: str, *, by: date, now: datetime) -> None:
    """Remind the secretary of the decision until the day. ``title`` is Swedish: what is to be done, and of what."""
    association_id = case.minutes.association_id
    duties.adopt_at_need(case.session, association_id, DECISION_FOLLOW_UP, valid_from=local_date(now))
    event = Event(
        association_id=association_id,
        anchor=Anchor.DECISION_FOLLOW_UP,
        subject="decision",
        subject_id=case.frozen.id,
        on=by,
        title=title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE]}…",
        matter_id=case.row.matter_id,
        body_ids=(case.minutes.meeting.body_id,),
    )
    duties.plan(case.session, event, now=now)
