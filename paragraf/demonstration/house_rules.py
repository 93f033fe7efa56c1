"""What the demonstration's office has set for its board: standing items, phrases, delegation, goals of the plan."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.delegation.operations import PointText, add_point, register_decision
from paragraf.demonstration.people import SINCE, Cast, Settled
from paragraf.meetings import goals, standing
from paragraf.meetings.models import GoalKey, ItemKind
from paragraf.meetings.rules import ItemText
from paragraf.minutes.phrases import adopt_shipped
from paragraf.people.models import Body, RoleKind

#: Points of every agenda: whether they come last, and what they say.
STANDING = (
    (False, ItemText(ItemKind.DECISION, "Val av justerare", "", "att utse … att justera protokollet")),
    (True, ItemText(ItemKind.QUESTION, "Övriga frågor", "Frågor som väcks vid sammanträdet.")),
)
POINTS = (
    PointText("2.1", "Avtal om lokaler och tjänster upp till ett prisbasbelopp", "Förbundschefen", "Styrelsen § 612"),
    PointText("3.4", "Yttranden som inte är av större vikt", "Förbundschefen", "Styrelsen § 612"),
)


def settle(session: Session, cast: Cast, settled: Settled, begun: datetime, now: datetime, actor: str) -> None:
    """Set all of it, and let the director decide something by delegation that the board has not been told yet."""
    board = session.get_one(Body, settled.board.id)
    for last, text in STANDING:
        standing.add(session, board, text, last=last, now=begun, actor=actor)
    adopt_shipped(session, settled.id, now=begun, actor=actor)
    points = [add_point(session, board, text, valid_from=SINCE, now=begun, actor=actor) for text in POINTS]
    decided = now - timedelta(days=6)
    register_decision(
        session,
        points[0],
        decided_on=local_date(decided),
        decided_by=settled.holder(cast, RoleKind.DIRECTOR),
        heading="Hyra av lokal för utbildningsdag",
        text="Förbundet hyr en sal för utbildningsdagen i vår. Kostnaden är 8 500 kr.",
        now=decided,
        actor=actor,
    )
    for key in GoalKey:
        goals.set_goal(
            session,
            settled.id,
            key,
            valid_from=SINCE,
            percent=75,
            source="verksamhetsplanen",
            now=begun,
            actor=actor,
        )
