"""The pages that are put under load: the demonstration's, with what it lacks made by the operations of real use."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import flask
from flask.sessions import SecureCookieSessionInterface

from bench import demo

# Imported where they are used: what only starts our program in other processes must not load it here too.
if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from paragraf.core.settings import Settings
    from paragraf.meetings.models import Meeting
    from paragraf.minutes.models import Minutes
    from paragraf.people.models import Association, Person

HOME = "/norralven/"


@dataclass(frozen=True)
class Page:
    """A page of ours, and what the browser sends with the request."""

    path: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Scene:
    """The pages by what they are for; each is told in ``bench/groups/web.py``."""

    application: Page
    minutes: Page
    desk: Page
    sign: Page


@functools.cache
def scene() -> Scene:
    """Begin an application, open a signature round and begin minutes, once for a run; all others only read."""
    from paragraf import all_models  # noqa: F401 - relationships resolve when every room's rows are known
    from paragraf.core import clock
    from paragraf.core.database import Database
    from paragraf.core.settings import load

    settings = load(demo.environ())
    database = Database(settings)
    try:
        with database.writing() as session:
            return _set(session, settings, clock.now())
    finally:
        database.dispose()


def _set(session: Session, settings: Settings, now: datetime) -> Scene:
    from paragraf.core import addresses
    from paragraf.core.dates import local_date
    from paragraf.meetings import queries as meetings
    from paragraf.minutes import queries
    from paragraf.people import queries as people
    from paragraf.people.models import RoleKind

    association = people.association_by_slug(session, HOME.strip("/"))
    secretary = people.holders(session, association.id, RoleKind.SECRETARY, local_date(now))[0]
    signed_in = {"Cookie": f"paragraf={cookie_of(settings, secretary)}"}
    written = queries.minutes(session, association.id, meetings.held(session, association.id, now)[0].id)
    begun = _begin_minutes(session, association, secretary, now)
    return Scene(
        application=Page(_application(session, settings, association, now)),
        minutes=Page(_path(addresses.minutes(settings, association.slug, written.meeting_id)), signed_in),
        desk=Page(_path(addresses.minutes(settings, association.slug, begun.id)), signed_in),
        sign=Page(_signing(session, settings, written, now)),
    )


def _path(address: str) -> str:
    return urlsplit(address).path


def cookie_of(settings: Settings, person: Person) -> str:
    """The session cookie of a browser in which the person has signed in."""
    app = flask.Flask(__name__)
    app.secret_key = settings.secret_keys[-1]
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    return str(serializer.dumps({"_user_id": f"{person.association_id}:{person.id}", "_fresh": True}))


def _application(session: Session, settings: Settings, association: Association, now: datetime) -> str:
    """The cost table of an application whose period is filled in, so that there are years to fill in costs for."""
    from paragraf.applications.filled import form_of
    from paragraf.applications.links import link_to
    from paragraf.applications.operations import save_section, start
    from paragraf.questions.fields import collect

    application = start(
        session, association=association, family_key="application_a", email="bench@example.com", language="sv", now=now
    )
    typed = {"period.start": [f"{now.year + 1}-01-01"], "period.end": [f"{now.year + 2}-12-31"]}
    raw = collect(form_of(application.form_version).section("time_plan"), typed)
    save_section(session, application, section_id="time_plan", raw=raw, base_version=0, now=now)
    return f"{_path(link_to(settings, application))}costs"


def _signing(session: Session, settings: Settings, minutes: Minutes, now: datetime) -> str:
    """The link of a new round about the minutes: the demonstration's own rounds are complete."""
    from paragraf.core import addresses
    from paragraf.core.dates import local_date
    from paragraf.signing.models import RoundPurpose, SigningCapacity
    from paragraf.signing.operations import NewSignatory, link_token, open_round

    assert minutes.document is not None
    opened = open_round(
        session,
        association_id=minutes.association_id,
        purpose=RoundPurpose.MINUTES,
        subject_id=minutes.id,
        title=minutes.document.title,
        document=minutes.document,
        signatories=[NewSignatory(minutes.chair, SigningCapacity.CHAIR)],
        last_day=local_date(now) + timedelta(days=14),
        now=now,
        actor=minutes.secretary.name,
    )
    return _path(addresses.signing(settings, link_token(settings, opened.signatories[0])))


def _begin_minutes(session: Session, association: Association, secretary: Person, now: datetime) -> Meeting:
    """Call the nearest meeting of the board and begin its minutes, with as many §§ as the written ones."""
    from paragraf.meetings import queries as meetings
    from paragraf.meetings.models import ItemKind
    from paragraf.meetings.operations import add_item
    from paragraf.meetings.sending import send_notice
    from paragraf.minutes.operations import open_minutes

    meeting = meetings.coming(session, association.id, now)[0]
    for number in range(1, 6):
        heading, background = f"Ärende {number}", "Kansliet har berett ärendet." * 10
        add_item(
            session,
            meeting,
            kind=ItemKind.DECISION,
            heading=heading,
            background=background,
            proposal="att godkänna förslaget",
            now=now,
            actor=secretary.name,
        )
    send_notice(session, meeting, now=now, actor=secretary.name)
    open_minutes(session, meeting, now=now, actor=secretary.name)
    return meeting
