"""Paragraf's own demonstration, made once for a run in a folder that is thrown away, and the reference beside it."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.harness import CannotMeasureError
from bench.server import ROOT, Server, serving

COMMAND = Path(sys.executable).with_name("paragraf")


@functools.cache
def folder() -> Path:
    """Where the demonstration's database and the reference's lie."""
    made = Path(tempfile.mkdtemp(prefix="paragraf-bench-"))
    atexit.register(shutil.rmtree, made)
    return made


@functools.cache
def environ() -> dict[str, str]:
    """Settings of a Paragraf with the demonstration in it."""
    settings = {"PARAGRAF_DATA": str(folder() / "paragraf"), "PARAGRAF_DEMO": "1"}
    command("db", "upgrade", **settings)
    command("demo", **settings)
    return settings


@functools.cache
def environ_at(database: str) -> dict[str, str]:
    """Settings of a Paragraf with the demonstration in another database."""
    settings = {"PARAGRAF_DATA": str(folder() / "elsewhere"), "PARAGRAF_DEMO": "1", "PARAGRAF_DATABASE_URL": database}
    command("db", "upgrade", **settings)
    command("demo", **settings)
    return settings


def command(*arguments: str, **settings: str) -> str:
    """What ``paragraf`` prints with these arguments; raises CannotMeasureError when it fails."""
    if not COMMAND.exists():
        raise CannotMeasureError(f"{COMMAND} is not there: make run makes it")
    ended = subprocess.run(
        [str(COMMAND), *arguments], cwd=ROOT, env={**os.environ, **settings}, capture_output=True, text=True
    )
    if ended.returncode:
        raise CannotMeasureError(f"paragraf {' '.join(arguments)} failed: {ended.stderr.strip()[-500:]}")
    return ended.stdout


@contextmanager
def ours(*, workers: int = 2, path: str = "/") -> Iterator[Server]:
    """Paragraf's web server with the demonstration."""
    with serving("webapp.wsgi:app", environ=environ(), workers=workers, path=path) as server:
        yield server


@contextmanager
def reference(size: int, *, workers: int = 2) -> Iterator[Server]:
    """The plain page, ``size`` bytes long."""
    settings = {"REFERENCE_DATABASE": str(folder() / "reference.sqlite"), "REFERENCE_BYTES": str(size)}
    with serving("bench.reference:app", environ=settings, workers=workers) as server:
        yield server
