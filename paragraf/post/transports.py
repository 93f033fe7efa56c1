"""How letters leave: by SMTP, or only to the demonstration's Brevlåda."""

from __future__ import annotations

import ipaddress
import logging
import smtplib
import ssl
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import unquote, urlsplit

from paragraf.core.settings import Settings, SettingsFault
from paragraf.post import rules
from paragraf.post.parcels import Parcel, build_mail

logger = logging.getLogger(__name__)

#: For each step of the talk with the server. Five steps fit well within a claim's lease.
STEP_SECONDS = 20
_SCHEMES = {"smtp": smtplib.SMTP_PORT, "smtps": smtplib.SMTP_SSL_PORT}
_SUBMISSION_PORT = 587
# RFC 5321 and RFC 5248: replies to MAIL FROM that are about this letter's size, not about us as a sender.
_TOO_BIG = (523, 552)


class NoServerError(Exception):
    """The server cannot be reached, or will not have us as a sender: no fault of any letter's."""


class RefusedError(Exception):
    """The server will not take this letter; ``words`` are its own. ``permanent``: asking again is no use."""

    def __init__(self, words: str, *, permanent: bool) -> None:
        super().__init__(words)
        self.words = words
        self.permanent = permanent


class Line(Protocol):
    """A way out that is kept open for a batch of letters."""

    def send(self, parcel: Parcel) -> None:
        """Hand the letter over. Raises RefusedError, or NoServerError when nothing can be handed over at all."""

    def close(self) -> None:
        """End the talk."""


class Transport(Protocol):
    def open(self) -> Line:
        """A line for one batch; connects with its first letter."""


def transport_for(settings: Settings) -> Transport | None:
    """SMTP where an address is set, else Brevlåda in the demonstration, else None: letters wait in the outbox.

    Raises SettingsFault for an address that cannot be read.
    """
    if settings.smtp_url:
        return SmtpTransport(settings.smtp_url)
    return MailboxTransport() if settings.demo else None


class MailboxTransport:
    """The demonstration's: nothing leaves the house; the page Brevlåda shows the letters as they lie in the outbox."""

    def open(self) -> Line:
        return self

    def send(self, parcel: Parcel) -> None:
        logger.info("delivered to the mailbox page: %s", parcel.message_id)

    def close(self) -> None:
        pass


@dataclass(frozen=True)
class SmtpTransport:
    """``smtp://user:password@host:port`` (STARTTLS where it is offered) or ``smtps://…``; port and user optional."""

    url: str = field(repr=False)

    def __post_init__(self) -> None:
        read_address(self.url)

    def open(self) -> Line:
        return _SmtpLine(read_address(self.url))


@dataclass(frozen=True)
class SmtpAddress:
    """A mail server and how to speak with it."""

    host: str
    port: int
    encrypted: bool
    user: str
    password: str = field(repr=False)

    @property
    def is_here(self) -> bool:
        """Whether the server runs on this machine, so that nobody can listen in between."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def read_address(url: str) -> SmtpAddress:
    """What PARAGRAF_SMTP_URL says. Raises SettingsFault, which never repeats the password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _unreadable() from None
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise _unreadable()
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    usual = _SUBMISSION_PORT if user and parts.scheme == "smtp" else _SCHEMES[parts.scheme]
    return SmtpAddress(parts.hostname, port or usual, parts.scheme == "smtps", user, password)


def _unreadable() -> SettingsFault:
    return SettingsFault(
        "PARAGRAF_SMTP_URL must look like smtp://user:password@host:port or smtps://…, with special characters in the "
        "password written as %40 and the like."
    )


class _SmtpLine:
    def __init__(self, address: SmtpAddress) -> None:
        self._address = address
        self._client: smtplib.SMTP | None = None

    def send(self, parcel: Parcel) -> None:
        mail = build_mail(parcel)
        client = self._client = self._client or _connect(self._address)
        try:
            client.send_message(mail, parcel.sender_address, [parcel.to_address])
        except (smtplib.SMTPException, OSError) as error:
            self._after(error)
            raise _sorted(error) from error

    def close(self) -> None:
        client, self._client = self._client, None
        if client is None:
            return
        try:
            client.quit()
        except (smtplib.SMTPException, OSError):
            client.close()

    def _after(self, error: Exception) -> None:
        """Keep the line only where the server has answered in good order; the next letter connects anew."""
        answered = isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException)
        if self._client is not None and not (answered and self._client.sock is not None):
            self._client.close()
            self._client = None


def _connect(address: SmtpAddress) -> smtplib.SMTP:
    try:
        return _greet(address)
    except (smtplib.SMTPException, OSError) as error:
        # The server's words are told to whoever runs the installation; they hold no password.
        logger.warning("mail server %s:%s: %s: %s", address.host, address.port, type(error).__name__, error)
        raise NoServerError(str(error)) from error


def _greet(address: SmtpAddress) -> smtplib.SMTP:
    context = _context(address)
    client = (
        smtplib.SMTP_SSL(address.host, address.port, timeout=STEP_SECONDS, context=context)
        if address.encrypted
        else smtplib.SMTP(address.host, address.port, timeout=STEP_SECONDS)
    )
    try:
        _secure_and_log_in(client, address, context)
    except BaseException:
        client.close()
        raise
    return client


def _secure_and_log_in(client: smtplib.SMTP, address: SmtpAddress, context: ssl.SSLContext) -> None:
    client.ehlo_or_helo_if_needed()
    encrypted = address.encrypted
    if not encrypted and client.has_extn("starttls"):
        client.starttls(context=context)
        client.ehlo()
        encrypted = True
    if not address.user:
        return
    if not (encrypted or address.is_here):
        # Somebody in between may have struck out the offer of STARTTLS to see the password.
        raise smtplib.SMTPNotSupportedError("no STARTTLS offered: the password is not sent in clear")
    client.login(address.user, address.password)


def _context(address: SmtpAddress) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if address.is_here:
        # A mail server on this machine commonly has a certificate it made itself, and there is no way in between.
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _sorted(error: Exception) -> NoServerError | RefusedError:
    """What a failed attempt means for this letter and for the others."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            return _refused(*next(iter(error.recipients.values())))
        case smtplib.SMTPSenderRefused() if error.smtp_code not in _TOO_BIG:
            return NoServerError(_words(error.smtp_code, error.smtp_error))
        case smtplib.SMTPResponseException():
            return _refused(error.smtp_code, error.smtp_error)
        case smtplib.SMTPNotSupportedError():
            return RefusedError(rules.ADDRESS_UNUSABLE, permanent=True)
    # The line broke in the middle of this letter. It may be the letter's doing, so it counts as an attempt of its own.
    return RefusedError(rules.LINE_BROKEN, permanent=False)


def _refused(code: int, words: bytes | str) -> RefusedError:
    return RefusedError(_words(code, words), permanent=500 <= code <= 599)


def _words(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return rules.shortened(rules.one_line(f"{code} {text}"), 500)
