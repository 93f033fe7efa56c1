"""A delegation that the body decides: it is to be written into the delegation order."""

from __future__ import annotations

from datetime import date, timedelta

from paragraf.duties.rules import Words
from paragraf.minutes.by_hand import hand_over
from paragraf.minutes.following import Case, Following

#: So soon the order should say what holds.
DAYS_TO_WRITE = 14


def follow_delegation(case: Case) -> Following:
    """The secretary is to write the point into the order, with who may decide, of what, from when and by which §."""
    by = _from_day(case) + timedelta(days=DAYS_TO_WRITE)
    title = f"För in i delegationsordningen: {case.facts['recipient']}, {case.facts['text']} ({case.source})"
    told = Words(
        "Kansliet påminns om att föra in punkten i delegationsordningen. %(delegate)s får besluta.",
        {"delegate": case.facts["recipient"]},
    )
    return Following(told, lambda now, _actor: hand_over(case, title, by=by, now=now))


def _from_day(case: Case) -> date:
    typed = case.facts.get("from_on")
    return date.fromisoformat(typed) if typed else case.decided_on
