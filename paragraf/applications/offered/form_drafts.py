"""Drafts of forms: what the office writes before it publishes, saved with a version so that nobody's text is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.applications.offered.publishing import newest_version
from paragraf.core import log
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.questions.definition import Form
from paragraf.questions.models import FormDraft, FormFamily, FormVersion
from paragraf.questions.nodes import LONGEST_FILE, Fault
from paragraf.questions.reading import read_definition
from paragraf.questions.succession import faults_of, read_successor


class StaleDraft(RuleBroken):
    """Somebody else has saved the draft meanwhile. ``draft`` holds what is saved, ``aside`` the text that came late."""

    def __init__(self, draft: FormDraft, aside: FormDraft) -> None:
        super().__init__("%(who)s har sparat en annan text medan du skrev. Båda finns kvar.", who=draft.saved_by)
        self.draft = draft
        self.aside = aside


@dataclass(frozen=True)
class Checked:
    """A draft's text read: the form when it is one, every fault when it is not, and the version it would follow."""

    form: Form | None
    faults: tuple[Fault, ...]
    used: FormVersion | None


def text_of(content: bytes) -> str:
    """The text of an uploaded file; RuleBroken for one that is too large or no text."""
    if len(content) > LONGEST_FILE:
        raise RuleBroken("Filen är för stor för ett formulär.", field="file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RuleBroken("Filen är ingen text i UTF-8. Spara den som UTF-8 och ladda upp igen.", field="file") from None
    if "\0" in text:
        raise RuleBroken("Filen är ingen text i UTF-8. Spara den som UTF-8 och ladda upp igen.", field="file")
    return text


def begin_draft(session: Session, *, association_id: int, source: str, now: datetime, actor: str) -> FormDraft:
    """Keep a text to write on, however faulty; it belongs to the form whose key it names, when there is one."""
    draft = FormDraft(
        association_id=association_id,
        family=_family_named(session, association_id, source),
        source=tidy(source),
        saved_at=now,
        saved_by=actor,
    )
    session.add(draft)
    session.flush()
    log.record(session, association_id, "begin", "form_draft", draft.id, now=now, actor=actor)
    return draft


def save_draft(
    session: Session, draft: FormDraft, *, source: str, base_version: int, now: datetime, actor: str
) -> FormDraft:
    """Save the text, however faulty. ``base_version`` is the version that the writer saw.

    A text that came too late is kept as a row of its own, once, and StaleDraft tells where both are: the caller must
    let that row be committed. Raises RuleBroken for a draft that is published or discarded, with nothing saved.
    """
    session.refresh(draft, with_for_update=True)
    text = tidy(source)
    if len(text) > LONGEST_FILE:
        raise RuleBroken("Texten är för lång för ett formulär.", field="source")
    if draft.source == text:
        return draft
    if draft.published_at or draft.discarded_at or draft.version != base_version:
        raise StaleDraft(draft, _set_aside(session, draft, text, now, actor))
    draft.source, draft.version, draft.saved_at, draft.saved_by = text, draft.version + 1, now, actor
    if _key_in(text):
        # With another key it is another form: a copy to begin from, say.
        draft.family = _family_named(session, draft.association_id, text)
    session.flush()
    return draft


def discard_draft(session: Session, draft: FormDraft, *, now: datetime, actor: str) -> None:
    """Put the draft away. Its row and its last text stay; ``restore_draft`` takes it back."""
    session.refresh(draft, with_for_update=True)
    if draft.published_at:
        raise RuleBroken("Utkastet är redan publicerat eller borttaget.")
    if draft.discarded_at is None:
        draft.discarded_at = now
        session.flush()
        log.record(session, draft.association_id, "discard", "form_draft", draft.id, now=now, actor=actor)


def restore_draft(session: Session, draft: FormDraft, *, now: datetime, actor: str) -> None:
    """Take a discarded draft back."""
    session.refresh(draft, with_for_update=True)
    if draft.discarded_at is not None:
        draft.discarded_at = None
        session.flush()
        log.record(session, draft.association_id, "restore", "form_draft", draft.id, now=now, actor=actor)


def find_draft(session: Session, association_id: int, draft_id: int) -> FormDraft:
    """The association's own draft; raises NotThere."""
    found = session.get(FormDraft, draft_id)
    if found is None or found.association_id != association_id:
        raise NotThere("Utkastet finns inte.")
    return found


def drafts(session: Session, association_id: int) -> list[FormDraft]:
    """What is being written now, the latest first."""
    wanted = select(FormDraft).where(
        FormDraft.association_id == association_id,
        FormDraft.published_at.is_(None),
        FormDraft.discarded_at.is_(None),
        FormDraft.set_aside_of.is_(None),
    )
    return list(session.scalars(wanted.order_by(FormDraft.saved_at.desc(), FormDraft.id.desc())))


def set_aside_texts(session: Session, draft: FormDraft) -> list[FormDraft]:
    """The texts that came too late to be saved in the draft, the latest first."""
    wanted = select(FormDraft).where(
        FormDraft.association_id == draft.association_id, FormDraft.set_aside_of == draft.id
    )
    return list(session.scalars(wanted.order_by(FormDraft.id.desc())))


def checked(session: Session, draft: FormDraft) -> Checked:
    """The draft's text read, and held against the version in use of the form it names."""
    used = used_version(session, draft)
    before = read_definition(used.source) if used else None
    faults = faults_of(draft.source, before)
    return Checked(None if faults else read_successor(draft.source, before), faults, used)


def used_version(session: Session, draft: FormDraft) -> FormVersion | None:
    """The version that the draft would follow; None for a new form."""
    family = draft.family or _family_named(session, draft.association_id, draft.source)
    return newest_version(session, family) if family else None


def tidy(source: str) -> str:
    """A text with plain line ends, so that the same text is the same whichever browser sent it."""
    return source.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _family_named(session: Session, association_id: int, source: str) -> FormFamily | None:
    """The published form whose key the text names, as far as it can be read."""
    found = session.scalar(
        select(FormFamily).where(FormFamily.association_id == association_id, FormFamily.key == _key_in(source))
    )
    return found if found is not None and newest_version(session, found) else None


def _key_in(source: str) -> str:
    """The key that the text names, read from its line alone: the rest may be no YAML yet."""
    lines = (line[4:].strip().strip("'\"") for line in source.splitlines() if line.startswith("key:"))
    return next(lines, "")[:60]


def _set_aside(session: Session, draft: FormDraft, text: str, now: datetime, actor: str) -> FormDraft:
    """Keep the late text; the same one only once, since a page that asks to compare sends it again."""
    kept = next((row for row in set_aside_texts(session, draft) if row.source == text), None)
    if kept is None:
        kept = FormDraft(
            association_id=draft.association_id,
            family=draft.family,
            source=text,
            saved_at=now,
            saved_by=actor,
            set_aside_of=draft.id,
        )
        session.add(kept)
        session.flush()
    return kept
