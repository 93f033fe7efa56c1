"""Two versions of minutes with 100 §§, compared by Paragraf and by python-redlines."""

from __future__ import annotations

import functools
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.demo import folder
from bench.harness import CannotMeasureError, Reading
from bench.server import ROOT
from bench.word import engines, paper
from paragraf.word.comparing import compare

MOMENT = datetime(2026, 9, 10, 12, 0, tzinfo=UTC)
# Runs one comparison in a process of its own and tells the most memory that it, or a program it started, held.
_ALONE = """
import re, resource, sys
from pathlib import Path
from bench.word import comparing
comparing.WAYS[sys.argv[1]](*(Path(name).read_bytes() for name in sys.argv[2:]))
own = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
print(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
"""


def ours(old: bytes, new: bytes) -> bytes:
    """Paragraf."""
    return compare(old, new, author="Paragraf", moment=MOMENT)


def by_redlines(old: bytes, new: bytes) -> bytes:
    """python-redlines: a .NET program, started for each comparison."""
    try:
        from python_redlines.engines import DocxodusEngine
    except ImportError as error:
        raise CannotMeasureError(f"python-redlines is not there: {error}") from error
    result, _said, _faults = DocxodusEngine().run_redline("Paragraf", old, new)
    return bytes(result)


WAYS = {"ours": ours, "redlines": by_redlines}


@functools.cache
def versions() -> tuple[bytes, bytes]:
    """Minutes with 100 §§; in the newer one a heading, some words and an amount are others, one § is gone, one new."""
    before, after = paper.data(100), paper.data(101)
    del after["items"][50]
    after["items"][5]["heading"] = "En helt annan rubrik"
    for item in after["items"][10:90:10]:
        item["background"][1]["text"] = item["background"][1]["text"].replace("två kommuner", "tre kommuner", 1)
        item["grants"][0]["amount"] = "999 000 kr"
    return engines.ours(before), engines.ours(after)


def timed(way: str) -> Reading:
    """Seconds of one comparison in this process."""
    began = time.perf_counter()
    WAYS[way](*versions())
    return Reading(time.perf_counter() - began)


def memory(way: str) -> Reading:
    """Bytes of one comparison in a process of its own."""
    names = [str(_file(name, content)) for name, content in zip(("old", "new"), versions(), strict=True)]
    command = [sys.executable, "-c", _ALONE, way, *names]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if ended.returncode:
        raise CannotMeasureError(f"the comparison ended with an error: {ended.stderr.strip()[-300:]}")
    return Reading(int(ended.stdout.splitlines()[-1]) * 1024)


def _file(name: str, content: bytes) -> Path:
    made = folder() / f"{name}.docx"
    made.write_bytes(content)
    return made
