"""``python -m scheduler`` as it is run: it works, it ends when told, and two of them send nothing twice."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import docx
import pytest

from paragraf.core import heartbeat
from paragraf.core.clock import now
from paragraf.core.database import Database
from paragraf.people.operations import recipient
from paragraf.post import queries
from paragraf.post.operations import write_letter
from paragraf.post.rules import LetterState
from paragraf.register import queries as register
from paragraf.register.models import Direction, Document, DocumentKind
from paragraf.register.operations import file_document, request_pdf
from scheduler.jobs import HEARTBEAT
from tests.parts.smtp import SmtpServer
from tests.parts.world import World
from tests.word.pdf.office.processes import children, is_gone

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 40


@contextmanager
def running(log: Path, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """A scheduler with only these settings; whatever the test leaves running is killed."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PARAGRAF_")}
    environment |= {f"PARAGRAF_{name.upper()}": value for name, value in settings.items()}
    with log.open("wb") as told:
        process = subprocess.Popen([sys.executable, "-m", "scheduler"], cwd=ROOT, env=environment, stderr=told)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(done: Callable[[], bool]) -> None:
    """Another process has a clock of its own, so here it is really waited."""
    last = time.monotonic() + PATIENCE_SECONDS
    while not done():
        assert time.monotonic() < last, "the scheduler did not do it in time"
        time.sleep(0.1)


def end(process: subprocess.Popen[bytes], number: signal.Signals = signal.SIGTERM) -> int:
    process.send_signal(number)
    return process.wait(PATIENCE_SECONDS)


def write(world: World, count: int) -> None:
    with world.database.writing() as session:
        for number in range(count):
            write_letter(
                session,
                association_id=world.north.id,
                room="people",
                kind="sign_in",
                key=f"k{number}",
                to=recipient(world.north.secretary),
                fields={"address": "http://localhost/x", "minutes": 15},
                now=now(),
            )


def sent(database: Database, world: World) -> int:
    with database.reading() as session:
        return len(queries.outbox(session, world.north.id, LetterState.SENT))


def alive(database: Database) -> bool:
    with database.reading() as session:
        return heartbeat.last(session, HEARTBEAT) is not None


def test_the_clock_never_loads_the_web() -> None:
    code = (
        "import sys, scheduler.__main__, scheduler.standing, paragraf.duties.operations\n"
        "sys.exit(' '.join({'flask', 'werkzeug', 'wtforms', 'flask_babel'} & set(sys.modules)) or None)"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_delivers_shows_that_it_is_alive_and_ends_when_told(
    world: World, tmp_path: Path, number: signal.Signals
) -> None:
    write(world, 3)
    log = tmp_path / "log"
    with running(log, demo="1", data=str(tmp_path), database_url=world.database.settings.database) as process:
        until(lambda: sent(world.database, world) == 3 and alive(world.database))
        assert end(process, number) == 0
    told = log.read_text()
    assert told.endswith("stopped\n")
    assert "ERROR" not in told
    assert "Traceback" not in told


def test_two_at_once_send_nothing_twice(world: World, tmp_path: Path, smtp_server: SmtpServer) -> None:
    write(world, 30)
    given = {
        "secret_key": "x",
        "smtp_url": smtp_server.url,
        "mail_from": "kansli@norrdal.example",
        "database_url": world.database.settings.database,
    }
    with running(tmp_path / "one", **given) as one, running(tmp_path / "other", **given) as other:
        until(lambda: sent(world.database, world) == 30)
        assert (end(one), end(other)) == (0, 0)
    ids = [delivered.message["Message-ID"] for delivered in smtp_server.messages]
    assert len(ids) == len(set(ids)) == 30


def test_ends_when_told_while_it_waits_for_the_database(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with running(log, demo="1", data=str(tmp_path)) as process:
        until(lambda: "run: paragraf db upgrade" in log.read_text())
        assert end(process) == 0
    assert log.read_text().endswith("stopped\n")


@pytest.mark.parametrize(
    ("settings", "told"),
    [({}, "PARAGRAF_SECRET_KEY"), ({"demo": "1", "smtp_url": "http://u:hemligt@post"}, "PARAGRAF_SMTP_URL")],
)
def test_says_which_setting_is_wrong(tmp_path: Path, settings: dict[str, str], told: str) -> None:
    log = tmp_path / "log"
    with running(log, data=str(tmp_path), **settings) as process:
        assert process.wait(PATIENCE_SECONDS) == 2
    assert told in log.read_text()
    assert "hemligt" not in log.read_text()
    assert "Traceback" not in log.read_text()


def ask_for_pdf(world: World) -> Document:
    paper, content = docx.Document(), io.BytesIO()
    paper.add_paragraph("Styrelsen beslutar att anta budgeten.")
    paper.save(content)
    with world.database.writing() as session:
        document = file_document(
            session,
            association_id=world.north.id,
            matter=None,
            kind=DocumentKind.MINUTES,
            direction=Direction.MADE,
            title="Protokoll",
            filename="Protokoll.docx",
            media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            content=content.getvalue(),
            now=now(),
            actor="Sonja Ekvall",
        )
        request_pdf(session, document, now=now())
        return document


def pdf_is_there(world: World, document: Document) -> bool:
    with world.database.reading() as session:
        return register.pdf_of(session, document) is not None


@pytest.mark.office
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_libreoffice_stays_between_documents_and_ends_with_it(
    world: World, tmp_path: Path, number: signal.Signals
) -> None:
    first, log = ask_for_pdf(world), tmp_path / "log"
    with running(log, demo="1", data=str(tmp_path), database_url=world.database.settings.database) as process:
        until(lambda: pdf_is_there(world, first))
        (office,) = children(process.pid)
        end(process, number)
        until(lambda: is_gone(office))
    assert len(list((tmp_path / "pdf").iterdir())) == 1
    assert "kept warm" in log.read_text()
    assert "ERROR" not in log.read_text()
