"""Verbs of the meetings room: plan, change and cancel a meeting; set its agenda; call those who have a seat.

Who is present is recorded by the verbs in ``attending``, which are offered here too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core import log
from paragraf.core.dates import local_date
from paragraf.core.errors import N_, NotThere, RuleBroken
from paragraf.core.printing import print_iso_date
from paragraf.duties import operations as duties
from paragraf.duties.models import Anchor
from paragraf.duties.rules import Event
from paragraf.meetings import queries, rules
from paragraf.meetings.attending import (
    change_serving,
    close_attendance,
    end_presence,
    mark_all_present,
    record_presence,
    remove_presence,
)
from paragraf.meetings.models import AgendaItem, ItemKind, Meeting, MeetingMode
from paragraf.meetings.rules import ItemText, StaleItem, State
from paragraf.meetings.sending import send_notice, tell_cancelled
from paragraf.people.models import Body
from paragraf.register.models import Matter

__all__ = [
    "add_item",
    "add_matter_to_agenda",
    "cancel_meeting",
    "change_meeting",
    "change_serving",
    "close_attendance",
    "edit_item",
    "end_presence",
    "mark_all_present",
    "move_item",
    "plan_meeting",
    "record_presence",
    "remove_presence",
    "restore_item",
    "send_notice",
    "withdraw_item",
]

#: What duties and log entries call a meeting.
SUBJECT = "meeting"
LONGEST = timedelta(hours=24)


# --- the meeting ----------------------------------------------------------------------------------------------------


def plan_meeting(
    session: Session,
    *,
    body: Body,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    mode: MeetingMode = MeetingMode.IN_PERSON,
    now: datetime,
    actor: str,
) -> Meeting:
    """Put a meeting of the body into the calendar, with the duties that follow from it. Nobody is told yet.

    Raises RuleBroken for a time that has passed, that ends before it starts or that collides with another meeting of
    the body, and for a missing place.
    """
    meeting = Meeting(
        association_id=body.association_id,
        body_id=body.id,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place.strip(),
        mode=mode,
        calendar_uid=f"{uuid4()}@paragraf",
        calendar_sequence=0,
    )
    _check_time(session, meeting, now)
    session.add(meeting)
    session.flush()
    _log(session, meeting, "plan", now, actor, starts_at=starts_at.isoformat(), place=meeting.place)
    for event in _events(meeting):
        duties.plan(session, event, now=now)
    return meeting


def change_meeting(
    session: Session,
    meeting: Meeting,
    *,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    mode: MeetingMode,
    now: datetime,
    actor: str,
) -> Meeting:
    """Move the meeting in time or place. Those invited are told when the notice is sent again.

    Raises RuleBroken as ``plan_meeting`` does, and once the meeting has begun.
    """
    _lock(session, meeting)
    _must_not_have_begun(session, meeting, now)
    before = (meeting.starts_at, meeting.ends_at, meeting.place, meeting.mode)
    after = (starts_at, ends_at, place.strip(), mode)
    if before == after:
        return meeting
    with session.no_autoflush:
        meeting.starts_at, meeting.ends_at, meeting.place, meeting.mode = after
        _check_time(session, meeting, now)
    if queries.last_notice(session, meeting) is not None:
        # Calendars ignore what does not have a higher number than the invitation they hold.
        meeting.calendar_sequence += 1
    session.flush()
    if local_date(before[0]) != local_date(starts_at):
        for event in _events(meeting):
            duties.move(session, event, reason=N_("Sammanträdet har flyttats"), now=now, actor=actor)
    _log(session, meeting, "change", now, actor, starts_at=starts_at.isoformat(), place=meeting.place)
    return meeting


def cancel_meeting(session: Session, meeting: Meeting, *, reason: str, now: datetime, actor: str) -> Meeting:
    """Call the meeting off; those invited get a letter that takes it out of their calendars. Its matters wait again.

    Raises RuleBroken without a reason, and once the meeting has begun.
    """
    _lock(session, meeting)
    _must_not_have_begun(session, meeting, now)
    if not reason.strip():
        raise RuleBroken("Skriv varför sammanträdet ställs in.", field="reason")
    meeting.cancelled_at, meeting.cancel_reason = now, reason.strip()
    session.flush()
    tell_cancelled(session, meeting, now=now)
    duties.cancel(
        session,
        association_id=meeting.association_id,
        subject=SUBJECT,
        subject_id=meeting.id,
        reason=N_("Sammanträdet är inställt"),
        now=now,
        actor=actor,
    )
    _log(session, meeting, "cancel", now, actor, reason=meeting.cancel_reason)
    return meeting


def _check_time(session: Session, meeting: Meeting, now: datetime) -> None:
    if not meeting.place:
        raise RuleBroken("Skriv var sammanträdet hålls, eller hur man deltar på distans.", field="place")
    if meeting.ends_at <= meeting.starts_at:
        raise RuleBroken("Sluttiden ska vara senare än starttiden.", field="ends")
    if meeting.ends_at - meeting.starts_at > LONGEST:
        raise RuleBroken("Ett sammanträde kan vara högst ett dygn. Planera ett för varje dag.", field="ends")
    if meeting.starts_at <= now:
        raise RuleBroken("Tiden har redan varit. Välj en dag framåt i tiden.", field="day")
    if _collides(session, meeting):
        raise RuleBroken("Organet har redan ett sammanträde då. Välj en annan tid.", field="day")


def _collides(session: Session, meeting: Meeting) -> bool:
    same_time = select(Meeting.id).where(
        Meeting.association_id == meeting.association_id,
        Meeting.body_id == meeting.body_id,
        Meeting.cancelled_at.is_(None),
        Meeting.starts_at < meeting.ends_at,
        Meeting.ends_at > meeting.starts_at,
        Meeting.id != (meeting.id or 0),
    )
    return session.scalar(same_time.limit(1)) is not None


def _must_not_have_begun(session: Session, meeting: Meeting, now: datetime) -> None:
    state = queries.state(session, meeting, now)
    if state is State.CANCELLED:
        raise RuleBroken("Sammanträdet är inställt. Planera ett nytt i stället.")
    if state not in (State.PLANNED, State.NOTICE_SENT):
        raise RuleBroken("Sammanträdet har redan börjat och kan inte ändras.")


def _events(meeting: Meeting) -> list[Event]:
    day = local_date(meeting.starts_at)
    return [
        Event(
            meeting.association_id,
            anchor,
            SUBJECT,
            meeting.id,
            day,
            f"{meeting.body.name} {print_iso_date(day)}",
            meeting.matter_id,
            body_ids=(meeting.body_id,),
        )
        for anchor in (Anchor.MEETING, Anchor.MEETING_HELD)
    ]


# --- the agenda -----------------------------------------------------------------------------------------------------


def add_item(
    session: Session,
    meeting: Meeting,
    *,
    kind: ItemKind,
    heading: str,
    background: str = "",
    proposal: str = "",
    matter: Matter | None = None,
    now: datetime,
    actor: str,
) -> AgendaItem:
    """Put a new item last on the agenda. Raises RuleBroken without a heading, or when the meeting is over."""
    _lock(session, meeting)
    _agenda_must_be_open(session, meeting, now)
    text = _checked(ItemText(kind, heading, background, proposal))
    item = AgendaItem(
        association_id=meeting.association_id,
        meeting_id=meeting.id,
        position=len(queries.agenda(session, meeting)) + 1,
        kind=text.kind,
        heading=text.heading,
        background=text.background,
        proposal=text.proposal,
        matter_id=matter.id if matter else None,
        version=1,
    )
    session.add(item)
    session.flush()
    _log(session, meeting, "add_item", now, actor, item_id=item.id, heading=item.heading)
    return item


def add_matter_to_agenda(
    session: Session,
    meeting: Meeting,
    matter: Matter,
    *,
    background: str = "",
    proposal: str = "",
    now: datetime,
    actor: str,
) -> AgendaItem:
    """Put a matter on the agenda as a decision item: its title as heading, the texts as the caller has them.

    Raises NotThere for another association's matter, and RuleBroken for one that is closed or on a coming agenda.
    """
    if matter.association_id != meeting.association_id:
        raise NotThere("Ärendet finns inte i diariet.")
    if matter.closed_on is not None:
        raise RuleBroken("Ärendet avslutades den %(day)s.", day=matter.closed_on)
    _must_be_on_no_agenda(session, matter, now)
    return add_item(
        session,
        meeting,
        kind=ItemKind.DECISION,
        heading=matter.title,
        background=background,
        proposal=proposal,
        matter=matter,
        now=now,
        actor=actor,
    )


def edit_item(
    session: Session,
    item: AgendaItem,
    *,
    version: int,
    kind: ItemKind,
    heading: str,
    background: str,
    proposal: str,
    now: datetime,
    actor: str,
) -> AgendaItem:
    """Save the item's text over version ``version``, the one the writer saw.

    Raises StaleItem, with both texts, when someone else has saved another text since (law 5).
    """
    _lock(session, item.meeting)
    session.refresh(item)
    _item_must_be_there(session, item, now)
    mine, theirs = _checked(ItemText(kind, heading, background, proposal)), queries.item_text(item)
    if mine == theirs:
        return item
    if version != item.version:
        raise StaleItem(mine, theirs, item.version)
    item.kind, item.heading, item.background, item.proposal = mine.kind, mine.heading, mine.background, mine.proposal
    item.version += 1
    session.flush()
    _log(session, item.meeting, "edit_item", now, actor, item_id=item.id, version=item.version)
    return item


def move_item(session: Session, item: AgendaItem, *, place: int, now: datetime, actor: str) -> None:
    """Put the item at ``place`` on the agenda, 1 first; the others close ranks."""
    _lock(session, item.meeting)
    session.refresh(item)
    _item_must_be_there(session, item, now)
    items = queries.agenda(session, item.meeting)
    _renumber(items, rules.moved([one.id for one in items], item.id, place))
    session.flush()
    _log(session, item.meeting, "move_item", now, actor, item_id=item.id, position=item.position)


def withdraw_item(session: Session, item: AgendaItem, *, now: datetime, actor: str) -> None:
    """Take the item off the agenda; its text is kept, and its matter waits again."""
    _lock(session, item.meeting)
    session.refresh(item)
    _item_must_be_there(session, item, now)
    item.withdrawn_at = now
    session.flush()
    items = queries.agenda(session, item.meeting)
    _renumber(items, [one.id for one in items])
    session.flush()
    _log(session, item.meeting, "withdraw_item", now, actor, item_id=item.id, heading=item.heading)


def restore_item(session: Session, item: AgendaItem, *, now: datetime, actor: str) -> None:
    """Put a withdrawn item back, last. Raises RuleBroken when its matter stands on a coming agenda meanwhile."""
    _lock(session, item.meeting)
    session.refresh(item)
    _agenda_must_be_open(session, item.meeting, now)
    if item.withdrawn_at is None:
        return
    if item.matter is not None:
        _must_be_on_no_agenda(session, item.matter, now)
    item.position = len(queries.agenda(session, item.meeting)) + 1
    item.withdrawn_at = None
    session.flush()
    _log(session, item.meeting, "restore_item", now, actor, item_id=item.id, heading=item.heading)


def _must_be_on_no_agenda(session: Session, matter: Matter, now: datetime) -> None:
    other = queries.coming_meeting_with(session, matter, now)
    if other is not None:
        raise RuleBroken(
            "Ärendet %(number)s står redan på dagordningen för %(body)s den %(day)s.",
            number=matter.register_number,
            body=other.body.name,
            day=local_date(other.starts_at),
        )


def _checked(text: ItemText) -> ItemText:
    """The text as it is kept: no blank ends, one kind of line breaks. Raises RuleBroken without a heading."""
    heading = " ".join(text.heading.split())
    if not heading:
        raise RuleBroken("Skriv en rubrik för punkten.", field="heading")
    if len(heading) > 300:
        raise RuleBroken("Rubriken får vara högst 300 tecken. Flytta resten till bakgrunden.", field="heading")
    return ItemText(text.kind, heading, _lines(text.background), _lines(text.proposal))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _renumber(items: Sequence[AgendaItem], order: Sequence[int]) -> None:
    by_id = {item.id: item for item in items}
    for place, item_id in enumerate(order, start=1):
        by_id[item_id].position = place


def _agenda_must_be_open(session: Session, meeting: Meeting, now: datetime) -> None:
    state = queries.state(session, meeting, now)
    if state is State.CANCELLED:
        raise RuleBroken("Sammanträdet är inställt. Lägg punkten på ett annat sammanträde.")
    if state is State.HELD:
        raise RuleBroken("Sammanträdet är hållet, så dagordningen kan inte ändras. Lägg punkten på nästa.")


def _item_must_be_there(session: Session, item: AgendaItem, now: datetime) -> None:
    if item.withdrawn_at is not None:
        raise RuleBroken("Punkten har tagits bort från dagordningen.")
    _agenda_must_be_open(session, item.meeting, now)


def _lock(session: Session, meeting: Meeting) -> None:
    # One act at a time on a meeting: two who move, add or send at once must not see the same agenda.
    session.refresh(meeting, with_for_update={"of": Meeting})


def _log(session: Session, meeting: Meeting, verb: str, now: datetime, actor: str, **details: object) -> None:
    log.record(
        session,
        meeting.association_id,
        verb,
        SUBJECT,
        meeting.id,
        now=now,
        actor=actor,
        matter_id=meeting.matter_id,
        **details,
    )
