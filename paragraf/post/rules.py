"""Rules of the post room, pure: what may stand in a header, when a letter is tried again, what ails the outbox."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from paragraf.core.errors import N_

#: Pauses after the first, second … failed attempt: together a little more than three days.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    *[timedelta(hours=4)] * 18,
)
#: How long all letters wait when the mail server itself does not answer.
SERVER_PAUSE = timedelta(minutes=1)
#: A letter that has been due for longer than this shows that nobody delivers.
LATE_AFTER = timedelta(minutes=5)

#: Stored with the letters as their error, and told on pages (translated there).
SERVER_SILENT = N_("E-postservern svarar inte. Nya försök görs varje minut.")
LINE_BROKEN = N_("Förbindelsen med e-postservern bröts. Mejlet skickas igen.")
ADDRESS_UNUSABLE = N_("Adressen går inte att skicka till. Rätta den och skicka mejlet igen.")
NOT_SENDABLE = N_("Mejlet gick inte att skicka. Felet står i programmets logg.")

_LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3


class LetterState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True)
class Outbox:
    """The installation's letters in numbers. ``due_since``: since when the longest due letter should have gone."""

    waiting: int
    failed: int
    oldest_waiting_at: datetime | None
    due_since: datetime | None
    server_silent: bool


def state(sent_at: datetime | None, failed_at: datetime | None) -> LetterState:
    """What has become of a letter, from its facts."""
    if failed_at is not None:
        return LetterState.FAILED
    return LetterState.SENT if sent_at is not None else LetterState.WAITING


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """When a letter is tried again after ``attempts`` failed ones (1 or more); None: it has failed for good."""
    return now + PAUSES[attempts - 1] if attempts <= len(PAUSES) else None


def ailment(outbox: Outbox, now: datetime, *, has_transport: bool) -> str | None:
    """What hinders the post, for whoever runs the installation; None when letters go out."""
    if not has_transport:
        return "PARAGRAF_SMTP_URL is not set: letters stay in the outbox" if outbox.waiting else None
    if outbox.server_silent:
        return "the mail server does not answer"
    if outbox.due_since is not None and now - outbox.due_since > LATE_AFTER:
        return "letters are due but nobody delivers them"
    return None


def message_id(base_url: str, association_id: int, key: str, mail_from: str) -> str:
    """The letter's Message-ID: the same for the same letter, so that one sent twice is seen as one."""
    spelling = f"{base_url}\n{association_id}\n{key}"
    return f"<{sha256(spelling.encode()).hexdigest()[:40]}@{mail_from.rpartition('@')[2]}>"


def one_line(text: str) -> str:
    """The text as a header may hold it: every run of white space and control characters is one space.

    A line break in a name or a title would otherwise begin a header of the writer's choice.
    """
    return " ".join("".join(" " if _is_control(char) else char for char in text).split())


def plain_text(text: str) -> str:
    """The text as a body may hold it: no control characters but the line break, which also ends it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = ["".join(char for char in line if char == "\t" or not _is_control(char)).rstrip() for line in lines]
    return "\n".join(kept).strip("\n") + "\n"


def is_usable(address: str) -> bool:
    """Whether the address can be written in an envelope at all: one @, no spaces, nothing that ends a header."""
    local, at, host = address.rpartition("@")
    harmless = not any(_is_control(char) or char.isspace() or char in '<>",;:()[]\\' for char in address)
    return bool(local and at and host) and harmless and "@" not in local and len(address) <= _LONGEST_ADDRESS


def wire_address(address: str) -> str:
    """The address with its host spelled as the network wants it (``exämple.se`` as ``xn--…``)."""
    local, _, host = address.rpartition("@")
    try:
        return f"{local}@{host.encode('idna').decode()}"
    except UnicodeError:
        return address


def shortened(text: str, length: int) -> str:
    """The text cut to what a column holds, with an ellipsis where something is missing."""
    return text if len(text) <= length else text[: length - 1] + "…"


def _is_control(char: str) -> bool:
    # Cc: control characters; Zl, Zp: line and paragraph separators; Cs: halves of characters, which UTF-8 refuses.
    return unicodedata.category(char) in {"Cc", "Zl", "Zp", "Cs"}
