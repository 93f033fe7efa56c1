"""What pages and /healthz see: each association its own letters, newest first; the outbox in numbers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from paragraf.core.errors import NotThere
from paragraf.post import queries, rules
from paragraf.post.operations import Attachment
from paragraf.post.rules import LetterState, Outbox
from tests.parts.smtp import SmtpServer
from tests.parts.world import NOW
from tests.post.conftest import PostRoom

MINUTE = timedelta(minutes=1)


@pytest.fixture
def filled(post: PostRoom, smtp_server: SmtpServer) -> PostRoom:
    """A letter in each state, and one of the south's."""
    smtp_server.refuse("bort@norrdal.example", 550)
    smtp_server.refuse("sen@norrdal.example", 451)
    post.write("sent")
    post.write("failed", "bort@norrdal.example", now=NOW + MINUTE)
    post.write("waiting", "sen@norrdal.example", now=NOW + 2 * MINUTE)
    post.write("south", "bort@norrdal.example", association_id=post.world.south.id, now=NOW + 2 * MINUTE)
    post.deliver(NOW + 2 * MINUTE)
    return post


def test_the_mailbox_shows_the_associations_letters_newest_first(filled: PostRoom) -> None:
    with filled.database.reading() as session:
        found = queries.letters(session, filled.world.north.id)
        newest = queries.letters(session, filled.world.north.id, limit=1)
    assert [letter.key for letter in found] == ["waiting", "failed", "sent"]
    assert [letter.key for letter in newest] == ["waiting"]


@pytest.mark.parametrize("state", LetterState)
def test_the_outbox_is_listed_by_state(filled: PostRoom, state: LetterState) -> None:
    with filled.database.reading() as session:
        (letter,) = queries.outbox(session, filled.world.north.id, state)
    assert letter.key == state.value
    assert queries.state(letter) is state


def test_failed_letters_are_told_for_a_while(filled: PostRoom) -> None:
    with filled.database.reading() as session:
        found = queries.failed_letters(session, filled.world.north.id, since=NOW)
        later = queries.failed_letters(session, filled.world.north.id, since=NOW + 3 * MINUTE)
    assert [(letter.to_address, letter.error) for letter in found] == [
        ("bort@norrdal.example", "550 5.1.1 No such mailbox")
    ]
    assert later == []


def test_the_outbox_in_numbers(filled: PostRoom) -> None:
    with filled.database.reading() as session:
        at_rest = queries.outbox_numbers(session, NOW + 2 * MINUTE)
        due = queries.outbox_numbers(session, NOW + 5 * MINUTE)
    assert at_rest == Outbox(1, 2, NOW + 2 * MINUTE, None, server_silent=False)
    assert due.due_since == NOW + 3 * MINUTE


def test_an_empty_outbox_in_numbers(post: PostRoom) -> None:
    with post.database.reading() as session:
        assert queries.outbox_numbers(session, NOW) == Outbox(0, 0, None, None, server_silent=False)


def test_a_silent_server_is_seen_in_the_numbers(post: PostRoom, smtp_server: SmtpServer) -> None:
    smtp_server.stop()
    post.write()
    post.deliver()
    with post.database.reading() as session:
        numbers = queries.outbox_numbers(session, NOW)
    assert numbers.server_silent
    assert rules.ailment(numbers, NOW, has_transport=True) == "the mail server does not answer"


def test_a_letter_and_its_attachment_are_the_associations_own(post: PostRoom) -> None:
    written = post.write(attachments=[Attachment("mote.ics", "text/calendar; method=REQUEST", b"BEGIN")])
    with post.database.reading() as session:
        letter = queries.letter(session, post.world.north.id, written.id)
        enclosed = queries.attachment(session, post.world.north.id, letter.attachments[0].id)
        assert (enclosed.filename, enclosed.content) == ("mote.ics", b"BEGIN")
        for ask, row_id in ((queries.letter, letter.id), (queries.attachment, letter.attachments[0].id)):
            for association_id, wanted in ((post.world.south.id, row_id), (post.world.north.id, row_id + 1)):
                with pytest.raises(NotThere):
                    ask(session, association_id, wanted)
