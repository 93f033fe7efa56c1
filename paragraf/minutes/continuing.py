"""What a body did not settle: tabled to a later meeting, remitted back; and meetings that it cancels."""

from __future__ import annotations

import re
from datetime import date, datetime

from sqlalchemy import select

from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from paragraf.core.printing import print_date
from paragraf.core.written_dates import parse_day
from paragraf.duties.rules import Words
from paragraf.meetings import operations as meetings
from paragraf.meetings import queries as meeting_queries
from paragraf.meetings.agenda import Origin
from paragraf.meetings.attachments import add_reference
from paragraf.meetings.continuing import carry_item
from paragraf.meetings.models import AgendaItem, ItemKind, Meeting
from paragraf.meetings.returning import return_matter
from paragraf.minutes import queries
from paragraf.minutes.following import Case, Following

#: What an agenda item says it was drawn in from, where a § was tabled to it; its id is the §'s.
TABLED = "tabled"
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2} [a-zåäö]+(?: \d{4})?|\d{1,2}/\d{1,2}(?:[- ]\d{2,4})?", re.IGNORECASE)


# --- tabled --------------------------------------------------------------------------------------------------------


def follow_tabling(case: Case) -> Following:
    """An item on the agenda of the meeting that it was tabled to; while none is planned, it waits to be offered.

    Raises RuleBroken for a § of no agenda item and no matter while no meeting is planned: nothing can wait for it.
    """
    day = day_told(case.facts.get("until", ""), case.decided_on)
    meeting = _coming(case, day)
    if meeting is not None:
        told = Words(
            "Ärendet tas upp på dagordningen för %(body)s den %(day)s.",
            {"body": meeting.body.name, "day": local_date(meeting.starts_at)},
        )
        return Following(told, lambda now, actor: _carry_on(case, meeting, now, actor))
    if case.row.agenda_item is None and case.row.matter is None:
        raise RuleBroken("Inget sammanträde är planerat som ärendet kan tas upp på. Planera ett och lägg till punkten.")
    if day is not None:
        told = Words("Ärendet väntar. Inget sammanträde är planerat den %(day)s än.", {"day": day})
    else:
        told = Words("Ärendet väntar tills nästa sammanträde är planerat.")
    return Following(told, lambda now, actor: _wait(case, now, actor))


def day_told(words: str, context: date) -> date | None:
    """The day in words such as ``sammanträdet den 4 juni 2026``; None where they tell none that can be read."""
    found = _DAY.search(words)
    if found is None:
        return None
    try:
        return parse_day(found[0], year=context.year)
    except RuleBroken:
        return None


def _coming(case: Case, day: date | None) -> Meeting | None:
    """The body's next meeting that has not begun, or the one of the day."""
    after = max(case.moment, case.minutes.meeting.starts_at)
    wanted = (
        select(Meeting)
        .where(
            Meeting.association_id == case.minutes.association_id,
            Meeting.body_id == case.minutes.meeting.body_id,
            Meeting.cancelled_at.is_(None),
            Meeting.starts_at > after,
        )
        .order_by(Meeting.starts_at)
    )
    coming = case.session.scalars(wanted)
    return next((one for one in coming if day is None or local_date(one.starts_at) == day), None)


def _carry_on(case: Case, meeting: Meeting, now: datetime, actor: str) -> None:
    before, session = case.row.agenda_item, case.session
    _wait(case, now, actor)
    if _goes_on(case):
        return
    if before is not None:
        carry_item(session, before, meeting, history=_history(case), now=now, actor=actor)
        return
    words = queries.words_of(queries.newest_text(session, case.row))
    item = meetings.add_item(
        session,
        meeting,
        kind=ItemKind.DECISION,
        heading=words.heading,
        background=f"{_history(case)}\n\n{words.background}".strip(),
        matter=case.row.matter,
        origin=Origin(TABLED, case.row.id),
        now=now,
        actor=actor,
    )
    for link in case.row.attachments:
        add_reference(session, meeting, item, link.attachment.title, link.attachment.document)


def _goes_on(case: Case) -> bool:
    """Whether a later item goes on with it already, or its matter is on the way to a meeting."""
    before, matter = case.row.agenda_item, case.row.matter
    if matter is not None and meeting_queries.coming_meeting_with(case.session, matter, case.moment) is not None:
        return True
    known = (
        AgendaItem.continues_id == before.id
        if before
        else (AgendaItem.source == TABLED) & (AgendaItem.source_id == case.row.id)
    )
    wanted = select(AgendaItem.id).where(
        AgendaItem.association_id == case.minutes.association_id, AgendaItem.withdrawn_at.is_(None), known
    )
    return case.session.scalar(wanted.limit(1)) is not None


def _history(case: Case) -> str:
    body, day = case.minutes.meeting.body.name, print_date(case.decided_on)
    return f"Ärendet bordlades av {body} den {day}, {case.paragraph}."


def _wait(case: Case, now: datetime, actor: str) -> None:
    """The matter waits for an agenda again, and the office sees it among those that do."""
    if case.row.agenda_item is not None:
        case.row.agenda_item.returned_at = now
        case.session.flush()
    elif case.row.matter is not None:
        return_matter(case.session, case.row.matter, now=now, actor=actor)


# --- remitted back -------------------------------------------------------------------------------------------------


def follow_remitting(case: Case) -> Following:
    """The matter goes back to preparation and waits for an agenda. Raises RuleBroken where there is none to go back."""
    if case.row.agenda_item is None and case.row.matter is None:
        raise RuleBroken("Paragrafen hör inte till något ärende. Öppna ett i diariet och bered frågan där.")
    return Following(
        Words("Ärendet går tillbaka till beredning och väntar sedan på en ny dagordning."),
        lambda now, actor: _wait(case, now, actor),
    )


# --- a meeting is cancelled ----------------------------------------------------------------------------------------


def follow_cancelling(case: Case) -> Following:
    """The body's meeting that day is cancelled, and those called are told. Raises RuleBroken where there is none."""
    day = date.fromisoformat(case.facts["meeting_day"])
    meeting = _coming(case, day)
    if meeting is None:
        raise RuleBroken(
            "%(body)s har inget kommande sammanträde den %(day)s.", body=case.minutes.meeting.body.name, day=day
        )
    told = Words("Sammanträdet den %(day)s ställs in, och de kallade får besked.", {"day": day})
    reason = case.facts.get("reason") or f"Enligt beslut {case.source}"
    return Following(
        told, lambda now, actor: meetings.cancel_meeting(case.session, meeting, reason=reason, now=now, actor=actor)
    )
