"""Immediate verification (omedelbar justering): one or more §§ fixed, sent and verified ahead of the others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.core.printing import print_iso_date
from paragraf.minutes import document, queries
from paragraf.minutes.acts import lock, record
from paragraf.minutes.fixing import freeze, lock_for_numbers, must_be_ready, note_overtaking, take_numbers
from paragraf.minutes.models import ImmediateVerification, MinuteItem, Minutes
from paragraf.minutes.participation import participations, took_part
from paragraf.minutes.queries import Item
from paragraf.minutes.sending import ENDED, file_minutes, open_round, signatories
from paragraf.register.models import Document
from paragraf.signing import operations as signing
from paragraf.signing import queries as signatures
from paragraf.signing.models import RoundPurpose, SignatureRound
from paragraf.signing.rules import RoundState

#: Such rounds are asked about by the id of the verification.
PURPOSE = RoundPurpose.IMMEDIATE_VERIFICATION


def verify_at_once(
    session: Session,
    minutes: Minutes,
    rows: Sequence[MinuteItem],
    *,
    last_day: date | None = None,
    overtaking: str = "",
    now: datetime,
    actor: str,
) -> ImmediateVerification:
    """Freeze these §§ and send them by themselves to those who sign the minutes.

    All §§ before the last of them take their numbers with it, so that order and range hold; the text of those stays
    open. ``last_day`` and ``overtaking``: as in ``send_for_signing`` and ``fix_numbers``. Raises RuleBroken without §§,
    for a § that is frozen already, and with all that hinders these §§.
    """
    lock_for_numbers(session, minutes)
    items = queries.items(session, minutes)
    chosen = _chosen(items, rows)
    must_be_ready(session, minutes, items, now, overtaking=overtaking, only={one.row.id for one in chosen})
    note_overtaking(session, minutes, overtaking)
    take_numbers(session, minutes, items[: items.index(chosen[-1]) + 1], now, actor)
    freeze(session, minutes, chosen)
    at_once = ImmediateVerification(
        association_id=minutes.association_id,
        minutes=minutes,
        fixed_at=now,
        took_part=_took_part(session, minutes, items, chosen),
    )
    session.add(at_once)
    session.flush()
    for one in chosen:
        one.row.immediate_id = at_once.id
    session.flush()
    at_once.document = _render(session, at_once, now, actor)
    at_once.sent_at = now
    session.flush()
    numbers = ", ".join(one.label for one in chosen)
    sha256 = at_once.document.sha256
    record(session, minutes, "send_immediately", now, actor, immediate_id=at_once.id, numbers=numbers, sha256=sha256)
    signers = signatories(session, minutes, [one.row for one in chosen])
    open_round(session, minutes, PURPOSE, at_once.id, at_once.document, signers, last_day, now, actor)
    return at_once


def send_again(
    session: Session, at_once: ImmediateVerification, *, last_day: date | None = None, now: datetime, actor: str
) -> SignatureRound:
    """Send the same bytes once more after a refusal or a withdrawal. Raises RuleBroken while they are out."""
    lock(session, at_once.minutes)
    _must_hold(session, at_once)
    found = current_round(session, at_once)
    if found is not None and signatures.state_of(session, found, now=now) not in ENDED:
        raise RuleBroken("Paragraferna är redan ute för underskrift. Dra tillbaka dem först.")
    assert at_once.document is not None
    at_once.sent_at = now
    session.flush()
    record(session, at_once.minutes, "send_for_signing", now, actor, sha256=at_once.document.sha256)
    signers = signatories(session, at_once.minutes, _rows(session, at_once))
    return open_round(session, at_once.minutes, PURPOSE, at_once.id, at_once.document, signers, last_day, now, actor)


def take_back(session: Session, at_once: ImmediateVerification, *, reason: str, now: datetime, actor: str) -> None:
    """Open the text of the §§ again, which were not verified after all. They keep their numbers.

    A round that is running is withdrawn, and the signatories are told why. Raises RuleBroken once all have signed.
    """
    found = current_round(session, at_once)
    if found is not None:
        # A signature takes the round first and the minutes after; so must this.
        signing.lock_round(session, found)
    lock(session, at_once.minutes)
    _must_hold(session, at_once)
    if found is not None and signatures.state_of(session, found, now=now) not in ENDED:
        signing.withdraw_round(session, found, reason=reason, now=now, actor=actor)
    elif not reason.strip():
        raise RuleBroken("Skriv varför.", field="reason")
    for row in _rows(session, at_once):
        row.immediate_id = None
    session.flush()
    record(session, at_once.minutes, "take_back_immediate", now, actor, immediate_id=at_once.id, reason=reason.strip())


# --- what pages and others read ------------------------------------------------------------------------------------


def by_id(session: Session, association_id: int, immediate_id: int) -> ImmediateVerification:
    """The association's own verification; raises NotThere."""
    found = session.scalar(
        select(ImmediateVerification).where(
            ImmediateVerification.association_id == association_id, ImmediateVerification.id == immediate_id
        )
    )
    if found is None:
        raise NotThere("Den omedelbara justeringen finns inte.")
    return found


