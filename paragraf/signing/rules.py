"""What a signature round and its signatories may do, and what state they are in. Values in, values out.

Limits on codes follow the customary practice for one-time codes by mail; the law (KL 5:69) only says that minutes are
verified, not how.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from paragraf.core.errors import N_, RuleBroken
from paragraf.signing.models import EventKind, RoundPurpose, SigningCapacity

CODE_DIGITS = 6
CODE_LIVES = timedelta(minutes=10)
CODE_TRIES = 5
CODES_AN_HOUR = 5
CODE_PAUSE = timedelta(seconds=30)
IDENTIFICATION_LIVES = timedelta(minutes=60)
LINK_PAUSE = timedelta(minutes=10)
LINKS_A_DAY = 3
RENEWED_LINK_LIVES = timedelta(days=7)
REASON_LENGTH = 1000


class SignatoryState(StrEnum):
    WAITING = "waiting"
    IDENTIFIED = "identified"
    SIGNED = "signed"
    DECLINED = "declined"


class RoundState(StrEnum):
    OPEN = "open"
    COMPLETED = "completed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Fact(NamedTuple):
    """What a SigningEvent says, without its row."""

    kind: EventKind
    at: datetime
    session_hash: str = ""
    link_serial: int = 0


class Party(NamedTuple):
    """A signatory, as far as the state of the round depends on it."""

    facts: Sequence[Fact]
    link_last_day: date


class CodeFacts(NamedTuple):
    """A code that was mailed: how it is kept, how often it was tried, and what has ended it."""

    code_hash: str
    session_hash: str
    document_sha256: str
    created_at: datetime
    tries: int
    ended: bool


# --- states --------------------------------------------------------------------------------------------------------


def signatory_state(facts: Sequence[Fact], now: datetime) -> SignatoryState:
    """Signed and declined are final; identified lasts for an hour, in whatever browser it was.

    A signature counts whatever its moment: of two requests at once, the later one may be the first to be stored.
    """
    kinds = {fact.kind for fact in facts}
    if EventKind.SIGNED in kinds:
        return SignatoryState.SIGNED
    if EventKind.DECLINED in kinds:
        return SignatoryState.DECLINED
    identified = any(_identifies(fact, now) for fact in facts)
    return SignatoryState.IDENTIFIED if identified else SignatoryState.WAITING


def has_answered(facts: Iterable[Fact]) -> bool:
    """Whether the signatory has signed or declined; then the link is used."""
    return any(fact.kind in (EventKind.SIGNED, EventKind.DECLINED) for fact in facts)


def is_identified(facts: Iterable[Fact], now: datetime, session_hash: str, link_serial: int) -> bool:
    """Whether the person showed who they are in this browser, by the link that is in force, less than an hour ago."""
    return any(
        _identifies(fact, now) and fact.session_hash == session_hash and fact.link_serial == link_serial
        for fact in facts
        if session_hash
    )


def round_state(
    parties: Sequence[Party],
    now: datetime,
    today: date,
    *,
    completed_at: datetime | None,
    withdrawn_at: datetime | None,
) -> RoundState:
    """What the round is at ``now``; ``today`` is the Swedish day of that moment.

    A round has expired when nobody who has yet to answer has a link that works.
    """
    if completed_at is not None:
        return RoundState.COMPLETED
    if withdrawn_at is not None:
        return RoundState.WITHDRAWN
    states = [signatory_state(party.facts, now) for party in parties]
    if SignatoryState.DECLINED in states:
        return RoundState.DECLINED
    waiting = [party for party, state in zip(parties, states, strict=True) if state is not SignatoryState.SIGNED]
    if waiting and all(party.link_last_day < today for party in waiting):
        return RoundState.EXPIRED
    return RoundState.OPEN


def all_have_signed(parties: Sequence[Party]) -> bool:
    """Whether nothing is missing any more."""
    return all(any(fact.kind is EventKind.SIGNED for fact in party.facts) for party in parties)


def _identifies(fact: Fact, now: datetime) -> bool:
    return fact.kind is EventKind.IDENTIFIED and _within(fact.at, now, IDENTIFICATION_LIVES)


def _within(at: datetime, now: datetime, time: timedelta) -> bool:
    # Both ways: a request may carry a moment just before another's, and a clock put right must not free old codes.
    return abs(now - at) < time


# --- what may be done ----------------------------------------------------------------------------------------------


def require_open(state: RoundState) -> None:
    """Raises RuleBroken, which says why, unless the round takes signatures."""
    told = {
        RoundState.COMPLETED: N_("Alla har redan skrivit under. Inget mer behöver göras."),
        RoundState.DECLINED: N_("Någon har avböjt att skriva under, så omgången är avslutad. Avsändaren hör av sig."),
        RoundState.WITHDRAWN: N_("Avsändaren har dragit tillbaka dokumentet. Du behöver inte göra något."),
        RoundState.EXPIRED: N_("Tiden för att skriva under har gått ut. Be om en ny länk."),
    }
    if state is not RoundState.OPEN:
        raise RuleBroken(told[state])


def require_unanswered(state: SignatoryState) -> None:
    """Raises RuleBroken for one who has signed or declined: neither can be undone."""
    if state is SignatoryState.SIGNED:
        raise RuleBroken("Du har redan skrivit under. Inget mer behöver göras.")
    if state is SignatoryState.DECLINED:
        raise RuleBroken("Du har redan avböjt. Kontakta avsändaren om du har ändrat dig.")


def require_same_document(shown_sha256: str, document_sha256: str) -> None:
    """Raises RuleBroken unless the page showed the very bytes that are to be signed."""
    if not same(shown_sha256, document_sha256):
        raise RuleBroken("Dokumentet har bytts ut sedan du läste det. Läs det nya innan du skriver under.")


def require_distinct(people: Sequence[int], addresses: Sequence[str]) -> None:
    """Raises RuleBroken for a round without signatories, or with somebody or an address twice.

    An address each: the code that shows who signs is mailed there, and must not reach somebody else.
    """
    if not addresses:
        raise RuleBroken("Ange minst en person som ska skriva under.")
    if len(set(people)) != len(people):
        raise RuleBroken("Samma person kan bara skriva under en gång. Ta bort den ena.")
    if len(set(addresses)) != len(addresses):
        raise RuleBroken("Två som ska skriva under har samma e-postadress. Var och en behöver en egen.")


def reason(text: str) -> str:
    """The reason as it is kept: printable, trimmed. Raises RuleBroken if it is missing or too long."""
    kept = printable(text)
    if not kept:
        raise RuleBroken("Skriv varför, så att avsändaren kan rätta till det.", field="reason")
    if len(kept) > REASON_LENGTH:
        raise RuleBroken("Skriv högst %(most)s tecken.", field="reason", most=REASON_LENGTH)
    return kept


def dissent(text: str, purpose: RoundPurpose, capacity: SigningCapacity) -> str:
    """A dissenting note as it is kept, "" for none.

    Whoever verifies minutes may sign and yet note that they tell something otherwise than it was; nobody else may.
    Raises RuleBroken for others, and for a note that is too long.
    """
    kept = printable(text)
    if kept and not may_dissent(purpose, capacity):
        raise RuleBroken("Bara den som justerar ett protokoll kan anteckna en avvikande mening.", field="dissent")
    if len(kept) > REASON_LENGTH:
        raise RuleBroken("Skriv högst %(most)s tecken.", field="dissent", most=REASON_LENGTH)
    return kept


def may_dissent(purpose: RoundPurpose, capacity: SigningCapacity) -> bool:
    """Whether the signing page asks for a dissenting note."""
    return purpose is not RoundPurpose.APPLICATION and capacity is SigningCapacity.MINUTES_VERIFIER


def printable(text: str) -> str:
    """Text without control and direction marks, which could make it read as something else; line breaks stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(sign for sign in lines if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs"))
    return kept.strip()


# --- codes and links -----------------------------------------------------------------------------------------------


def may_send_code(sent: Sequence[datetime], now: datetime) -> bool:
    """Whether one more code may go out: five an hour, half a minute apart."""
    return _may_send(sent, now, pause=CODE_PAUSE, within=timedelta(hours=1), most=CODES_AN_HOUR)


def may_send_link(sent: Sequence[datetime], now: datetime) -> bool:
    """Whether a signatory may have one more link for the asking: three a day, ten minutes apart."""
    return _may_send(sent, now, pause=LINK_PAUSE, within=timedelta(days=1), most=LINKS_A_DAY)


def typed_code(text: str) -> str:
    """The six digits out of what was typed or pasted, or "" if it is no code. Spaces and hyphens are forgiven."""
    digits = re.sub(r"[\s\-–]", "", text)
    return digits if len(digits) == CODE_DIGITS and digits.isascii() and digits.isdigit() else ""


def code_hash(key: str, code: str, signatory_id: int, session_hash: str, document_sha256: str) -> str:
    """The code as it is kept: an HMAC that nobody can count through without the key, for one use only."""
    told = f"{code}|{signatory_id}|{session_hash}|{document_sha256}"
    return hmac.new(key.encode(), told.encode(), sha256).hexdigest()


def is_live(code: CodeFacts, now: datetime) -> bool:
    """Whether the code may be tried once more."""
    return not code.ended and code.tries < CODE_TRIES and _within(code.created_at, now, CODE_LIVES)


def is_right(
    code: CodeFacts, typed: str, keys: Sequence[str], signatory_id: int, session_hash: str, document_sha256: str
) -> bool:
    """Whether ``typed`` is the code, typed in the browser that asked for it, for the document it was asked for.

    All keys are tried, so that a code outlives a rotation of keys.
    """
    wanted = [code_hash(key, typed, signatory_id, session_hash, document_sha256) for key in keys]
    return bool(typed) and any(same(hashed, code.code_hash) for hashed in wanted)


def session_hash(session_key: str) -> str:
    """How a browser's random key is kept; "" for a browser that has none."""
    return sha256(session_key.encode()).hexdigest() if session_key else ""


def same_address(typed: str, registered: str) -> bool:
    """Whether the typed e-mail address is the registered one, whatever its capitals."""
    return same(typed.strip().casefold(), registered.strip().casefold())


def same(one: str, other: str) -> bool:
    """Equality that takes the same time wherever the two differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def renewed_last_day(round_last_day: date, today: date) -> date:
    """How long a renewed link lives: the round's time, but a week at the least."""
    return max(round_last_day, today + RENEWED_LINK_LIVES)


def _may_send(sent: Sequence[datetime], now: datetime, *, pause: timedelta, within: timedelta, most: int) -> bool:
    recent = [at for at in sent if _within(at, now, within)]
    return len(recent) < most and not any(_within(at, now, pause) for at in recent)
