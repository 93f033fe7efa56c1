"""What has happened in the demonstration before the newcomer arrives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.agreements.operations import register_agreement
from paragraf.agreements.rules import NewParty
from paragraf.core.database import Database
from paragraf.core.dates import add_months, local_date, utc_moment, working_day_on_or_before
from paragraf.demonstration import funding, house_rules, minutes, templates
from paragraf.demonstration.application import submit_application
from paragraf.demonstration.people import NORRALVEN, SODERVIKEN, Cast, Settled, settle
from paragraf.duties.models import Duty, Reminder
from paragraf.duties.operations import finish, queue_due_reminders
from paragraf.meetings.models import ItemKind, Meeting
from paragraf.meetings.operations import add_item, plan_meeting
from paragraf.people.models import Body, RoleKind
from paragraf.post.delivery import deliver_due
from paragraf.post.transports import MailboxTransport
from paragraf.register.models import MatterKind
from paragraf.register.operations import open_matter

#: The newcomer's application becomes number 14 of the year in the north.
THIS_YEARS_MATTERS = 13
#: How long before today the meetings were planned.
PLANNED_AHEAD = timedelta(days=70)
#: Matters that fill the register so far.
MATTERS = (
    "Begäran om yttrande över regional folkhälsoplan",
    "Inbjudan till konferens om samverkan",
    "Rekvisition av statliga medel",
    "Fråga om medfinansiering av ungdomsinsats",
    "Upphandling av utvärderingstjänst",
    "Revisionsplan för året",
    "Tjänsteköpsavtal för ekonomi och lön",
    "Medlemssamråd om nästa års budget",
    "Begäran om allmän handling",
    "Delårsrapport till medlemmarna",
    "Tillgänglighetsredogörelse för webbplatsen",
    "Inventering av behov bland unga vuxna",
    "Fråga om samverkan med angränsande förbund",
)


def tell(database: Database, now: datetime) -> None:
    """Everything up to ``now``, in both associations."""
    begun = datetime(now.year - 1, 12, 1, 8, 0, tzinfo=UTC)
    with database.writing() as session:
        north, south = settle(session, NORRALVEN, begun), settle(session, SODERVIKEN, begun)
        for cast, settled in ((NORRALVEN, north), (SODERVIKEN, south)):
            funding.publish(session, settled, begun, _secretary(cast))
            _make_agreements(session, cast, settled, local_date(now).replace(day=1), begun)
        templates.change(session, north, begun + timedelta(days=45), _secretary(NORRALVEN))
        held = _plan_last_meeting(session, north, now)
        applied_at, called_at = (held.starts_at - timedelta(days=days) for days in (30, 14))
        together_at = now - timedelta(days=9)
        others = THIS_YEARS_MATTERS - [applied_at.year, called_at.year, together_at.year].count(now.year)
        _open_matters(session, NORRALVEN, north, MATTERS[:others], now)
        applied = submit_application(session, north, minutes.first_day(held), applied_at)
        funding.set_funds(session, north, local_date(now), begun, _secretary(NORRALVEN))
        funding.open_call(session, north, now, _secretary(NORRALVEN))
        _plan_coming(session, NORRALVEN, north, now)
        _plan_coming(session, SODERVIKEN, south, now)
        # After the meetings are planned: their agendas get the standing items by the button, when the newcomer wants.
        house_rules.settle(session, NORRALVEN, north, begun, now, _secretary(NORRALVEN))
    minutes.write(database, NORRALVEN, north, held, applied, now)
    together = funding.apply_together(database, north, now)
    with database.writing() as session:
        funding.follow_grant(session, north, applied, now, _secretary(NORRALVEN))
        funding.prepare(session, north, together, now, _secretary(NORRALVEN))
    _send_reminders_so_far(database, now)
    _finish_what_is_past(database, now)


def _secretary(cast: Cast) -> str:
    return next(each.name for each in cast.office if each.role is RoleKind.SECRETARY)


def _make_agreements(session: Session, cast: Cast, settled: Settled, this_month: date, begun: datetime) -> None:
    """Two that are revised yearly: of the first, changes at the next revision can be told for some weeks yet."""
    organisations = list(settled.organisations.values())
    for title, summary, parties, since, months, informed in (
        (
            f"Vuxenvägen – samverkan för vuxna i {cast.city}",
            "Parterna bemannar ett gemensamt team. Överenskommelsen gäller tills vidare och ses över varje år.",
            organisations,
            add_months(this_month, 3 - 12 * 3),
            2,
            [settled.board.id],
        ),
        (
            "Lärcentrum – gemensam väg till studier",
            "Väsentliga ändringar anmäls i styrgruppen minst tre månader i förväg.",
            organisations[:3],
            add_months(this_month, 7 - 12 * 2),
            3,
            [settled.steering_group.id, settled.board.id],
        ),
    ):
        register_agreement(
            session,
            association_id=settled.id,
            title=title,
            summary=summary,
            parties=[NewParty(organisation.id) for organisation in parties],
            in_force_from=since,
            in_force_until=None,
            revised_yearly=True,
            notice_months=months,
            informed_bodies=informed,
            now=begun,
            actor=_secretary(cast),
        )


def _open_matters(session: Session, cast: Cast, settled: Settled, titles: Sequence[str], now: datetime) -> None:
    """Spread over the year so far, oldest first."""
    start = datetime(now.year, 1, 1, 8, 0, tzinfo=UTC)
    for index, title in enumerate(titles):
        open_matter(
            session,
            association_id=settled.id,
            kind=MatterKind.OTHER,
            title=title,
            counterpart=list(settled.organisations.values())[index % 5].name,
            now=min(start + (now - start) * index / len(titles), now),
            actor=_secretary(cast),
        )


def _meeting(session: Session, body: Body, wanted: date, place: str, now: datetime, actor: str) -> Meeting:
    """A morning meeting on the wanted day, or the last working day before it."""
    day = working_day_on_or_before(wanted)
    return plan_meeting(
        session,
        body=body,
        starts_at=utc_moment(day, time(9, 0)),
        ends_at=utc_moment(day, time(12, 0)),
        place=place,
        now=now,
        actor=actor,
    )


def _plan_last_meeting(session: Session, settled: Settled, now: datetime) -> Meeting:
    day = local_date(now) - timedelta(days=26)
    place = "Kommunhuset i Granvik, sal Älven"
    return _meeting(session, settled.board, day, place, now - PLANNED_AHEAD, _secretary(NORRALVEN))


def _plan_coming(session: Session, cast: Cast, settled: Settled, now: datetime) -> None:
    """The board in two weeks with its standing items, and again in two months; the steering group in between."""
    today, actor = local_date(now), _secretary(cast)
    planned = now - PLANNED_AHEAD
    place = f"Kommunhuset, {cast.city}"
    coming = _meeting(session, settled.board, today + timedelta(days=16), place, planned, actor)
    for kind, heading, background, proposal in _standing_items(cast):
        add_item(
            session,
            coming,
            kind=kind,
            heading=heading,
            background=background,
            proposal=proposal,
            now=planned,
            actor=actor,
        )
    _meeting(session, settled.board, today + timedelta(days=72), place, planned, actor)
    _meeting(session, settled.steering_group, today + timedelta(days=30), place, planned, actor)


def _standing_items(cast: Cast) -> Iterator[tuple[ItemKind, str, str, str]]:
    yield (
        ItemKind.DECISION,
        "Godkännande av dagordning",
        "Dagordningen har skickats med kallelsen.",
        "att godkänna dagordningen",
    )
    yield (
        ItemKind.INFORMATION,
        "Förbundschefen informerar",
        f"Läget i insatserna i {cast.city}.\n\nFrågor från medlemmarna.",
        "",
    )


def _send_reminders_so_far(database: Database, now: datetime) -> None:
    """Let each day with reminders pass, so that Brevlåda holds the year's letters with the moments they had."""
    today = local_date(now)
    with database.reading() as session:
        days = set(session.scalars(select(Reminder.send_on).where(Reminder.send_on < today)))
    for day in sorted(days):
        moment = utc_moment(day, time(8, 0))
        with database.writing() as session:
            queue_due_reminders(session, now=moment, limit=500)
        deliver_due(database, now=moment, transport=MailboxTransport(), limit=500)


def _finish_what_is_past(database: Database, now: datetime) -> None:
    """The revisions of earlier years were made, so that nothing is overdue on the first page."""
    past = select(Duty).where(Duty.subject == "agreement", Duty.due_on < local_date(now), Duty.done_at.is_(None))
    with database.writing() as session:
        for duty in session.scalars(past).all():
            finish(
                session,
                association_id=duty.association_id,
                rule_key=duty.rule_key,
                subject=duty.subject,
                subject_id=duty.subject_id,
                event_on=duty.event_on,
                now=utc_moment(duty.recommended_on, time(15, 0)),
                actor=_secretary(NORRALVEN),
            )
