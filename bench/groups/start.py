"""What it costs to start. Goals: ``cli_help`` at most 1, ``first_answer`` at most 2, ``worker_memory`` at most 3."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

from bench import demo
from bench.harness import Comparison, Reading, benchmark
from bench.load import Job, measure
from bench.scene import HOME
from bench.server import ROOT, Server


@benchmark
def cli_help() -> Iterator[Comparison]:
    """``paragraf --help`` against a Python that only imports Flask and SQLAlchemy."""
    demo.command("--help")
    yield Comparison(
        ours=lambda: _seconds_of(str(demo.COMMAND), "--help"),
        reference=lambda: _seconds_of(sys.executable, "-c", "import flask, sqlalchemy"),
        rounds=15,
    )


@benchmark
def first_answer() -> Iterator[Comparison]:
    """From the start of the server to its first answer, against the bare app under the same server."""
    demo.environ()
    yield Comparison(ours=_our_first_answer, reference=_their_first_answer)


@benchmark
def worker_memory() -> Iterator[Comparison]:
    """Resident memory of one web worker after the load, against the bare app's."""
    with demo.ours(workers=1) as ours, demo.reference(len(ours.get(HOME)), workers=1) as reference:
        yield Comparison(
            ours=lambda: _memory_after_load(ours, HOME),
            reference=lambda: _memory_after_load(reference, "/"),
            rounds=3,
            unit="bytes",
        )


def _seconds_of(*command: str) -> Reading:
    began = time.perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return Reading(time.perf_counter() - began)


def _our_first_answer() -> Reading:
    with demo.ours(path=HOME) as server:
        return Reading(server.first_answer)


def _their_first_answer() -> Reading:
    with demo.reference(0) as server:
        return Reading(server.first_answer)


def _memory_after_load(server: Server, path: str) -> Reading:
    errors = measure(Job(server.url + path)).errors
    return Reading(server.worker_memory(), errors=errors)
