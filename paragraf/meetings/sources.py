"""What may be drawn in to an agenda: each source is one entry in a table, with a reader and what it writes.

``paragraf.chain.AGENDA_SOURCES`` is the table, since some sources are of rooms above. To add one is to write a Source
and put it there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.applications import queries as applications
from paragraf.applications.agenda_text import background_for_agenda, proposal_for_agenda
from paragraf.core.dates import local_date
from paragraf.core.errors import N_, NotThere, RuleBroken
from paragraf.core.printing import print_date
from paragraf.duties.rules import Words
from paragraf.meetings import agenda, continuing, following, queries
from paragraf.meetings.agenda import Origin
from paragraf.meetings.models import AgendaItem, ItemKind, Meeting
from paragraf.meetings.rules import ItemText
from paragraf.people.models import Association, BodyKind
from paragraf.register.models import Matter, MatterKind


@dataclass(frozen=True)
class Candidate:
    """Something that could be taken up: ``row_id`` names it within its source; ``why`` says why it waits."""

    row_id: int
    heading: str
    why: Words
    matter: Matter | None = None
    #: Its time has passed.
    overdue: bool = False
    #: What earlier meetings said of it, one line each, the latest first; in Swedish, as it is printed.
    history: tuple[str, ...] = ()


@dataclass(frozen=True)
class Act:
    """When and by whom something is drawn in."""

    now: datetime
    actor: str


@dataclass(frozen=True)
class Source:
    """One sort of things to take up.

    ``found`` reads what waits for this meeting; ``draw`` puts one of them on its agenda. ``title`` is a Swedish source.
    """

    key: str
    title: str
    found: Callable[[Session, Meeting, datetime], list[Candidate]]
    draw: Callable[[Session, Meeting, Candidate, Act], AgendaItem]


@dataclass(frozen=True)
class Waiting:
    """What a source has for the meeting."""

    source: Source
    candidates: tuple[Candidate, ...]


def to_take_up(session: Session, meeting: Meeting, sources: Sequence[Source], now: datetime) -> list[Waiting]:
    """What waits for the meeting, by source; sources that have nothing are left out."""
    found = (Waiting(one, tuple(one.found(session, meeting, now))) for one in sources)
    return [one for one in found if one.candidates]


def draw_in(
    session: Session,
    meeting: Meeting,
    sources: Sequence[Source],
    *,
    source: str,
    row_id: int,
    now: datetime,
    actor: str,
) -> AgendaItem:
    """Put what waits under ``row_id`` of the source on the agenda; the item says where it came from.

    Raises NotThere for a source that does not exist, RuleBroken for what waits no longer, such as when a colleague has
    taken it up meanwhile.
    """
    # One at a time in the association: two meetings must not take up the same. Before the meeting's own lock, always.
    session.execute(
        select(Association.id).where(Association.id == meeting.association_id).with_for_update(key_share=True)
    )
    chosen = next((one for one in sources if one.key == source), None)
    if chosen is None:
        raise NotThere("Det finns inget sådant att ta upp.")
    candidate = next((one for one in chosen.found(session, meeting, now) if one.row_id == row_id), None)
    if candidate is None:
        raise RuleBroken("Det väntar inte längre. Kanske har någon annan redan tagit upp det på en dagordning.")
    return chosen.draw(session, meeting, candidate, Act(now, actor))


def taken_up(session: Session, association_id: int, key: str) -> set[int]:
    """The rows of the source that stand on an agenda and have not come back from it."""
    wanted = (
        select(AgendaItem.source_id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            AgendaItem.association_id == association_id,
            AgendaItem.source == key,
            AgendaItem.source_id.is_not(None),
            AgendaItem.withdrawn_at.is_(None),
            AgendaItem.returned_at.is_(None),
            Meeting.cancelled_at.is_(None),
        )
    )
    return {one for one in session.scalars(wanted) if one is not None}


def add(
    session: Session,
    meeting: Meeting,
    key: str,
    candidate: Candidate,
    text: ItemText,
    act: Act,
    matter: Matter | None = None,
) -> AgendaItem:
    """Put the candidate of the source ``key`` on the agenda with this text; it goes on with its last item, if any."""
    before = session.scalar(
        select(AgendaItem)
        .where(
            AgendaItem.association_id == meeting.association_id,
            AgendaItem.source == key,
            AgendaItem.source_id == candidate.row_id,
            AgendaItem.withdrawn_at.is_(None),
        )
        .order_by(AgendaItem.id.desc())
        .limit(1)
    )
    return agenda.add_item(
        session,
        meeting,
        kind=text.kind,
        heading=text.heading[:300],
        background=text.background,
        proposal=text.proposal,
        matter=matter,
        origin=Origin(key, candidate.row_id, before),
        now=act.now,
        actor=act.actor,
    )


# --- applications and other matters ---------------------------------------------------------------------------------


def _waiting_applications(session: Session, meeting: Meeting, _now: datetime) -> list[Candidate]:
    left = {one.matter_id for one in continuing.left_items(session, meeting.body)}
    return [
        Candidate(
            one.matter.id,
            one.matter.title,
            Words(
                N_("Inkommen %(day)s från %(sender)s"), {"day": one.matter.opened_on, "sender": one.matter.counterpart}
            ),
            one.matter,
        )
        for one in queries.waiting_matters(session, meeting.association_id)
        if one.matter.id not in left
    ]


def _draw_matter(session: Session, meeting: Meeting, candidate: Candidate, act: Act) -> AgendaItem:
    if candidate.matter is None:
        raise NotThere("Ärendet finns inte i diariet.")
    return draw_matter(session, meeting, candidate.matter, now=act.now, actor=act.actor)


def draw_matter(session: Session, meeting: Meeting, matter: Matter, *, now: datetime, actor: str) -> AgendaItem:
    """Put any open matter on the agenda; an application brings its background and a proposal for decision.

    Raises as ``agenda.add_matter_to_agenda``.
    """
    application = applications.application_of_matter(session, meeting.association_id, matter.id)
    texts = (
        {"background": _about(matter)}
        if application is None
        else {
            "background": background_for_agenda(session, application),
            "proposal": proposal_for_agenda(session, application),
        }
    )
    origin = Origin("matter", matter.id)
    return agenda.add_matter_to_agenda(session, meeting, matter, **texts, origin=origin, now=now, actor=actor)


def _about(matter: Matter) -> str:
    """What the register says, to write on: an item for decision may not be sent out without a word."""
    sender = f" från {matter.counterpart}" if matter.counterpart else ""
    return f"Ärendet{sender} öppnades den {print_date(matter.opened_on)}."


def _open_agreements(session: Session, meeting: Meeting, now: datetime) -> list[Candidate]:
    """Open matters of agreements. Notices of change are to come here when they have rows of their own."""
    wanted = (
        select(Matter)
        .where(
            Matter.association_id == meeting.association_id,
            Matter.kind == MatterKind.AGREEMENT,
            Matter.closed_on.is_(None),
        )
        .order_by(Matter.year, Matter.number)
    )
    return [
        Candidate(one.id, one.title, Words(N_("Öppet sedan %(day)s"), {"day": one.opened_on}), one)
        for one in session.scalars(wanted)
        if queries.coming_meeting_with(session, one, now) is None
    ]


def find_matters(session: Session, meeting: Meeting, words: str, *, limit: int = 20) -> list[Matter]:
    """Open matters whose number, title or counterpart holds all the words, the newest first; none for no words.

    Meetings' own matters are left out.
    """
    wanted = words.casefold().split()
    if not wanted:
        return []
    found = session.scalars(
        select(Matter)
        .where(
            Matter.association_id == meeting.association_id,
            Matter.closed_on.is_(None),
            Matter.kind != MatterKind.MEETING,
        )
        .order_by(Matter.year.desc(), Matter.number.desc())
    )
    # In Python: SQLite's lower() knows no å, ä, ö.
    texts = ((one, f"{one.register_number} {one.title} {one.counterpart}".casefold()) for one in found)
    return [one for one, text in texts if all(word in text for word in wanted)][:limit]


# --- what the body has asked for ------------------------------------------------------------------------------------


def _due_commissions(session: Session, meeting: Meeting, now: datetime) -> list[Candidate]:
    day, today = local_date(meeting.starts_at), local_date(now)
    taken = taken_up(session, meeting.association_id, COMMISSIONS.key)
    return [
        Candidate(
            one.decision_id,
            one.what,
            Words(
                N_("Ska redovisas senast %(day)s. Ansvarig: %(who)s"),
                {"day": one.duty.due_on, "who": ", ".join(one.persons) or "–"},
            ),
            overdue=one.is_overdue(today),
        )
        for one in following.open_commissions(session, meeting.association_id, now, body=meeting.body)
        if one.duty.due_on <= day and one.decision_id not in taken
    ]


def _draw_commission(session: Session, meeting: Meeting, candidate: Candidate, act: Act) -> AgendaItem:
    one = next(
        each
        for each in following.open_commissions(session, meeting.association_id, act.now, body=meeting.body)
        if each.decision_id == candidate.row_id
    )
    who = f" Ansvarig: {', '.join(one.persons)}." if one.persons else ""
    text = ItemText(
        ItemKind.REPORT,
        f"Redovisning av uppdrag: {one.what}",
        f"Uppdraget: {one.what}.{who} Det ska redovisas senast den {print_date(one.duty.due_on)}.",
        "att godkänna redovisningen av uppdraget",
    )
    return add(session, meeting, COMMISSIONS.key, candidate, text, act)


def _open_conditions(session: Session, meeting: Meeting, now: datetime) -> list[Candidate]:
    if meeting.body.kind is not BodyKind.BOARD:
        return []
    taken = taken_up(session, meeting.association_id, CONDITIONS.key)
    return [
        Candidate(
            one.row.id,
            one.row.text,
            Words(
                N_("Villkor för bidrag som beviljades %(day)s: %(title)s"),
                {"day": one.grant.decided_on, "title": one.matter.title if one.matter else "–"},
            ),
            one.matter,
        )
        for one in following.open_conditions(session, meeting.association_id, now)
        if one.row.id not in taken
    ]


def _draw_condition(session: Session, meeting: Meeting, candidate: Candidate, act: Act) -> AgendaItem:
    number = f" (dnr {candidate.matter.register_number})" if candidate.matter else ""
    title = candidate.matter.title if candidate.matter else ""
    granted = candidate.why.values["day"]
    text = ItemText(
        ItemKind.REPORT,
        f"Villkor som väntar: {title or candidate.heading}",
        f"Bidraget{number} beviljades den {print_date(granted)} på ett villkor som väntar:\n\n- {candidate.heading}",
    )
    # Without the matter: a decision here settles the condition, not the application once more.
    return add(session, meeting, CONDITIONS.key, candidate, text, act)


APPLICATIONS = Source("application", N_("Ansökningar som väntar"), _waiting_applications, _draw_matter)
COMMISSIONS = Source("commission", N_("Uppdrag som ska redovisas"), _due_commissions, _draw_commission)
CONDITIONS = Source("condition", N_("Öppna villkor för bidrag"), _open_conditions, _draw_condition)
AGREEMENTS = Source("agreement", N_("Öppna ärenden om överenskommelser"), _open_agreements, _draw_matter)
