"""The outbox is emptied by a real SMTP server that refuses for a while, for good, or is gone; nothing goes twice."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest

from paragraf.core import leases
from paragraf.core.database import Database
from paragraf.post import rules
from paragraf.post.delivery import Delivery, deliver_due
from paragraf.post.parcels import Parcel
from paragraf.post.transports import Line, MailboxTransport
from tests.parts.smtp import SmtpServer
from tests.parts.world import NOW
from tests.post.conftest import PostRoom

MINUTE = timedelta(minutes=1)
IDA = "ida@norrdal.example"


class KilledError(BaseException):
    """The process ends here."""


class Wire:
    """A transport of the tests' own that keeps what it was given and may do something in between."""

    def __init__(self, *, then: BaseException | None = None, bad: str = "") -> None:
        self.sent: list[str] = []
        self.lines = 0
        self._then, self._bad = then, bad
        self._lock = threading.Lock()

    def open(self) -> Line:
        self.lines += 1
        return self

    def send(self, parcel: Parcel) -> None:
        if parcel.to_address == self._bad:
            raise RuntimeError("trasigt")
        with self._lock:
            self.sent.append(parcel.message_id)
        if self._then is not None:
            raise self._then

    def close(self) -> None:
        pass


def test_a_letter_goes_out_once_and_is_marked(post: PostRoom, smtp_server: SmtpServer) -> None:
    post.write()
    assert post.deliver() == Delivery(sent=1)
    assert post.deliver(NOW + 9 * MINUTE) == Delivery()
    (delivered,) = smtp_server.messages
    assert (delivered.sender, delivered.recipients) == ("kansli@norrdal.example", [IDA])
    letter = post.letter()
    assert (letter.sent_at, letter.next_attempt_at, letter.error) == (NOW, None, "")


def test_it_looks_as_it_should(post: PostRoom, smtp_server: SmtpServer) -> None:
    post.write(fields={"meeting": "Styrelsens möte § 627 – Årsbudget för sammanhållna insatser, tredje behandlingen"})
    post.deliver()
    mail: EmailMessage = smtp_server.messages[0].message
    assert mail["From"] == "Samordningsförbundet Norrdal <kansli@norrdal.example>"
    assert mail["To"] == "Ida Öst <ida@norrdal.example>"
    assert mail["Reply-To"] == "kansli@norrdal.example"
    assert mail["Subject"].endswith("Årsbudget för sammanhållna insatser, tredje behandlingen")
    assert mail["Message-ID"] == post.letter().message_id
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime == NOW
    assert mail.get_content().startswith("Hej Ida Öst!\r\n\r\nVälkommen till Styrelsens möte § 627 –")


def test_what_is_not_due_waits(post: PostRoom, smtp_server: SmtpServer) -> None:
    post.write(now=NOW + MINUTE)
    assert post.deliver(NOW) == Delivery()
    assert post.deliver(NOW + MINUTE) == Delivery(sent=1)


def test_refused_for_a_while_is_tried_again_later(post: PostRoom, smtp_server: SmtpServer) -> None:
    smtp_server.refuse(IDA, 451)
    post.write()
    assert post.deliver() == Delivery(retried=1)
    letter = post.letter()
    assert (letter.next_attempt_at, letter.attempts, letter.failed_at) == (NOW + MINUTE, 1, None)
    assert letter.error == "451 4.3.0 Try again later"
    assert post.deliver(NOW + MINUTE / 2) == Delivery()
    smtp_server.accept(IDA)
    assert post.deliver(NOW + MINUTE) == Delivery(sent=1)
    assert post.letter().error == ""


def test_refused_day_after_day_is_given_up(post: PostRoom, smtp_server: SmtpServer) -> None:
    smtp_server.refuse(IDA, 451)
    post.write()
    moment: datetime | None = NOW
    last = NOW
    while moment is not None:
        last = moment
        post.deliver(last)
        moment = post.letter().next_attempt_at
    assert post.letter().failed_at == last
    assert len(smtp_server.refused) == len(rules.PAUSES) + 1
    assert last - NOW >= timedelta(days=3)


def test_refused_for_good_fails_at_once_with_the_servers_words(post: PostRoom, smtp_server: SmtpServer) -> None:
    smtp_server.refuse(IDA, 550)
    post.write()
    assert post.deliver() == Delivery(failed=1)
    letter = post.letter()
    assert (letter.failed_at, letter.next_attempt_at) == (NOW, None)
    assert letter.error == "550 5.1.1 No such mailbox"
    assert post.deliver(NOW + timedelta(days=1)) == Delivery()


def test_one_refusal_does_not_stop_the_others(post: PostRoom, smtp_server: SmtpServer) -> None:
    smtp_server.refuse("bort@norrdal.example", 550)
    smtp_server.refuse("sen@norrdal.example", 451)
    for number, name in enumerate(("a", "bort", "b", "sen", "c")):
        post.write(str(number), f"{name}@norrdal.example")
    assert post.deliver() == Delivery(sent=3, retried=1, failed=1)
    assert [delivered.recipients[0][0] for delivered in smtp_server.messages] == ["a", "b", "c"]


def test_one_broken_letter_does_not_stop_the_others(post: PostRoom, caplog: pytest.LogCaptureFixture) -> None:
    wire = Wire(bad="b@norrdal.example")
    for name in ("a", "b", "c"):
        post.write(name, f"{name}@norrdal.example")
    assert post.deliver(transport=wire) == Delivery(sent=2, retried=1)
    assert post.letter("b").error == rules.NOT_SENDABLE
    assert f"letter {post.letter('b').id} could not be sent" in caplog.text


