"""Word → PDF after the act (law 9): claim a conversion and commit, convert outside any transaction, file the PDF."""

from __future__ import annotations

import logging
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from pathlib import PurePath

from sqlalchemy.orm import Session

from paragraf.core import leases
from paragraf.core.database import Database
from paragraf.core.leases import Claim
from paragraf.core.traces import trace_of
from paragraf.register import queries
from paragraf.register.models import Conversion, Document
from paragraf.register.operations import file_document
from paragraf.word.pdf.making import ConversionFailed, OfficeMissing, maker_for

logger = logging.getLogger(__name__)

#: Pauses after the first, second … failed attempt; the one after them is the last.
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
#: How long all conversions wait while LibreOffice is not installed.
OFFICE_PAUSE = timedelta(minutes=10)
#: Must leave room within a claim's lease for the last conversion of a batch.
CONVERSION_SECONDS = 120
ACTOR = "Paragraf"


@dataclass(frozen=True)
class Conversions:
    """How many PDFs were made, will be tried again, and were given up."""

    done: int = 0
    retried: int = 0
    failed: int = 0


class _Outcome(Enum):
    DONE = auto()
    RETRIED = auto()
    FAILED = auto()
    TAKEN_BY_ANOTHER = auto()
    NO_OFFICE = auto()


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """When a conversion is tried again after ``attempts`` failed ones (1 or more); None: it has failed for good."""
    return now + PAUSES[attempts - 1] if attempts <= len(PAUSES) else None


def convert_due(database: Database, *, now: datetime, limit: int = 5) -> Conversions:
    """Make the PDFs that are due, at most ``limit``; each is filed beside its Word document."""
    with database.reading() as session:
        due = leases.due(session, Conversion, now=now, limit=limit)
    counted: Counter[_Outcome] = Counter()
    started = time.monotonic()
    for conversion_id in due:
        if time.monotonic() - started > leases.BATCH_SECONDS or counted[_Outcome.NO_OFFICE]:
            break
        counted[_convert_one(database, conversion_id, now)] += 1
    return Conversions(
        counted[_Outcome.DONE],
        counted[_Outcome.RETRIED] + counted[_Outcome.NO_OFFICE],
        counted[_Outcome.FAILED],
    )


def _convert_one(database: Database, conversion_id: int, now: datetime) -> _Outcome:
    with database.writing() as session:
        claim = leases.claim(session, Conversion, conversion_id, now=now)
    if claim is None:
        return _Outcome.TAKEN_BY_ANOTHER
    try:
        _file(database, claim, _pdf(database, claim), now)
    except OfficeMissing as missing:
        return _wait_for_office(database, claim, now, str(missing))
    except ConversionFailed as failure:
        return _try_later(database, claim, now, str(failure))
    except Exception as error:
        # Whatever is wrong with this document, the others must get their PDF.
        logger.error("conversion %s could not be done\n%s", conversion_id, trace_of(error))
        return _try_later(database, claim, now, "PDF-filen gick inte att göra. Felet står i programmets logg.")
    logger.info("conversion %s done", conversion_id)
    return _Outcome.DONE


def _pdf(database: Database, claim: Claim) -> bytes:
    """The association's own PDF of the same bytes where it has one, else a new one."""
    with database.reading() as session:
        word = _word_document(session, claim)
        made_before = queries.pdf_of_same_bytes(session, word)
        if made_before is not None:
            return made_before.content
        content = word.content
    return maker_for(database.settings).pdf(content, timeout_s=CONVERSION_SECONDS)


def _file(database: Database, claim: Claim, pdf: bytes, now: datetime) -> None:
    with database.writing() as session:
        word = _word_document(session, claim)
        # One that outlasted its lease may find that another worker has filed the PDF.
        if queries.pdf_of(session, word) is None:
            _file_pdf(session, word, pdf, now)
        conversion = session.get_one(Conversion, claim.row_id)
        conversion.done_at, conversion.next_attempt_at, conversion.failed_at, conversion.error = now, None, None, ""


def _file_pdf(session: Session, word: Document, pdf: bytes, now: datetime) -> Document:
    return file_document(
        session,
        association_id=word.association_id,
        matter=word.matter,
        kind=word.kind,
        direction=word.direction,
        title=word.title,
        filename=str(PurePath(word.filename).with_suffix(".pdf")),
        media_type="application/pdf",
        content=pdf,
        now=now,
        actor=ACTOR,
        rendered_from=word,
    )


def _word_document(session: Session, claim: Claim) -> Document:
    conversion = session.get_one(Conversion, claim.row_id)
    return queries.document(session, conversion.association_id, conversion.document_id)


def _try_later(database: Database, claim: Claim, now: datetime, words: str) -> _Outcome:
    again = next_attempt(claim.attempts, now)
    ending = {} if again else {"failed_at": now}
    with database.writing() as session:
        leases.settle(session, Conversion, claim, next_attempt_at=again, error=words[:500], **ending)
    logger.warning("conversion %s %s", claim.row_id, f"will be tried again at {again:%F %T}" if again else "failed")
    return _Outcome.RETRIED if again else _Outcome.FAILED


def _wait_for_office(database: Database, claim: Claim, now: datetime, words: str) -> _Outcome:
    """No document is to blame: all wait with the advice in sight, and no attempt is counted."""
    until = now + OFFICE_PAUSE
    with database.writing() as session:
        leases.settle(session, Conversion, claim, next_attempt_at=until, attempts=claim.attempts - 1, error=words[:500])
        leases.put_off(session, Conversion, now=now, until=until, error=words[:500])
    logger.warning("LibreOffice is missing: conversions wait until %s", f"{until:%F %T}")
    return _Outcome.NO_OFFICE
