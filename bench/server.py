"""A WSGI app under gunicorn, the same settings for ours and for the reference."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.harness import CannotMeasureError

ROOT = Path(__file__).resolve().parent.parent
_LIMIT_SECONDS = 60
# As in `paragraf serve`. Threads, since gunicorn's sync workers close the connection after each answer.
_SETTINGS = ("--preload", "--worker-class=gthread", "--threads=8", "--no-control-socket", "--log-level=warning")


@dataclass(frozen=True)
class Server:
    """A running server: its address, its gunicorn master, and the seconds from its start to its first answer."""

    url: str
    pid: int
    first_answer: float

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> bytes:
        """Body of one page; raises CannotMeasureError unless it answers 200."""
        return _get(self.url.removeprefix("http://"), path, headers or {})

    def worker_memory(self) -> int:
        """Resident bytes (Rss) of the first worker."""
        return memory_of(workers_of(self.pid)[0])["Rss"]


@contextmanager
def serving(app: str, *, environ: Mapping[str, str], workers: int = 2, path: str = "/") -> Iterator[Server]:
    """Serve ``app`` ("module:name") on a free loopback port while the block lasts; waits until ``path`` answers 200."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listening:
        where = f"127.0.0.1:{listening.getsockname()[1]}"
        began = time.perf_counter()
        process = _start(app, listening, environ, workers)
    # Our end is closed: when gunicorn dies the request below is refused at once instead of hanging.
    try:
        _get(where, path, {})
        yield Server(f"http://{where}", process.pid, time.perf_counter() - began)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(_LIMIT_SECONDS)


def _start(app: str, listening: socket.socket, environ: Mapping[str, str], workers: int) -> subprocess.Popen[bytes]:
    # The socket is handed over, so no other program can take the port between asking for one and using it.
    bind = ("--bind", f"fd://{listening.fileno()}", "--workers", str(workers))
    command = [sys.executable, "-m", "gunicorn", *_SETTINGS, *bind, app]
    return subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environ}, pass_fds=[listening.fileno()], stdout=sys.stderr
    )


def _get(where: str, path: str, headers: Mapping[str, str]) -> bytes:
    connection = http.client.HTTPConnection(where, timeout=_LIMIT_SECONDS)
    try:
        connection.request("GET", path, headers=dict(headers))
        answer = connection.getresponse()
        body = answer.read()
    except (OSError, http.client.HTTPException) as fault:
        raise CannotMeasureError(f"no answer from {path}: {fault}") from fault
    finally:
        connection.close()
    if answer.status != 200:
        raise CannotMeasureError(f"{path} answered {answer.status}")
    return body


def workers_of(master: int) -> list[int]:
    """Process ids of a gunicorn master's workers, oldest first."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text()
    return [int(pid) for pid in children.split()]


def memory_of(pid: int) -> dict[str, int]:
    """The sums that the kernel keeps of a process's memory (Rss, Pss, …), in bytes."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    return {name.rstrip(":"): int(kilobytes) * 1024 for name, kilobytes, _ in map(str.split, lines)}
