"""Talking with mail servers: the address, encryption, passwords, and a line that breaks in the middle."""

from __future__ import annotations

import shutil
import smtplib
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from paragraf.core.settings import Settings, SettingsFault
from paragraf.post import rules, transports
from paragraf.post.transports import (
    MailboxTransport,
    NoServerError,
    RefusedError,
    SmtpAddress,
    SmtpTransport,
    read_address,
    transport_for,
)
from tests.parts.smtp import SmtpServer, _AnyPort
from tests.post.test_parcels import PARCEL


class Guarded:
    """Drops the line in the middle of letters to ``dropped``, and says good night to ``closing``."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, bool]] = []
        self.connections = 0
        self.dropped = "fall@norrdal.example"
        self.closing = "natt@norrdal.example"

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == self.closing:
            return "421 4.3.2 Closing for the night"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.dropped in envelope.rcpt_tos:
            assert server.transport is not None
            server.transport.close()
        self.letters.append((envelope.rcpt_tos[0], session.ssl is not None))
        return "250 2.0.0 Taken"


def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any) -> AuthResult:
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (b"kansli", b"hem@lig")
    return AuthResult(success=right, handled=False)


@pytest.fixture
def guarded() -> Iterator[tuple[Guarded, Callable[..., int]]]:
    """``start(**options)``: serve on a free port; returns the port."""
    handler, running = Guarded(), []

    def start(**options: Any) -> int:
        controller = _AnyPort(handler, hostname="127.0.0.1", port=0, server_hostname="localhost", **options)
        controller.start()
        running.append(controller)
        return int(controller.port)

    yield handler, start
    for controller in running:
        controller.stop()


@pytest.fixture
def server_tls(tmp_path: Path) -> ssl.SSLContext:
    """A certificate that the server made itself."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("this machine lacks openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    asked = f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout {key} -out {certificate}"
    subprocess.run([openssl, *asked.split()], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def send(url: str, *addresses: str) -> None:
    with closing(SmtpTransport(url).open()) as line:
        for address in addresses or ("ida@norrdal.example",):
            line.send(replace(PARCEL, to_address=address))


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("smtp://post.example", SmtpAddress("post.example", 25, False, "", "")),
        ("smtp://a%40b.se:p%2Fw@post.example", SmtpAddress("post.example", 587, False, "a@b.se", "p/w")),
        ("smtps://u:p@post.example", SmtpAddress("post.example", 465, True, "u", "p")),
        ("smtp://127.0.0.1:2525", SmtpAddress("127.0.0.1", 2525, False, "", "")),
    ],
)
def test_reads_the_address(url: str, address: SmtpAddress) -> None:
    assert read_address(url) == address


@pytest.mark.parametrize("url", ["post.example:25", "http://u:hem@post.example", "smtp://", "smtp://u:hem@h:99999"])
def test_an_unreadable_address_is_told_without_its_password(url: str) -> None:
    with pytest.raises(SettingsFault, match="PARAGRAF_SMTP_URL") as fault:
        SmtpTransport(url)
    assert "hem" not in str(fault.value)


def test_nothing_prints_the_password() -> None:
    assert "hem" not in repr(SmtpTransport("smtp://u:hem@h")) + repr(read_address("smtp://u:hem@h"))


def test_which_way_letters_leave() -> None:
    assert transport_for(Settings()) is None
    assert isinstance(transport_for(Settings(demo=True)), MailboxTransport)
    assert isinstance(transport_for(Settings(demo=True, smtp_url="smtp://post.example")), SmtpTransport)


@pytest.mark.parametrize(("host", "here"), [("localhost", True), ("127.0.0.9", True), ("::1", True), ("a.se", False)])
def test_knows_this_machine(host: str, here: bool) -> None:
    assert SmtpAddress(host, 25, False, "", "").is_here is here


def test_starts_tls_when_it_is_offered(guarded: Any, server_tls: ssl.SSLContext) -> None:
    handler, start = guarded
    port = start(tls_context=server_tls, require_starttls=True, authenticator=check, auth_required=True)
    send(f"smtp://kansli:hem%40lig@127.0.0.1:{port}")
    assert handler.letters == [("ida@norrdal.example", True)]


def test_speaks_tls_from_the_start_when_told_so(guarded: Any, server_tls: ssl.SSLContext) -> None:
    handler, start = guarded
    send(f"smtps://127.0.0.1:{start(ssl_context=server_tls)}")
    assert [address for address, _ in handler.letters] == ["ida@norrdal.example"]


