"""The agenda: order, texts, matters, and two who write at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from paragraf.core.errors import NotThere, RuleBroken
from paragraf.meetings import operations, queries
from paragraf.meetings.models import AgendaItem, ItemKind, Meeting
from paragraf.meetings.rules import StaleItem
from paragraf.register.models import Matter, MatterKind
from paragraf.register.operations import open_matter
from tests.meetings.conftest import END, START
from tests.parts.world import NOW, Home, World

SONJA = "Sonja Ekvall"
WEEK = timedelta(weeks=1)


def add(session: Session, meeting: Meeting, heading: str, kind: ItemKind = ItemKind.INFORMATION) -> AgendaItem:
    return operations.add_item(session, meeting, kind=kind, heading=heading, now=NOW, actor=SONJA)


def edit(session: Session, item: AgendaItem, version: int, background: str, heading: str = "Budget") -> AgendaItem:
    return operations.edit_item(
        session,
        item,
        version=version,
        kind=ItemKind.DECISION,
        heading=heading,
        background=background,
        proposal="",
        now=NOW,
        actor=SONJA,
    )


def headings(session: Session, meeting: Meeting) -> list[tuple[int, str]]:
    return [(item.position, item.heading) for item in queries.agenda(session, meeting)]


def register(session: Session, home: Home, title: str = "Ansökan om Stegvis") -> Matter:
    return open_matter(
        session,
        association_id=home.id,
        kind=MatterKind.APPLICATION,
        title=title,
        counterpart="Norrdals kommun",
        now=NOW,
        actor="Sökande",
    )


def test_items_come_in_the_order_they_were_added(session: Session, meeting: Meeting) -> None:
    for heading in ("Val", "Budget", "Rapport"):
        add(session, meeting, heading)
    assert headings(session, meeting) == [(1, "Val"), (2, "Budget"), (3, "Rapport")]


def test_an_item_needs_a_heading_of_sensible_length(session: Session, meeting: Meeting) -> None:
    for wrong in ("", " \n ", "x" * 301):
        with pytest.raises(RuleBroken) as refused:
            add(session, meeting, wrong)
        assert refused.value.field == "heading"


def test_a_heading_is_one_line(session: Session, meeting: Meeting) -> None:
    assert add(session, meeting, "  Val av\r\n justerare ").heading == "Val av justerare"


def test_moving_and_withdrawing_keep_positions_dense(session: Session, meeting: Meeting) -> None:
    first, second, third = (add(session, meeting, heading) for heading in ("Val", "Budget", "Rapport"))
    operations.move_item(session, third, place=1, now=NOW, actor=SONJA)
    assert headings(session, meeting) == [(1, "Rapport"), (2, "Val"), (3, "Budget")]
    operations.withdraw_item(session, first, now=NOW, actor=SONJA)
    assert headings(session, meeting) == [(1, "Rapport"), (2, "Budget")]
    assert add(session, meeting, "Övrigt").position == 3
    assert second.withdrawn_at is None


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["add", "move", "withdraw"]), st.integers(0, 9)), max_size=12))
def test_any_sequence_of_acts_keeps_positions_dense(
    session: Session, meeting: Meeting, acts: list[tuple[str, int]]
) -> None:
    for act, number in acts:
        items = queries.agenda(session, meeting)
        if act == "add" or not items:
            add(session, meeting, f"Punkt {number}")
        elif act == "move":
            operations.move_item(session, items[number % len(items)], place=number, now=NOW, actor=SONJA)
        else:
            operations.withdraw_item(session, items[number % len(items)], now=NOW, actor=SONJA)
    positions = [item.position for item in queries.agenda(session, meeting)]
    assert positions == list(range(1, len(positions) + 1))


def test_a_save_raises_the_version(session: Session, meeting: Meeting) -> None:
    item = add(session, meeting, "Budget")
    edit(session, item, 1, "Förslag till budget.\r\n")
    assert (item.version, item.background, item.kind) == (2, "Förslag till budget.", ItemKind.DECISION)


def test_a_stale_save_gives_both_texts_back_and_changes_nothing(session: Session, meeting: Meeting) -> None:
    item = add(session, meeting, "Budget")
    edit(session, item, 1, "Sonjas text")
    with pytest.raises(StaleItem) as stale:
        edit(session, item, 1, "Majs text")
    assert (stale.value.mine.background, stale.value.theirs.background) == ("Majs text", "Sonjas text")
    assert stale.value.version == item.version == 2
    assert item.background == "Sonjas text"


def test_saving_again_over_the_version_shown_succeeds(session: Session, meeting: Meeting) -> None:
    item = add(session, meeting, "Budget")
    edit(session, item, 1, "Sonjas text")
    edit(session, item, 2, "Sonjas och Majs text")
    assert item.background == "Sonjas och Majs text"


def test_the_same_save_sent_twice_is_no_conflict(session: Session, meeting: Meeting) -> None:
    item = add(session, meeting, "Budget")
    edit(session, item, 1, "Text")
    edit(session, item, 1, "Text")
    assert item.version == 2


def test_two_sessions_that_save_the_same_item_lose_nothing(world: World) -> None:
    with world.database.writing() as session:
        meeting = operations.plan_meeting(
            session, body=world.north.board, starts_at=START, ends_at=END, place="Rum Alen", now=NOW, actor=SONJA
        )
        item = add(session, meeting, "Budget")
    with world.database.writing() as one:
        edit(one, one.get_one(AgendaItem, item.id), 1, "Den enas text")
    with pytest.raises(StaleItem, match="Någon annan"), world.database.writing() as other:
        edit(other, other.get_one(AgendaItem, item.id), 1, "Den andras text")


def test_a_withdrawn_item_is_neither_edited_nor_moved(session: Session, meeting: Meeting) -> None:
    item = add(session, meeting, "Budget")
    operations.withdraw_item(session, item, now=NOW, actor=SONJA)
    for act in (
        lambda: edit(session, item, 1, "Text"),
        lambda: operations.move_item(session, item, place=1, now=NOW, actor=SONJA),
        lambda: operations.withdraw_item(session, item, now=NOW, actor=SONJA),
    ):
        with pytest.raises(RuleBroken, match="tagits bort"):
            act()


def test_a_withdrawn_item_can_be_put_back_last(session: Session, meeting: Meeting) -> None:
    item = add(session, meeting, "Budget")
    add(session, meeting, "Val")
    operations.withdraw_item(session, item, now=NOW, actor=SONJA)
    assert queries.withdrawn_items(session, meeting) == [item]
    operations.restore_item(session, item, now=NOW, actor=SONJA)
    operations.restore_item(session, item, now=NOW, actor=SONJA)
    assert headings(session, meeting) == [(1, "Val"), (2, "Budget")]
    with pytest.raises(RuleBroken, match="hållet"):
        operations.restore_item(session, item, now=END, actor=SONJA)


def test_an_item_is_not_put_back_when_its_matter_went_elsewhere(session: Session, home: Home, meeting: Meeting) -> None:
    matter = register(session, home)
    item = operations.add_matter_to_agenda(session, meeting, matter, now=NOW, actor=SONJA)
    operations.withdraw_item(session, item, now=NOW, actor=SONJA)
    operations.add_matter_to_agenda(session, meeting, matter, now=NOW, actor=SONJA)
    with pytest.raises(RuleBroken, match="står redan på dagordningen"):
        operations.restore_item(session, item, now=NOW, actor=SONJA)


def test_another_association_does_not_find_the_item(world: World, session: Session, meeting: Meeting) -> None:
    item = add(session, meeting, "Budget")
    with pytest.raises(NotThere):
        queries.agenda_item(session, world.south.id, meeting.id, item.id)
    with pytest.raises(NotThere):
        queries.agenda_item(session, world.north.id, meeting.id + 1, item.id)


def test_the_agenda_is_closed_when_the_meeting_is_over_or_cancelled(session: Session, meeting: Meeting) -> None:
    item = add(session, meeting, "Budget")
    with pytest.raises(RuleBroken, match="hållet"):
        operations.withdraw_item(session, item, now=END, actor=SONJA)
    operations.add_item(
        session, meeting, kind=ItemKind.QUESTION, heading="Sent", now=START + timedelta(minutes=5), actor=SONJA
    )
    operations.cancel_meeting(session, meeting, reason="Få ärenden", now=NOW, actor=SONJA)
    with pytest.raises(RuleBroken, match="inställt"):
        add(session, meeting, "Val")


# --- matters --------------------------------------------------------------------------------------------------------


def test_a_matter_becomes_a_decision_item_with_its_title(session: Session, home: Home, meeting: Meeting) -> None:
    matter = register(session, home)
    item = operations.add_matter_to_agenda(
        session, meeting, matter, background="Kommunen söker medel.", now=NOW, actor=SONJA
    )
    assert (item.kind, item.heading, item.background) == (
        ItemKind.DECISION,
        "Ansökan om Stegvis",
        "Kommunen söker medel.",
    )
    assert item.matter == matter


def test_a_matter_waits_until_it_is_on_an_agenda(session: Session, home: Home, meeting: Meeting) -> None:
    matter = register(session, home)
    assert [one.matter for one in queries.waiting_matters(session, home.id)] == [matter]
    operations.add_matter_to_agenda(session, meeting, matter, now=NOW, actor=SONJA)
    assert queries.waiting_matters(session, home.id) == []


def test_a_matter_on_a_coming_agenda_is_refused_a_second_place(session: Session, home: Home, meeting: Meeting) -> None:
    matter = register(session, home)
    other = operations.plan_meeting(
        session, body=home.board, starts_at=START + WEEK, ends_at=END + WEEK, place="Rum Alen", now=NOW, actor=SONJA
    )
    operations.add_matter_to_agenda(session, meeting, matter, now=NOW, actor=SONJA)
    for place in (meeting, other):
        with pytest.raises(RuleBroken, match="2026/1 står redan på dagordningen för Styrelsen den 2026-04-09"):
            operations.add_matter_to_agenda(session, place, matter, now=NOW, actor=SONJA)


@pytest.mark.parametrize("how", ["withdrawn", "cancelled", "returned"])
def test_a_matter_that_was_not_decided_waits_again(session: Session, home: Home, meeting: Meeting, how: str) -> None:
    matter = register(session, home)
    item = operations.add_matter_to_agenda(session, meeting, matter, now=NOW, actor=SONJA)
    if how == "withdrawn":
        operations.withdraw_item(session, item, now=NOW, actor=SONJA)
    elif how == "cancelled":
        operations.cancel_meeting(session, meeting, reason="Få ärenden", now=NOW, actor=SONJA)
    else:
        item.returned_at = END
    (waiting,) = queries.waiting_matters(session, home.id)
    assert waiting.matter == matter
    assert waiting.last_meeting == (meeting if how == "returned" else None)


def test_closed_and_foreign_matters_do_not_wait(world: World, session: Session, meeting: Meeting) -> None:
    closed, foreign = register(session, world.north), register(session, world.south)
    closed.closed_on = NOW.date()
    assert queries.waiting_matters(session, world.north.id) == []
    with pytest.raises(NotThere):
        operations.add_matter_to_agenda(session, meeting, foreign, now=NOW, actor=SONJA)


def test_never_taken_up_matters_come_first(session: Session, home: Home, meeting: Meeting) -> None:
    old, new = register(session, home, "Gammal"), register(session, home, "Ny")
    operations.add_matter_to_agenda(session, meeting, old, now=NOW, actor=SONJA).returned_at = END
    waiting = queries.waiting_matters(session, home.id)
    assert [one.matter for one in waiting] == [new, old]
