"""paragraf serve: database, web server and scheduler, one command; all stop together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

import click

from paragraf.cli.opening import settings_or_fault
from paragraf.core.settings import PREFIX, Settings, SettingsFault

#: How often the parent looks whether a child has ended, in seconds.
LOOK = 0.2
#: How long children get to finish what they are doing, in seconds.
GRACE = 15


@click.command()
@click.option("--port", default=8000, envvar="PORT", show_default=True, help="Port to listen on; also PORT=.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--demo", is_flag=True, help="The demonstration: invented data, mail shown on the page Brevlåda.")
def serve(port: int, host: str, demo: bool) -> None:
    """Start the web server and the scheduler; stop both with Ctrl-C."""
    if demo:
        _set_up_demonstration(port)
    settings = settings_or_fault()
    _must_be_free(host, port)
    _prepare_database(settings, demo)
    # Both write into the same log: without this their lines would wait in a buffer.
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with _children([_web(settings, host, port), [sys.executable, "-m", "scheduler"]], environment) as children:
        _wait_for_answer(host, port, children)
        click.echo(_welcome(settings, port, demo) + _lacks())
        sys.stdout.flush()
        _watch(children)


def _set_up_demonstration(port: int) -> None:
    os.environ[f"{PREFIX}DEMO"] = "1"
    os.environ.setdefault(f"{PREFIX}BASE_URL", f"http://127.0.0.1:{port}")


def _must_be_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # As the web server will: a port that only lingers after a stop may be taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} is taken or not allowed ({error.strerror}). Choose another: make run PORT={port + 1}"
            ) from error


def _prepare_database(settings: Settings, demo: bool) -> None:
    from paragraf import all_models
    from paragraf.core import clock, migrating
    from paragraf.core.database import Database
    from paragraf.demonstration import fill, is_empty

    database = Database(settings)
    try:
        migrating.upgrade(database.engine, all_models.metadata)
        if demo and is_empty(database):
            click.echo("Making the demonstration …")
            fill(database, now=clock.now())
    except SettingsFault as fault:
        raise click.ClickException(str(fault)) from fault
    finally:
        database.dispose()


def _web(settings: Settings, host: str, port: int) -> list[str]:
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    # No access log: paths of links must not be kept. Preload: workers share the memory of the loaded program.
    return [
        sys.executable, "-m", "gunicorn", "webapp.wsgi:app", "--bind", bind, "--preload",
        "--workers", str(settings.workers), "--threads", str(settings.threads), "--worker-class", "gthread",
        "--graceful-timeout", str(GRACE - 5), "--log-level", "warning", "--no-control-socket",
    ]  # fmt: skip


@contextmanager
def _children(commands: list[list[str]], environment: dict[str, str]) -> Iterator[list[subprocess.Popen[bytes]]]:
    children: list[subprocess.Popen[bytes]] = []
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    try:
        for command in commands:
            # A session of its own: Ctrl-C reaches only the parent, which then stops the children in order.
            children.append(subprocess.Popen(command, env=environment, start_new_session=True))  # noqa: S603
        yield children
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for child in children:
            child.terminate()
        for child in children:
            _wait_or_kill(child)


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


def _wait_or_kill(child: subprocess.Popen[bytes]) -> None:
    try:
        child.wait(GRACE)
    except subprocess.TimeoutExpired:
        child.kill()


def _wait_for_answer(host: str, port: int, children: list[subprocess.Popen[bytes]]) -> None:
    while all(child.poll() is None for child in children):
        try:
            socket.create_connection((host, port), 1).close()
        except OSError:
            time.sleep(LOOK)
        else:
            return
    raise click.ClickException("The server did not start; see the lines above.")


def _watch(children: list[subprocess.Popen[bytes]]) -> None:
    """Return when told to; if a child ends by itself, end with its fault instead of limping on with half a house."""
    while True:
        for child in children:
            if child.poll() is not None:
                raise click.ClickException(f"{' '.join(child.args[1:3])} ended with {child.returncode}.")  # type: ignore[index,arg-type]
        time.sleep(LOOK)


def _welcome(settings: Settings, port: int, demo: bool) -> str:
    if not demo:
        return f"Paragraf answers on port {port}."
    from paragraf.demonstration import sign_in_help

    return sign_in_help(settings.base_url)


def _lacks() -> str:
    """A line about what is not there; empty when nothing is missing."""
    from paragraf.word.pdf.making import find_office

    if find_office() is not None:
        return ""
    return "\nLibreOffice is missing: everything but PDF works. Install it: apt-get install libreoffice-writer-nogui"
