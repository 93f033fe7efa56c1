"""Queueing letters once, and trying failed ones again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import func, select

from paragraf.core import log
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.post import rules
from paragraf.post.models import Letter
from paragraf.post.operations import Attachment, retry_letter
from paragraf.register.models import Direction, DocumentKind
from paragraf.register.operations import file_document
from tests.parts.smtp import SmtpServer
from tests.parts.world import NOW
from tests.post.conftest import PostRoom

LATER = NOW + timedelta(hours=1)


def count(post: PostRoom) -> int:
    with post.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Letter)) or 0


def file(post: PostRoom, association_id: int) -> int:
    with post.database.writing() as session:
        return file_document(
            session,
            association_id=association_id,
            matter=None,
            kind=DocumentKind.ATTACHMENT,
            direction=Direction.OUT,
            title="Föredragningslista",
            filename="lista.docx",
            media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            content=b"PK word",
            now=NOW,
            actor="Sonja Ekvall",
        ).id


def retry(post: PostRoom, letter: Letter, **given: object) -> Letter:
    with post.database.writing() as session:
        wanted = {"association_id": post.world.north.id, "letter_id": letter.id, "now": LATER, "actor": "Sonja Ekvall"}
        return retry_letter(session, **(wanted | given))  # type: ignore[arg-type]


def test_is_due_at_once(post: PostRoom) -> None:
    letter = post.write()
    assert letter.queued_at == letter.next_attempt_at == NOW
    assert (letter.subject, letter.to_name, letter.attempts) == ("Kallelse till styrelsen", "Ida Öst", 0)


def test_a_text_may_name_reader_and_association_without_their_being_given(post: PostRoom, texts: Path) -> None:
    (texts / "plain.sv.txt").write_text("Ämne: Hej {{ name }}\n\n{{ association }}\n")
    letter = post.write(kind="plain", fields={})
    assert (letter.subject, letter.body) == ("Hej Ida Öst", "Samordningsförbundet Norrdal\n")


def test_the_same_key_gives_the_letter_that_is_there(post: PostRoom) -> None:
    first = post.write("notice-1", fields={"meeting": "styrelsen"})
    again = post.write("notice-1", fields={"meeting": "något annat"})
    assert again.id == first.id
    assert again.subject == "Kallelse till styrelsen"


def test_the_same_key_in_another_association_is_another_letter(post: PostRoom) -> None:
    north = post.write("notice-1")
    south = post.write("notice-1", association_id=post.world.south.id)
    assert north.id != south.id
    assert north.message_id != south.message_id


def test_many_at_once_with_one_key_give_one_letter(post: PostRoom) -> None:
    with ThreadPoolExecutor(6) as pool:
        ids = {letter.id for letter in pool.map(lambda _n: post.write("notice-1"), range(12))}
    assert len(ids) == 1
    assert count(post) == 1


def test_an_act_that_fails_leaves_no_letter(post: PostRoom) -> None:
    with pytest.raises(NotThere):
        post.write(attachments=[Attachment("a.docx", "text/plain", document_id=4711)])
    assert count(post) == 0


def test_an_act_goes_on_after_a_letter_that_was_there(post: PostRoom) -> None:
    post.write("a")
    post.write("a")
    post.write("b")
    assert count(post) == 2


def test_another_associations_document_cannot_be_sent(post: PostRoom) -> None:
    foreign = file(post, post.world.south.id)
    with pytest.raises(NotThere):
        post.write(attachments=[Attachment("a.docx", "text/plain", document_id=foreign)])


def test_an_attachment_is_bytes_or_a_document() -> None:
    for content, document_id in ((None, None), (b"x", 1)):
        with pytest.raises(ValueError, match="either"):
            Attachment("a.txt", "text/plain", content, document_id)


def test_names_cannot_break_out_of_their_line(post: PostRoom) -> None:
    letter = post.write(name="Ida\nBcc: x@y.example", attachments=[Attachment("a\r\nb.txt", "text/plain", b"x")])
    assert letter.to_name == "Ida Bcc: x@y.example"
    assert letter.attachments[0].filename == "a b.txt"


def test_a_key_too_long_for_its_column_is_a_mistake(post: PostRoom) -> None:
    with pytest.raises(ValueError, match="121 characters"):
        post.write("k" * 121)


def test_an_unusable_address_stops_no_act_and_is_seen(post: PostRoom, smtp_server: SmtpServer) -> None:
    letter = post.write(address="ida@norrdal.example\nBcc: x@y.example")
    assert (letter.failed_at, letter.next_attempt_at, letter.error) == (NOW, None, rules.ADDRESS_UNUSABLE)
    assert "\n" not in letter.to_address
    post.deliver()
    assert smtp_server.messages == []


def test_a_failed_letter_goes_out_again_to_a_corrected_address(post: PostRoom, smtp_server: SmtpServer) -> None:
    letter = post.write(address="ida")
    again = retry(post, letter, address="ida@norrdal.example")
    assert (again.failed_at, again.next_attempt_at, again.error) == (None, LATER, "")
    assert post.deliver(LATER).sent == 1
    assert smtp_server.messages[0].recipients == ["ida@norrdal.example"]


def test_a_retry_stands_in_the_log(post: PostRoom) -> None:
    letter = post.write(address="ida")
    retry(post, letter, address="ida@norrdal.example")
    with post.database.reading() as session:
        entry = session.scalars(select(log.LogEntry).where(log.LogEntry.subject == "letter")).one()
    assert (entry.verb, entry.subject_id, entry.actor) == ("retry", letter.id, "Sonja Ekvall")


def test_a_new_address_must_be_usable_too(post: PostRoom) -> None:
    with pytest.raises(RuleBroken) as broken:
        retry(post, post.write(address="ida"), address="ida@")
    assert broken.value.field == "address"


def test_another_associations_letter_is_not_there(post: PostRoom) -> None:
    letter = post.write(address="ida", association_id=post.world.south.id)
    with pytest.raises(NotThere):
        retry(post, letter)


def test_waiting_and_sent_letters_are_not_sent_again(post: PostRoom) -> None:
    letter = post.write()
    with pytest.raises(RuleBroken, match="väntar redan"):
        retry(post, letter)
    post.deliver()
    with pytest.raises(RuleBroken, match="redan lämnats"):
        retry(post, letter)


def test_a_blanked_letter_is_not_sent_again(post: PostRoom, smtp_server: SmtpServer) -> None:
    smtp_server.refuse("ida@norrdal.example", 550)
    letter = post.write(kind="code", fields={"code": "123456"}, secret=True)
    post.deliver()
    with pytest.raises(RuleBroken, match="Be om en ny"):
        retry(post, letter)


def test_a_document_travels_as_an_attachment(post: PostRoom, smtp_server: SmtpServer) -> None:
    document_id = file(post, post.world.north.id)
    post.write(
        attachments=[
            Attachment("Föredragningslista.docx", "application/msword", document_id=document_id),
            Attachment("mote.ics", "text/calendar; method=REQUEST", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
        ]
    )
    post.deliver()
    word, calendar = smtp_server.messages[0].message.iter_attachments()
    assert isinstance(word, EmailMessage)
    assert isinstance(calendar, EmailMessage)
    assert (word.get_filename(), word.get_content()) == ("Föredragningslista.docx", b"PK word")
    assert calendar.get_content_type() == "text/calendar"
    assert dict(calendar["Content-Type"].params) == {"charset": "utf-8", "method": "REQUEST"}
    assert "BEGIN:VCALENDAR" in calendar.get_content()
