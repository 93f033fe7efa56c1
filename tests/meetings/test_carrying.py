"""Matters follow to another meeting of the body, with their texts and attachments, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken
from paragraf.meetings import attachments, carrying, operations, queries
from paragraf.meetings.models import AgendaItem, ItemKind, Meeting, StandingItem
from paragraf.post.models import Letter
from paragraf.register.models import MatterKind
from paragraf.register.operations import open_matter
from tests.meetings.conftest import END, START
from tests.parts.world import NOW, Home

SONJA = "Sonja Ekvall"
WEEK = timedelta(weeks=1)


@pytest.fixture
def following(session: Session, home: Home, meeting: Meeting) -> Meeting:
    return operations.plan_meeting(
        session,
        body=home.board,
        starts_at=START + 4 * WEEK,
        ends_at=END + 4 * WEEK,
        place="Rum Alen",
        now=NOW,
        actor=SONJA,
    )


@pytest.fixture
def item(session: Session, home: Home, meeting: Meeting) -> AgendaItem:
    """An item with a matter and an attachment, beside a standing one that is not carried."""
    matter = open_matter(
        session,
        association_id=home.id,
        kind=MatterKind.APPLICATION,
        title="Stegvis",
        counterpart="Norrdals kommun",
        now=NOW,
        actor=SONJA,
    )
    made = operations.add_matter_to_agenda(
        session, meeting, matter, background="Bakgrund", proposal="att bevilja", now=NOW, actor=SONJA
    )
    attachments.add_attachment(
        session,
        meeting,
        item=made,
        matter=matter,
        title="Budget",
        filename="budget.pdf",
        content=b"%PDF-1.7\n%%EOF\n",
        now=NOW,
        actor=SONJA,
    )
    standing = StandingItem(
        association_id=home.id, body_id=home.board.id, place=-1, kind=ItemKind.DECISION, heading="Val av justerare"
    )
    session.add(standing)
    session.flush()
    usual = operations.add_item(
        session, meeting, kind=ItemKind.DECISION, heading="Val av justerare", proposal="att utse", now=NOW, actor=SONJA
    )
    usual.standing_item_id = standing.id
    session.flush()
    return made


def cancel(session: Session, meeting: Meeting, to: Meeting | None, *items: AgendaItem) -> list[AgendaItem]:
    return carrying.cancel_and_carry(
        session,
        meeting,
        reason="Få ärenden",
        to=to,
        item_ids=[one.id for one in items],
        now=NOW,
        actor=SONJA,
    )


def test_a_cancelled_meetings_matters_follow_in_the_same_act(
    session: Session, meeting: Meeting, following: Meeting, item: AgendaItem
) -> None:
    assert carrying.waiting_items(session, meeting) == [item]
    (new,) = cancel(session, meeting, following, item)
    assert (new.meeting_id, new.continues_id, new.matter_id) == (following.id, item.id, item.matter_id)
    assert (new.background, new.proposal, new.is_late) == ("Bakgrund", "att bevilja", False)
    (attached,) = attachments.attachments(session, following)
    (original,) = attachments.attachments(session, meeting)
    assert (attached.document_id, attached.number, attached.agenda_item_id) == (original.document_id, None, new.id)
    assert [left.continued for left in carrying.left_items(session, meeting)] == [new]
    assert carrying.waiting_items(session, meeting) == []
    assert carrying.left_behind(session, following) == []


def test_without_another_meeting_they_wait_and_can_follow_later(
    session: Session, home: Home, meeting: Meeting, item: AgendaItem
) -> None:
    assert cancel(session, meeting, None, item) == []
    later = operations.plan_meeting(
        session, body=home.board, starts_at=START + WEEK, ends_at=END + WEEK, place="A", now=NOW, actor=SONJA
    )
    assert carrying.left_behind(session, later) == [meeting]
    (new,) = carrying.carry_items(session, meeting, to=later, item_ids=[item.id], now=NOW, actor=SONJA)
    # The standing item is there from the start, as on each agenda of the body.
    assert [one.heading for one in queries.agenda(session, later)] == ["Val av justerare", new.heading]


def test_nothing_is_carried_twice(session: Session, meeting: Meeting, following: Meeting, item: AgendaItem) -> None:
    cancel(session, meeting, following, item)
    with pytest.raises(RuleBroken, match="redan flyttats"):
        carrying.carry_items(session, meeting, to=following, item_ids=[item.id], now=NOW, actor=SONJA)
    with pytest.raises(RuleBroken, match="minst en punkt"):
        carrying.carry_items(session, meeting, to=following, item_ids=[], now=NOW, actor=SONJA)


def test_a_matter_that_was_put_on_another_agenda_by_hand_has_gone_on(
    session: Session, meeting: Meeting, following: Meeting, item: AgendaItem
) -> None:
    cancel(session, meeting, None)
    assert item.matter is not None
    by_hand = operations.add_matter_to_agenda(session, following, item.matter, now=NOW, actor=SONJA)
    assert [left.continued for left in carrying.left_items(session, meeting)] == [by_hand]


def test_a_meeting_moved_past_the_next_one_gives_its_matters_to_it(
    session: Session, meeting: Meeting, following: Meeting, item: AgendaItem
) -> None:
    assert carrying.overtaken_by(session, meeting, NOW) is None
    operations.change_meeting(
        session,
        meeting,
        starts_at=START + 5 * WEEK,
        ends_at=END + 5 * WEEK,
        place=meeting.place,
        mode=meeting.mode,
        now=NOW,
        actor=SONJA,
    )
    assert carrying.overtaken_by(session, meeting, NOW) == following
    (new,) = carrying.carry_items(session, meeting, to=following, item_ids=[item.id], now=NOW, actor=SONJA)
    # It is still to be held, so the item is taken off it: it stands on one agenda only.
    assert item.withdrawn_at == NOW
    assert new.matter_id == item.matter_id
    assert [one.heading for one in queries.agenda(session, meeting)] == ["Val av justerare"]


def test_what_comes_after_the_notice_is_late(
    session: Session, meeting: Meeting, following: Meeting, item: AgendaItem
) -> None:
    operations.add_item(session, following, kind=ItemKind.INFORMATION, heading="Läget", now=NOW, actor=SONJA)
    operations.send_notice(session, following, now=NOW, actor=SONJA)
    (new,) = cancel(session, meeting, following, item)
    assert new.is_late


def test_the_letter_says_where_the_matters_go(
    session: Session, home: Home, meeting: Meeting, following: Meeting, item: AgendaItem
) -> None:
    operations.send_notice(session, meeting, now=NOW, actor=SONJA)
    cancel(session, meeting, following, item)
    letters = session.scalars(select(Letter).where(Letter.kind == "meeting_cancelled")).all()
    assert letters
    assert all("Ärendena tas upp på sammanträdet torsdag 7 maj 2026 i stället." in one.body for one in letters)


def test_a_held_meeting_is_neither_cancelled_nor_emptied(
    session: Session, meeting: Meeting, following: Meeting, item: AgendaItem
) -> None:
    told = {"to": following, "item_ids": [item.id], "now": START, "actor": SONJA}
    with pytest.raises(RuleBroken, match="har hållits"):
        carrying.carry_items(session, meeting, **told)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken, match="redan börjat"):
        carrying.cancel_and_carry(session, meeting, reason="x", **told)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken, match="samma organ"):
        carrying.carry_items(session, meeting, to=meeting, item_ids=[item.id], now=NOW, actor=SONJA)