def test_a_server_that_is_gone_costs_no_letter_an_attempt(post: PostRoom, smtp_server: SmtpServer) -> None:
    smtp_server.stop()
    for key in ("a", "b", "c"):
        post.write(key)
    assert post.deliver(limit=2) == Delivery(retried=1)
    for key in ("a", "b", "c"):
        letter = post.letter(key)
        assert (letter.attempts, letter.next_attempt_at, letter.error) == (0, NOW + MINUTE, rules.SERVER_SILENT)
    assert post.deliver(NOW + timedelta(days=9), Wire()) == Delivery(sent=3)


def test_a_batch_uses_one_line_and_an_empty_outbox_none(post: PostRoom) -> None:
    wire = Wire()
    post.deliver(transport=wire)
    assert wire.lines == 0
    for key in ("a", "b", "c"):
        post.write(key)
    post.deliver(transport=wire)
    assert wire.lines == 1


def test_a_batch_has_a_limit_and_takes_the_longest_waiting_first(post: PostRoom) -> None:
    wire = Wire()
    new = post.write("new")
    old = post.write("old", now=NOW - MINUTE)
    assert post.deliver(transport=wire, limit=1) == Delivery(sent=1)
    assert wire.sent == [old.message_id]
    post.deliver(transport=wire)
    assert wire.sent == [old.message_id, new.message_id]


def test_no_letter_is_begun_when_the_batch_has_lasted_long(post: PostRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "BATCH_SECONDS", -1)
    post.write()
    assert post.deliver(transport=Wire()) == Delivery()
    assert post.letter().attempts == 0


def test_several_deliverers_at_once_send_nothing_twice(post: PostRoom, smtp_server: SmtpServer) -> None:
    keys = [f"k{number}" for number in range(15)]
    for key in keys:
        post.write(key)
    together = threading.Barrier(3)

    def deliverer(_number: int) -> Delivery:
        database = Database(post.database.settings)
        together.wait(10)
        try:
            return deliver_due(database, now=NOW, transport=post.transport)
        finally:
            database.dispose()

    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(deliverer, range(3)))
    assert sum(delivery.sent for delivery in done) == len(keys)
    ids = sorted(delivered.message["Message-ID"] for delivered in smtp_server.messages)
    assert ids == sorted(post.letter(key).message_id for key in keys)


def test_no_transaction_is_open_while_a_letter_is_sent(post: PostRoom) -> None:
    class Busy(Wire):
        def send(self, parcel: Parcel) -> None:
            # On SQLite this would wait for the deliverer's lock, and time out, if it were still held.
            post.write("meanwhile")
            super().send(parcel)

    post.write()
    assert post.deliver(transport=Busy()) == Delivery(sent=1)


def test_killed_after_sending_it_sends_again_under_the_same_message_id(post: PostRoom) -> None:
    letter = post.write()
    killed, next_life = Wire(then=KilledError()), Wire()
    with pytest.raises(KilledError):
        post.deliver(transport=killed)
    assert post.deliver(NOW + leases.LEASE - MINUTE, next_life) == Delivery()
    assert post.deliver(NOW + leases.LEASE, next_life) == Delivery(sent=1)
    assert killed.sent == next_life.sent == [letter.message_id]
    assert post.letter().attempts == 2


def test_a_sender_that_outlasted_its_lease_does_not_undo_what_another_wrote(post: PostRoom) -> None:
    post.write()
    with post.database.writing() as session:
        slow = leases.claim(session, type(post.letter()), post.letter().id, now=NOW)
    assert slow is not None
    assert post.deliver(NOW + leases.LEASE, Wire()) == Delivery(sent=1)
    with post.database.writing() as session:
        leases.settle(session, type(post.letter()), slow, next_attempt_at=NOW, error="sent")
    assert (post.letter().next_attempt_at, post.letter().error) == (None, "")


def test_secret_bodies_are_blanked_when_they_have_gone(post: PostRoom, smtp_server: SmtpServer) -> None:
    post.write("code", kind="code", fields={"code": "123456"}, secret=True)
    post.write("notice")
    post.deliver()
    assert "123456" in smtp_server.messages[0].message.get_content()
    assert post.letter("code").body == ""
    assert post.letter("notice").body != ""


def test_secret_bodies_stay_while_the_letter_waits(post: PostRoom, smtp_server: SmtpServer) -> None:
    smtp_server.refuse(IDA, 451)
    post.write(kind="code", fields={"code": "123456"}, secret=True)
    post.deliver()
    assert "123456" in post.letter().body


def test_the_demonstration_keeps_all_letters_in_the_house(post: PostRoom, smtp_server: SmtpServer) -> None:
    post.write(kind="code", fields={"code": "123456"}, secret=True)
    demonstration = post.world.database
    assert deliver_due(demonstration, now=NOW, transport=MailboxTransport()) == Delivery(sent=1)
    assert smtp_server.messages == []
    assert post.letter().sent_at == NOW
    assert "123456" in post.letter().body


def test_no_log_tells_codes_or_addresses(
    post: PostRoom, smtp_server: SmtpServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    smtp_server.refuse("bort@norrdal.example", 550)
    post.write("a", kind="code", fields={"code": "123456"}, secret=True)
    post.write("b", "bort@norrdal.example", kind="code", fields={"code": "654321"}, secret=True)
    post.write("c", kind="code", fields={"code": "777888"}, secret=True)
    post.deliver(limit=2)
    post.deliver(transport=Wire(bad=IDA))
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("paragraf"))
    assert "failed" in ours
    for told in ("123456", "654321", "777888", IDA, "bort@norrdal.example"):
        assert told not in ours
