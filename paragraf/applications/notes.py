"""The office's own notes on an application (minnesanteckningar): a help while it is prepared, no part of the file.

They are no public records unless they are taken into the archive (TF 2:12), so they are printed nowhere,
exported nowhere and never shown to applicants or members, and the log says only that one was written, not what. What
adds facts to the matter does not belong here but in an opinion or a check.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.applications.models import Application, WorkingNote
from paragraf.core import log
from paragraf.core.errors import NotThere, RuleBroken

LONGEST = 4000


def write(session: Session, application: Application, *, text: str, now: datetime, actor: str) -> WorkingNote:
    """Keep a note. Raises RuleBroken when it is empty or too long."""
    told = text.replace("\r\n", "\n").strip()
    if not told:
        raise RuleBroken("Anteckningen är tom.", field="text")
    if len(told) > LONGEST:
        raise RuleBroken("En anteckning får vara högst %(most)s tecken.", field="text", most=LONGEST)
    note = WorkingNote(
        association_id=application.association_id,
        application_id=application.id,
        text=told,
        written_at=now,
        written_by=actor,
    )
    session.add(note)
    session.flush()
    _log(session, note, "write_note", now, actor)
    return note


def remove(session: Session, note: WorkingNote, *, now: datetime, actor: str) -> None:
    """Throw the note away: its words are gone, since nothing says that they must be kept (TF 2:12)."""
    session.refresh(note, with_for_update=True)
    if note.removed_at is None:
        note.removed_at, note.text = now, ""
        session.flush()
        _log(session, note, "remove_note", now, actor)


def notes(session: Session, application: Application) -> list[WorkingNote]:
    """The notes that are not thrown away, the latest first."""
    wanted = select(WorkingNote).where(WorkingNote.application_id == application.id, WorkingNote.removed_at.is_(None))
    return list(session.scalars(wanted.order_by(WorkingNote.id.desc())))


def note(session: Session, application: Application, note_id: int) -> WorkingNote:
    """One of the application's notes; raises NotThere, also for one that is thrown away."""
    found = next((one for one in notes(session, application) if one.id == note_id), None)
    if found is None:
        raise NotThere("Anteckningen finns inte.")
    return found


def _log(session: Session, note: WorkingNote, verb: str, now: datetime, actor: str) -> None:
    # Not under the matter, whose history everyone with a seat may read.
    log.record(session, note.association_id, verb, "application", note.application_id, now=now, actor=actor)
