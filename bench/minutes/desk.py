"""The desk with 100 §§: shown, and written by 16 secretaries at once."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from bench import demo
from bench.harness import CannotMeasureError, Comparison, Reading
from bench.load import Job, measure
from bench.minutes.writers import Writing
from bench.scene import HOME, cookie_of
from bench.server import serving

# Imported where they are used: what only starts our program in other processes must not load it here too.
if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from paragraf.core.settings import Settings

ITEMS = 100
WRITERS = 16
SAVES = 20
_LIMIT_SECONDS = 120
_TIMES = 20


@dataclass(frozen=True)
class Desk:
    """Where the desk is, who is signed in, and the §§ with their versions."""

    path: str
    meeting_id: int
    cookie: str
    #: The §§ by id, in order.
    items: tuple[int, ...]

    @property
    def headers(self) -> dict[str, str]:
        """What the secretary's browser sends along."""
        return {"Cookie": f"paragraf={self.cookie}"}


def page(environ: Mapping[str, str]) -> Iterator[Comparison]:
    """The page at 32 connections, against a bare one as long under the same server."""
    desk = begun(tuple(environ.items()))
    with demo.ours(path=HOME) as ours, demo.reference(len(ours.get(desk.path, desk.headers))) as bare:
        yield Comparison(
            ours=lambda: measure(Job(ours.url + desk.path, desk.headers)),
            reference=lambda: measure(Job(bare.url + "/")),
        )


def changed_page(environ: Mapping[str, str]) -> Iterator[Comparison]:
    """The page after a save of another §, called in this process without a server; the save is not timed."""
    from bench.reference import create_app as bare_app

    desk = begun(tuple(environ.items()))
    browser = _browser(environ, desk)
    bare = bare_app(str(demo.folder() / "bare-desk.sqlite3"), len(browser.get(desk.path).data)).test_client()
    save = _saver(browser, desk)
    yield Comparison(
        ours=lambda: _timed(lambda: browser.get(desk.path), before=save),
        reference=lambda: _timed(lambda: bare.get("/"), before=lambda: None),
    )


def saves(environ: Mapping[str, str], bare_database: str) -> Iterator[Comparison]:
    """Saves of 16 writers, each in a § of its own; when all are done every § must hold its writer's last words."""
    desk = begun(tuple(environ.items()))
    plain = {"REFERENCE_DATABASE": bare_database}
    with (
        serving("webapp.wsgi:app", environ=environ, path=HOME) as ours,
        serving("bench.minutes.plain_save:app", environ=plain) as bare,
    ):
        bases = [1] * WRITERS

        def save_ours() -> Reading:
            addresses = [f"{ours.url}{desk.path}paragraf/{item}/spara" for item in desk.items[-WRITERS:]]
            done = _write(Writing(addresses, ours.url + desk.path, desk.headers, bases, SAVES))
            bases[:] = [base + SAVES for base in bases]
            _none_lost(environ, desk, bases)
            return done

        bare_bases = [1] * WRITERS

        def save_bare() -> Reading:
            addresses = [f"{bare.url}/{number}" for number in range(1, WRITERS + 1)]
            done = _write(Writing(addresses, "", {}, bare_bases, SAVES))
            bare_bases[:] = [base + SAVES for base in bare_bases]
            return done

        yield Comparison(ours=save_ours, reference=save_bare, rounds=5)


def _write(writing: Writing) -> Reading:
    command = [sys.executable, "-m", "bench.minutes.writers"]
    text = json.dumps(asdict(writing))
    ended = subprocess.run(command, input=text, capture_output=True, text=True, timeout=_LIMIT_SECONDS)
    if ended.returncode:
        raise CannotMeasureError(f"the writers failed: {ended.stderr[-500:]}")
    return Reading(**json.loads(ended.stdout))


