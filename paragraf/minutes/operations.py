"""Verbs of the minutes room: begin minutes, write their §§, choose who signs; fix, send, verify, announce, certify.

What happens after the writing has files of its own, whose verbs are offered here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.meetings import queries as meetings
from paragraf.meetings.attachments import add_attachment
from paragraf.meetings.models import AgendaItem, Meeting, MeetingAttachment
from paragraf.meetings.rules import State as MeetingState
from paragraf.meetings.rules import moved
from paragraf.minutes import queries, rules
from paragraf.minutes.acts import SUBJECT, lock, record, require_draft
from paragraf.minutes.clauses import Clause, clean, read_proposal, to_json
from paragraf.minutes.extracts import certify_extract
from paragraf.minutes.fixing import fix_numbers
from paragraf.minutes.models import MinuteItem, MinuteItemAttachment, MinuteItemText, Minutes, MinutesVerifier
from paragraf.minutes.notices import certify_notice, record_posting, take_down
from paragraf.minutes.proceedings import Proceedings
from paragraf.minutes.proceedings import to_json as proceedings_to_json
from paragraf.minutes.rules import ItemWords, StaleText
from paragraf.minutes.sending import send_for_signing
from paragraf.minutes.verifying import complete_round, verify
from paragraf.people import queries as people
from paragraf.people.models import Person, RoleKind

__all__ = [
    "SUBJECT",
    "add_from_agenda",
    "add_item",
    "attach",
    "certify_extract",
    "certify_notice",
    "complete_round",
    "detach",
    "fix_numbers",
    "move_item",
    "open_minutes",
    "record_posting",
    "remove_item",
    "save_text",
    "send_for_signing",
    "set_chair",
    "set_verifiers",
    "take_down",
    "verify",
    "why_not_begin",
]


NOTHING_ELSE = Proceedings()
#: What the § of a late item says, to keep or to change.
LATE = "Ärendet tillkom efter att kallelsen skickades."

# --- beginning -----------------------------------------------------------------------------------------------------


def open_minutes(session: Session, meeting: Meeting, *, now: datetime, actor: str) -> Minutes:
    """Begin the minutes: a § for each agenda item, with its heading, background, matter and proposed decision.

    Begun already, they are given back unchanged. Raises RuleBroken for a meeting that is cancelled or not called yet,
    and where nobody is chair or secretary that day.
    """
    session.refresh(meeting, with_for_update={"of": Meeting})
    found = queries.find_minutes(session, meeting.association_id, meeting.id)
    if found is not None:
        return found
    hindrance = why_not_begin(session, meeting, now)
    if hindrance is not None:
        raise hindrance
    minutes = Minutes(
        association_id=meeting.association_id,
        meeting=meeting,
        chair=_chair(session, meeting),
        secretary=_secretary(session, meeting, actor),
        created_at=now,
    )
    session.add(minutes)
    session.flush()
    for one in meetings.agenda(session, meeting):
        _from_agenda(session, minutes, one, now, actor)
    record(session, minutes, "open", now, actor)
    return minutes


def add_from_agenda(session: Session, minutes: Minutes, *, now: datetime, actor: str) -> list[MinuteItem]:
    """Give a § to each agenda item that came after the minutes were begun."""
    _lock_draft(session, minutes)
    added = [_from_agenda(session, minutes, one, now, actor) for one in queries.new_on_agenda(session, minutes)]
    record(session, minutes, "add_from_agenda", now, actor, items=len(added))
    return added


def why_not_begin(session: Session, meeting: Meeting, now: datetime) -> RuleBroken | None:
    """Why minutes cannot be begun yet, for a page to say before anybody tries; None where they can."""
    state = meetings.state(session, meeting, now)
    if state is MeetingState.CANCELLED:
        return RuleBroken("Sammanträdet är inställt, så det har inget protokoll.")
    if state is MeetingState.PLANNED:
        return RuleBroken("Skicka kallelsen först. Då följer dagordningen med till protokollet.")
    return None


def _chair(session: Session, meeting: Meeting) -> Person:
    chair = people.chair_of(session, meeting.body_id, local_date(meeting.starts_at))
    if chair is None:
        raise RuleBroken("%(body)s har ingen ordförande den dagen. Lägg in uppdraget först.", body=meeting.body.name)
    return chair


def _secretary(session: Session, meeting: Meeting, actor: str) -> Person:
    """Who writes, if that is a secretary; else the first of the secretaries."""
    found = people.holders(session, meeting.association_id, RoleKind.SECRETARY, local_date(meeting.starts_at))
    if not found:
        raise RuleBroken("Förbundet har ingen sekreterare den dagen. Lägg in uppdraget först.")
    return next((person for person in found if person.name == actor), found[0])


def _from_agenda(session: Session, minutes: Minutes, agenda: AgendaItem, now: datetime, actor: str) -> MinuteItem:
    grantee = agenda.matter.counterpart if agenda.matter else ""
    background = "\n\n".join(filter(None, (clean(agenda.background), LATE if agenda.is_late else "")))
    words = ItemWords(agenda.heading, background, read_proposal(agenda.proposal, grantee=grantee))
    row = _new_item(session, minutes, words, now, actor, agenda=agenda)
    for attachment in agenda.attachments:
        if attachment.removed_at is None:
            _link(session, row, attachment)
    return row


def _new_item(
    session: Session, minutes: Minutes, words: ItemWords, now: datetime, actor: str, agenda: AgendaItem | None = None
) -> MinuteItem:
    row = MinuteItem(
        association_id=minutes.association_id,
        minutes_id=minutes.id,
        position=len(queries.item_rows(session, minutes)) + 1,
        agenda_item_id=agenda.id if agenda else None,
        matter_id=agenda.matter_id if agenda else None,
        version=0,
    )
    session.add(row)
    session.flush()
    _add_text(session, row, words, 0, now, actor)
    return row


# --- writing -------------------------------------------------------------------------------------------------------


def save_text(
    session: Session,
    row: MinuteItem,
    *,
    base_version: int,
    heading: str,
    background: str,
    clauses: Sequence[Clause],
    proceedings: Proceedings = NOTHING_ELSE,
    now: datetime,
    actor: str,
) -> MinuteItem:
    """Save the §'s text over version ``base_version``, the one the writer saw (law 5).

    Raises StaleText when someone saved another text since. Then the text has been kept as set aside; the caller
    commits it and shows both. To merge is to save again, over the version that StaleText carries.
    """
    words = ItemWords(" ".join(clean(heading).split()), clean(background), tuple(clauses), proceedings)
    rules.check_words(words)
    # The § first, the minutes after: fix_numbers takes both, so that no text slips in once the number is fixed.
    session.refresh(row, with_for_update={"of": MinuteItem})
    session.refresh(row.minutes, ["fixed_at"])
    _must_be_writable(row)
    newest = queries.newest_text(session, row)
    if words == queries.words_of(newest):
        return row
    if base_version != row.version:
        aside = _set_aside(session, row, words, base_version, now, actor)
        raise StaleText(
            words,
            queries.words_of(newest),
            version=row.version,
            by=newest.saved_by,
            at=newest.saved_at,
            aside_id=aside.id,
        )
    # Not in the log: every version is a row that tells who and when, and the log is one chain for all writers.
    _add_text(session, row, words, base_version, now, actor)
    return row


def _must_be_writable(row: MinuteItem) -> None:
    require_draft(row.minutes)
    if row.removed_at is not None:
        raise RuleBroken("Paragrafen har tagits bort ur protokollet. Lägg till en ny och klistra in texten där.")


def _add_text(session: Session, row: MinuteItem, words: ItemWords, base: int, now: datetime, actor: str) -> None:
    row.version = base + 1
    session.add(_text(row, words, now, actor, version=base + 1, base_version=base))
    session.flush()


def _set_aside(
    session: Session, row: MinuteItem, words: ItemWords, base: int, now: datetime, actor: str
) -> MinuteItemText:
    # A page that saves by itself may try again: the same words are kept once.
    for kept in queries.set_aside(session, row):
        if queries.words_of(kept) == words:
            return kept
    aside = _text(row, words, now, actor, version=None, base_version=base)
    session.add(aside)
    session.flush()
    return aside


def _text(row: MinuteItem, words: ItemWords, now: datetime, actor: str, **versions: int | None) -> MinuteItemText:
    return MinuteItemText(
        association_id=row.association_id,
        minute_item_id=row.id,
        heading=words.heading,
        background=words.background,
        clauses=[to_json(clause) for clause in words.clauses],
        proceedings=proceedings_to_json(words.proceedings),
        saved_at=now,
        saved_by=actor,
        **versions,
    )


def add_item(
    session: Session, minutes: Minutes, *, after: MinuteItem | None = None, heading: str = "", now: datetime, actor: str
) -> MinuteItem:
    """Put in a new §, after the one named or last."""
    _lock_draft(session, minutes)
    words = ItemWords(" ".join(clean(heading).split()))
    rules.check_words(words)
    row = _new_item(session, minutes, words, now, actor)
    if after is not None:
        _place(session, minutes, row, after.position + 1)
    record(session, minutes, "add_item", now, actor, item_id=row.id)
    return row


def move_item(session: Session, row: MinuteItem, *, place: int, now: datetime, actor: str) -> None:
    """Put the § at ``place``, 1 first; the others close ranks."""
    _lock_draft(session, row.minutes)
    _place(session, row.minutes, row, place)
    record(session, row.minutes, "move_item", now, actor, item_id=row.id, place=row.position)


def remove_item(session: Session, row: MinuteItem, *, now: datetime, actor: str) -> None:
    """Take the § out. Its texts are kept."""
    _lock_draft(session, row.minutes)
    row.removed_at = now
    session.flush()
    _renumber(queries.item_rows(session, row.minutes))
    session.flush()
    record(session, row.minutes, "remove_item", now, actor, item_id=row.id)


def _place(session: Session, minutes: Minutes, row: MinuteItem, place: int) -> None:
    rows = {each.id: each for each in queries.item_rows(session, minutes)}
    if row.id not in rows:
        raise NotThere("Paragrafen finns inte i protokollet.")
    _renumber([rows[item_id] for item_id in moved(list(rows), row.id, place)])
    session.flush()


def _renumber(rows: Iterable[MinuteItem]) -> None:
    for place, row in enumerate(rows, start=1):
        row.position = place


# --- who signs -----------------------------------------------------------------------------------------------------


def set_verifiers(session: Session, minutes: Minutes, persons: Sequence[Person], *, now: datetime, actor: str) -> None:
    """Note who was elected to verify the minutes. Whether they may is checked when the numbers are fixed."""
    _lock_draft(session, minutes)
    _own(minutes, persons)
    wanted = list(dict.fromkeys(person.id for person in persons))
    kept = {one.person_id: one for one in minutes.verifiers}
    for person_id in kept.keys() - set(wanted):
        session.delete(kept[person_id])
    for place, person_id in enumerate(wanted, start=1):
        row = kept.get(person_id) or MinutesVerifier(
            association_id=minutes.association_id, minutes_id=minutes.id, person_id=person_id
        )
        row.position = place
        session.add(row)
    session.flush()
    session.expire(minutes, ["verifiers"])
    record(session, minutes, "set_verifiers", now, actor, person_ids=wanted)


def set_chair(session: Session, minutes: Minutes, person: Person, *, now: datetime, actor: str) -> None:
    """Note who led the meeting, where it was not the chair."""
    _lock_draft(session, minutes)
    _own(minutes, [person])
    minutes.chair_id = person.id
    session.flush()
    session.expire(minutes, ["chair"])
    record(session, minutes, "set_chair", now, actor, person_id=person.id)


def _own(minutes: Minutes, persons: Iterable[Person]) -> None:
    if any(person.association_id != minutes.association_id for person in persons):
        raise NotThere("Personen finns inte.")


# --- attachments ---------------------------------------------------------------------------------------------------


def attach(
    session: Session, row: MinuteItem, *, title: str, filename: str, content: bytes, now: datetime, actor: str
) -> MinuteItemAttachment:
    """Add a file to the §, kept in its matter or else the meeting's. Raises RuleBroken for a file that is not taken."""
    _lock_draft(session, row.minutes)
    added = add_attachment(
        session,
        row.minutes.meeting,
        item=row.agenda_item,
        matter=row.matter,
        title=clean(title),
        filename=filename,
        content=content,
        now=now,
        actor=actor,
    )
    attachment = _link(session, row, added)
    record(session, row.minutes, "attach", now, actor, item_id=row.id, document_id=added.document_id)
    return attachment


def _link(session: Session, row: MinuteItem, attachment: MeetingAttachment) -> MinuteItemAttachment:
    link = MinuteItemAttachment(
        association_id=row.association_id,
        minute_item_id=row.id,
        position=len(row.attachments) + 1,
        attachment=attachment,
    )
    row.attachments.append(link)
    session.flush()
    return link


def detach(session: Session, row: MinuteItem, attachment_id: int, *, now: datetime, actor: str) -> None:
    """Take an attachment from the §. The document stays in the register."""
    _lock_draft(session, row.minutes)
    found = session.scalar(
        select(MinuteItemAttachment).where(
            MinuteItemAttachment.minute_item_id == row.id, MinuteItemAttachment.id == attachment_id
        )
    )
    if found is None:
        raise NotThere("Bilagan finns inte.")
    document_id = found.attachment.document_id
    session.delete(found)
    session.flush()
    session.expire(row, ["attachments"])
    record(session, row.minutes, "detach", now, actor, item_id=row.id, document_id=document_id)


def _lock_draft(session: Session, minutes: Minutes) -> None:
    lock(session, minutes)
    require_draft(minutes)
