"""What it costs to start. Goals: ``cli_help`` at most 1, ``first_answer`` at most 2, ``worker_memory`` at most 3."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence

from bench import demo
from bench.harness import Comparison, Reading, benchmark
from bench.load import Job, measure
from bench.scene import HOME, Page, scene
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
    """Resident memory of one web worker after a load on all the pages of the group ``web``, against the bare app's."""
    pages = [Page(HOME), *vars(scene()).values()]
    with demo.ours(workers=1, path=HOME) as ours, demo.reference(len(ours.get(HOME)), workers=1) as reference:
        yield Comparison(
            ours=lambda: _memory_after_load(ours, pages),
            reference=lambda: _memory_after_load(reference, [Page("/")] * len(pages)),
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


def _memory_after_load(server: Server, pages: Sequence[Page]) -> Reading:
    loads = [measure(Job(server.url + page.path, page.headers, requests=300)) for page in pages]
    return Reading(server.worker_memory(), errors=sum(load.errors or 0 for load in loads))