def _none_lost(environ: Mapping[str, str], desk: Desk, bases: list[int]) -> None:
    from sqlalchemy import select

    from paragraf.minutes.models import MinuteItemText

    with _session(environ) as (session, _settings):
        for item, base in zip(desk.items[-WRITERS:], bases, strict=True):
            wanted = select(MinuteItemText).where(
                MinuteItemText.minute_item_id == item, MinuteItemText.version.is_not(None)
            )
            texts = session.scalars(wanted.order_by(MinuteItemText.version)).all()
            if len(texts) != base or not texts[-1].background.endswith(f" {base}"):
                raise CannotMeasureError(f"§ {item} has {len(texts)} versions, not {base}: words are lost")


# --- made ready ----------------------------------------------------------------------------------------------------


@functools.cache
def begun(environ: tuple[tuple[str, str], ...]) -> Desk:
    """Minutes with 100 §§ in the demonstration, and the secretary signed in."""
    from paragraf.core import clock
    from paragraf.core.dates import local_date
    from paragraf.meetings import queries as meetings
    from paragraf.minutes.operations import open_minutes
    from paragraf.minutes.queries import item_rows
    from paragraf.people import queries as people
    from paragraf.people.models import RoleKind

    with _session(dict(environ)) as (session, settings):
        now = clock.now()
        association = people.association_by_slug(session, HOME.strip("/"))
        secretary = people.holders(session, association.id, RoleKind.SECRETARY, local_date(now))[0]
        meeting = meetings.coming(session, association.id, now)[-1]
        _call(session, meeting, secretary.name)
        minutes = open_minutes(session, meeting, now=now, actor=secretary.name)
        items = tuple(row.id for row in item_rows(session, minutes))
        path = f"{HOME}moten/{meeting.id}/protokoll/"
        return Desk(path, meeting.id, cookie_of(settings, secretary), items)


def _call(session: Session, meeting, actor: str) -> None:  # type: ignore[no-untyped-def]  # loaded where it is used
    from paragraf.core import clock
    from paragraf.meetings.models import ItemKind
    from paragraf.meetings.operations import add_item
    from paragraf.meetings.sending import send_notice

    for number in range(1, ITEMS + 1):
        add_item(
            session,
            meeting,
            kind=ItemKind.DECISION,
            heading=f"Ärende {number}",
            background="Kansliet har berett ärendet. " * 10,
            proposal="att godkänna förslaget",
            now=clock.now(),
            actor=actor,
        )
    send_notice(session, meeting, now=clock.now(), actor=actor)


@contextmanager
def _session(environ: Mapping[str, str]) -> Iterator[tuple[Session, Settings]]:
    from paragraf import all_models  # noqa: F401 - relationships resolve when every room's rows are known
    from paragraf.core.database import Database
    from paragraf.core.settings import load

    settings = load(environ)
    database = Database(settings)
    try:
        with database.writing() as session:
            yield session, settings
    finally:
        database.dispose()


def _browser(environ: Mapping[str, str], desk: Desk) -> FlaskClient:
    from paragraf.core.settings import load
    from webapp import create_app

    browser = create_app(load(environ)).test_client()
    browser.set_cookie("paragraf", desk.cookie)
    return browser


def _saver(browser: FlaskClient, desk: Desk) -> Callable[[], None]:
    """Saves the last § but those of the writers anew each time it is called."""
    from bench.minutes.writers import token_in, words

    base = [1]
    token = token_in(browser.get(desk.path).text)

    def save() -> None:
        answer = browser.post(
            f"{desk.path}paragraf/{desk.items[50]}/spara",
            json=words(base[0]),
            headers={"X-CSRFToken": token, "Accept": "application/json"},
        )
        if answer.status_code != 200:
            raise CannotMeasureError(f"the save answered {answer.status_code}")
        base[0] += 1

    return save


def _timed(ask: Callable[[], object], before: Callable[[], None]) -> Reading:
    took = 0.0
    for _ in range(_TIMES):
        before()
        began = time.perf_counter()
        ask()
        took += time.perf_counter() - began
    return Reading(took / _TIMES)
