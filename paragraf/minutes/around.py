"""What is wrong around the decision of one §, for the desk to say while it is written."""

from __future__ import annotations

from sqlalchemy.orm import Session

from paragraf.minutes import queries
from paragraf.minutes.models import Minutes
from paragraf.minutes.participation import participations
from paragraf.minutes.proceedings import Proceedings
from paragraf.minutes.proceedings_document import names_in
from paragraf.minutes.proceedings_rules import proceedings_findings
from paragraf.minutes.queries import Item
from paragraf.minutes.rules import Finding, Place


def findings(session: Session, minutes: Minutes, one: Item) -> list[Finding]:
    """Motions, votes, reservations and notes that do not hold. Asks nothing of a § that has none, as most have not."""
    told = one.words.proceedings
    if told == Proceedings():
        return []
    took_part = participations(session, minutes, queries.item_rows(session, minutes))[one.row.id]
    led_by = took_part.leader[0] if took_part.leader else minutes.chair_id
    meeting = minutes.meeting
    found = proceedings_findings(
        one.words,
        took_part,
        led_by,
        meeting.closed_at,
        opened_at=meeting.opened_at,
        names=names_in(minutes, told),
    )
    return [Finding(problem, Place.ITEM, hinders, one.row.id) for problem, hinders in found]
