"""The list of §§ at the desk tells what the whole minutes tell, by fewer questions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from paragraf.core import log
from paragraf.minutes import checks, lines, operations, queries
from paragraf.minutes.clauses import Clause
from paragraf.minutes.models import Minutes, Verb
from tests.minutes.acting import AFTER, GRANT, SONJA, rows, write
from tests.parts.world import World


@pytest.fixture
def asked(session: Session) -> Iterator[list[str]]:
    """The questions that the session asks the database."""
    seen: list[str] = []

    def listen(*told: object) -> None:
        seen.append(str(told[2]))

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", listen)
    yield seen
    event.remove(engine, "before_cursor_execute", listen)


def test_the_list_says_what_the_items_say(session: Session, draft: Minutes) -> None:
    second, third = rows(session, draft)[1:]
    write(session, second, GRANT, Clause(Verb.COMMISSION, assignee="förbundschefen"))
    operations.remove_item(session, third, now=AFTER, actor=SONJA)
    whole = queries.items(session, draft)
    listed = lines.lines(session, draft)
    assert [(line.item_id, line.label, line.heading) for line in listed.standing] == [
        (one.row.id, one.label, one.words.heading) for one in whole
    ]
    assert [line.hinders for line in listed.standing] == [
        sum(each.hinders for each in checks.item_findings(one.facts)) for one in whole
    ]
    assert [line.heading for line in listed.removed] == ["Lägesrapport"]


def test_one_section_is_as_among_the_others(session: Session, draft: Minutes) -> None:
    for one in queries.items(session, draft):
        alone = lines.item(session, draft, one.row.id)
        assert (alone.words, alone.saved_by, alone.attachments, alone.application_id) == (
            one.words,
            one.saved_by,
            one.attachments,
            one.application_id,
        )


def test_attachments_without_a_number_get_the_same_one_in_both(session: Session, draft: Minutes) -> None:
    for row in rows(session, draft):
        for title in ("Första", "Andra"):
            operations.attach(
                session, row, title=title, filename="a.pdf", content=b"%PDF-1.7\n%%EOF\n", now=AFTER, actor=SONJA
            )
    whole = {one.row.id: [each.number for each in one.attachments] for one in queries.items(session, draft)}
    alone = {item: [each.number for each in lines.item(session, draft, item).attachments] for item in whole}
    assert alone == whole


def test_the_list_asks_as_little_for_many_as_for_few(session: Session, draft: Minutes, asked: list[str]) -> None:
    lines.lines(session, draft)
    few = len(asked)
    for number in range(40):
        operations.add_item(session, draft, heading=f"Fråga {number}", now=AFTER, actor=SONJA)
    asked.clear()
    session.expire_all()
    session.refresh(draft)
    asked.clear()
    assert len(lines.lines(session, draft).standing) == 43
    # What was let go of is read again: the meeting and its body.
    assert len(asked) <= few + 2


def test_the_stamp_moves_with_every_act_and_every_save(session: Session, world: World, draft: Minutes) -> None:
    def stamp() -> lines.Stamp:
        return lines.stamp(session, draft.association_id, draft.meeting_id)

    seen = [stamp()]
    write(session, rows(session, draft)[0], Clause(Verb.APPROVE, text="dagordningen"))
    seen.append(stamp())
    operations.move_item(session, rows(session, draft)[0], place=2, now=AFTER, actor=SONJA)
    seen.append(stamp())
    log.record(session, draft.association_id, "note", "person", now=AFTER, actor=SONJA)
    seen.append(stamp())
    assert len(set(seen)) == 4
    assert stamp() == seen[-1]
    assert lines.stamp(session, world.south.id, draft.meeting_id).text == 0
