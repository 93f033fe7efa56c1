"""Verbs of the importing room: a file comes in, is corrected, is taken away again, is taken in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import PurePath

from sqlalchemy.orm import Session

from paragraf.core import log
from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from paragraf.importing import queries
from paragraf.importing.models import ImportedFile
from paragraf.importing.reading.understanding import read_minutes
from paragraf.importing.taking import take
from paragraf.importing.wishes import MinutesWish, corrected, ready, wishes
from paragraf.minutes.models import Minutes
from paragraf.people import queries as people
from paragraf.people.models import Association

SUBJECT = "imported_file"


def receive(
    session: Session, association: Association, *, filename: str, content: bytes, now: datetime, actor: str
) -> ImportedFile:
    """Keep a file until somebody has looked at what was understood of it.

    Raises RuleBroken for a file that cannot be read, holds no decided §§, or has come before.
    """
    name = PurePath(filename.replace("\\", "/")).name[:200] or "protokoll"
    digest = sha256(content).hexdigest()
    before = queries.file_of_bytes(session, association.id, digest)
    if before is not None and before.taken_at is not None:
        raise RuleBroken(
            "Filen %(name)s är redan intagen, den %(day)s under namnet %(before)s.",
            field="files",
            name=name,
            day=local_date(before.taken_at),
            before=before.filename,
        )
    if before is not None:
        return before
    read_minutes(content, name)
    row = ImportedFile(
        association_id=association.id,
        filename=name,
        sha256=digest,
        content=content,
        uploaded_at=now,
        uploaded_by=actor,
        corrections={},
    )
    session.add(row)
    session.flush()
    log.record(session, association.id, "upload", SUBJECT, row.id, now=now, actor=actor, filename=name, sha256=digest)
    return row


def correct(
    session: Session, row: ImportedFile, typed: Mapping[str, str], *, base_version: int, now: datetime, actor: str
) -> ImportedFile:
    """Keep what the page's fields hold. Raises RuleBroken where somebody else has saved since."""
    _lock(session, row)
    if row.version != base_version:
        raise RuleBroken(
            "Någon annan har sparat sedan du öppnade sidan. Det du skrev står kvar här: spara igen om det ska gälla."
        )
    kept = corrected(wishes(queries.understood(row), {}, body_id=None), typed)
    if kept != row.corrections:
        row.corrections, row.version = kept, row.version + 1
        session.flush()
        log.record(session, row.association_id, "edit", SUBJECT, row.id, now=now, actor=actor, filename=row.filename)
    return row


def discard(session: Session, row: ImportedFile, *, now: datetime, actor: str) -> None:
    """Take a waiting file away again. Nothing of it is kept."""
    _lock(session, row)
    log.record(session, row.association_id, "discard", SUBJECT, row.id, now=now, actor=actor, filename=row.filename)
    session.delete(row)
    session.flush()


def take_in(session: Session, row: ImportedFile, *, now: datetime, actor: str) -> list[Minutes]:
    """Make held meetings with verified minutes of the file as corrected, all of them or none.

    Raises SeveralRulesBroken with what must be mended first, each at its field, and RuleBroken for a § whose number is
    taken already.
    """
    _lock(session, row)
    bodies = people.bodies(session, row.association_id)
    wanted = ready(wish_of(session, row), [body.id for body in bodies], today=local_date(now))
    return take(session, row, wanted, {body.id: body for body in bodies}, now=now, actor=actor)


def wish_of(session: Session, row: ImportedFile, typed: Mapping[str, str] | None = None) -> list[MinutesWish]:
    """The minutes of a waiting file as they would be taken in; ``typed``: instead of what was saved."""
    board = next(iter(people.bodies(session, row.association_id)), None)
    kept = row.corrections if typed is None else typed
    return wishes(queries.understood(row), kept, body_id=board.id if board else None)


def _lock(session: Session, row: ImportedFile) -> None:
    session.refresh(row, with_for_update=True)
    if row.taken_at is not None:
        raise RuleBroken("Filen är redan intagen.")
