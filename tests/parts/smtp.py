"""A real SMTP server on loopback that keeps what it is given and refuses whom it is told to refuse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

_ANSWERS = {451: "451 4.3.0 Try again later", 550: "550 5.1.1 No such mailbox"}


@dataclass(frozen=True)
class Delivered:
    """One letter as the server took it: the envelope's addresses and the letter, parsed."""

    sender: str
    recipients: list[str]
    message: EmailMessage


class _AnyPort(Controller):
    """aiosmtpd knocks at the port it was asked for; when that was 0 it must be told which one it got."""

    def _trigger_server(self) -> None:
        if self.server is not None:
            self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@dataclass
class SmtpServer:
    """``messages`` in the order they came; ``refused`` (address, code) for each recipient turned away."""

    messages: list[Delivered] = field(default_factory=list)
    refused: list[tuple[str, int]] = field(default_factory=list)
    _refusals: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._controller = _AnyPort(self, hostname="127.0.0.1", port=0, server_hostname="localhost")

    @property
    def url(self) -> str:
        """Where it listens, as ``PARAGRAF_SMTP_URL`` is written."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def port(self) -> int:
        """The port that the system gave it."""
        return int(self._controller.port)

    def refuse(self, address: str, code: int) -> None:
        """From now on answer ``code`` for this recipient: 451 for a while, 550 for good."""
        if code not in _ANSWERS:
            raise ValueError(f"refuse with one of {sorted(_ANSWERS)}, not {code}")
        self._refusals[address.lower()] = code

    def accept(self, address: str) -> None:
        """Take letters for this recipient again."""
        self._refusals.pop(address.lower(), None)

    def start(self) -> None:
        """Listen on a free port; returns when it answers."""
        self._controller.start()

    def stop(self) -> None:
        """Go away: from now on a connection is refused. May be called twice."""
        if self._controller.server is not None:
            self._controller.stop()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """aiosmtpd asks for each recipient whether to take it."""
        code = self._refusals.get(address.lower())
        if code is not None:
            self.refused.append((address, code))
            return _ANSWERS[code]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """aiosmtpd hands over a whole letter."""
        content = envelope.content or b""
        raw = content if isinstance(content, bytes) else content.encode()
        message = message_from_bytes(raw, _class=EmailMessage, policy=policy.default)
        self.messages.append(Delivered(envelope.mail_from or "", list(envelope.rcpt_tos), message))
        return "250 2.0.0 Taken"


@pytest.fixture
def smtp_server() -> Iterator[SmtpServer]:
    """A server of the test's own, with no letters."""
    server = SmtpServer()
    server.start()
    yield server
    server.stop()
