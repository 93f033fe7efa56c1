"""Previews after the act (law 9): claim one and commit, make PDF and pictures outside any transaction, keep them."""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from paragraf.core import leases
from paragraf.core.database import Database
from paragraf.core.errors import N_
from paragraf.core.leases import Claim
from paragraf.core.traces import trace_of
from paragraf.templates.models import TemplatePreview, TemplatePreviewPage
from paragraf.word.pdf.making import ConversionFailed, OfficeMissing, convert_to_pdf
from paragraf.word.pdf.pictures import PictureFailed, pages_of

logger = logging.getLogger(__name__)

#: Somebody is waiting at the page, so there is one more attempt, soon.
AGAIN_AFTER = timedelta(seconds=20)
ATTEMPTS = 2
OFFICE_PAUSE = timedelta(minutes=10)
PREVIEW_SECONDS = 90
PAGE_WIDTH_PX = 900
PAGES = 12
_ODD = N_("Förhandsvisningen gick inte att göra. Felet står i programmets logg.")


def make_due(database: Database, *, now: datetime, limit: int = 4) -> int:
    """Make the previews that are due, at most ``limit``; how many were made."""
    with database.reading() as session:
        due = leases.due(session, TemplatePreview, now=now, limit=limit)
    made, started = 0, time.monotonic()
    for preview_id in due:
        if time.monotonic() - started > leases.BATCH_SECONDS:
            break
        with database.writing() as session:
            claim = leases.claim(session, TemplatePreview, preview_id, now=now)
        made += claim is not None and _make(database, claim, now)
    return made


def _make(database: Database, claim: Claim, now: datetime) -> bool:
    try:
        with database.reading() as session:
            word = session.get_one(TemplatePreview, claim.row_id).word
        pdf = convert_to_pdf(word, timeout_s=PREVIEW_SECONDS)
        pages = pages_of(pdf, width_px=PAGE_WIDTH_PX, limit=PAGES)
        with database.writing() as session:
            _keep(session, claim, pdf, pages, now)
    except OfficeMissing as missing:
        _wait_for_office(database, claim, now, missing.message)
    except (ConversionFailed, PictureFailed) as failure:
        _try_later(database, claim, now, str(failure))
    except Exception as error:
        # Whatever is wrong with this template, the others must be seen.
        logger.error("preview %s could not be made\n%s", claim.row_id, trace_of(error))
        _try_later(database, claim, now, _ODD)
    else:
        return True
    return False


def _keep(session: Session, claim: Claim, pdf: bytes, pages: tuple[bytes, ...], now: datetime) -> None:
    preview = session.get_one(TemplatePreview, claim.row_id)
    # One that outlasted its lease may find another worker's pages.
    session.execute(delete(TemplatePreviewPage).where(TemplatePreviewPage.preview_id == preview.id))
    for number, picture in enumerate(pages, start=1):
        session.add(
            TemplatePreviewPage(
                association_id=preview.association_id, preview_id=preview.id, number=number, picture=picture
            )
        )
    preview.pdf, preview.page_count, preview.done_at = pdf, len(pages), now
    preview.next_attempt_at, preview.failed_at, preview.error = None, None, ""


def _try_later(database: Database, claim: Claim, now: datetime, words: str) -> None:
    last = claim.attempts >= ATTEMPTS
    ending = {"failed_at": now, "next_attempt_at": None} if last else {"next_attempt_at": now + AGAIN_AFTER}
    with database.writing() as session:
        leases.settle(session, TemplatePreview, claim, error=words[:500], **ending)
    logger.warning("preview %s %s", claim.row_id, "failed" if last else "will be tried again")


def _wait_for_office(database: Database, claim: Claim, now: datetime, words: str) -> None:
    """No template is to blame: all wait with the advice in sight, and no attempt is counted."""
    until = now + OFFICE_PAUSE
    with database.writing() as session:
        leases.settle(
            session,
            TemplatePreview,
            claim,
            next_attempt_at=until,
            attempts=claim.attempts - 1,
            error=words[:500],
        )
        leases.put_off(session, TemplatePreview, now=now, until=until, error=words[:500])
    logger.warning("LibreOffice is missing: previews wait until %s", f"{until:%F %T}")
