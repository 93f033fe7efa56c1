"""A delegation that the body decides: a point of the delegation order (lag 2003:1210 10 §)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from paragraf.delegation.operations import PointText, add_point, end_point
from paragraf.duties.rules import Words
from paragraf.minutes.by_hand import hand_over
from paragraf.minutes.following import Case, Following

#: So soon the order should say what holds, where the decision does not number the point.
DAYS_TO_WRITE = 14


def follow_delegation(case: Case) -> Following:
    """The point stands in the order from the day; without a number the secretary is to write it there."""
    told = {"delegate": case.facts["recipient"], "point": case.facts.get("point", "")}
    if not told["point"]:
        words = Words("Kansliet påminns om att föra in i delegationsordningen att %(delegate)s får besluta.", told)
        return Following(words, lambda now, _actor: _by_hand(case, now))
    words = Words("Punkt %(point)s läggs in i delegationsordningen: %(delegate)s får besluta.", told)
    return Following(words, lambda now, actor: _write(case, now, actor))


def _by_hand(case: Case, now: datetime) -> None:
    title = f"För in i delegationsordningen: {case.facts['recipient']}, {case.facts['text']} ({case.source})"
    hand_over(case, title, by=_day(case, "from_on") + timedelta(days=DAYS_TO_WRITE), now=now)


def _write(case: Case, now: datetime, actor: str) -> None:
    text = PointText(case.facts["point"], case.facts["text"], case.facts["recipient"], case.source)
    body = case.minutes.meeting.body
    made = add_point(case.session, body, text, valid_from=_day(case, "from_on"), now=now, actor=actor)
    if case.facts.get("to_on"):
        end_point(case.session, made, last_day=_day(case, "to_on"), now=now, actor=actor)


def _day(case: Case, name: str) -> date:
    """The day of the clause, or that of the decision."""
    typed = case.facts.get(name)
    return date.fromisoformat(typed) if typed else case.decided_on