def of_minutes(session: Session, minutes: Minutes) -> list[ImmediateVerification]:
    """Those of the minutes that hold, the earliest first; what was taken back has no §§ any more."""
    held = select(MinuteItem.immediate_id).where(
        MinuteItem.minutes_id == minutes.id, MinuteItem.immediate_id.is_not(None)
    )
    wanted = select(ImmediateVerification).where(ImmediateVerification.id.in_(held))
    return list(session.scalars(wanted.order_by(ImmediateVerification.id)))


def current_round(session: Session, at_once: ImmediateVerification) -> SignatureRound | None:
    """The latest round about it."""
    rounds = signatures.rounds_about(session, at_once.association_id, PURPOSE, at_once.id)
    return rounds[0] if rounds else None


# --- steps on the way ----------------------------------------------------------------------------------------------


def _chosen(items: Sequence[Item], rows: Sequence[MinuteItem]) -> list[Item]:
    wanted = {row.id for row in rows}
    chosen = [one for one in items if one.row.id in wanted]
    if not wanted:
        raise RuleBroken("Välj minst en paragraf.", field="items")
    if len(chosen) != len(wanted):
        raise NotThere("Paragrafen finns inte i protokollet.")
    if any(one.row.immediate_id is not None for one in chosen):
        raise RuleBroken("Paragrafen är redan omedelbart justerad.", field="items")
    return chosen


def _took_part(
    session: Session, minutes: Minutes, items: Sequence[Item], chosen: Sequence[Item]
) -> dict[str, list[list[int]]]:
    """Who decided each § by its id, as the document says it."""
    found = participations(session, minutes, [one.row for one in items])
    return {str(one.row.id): took_part(found[one.row.id]) for one in chosen}


def _render(session: Session, at_once: ImmediateVerification, now: datetime, actor: str) -> Document:
    minutes = at_once.minutes
    day = print_iso_date(local_date(minutes.meeting.starts_at))
    only = {row.id for row in _rows(session, at_once)}
    range_ = document.minutes_fields(session, minutes, only=only).item_range
    return file_minutes(
        session,
        minutes,
        title=f"Omedelbart justerat protokoll {minutes.meeting.body.name} {day}, {range_}",
        filename=f"omedelbart-justerat-{day}-{at_once.id}.docx",
        content=document.render_minutes(session, minutes, only=only),
        now=now,
        actor=actor,
    )


def _rows(session: Session, at_once: ImmediateVerification) -> list[MinuteItem]:
    return [row for row in queries.item_rows(session, at_once.minutes) if row.immediate_id == at_once.id]


def _must_hold(session: Session, at_once: ImmediateVerification) -> None:
    session.refresh(at_once)
    if at_once.verified_at is not None:
        raise RuleBroken("Paragraferna är redan justerade.")
    if not _rows(session, at_once):
        raise RuleBroken("Paragraferna är tillbakatagna.")
    if at_once.minutes.fixed_at is not None:
        raise RuleBroken("Numren är fastställda. Öppna protokollet igen först.")


def is_running(state: RoundState) -> bool:
    """Whether the round waits for signatures, in time or late."""
    return state in (RoundState.OPEN, RoundState.EXPIRED)
