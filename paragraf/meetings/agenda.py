"""The agenda of a meeting: add, write, move, withdraw and restore its items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.meetings import agenda_rules, queries, rules
from paragraf.meetings.acts import agenda_must_be_open, lock, record
from paragraf.meetings.models import AgendaItem, ItemKind, Meeting, StandingItem
from paragraf.meetings.notice_changes import from_json
from paragraf.meetings.rules import ItemText, StaleItem
from paragraf.questions.scalars import clean
from paragraf.register.models import Matter


@dataclass(frozen=True)
class Origin:
    """Where an item was drawn in from: the name of the source and that row's id, and the item it goes on with."""

    source: str = ""
    source_id: int | None = None
    continues: AgendaItem | None = None


NO_ORIGIN = Origin()


def add_item(
    session: Session,
    meeting: Meeting,
    *,
    kind: ItemKind,
    heading: str,
    background: str = "",
    proposal: str = "",
    matter: Matter | None = None,
    standing: StandingItem | None = None,
    origin: Origin = NO_ORIGIN,
    now: datetime,
    actor: str,
) -> AgendaItem:
    """Put a new item on the agenda, after all but the standing ones that come last (``agenda_rules.place_for_new``).

    It is late when a notice has gone out already. Raises RuleBroken without a heading, or when the meeting is over.
    """
    lock(session, meeting)
    agenda_must_be_open(session, meeting, now)
    text = checked(ItemText(kind, heading, background, proposal))
    item = AgendaItem(
        association_id=meeting.association_id,
        meeting_id=meeting.id,
        position=len(queries.agenda(session, meeting)) + 1,
        kind=text.kind,
        heading=text.heading,
        background=text.background,
        proposal=text.proposal,
        matter_id=matter.id if matter else None,
        standing=standing,
        continues_id=origin.continues.id if origin.continues else None,
        source=origin.source,
        source_id=origin.source_id,
        is_late=queries.last_notice(session, meeting) is not None,
        version=1,
    )
    session.add(item)
    session.flush()
    _place(session, item)
    record(session, meeting, "add_item", now, actor, item_id=item.id, heading=item.heading)
    return item


def add_matter_to_agenda(
    session: Session,
    meeting: Meeting,
    matter: Matter,
    *,
    background: str = "",
    proposal: str = "",
    origin: Origin = NO_ORIGIN,
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
    must_be_on_no_agenda(session, matter, now)
    return add_item(
        session,
        meeting,
        kind=ItemKind.DECISION,
        heading=matter.title,
        background=background,
        proposal=proposal,
        matter=matter,
        origin=origin,
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
    lock(session, item.meeting)
    session.refresh(item)
    _item_must_be_there(session, item, now)
    mine, theirs = checked(ItemText(kind, heading, background, proposal)), queries.item_text(item)
    if mine == theirs:
        return item
    if version != item.version:
        raise StaleItem(mine, theirs, item.version)
    item.kind, item.heading, item.background, item.proposal = mine.kind, mine.heading, mine.background, mine.proposal
    item.version += 1
    session.flush()
    record(session, item.meeting, "edit_item", now, actor, item_id=item.id, version=item.version)
    return item


def move_item(session: Session, item: AgendaItem, *, place: int, now: datetime, actor: str) -> None:
    """Put the item at ``place`` on the agenda, 1 first; the others close ranks."""
    lock(session, item.meeting)
    session.refresh(item)
    _item_must_be_there(session, item, now)
    items = queries.agenda(session, item.meeting)
    _renumber(items, rules.moved([one.id for one in items], item.id, place))
    session.flush()
    record(session, item.meeting, "move_item", now, actor, item_id=item.id, position=item.position)


def withdraw_item(session: Session, item: AgendaItem, *, now: datetime, actor: str) -> None:
    """Take the item off the agenda; its text is kept, and its matter waits again."""
    lock(session, item.meeting)
    session.refresh(item)
    _item_must_be_there(session, item, now)
    item.withdrawn_at = now
    session.flush()
    items = queries.agenda(session, item.meeting)
    _renumber(items, [one.id for one in items])
    session.flush()
    record(session, item.meeting, "withdraw_item", now, actor, item_id=item.id, heading=item.heading)


def restore_item(session: Session, item: AgendaItem, *, now: datetime, actor: str) -> None:
    """Put a withdrawn item back, where a new one would go.

    Raises RuleBroken when its matter stands on a coming agenda meanwhile.
    """
    lock(session, item.meeting)
    session.refresh(item)
    agenda_must_be_open(session, item.meeting, now)
    if item.withdrawn_at is None:
        return
    if item.matter is not None:
        must_be_on_no_agenda(session, item.matter, now)
    item.position = len(queries.agenda(session, item.meeting)) + 1
    item.withdrawn_at = None
    session.flush()
    _place(session, item)
    item.is_late = _is_late(session, item)
    session.flush()
    record(session, item.meeting, "restore_item", now, actor, item_id=item.id, heading=item.heading)


def _is_late(session: Session, item: AgendaItem) -> bool:
    """Whether a notice went out and the first one did not tell of the item."""
    sent = queries.notices(session, item.meeting)
    return bool(sent) and item.id not in {told.id for told in from_json(sent[-1].told).items}


def _place(session: Session, item: AgendaItem) -> None:
    """Move an item that stands last to where it belongs."""
    items = queries.agenda(session, item.meeting)
    others = [one.standing.place if one.standing else None for one in items if one.id != item.id]
    place = agenda_rules.place_for_new(others, item.standing.place if item.standing else None)
    _renumber(items, rules.moved([one.id for one in items], item.id, place))
    session.flush()


def must_be_on_no_agenda(session: Session, matter: Matter, now: datetime) -> None:
    """Raises RuleBroken for a matter that stands on a coming agenda."""
    other = queries.coming_meeting_with(session, matter, now)
    if other is not None:
        raise RuleBroken(
            "Ärendet %(number)s står redan på dagordningen för %(body)s den %(day)s.",
            number=matter.register_number,
            body=other.body.name,
            day=local_date(other.starts_at),
        )


def checked(text: ItemText) -> ItemText:
    """The text as it is kept: no blank ends, no control characters, one kind of line breaks.

    Raises RuleBroken without a heading, and for one that is too long.
    """
    heading = " ".join(clean(text.heading).split())
    if not heading:
        raise RuleBroken("Skriv en rubrik för punkten.", field="heading")
    if len(heading) > 300:
        raise RuleBroken("Rubriken får vara högst 300 tecken. Flytta resten till bakgrunden.", field="heading")
    return ItemText(text.kind, heading, clean(text.background), clean(text.proposal))


def _renumber(items: Sequence[AgendaItem], order: Sequence[int]) -> None:
    by_id = {item.id: item for item in items}
    for place, item_id in enumerate(order, start=1):
        by_id[item_id].position = place


def _item_must_be_there(session: Session, item: AgendaItem, now: datetime) -> None:
    if item.withdrawn_at is not None:
        raise RuleBroken("Punkten har tagits bort från dagordningen.")
    agenda_must_be_open(session, item.meeting, now)
