"""Empty the outbox (law 9): claim a letter and commit, send it outside any transaction, write down how it went.

Two deliverers at once send nothing twice. A crash between sending and writing it down gives the same letter once more,
when the claim has run out, under the same Message-ID.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any

from sqlalchemy import case, update

from paragraf.core import leases
from paragraf.core.database import Database
from paragraf.core.leases import Claim
from paragraf.core.traces import trace_of
from paragraf.post import parcels, rules
from paragraf.post.models import Letter
from paragraf.post.transports import Line, NoServerError, RefusedError, Transport

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Delivery:
    """How many letters went out, will be tried again, and were given up."""

    sent: int = 0
    retried: int = 0
    failed: int = 0


class _Outcome(Enum):
    SENT = auto()
    RETRIED = auto()
    FAILED = auto()
    TAKEN_BY_ANOTHER = auto()
    NO_SERVER = auto()


def deliver_due(database: Database, *, now: datetime, transport: Transport, limit: int = 20) -> Delivery:
    """Send what is due, at most ``limit`` letters, over one connection."""
    with database.reading() as session:
        due = leases.due(session, Letter, now=now, limit=limit)
    if not due:
        return Delivery()
    counted = _deliver(database, due, now, transport)
    return Delivery(
        counted[_Outcome.SENT],
        counted[_Outcome.RETRIED] + counted[_Outcome.NO_SERVER],
        counted[_Outcome.FAILED],
    )


def _deliver(database: Database, due: list[int], now: datetime, transport: Transport) -> Counter[_Outcome]:
    counted: Counter[_Outcome] = Counter()
    started = time.monotonic()
    with closing(transport.open()) as line:
        for letter_id in due:
            if time.monotonic() - started > leases.BATCH_SECONDS:
                break
            outcome = _deliver_one(database, letter_id, now, line)
            counted[outcome] += 1
            if outcome is _Outcome.NO_SERVER:
                break
    return counted


def _deliver_one(database: Database, letter_id: int, now: datetime, line: Line) -> _Outcome:
    with database.writing() as session:
        claim = leases.claim(session, Letter, letter_id, now=now)
    if claim is None:
        return _Outcome.TAKEN_BY_ANOTHER
    try:
        with database.reading() as session:
            parcel = parcels.load(session, letter_id, database.settings.mail_from)
        line.send(parcel)
    except NoServerError:
        return _wait_for_server(database, claim, now)
    except RefusedError as refusal:
        return _try_later(database, claim, now, refusal.words, permanent=refusal.permanent)
    except Exception as error:
        # Whatever is wrong with this letter, the others must go out.
        logger.error("letter %s could not be sent\n%s", letter_id, trace_of(error))
        return _try_later(database, claim, now, rules.NOT_SENDABLE)
    return _sent(database, claim, now)


def _sent(database: Database, claim: Claim, now: datetime) -> _Outcome:
    with database.writing() as session:
        # Not tied to the claim: that it has gone out is true even if the sending outlasted the lease.
        session.execute(
            update(Letter)
            .where(Letter.id == claim.row_id, Letter.sent_at.is_(None))
            .values(sent_at=now, failed_at=None, next_attempt_at=None, error="", **_blanked(database))
        )
    logger.info("letter %s sent", claim.row_id)
    return _Outcome.SENT


def _try_later(database: Database, claim: Claim, now: datetime, words: str, *, permanent: bool = False) -> _Outcome:
    again = None if permanent else rules.next_attempt(claim.attempts, now)
    ending = {} if again else {"failed_at": now, **_blanked(database)}
    with database.writing() as session:
        leases.settle(session, Letter, claim, next_attempt_at=again, error=words, **ending)
    logger.warning("letter %s %s", claim.row_id, f"will be tried again at {again:%F %T}" if again else "failed")
    return _Outcome.RETRIED if again else _Outcome.FAILED


def _wait_for_server(database: Database, claim: Claim, now: datetime) -> _Outcome:
    """Neither this letter nor any other is to blame: all wait, and no attempt is counted."""
    until = now + rules.SERVER_PAUSE
    with database.writing() as session:
        leases.settle(
            session,
            Letter,
            claim,
            next_attempt_at=until,
            attempts=claim.attempts - 1,
            error=rules.SERVER_SILENT,
        )
        leases.put_off(session, Letter, now=now, until=until, error=rules.SERVER_SILENT)
    return _Outcome.NO_SERVER


def _blanked(database: Database) -> dict[str, Any]:
    """A code or a sign-in link is not kept once its letter is done with; Brevlåda must go on showing it."""
    return {} if database.settings.demo else {"body": case((Letter.secret, ""), else_=Letter.body)}