def test_a_strangers_certificate_is_not_believed(
    guarded: Any, server_tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    handler, start = guarded
    monkeypatch.setattr(SmtpAddress, "is_here", False)
    for url in (
        f"smtps://127.0.0.1:{start(ssl_context=server_tls)}",
        f"smtp://127.0.0.1:{start(tls_context=server_tls)}",
    ):
        with pytest.raises(NoServerError, match="CERTIFICATE_VERIFY_FAILED"):
            send(url)
    assert handler.letters == []


def test_a_password_does_not_travel_in_clear(guarded: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    handler, start = guarded
    monkeypatch.setattr(SmtpAddress, "is_here", False)
    port = start(authenticator=check, auth_require_tls=False)
    with pytest.raises(NoServerError, match="not sent in clear"):
        send(f"smtp://kansli:hem%40lig@127.0.0.1:{port}")
    send(f"smtp://127.0.0.1:{port}")
    assert len(handler.letters) == 1


def test_a_wrong_password_is_nobodys_letters_fault(guarded: Any, caplog: pytest.LogCaptureFixture) -> None:
    _, start = guarded
    port = start(authenticator=check, auth_require_tls=False)
    with pytest.raises(NoServerError, match="535"):
        send(f"smtp://kansli:felaktigt@127.0.0.1:{port}")
    assert "535" in caplog.text
    assert "felaktigt" not in caplog.text


def test_a_line_that_breaks_is_opened_anew_for_the_next_letter(guarded: Any) -> None:
    handler, start = guarded
    with closing(SmtpTransport(f"smtp://127.0.0.1:{start()}").open()) as line:
        line.send(replace(PARCEL, to_address="a@norrdal.example"))
        with pytest.raises(RefusedError) as broken:
            line.send(replace(PARCEL, to_address=handler.dropped))
        line.send(replace(PARCEL, to_address="b@norrdal.example"))
    assert (broken.value.permanent, broken.value.words) == (False, rules.LINE_BROKEN)
    assert handler.connections == 2


def test_a_server_that_says_good_night_is_greeted_anew(guarded: Any) -> None:
    handler, start = guarded
    with closing(SmtpTransport(f"smtp://127.0.0.1:{start()}").open()) as line:
        with pytest.raises(RefusedError, match="421") as refused:
            line.send(replace(PARCEL, to_address=handler.closing))
        line.send(PARCEL)
    assert not refused.value.permanent
    assert (len(handler.letters), handler.connections) == (1, 2)


def test_a_refused_recipient_does_not_close_the_line(guarded: Any, smtp_server: SmtpServer) -> None:
    smtp_server.refuse("bort@norrdal.example", 550)
    with closing(SmtpTransport(smtp_server.url).open()) as line:
        line.send(PARCEL)
        client = line._client  # type: ignore[attr-defined]
        with pytest.raises(RefusedError, match="550"):
            line.send(replace(PARCEL, to_address="bort@norrdal.example"))
        line.send(PARCEL)
        assert line._client is client  # type: ignore[attr-defined]


def test_an_address_beyond_ascii_goes_where_the_server_can(guarded: Any, smtp_server: SmtpServer) -> None:
    handler, start = guarded
    send(f"smtp://127.0.0.1:{start(enable_SMTPUTF8=True)}", "åsa@norrdal.example")
    assert handler.letters[0][0] == "åsa@norrdal.example"
    with pytest.raises(RefusedError) as refused:
        send(f"smtp://127.0.0.1:{start(enable_SMTPUTF8=False)}", "åsa@norrdal.example")
    assert refused.value.permanent


@pytest.mark.parametrize(
    ("error", "kind", "permanent"),
    [
        (smtplib.SMTPDataError(554, b"5.7.1 Spam"), RefusedError, True),
        (smtplib.SMTPDataError(451, b"4.7.1 Greylisted"), RefusedError, False),
        (smtplib.SMTPSenderRefused(552, b"Too big", "k@norrdal.example"), RefusedError, True),
        (smtplib.SMTPSenderRefused(530, b"Log in first", "k@norrdal.example"), NoServerError, None),
        (smtplib.SMTPRecipientsRefused({"ida@norrdal.example": (421, b"Closing")}), RefusedError, False),
        (TimeoutError(), RefusedError, False),
    ],
)
def test_what_a_failure_means(error: Exception, kind: type[Exception], permanent: bool | None) -> None:
    told = transports._sorted(error)
    assert type(told) is kind
    assert getattr(told, "permanent", None) is permanent


def test_the_servers_words_become_one_short_line() -> None:
    told = transports._refused(550, b"5.1.1 \xc3\xa5\xff\r\nBcc: x " + b"y" * 900)
    assert told.words.startswith("550 5.1.1 å� Bcc: x yyy")
    assert len(told.words) == 500
